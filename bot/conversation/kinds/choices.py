"""Several answers out of a few: ticked one by one, then "done"."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Final

from bot.conversation.facts import UNSURE, Fact, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading, spellings
from bot.conversation.reading import fold
from bot.translations import Sayable

NOTHING: Final = "nothing"
"""The id of an answer that says: none of these. Like "I don't know" it stands alone."""

ALONE: Final = frozenset({UNSURE, NOTHING})

BETWEEN = re.compile(r"[,;+&\n]|\b(?:en|and)\b")


MOST_OPTIONS = 12
"""All subsets of so many can be proved; of more only some of each size."""

MOST_SUBSETS = 63
"""Of more options than make so many subsets, only some of each size are tried."""


class Choices(Kind):
    """Stored as option ids with a blank between them, in the author's order."""

    several = True

    @property
    def type(self) -> FactType:
        return FactType("choices", tuple(self.labels))

    def read_typed(self, reply: str, reading: Reading) -> str | Misread:
        known = spellings(self, reading.catalogues)
        parts = [fold(part) for part in BETWEEN.split(reply.casefold())]
        if len(parts) == 1:
            parts = parts[0].split()
        found = {known.get(part, "") for part in parts if part}
        if not found or "" in found or (found & ALONE and len(found) > 1):
            return Misread("misread_choices")
        return self.ordered(found)

    def ordered(self, found: set[str]) -> str:
        return " ".join(option for option in self.labels if option in found)

    def toggled(self, ticked: str, option: str) -> str:
        """The ticks after one more tap."""
        return self.ordered((set(ticked.split()) - ALONE) ^ {option})

    def accepts_typed(self, stored: str) -> bool:
        parts = stored.split()
        return bool(parts) and all(part in self.labels for part in parts)

    def examples_typed(
        self, today: date, boundaries: Collection[Fact]
    ) -> Iterable[str]:
        every = 2 ** len(self._together) - 1 <= MOST_SUBSETS
        return (" ".join(some) for some in _subsets(self._together, every=every))

    @property
    def tries_all(self) -> bool:
        return len(self._together) <= MOST_OPTIONS

    def every_typed(self, today: date, boundaries: Collection[Fact]) -> Iterable[str]:
        every = self.tries_all
        return (" ".join(some) for some in _subsets(self._together, every=every))

    @property
    def _together(self) -> list[str]:
        """What can be ticked beside another; what stands alone is a label already."""
        return [option for option in self.labels if option not in ALONE]

    def fact_typed(self, stored: str) -> Fact:
        return frozenset(stored.split())

    def show_typed(self, stored: str) -> Sayable:
        return tuple(self.labels[part] for part in stored.split())


def _subsets(options: list[str], *, every: bool) -> Iterator[tuple[str, ...]]:
    """All subsets but the empty one; or, of each size, one beginning at each option."""
    for size in range(1, len(options) + 1):
        if every:
            yield from combinations(options, size)
            continue
        round_ = options * 2
        for start in range(len(options)):
            some = round_[start : start + size]
            yield tuple(option for option in options if option in some)
