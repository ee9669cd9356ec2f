"""What the marks and shapes of a drawing mean; only those that occur in it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal

from bot.drawing.graph import Graph, Node, Sort
from bot.problems import Told, told

Mark = Literal["played", "unplayed", "warning", "error", "changed"]

MARKS: Final[Mapping[Mark, str]] = {
    "played": "✓",
    "unplayed": "○",
    "warning": "⚠",
    "error": "✖",
    "changed": "✎",
}
"""Beside each colour stands a sign, for those who see no colours."""

MEANINGS: Final[dict[Mark, Told]] = {
    "played": told("played in a scenario"),
    "unplayed": told("in no scenario yet"),
    "warning": told("check warns of it"),
    "error": told("check finds an error"),
    "changed": told("changed"),
}

OF_FLOWS: Final[dict[Mark, Told]] = {
    "played": told("all its questions are played"),
    "unplayed": told("not all its questions are played"),
}

EXAMPLES: Final[Mapping[Mark, Node]] = {
    "played": Node("", "question", "", covered=True),
    "unplayed": Node("", "question", "", covered=False),
    "warning": Node("", "question", "", problem="warning"),
    "error": Node("", "question", "", problem="error"),
    "changed": Node("", "question", "", changed=True),
}

SHAPES: Final[Mapping[Sort, Told]] = {
    "flow": told("another flow"),
    "advice": told("the advice"),
}


def marks_of(node: Node) -> tuple[Mark, ...]:
    found: list[Mark] = []
    if node.covered is not None:
        found.append("played" if node.covered else "unplayed")
    if node.problem:
        found.append(node.problem)
    if node.changed:
        found.append("changed")
    return tuple(found)


def legend(graph: Graph) -> tuple[tuple[Node, str], ...]:
    """A box as in the drawing, and the words beside it."""
    return tuple((node, said.words(graph.language)) for node, said in _entries(graph))


def _entries(graph: Graph) -> Iterator[tuple[Node, Told]]:
    house = any(
        one.sort == "flow" and one.name and marks_of(one) for one in graph.nodes
    )
    used = {mark for node in graph.nodes for mark in marks_of(node)}
    for mark, meaning in (MEANINGS | (OF_FLOWS if house else {})).items():
        if mark in used:
            yield replace(EXAMPLES[mark], sort="flow" if house else "question"), meaning
    plain = {node.sort for node in graph.nodes if not marks_of(node)}
    for sort, meaning in SHAPES.items():
        if sort in plain:
            yield Node("", sort, ""), meaning
