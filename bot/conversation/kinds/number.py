"""A whole number."""

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading, converts
from bot.conversation.reading_numbers import read_number


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

    def accepts_typed(self, stored: str) -> bool:
        return converts(int, stored)

    def fact_typed(self, stored: str) -> Fact:
        return int(stored)
