"""All flows together: which leads to which, and where every way ends."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.model import ADVICE, Flow
from bot.drawing.graph import BEGIN, Arrow, Graph, Marks, Node, backward
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
        flows = {one.id: self._flow(one) for one in self.library.flows.values()}
        nodes = {BEGIN: begin, **flows, ADVICE: advice}
        arrows = (
            [Arrow(BEGIN, self.library.start)] if self.library.start in flows else []
        )
        leading = {one.id: _leading(one) for one in self.library.flows.values()}
        back = backward(leading)
        for name, ways in leading.items():
            for to, asked in ways.items():
                node = self._again(name, to) if (name, to) in back else nodes.get(to)
                node = node or self._lost(name, to)
                nodes.setdefault(node.id, node)
                arrows.append(Arrow(name, node.id, tip=", ".join(asked)))
        title = told("All flows").words(self.language)
        return Graph(title, tuple(nodes.values()), tuple(arrows), self.language)

    def _flow(self, flow: Flow) -> Node:
        title = self.library.catalogue(self.language).words(flow.title)
        covered, all_ = self.marks.covered, len(flow.questions)
        played = len(covered & set(flow.questions)) if covered is not None else None
        counted = told("{name}, questions: {count}", name=flow.id, count=all_)
        shown = counted.words(self.language)
        if played is not None:
            said = told(
                "{played} of {all} questions are played", played=played, all=all_
            )
            tip = f"{title}\n{said.words(self.language)}"
        else:
            tip = title
        return Node(
            flow.id,
            "flow",
            title,
            shown,
            tip,
            covered=None if played is None else played == all_,
            problem=self.marks.worst(flow.questions),
            changed=not self.marks.changed.isdisjoint(flow.questions),
        )

    def _again(self, source: str, to: str) -> Node:
        words = told("back to “{name}”", name=to).words(self.language)
        return Node(f"again_{source}__{to}", "again", words, tip=words, problem="error")

    def _lost(self, source: str, to: str) -> Node:
        lost = told("“{name}” does not exist", name=to).words(self.language)
        return Node(f"lost_{source}__{to}", "lost", lost, tip=lost, problem="error")


def _leading(flow: Flow) -> Mapping[str, list[str]]:
    """Each flow that this one leads to, or the advice, with the questions that do."""
    found: dict[str, list[str]] = {}
    for question in flow.questions.values():
        for route in question.routes:
            if route.flow or route.to == ADVICE:
                found.setdefault(route.to, []).append(question.id)
    return {to: list(dict.fromkeys(asked)) for to, asked in found.items()}
