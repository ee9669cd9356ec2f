"""All flows together: which leads to which, and where every way ends."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.conversation.model import ADVICE, Flow
from bot.drawing.graph import BEGIN, Arrow, Graph, Marks, Node, Sort, backward
from bot.library import Library
from bot.problems import Language, told


def house_graph(library: Library, marks: Marks, language: Language) -> Graph:
    """Each flow once, and one arrow for all ways from one flow to another."""
    return _House(library, marks, language).graph()


@dataclass(frozen=True, slots=True)
class _House:
    library: Library
    marks: Marks
    language: Language

    def graph(self) -> Graph:
        begin = Node(BEGIN, "begin", told("Begin").words(self.language))
        advice = Node(ADVICE, "advice", told("Advice").words(self.language))
        flows = self.library.flows
        drawn = {_key(one.id): self._flow(one) for one in flows.values()}
        nodes = {BEGIN: begin, **drawn, ADVICE: advice}
        arrows = []
        if self.library.start in flows:
            arrows.append(Arrow(BEGIN, _key(self.library.start)))
        leading = {one.id: _leading(one) for one in flows.values()}
        back = backward(leading)
        for name, ways in leading.items():
            for to, asked in ways.items():
                closes = (name, to) in back
                found = (
                    None if closes else nodes.get(ADVICE if to == ADVICE else _key(to))
                )
                node = found or self._wrong(name, to, closes=closes)
                nodes.setdefault(node.id, node)
                arrows.append(Arrow(_key(name), node.id, tip=", ".join(asked)))
        title = told("All flows").words(self.language)
        return Graph(title, tuple(nodes.values()), tuple(arrows), self.language)

    def _flow(self, flow: Flow) -> Node:
        title = self.library.catalogue(self.language).words(flow.title)
        asked = frozenset(flow.questions)
        counted = told("{name}, questions: {count}", name=flow.id, count=len(asked))
        node = Node(
            _key(flow.id),
            "flow",
            title,
            counted.words(self.language),
            problem=self.marks.worst(asked),
            changed=not self.marks.changed.isdisjoint(asked),
        )
        if self.marks.covered is None:
            return node
        played = len(self.marks.covered & asked)
        tip = told("{played} of {all} are played", played=played, all=len(asked))
        covered = played == len(asked)
        return replace(node, covered=covered, tip=tip.words(self.language))

    def _wrong(self, source: str, to: str, *, closes: bool) -> Node:
        """A way to a flow that is not there, or back to where the way came from."""
        said = (
            told("back to “{name}”", name=to)
            if closes
            else told("“{name}” does not exist", name=to)
        )
        sort: Sort = "again" if closes else "lost"
        words = said.words(self.language)
        return Node(f"{sort}_{source}__{to}", sort, words, tip=words, problem="error")


def _key(flow: str) -> str:
    return f"flow_{flow}"


def _leading(flow: Flow) -> Mapping[str, list[str]]:
    """Each flow that this one leads to, or the advice, with the questions that do."""
    found: dict[str, list[str]] = {}
    for question in flow.questions.values():
        for route in question.routes:
            if route.flow or route.to == ADVICE:
                found.setdefault(route.to, []).append(question.id)
    return {to: list(dict.fromkeys(asked)) for to, asked in found.items()}
