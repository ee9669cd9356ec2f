"""How long something has lasted."""

from collections.abc import Collection, Iterable
from datetime import date

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading, around, converts
from bot.conversation.reading_numbers import read_duration
from bot.translations import Say, Sayable


class TimeSince(Kind):
    """Stored as days; twelve months are 365 of them."""

    numbered = False

    @property
    def type(self) -> FactType:
        return FactType("duration")

    def read_typed(self, reply: str, reading: Reading) -> str | Misread:
        found = read_duration(reply, reading.dates)
        return Misread("misread_time_since") if found is None else str(found)

    def accepts_typed(self, stored: str) -> bool:
        return converts(int, stored)

    def examples_typed(
        self, today: date, boundaries: Collection[Fact]
    ) -> Iterable[str]:
        days = [*around(boundaries), 0, 7, 30, 91, 200, 730]
        return (str(one) for one in days if one >= 0)

    @property
    def tries_all(self) -> bool:
        return False

    def fact_typed(self, stored: str) -> Fact:
        return int(stored)

    def show_typed(self, stored: str) -> Sayable:
        unit, count = in_words(int(stored))
        key = f"time_{unit}_one" if count == 1 else f"time_{unit}"
        return Say(self.spec.words[key], {"count": count})

    def in_words(self, stored: str) -> str:
        return f"{stored} days"


def in_words(days: int) -> tuple[str, int]:
    """The largest unit that says exactly this: 91 days are 3 months."""
    months = round(days * 12 / 365)
    if days and months and days == months * 365 // 12:
        return ("months", months) if months % 12 else ("years", months // 12)
    return ("weeks", days // 7) if days and days % 7 == 0 else ("days", days)
