"""How many children live at home, by age band. Ages themselves are not kept."""

from collections.abc import Collection, Iterable
from datetime import date

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading, around
from bot.conversation.reading_numbers import read_ages
from bot.translations import Say, Sayable

BANDS = (("0-3", range(4)), ("4-11", range(4, 12)), ("12-17", range(12, 18)))
NONE, SOME = "none", "some"


class Children(Kind):
    """Stored as `none`, `some`, or counts such as `0-3:1 4-11:2`."""

    numbered = False

    @property
    def type(self) -> FactType:
        return FactType("children")

    def read_typed(self, reply: str, reading: Reading) -> str | Misread:
        ages = read_ages(reply, reading.dates)
        if ages is None:
            return Misread("misread_children")
        if not ages:
            return NONE
        counts = ((name, sum(a in band for a in ages)) for name, band in BANDS)
        return " ".join(f"{name}:{count}" for name, count in counts if count)

    def accepts_typed(self, stored: str) -> bool:
        names = {name for name, _ in BANDS}
        pairs = [part.partition(":") for part in stored.split()]
        return bool(pairs) and all(n in names and c.isdecimal() for n, _, c in pairs)

    def examples_typed(
        self, today: date, boundaries: Collection[Fact]
    ) -> Iterable[str]:
        return (NONE, SOME, "0-3:1", "4-11:2", "12-17:1", "0-3:1 4-11:1 12-17:2")

    def every_typed(self, today: date, boundaries: Collection[Fact]) -> Iterable[str]:
        counts = (f"4-11:{one}" for one in around(boundaries) if one > 0)
        return (*self.examples_typed(today, boundaries), *counts)

    def fact_typed(self, stored: str) -> Fact:
        if stored in (NONE, SOME):
            return int(stored == SOME)
        return sum(int(part.partition(":")[2]) for part in stored.split())

    def show_whole(self, stored: str) -> Sayable:
        if stored in self.labels or stored in (NONE, SOME):
            return self.show(stored)
        pairs = (part.partition(":") for part in stored.split())
        said = self.spec.words["children_band"]
        return tuple(Say(said, {"band": b, "count": n}) for b, _, n in pairs)

    def show_typed(self, stored: str) -> Sayable:
        count = self.fact_typed(stored)
        assert isinstance(count, int)
        key = "children_one" if count == 1 else "children_many"
        return Say(self.spec.words[key], {"count": count})

    def in_words(self, stored: str) -> str:
        """The youngest age of each band, as often as there are children in it."""
        youngest = {name: str(max(1, ages[0])) for name, ages in BANDS}
        pairs = (part.partition(":") for part in stored.split())
        return ", ".join(youngest[name] for name, _, n in pairs for _ in range(int(n)))
