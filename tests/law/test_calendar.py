"""Which days count, with the shipped holidays."""

from dataclasses import replace
from datetime import date, timedelta

import holidays
import pytest
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as st

from bot.law.calendar import Calendar, CalendarEndError

from . import shipped_calendar

SHIPPED = shipped_calendar()
DAYS = st.dates(date(2023, 2, 1), date(2028, 11, 30))
YEARS = range(2015, 2046)


def test_the_calendar_knows_until_the_end_of_2028() -> None:
    assert SHIPPED.known_from == date(2023, 1, 1)
    assert SHIPPED.known_until == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        pytest.param(date(2026, 1, 1), "new_year", id="new year"),
        pytest.param(date(2026, 1, 2), "equated_day", id="by decree in 2026"),
        pytest.param(date(2026, 4, 3), "good_friday", id="Good Friday"),
        pytest.param(date(2026, 4, 6), "easter_monday", id="Easter Monday"),
        pytest.param(date(2026, 4, 27), "kings_day", id="King's Day"),
        pytest.param(date(2025, 4, 26), "kings_day", id="King's Day before a Sunday"),
        pytest.param(date(2025, 4, 27), "sunday", id="27 April on a Sunday"),
        pytest.param(date(2026, 5, 5), "liberation_day", id="5 May, not a fifth year"),
        pytest.param(date(2026, 5, 14), "ascension", id="Ascension"),
        pytest.param(date(2027, 5, 7), "equated_day", id="by decree in 2027"),
        pytest.param(date(2026, 5, 25), "whit_monday", id="Whit Monday"),
        pytest.param(date(2026, 12, 25), "christmas", id="Christmas"),
        pytest.param(date(2027, 12, 25), "christmas", id="Christmas on a Saturday"),
        pytest.param(date(2026, 12, 26), "second_christmas", id="second Christmas"),
        pytest.param(date(2026, 11, 28), "saturday", id="a Saturday"),
        pytest.param(date(2026, 11, 29), "sunday", id="a Sunday"),
        pytest.param(date(2026, 12, 24), None, id="24 December"),
        pytest.param(date(2028, 2, 29), None, id="29 February"),
    ],
)
def test_a_day_is_free_for_a_reason(day: date, why: str | None) -> None:
    assert SHIPPED.why_free(day) == why


@pytest.mark.parametrize(
    ("day", "rests"),
    [
        pytest.param(date(2026, 11, 28), False, id="an ordinary Saturday"),
        pytest.param(date(2026, 11, 29), True, id="a Sunday"),
        pytest.param(date(2026, 12, 26), True, id="Christmas on a Saturday"),
        pytest.param(date(2026, 11, 30), False, id="a Monday"),
    ],
)
def test_rest_days_are_sundays_and_holidays(day: date, rests: bool) -> None:
    assert SHIPPED.is_rest_day(day) == rests


@pytest.mark.parametrize("year", YEARS)
def test_the_holidays_are_those_of_an_independent_list(year: int) -> None:
    theirs = set(
        holidays.country_holidays("NL", years=year, categories=("public", "optional"))
    )
    whit_sunday = easter(year) + timedelta(days=49)
    assert free_days(widened(), year) == theirs - {easter(year), whit_sunday}


@pytest.mark.parametrize("year", YEARS)
def test_the_fifth_of_may_is_free_every_year(year: int) -> None:
    assert widened().why_free(date(year, 5, 5)) == "liberation_day"


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2022, 12, 31), id="before the first known decree"),
        pytest.param(date(2029, 1, 1), id="a holiday past the last known decree"),
        pytest.param(date(2029, 1, 6), id="a Saturday past it"),
    ],
)
def test_a_day_beyond_the_known_decrees_is_not_guessed(day: date) -> None:
    with pytest.raises(CalendarEndError) as raised:
        SHIPPED.is_working(day)
    assert raised.value.day == day


def test_counting_past_the_known_days_is_not_guessed() -> None:
    with pytest.raises(CalendarEndError):
        SHIPPED.next_working(date(2028, 12, 30))
    with pytest.raises(CalendarEndError):
        SHIPPED.add_working_days(date(2028, 12, 28), 3)
    with pytest.raises(CalendarEndError):
        SHIPPED.working_days_between(date(2022, 12, 1), date(2023, 1, 5))


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        pytest.param(date(2026, 11, 20), 3, date(2026, 11, 25), id="over a weekend"),
        pytest.param(date(2026, 12, 23), 3, date(2026, 12, 29), id="over Christmas"),
        pytest.param(date(2026, 12, 31), 3, date(2027, 1, 6), id="over new year"),
        pytest.param(date(2026, 11, 29), 1, date(2026, 11, 30), id="from a Sunday"),
        pytest.param(date(2026, 11, 30), -1, date(2026, 11, 27), id="back"),
        pytest.param(date(2026, 11, 29), 0, date(2026, 11, 29), id="none at all"),
        pytest.param(date(2028, 2, 28), 2, date(2028, 3, 1), id="over 29 February"),
    ],
)
def test_working_days_are_added(start: date, n: int, expected: date) -> None:
    assert SHIPPED.add_working_days(start, n) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param(date(2026, 11, 24), date(2026, 12, 3), 7, id="to a hearing"),
        pytest.param(date(2026, 12, 3), date(2026, 11, 24), -7, id="and back"),
        pytest.param(date(2026, 11, 24), date(2026, 11, 24), 0, id="the same day"),
        pytest.param(date(2026, 11, 27), date(2026, 11, 29), 0, id="only a weekend"),
    ],
)
def test_working_days_between(start: date, end: date, expected: int) -> None:
    assert SHIPPED.working_days_between(start, end) == expected


@given(DAYS)
def test_the_next_working_day_is_the_first_that_works(day: date) -> None:
    found = SHIPPED.next_working(day)
    assert SHIPPED.is_working(found)
    skipped = [day + timedelta(days=n) for n in range((found - day).days)]
    assert not any(SHIPPED.is_working(one) for one in skipped)


@given(DAYS, st.integers(1, 15))
def test_days_that_are_added_are_counted_again(day: date, n: int) -> None:
    later = SHIPPED.add_working_days(day, n)
    assert SHIPPED.working_days_between(day, later) == n


@given(DAYS, st.integers(1, 15))
def test_going_back_from_a_working_day_undoes_going_on(day: date, n: int) -> None:
    working = SHIPPED.next_working(day)
    later = SHIPPED.add_working_days(working, n)
    assert SHIPPED.add_working_days(later, -n) == working


def widened() -> Calendar:
    """The shipped holidays without the decrees, which no other list has."""
    first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
    return replace(SHIPPED, decreed=frozenset(), known_from=first, known_until=last)


def free_days(calendar: Calendar, year: int) -> set[date]:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    weekend = {None, "saturday", "sunday"}
    return {
        day
        for day in days
        if day.year == year and calendar.why_free(day) not in weekend
    }
