"""How long something has lasted."""

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Asked, Misread, Reading, converts
from bot.conversation.reading_numbers import read_duration
from bot.translations import Say, Sayable

UNITS = (("years", 365), ("months", 30), ("weeks", 7), ("days", 1))


class TimeSince(Asked):
    """Stored as days; a month counts as 30."""

    numbered = False

    @property
    def type(self) -> FactType:
        return FactType("duration")

    def read_typed(self, reply: str, reading: Reading) -> str | Misread:
        found = read_duration(reply, reading.dates)
        return Misread("misread_time_since") if found is None else str(found)

    def accepts_typed(self, stored: str) -> bool:
        return converts(int, stored)

    def fact_typed(self, stored: str) -> Fact:
        return int(stored)

    def show_typed(self, stored: str) -> Sayable:
        days = int(stored)
        unit, size = next((u for u in UNITS if days and days % u[1] == 0), UNITS[-1])
        return Say(self.spec.words[f"time_{unit}"], {"count": days // size})
