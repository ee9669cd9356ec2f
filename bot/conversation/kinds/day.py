"""A date. A wrong one can cost a home, so it is always repeated in full."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading, Unclear, converts
from bot.conversation.reading_dates import DateTrouble, read_date
from bot.translations import Sayable

DAY = timedelta(days=1)
AROUND = timedelta(days=9)
"""How far from today the example is that shows how a day can be typed."""

OFFSETS = (
    *(-720, -365, -200, -100, -92, -62, -57, -45, -43, -42, -35, -29, -28, -27, -21),
    *range(-16, 17),
    *(20, 21, 28, 29, 30, 31, 35, 42, 45, 60, 62, 90, 92, 120, 200, 365, 720),
)
"""Days from today, close together where periods of the law end."""


class Day(Kind):
    """Stored as YYYY-MM-DD."""

    numbered = False

    @property
    def type(self) -> FactType:
        return FactType("date")

    def read_typed(self, reply: str, reading: Reading) -> Misread | Unclear:
        earliest, latest = self._window(reading.today)
        found = read_date(
            reply, reading.today, reading.dates, earliest=earliest, latest=latest
        )
        if not isinstance(found, DateTrouble):
            return Unclear((found.isoformat(),))
        values: dict[str, Sayable] = {"example": self._example(reading.today)}
        if found.date is not None:
            values["date"] = found.date
        return Misread(f"misread_{found.code}", values)

    def _window(self, today: date) -> tuple[date | None, date | None]:
        if self.spec.within is None:
            return None, None
        first, last = self.spec.within
        return today + timedelta(days=first), today + timedelta(days=last)

    def _example(self, today: date) -> date:
        """A day that this question takes, so not one ahead of a letter of the past."""
        earliest, latest = self._window(today)
        for day in (today + AROUND, today - AROUND):
            if (earliest or day) <= day <= (latest or day):
                return day
        return latest or today

    def accepts_typed(self, stored: str) -> bool:
        return converts(date.fromisoformat, stored)

    def examples_typed(
        self, today: date, boundaries: Collection[Fact]
    ) -> Iterable[str]:
        earliest, latest = self._window(today)
        compared = [one for one in boundaries if isinstance(one, date)]
        steps = (timedelta(days=number) for number in OFFSETS)
        near = [day + n * DAY for day in compared for n in (-1, 0, 1)]
        for day in (*(today + step for step in steps), *sorted(near)):
            if (earliest or day) <= day <= (latest or day):
                yield day.isoformat()

    @property
    def tries_all(self) -> bool:
        return self.spec.within is not None

    def every_typed(self, today: date, boundaries: Collection[Fact]) -> Iterable[str]:
        """Each day that the question takes, the nearest to today first."""
        if self.spec.within is None:
            return self.examples_typed(today, boundaries)
        first, last = self.spec.within
        steps = sorted(range(first, last + 1), key=lambda step: (abs(step), step))
        return [(today + step * DAY).isoformat() for step in steps]

    def fact_typed(self, stored: str) -> Fact:
        return date.fromisoformat(stored)

    def show_typed(self, stored: str) -> Sayable:
        return date.fromisoformat(stored)
