"""Where the family lives: four digits of the postcode, or the name of a place."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading, Unclear
from bot.translations import Sayable

SPREAD: Final = 5
"""One of every five municipalities is enough to try all ways with."""


class Place(Kind):
    """Stored as the code of a municipality, such as GM0363: nothing nearer is kept."""

    numbered = False

    @property
    def type(self) -> FactType:
        return FactType("place", tuple(self.spec.places.municipalities))

    def examples_typed(
        self, today: date, boundaries: Collection[Fact]
    ) -> Iterable[str]:
        return list(self.spec.places.municipalities)[::SPREAD]

    def every_typed(self, today: date, boundaries: Collection[Fact]) -> Iterable[str]:
        return self.spec.places.municipalities

    def read_typed(self, reply: str, reading: Reading) -> str | Misread | Unclear:
        found = self.spec.places.find(reply, reading.today)
        if found.certain:
            return found.codes[0]
        if found.codes:
            return Unclear(found.codes)
        return Misread("misread_postcode" if found.postcode else "misread_place")

    def accepts_typed(self, stored: str) -> bool:
        return stored in self.spec.places.municipalities

    def show_typed(self, stored: str) -> Sayable:
        return self.spec.places.municipalities[stored].name

    def in_words(self, stored: str) -> str:
        return self.spec.places.spelled(stored)
