"""When the doors of an organisation are open, by the clock of the Netherlands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.law.calendar import DAY, Calendar, CalendarEndError

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
DAY_NAMES = ("ma", "di", "wo", "do", "vr", "za", "zo")
SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)", re.ASCII)
DAYS_AHEAD = 60
"""Who does not open within two months has no hours worth telling."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One line of opening hours: days of the week (0 = Monday), from, until."""

    days: frozenset[int]
    opens: time
    closes: time


def read_hours(written: str) -> tuple[Hours, ...] | None:
    """`ma-vr 09:00-17:00, za 10:00-12:00` or `24/7`; None when it does not parse."""
    if written == "24/7":
        return (Hours(frozenset(range(7)), time.min, time.max),)
    found = [_read_span(part.strip()) for part in written.split(",")]
    return None if None in found else tuple(span for span in found if span)


def is_open(
    hours: tuple[Hours, ...], moment: datetime, calendar: Calendar
) -> bool | None:
    """Open at this moment; None when nobody knows the hours, or the holidays."""
    if not hours:
        return None
    if _never_closes(hours):
        return True
    local = moment.astimezone(DUTCH_TIME)
    free = _is_holiday(local.date(), calendar)
    if free is None:
        return None
    return not free and any(
        local.weekday() in span.days and span.opens <= local.time() < span.closes
        for span in hours
    )


def opens_at(
    hours: tuple[Hours, ...], moment: datetime, calendar: Calendar
) -> datetime | None:
    """The first moment from now on that it is open; None when nobody knows."""
    opened = is_open(hours, moment, calendar)
    if opened is not False:
        return moment.astimezone(DUTCH_TIME) if opened else None
    for begin in _begins(hours, moment.astimezone(DUTCH_TIME).date()):
        # Between clocks that differ only a comparison in UTC is right.
        if begin < moment.astimezone(UTC):
            continue
        opened = is_open(hours, begin, calendar)
        if opened is not False:
            return begin.astimezone(DUTCH_TIME) if opened else None
    return None


def _begins(hours: tuple[Hours, ...], first: date) -> Iterator[datetime]:
    """Each time a door opens, in order; when the clock goes back it may be twice."""
    for number in range(DAYS_AHEAD):
        day = first + number * DAY
        opening = {span.opens for span in hours if day.weekday() in span.days}
        walls = (datetime.combine(day, one, DUTCH_TIME) for one in opening)
        yield from sorted(
            wall.replace(fold=fold).astimezone(UTC) for wall in walls for fold in (0, 1)
        )


def _never_closes(hours: tuple[Hours, ...]) -> bool:
    return len(hours) == 1 and hours[0].closes == time.max


def _is_holiday(day: date, calendar: Calendar) -> bool | None:
    try:
        return calendar.why_free(day) not in (None, "saturday", "sunday")
    except CalendarEndError:
        return None


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
