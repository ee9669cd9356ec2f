"""Open or closed by the clock of the Netherlands: holidays, two clocks, the unknown."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.law.calendar import DAY
from bot.opening import DUTCH_TIME, Hours, is_open, opens_at, read_hours
from tests.law import shipped_calendar

CALENDAR = replace(shipped_calendar(), known_until=date(2031, 12, 31))
OFFICE = (Hours(frozenset(range(5)), time(9), time(17)),)
ALWAYS = read_hours("24/7") or ()
HALF_HOUR = timedelta(minutes=30)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=DUTCH_TIME)


def clock_changes() -> list[date]:
    """Each day until 2030 that does not last 24 hours."""
    noons = [at("2026-01-01T12:00") + number * DAY for number in range(5 * 365)]
    return [
        noon.date()
        for noon in noons
        if (noon - DAY).utcoffset() != noon.utcoffset()
    ]  # fmt: skip


spans = st.builds(
    lambda days, begin, length: Hours(
        frozenset(days),
        time(begin // 2, begin % 2 * 30),
        time(min(begin + length, 47) // 2, min(begin + length, 47) % 2 * 30),
    ),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 46),
    st.integers(1, 30),
)
all_hours = st.lists(spans, min_size=1, max_size=4).map(tuple)
moments = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(all_hours, moments)
def test_it_opens_now_or_later_and_is_open_then(
    hours: tuple[Hours, ...], moment: datetime
) -> None:
    opens = opens_at(hours, moment, CALENDAR)
    assert opens is not None
    assert opens.astimezone(UTC) >= moment
    assert is_open(hours, opens, CALENDAR)


@given(moments)
def test_nobody_opens_earlier_than_was_said(moment: datetime) -> None:
    opens = opens_at(OFFICE, moment, CALENDAR)
    assert opens is not None
    closed = moment
    while closed < opens.astimezone(UTC):
        assert is_open(OFFICE, closed, CALENDAR) is False
        closed += HALF_HOUR


@pytest.mark.parametrize("day", clock_changes(), ids=str)
@given(hours=all_hours, minutes=st.integers(-60, 26 * 60))
def test_a_changing_clock_confuses_nobody(
    day: date, hours: tuple[Hours, ...], minutes: int
) -> None:
    begin = datetime.combine(day, time.min, DUTCH_TIME).astimezone(UTC)
    moment = begin + timedelta(minutes=minutes)
    opens = opens_at(hours, moment, CALENDAR)
    assert opens is not None
    assert opens.astimezone(UTC) >= moment
    assert is_open(hours, opens, CALENDAR)


def test_the_clock_changes_twice_a_year() -> None:
    assert len(clock_changes()) == 10


@given(all_hours, moments)
def test_the_clock_of_the_server_does_not_matter(
    hours: tuple[Hours, ...], moment: datetime
) -> None:
    dutch = moment.astimezone(DUTCH_TIME)
    assert is_open(hours, moment, CALENDAR) == is_open(hours, dutch, CALENDAR)
    assert opens_at(hours, moment, CALENDAR) == opens_at(hours, dutch, CALENDAR)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-27T08:59", "2026-11-27T09:00"),
        ("2026-11-27T12:00", "2026-11-27T12:00"),
        ("2026-11-27T17:00", "2026-11-30T09:00"),
        ("2026-12-24T17:30", "2026-12-28T09:00"),
        ("2027-04-26T18:00", "2027-04-28T09:00"),
    ],
    ids=["before nine", "in the day", "friday at five", "christmas", "king's day"],
)
def test_an_office_opens_on_the_next_working_day(moment: str, opens: str) -> None:
    assert opens_at(OFFICE, at(moment), CALENDAR) == at(opens)


def test_who_never_closes_is_open_on_christmas() -> None:
    christmas = at("2026-12-25T03:00")
    assert is_open(ALWAYS, christmas, CALENDAR)
    assert opens_at(ALWAYS, christmas, CALENDAR) == christmas


@pytest.mark.parametrize("moment", ["2029-01-02T12:00", "2028-12-31T18:00"])
def test_after_the_calendar_nobody_guesses(moment: str) -> None:
    """On the last evening today is known: closed. When it opens is not."""
    known = shipped_calendar()
    assert opens_at(OFFICE, at(moment), known) is None
    assert is_open(OFFICE, at(moment), known) is not True


def test_without_hours_nothing_is_known() -> None:
    assert is_open((), at("2026-11-27T12:00"), CALENDAR) is None
    assert opens_at((), at("2026-11-27T12:00"), CALENDAR) is None


@given(st.text(max_size=40))
def test_reading_hours_never_fails(written: str) -> None:
    found = read_hours(written)
    assert found is None or all(one.opens < one.closes for one in found)


@pytest.mark.parametrize("written", ["ma-vr 9:00-17:00", "vr-ma 09:00-17:00", "", "ma",
                                     "ma 17:00-09:00", "ma 09:00-24:00"])  # fmt: skip
def test_hours_that_cannot_be_are_refused(written: str) -> None:
    assert read_hours(written) is None
