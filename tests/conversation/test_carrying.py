"""Volunteers change the flows while families are in the middle of a conversation."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.read_library import read_library
from bot.conversation.model import (
    CHANGE,
    OUTCOME,
    STOPPED,
    SUMMARY,
    Edited,
    NotServed,
)
from bot.library import Library
from tests.conftest import Family
from tests.sample import lay_out

WAY = ("gas", "schimmel en kou", "nee", "vier", "€ 1.250,50", "1 november 2026")
REST = ("anderhalf jaar", "3511 AB", "geen")
RENAMED = "renamed:\n  questions:\n"
ANIMALS = f"{RENAMED}    pets: animals\n"

Edit = Callable[..., Library]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def asked(sample: Path) -> Family:
    """A family that has just chosen Dutch."""
    library, _ = read_library(sample)
    assert library is not None
    return Family(library)


@pytest.fixture
def edit(sample: Path, tmp_path: Path) -> Edit:
    """`edit((old, new), …)`: the sample with other words in it."""

    def edited(*changes: tuple[str, str]) -> Library:
        folder = tmp_path / "content"
        shutil.copytree(sample, folder)
        missing = {old for old, _ in changes}
        for name in ("start", "advice/sample"):
            path = folder / "flows" / f"{name}.yaml"
            words = path.read_text(encoding="utf-8")
            missing.intersection_update(old for old, _ in changes if old not in words)
            for old, new in changes:
                words = words.replace(old, new)
            path.write_text(words, encoding="utf-8")
        assert missing == set()
        library, problems = read_library(folder)
        assert library is not None, "\n".join(map(str, problems))
        return library

    return edited


A_TEXT = ("Heeft u een huisdier?", "Heeft u een dier in huis?")
NO_PETS = (
    (
        "  pets:\n    ask: Heeft u een huisdier?\n    short: Huisdier\n"
        "    kind: yes_no\n\n",
        "",
    ),
    ("    next: pets\n", "    next: rooms\n"),
    (" and pets == no", ""),
)
NO_LEAK = (
    ("      leak:\n        label: 💧 Lekkage\n        words: [lek]\n", ""),
    (" or broken contains leak", ""),
)
A_NUMBER = (
    ("kind: date\n    within: [today - 50 years, today]", "kind: number"),
    ("days from moved_in to today", "moved_in"),
)
PETS_BY_ANOTHER_NAME = (("pets", "animals"), (RENAMED, ANIMALS))
A_NEW_FIRST = (
    "start: heating\n\nquestions:\n",
    "start: alone\n\nquestions:\n  alone:\n    ask: Woont u alleen?\n"
    "    short: Alleen\n    kind: yes_no\n    next: heating\n\n",
)


def is_told(family: Family) -> bool:
    return family.words("questions_changed") in family.text


def test_a_day_that_waits_for_a_yes_still_waits(asked: Family, edit: Edit) -> None:
    asked.says(*WAY[:5]).types(WAY[5])
    asked.library = edit(A_TEXT)
    assert asked.types("ja").at == "late_for"
    assert asked.answers["moved_in"] == "2026-11-01"


def test_the_button_of_a_day_still_counts(asked: Family, edit: Edit) -> None:
    asked.says(*WAY[:5]).types(WAY[5])
    asked.library = edit(A_TEXT)
    assert asked.taps("@yes").at == "late_for"


def test_a_day_that_waits_is_dropped_with_its_question(
    asked: Family, edit: Edit
) -> None:
    asked.says(*WAY[:5]).types(WAY[5])
    asked.library = edit(*A_NUMBER)
    asked.types("ja")
    assert (asked.at, asked.conversation.pending) == ("moved_in", "")


def test_ticks_stay_and_can_be_sent(asked: Family, edit: Edit) -> None:
    asked.taps("gas", "mould", "cold")
    asked.library = edit(A_TEXT)
    assert asked.taps("@done").answers["broken"] == "mould cold"


def test_a_tick_whose_name_changed_stays(asked: Family, edit: Edit) -> None:
    asked.taps("gas", "mould", "cold")
    asked.library = edit(
        ("      cold: 🥶 Kou", "      chill: 🥶 Kou"),
        (
            "  answers:\n    heating.lpg",
            "  answers:\n    broken.cold: chill\n    heating.lpg",
        ),
    )
    assert asked.taps("@done").answers["broken"] == "mould chill"


@pytest.mark.parametrize("typed", [True, False], ids=["typed", "tapped"])
def test_the_answer_to_a_renamed_question_counts(
    asked: Family, edit: Edit, *, typed: bool
) -> None:
    asked.says("gas", "kou")
    asked.library = edit(*PETS_BY_ANOTHER_NAME)
    asked.types("nee") if typed else asked.taps("no")
    assert (asked.at, asked.answers["animals"]) == ("rooms", "no")
    assert not is_told(asked)


def test_a_name_may_change_twice(asked: Family, edit: Edit) -> None:
    asked.says("gas", "kou", "nee")
    twice = f"{RENAMED}    pets: animals\n    animals: beasts\n"
    asked.library = edit(("pets", "beasts"), (RENAMED, twice))
    assert asked.types("vier").answers["beasts"] == "no"


def test_the_button_of_a_renamed_answer_counts(asked: Family, edit: Edit) -> None:
    asked.library = edit(
        ("      gas:\n", "      natural:\n"),
        ("gas\n", "natural\n"),
        (
            "  answers:\n    heating",
            "  answers:\n    heating.gas: natural\n    heating",
        ),
    )
    assert asked.taps("gas").answers == {"heating": "natural"}


def test_a_button_whose_answer_is_gone_asks_again(asked: Family, edit: Edit) -> None:
    asked.says("gas")
    asked.taps("leak", "leak")
    asked.library = edit(*NO_LEAK)
    asked.taps("leak")
    assert asked.at == "broken"
    assert is_told(asked)
    assert "Lekkage" not in asked.text


def test_an_answer_that_is_gone_is_asked_again_and_the_others_stay(
    asked: Family, edit: Edit
) -> None:
    asked.says("gas", "lek", "nee")
    asked.library = edit(*NO_LEAK)
    asked.types("vier")
    assert asked.at == "broken"
    assert is_told(asked)
    assert asked.answers == {"heating": "gas", "pets": "no", "rooms": "4"}


def test_a_family_on_a_question_that_is_gone_hears_it_once(
    asked: Family, edit: Edit
) -> None:
    asked.says("gas", "kou")
    asked.library = edit(*NO_PETS)
    assert asked.types("nee").at == "rooms"
    assert is_told(asked)
    assert asked.answers == {"heating": "gas", "broken": "cold"}
    assert not is_told(asked.types("vier"))


@pytest.mark.parametrize("word", ["stop", "terug", "help", "wis alles"])
def test_words_that_always_work_do_so(asked: Family, edit: Edit, word: str) -> None:
    asked.says("gas", "kou")
    asked.library = edit(*NO_PETS)
    assert not is_told(asked.types(word))


def test_a_photo_between_makes_no_answer_of_the_next_words(
    asked: Family, edit: Edit
) -> None:
    asked.says("gas", "kou")
    asked.library = edit(*NO_PETS)
    asked.sends(NotServed("not_served_photo")).types("4")
    assert is_told(asked)
    assert "rooms" not in asked.answers


def test_an_answer_counts_though_another_question_comes_first_now(
    asked: Family, edit: Edit
) -> None:
    asked.library = edit(A_NEW_FIRST)
    assert asked.taps("gas").at == "alone"
    assert is_told(asked)
    assert asked.taps("no").at == "broken"
    assert asked.answers == {"heating": "gas", "alone": "no"}


def test_words_nobody_understands_ask_the_question_that_comes_first(
    asked: Family, edit: Edit
) -> None:
    asked.library = edit(A_NEW_FIRST)
    assert asked.types("xyzzy").at == "alone"
    assert is_told(asked)


def test_the_last_typed_answer_can_still_be_edited(asked: Family, edit: Edit) -> None:
    asked.says("gas", "kou", "nee")
    asked.conversation = replace(asked.conversation, typed=7)
    asked.library = edit(A_TEXT)
    asked.sends(Edited("ja", 7))
    assert (asked.at, asked.answers["pets"]) == ("rooms", "yes")


@pytest.mark.parametrize("place", [SUMMARY, CHANGE, OUTCOME])
def test_at_the_end_a_changed_text_moves_nobody(
    asked: Family, edit: Edit, place: str
) -> None:
    asked.says(*WAY, *REST)
    if place != SUMMARY:
        asked.taps({CHANGE: "@change", OUTCOME: "@yes"}[place])
    assert asked.at == place
    asked.library = edit(A_TEXT)
    asked.types("hallo")
    assert asked.at == place
    assert not is_told(asked)


@pytest.mark.parametrize("place", [SUMMARY, OUTCOME])
def test_at_the_end_a_new_question_is_asked(
    asked: Family, edit: Edit, place: str
) -> None:
    asked.says(*WAY, *REST)
    if place == OUTCOME:
        asked.taps("@yes")
    asked.library = edit(A_NEW_FIRST)
    assert asked.types("hallo").at == "alone"
    assert is_told(asked)
    assert asked.taps("no").at == SUMMARY


def test_at_the_end_a_question_that_went_leads_to_the_summary(
    asked: Family, edit: Edit
) -> None:
    asked.says(*WAY, *REST).taps("@yes")
    asked.library = edit(*NO_PETS)
    assert asked.types("hallo").at == SUMMARY
    assert is_told(asked)
    assert asked.taps("@yes").at == OUTCOME


def test_who_stopped_reads_what_is_held_of_it(asked: Family, edit: Edit) -> None:
    asked.says("gas", "kou", "nee", "stop")
    asked.library = edit(*NO_PETS)
    assert "Waarmee verwarmt u uw huis?" in asked.commands("data").text
    assert asked.commands("person").at == STOPPED
    assert asked.commands("go_on").at == "rooms"


def test_an_answer_that_is_gone_is_shown_as_it_is_held(
    asked: Family, edit: Edit
) -> None:
    asked.says("gas", "lek")
    asked.library = edit(*NO_LEAK)
    asked.commands("data")
    assert asked.conversation.answers == {"heating": "gas", "broken": "leak"}


def test_an_answer_of_another_kind_of_question_stays_where_it_fits(
    asked: Family, edit: Edit
) -> None:
    asked.says("gas", "kou", "nee")
    asked.library = edit(
        (
            "    short: Huisdier\n    kind: yes_no\n",
            "    short: Huisdier\n    kind: choice\n    answers:\n"
            "      yes: 🐕 Een hond\n      cat: 🐈 Een kat\n      no: 🚫 Geen dier\n",
        )
    )
    assert asked.types("vier").answers["pets"] == "no"


def test_an_answer_of_another_kind_that_does_not_fit_is_asked_again(
    asked: Family, edit: Edit
) -> None:
    asked.says(*WAY)
    asked.library = edit(*A_NUMBER)
    assert asked.types("anderhalf jaar").at == "moved_in"
    assert asked.types("3").at == "place"
