"""A small content folder of our own, with every kind of question in it."""

from dataclasses import replace
from pathlib import Path
from random import Random

import orjson
import pytest

from bot.checks import run_checks
from bot.content.read_library import read_library
from bot.content.read_scenarios import read_scenarios
from bot.conversation.holding import counted, held
from bot.conversation.kinds import KINDS
from bot.conversation.model import OUTCOME, SUMMARY, Turn
from bot.library import Library
from bot.outcome import facts_of, outcome
from bot.scenarios import play
from bot.service import Speech
from bot.telegram.render import TelegramChannel
from tests.conftest import TUESDAY, Family
from tests.conversation.test_walks import (
    anything,
    assert_can_be_said,
    assert_can_be_tapped,
    assert_place_follows,
    sensible,
    walk,
)
from tests.sample import lay_out

HELD = Path(__file__).with_name("held.txt")
WAY = (
    ("heating", "gas"),
    ("broken", "schimmel en kou"),
    ("pets", "nee"),
    ("rooms", "vier"),
    ("rent_price", "€ 1.250,50"),
    ("moved_in", "1 november 2026"),
    ("late_for", "anderhalf jaar"),
    ("place", "3511 AB"),
    ("kids", "een baby, 4 en 9"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, laid out for this module."""
    return lay_out(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def sample(folder: Path) -> Library:
    library, problems = read_library(folder)
    assert library is not None, "\n".join(map(str, problems))
    return library


@pytest.fixture
def asked(sample: Library) -> Family:
    return Family(sample)


def answered(family: Family, *, until: str = "") -> Family:
    for question, typed in WAY:
        if question == until:
            return family
        assert family.at == question
        family.says(typed)
    return family


def test_the_sample_has_every_kind_of_question(sample: Library) -> None:
    used = {type(question.kind) for question in sample.questions.values()}
    assert used == set(KINDS.values())


def test_the_sample_has_no_problem(sample: Library) -> None:
    wrong = [str(one) for one in run_checks(sample, release=False)]
    assert [line for line in wrong if "error" in line] == []


def test_the_household_of_the_sample_hears_what_it_should(
    sample: Library, folder: Path
) -> None:
    scenarios, problems = read_scenarios(folder, [])
    assert problems == ()
    assert [play(sample, one).differences for one in scenarios] == [()]


def test_typed_answers_of_every_kind_lead_to_the_summary(asked: Family) -> None:
    assert answered(asked).at == SUMMARY
    assert asked.answers == {
        "heating": "gas",
        "broken": "mould cold",
        "pets": "no",
        "rooms": "4",
        "rent_price": "1250.50",
        "moved_in": "2026-11-01",
        "late_for": "547",
        "place": "GM0344",
        "kids": "0-3:1 4-11:2",
    }


def test_a_family_reads_all_that_is_held_of_it(asked: Family) -> None:
    """The whole file, for the eye: a changed word or a new line shows here."""
    answered(asked).taps("@change", "late_for")
    known = replace(asked.conversation, id="k7Qp2w", library="9f2c")
    told = counted(
        asked.library, Turn(known, (held(asked.library, known, TUESDAY),)), TUESDAY, 14
    )
    speech = Speech(1, known.id, told.messages, asked.library.catalogue, "nl")
    (call,) = TelegramChannel().calls(speech)
    assert orjson.loads(call.body)["document"]["text"] == HELD.read_text("utf-8")


def test_the_summary_repeats_answers_in_words(asked: Family) -> None:
    text = answered(asked).text
    assert "🍄 Schimmel, 🥶 Kou" in text
    assert "€ 1.250,50" in text.replace("\xa0", " ")
    assert "zondag 1 november 2026" in text


def test_the_advice_uses_the_family_s_own_numbers(asked: Family) -> None:
    text = answered(asked).taps("@yes").text.replace("\xa0", " ")
    assert "U betaalt € 1.250,50 in de maand." in text
    assert "Uw huis heeft 4 kamers." in text


def test_an_organisation_of_this_place_is_shown_here(asked: Family) -> None:
    assert "Het wijkbureau: 030-123 45 67. Nu open" in answered(asked).taps("@yes").text


@pytest.mark.parametrize("place", ["utrecht", "3511", "3571 ZZ", "UTRECHT."])
def test_a_place_is_found_by_name_and_by_postcode(asked: Family, place: str) -> None:
    answered(asked, until="place").says(place, "geen").taps("@yes")
    assert "Het wijkbureau" in asked.text


@pytest.mark.parametrize("place", ["Almere", "3601", "weet ik niet", "1011 AB"])
def test_help_of_another_place_is_not_shown(asked: Family, place: str) -> None:
    answered(asked, until="place").says(place, "geen").taps("@yes")
    assert asked.at == OUTCOME
    assert "Het wijkbureau" not in asked.text


# --- several answers ---------------------------------------------------------------


def test_ticks_are_shown_in_the_same_message(asked: Family) -> None:
    turn = asked.says("gas").conversation.turn
    asked.taps("mould")
    shown = asked.messages[0]
    assert (shown.turn, shown.edits) == (turn, turn)
    assert "☑️ 🍄 Schimmel" in asked.text
    assert asked.at == "broken"


def test_a_second_tap_takes_the_tick_away(asked: Family) -> None:
    asked.says("gas").taps("mould", "leak", "mould", "@done")
    assert asked.answers["broken"] == "leak"


def test_done_without_a_tick_asks_for_one(asked: Family) -> None:
    asked.says("gas").taps("@done")
    assert asked.text == asked.words("tick_one")
    assert asked.at == "broken"


def test_i_do_not_know_stands_alone(asked: Family) -> None:
    asked.says("gas").taps("cold", "unsure")
    assert asked.answers["broken"] == "unsure"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("schimmel", "mould"),
        ("Schimmel en lek", "mould leak"),
        ("lek, kou, schimmel", "mould leak cold"),
        ("1 3", "mould cold"),
        ("1, 2 en 3", "mould leak cold"),
        ("zwarte vlekken + kou", "mould cold"),
        ("🍄", "mould"),
        ("weet ik niet", "unsure"),
    ],
)
def test_several_answers_can_be_typed(asked: Family, typed: str, stored: str) -> None:
    assert asked.says("gas").types(typed).answers["broken"] == stored


@pytest.mark.parametrize("typed", ["schimmel en draken", "4 en 9", "en", "nee"])
def test_several_answers_with_one_unknown_are_asked_again(
    asked: Family, typed: str
) -> None:
    assert asked.says("gas").types(typed).at == "broken"
    assert "broken" not in asked.answers


def test_back_while_ticking_takes_the_ticks_away(asked: Family) -> None:
    asked.says("gas").taps("mould").types("terug")
    assert (asked.at, asked.conversation.pending) == ("broken", "")


# --- what was kept under older content ---------------------------------------------


def earlier(family: Family, answers: dict[str, str], at: str) -> Family:
    """The same family as it was kept under older content."""
    family.conversation = replace(
        family.conversation, answers=answers, path=(), at=at, library="older"
    )
    return family.commands("go_on")


def test_old_names_are_carried_over(asked: Family) -> None:
    earlier(asked, {"fuel": "gas", "defects": "leak mould"}, "pets")
    assert asked.at == "pets"
    assert asked.answers == {"heating": "gas", "broken": "leak mould"}


def test_an_old_answer_is_carried_over(asked: Family) -> None:
    assert earlier(asked, {"heating": "lpg"}, "broken").at == "broken"


def test_an_old_answer_of_a_renamed_question_is_carried_over(asked: Family) -> None:
    assert earlier(asked, {"fuel": "lpg"}, "broken").answers == {"heating": "gas"}


@pytest.mark.parametrize(
    ("question", "stored"),
    [
        ("heating", "coal"),
        ("broken", "mould dragons"),
        ("broken", ""),
        ("pets", "maybe"),
        ("rooms", "many"),
        ("rent_price", "NaN"),
        ("rent_price", "Infinity"),
        ("moved_in", "2026-02-30"),
        ("late_for", "long"),
        ("place", "Straat 12"),
        ("kids", "0-3:x"),
        ("kids", "18+:1"),
    ],
)
def test_an_answer_that_no_longer_fits_is_asked_again(
    asked: Family, question: str, stored: str
) -> None:
    answered(asked)
    earlier(asked, {**asked.answers, question: stored}, SUMMARY)
    assert asked.at == question


# --- and anything at all -----------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_a_family_does_the_next_message_is_whole(
    sample: Library, seed: int
) -> None:
    steps = walk(sample, Random(seed), anything)
    for _, met in zip(range(2_000), steps, strict=False):
        assert_can_be_said(sample, met.turn.messages)
        assert_can_be_tapped(met.turn)
        assert_place_follows(sample, met)


def test_every_card_of_the_sample_can_be_reached(sample: Library) -> None:
    told = set[str]()
    steps = walk(sample, Random(4), sensible)
    for _, met in zip(range(4_000), steps, strict=False):
        if met.after.at == OUTCOME:
            found = outcome(sample, facts_of(sample, met.after, TUESDAY.date()))
            told |= {held.card.id for held in found.held}
    assert told == {card.id for card in sample.cards}
