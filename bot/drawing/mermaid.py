"""A graph → Mermaid text, which GitHub shows as a picture in a pull request."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.drawing.graph import Arrow, Graph, Node, Sort
from bot.drawing.legend import MARKS, Mark, legend, marks_of

SHAPES: Final[Mapping[Sort, str]] = {
    "begin": "([{}])",
    "question": "({})",
    "flow": "[[{}]]",
    "advice": "{{{{{}}}}}",
    "again": "[{}]",
    "lost": "[{}]",
}

CLASSES: Final[Mapping[Sort | Mark, str]] = {
    "flow": "fill:#e5eefc,stroke:#3563a8,color:#1c1c1c",
    "advice": "fill:#f0e7fb,stroke:#6b43a6,color:#1c1c1c",
    "played": "fill:#e4f4e6,stroke:#2f7d3b,color:#1c1c1c",
    "unplayed": "fill:#fff,stroke:#6d7681,color:#1c1c1c,stroke-dasharray:5 4",
    "warning": "fill:#fff3d6,stroke:#a35a00,color:#1c1c1c",
    "error": "fill:#fde4e4,stroke:#b3001b,color:#1c1c1c",
    "changed": "stroke-width:5px",
}

SPECIAL: Final = re.compile(r"[\"#<>&`|\\{}\[\]%\x00-\x1f]")
"""Mermaid reads markup in these, also between quotes: they are written as numbers."""

NO_ID: Final = re.compile(r"\W", re.ASCII)


def mermaid(graph: Graph) -> str:
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    yield "flowchart TD"
    yield f"  accTitle: {SPECIAL.sub(' ', graph.title).replace(';', ',')}"
    for node in graph.nodes:
        yield f"  {_key(node.id)}{SHAPES[node.sort].format(_quoted(_shown(node)))}"
    for arrow in graph.arrows:
        yield f"  {_arrow(arrow)}"
    yield from _classes(graph)
    for node, words in legend(graph):
        signs = "".join(MARKS[mark] for mark in marks_of(node))
        yield f"  %% {signs or node.sort}: {words}"


def _shown(node: Node) -> str:
    signs = " ".join(MARKS[mark] for mark in marks_of(node))
    return "\n".join(filter(None, [node.words, f"{node.name} {signs}".strip()]))


def _arrow(arrow: Arrow) -> str:
    label = f"|{_quoted(arrow.words)}|" if arrow.words else ""
    return f"{_key(arrow.source)} -->{label} {_key(arrow.target)}"


def _classes(graph: Graph) -> Iterator[str]:
    for name, style in CLASSES.items():
        ids = [
            _key(one.id) for one in graph.nodes if name in (one.sort, *marks_of(one))
        ]
        if ids:
            yield f"  classDef {name} {style}"
            yield f"  class {','.join(ids)} {name}"


def _key(name: str) -> str:
    """Ids are words already; in front stands what keeps them from words of Mermaid."""
    return "n_" + NO_ID.sub("_", name)


def _quoted(words: str) -> str:
    lines = (SPECIAL.sub(_number, line) for line in words.splitlines())
    return f'"{"<br>".join(lines)}"'


def _number(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"
