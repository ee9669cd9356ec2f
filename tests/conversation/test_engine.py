"""What a family says or taps, and where the conversation is then."""

from dataclasses import replace

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
    NotServed,
    Question,
    Renamed,
    Said,
    Tapped,
)
from bot.conversation.reading import fold
from bot.conversation.speaking import page_of, pages
from bot.conversation.walking import replay
from bot.library import Library
from tests.conftest import ID, PHONE, TUESDAY, Family, Meet, buttons_of, words_of

REMINDED = ("arrears", "landlord", "reminder", "some", "corporation")
ASIDES = (("person", "go_on"), ("help", "go_on"), ("taal", "lang.nl"))
"""A command that shows something else, and the button that leads back."""


def reminded(family: Family) -> Family:
    """A family that answered all questions about a reminder."""
    return nearly_reminded(family).taps("no")


def nearly_reminded(family: Family) -> Family:
    """The same family, at its last question."""
    return family.taps(*REMINDED).says("3511").taps("nothing")


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


@pytest.mark.parametrize("typed", ["hallo", "Wat is dit?", "9", "😀"])
def test_other_words_at_the_choice_of_language_begin_in_that_of_the_app(
    library: Library, typed: str
) -> None:
    begun = engine.begin(library, id="x", moment=TUESDAY).conversation
    assert begun is not None
    after = engine.answer(library, begun, Said(typed), TUESDAY).conversation
    assert after is not None
    assert (after.at, after.language) == ("situation", "nl")


def at_the_choice_of_language(library: Library) -> Family:
    family = Family(library)
    begun = engine.begin(library, id=ID, moment=TUESDAY).conversation
    assert begun is not None
    family.conversation = begun
    return family


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("ik heb huurachterstand en ben bang", "arrears", id="a sentence"),
        pytest.param("Huurachterstand", "arrears", id="its own words"),
        pytest.param("Help! Deurwaarder aan de deur", "at_door", id="at the door"),
    ],
)
def test_who_tells_at_once_what_is_wrong_is_asked_about_it(
    library: Library, typed: str, meant: str
) -> None:
    family = at_the_choice_of_language(library).types(typed)
    assert (family.at, family.conversation.pending) == ("situation", meant)
    assert "zonder AI" in family.text
    assert "Bedoelt u" in family.text
    assert "Wat is er aan de hand?" not in family.text
    assert family.types("ja").answers == {"situation": meant}


def test_who_does_not_mean_that_is_asked_the_question(library: Library) -> None:
    family = at_the_choice_of_language(library)
    family.types("ik heb huurachterstand").types("nee")
    assert (family.at, family.conversation.pending) == ("situation", "")
    assert "Wat is er aan de hand?" in family.text


@pytest.mark.parametrize("typed", ["3", "5", "weet ik niet"])
def test_a_number_or_a_doubt_before_the_question_answers_nothing(
    library: Library, typed: str
) -> None:
    family = at_the_choice_of_language(library).types(typed)
    assert (family.at, family.conversation.pending) == ("situation", "")
    assert "Wat is er aan de hand?" in family.text


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


@pytest.mark.parametrize("said", ["nee", "Nee!", "klopt niet", "no", "✖️"])
def test_a_date_that_was_misread_is_asked_again(family: Family, said: str) -> None:
    asked = family.taps("eviction").messages[-1]
    tapped = family.types("3 december").taps("@no").messages[-1]
    typed = family.types("3 december").types(said).messages[-1]
    assert tapped.paragraphs == typed.paragraphs == asked.paragraphs
    assert family.answers == {"situation": "eviction"}


def test_another_date_instead_of_yes_is_confirmed_itself(family: Family) -> None:
    family.taps("eviction").types("3 december").types("4 december")
    assert "vrijdag 4 december 2026" in family.text
    assert family.types("klopt").answers["eviction_date"] == "2026-12-04"


@pytest.mark.parametrize("aside", ASIDES)
def test_a_date_is_never_kept_on_a_yes_to_something_else(
    family: Family, aside: tuple[str, str]
) -> None:
    """After an aside the date is shown once more, or must be typed again."""
    command, way_back = aside
    family.taps("eviction").types("3 december").commands(command).taps(way_back)
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
        ("3 december of 4 december", "twee datums"),
        ("vrijdag 3 december 2026", "passen niet bij elkaar"),
        ("binnenkort", "Typ een dag en een maand"),
    ],
)
def test_a_date_that_cannot_be_says_why(family: Family, typed: str, words: str) -> None:
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


PLACES = ("sender", "situation", "-", "!", SUMMARY, CHANGE, OUTCOME, STOPPED, "x")
FORGED = ("landlord", "nobody", "@yes", "@no", "@done", "@change", "back", "lang.zz")


@given(
    turn=st.integers(-1, 9) | st.integers(),
    question=st.sampled_from(PLACES) | st.text(max_size=64),
    answer=st.sampled_from(FORGED) | st.text(max_size=64),
)
def test_a_forged_button_makes_no_answer_that_does_not_exist(
    library: Library, turn: int, question: str, answer: str
) -> None:
    family = Family(library).taps("arrears")
    family.sends(Tapped(family.conversation.id, turn, question, answer))
    for asked, stored in family.answers.items():
        assert library.questions[asked].kind.accepts(stored)
    assert replayed(family) == (family.at, family.path) or family.at.startswith("@")


# --- back, change, summary, outcome ------------------------------------------------


def replayed(family: Family) -> tuple[str, tuple[str, ...]]:
    found = replay(family.library, family.conversation, TUESDAY.date())
    return found.at, found.path


@pytest.mark.parametrize("how", ["tap", "type", "command"])
def test_back_asks_the_question_before_again(family: Family, how: str) -> None:
    family.taps("arrears", "landlord")
    if how == "tap":
        family.taps("back")
    elif how == "type":
        family.types("terug")
    else:
        family.commands("back")
    assert family.at == "sender"
    assert family.answers == {"situation": "arrears"}


def test_back_at_the_first_question_asks_it_again(family: Family) -> None:
    family.types("terug")
    assert family.words("no_way_back") in family.text
    assert family.at == "situation"


def test_the_first_question_has_no_button_to_go_back(family: Family) -> None:
    assert "back" not in {tap.answer for tap in family.buttons}
    assert "back" in {tap.answer for tap in family.taps("arrears").buttons}


def test_back_from_a_date_to_confirm_asks_for_the_date(family: Family) -> None:
    family.taps("eviction").types("3 december").types("terug")
    assert family.at == "eviction_date"
    assert family.conversation.pending == ""


def test_back_from_the_summary_asks_the_last_question(family: Family) -> None:
    assert reminded(family).types("terug").at == "reported"


def test_all_answers_stand_in_the_summary(family: Family) -> None:
    reminded(family)
    assert family.at == SUMMARY
    for words in ("Herinnering", "Kinderen", "Gemeente"):
        assert words in family.text


@pytest.mark.parametrize("said", ["ja", "klopt", "Dat klopt!", "OK", "yes", "✅"])
def test_yes_to_the_summary_leads_to_the_advice(family: Family, said: str) -> None:
    assert reminded(family).types(said).at == OUTCOME


@pytest.mark.parametrize("said", ["nee", "Klopt niet.", "veranderen", "no"])
def test_no_to_the_summary_asks_what_to_change(family: Family, said: str) -> None:
    assert reminded(family).types(said).at == CHANGE


def test_the_number_of_a_line_changes_that_answer(family: Family) -> None:
    assert reminded(family).types("1").at == "landlord_letter"


def test_a_changed_answer_leads_straight_back_to_the_summary(family: Family) -> None:
    reminded(family).taps("@change", "children", "none")
    assert family.at == SUMMARY
    assert family.answers["children"] == "none"


def test_a_changed_answer_asks_only_what_became_unknown(family: Family) -> None:
    reminded(family).taps("@change", "landlord_letter", "fourteen_days")
    assert family.at == "fourteen_received"
    assert family.says("gisteren").at == SUMMARY


def test_an_answer_beside_the_path_comes_back_with_the_path(family: Family) -> None:
    reminded(family).taps("@change", "reported", "yes").says("20 november")
    family.taps("@change", "reported", "no")
    assert "asked_on" not in family.path
    assert family.taps("@change", "reported", "yes").at == SUMMARY
    assert family.path[-1] == "asked_on"


def test_an_answer_beside_the_path_is_no_fact(family: Family) -> None:
    reminded(family).taps("@change", "reported", "yes").says("1 november")
    assert "1 november" in family.taps("@yes").text
    family.taps("@change", "reported", "no", "@yes")
    assert family.answers["asked_on"] == "2026-11-01"
    assert "1 november" not in family.text


def test_an_answer_can_be_changed_after_the_advice(family: Family) -> None:
    reminded(family).taps("@yes", "@change")
    assert family.at == CHANGE
    assert family.taps("children", "none", "@yes").at == OUTCOME


def test_back_from_the_advice_is_the_summary(family: Family) -> None:
    assert reminded(family).taps("@yes", "back").at == SUMMARY


def test_words_after_the_advice_lead_nowhere_wrong(family: Family) -> None:
    reminded(family).taps("@yes").types("dank je wel")
    assert family.at == OUTCOME
    assert family.words("after_outcome") in family.text


def test_going_on_after_the_advice_says_it_again(family: Family) -> None:
    advice = reminded(family).taps("@yes").text
    assert family.taps("person", "go_on").text == advice


# --- a long list of answers --------------------------------------------------------


def shown(family: Family) -> list[str]:
    """The answers on the screen, without the row of moves."""
    return [
        button.answer
        for button in buttons_of(family.messages[-1])
        if button.question == family.at
    ]


def test_a_long_list_shows_four_answers_and_a_way_to_the_others(family: Family) -> None:
    assert shown(family) == ["arrears", "eviction", "at_door", "out", "unsure", "@more"]
    family.taps("@more")
    assert shown(family)[:2] == ["hearing_missed", "mortgage"]
    assert family.messages[-1].edits == family.conversation.turn


def test_after_the_last_page_comes_the_first(family: Family) -> None:
    first = shown(family)
    family.taps("@more", "@more", "@more")
    assert shown(family) == first


def test_more_can_be_typed_and_numbers_mean_what_is_shown(family: Family) -> None:
    family.types("iets anders").types("2")
    assert family.answers == {"situation": "mortgage"}


def test_an_answer_of_a_later_page_can_be_typed_at_once(family: Family) -> None:
    assert family.types("deurwaarder voor de deur").answers == {"situation": "at_door"}


def test_a_page_is_forgotten_with_its_question(family: Family) -> None:
    family.taps("@more", "mortgage").types("terug")
    assert shown(family)[0] == "arrears"


def test_none_of_these_is_an_answer_at_once(family: Family) -> None:
    family.taps(*REMINDED).says("3511").taps("debts", "nothing")
    assert family.answers["also"] == "nothing"


@pytest.mark.parametrize("said", ["klaar", "✅ Klaar", "Done"])
def test_done_can_be_typed(family: Family, said: str) -> None:
    family.taps(*REMINDED).says("3511").taps("debts").types(said)
    assert family.answers["also"] == "debts"


def test_done_typed_without_a_tick_is_answered_in_the_chat(family: Family) -> None:
    family.taps(*REMINDED).says("3511").types("klaar")
    assert family.text == family.words("tick_one")
    assert not any(message.toast for message in family.messages)


def test_ticks_stay_on_every_page(family: Family) -> None:
    family.taps(*REMINDED).says("3511").taps("debts")
    family.taps("@more", "illness", "@more", "@done")
    assert family.answers["also"] == "debts illness"


# --- a sentence instead of a button ------------------------------------------------


def test_a_sentence_with_an_answer_in_it_is_asked_back(family: Family) -> None:
    family.types("Mijn slot vervangen door de huisbaas, wat nu?")
    assert "Bedoelt u 🛏️ Uit huis?" in family.text
    assert family.types("ja").answers == {"situation": "out"}


def test_of_several_answers_in_a_sentence_one_is_picked(family: Family) -> None:
    family.types("ik heb huurschuld en ze sluiten de stroom af")
    assert shown(family) == ["arrears", "utilities", "@no"]
    assert family.types("2").answers == {"situation": "utilities"}


def test_none_of_the_candidates_asks_again(family: Family) -> None:
    family.types("ik heb huurschuld en ze sluiten de stroom af").taps("@no")
    assert family.at == "situation"
    assert family.answers == {}
    assert shown(family)[0] == "arrears"


# --- coming back after the advice --------------------------------------------------


def advised(family: Family) -> Family:
    return reminded(family).taps("@yes")


@pytest.mark.parametrize("said", ["geen gesprek", "🔇 Geen gesprek gehad", "no talk"])
def test_nobody_answered_asks_since_when(family: Family, said: str) -> None:
    assert advised(family).waits(24 * 5).types(said).at == "asked_on"
    assert family.answers["reported"] == "yes"


def test_nobody_answered_leads_to_the_limit_of_the_law(family: Family) -> None:
    """A reminder is no threat yet: four weeks after 20 November is 18 December."""
    told = advised(family).waits(24 * 2).taps("follow.no_talk").says("20 november")
    told.taps("@yes")
    assert told.at == OUTCOME
    assert "vrijdag 18 december 2026" in told.text


def test_an_old_button_of_a_follow_up_still_works(family: Family) -> None:
    old = advised(family).button("follow.no_talk")
    assert family.types("blub").taps("@change").sends(old).at == "asked_on"


def test_a_follow_up_that_does_not_fit_changes_nothing(family: Family) -> None:
    forged = Tapped(family.conversation.id, 1, "!", "follow.no_talk")
    before = family.taps("arrears").conversation
    assert family.sends(forged).conversation == before


# --- first advice ------------------------------------------------------------------


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(("eviction",), id="a date after one question"),
        pytest.param(("out",), id="no bed after one question"),
        pytest.param(("arrears", "bailiff"), id="a bailiff after two"),
        pytest.param(("arrears", "unsure"), id="an unknown letter after two"),
        pytest.param(("@more", "mortgage", "letters"), id="a mortgage after two"),
        pytest.param(("unsure", "landlord"), id="not knowing after two"),
    ],
)
def test_help_that_fits_comes_before_the_rest_is_asked(
    family: Family, answers: tuple[str, ...]
) -> None:
    family.taps(*answers)
    assert "👉" in family.text
    assert family.words("first_advice_more") in family.text


def test_first_help_is_given_once(family: Family) -> None:
    first = family.taps("arrears", "bailiff").messages[1]
    family.types("terug").taps("bailiff")
    assert first not in family.messages


def test_first_help_ends_without_buttons(family: Family) -> None:
    assert [message.rows for message in family.taps("eviction").messages[:-1]] == [
        (),
        (),
    ]


# --- stop, away, wipe, language ----------------------------------------------------


@pytest.mark.parametrize(
    "said",
    ["stop", "STOP!", "stoppen", "nee dank", "Nee, bedankt", "no thanks", "quit"],
)
def test_stop_says_what_is_kept_and_how_to_come_back(family: Family, said: str) -> None:
    family.taps("arrears").types(said)
    assert family.at == STOPPED
    assert "7 dagen" in family.text
    assert "/start" in family.text
    assert PHONE.search(family.text)


def test_who_stopped_can_go_on_at_the_same_place(family: Family) -> None:
    family.taps("arrears", "landlord", "stop", "go_on")
    assert family.at == "landlord_letter"
    assert family.answers == {"situation": "arrears", "sender": "landlord"}


@pytest.mark.parametrize("said", ["hallo", "ja", "1", "ik wil verder praten"])
def test_words_after_stop_are_greeted(family: Family, said: str) -> None:
    family.taps("arrears", "stop").types(said)
    assert "Welkom terug" in family.text
    assert family.taps("go_on").at == "sender"


def test_wiping_forgets_the_conversation(family: Family) -> None:
    tap = family.taps("arrears", "stop").button("wipe")
    turn = engine.answer(family.library, family.conversation, tap, TUESDAY)
    assert turn.conversation is None
    assert "gewist" in family.library.catalogue("nl").say(
        turn.messages[0].paragraphs[0].said
    )


def test_after_an_outage_the_question_is_asked_again(family: Family) -> None:
    asked = family.taps("arrears").messages[-1]
    turn = engine.away(family.library, family.conversation, TUESDAY)
    assert turn.messages[-1].paragraphs == asked.paragraphs
    assert turn.messages[-1].turn == asked.turn + 1
    assert turn.messages[1].edits == asked.turn
    assert "even niet" in family.library.catalogue("nl").say(
        turn.messages[0].paragraphs[0].said
    )


def test_after_an_outage_the_advice_is_not_told_twice(family: Family) -> None:
    advised = reminded(family).taps("@yes")
    turn = engine.away(family.library, advised.conversation, TUESDAY)
    assert turn.messages[-1].paragraphs == advised.messages[-1].paragraphs
    assert sum(bool(one.paragraphs) for one in turn.messages) == 2


def test_who_stopped_reads_nothing_after_an_outage(family: Family) -> None:
    stopped = family.taps("arrears", "stop").conversation
    assert engine.away(family.library, stopped, TUESDAY).messages == ()


def test_a_child_reads_after_an_outage_whom_it_can_call(family: Family) -> None:
    child = family.types("ik ben 12").conversation
    turn = engine.away(family.library, child, TUESDAY)
    assert turn.conversation == child
    (told,) = turn.messages
    assert "0800" in family.library.catalogue("nl").say(told.paragraphs[0].said)


def test_after_an_outage_with_other_questions_that_is_said_too(family: Family) -> None:
    old = replace(family.taps("arrears").conversation, at="gone", library="older")
    turn = engine.away(family.library, old, TUESDAY)
    assert turn.conversation is not None
    assert (turn.conversation.at, turn.conversation.heard) == ("sender", old.heard)
    said = "\n".join(words_of(family.library, turn.messages, "nl"))
    assert "veranderd" in said


def test_after_hours_of_silence_words_are_greeted_and_not_counted(
    family: Family,
) -> None:
    family.taps("arrears").waits(5).types("verhuurder")
    assert "Welkom terug" in family.text
    assert family.answers == {"situation": "arrears"}
    assert family.taps("go_on").types("verhuurder").at == "landlord_letter"


def test_a_tap_after_days_still_counts(family: Family) -> None:
    assert family.taps("arrears").waits(24 * 6).taps("landlord").at == "landlord_letter"


def test_start_asks_before_it_forgets(family: Family) -> None:
    family.taps("arrears").commands("start")
    assert family.answers == {"situation": "arrears"}
    assert family.taps("go_on").at == "sender"
    assert family.commands("start").taps("restart").answers == {}


@pytest.mark.parametrize("name", ["sturt", "", "STOP", "settings", "{x}"])
def test_an_unknown_command_gets_help(family: Family, name: str) -> None:
    before = family.taps("arrears").conversation
    family.commands(name)
    assert family.conversation.answers == before.answers
    assert family.text


@pytest.mark.parametrize("said", ["mens", "Iemand spreken", "person", "📞 Mens"])
def test_a_person_is_one_word_away(family: Family, said: str) -> None:
    before = family.taps("arrears").conversation
    family.types(said)
    assert len(PHONE.findall(family.text)) >= 2
    assert family.conversation == before


def test_every_message_with_buttons_leads_to_a_person_or_back(family: Family) -> None:
    for answer in (*REMINDED, "3511", "nothing", "no", "@yes"):
        if family.at == "place":
            family.says(answer)
        else:
            family.taps(answer)
        shown = {button.answer for button in buttons_of(family.messages[-1])}
        assert {"person", "emergency", "stop"} <= shown


def test_the_language_changes_nothing_else(family: Family) -> None:
    before = family.taps("arrears", "landlord").conversation
    for code in family.library.catalogues:
        after = family.commands("taal").taps(f"lang.{code}").conversation
        assert after.language == code
        assert after.answers == before.answers
        assert (after.at, after.path) == (before.at, before.path)


# --- the content changes while a family is in the middle ---------------------------


def changed(library: Library, renamed: Renamed | None = None) -> Library:
    return replace(library, fingerprint="changed", renamed=renamed or library.renamed)


def test_under_new_content_the_place_stays(family: Family) -> None:
    family.taps("arrears", "landlord")
    family.library = changed(family.library)
    family.taps("reminder")
    assert family.at == "children"
    assert family.conversation.library == "changed"


def test_a_renamed_question_and_answer_keep_what_was_said(family: Family) -> None:
    family.taps("arrears")
    old = {"what_happens": "rent", "writer": "landlord"}
    family.conversation = replace(
        family.conversation, answers=old, path=("what_happens",), at="writer"
    )
    renamed = Renamed(
        {"what_happens": "situation", "writer": "sender"},
        {("what_happens", "rent"): "arrears"},
    )
    family.library = changed(family.library, renamed)
    family.commands("go_on")
    assert family.answers == {"situation": "arrears", "sender": "landlord"}
    assert family.at == "landlord_letter"


@pytest.mark.parametrize("at", ["gone", SUMMARY, CHANGE, OUTCOME, STOPPED, LANGUAGE])
@pytest.mark.parametrize("said", ["ja", "1", "terug", "stop", "/start", "verder"])
def test_a_question_that_was_removed_never_raises(
    family: Family, at: str, said: str
) -> None:
    family.conversation = replace(
        family.conversation,
        answers={"situation": "arrears", "gone": "x", "sender": "nobody"},
        path=("situation", "gone"),
        at=at,
        pending="x",
        library="older",
    )
    family.types(said).commands("start").commands("go_on")
    assert family.at in (*family.library.questions, SUMMARY, OUTCOME)
    assert family.answers.get("sender") != "nobody"


def test_words_to_a_question_that_is_gone_answer_no_other(family: Family) -> None:
    """“Is it true that …?” is gone; its yes must not answer “reported”."""
    nearly_reminded(family)
    family.conversation = replace(family.conversation, at="gone", library="older")
    assert family.types("ja").at == "reported"
    assert family.library.questions["reported"].ask.nl in family.text


# --- spellings (rule F8) -----------------------------------------------------------


def emoji_of(label: str) -> str:
    first = label.split(maxsplit=1)[0]
    return "" if fold(first) else first


def page_with(question: Question, answer: str) -> int:
    """The first page of a long list that shows this answer."""
    return next(
        page
        for page in range(pages(question))
        if answer in [one.id for one in page_of(question, page)]
    )


def spellings(library: Library, question: Question, answer: str) -> dict[str, str]:
    """Twelve ways to write one answer."""
    kind = question.kind
    option = next(one for one in kind.spec.options if one.id == answer)
    label = option.label.nl
    bare = fold(label)
    written = {
        "label": label,
        "capitals": label.upper(),
        "no emoji": label.removeprefix(emoji_of(label)).strip(),
        "small letters": bare,
        "blanks": f"  {bare}\n",
        "punctuation": f"“{bare}”!!",
        "zero width": "\u200b".join(bare),
        "accents": "".join(c + "\u0301" if c in "aeiou" else c for c in bare),
        "marks of direction": f"\u200f{bare}\u200e",
        "wide letters": "".join(
            chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in bare
        ),
    }
    if emoji_of(label):
        written["emoji"] = emoji_of(label)
    if kind.numbered:
        shown = [one.id for one in page_of(question, page_with(question, answer))]
        written["number"] = str(shown.index(answer) + 1)
        written["keycap"] = f"{shown.index(answer) + 1}\ufe0f\u20e3"
    for code, catalogue in library.catalogues.items():
        written[f"label in {code}"] = catalogue.words(option.label)
    written |= {f"synonym {word}": word for word in option.words}
    return written


def test_twelve_spellings_of_every_answer_are_understood(library: Library) -> None:
    wrong = []
    for question, answer in options(library):
        for how, written in spellings(library, question, answer).items():
            family = at_question(Family(library), question.id)
            page = page_with(question, answer)
            family.conversation = replace(family.conversation, page=page)
            family.types(written)
            if family.answers.get(question.id) != answer:
                wrong.append(f"{question.id}.{answer}: {how}: “{written}”")
    assert wrong == []


# --- a day that is urgent ----------------------------------------------------------


def test_a_hearing_within_days_is_followed_by_a_number_at_once(family: Family) -> None:
    family.taps("arrears", "court", "hearing").says("morgen")
    assert family.at == "children"
    assert PHONE.search(family.text.split(family.words("first_advice_more"))[0])


def test_a_hearing_that_is_far_brings_no_advice_on_the_way(family: Family) -> None:
    family.taps("arrears", "court", "hearing").says("20 december")
    assert family.words("first_advice_more") not in family.text


def test_a_day_to_leave_brings_the_number_again(family: Family) -> None:
    family.taps("eviction").says("4 december")
    assert family.at == "told_by"
    assert family.words("urgency_now") in family.text


def test_who_has_no_number_comes_with_somebody_who_has(family: Family) -> None:
    family.says("energie of water", "water", "datum", "morgen")
    assert family.at == "health_risk"
    first = family.text.split(family.words("first_advice_more"))[0]
    assert "Het nummer staat op uw" in first
    assert PHONE.search(first)
