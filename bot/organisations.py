"""Who can help: where, when, how to reach them, and who checked the number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.law.calendar import Calendar
from bot.translations import Text

NATIONAL = "nl"
DAY_NAMES = ("ma", "di", "wo", "do", "vr", "za", "zo")
SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


@dataclass(frozen=True, slots=True)
class Hours:
    """One line of opening hours: days of the week (0 = Monday), from, until."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Organisation:
    """`checked` is the day a person last dialled the number, None for never."""

    id: str
    name: Text
    helps: Text
    phone: str = ""
    reach: Text | None = None
    hours: tuple[Hours, ...] = ()
    hours_text: Text | None = None
    web: str = ""
    cost: Text | None = None
    languages: tuple[str, ...] = ()
    where: tuple[str, ...] = (NATIONAL,)
    source: str = ""
    checked: date | None = None
    emergency: bool = False

    @property
    def needs_star(self) -> bool:
        """Whether the family is told that nobody dialled this number yet.

        Not in an emergency: there a doubt would cost more than it gives.
        """
        return bool(self.phone) and self.checked is None and not self.emergency

    def serves(self, place: str | None) -> bool:
        """Whether it works in this place; an unknown place only gets national help."""
        if NATIONAL in self.where:
            return True
        return place is not None and any(_covers(area, place) for area in self.where)

    def is_open(self, moment: datetime, calendar: Calendar) -> bool | None:
        """Open at this moment in the Netherlands; None when nobody knows the hours."""
        if not self.hours:
            return None
        if len(self.hours) == 1 and self.hours[0].closes == time.max:
            return True
        if not calendar.knows(moment.date()):
            return None
        free = calendar.why_free(moment.date()) not in (None, "saturday", "sunday")
        return not free and any(
            moment.weekday() in span.days and span.opens <= moment.time() < span.closes
            for span in self.hours
        )


def _covers(area: str, place: str) -> bool:
    first, _, last = area.partition("-")
    if first.isdecimal() and last.isdecimal():
        return place.isdecimal() and int(first) <= int(place) <= int(last)
    return area.casefold() == place.casefold()


def read_hours(written: str) -> tuple[Hours, ...] | None:
    """`ma-vr 09:00-17:00, za 10:00-12:00` or `24/7`; None when it does not parse."""
    if written == "24/7":
        return (Hours(frozenset(range(7)), time.min, time.max),)
    found = [_read_span(part.strip()) for part in written.split(",")]
    return None if None in found else tuple(span for span in found if span)


def _read_span(part: str) -> Hours | None:
    days, _, span = part.partition(" ")
    first, _, last = days.partition("-")
    match = SPAN.fullmatch(span.strip())
    if match is None or first not in DAY_NAMES or (last or first) not in DAY_NAMES:
        return None
    begin, end = DAY_NAMES.index(first), DAY_NAMES.index(last or first)
    hour, minute, until, until_minute = map(int, match.groups())
    if max(hour, until) > 23 or max(minute, until_minute) > 59 or begin > end:
        return None
    if (hour, minute) >= (until, until_minute):
        return None
    return Hours(
        frozenset(range(begin, end + 1)), time(hour, minute), time(until, until_minute)
    )


def serving(
    wanted: Iterable[Organisation], place: str | None, most: int
) -> tuple[Organisation, ...]:
    """Those that work in this place, in the author's order, each once."""
    here = dict.fromkeys(one for one in wanted if one.serves(place))
    return tuple(here)[:most]
