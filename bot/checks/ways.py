"""Every question can be reached, no way runs in a circle, every way ends in advice."""

from collections.abc import Iterator, Mapping

from bot.checks.limits import place
from bot.conversation.model import ADVICE
from bot.library import Library
from bot.problems import Problem, told

CODE = "ways"

Graph = Mapping[str, tuple[str, ...]]


def check(library: Library) -> Iterator[Problem]:
    """A question that is only reached from a lost one is not told again.

    Every question has ways on, and each leads to one that exists: the readers see to
    that. So a way that does not end in advice runs in a circle.
    """
    graph = graph_of(library)
    start = library.flows[library.start].start
    for name in _lost(graph, reached(graph, start)):
        message = told("No way leads to “{question}”.", question=name)
        yield Problem(place(library, library.questions[name].ask), CODE, message)
    for circle in circles(library):
        message = told("This way runs in a circle: {way}.", way=" → ".join(circle))
        yield Problem(place(library, library.questions[circle[0]].ask), CODE, message)


def circles(library: Library) -> Iterator[tuple[str, ...]]:
    """The first way that comes back to a question, when there is one."""
    found = _circle(graph_of(library), library.flows[library.start].start)
    if found:
        yield found


def graph_of(library: Library) -> Graph:
    """Each question with those that may come next, or the advice."""
    return {
        question.id: tuple(
            library.flows[route.to].start if route.flow else route.to
            for route in question.routes
        )
        for question in library.questions.values()
    }


def reached(graph: Graph, start: str) -> set[str]:
    found, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name not in found and name != ADVICE:
            found.add(name)
            waiting += graph[name]
    return found


def _lost(graph: Graph, found: set[str]) -> Iterator[str]:
    """Where the lost parts begin; of a lost circle, the question written first."""
    lost = [name for name in graph if name not in found]
    after = {name: reached(graph, name) for name in lost}
    for number, name in enumerate(lost):
        before = [one for one in lost if name in after[one] and one != name]
        if all(one in after[name] for one in before) and not any(
            one in before for one in lost[:number]
        ):
            yield name


def _circle(graph: Graph, start: str) -> tuple[str, ...]:
    """The first circle found by walking depth first, or nothing."""
    done = {ADVICE}
    way: list[str] = []
    waiting: list[tuple[str, int]] = [(start, 0)]
    while waiting:
        name, depth = waiting.pop()
        del way[depth:]
        if name in way:
            return (*way[way.index(name) :], name)
        if name in done:
            continue
        way.append(name)
        following = [(to, depth + 1) for to in graph[name] if to != ADVICE]
        if all(to in done for to, _ in following):
            done.add(name)
        waiting += following
    return ()
