"""Where the family lives: four digits of the postcode, or the name of a place."""

from bot.conversation.facts import FactType
from bot.conversation.kinds.base import Kind, Misread, Reading
from bot.conversation.reading import read_place


class Place(Kind):
    """The letters of a postcode are dropped at once: they are never kept."""

    numbered = False

    @property
    def type(self) -> FactType:
        return FactType("place")

    def read_typed(self, reply: str, reading: Reading) -> str | Misread:
        found = read_place(reply)
        return Misread("misread_place") if found is None else found

    def accepts_typed(self, stored: str) -> bool:
        return read_place(stored) == stored
