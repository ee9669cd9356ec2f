"""Shapes and words as elements of SVG; each element may have a class, its `kind`."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as Xml

from bot.drawing.layout import Point
from bot.drawing.paper import Box

NONE: Final[Mapping[str, str]] = MappingProxyType({})
NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def rect(
    group: Xml.Element, box: Box, middle: Point, kind: str, round_: float = 0
) -> None:
    corner = {"x": middle[0] - box.width / 2, "y": middle[1] - box.height / 2}
    sides = {"width": box.width, "height": box.height, "rx": round_}
    numbers = {name: f"{value:.1f}" for name, value in (corner | sides).items()}
    add(group, "rect", numbers, kind=kind)


def hexagon(group: Xml.Element, box: Box, middle: Point) -> None:
    x, y = middle
    wide, high = box.width / 2, box.height / 2
    corners = [(-wide, 0), (8 - wide, -high), (wide - 8, -high)]
    corners += [(-dx, -dy) for dx, dy in corners]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    add(group, "polygon", points=points, kind="shape")


def text(group: Xml.Element, words: str, at: Point, kind: str, anchor: str) -> None:
    where = {"x": f"{at[0]:.1f}", "y": f"{at[1]:.1f}", "text-anchor": anchor}
    add(group, "text", where, words, kind=kind)


def add(
    parent: Xml.Element,
    name: str,
    attributes: Mapping[str, str] = NONE,
    words: str = "",
    *,
    kind: str = "",
    **others: str,
) -> Xml.Element:
    child = Xml.SubElement(parent, name, {**attributes, **others})
    if kind:
        child.set("class", kind)
    child.text = NOT_XML.sub("", words) or None
    return child


def curve(points: Sequence[Point], *, down: bool) -> str:
    """Straight past the boxes of a column, and bent in the gaps between columns."""
    found = [f"M{_at(points[0])}"]
    for here, there in zip(points[1:-1:2], points[2::2], strict=True):
        half = (here[0] + there[0]) / 2, (here[1] + there[1]) / 2
        bends = [(half[0], here[1]), (half[0], there[1])]
        if down:
            bends = [(here[0], half[1]), (there[0], half[1])]
        found.append(f"L{_at(here)} C{_at(bends[0])} {_at(bends[1])} {_at(there)}")
    # A last piece without length would turn the tip of the arrow.
    if _at(points[-1]) != _at(points[-2]):
        found.append(f"L{_at(points[-1])}")
    return " ".join(found)


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"
