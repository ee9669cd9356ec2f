"""How large each box and label is: its words in lines, without knowing the font."""

import textwrap
import unicodedata
from dataclasses import dataclass
from typing import Final

from bot.drawing.graph import Arrow, Node

LETTER: Final = 7.4
"""Wide enough for a letter of 13 px in any plain font, on average."""

LINE: Final = 17.0
SMALL: Final = 15.0
QUESTION: Final = 28
"""Letters in a line of a question; fewer on an arrow, where space is dear."""

LABEL: Final = 25
MOST_LINES: Final = 3
MOST_LABELS: Final = 5
MARGIN: Final = 12.0


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of words in a rectangle of this size."""

    lines: tuple[str, ...]
    width: float
    height: float


def box_of(node: Node) -> Box:
    lines = _lines(node.words, QUESTION, MOST_LINES)
    longest = max(*map(_letters, lines), _letters(node.name) * 0.85 + 4)
    below = SMALL if node.name else 0.0
    height = len(lines) * LINE + below + 1.2 * MARGIN
    return Box(lines, longest * LETTER + 2.4 * MARGIN, height)


def label_of(arrow: Arrow) -> Box:
    """What stands on an arrow; nothing is a point."""
    if not arrow.words:
        return Box((), 1.0, 1.0)
    lines = _lines(arrow.words, LABEL, MOST_LABELS)
    width = max(map(_letters, lines)) * LETTER * 0.95 + MARGIN
    return Box(lines, width, len(lines) * SMALL + 4)


def _lines(words: str, letters: int, most: int) -> tuple[str, ...]:
    """Who wants to read more of it than these lines reads the tooltip."""
    lines = textwrap.wrap(
        words, letters, max_lines=most, placeholder=" …", break_on_hyphens=False
    )
    return tuple(lines) or ("",)


def _letters(words: str) -> float:
    """How many letters are as wide; an emoji is as wide as two."""
    return sum(map(_wide, words))


def _wide(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    return 2.2 if unicodedata.east_asian_width(letter) in "WF" else 1.0


def width_of(words: str) -> float:
    """An entry of the legend: its box, its words, and space behind them."""
    return 42 + _letters(words) * LETTER + MARGIN
