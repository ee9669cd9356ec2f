"""The decrees are known until the end of 2028. After that nothing is guessed."""

from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.advising import outcome_messages
from bot.conversation.model import OUTCOME, SUMMARY, Conversation
from bot.conversation.sampling import households
from bot.law.calendar import DAY
from bot.law.deadlines import deadline
from bot.library import Library
from bot.scenarios import Expected, Played, Scenario, play
from tests.conftest import TUESDAY, Meet
from tests.law import shipped_calendar

CALENDAR = shipped_calendar()
TURN_OF_YEAR = [date(2028, 12, 29) + timedelta(days=n) for n in range(13)]
"""2028-12-29 .. 2029-01-10."""


@given(st.dates(date(2022, 12, 25), date(2029, 1, 10)), st.integers(0, 30))
def test_working_days_are_counted_only_where_all_are_known(
    start: date, days: int
) -> None:
    end = start + timedelta(days=days)
    counted = CALENDAR.known_working_days(start, end)
    between = [start + timedelta(days=n) for n in range(1, days + 1)]
    if all(CALENDAR.knows(day) for day in between):
        assert counted == sum(CALENDAR.is_working(day) for day in between)
        back = CALENDAR.known_working_days(end, start)
        assert back == -counted
    else:
        assert counted is None
        assert CALENDAR.known_working_days(end, start) is None


def test_two_equal_days_are_no_days_apart_in_any_year() -> None:
    assert CALENDAR.known_working_days(date(2031, 5, 5), date(2031, 5, 5)) == 0


def summoned(today: date, hearing: date) -> dict[str, str]:
    """The answers of a family that got a summons today."""
    return {
        "situation": "arrears",
        "sender": "bailiff",
        "bailiff_letter": "summons",
        "summons_on": today.isoformat(),
        "court_date": hearing.isoformat(),
        "children": "5 en 8",
        "landlord": "corporation",
        "reported": "no",
        "place": "Utrecht",
        "also": "niets",
    }


def played(library: Library, today: date) -> Played:
    answers = summoned(today, today + 2 * DAY)
    return play(library, Scenario("a summons", today, answers, Expected()))


@pytest.mark.parametrize("today", TURN_OF_YEAR, ids=str)
def test_a_hearing_in_two_days_is_urgent_in_any_year(
    library: Library, today: date
) -> None:
    told = played(library, today)
    assert told.differences == ()
    assert told.outcome is not None
    assert told.outcome.urgency == "now"
    assert told.outcome.held[0].card.id == "hearing_soon"


@pytest.mark.parametrize("today", TURN_OF_YEAR, ids=str)
def test_a_date_past_the_calendar_is_told_to_be_missing(
    meet: Meet, today: date
) -> None:
    noon = datetime.combine(today, time(12), tzinfo=TUESDAY.tzinfo)
    family = meet(moment=noon)
    answers = summoned(today, today + 2 * DAY)
    while family.at != SUMMARY:
        family.says(answers[family.at])
        if family.conversation.pending:
            family.taps("@done")
    family.says("ja")
    assert family.at == OUTCOME
    assert (
        "Wij kennen de vrije dagen na zondag 31 december 2028 nog niet" in family.text
    )


@pytest.mark.parametrize("today", TURN_OF_YEAR, ids=str)
def test_every_household_hears_advice_in_any_year(
    library: Library, today: date
) -> None:
    moment = datetime.combine(today, time(12), tzinfo=TUESDAY.tzinfo)
    for one in islice(households(library, today, 3), 60):
        told = Conversation("x", "nl", OUTCOME, one.answers, one.path)
        messages = outcome_messages(library, told, moment)
        assert len(messages) >= 3


def test_before_the_end_dates_are_counted_as_ever(library: Library) -> None:
    told = played(library, date(2028, 12, 20)).outcome
    assert told is not None
    # Thursday 21, Friday 22, then Saturday, Sunday and the two days of Christmas.
    assert told.dates["first_talk"] == date(2028, 12, 27)


def test_a_date_of_the_letter_needs_no_calendar(library: Library) -> None:
    """It is the day itself; the safe day is today, as tomorrow may be a holiday."""
    rows, day = library.deadlines["letter_date"], date(2029, 1, 8)
    found = deadline(rows, day, date(2029, 1, 3), library.calendar)
    assert (found.last_day, found.safe_day) == (day, date(2029, 1, 3))


def test_after_the_end_no_office_is_said_to_be_open(library: Library) -> None:
    weekday = datetime(2029, 1, 3, 12, tzinfo=TUESDAY.tzinfo)
    desks = [one for one in library.organisations.values() if one.hours]
    assert {one.is_open(weekday, library.calendar) for one in desks} <= {None, True}
    assert all(
        one.is_open(weekday, library.calendar) is None
        for one in desks
        if len(one.hours[0].days) < 7
    )
