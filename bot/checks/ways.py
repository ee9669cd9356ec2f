"""Every question can be reached, no way runs in a circle, every way ends in advice."""

from collections.abc import Iterator, Mapping

from bot.checks.limits import place
from bot.conversation.model import ADVICE
from bot.library import Library
from bot.problems import Problem

CODE = "ways"

Graph = Mapping[str, tuple[str, ...]]


def check(library: Library) -> Iterator[Problem]:
    graph = _graph(library)
    start = library.flows[library.start].start
    reached = _reached(graph, start)
    for name in graph:
        if name not in reached:
            message = f"No way leads to “{name}”."
            yield Problem(place(library, library.questions[name].ask), CODE, message)
    circle = _circle(graph, start)
    if circle:
        way = " → ".join(circle)
        message = f"This way runs in a circle: {way}."
        yield Problem(place(library, library.questions[circle[0]].ask), CODE, message)


def _graph(library: Library) -> Graph:
    return {
        question.id: tuple(
            library.flows[route.to].start if route.flow else route.to
            for route in question.routes
        )
        for question in library.questions.values()
    }


def _reached(graph: Graph, start: str) -> set[str]:
    reached, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name not in reached and name != ADVICE:
            reached.add(name)
            waiting += graph[name]
    return reached


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
