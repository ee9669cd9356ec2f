"""Where the family lives: four digits of the postcode, or the name of a place."""

from collections.abc import Collection, Iterable
from datetime import date

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading
from bot.conversation.reading import read_place

NAMED = ("1012", "3511", "9712", "6211", "Breda", "GM0363", "GM0599", "GM0014")
"""Places of all parts of the country, in each form that one has been kept in."""


class Place(Kind):
    """The letters of a postcode are dropped at once: they are never kept."""

    numbered = False

    @property
    def type(self) -> FactType:
        return FactType("place")

    def read_typed(self, reply: str, reading: Reading) -> str | Misread:
        found = read_place(reply)
        return Misread("misread_place") if found is None else found

    def examples_typed(
        self, today: date, boundaries: Collection[Fact]
    ) -> Iterable[str]:
        compared = sorted(one for one in boundaries if isinstance(one, str))
        return (*NAMED, *compared)

    def accepts_typed(self, stored: str) -> bool:
        return read_place(stored) == stored
