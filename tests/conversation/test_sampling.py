"""Households drawn by lot go the ways that families go."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice

import pytest

from bot.conversation.facts import UNSURE, Fact
from bot.conversation.kinds import KINDS
from bot.conversation.kinds.base import Option, Spec
from bot.conversation.model import SUMMARY, Conversation
from bot.conversation.sampling import Household, examples_of, households
from bot.conversation.walking import replay
from bot.library import Library
from bot.outcome import outcome
from bot.places import Places
from bot.translations import Text

TODAY = date(2026, 11, 24)
MANY = 300


@pytest.fixture(scope="module")
def drawn(library: Library) -> list[Household]:
    return list(islice(households(library, TODAY, 7), MANY))


def test_the_same_seed_draws_the_same_households(
    library: Library, drawn: list[Household]
) -> None:
    assert list(islice(households(library, TODAY, 7), MANY)) == drawn
    assert list(islice(households(library, TODAY, 8), MANY)) != drawn


def test_each_household_answers_what_it_is_asked_and_no_more(
    drawn: list[Household],
) -> None:
    for one in drawn:
        assert tuple(one.answers) == one.path
        assert len(set(one.path)) == len(one.path)


def test_the_engine_goes_the_same_way(library: Library, drawn: list[Household]) -> None:
    for one in drawn:
        told = Conversation("x", "nl", "", answers=one.answers)
        replayed = replay(library, told, TODAY)
        assert (replayed.at, replayed.path) == (SUMMARY, one.path)


def test_each_household_gets_advice(library: Library, drawn: list[Household]) -> None:
    assert all(outcome(library, one.facts(library)).held for one in drawn)


def test_its_repr_shows_no_answer(drawn: list[Household]) -> None:
    assert "answers" not in repr(drawn[0])


# --- examples of each kind ---------------------------------------------------------

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "choice": ("gas", "wood"),
    "choices": ("mould", "leak", "cold", "noise"),
    "yes_no": ("yes", "no"),
    "children": ("none", "some"),
}
LIMITS = Spec(within=(-30, 400), least=2, most=40)
BOUNDARIES: frozenset[Fact] = frozenset(
    {5, Decimal("12.50"), date(2026, 12, 24), "GM0363", True}
)


def kind_examples(
    name: str, options: tuple[str, ...], places: Places | None = None
) -> tuple[str, ...]:
    labels = tuple(Option(id, Text(id, id)) for id in (*options, UNSURE))
    made = replace(LIMITS, options=labels)
    spec = replace(made, places=places) if places else made
    kind = KINDS[name](spec)
    found = kind.examples(TODAY, BOUNDARIES)
    assert all(kind.accepts(one) for one in found)
    assert all(kind.fact(one) is not None for one in found)
    return found


@pytest.mark.parametrize("name", KINDS)
def test_examples_are_answers_of_the_kind_and_there_are_some(
    library: Library, name: str
) -> None:
    found = kind_examples(name, OPTIONS.get(name, ()), library.places)
    assert UNSURE in found
    assert len(found) > 2
    assert len(set(found)) == len(found)
    # Of places each municipality counts: it has organisations of its own.
    most = len(library.places.municipalities) + 1 if name == "place" else 120
    assert len(found) <= most


def test_numbers_stand_around_each_boundary_and_within_the_limits() -> None:
    numbers = {int(one) for one in kind_examples("number", ()) if one != UNSURE}
    assert {4, 5, 6, 11, 12, 13} <= numbers
    assert min(numbers) >= LIMITS.least
    assert max(numbers) <= LIMITS.most


def test_days_stand_around_today_and_each_boundary_within_the_window() -> None:
    days = {
        date.fromisoformat(one) for one in kind_examples("date", ()) if one[0] == "2"
    }
    assert {TODAY, date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 25)} <= days
    assert min(days) >= date(2026, 10, 25)
    assert max(days) <= date(2027, 12, 29)


@pytest.mark.parametrize("options", [4, 9])
def test_several_answers_come_in_every_number_and_order_of_the_author(
    options: int,
) -> None:
    names = tuple(f"o{n}" for n in range(options))
    found = [one.split() for one in kind_examples("choices", names) if one != UNSURE]
    assert {len(one) for one in found} == set(range(1, options + 1))
    assert all(one == sorted(one) for one in found)
    assert {name for one in found if len(one) == 1 for name in one} == set(names)


def test_every_question_that_ships_has_examples(library: Library) -> None:
    for name, found in examples_of(library, TODAY).items():
        kind = library.questions[name].kind
        assert len(found) > 1, name
        assert all(kind.accepts(one) for one in found), name
