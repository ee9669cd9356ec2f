"""What a family reads when it asks for all that is held of it."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import pytest

from bot.conversation import engine
from bot.conversation.holding import FILE, PLACES, counted, held
from bot.conversation.model import (
    OUTCOME,
    RETENTION_DAYS,
    STOPPED,
    Command,
    Conversation,
    Message,
    Said,
)
from bot.conversation.sampling import examples_of
from bot.library import Library
from tests.conftest import ID, PHONE, TUESDAY, Family, buttons_of

ANSWERS = {"situation": "arrears", "sender": "landlord"}
FULL = Conversation(
    id=ID,
    language="nl",
    at="landlord_letter",
    answers=ANSWERS,
    path=("situation", "sender"),
    turn=3,
    library="9f2c",
    heard=engine.minutes(TUESDAY),
)
OTHER: Mapping[str, Any] = {
    "id": "Zz9999",
    "language": "en",
    "at": "sender",
    "answers": {**ANSWERS, "sender": "bailiff"},
    "path": ("situation",),
    "turn": 4,
    "misread": 2,
    "pending": "reminder",
    "page": 1,
    "typed": 12,
    "advised": "rent_reminder",
    "library": "77aa",
    "heard": FULL.heard - 60,
}
"""For each field of a conversation a value that it does not have in FULL."""


def file_of(library: Library, message: Message, language: str = "nl") -> str:
    assert message.file is not None
    catalogue = library.catalogue(language)
    return "\n".join(catalogue.say(one.said) for one in message.file.paragraphs)


@pytest.mark.parametrize("field", [one.name for one in fields(Conversation)])
def test_every_field_of_a_conversation_is_shown(library: Library, field: str) -> None:
    other = replace(FULL, **{field: OTHER[field]})
    assert other != FULL
    before, after = (held(library, one, TUESDAY) for one in (FULL, other))
    assert file_of(library, before) != file_of(library, after)


@pytest.mark.parametrize("command", ["gegevens", "data", "mijn gegevens"])
def test_the_file_comes_with_a_way_back_and_a_way_to_wipe(
    family: Family, command: str
) -> None:
    (told,) = family.taps("arrears").commands(command).messages
    assert told.file is not None
    assert told.file.name == FILE
    assert [one.answer for one in buttons_of(told)] == ["go_on"]
    assert "/wis" in family.text
    assert PHONE.search(family.text)


@pytest.mark.parametrize("said", ["gegevens", "Mijn gegevens", "my data", "MY DATA?"])
def test_the_words_for_it_can_be_typed(family: Family, said: str) -> None:
    before = family.taps("arrears").conversation
    assert family.types(said).messages[0].file is not None
    assert family.conversation == before


def test_it_is_written_in_the_language_of_the_family(library: Library) -> None:
    english = Family(library, language="en").taps("arrears").commands("gegevens")
    assert "YOUR ANSWERS" in english.text
    assert "UW ANTWOORDEN" not in english.text


def test_each_answer_stands_below_its_question(family: Family) -> None:
    family.taps("arrears", "landlord").commands("gegevens")
    library = family.library
    asked = library.catalogue("nl").words(library.questions["sender"].ask)
    lines = file_of(library, family.messages[0]).splitlines()
    assert lines[lines.index(asked) + 1].startswith("✔ ")


def test_no_two_answers_are_shown_as_the_same(library: Library) -> None:
    """Else the file would leave out something that is kept."""
    for name, stored in examples_of(library, TUESDAY.date()).items():
        kind = library.questions[name].kind
        shown = {library.catalogue("nl").say(kind.show_whole(one)) for one in stored}
        assert len(shown) == len(stored), name


def test_of_children_the_ages_are_shown_as_they_are_kept(library: Library) -> None:
    kind = library.questions["children"].kind
    said = kind.show_whole("0-3:1 4-11:2")
    assert library.catalogue("nl").say(said) == "1 van 0-3 jaar, 2 van 4-11 jaar"


def test_answers_beside_the_way_are_shown_with_the_reason(library: Library) -> None:
    waiting = replace(FULL, path=("situation",), at="sender")
    shown = file_of(library, held(library, waiting, TUESDAY))
    assert "ANTWOORDEN DIE NU NIET MEETELLEN" in shown
    beside = file_of(library, held(library, FULL, TUESDAY))
    assert "ANTWOORDEN DIE NU NIET MEETELLEN" not in beside


def test_without_answers_it_says_so(family: Family) -> None:
    assert "nog geen antwoorden" in family.commands("gegevens").text


def test_a_question_that_is_gone_is_still_shown(library: Library) -> None:
    strange = replace(FULL, answers={"gone": "old"}, path=("gone",), at="gone_too")
    shown = file_of(library, held(library, strange, TUESDAY))
    assert {"gone", "✔ old"} <= set(shown.splitlines())
    assert "gone_too" in shown


@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_words(library: Library, place: str) -> None:
    shown = file_of(library, held(library, replace(FULL, at=place), TUESDAY))
    assert "@" not in shown


def test_the_day_of_deletion_is_a_week_after_the_last_message(library: Library) -> None:
    shown = file_of(library, held(library, FULL, TUESDAY))
    assert "Uw laatste bericht: dinsdag 24 november 2026, 12:00 uur." in shown
    assert "dinsdag 1 december 2026, kort na 12:00 uur" in shown


def test_the_hour_is_the_one_on_the_wall_after_the_clock_went_back(
    library: Library,
) -> None:
    october = datetime(2026, 10, 20, 12, tzinfo=TUESDAY.tzinfo)
    older = replace(FULL, heard=engine.minutes(october))
    shown = file_of(library, held(library, older, TUESDAY))
    assert RETENTION_DAYS == 7
    assert "dinsdag 27 oktober 2026, kort na 11:00 uur" in shown


def test_asking_is_a_message_too_so_the_week_starts_again(family: Family) -> None:
    family.taps("arrears").waits(48).commands("gegevens")
    assert "Uw laatste bericht: donderdag 26 november 2026" in family.text


def test_the_storage_adds_how_many_numbers_it_keeps(family: Family) -> None:
    family.taps("arrears")
    turn = engine.answer(
        family.library, family.conversation, Command("gegevens"), TUESDAY
    )
    assert "om die te kunnen wissen: " not in file_of(family.library, turn.messages[0])
    told = counted(family.library, turn, TUESDAY, 14)
    assert "om die te kunnen wissen: 14." in file_of(family.library, told.messages[0])
    assert told.conversation == turn.conversation


def test_a_turn_without_a_file_stays_as_it_is(family: Family) -> None:
    turn = engine.answer(family.library, family.conversation, Said("huur"), TUESDAY)
    assert counted(family.library, turn, TUESDAY, 14) == turn


@pytest.mark.parametrize("place", [OUTCOME, STOPPED])
def test_asking_changes_no_place(library: Library, place: str) -> None:
    current = replace(FULL, at=place, library=library.fingerprint)
    turn = engine.answer(library, current, Command("gegevens"), TUESDAY)
    assert turn.conversation == current


def test_the_repr_of_a_file_shows_no_answer(library: Library) -> None:
    assert "arrears" not in repr(held(library, FULL, TUESDAY).file)
