"""A graph → an SVG picture: text stays text, light or dark as the reader's screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as Xml

from bot.drawing.graph import BEGIN, Arrow, Graph, Node
from bot.drawing.layout import Pair, Point, place
from bot.drawing.legend import MARKS, legend, marks_of
from bot.drawing.paper import LINE, SMALL, Box, box_of, label_of, width_of
from bot.drawing.pen import add, curve, hexagon, rect, text
from bot.drawing.style import STYLE

EDGE: Final = 24.0
"""Free space around the drawing."""

NARROWEST: Final = 420.0
TITLE: Final = 34.0
KEY: Final = 26.0


def svg(graph: Graph) -> str:
    """The whole picture as the text of a file."""
    boxes = [box_of(node) for node in graph.nodes]
    signs = list(_signs(graph, len(boxes)))
    labels = [sign.label for sign in signs if sign.label]
    pairs = [pair for sign in signs for pair in sign.pairs]
    placed = place([(one.width, one.height) for one in (*boxes, *labels)], pairs)
    entries = legend(graph)
    width = max(placed.width, NARROWEST, width_of(graph.title) * 1.5) + 2 * EDGE
    rows = _rows([width_of(words) for _, words in entries], width - 2 * EDGE)
    above = EDGE + TITLE + KEY * (1.4 + max((row for row, _ in rows), default=-1))
    root = _root(graph.title, width, above + placed.height + EDGE)
    for (node, words), (row, left) in zip(entries, rows, strict=True):
        _key(root, node, words, (EDGE + left, EDGE + TITLE + KEY * row))
    drawing = add(root, "g", transform=f"translate({EDGE:g} {above:g})")
    ways = dict(zip(pairs, placed.ways, strict=True))
    for arrow, sign in zip(graph.arrows, signs, strict=True):
        paths = [curve(ways[pair], down=placed.down) for pair in sign.pairs]
        group = _arrow(drawing, arrow, paths)
        if sign.label and sign.label.lines:
            _label(group, sign.label, placed.middles[sign.pairs[0][1]])
    for node, box, middle in zip(graph.nodes, boxes, placed.middles, strict=False):
        _node(drawing, node, box, middle)
    return Xml.tostring(root, encoding="unicode") + "\n"


@dataclass(frozen=True, slots=True)
class _Sign:
    """An arrow as it is placed: its label is a box between two halves of it.

    So nothing ever lies on top of a label.
    """

    pairs: tuple[Pair, ...]
    label: Box | None = None


def _signs(graph: Graph, count: int) -> Iterator[_Sign]:
    numbers = {node.id: number for number, node in enumerate(graph.nodes)}
    bare = not any(arrow.words for arrow in graph.arrows)
    for arrow in graph.arrows:
        source, target = numbers[arrow.source], numbers[arrow.target]
        if bare or arrow.source == BEGIN:
            yield _Sign(((source, target),))
            continue
        yield _Sign(((source, count), (count, target)), label_of(arrow))
        count += 1


def _root(title: str, width: float, height: float) -> Xml.Element:
    size = {"width": f"{width:.0f}", "height": f"{height:.0f}"}
    view = f"0 0 {size['width']} {size['height']}"
    root = Xml.Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "viewBox": view}
    )
    root.set("class", "drempel")
    add(root, "title", words=title)
    add(root, "style", words=STYLE)
    marker = add(
        add(root, "defs"), "marker", id="tip", viewBox="0 0 8 8", refX="8", refY="4",
        markerWidth="8", markerHeight="8", orient="auto", markerUnits="userSpaceOnUse",
    )  # fmt: skip
    add(marker, "path", d="M0 0 L8 4 L0 8 Z", kind="tip")
    add(root, "rect", kind="paper", width="100%", height="100%")
    add(root, "text", words=title, kind="title", x=f"{EDGE:g}", y=f"{EDGE + 14:g}")
    return root


def _rows(widths: Sequence[float], whole: float) -> list[tuple[int, float]]:
    """The row and the left side of each, as words run on a page."""
    found: list[tuple[int, float]] = []
    row, left = 0, 0.0
    for width in widths:
        if left and left + width > whole:
            row, left = row + 1, 0.0
        found.append((row, left))
        left += width
    return found


def _key(root: Xml.Element, node: Node, words: str, corner: Point) -> None:
    """One line of the legend: a small box as in the drawing, and what it means."""
    left, top = corner
    entry = add(root, "g", kind=f"key {_kind(node)}")
    _shape(entry, node, Box((), 34, 16), (left + 17, top + 8))
    mark = "".join(MARKS[one] for one in marks_of(node))
    text(entry, mark, (left + 17, top + 13), "mark", "middle")
    text(entry, words, (left + 42, top + 13), "words", "start")


def _arrow(drawing: Xml.Element, arrow: Arrow, paths: Sequence[str]) -> Xml.Element:
    group = add(drawing, "g", kind="arrow")
    if arrow.tip:
        add(group, "title", words=arrow.tip)
    *before, last = paths
    for path in before:
        add(group, "path", d=path, kind="way")
    add(group, "path", {"marker-end": "url(#tip)"}, d=last, kind="way")
    return group


def _label(group: Xml.Element, label: Box, middle: Point) -> None:
    rect(group, label, middle, "label")
    top = middle[1] - SMALL * (len(label.lines) - 1) / 2 + 4
    for number, line in enumerate(label.lines):
        text(group, line, (middle[0], top + SMALL * number), "words", "middle")


def _node(drawing: Xml.Element, node: Node, box: Box, middle: Point) -> None:
    group = add(drawing, "g", kind=f"node {_kind(node)}")
    tips = [node.name, node.tip or node.words]
    add(group, "title", words="\n".join(one for one in tips if one))
    _shape(group, node, box, middle)
    lines = len(box.lines)
    y = middle[1] + 5 - (LINE * (lines - 1) + (SMALL if node.name else 0)) / 2
    for number, line in enumerate(box.lines):
        text(group, line, (middle[0], y + LINE * number), "words", "middle")
    marks = " ".join(MARKS[one] for one in marks_of(node))
    if node.name:
        below = f"{node.name}  {marks}".strip()
        text(group, below, (middle[0], y + LINE * lines - 1), "name", "middle")


def _shape(group: Xml.Element, node: Node, box: Box, middle: Point) -> None:
    """Each sort has a shape of its own, for those who see no colours."""
    match node.sort:
        case "begin":
            rect(group, box, middle, "shape", box.height / 2)
        case "advice":
            hexagon(group, box, middle)
        case "flow":
            rect(group, box, middle, "shape")
            top, bottom = middle[1] - box.height / 2, middle[1] + box.height / 2
            for x in (middle[0] - box.width / 2 + 5, middle[0] + box.width / 2 - 5):
                line = f"M{x:.1f} {top:.1f} V{bottom:.1f}"
                add(group, "path", d=line, kind="shape")
        case _:
            rect(group, box, middle, "shape", 8)


def _kind(node: Node) -> str:
    return " ".join([node.sort, *marks_of(node)])
