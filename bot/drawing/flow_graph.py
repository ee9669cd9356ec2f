"""One flow as boxes and arrows: its questions, and each way on from them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.conversation.model import ADVICE, Flow, Question, Route
from bot.drawing.graph import BEGIN, Arrow, Graph, Marks, Node, backward
from bot.drawing.wording import Wording
from bot.library import Library
from bot.problems import Language, told


def flow_graph(library: Library, flow: Flow, marks: Marks, language: Language) -> Graph:
    """Each question once; what leads out of the flow stands beside its question."""
    return _Drawn(library, flow, marks, language).graph()


@dataclass(frozen=True, slots=True)
class _Drawn:
    library: Library
    flow: Flow
    marks: Marks
    language: Language

    def graph(self) -> Graph:
        begin = Node(BEGIN, "begin", told("Begin").words(self.language))
        first = self._target(BEGIN, Route(self.flow.start))
        nodes = {BEGIN: replace(begin, tip=self._led_from()), first.id: first}
        arrows = [Arrow(BEGIN, first.id)]
        for question in self.flow.questions.values():
            nodes[_key(question.id)] = self._question(question)
        for node, arrow in self._ways():
            nodes.setdefault(node.id, node)
            arrows.append(arrow)
        title = self.library.catalogue(self.language).words(self.flow.title)
        shown = f"{title} ({self.flow.id})"
        return Graph(shown, tuple(nodes.values()), tuple(arrows), self.language)

    def _question(self, question: Question) -> Node:
        words = self.library.catalogue(self.language).words(question.ask)
        covered = self.marks.covered
        return Node(
            _key(question.id),
            "question",
            words,
            question.id,
            "\n".join([words, *self._answers(question)]),
            covered=None if covered is None else question.id in covered,
            problem=self.marks.problems.get(question.id),
            changed=question.id in self.marks.changed,
        )

    def _answers(self, question: Question) -> Iterator[str]:
        catalogue = self.library.catalogue(self.language)
        for option in question.kind.spec.options:
            yield f"– {catalogue.words(option.label)} ({option.id})"

    def _ways(self) -> Iterator[tuple[Node, Arrow]]:
        catalogue = self.library.catalogue(self.language)
        back = self._backward()
        for question in self.flow.questions.values():
            wording = Wording(self.library.questions, question, catalogue)
            said = wording.ways(self.language)
            for route, words in zip(question.routes, said, strict=True):
                if not route.flow and (question.id, route.to) in back:
                    node = self._again(question.id, route.to)
                else:
                    node = self._target(question.id, route)
                tip = self._notation(route)
                yield node, Arrow(_key(question.id), node.id, words, tip)

    def _backward(self) -> frozenset[tuple[str, str]]:
        asked = self.flow.questions
        # What leads back is told apart as a family would walk: from the start.
        order = sorted(asked, key=lambda name: name != self.flow.start)
        ways = {
            name: [way.to for way in asked[name].routes if not way.flow]
            for name in order
        }
        return backward(ways)

    def _target(self, source: str, route: Route) -> Node:
        if not route.flow and route.to in self.flow.questions:
            return self._question(self.flow.questions[route.to])
        if not route.flow and route.to == ADVICE:
            key = f"advice_{source}"
            return Node(key, "advice", told("Advice").words(self.language))
        if route.flow and route.to in self.library.flows:
            flow = self.library.flows[route.to]
            title = self.library.catalogue(self.language).words(flow.title)
            key = f"flow_{source}__{flow.id}"
            tip = told("The questions of “{flow}” come next.", flow=title)
            return Node(key, "flow", title, flow.id, tip.words(self.language))
        lost = told("“{name}” does not exist", name=route.to).words(self.language)
        return Node(
            f"lost_{source}__{route.to}", "lost", lost, tip=lost, problem="error"
        )

    def _again(self, source: str, to: str) -> Node:
        words = told("back to “{name}”", name=to).words(self.language)
        return Node(f"again_{source}__{to}", "again", words, tip=words, problem="error")

    def _notation(self, route: Route) -> str:
        """As the author wrote it, and the computed facts that it names."""
        if route.condition is None:
            return ""
        facts = self.library.derived
        computed = sorted(route.condition.names & facts.keys())
        lines = [f"{name}: {facts[name].source}" for name in computed]
        return "\n".join([f"if: {route.condition.source}", *lines])

    def _led_from(self) -> str:
        """Which other flows lead here."""
        names = [
            flow.id
            for flow in self.library.flows.values()
            for question in flow.questions.values()
            if any(way.flow and way.to == self.flow.id for way in question.routes)
        ]
        if not names:
            return ""
        flows = ", ".join(dict.fromkeys(names))
        return told("Comes from: {flows}", flows=flows).words(self.language)


def _key(question: str) -> str:
    return f"q_{question}"
