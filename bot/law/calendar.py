"""Which days count. Holidays come from a file: no rule of this module knows one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from dateutil.easter import easter

DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
SUNDAY: Final = 6

EQUATED_DAY: Final = "equated_day"
"""Why a day is free that a royal decree treats as a holiday."""


_easter = cache(easter)


class CalendarEndError(Exception):
    """Nobody has told the calendar which days are free around this day."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


@dataclass(frozen=True, slots=True)
class Valid:
    """The days for which something holds, both ends included; `until` may be open."""

    from_: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_ <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class FixedHoliday:
    """The same date each year; on a Sunday it moves by `on_sunday` days."""

    key: str
    month: int
    day: int
    valid: Valid
    on_sunday: int = 0

    def falls_on(self, day: date) -> bool:
        return self.valid.holds_on(day) and day == self._day_in(day.year)

    def _day_in(self, year: int) -> date:
        usual = date(year, self.month, self.day)
        return usual + self.on_sunday * DAY if usual.weekday() == SUNDAY else usual


@dataclass(frozen=True, slots=True)
class EasterHoliday:
    """`days` after Easter Sunday, or before it when negative."""

    key: str
    days: int
    valid: Valid

    def falls_on(self, day: date) -> bool:
        return self.valid.holds_on(day) and day == _easter(day.year) + self.days * DAY


@dataclass(frozen=True, slots=True)
class Calendar:
    """Holidays, and the days that decrees treat as such.

    Outside `known_from` … `known_until` the decrees are not known, so every
    question about such a day raises CalendarEndError.
    """

    decreed: frozenset[date]
    fixed: tuple[FixedHoliday, ...]
    easter: tuple[EasterHoliday, ...]
    known_from: date
    known_until: date

    def knows(self, day: date) -> bool:
        return self.known_from <= day <= self.known_until

    def why_free(self, day: date) -> str | None:
        """Why it is no working day: a holiday's key, or `saturday` or `sunday`.

        A holiday goes before the weekend it falls in.
        """
        if not self.knows(day):
            raise CalendarEndError(day)
        weekend = {SATURDAY: "saturday", SUNDAY: "sunday"}.get(day.weekday())
        return next(self._holidays(day), weekend)

    def is_working(self, day: date) -> bool:
        return self.why_free(day) is None

    def is_rest_day(self, day: date) -> bool:
        """A Sunday or a holiday. An ordinary Saturday is not."""
        return self.why_free(day) not in (None, "saturday")

    def next_working(self, day: date) -> date:
        """The first working day on or after this day."""
        while not self.is_working(day):
            day += DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The nth working day after this day, or before it when n is negative."""
        step = DAY if n > 0 else -DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """The working days after `start` up to and including `end`.

        Negative when `end` comes before `start`.
        """
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + n * DAY for n in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)

    def known_working_days(self, start: date, end: date) -> int | None:
        """The same, and None when the calendar does not know every day between."""
        first, last = min(start, end), max(start, end)
        if first < last and not (self.knows(first + DAY) and self.knows(last)):
            return None
        return self.working_days_between(start, end)

    def _holidays(self, day: date) -> Iterator[str]:
        yield from (one.key for one in self.fixed if one.falls_on(day))
        yield from (one.key for one in self.easter if one.falls_on(day))
        if day in self.decreed:
            yield EQUATED_DAY
