"""A whole number."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading, around, converts
from bot.conversation.reading_numbers import read_number

FEW: Final = 2000
"""So many numbers can all be tried."""


class Number(Kind):
    """Digits of any script, or a number word."""

    numbered = False

    @property
    def type(self) -> FactType:
        return FactType("number")

    def read_typed(self, reply: str, reading: Reading) -> str | Misread:
        found = read_number(reply, reading.dates)
        if found is None or not self.spec.least <= found <= self.spec.most:
            return Misread(
                "misread_number", {"least": self.spec.least, "most": self.spec.most}
            )
        return str(found)

    def examples_typed(
        self, today: date, boundaries: Collection[Fact]
    ) -> Iterable[str]:
        least, most = self.spec.least, self.spec.most
        numbers = [least, *around(boundaries), 1, 2, 3, 7, 14, 30]
        return (str(one) for one in numbers if least <= one <= most)

    @property
    def tries_all(self) -> bool:
        return self.spec.most - self.spec.least <= FEW

    def every_typed(self, today: date, boundaries: Collection[Fact]) -> Iterable[str]:
        if not self.tries_all:
            return self.examples_typed(today, boundaries)
        return map(str, range(self.spec.least, self.spec.most + 1))

    def accepts_typed(self, stored: str) -> bool:
        return converts(int, stored)

    def fact_typed(self, stored: str) -> Fact:
        return int(stored)
