"""What a family says or taps, and where the conversation is then."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import engine
from bot.conversation.model import (
    CHANGE,
    LANGUAGE,
    OUTCOME,
    STOPPED,
    SUMMARY,
    Message,
    NotServed,
    Question,
    Renamed,
    Said,
    Tapped,
)
from bot.conversation.reading import fold
from bot.library import Library
from tests.conftest import PHONE, TUESDAY, Family, Meet, buttons_of

REMINDED = ("arrears", "landlord", "reminder", "some", "corporation")
GLOBAL_ACTS = ("back", "stop", "restart", "person", "language", "help", "emergency")
DISTURBING = ("person", "emergency", "help", "language")


def reminded(family: Family) -> Family:
    """A family that answered all questions about a reminder."""
    return family.taps(*REMINDED, "no")


def options(library: Library) -> list[tuple[Question, str]]:
    return [
        (question, option.id)
        for question in library.questions.values()
        for option in question.kind.spec.options
    ]


def at_question(family: Family, question: str) -> Family:
    """The same family, standing at this question."""
    family.conversation = replace(
        family.conversation, at=question, answers={}, path=(), pending="", misread=0
    )
    return family


# --- the beginning -----------------------------------------------------------------


def test_the_first_message_has_a_number_and_every_language(library: Library) -> None:
    begun = engine.begin(library, id="x", moment=TUESDAY)
    assert begun.conversation is not None
    assert begun.conversation.at == LANGUAGE
    first = begun.messages[-1]
    assert {button.answer for button in buttons_of(first)} == {
        f"lang.{code}" for code in library.catalogues
    }
    for paragraph in first.paragraphs:
        said = library.catalogue(paragraph.language).say(paragraph.said)
        assert PHONE.search(said)


def test_the_app_s_language_comes_first_but_is_not_chosen(library: Library) -> None:
    for code in library.catalogues:
        begun = engine.begin(library, id="x", moment=TUESDAY, hint=code)
        assert buttons_of(begun.messages[-1])[0].answer == f"lang.{code}"
        assert begun.conversation is not None
        assert begun.conversation.at == LANGUAGE


@pytest.mark.parametrize("hint", ["zz", "nl-NL", "", "{", "🏴"])
def test_an_unknown_language_of_the_app_does_no_harm(
    library: Library, hint: str
) -> None:
    begun = engine.begin(library, id="x", moment=TUESDAY, hint=hint)
    assert begun.conversation is not None
    assert begun.conversation.language == "nl"


def test_the_welcome_says_who_speaks_and_gives_a_number(family: Family) -> None:
    assert "zonder AI" in family.text
    assert "geen advocaten" in family.text
    assert PHONE.search(family.text)
    assert family.at == family.library.flows["start"].start


@pytest.mark.parametrize("typed", ["hallo", "Wat is dit?", "2", "😀"])
def test_other_words_at_the_choice_of_language_begin_in_that_of_the_app(
    library: Library, typed: str
) -> None:
    begun = engine.begin(library, id="x", moment=TUESDAY).conversation
    assert begun is not None
    after = engine.answer(library, begun, Said(typed), TUESDAY).conversation
    assert after is not None
    assert (after.at, after.language) == ("situation", "nl")


def test_english_typed_at_the_choice_of_language_is_english(library: Library) -> None:
    begun = engine.begin(library, id="x", moment=TUESDAY).conversation
    assert begun is not None
    after = engine.answer(library, begun, Said("English"), TUESDAY).conversation
    assert after is not None
    assert after.language == ("en" if "en" in library.catalogues else "nl")


# --- answering ---------------------------------------------------------------------


def test_a_tap_is_kept_and_the_next_question_follows(family: Family) -> None:
    family.taps("arrears")
    assert family.answers == {"situation": "arrears"}
    assert family.path == ("situation",)
    assert family.at == "sender"


def test_the_answered_question_stays_without_buttons(family: Family) -> None:
    turn = family.conversation.turn
    closed = family.taps("arrears").messages[0]
    assert closed.edits == turn
    assert closed.rows == ()
    assert "✔" in family.library.catalogue("nl").say(closed.paragraphs[-1].said)


def test_only_the_newest_question_has_a_number(family: Family) -> None:
    for answer in REMINDED:
        family.taps(answer)
        assert family.messages[-1].turn == family.conversation.turn
        assert [one.turn for one in family.messages[:-1] if one.turn] == []


@pytest.mark.parametrize("typed", ["1", "huurachterstand", "💶", "HUUR", "arrears"])
def test_typing_does_what_tapping_does(meet: Meet, typed: str) -> None:
    tapped, said = meet().taps("arrears"), meet().types(typed)
    assert said.conversation == tapped.conversation
    assert said.messages == tapped.messages


def test_a_typed_date_counts_only_after_it_was_confirmed(family: Family) -> None:
    family.taps("eviction").types("3 december")
    assert family.answers == {"situation": "eviction"}
    assert "donderdag 3 december 2026" in family.text
    assert family.taps("@yes").answers["eviction_date"] == "2026-12-03"


def test_a_date_that_was_misread_is_asked_again(family: Family) -> None:
    family.taps("eviction").types("3 december").taps("@no")
    assert family.at == "eviction_date"
    assert family.answers == {"situation": "eviction"}


def test_another_date_instead_of_yes_is_confirmed_itself(family: Family) -> None:
    family.taps("eviction").types("3 december").types("4 december")
    assert "vrijdag 4 december 2026" in family.text
    assert family.types("klopt").answers["eviction_date"] == "2026-12-04"


@pytest.mark.parametrize("away", DISTURBING)
def test_a_date_is_never_kept_on_a_yes_to_something_else(
    family: Family, away: str
) -> None:
    """After an aside the date is shown again before a yes counts."""
    family.taps("eviction").types("3 december").commands(away).commands("go_on")
    family.sends(Tapped(family.conversation.id, 0, "!", "go_on"))
    asked_again = "3 december" in family.text
    assert asked_again or not family.conversation.pending


def test_a_date_answered_with_i_do_not_know_needs_no_confirmation(
    family: Family,
) -> None:
    assert family.taps("eviction").types("weet ik niet").at == "told_by"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("gisteren", "Dat past niet bij deze vraag"),
        ("31 november", "bestaat niet"),
        ("3 of 4 december", "twee datums"),
        ("vrijdag 3 december 2026", "passen niet bij elkaar"),
        ("binnenkort", "Typ een dag en een maand"),
    ],
)
def test_a_date_that_cannot_be_says_why(
    family: Family, typed: str, words: str
) -> None:
    family.taps("eviction").types(typed)
    assert words in family.text
    assert family.at == "eviction_date"


# --- what is not understood --------------------------------------------------------


def test_the_first_time_other_words_are_used(family: Family) -> None:
    family.taps("arrears").types("blub")
    question = family.library.questions["sender"]
    assert question.again is not None
    assert question.again.nl in family.text
    assert question.ask.nl not in family.text


def test_the_second_time_a_person_is_offered(family: Family) -> None:
    family.taps("arrears").types("blub").types("blub")
    assert family.words("misread_person") in family.text
    assert PHONE.search(family.text)


def test_no_answer_is_ever_the_same_twice_in_a_row(family: Family) -> None:
    for question in family.library.questions:
        at_question(family, question)
        texts = [family.types("blub ¿ blub").text for _ in range(9)]
        same = [n for n in range(8) if texts[n] == texts[n + 1]]
        assert same == [], f"{question}: after bad reply {same[0] + 1}"


def test_an_answer_that_is_understood_forgets_those_that_were_not(
    family: Family,
) -> None:
    family.taps("arrears").types("blub").types("blub").taps("landlord")
    assert family.conversation.misread == 0


@pytest.mark.parametrize(
    "what", ["photo", "voice", "video", "sticker", "location", "document", "other"]
)
def test_what_is_not_text_gets_words_and_changes_nothing(
    family: Family, what: str
) -> None:
    before = family.taps("arrears").conversation
    family.sends(NotServed(f"not_served_{what}"))
    assert family.text == family.words(f"not_served_{what}")
    assert family.conversation == before


# --- old, double and forged buttons ------------------------------------------------


def test_a_double_tap_counts_once(family: Family) -> None:
    tap = family.button("arrears")
    family.sends(tap)
    before = family.conversation
    family.sends(tap)
    assert family.conversation == before
    assert [message.toast for message in family.messages] == [True]


def test_an_old_button_says_that_it_is_old(family: Family) -> None:
    old = family.button("eviction")
    family.taps("arrears", "landlord").sends(old)
    assert family.text == family.words("old_button")
    assert family.answers == {"situation": "arrears", "sender": "landlord"}


def test_a_button_of_another_conversation_changes_nothing(family: Family) -> None:
    before = family.conversation
    family.sends(Tapped("other1", before.turn, "situation", "arrears"))
    assert family.conversation == before


@given(
    turn=st.integers(-1, 10**9),
    question=st.text(max_size=64),
    answer=st.text(max_size=64),
)
def test_a_forged_button_never_adds_an_answer(
    library: Library, turn: int, question: str, answer: str
) -> None:
    family = Family(library).taps("arrears")
    family.sends(Tapped(family.conversation.id, turn, question, answer))
    forged = family.answers.get("sender", "landlord")
    assert forged in library.questions["sender"].kind.accepts.__self__.labels  # type: ignore[attr-defined]
    assert {"situation", "sender"} >= family.answers.keys()
