"""Households drawn by lot, over all facts, days and places: each gets fitting help."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import engine
from bot.conversation.model import OUTCOME, SUMMARY, Conversation, Tapped
from bot.conversation.sampling import Household, households
from bot.library import Library
from bot.outcome import Outcome, outcome, place_name
from tests.conftest import PHONE, words_of

AMSTERDAM, UTRECHT, MERGING = "GM0363", "GM0344", "GM1696"
PLACES = (AMSTERDAM, UTRECHT, MERGING, "unsure")
FIRST, LAST = date(2026, 11, 24), date(2028, 12, 1)

ONLY_FOR: Final[Mapping[str, frozenset[str]]] = {
    "bank": frozenset({"mortgage", "eviction", "lease", "arrears", "unsure"}),
    "nhg": frozenset({"mortgage"}),
    "kifid": frozenset({"mortgage"}),
    "notary": frozenset({"mortgage", "lease"}),
    "rent_tribunal": frozenset({"arrears", "lease", "unsure", "trouble"}),
    "refugee_council": frozenset({"unregistered"}),
    "court": frozenset({"arrears", "unsure", "hearing_missed", "trouble", "lease"}),
}
"""Organisations of one cause, and the first answers with which they may be told."""


FOR_CHILDREN: Final = frozenset(
    {"children_ombudsman", "children_rights", "children_fund"}
)


def drawn(library: Library, *, seed: int, today: date, place: str) -> Household:
    found = next(households(library, today, seed))
    if "place" not in found.answers:
        return found
    return replace(found, answers={**found.answers, "place": place})


def told(library: Library, household: Household) -> tuple[Outcome, str]:
    """What follows, and all that is said after the summary was confirmed."""
    moment = datetime.combine(
        household.today, time(12), tzinfo=ZoneInfo("Europe/Amsterdam")
    )
    at_summary = Conversation(
        "a",
        "nl",
        SUMMARY,
        household.answers,
        household.path,
        turn=1,
        library=library.fingerprint,
        heard=engine.minutes(moment),
    )
    turn = engine.answer(library, at_summary, Tapped("a", 1, SUMMARY, "@yes"), moment)
    assert turn.conversation is not None
    assert turn.conversation.at == OUTCOME
    found = outcome(library, household.facts(library))
    return found, "\n".join(words_of(library, turn.messages, "nl"))


@settings(max_examples=400)
@given(
    seed=st.integers(0, 10**9),
    today=st.dates(FIRST, LAST),
    place=st.sampled_from(PLACES),
)
def test_each_household_gets_help_that_fits(
    library: Library, seed: int, today: date, place: str
) -> None:
    household = drawn(library, seed=seed, today=today, place=place)
    found, words = told(library, household)
    assert PHONE.search(words)
    assert_few_steps_with_someone_to_call(library, found)
    assert_no_past_day_is_open(found, words, today)
    assert_all_work_here(library, household, found)
    assert_all_are_of_this_cause(household, found)
    assert_the_municipality_is_shown(found)


def assert_few_steps_with_someone_to_call(library: Library, found: Outcome) -> None:
    main = [one for one in found.held if not (one.card.beside or one.card.before)]
    assert len(main) == 1
    for held in found.held:
        assert 1 <= len(held.card.steps) <= 3
    first = library.organisations[main[0].card.steps[0].who]
    assert first.phone or first.reach


def assert_no_past_day_is_open(found: Outcome, words: str, today: date) -> None:
    for due in found.dues:
        if due.deadline is None:
            continue
        assert due.deadline.over == due.deadline.is_over(today)
        assert due.deadline.safe_day is None or due.deadline.safe_day >= today
        said = due.rule.over if due.deadline.over else due.rule.say
        assert said.nl.split("{")[0].split(". ")[0] in words
        if not due.deadline.over:
            assert due.deadline.last_day >= today


def assert_all_work_here(
    library: Library, household: Household, found: Outcome
) -> None:
    here = place_name(library, household.facts(library))
    for fit in found.fits:
        where = fit.organisation.where
        assert "nl" in where or here in where, fit.organisation.id
        assert fit.because is not None, fit.organisation.id


def assert_all_are_of_this_cause(household: Household, found: Outcome) -> None:
    cause = household.answers["situation"]
    for fit in found.fits:
        name = fit.organisation.id
        assert cause in ONLY_FOR.get(name, {cause}), (cause, name)
        assert name not in FOR_CHILDREN or household.answers["children"] != "none"


def assert_the_municipality_is_shown(found: Outcome) -> None:
    """Also where another card, about safety, comes before the one about the home."""
    main = next(one for one in found.held if not (one.card.beside or one.card.before))
    shown = [one.id for one in found.organisations]
    assert "municipality" in shown or "municipality" not in main.card.organisations


@pytest.mark.parametrize(
    ("today", "name"),
    [(date(2026, 12, 31), "Wijdemeren"), (date(2027, 1, 1), "Hilversum")],
)
def test_nobody_is_sent_to_a_municipality_that_is_gone(
    library: Library, today: date, name: str
) -> None:
    household = drawn(library, seed=1, today=today, place=MERGING)
    assert f"emeente {name}" in told(library, household)[1]
