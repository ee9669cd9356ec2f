"""The shipped legal periods, on the dates that were worked out by hand."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.law.calendar import CalendarEndError, Valid
from bot.law.deadlines import (
    CERTAINTIES,
    REASONS,
    Count,
    Deadline,
    NoRuleError,
    Reason,
    Rule,
    RuleKind,
    deadline,
    rule_for,
)
from bot.translations import has_odd_braces, placeholders

from . import read_rules, shipped_calendar, shipped_rules

CALENDAR = shipped_calendar()
RULES = shipped_rules()
ROWS = [
    replace(row, count=Count(14, row.count.unit)) if row.count_fact else row
    for rows in RULES.values()
    for row in rows
]
TODAY = date(2026, 11, 24)
EVENTS = st.dates(date(2024, 7, 1), date(2028, 6, 1))

rules = pytest.mark.parametrize("row", [pytest.param(row, id=row.id) for row in ROWS])


def find(rule: str, event: date, today: date = TODAY) -> Deadline:
    return deadline(RULES[rule], event, today, CALENDAR)


def sep(day: int) -> date:
    return date(2026, 9, day)


def nov(day: int) -> date:
    return date(2026, 11, day)


def dec(day: int) -> date:
    return date(2026, 12, day)


def jan(day: int) -> date:
    return date(2027, 1, day)


@pytest.mark.parametrize(
    ("rule", "event", "expected"),
    [
        # One line for each worked date.
        ("objection_to_default_judgment", nov(26), dec(24)),
        ("objection_to_default_judgment", nov(27), dec(28)),
        ("appeal", sep(25), dec(28)),
        ("appeal", date(2026, 10, 1), jan(4)),
        ("appeal", nov(30), date(2027, 3, 1)),
        ("objection", nov(16), dec(28)),
        ("objection", nov(20), jan(4)),
        ("first_talk", nov(20), nov(25)),
        ("first_talk", dec(23), dec(29)),
        ("first_talk", dec(31), jan(6)),
        ("eviction_order", nov(27), dec(2)),
    ],
    ids=lambda value: str(value),
)
def test_a_worked_date(rule: str, event: date, expected: date) -> None:
    assert find(rule, event).last_day == expected


@pytest.mark.parametrize(
    ("rule", "event", "expected"),
    [
        pytest.param("first_talk_offer", nov(17), dec(15), id="K03 talk after offer"),
        pytest.param("earliest_court_date", nov(24), dec(2), id="K04 earliest hearing"),
        pytest.param("first_talk", nov(24), nov(27), id="K04 K09 K27 talk"),
        pytest.param(
            "objection_to_default_judgment", nov(27), dec(28), id="K07 objection"
        ),
        pytest.param("first_talk", nov(27), dec(2), id="K07 talk"),
        pytest.param("eviction_order", nov(23), nov(27), id="K09 order ran out"),
        pytest.param("eviction_new_notice", dec(3), nov(30), id="K11 notice too late"),
        pytest.param("eviction_after_new_notice", dec(2), dec(5), id="K11 earliest"),
        pytest.param("appeal", sep(25), dec(28), id="K12 appeal"),
        pytest.param("objection", nov(16), dec(28), id="K14 objection"),
        pytest.param("first_talk", nov(20), nov(25), id="K15 talk is overdue"),
        pytest.param("complaint", nov(26), jan(7), id="K15 complaint"),
        pytest.param(
            "temporary_lease_letter_from", dec(31), date(2026, 10, 1), id="K17 from"
        ),
        pytest.param("temporary_lease_letter_until", dec(31), nov(30), id="K17 until"),
        pytest.param("appeal_summary_proceedings", nov(27), dec(28), id="K25 appeal"),
    ],
)
def test_a_date_of_a_household(rule: str, event: date, expected: date) -> None:
    assert find(rule, event).last_day == expected


@pytest.mark.parametrize(
    ("rule", "event", "expected"),
    [
        pytest.param("letter_date", dec(26), dec(26), id="a letter's own date"),
        pytest.param("fourteen_day_letter", nov(28), dec(12), id="14 days, Saturday"),
        pytest.param("objection_after_eviction", nov(24), dec(21), id="eviction day"),
        pytest.param("objection_from_abroad", nov(2), dec(28), id="abroad, 8 weeks"),
        pytest.param("first_talk_without_threat", nov(24), dec(22), id="no threat"),
        pytest.param("decision_after_talk", nov(24), jan(19), id="debt decision"),
        pytest.param("eviction_order", nov(25), nov(30), id="not on a Sunday"),
        pytest.param("interim_relief", dec(1), nov(30), id="before the closing"),
        pytest.param("moratorium_request", dec(1), nov(30), id="before eviction"),
        pytest.param("moratorium_decision", nov(24), dec(2), id="eighth day"),
        pytest.param("moratorium_end", nov(24), date(2027, 5, 24), id="six months"),
        pytest.param("wsnp_appeal", nov(24), dec(2), id="eight days"),
        pytest.param("auction", nov(24), dec(24), id="30 days after publication"),
        pytest.param("private_bid", jan(4), dec(21), id="two weeks before the sale"),
        pytest.param("private_sale_request", jan(4), dec(28), id="a week before it"),
        pytest.param("private_sale_request", jan(1), dec(25), id="back onto a holiday"),
        pytest.param("viewing_notice", nov(27), nov(24), id="three days before"),
        pytest.param("notice_answer", nov(24), jan(5), id="six weeks to answer"),
        pytest.param("notice_period", nov(30), date(2027, 2, 28), id="short month"),
        pytest.param("stored_goods", nov(24), date(2027, 2, 23), id="13 weeks"),
        pytest.param("stored_goods_after_report", nov(24), dec(8), id="two weeks"),
        pytest.param("complaint_with_committee", nov(24), date(2027, 2, 2), id="ten"),
        pytest.param("shelter_urgent", nov(28), nov(28), id="at once, on a Saturday"),
        pytest.param("shelter_examination", nov(24), jan(5), id="six weeks"),
        pytest.param("shelter_decision", nov(24), dec(8), id="decision in two weeks"),
        pytest.param("energy_signal", dec(24), nov(26), id="20 working days back"),
    ],
)
def test_every_other_rule_counts_like_this(
    rule: str, event: date, expected: date
) -> None:
    assert find(rule, event).last_day == expected


def test_a_stricter_reading_of_the_new_notice_ends_on_monday() -> None:
    row = replace(RULES["eviction_after_new_notice"][0], day_after=True)
    assert deadline([row], dec(2), dec(2), CALENDAR).last_day == dec(7)


@pytest.mark.parametrize(
    ("served", "expected"),
    [
        pytest.param(dec(1), dec(15), id="K12 14 days after service"),
        pytest.param(dec(11), dec(25), id="onto a holiday"),
    ],
)
def test_a_term_that_the_judge_sets_is_never_extended(
    served: date, expected: date
) -> None:
    row = replace(RULES["leave_by"][0], count=Count(14, "days"))
    assert deadline([row], served, dec(2), CALENDAR).last_day == expected


def test_a_term_whose_length_nobody_told_is_not_guessed() -> None:
    with pytest.raises(NoRuleError):
        find("leave_by", dec(1))


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(date(2027, 11, 29), date(2028, 2, 29), id="leap year, the 29th"),
        pytest.param(date(2027, 11, 30), date(2028, 2, 29), id="leap year, the 30th"),
        pytest.param(date(2025, 11, 30), date(2026, 3, 2), id="28 Feb, a Saturday"),
        pytest.param(date(2028, 2, 29), date(2028, 5, 29), id="from 29 February"),
        pytest.param(date(2025, 10, 2), date(2026, 1, 5), id="2 January by decree"),
        pytest.param(date(2027, 2, 5), date(2027, 5, 10), id="three free days on end"),
    ],
)
def test_three_months_keep_the_day_number(event: date, expected: date) -> None:
    assert find("appeal", event).last_day == expected


def test_the_last_day_without_the_holidays_is_kept() -> None:
    found = find("objection_to_default_judgment", nov(27))
    assert (found.unextended, found.last_day) == (dec(25), dec(28))
    found = find("eviction_order", nov(27))
    assert (found.unextended, found.last_day) == (dec(1), dec(2))


def test_the_counting_is_explained() -> None:
    event, day = nov(27), dec(25)
    assert find("objection_to_default_judgment", event).why == (
        Reason("weeks_after", {"number": 4, "event": event, "day": day}),
        Reason("not_a_working_day", {"day": day, "free": "christmas"}),
    )


@pytest.mark.parametrize(
    ("rule", "event", "keys"),
    [
        (
            "eviction_order",
            nov(27),
            ["days_after", "too_few_working_days", "day_after"],
        ),
        ("eviction_order", nov(25), ["days_after", "day_after", "rest_day"]),
        ("appeal", nov(30), ["months_after", "shorter_month", "not_a_working_day"]),
        ("energy_signal", dec(24), ["working_days_before"]),
    ],
    ids=["lengthened", "off a Sunday", "short month", "back"],
)
def test_each_step_of_the_counting_is_named(
    rule: str, event: date, keys: list[str]
) -> None:
    assert [one.key for one in find(rule, event).why] == keys


@pytest.mark.parametrize(
    ("today", "safe"),
    [
        pytest.param(nov(30), dec(1), id="weeks left: tomorrow"),
        pytest.param(nov(27), nov(27), id="nobody works tomorrow: today"),
        pytest.param(dec(20), dec(21), id="eight days left: tomorrow"),
        pytest.param(dec(21), dec(21), id="seven days left: today"),
        pytest.param(dec(27), dec(27), id="a day left: today"),
        pytest.param(dec(28), dec(28), id="the last day: today"),
        pytest.param(dec(29), None, id="over: none"),
    ],
)
def test_the_safe_day_is_today_or_tomorrow(today: date, safe: date | None) -> None:
    assert find("objection_to_default_judgment", nov(27), today).safe_day == safe


@pytest.mark.parametrize(
    ("rule", "event", "day", "over"),
    [
        pytest.param("objection", nov(16), dec(28), False, id="act, on the last day"),
        pytest.param("objection", nov(16), dec(29), True, id="act, the day after"),
        pytest.param("first_talk", nov(20), nov(25), False, id="answer, last day"),
        pytest.param("first_talk", nov(20), nov(26), True, id="answer, the day after"),
        pytest.param("eviction_order", nov(27), dec(1), False, id="not yet possible"),
        pytest.param("eviction_order", nov(27), dec(2), True, id="possible today"),
    ],
)
def test_a_deadline_is_over(rule: str, event: date, day: date, over: bool) -> None:
    assert find(rule, event, day).over == over
    assert find(rule, event, TODAY).is_over(day) == over


def test_an_event_before_the_rule_is_not_guessed() -> None:
    with pytest.raises(NoRuleError) as raised:
        find("appeal", date(2022, 12, 31))
    assert (raised.value.rule_id, raised.value.event) == ("appeal", date(2022, 12, 31))


def test_a_rule_without_rows_is_not_guessed() -> None:
    with pytest.raises(NoRuleError):
        rule_for([], nov(24))


def test_a_day_past_the_calendar_is_not_guessed() -> None:
    with pytest.raises(CalendarEndError):
        find("objection", date(2028, 12, 1))


def test_the_row_of_the_day_of_the_event_holds() -> None:
    old, new = read_rules(CHANGED)["appeal"]
    assert deadline([old, new], dec(31), TODAY, CALENDAR).last_day == jan(14)
    assert deadline([old, new], jan(1), TODAY, CALENDAR).last_day == jan(4)
    with pytest.raises(NoRuleError):
        deadline([old], jan(1), TODAY, CALENDAR)


def test_a_period_counted_back_never_rolls() -> None:
    row = replace(RULES["private_bid"][0], rolls_forward=True, least_working_days=99)
    assert deadline([row], jan(8), TODAY, CALENDAR).last_day == dec(25)


@given(st.sampled_from([row for row in ROWS if row.rolls_forward]), EVENTS)
def test_a_rolled_day_is_a_working_day(row: Rule, event: date) -> None:
    found = deadline([row], event, event, CALENDAR)
    assert CALENDAR.is_working(found.last_day)
    assert found.unextended <= found.last_day


@given(st.sampled_from(ROWS), EVENTS, st.integers(0, 40))
def test_a_later_event_never_ends_earlier(row: Rule, event: date, days: int) -> None:
    later = event + timedelta(days=days)
    first, second = (deadline([row], day, TODAY, CALENDAR) for day in (event, later))
    assert first.last_day <= second.last_day


@given(st.sampled_from(ROWS), EVENTS, st.integers(-400, 400))
def test_the_safe_day_is_never_late_nor_past(row: Rule, event: date, ago: int) -> None:
    today = event + timedelta(days=ago)
    found = deadline([row], event, today, CALENDAR)
    assert (found.safe_day is not None) == (row.kind == "act" and not found.over)
    assert not found.safe_day or today <= found.safe_day <= found.last_day


@given(EVENTS)
def test_the_order_to_leave_leaves_two_working_days(event: date) -> None:
    found = find("eviction_order", event)
    eve = found.last_day - timedelta(days=1)
    assert CALENDAR.working_days_between(event, eve) >= 2
    assert (found.last_day - event).days >= 4
    assert not CALENDAR.is_rest_day(found.last_day)


@given(st.sampled_from(ROWS), EVENTS)
def test_every_reason_has_a_known_key(row: Rule, event: date) -> None:
    assert {one.key for one in deadline([row], event, TODAY, CALENDAR).why} <= REASONS


@rules
def test_a_rule_speaks_the_words_of_the_format(row: Rule) -> None:
    assert row.kind in get_args(RuleKind)
    assert row.certainty in CERTAINTIES
    assert row.from_
    assert row.source
    assert row.valid.from_ >= CALENDAR.known_from


@rules
def test_a_rule_is_extended_only_where_the_law_allows_it(row: Rule) -> None:
    most = {"days": 90, "weeks": 12, "months": 3, "working days": 0}
    if row.rolls_forward:
        assert row.direction == "forward"
        assert 0 < row.count.number <= most[row.count.unit]
    if row.least_working_days:
        assert (row.count.unit, row.count.number >= 3) == ("days", True)


@rules
def test_a_rule_uses_only_the_places_that_are_filled(row: Rule) -> None:
    allowed = {"last_day", "event"}
    assert placeholders(row.say.nl) <= allowed | (
        {"safe_day"} if row.kind == "act" else set()
    )
    assert ("safe_day" in placeholders(row.say.nl)) == (row.kind == "act")
    assert placeholders(row.over.nl) <= allowed
    assert not any(placeholders(one) for one in (row.name.nl, row.unknown.nl))
    assert not any(has_odd_braces(one) for one in spoken(row))


@rules
def test_a_rule_speaks_in_short_sentences(row: Rule) -> None:
    for text in (row.say.nl, row.over.nl, row.unknown.nl):
        assert max(lengths(text)) <= 15
    if row.uncertain:
        assert max(lengths(row.uncertain.nl)) <= 20


@rules
def test_a_rule_is_polite_and_always_leaves_someone_to_phone(row: Rule) -> None:
    words = " ".join(spoken(row)).casefold()
    assert not re.search(r"\b(je|jij|jouw|jullie|te laat|kansloos)\b", words)
    assert re.search(r"\bbel\b", row.over.nl.casefold())


@rules
def test_the_safe_day_is_said_before_the_last_day(row: Rule) -> None:
    said = re.findall(r"\{(safe_day|last_day)\}", row.say.nl)
    assert said == sorted(said, reverse=True)


def test_the_valid_time_includes_both_ends() -> None:
    valid = Valid(nov(1), nov(30))
    assert [valid.holds_on(day) for day in (nov(1), nov(30))] == [True, True]
    assert [valid.holds_on(day) for day in (date(2026, 10, 31), dec(1))] == [False] * 2


def spoken(row: Rule) -> list[str]:
    texts = [row.name, row.say, row.over, row.unknown, row.uncertain]
    return [one.nl for one in texts if one]


def lengths(text: str) -> list[int]:
    """Words in each sentence; a date is four words when it is filled in."""
    dated = re.sub(r"\{\w+\}", "maandag 28 december 2026", text)
    return [len(one.split()) for one in re.split(r"[.?!](?:\s|$)", dated) if one]


CHANGED = """
deadlines:
  appeal:
    - name: Hoger beroep
      from: judgment_on
      kind: act
      count: 2 weeks
      say: Doe dit uiterlijk op {safe_day}.
      over: Bel een advocaat.
      unknown: Bel een advocaat.
      source: [algemene kennis]
      certainty: general
      valid: {from: 2023-01-01, until: 2026-12-31}
      reviewed: no
    - name: Hoger beroep
      from: judgment_on
      kind: act
      count: 3 days
      say: Doe dit uiterlijk op {safe_day}.
      over: Bel een advocaat.
      unknown: Bel een advocaat.
      source: [algemene kennis]
      certainty: general
      valid: {from: 2027-01-01}
      reviewed: no
"""
