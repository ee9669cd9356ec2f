"""Words of danger come before everything else, at every place, in any spelling."""

from dataclasses import replace

import pytest
import yaml

from bot.conversation import engine
from bot.conversation.crisis import Crisis, heard, pattern
from bot.conversation.model import CHILD, LANGUAGE, OUTCOME, STOPPED, SUMMARY, Said
from bot.library import Library
from bot.translations import Text
from tests.conftest import ROOT, TUESDAY, Family, Meet


def found(library: Library, text: str) -> str:
    crisis = heard(library.crises, text)
    return crisis.id if crisis else ""


def numbers(library: Library, text: str) -> set[str]:
    """The emergency numbers in this text."""
    known = {one.phone for one in library.organisations.values() if one.emergency}
    return {phone for phone in known if phone in text}


@pytest.mark.parametrize(
    ("text", "crisis"),
    [
        ("Ik wil niet meer leven", "suicide"),
        ("ik denk aan zelfmoord", "suicide"),
        ("zelfmoordgedachten", "suicide"),
        ("IK WIL DOOD!!!", "suicide"),
        ("i just want to die", "suicide"),
        ("I don’t want to live anymore", "suicide"),
        ("ik maak er een\neind aan", "suicide"),
        ("ik wil\u200b dood", "suicide"),
        ("ík wíl dóód", "suicide"),
        ("mijn man slaat me", "violence"),
        ("hij mishandelt ons", "violence"),
        ("ik ben bang voor mijn ex", "violence"),
        ("my husband beats me", "violence"),
        ("er is brand", "danger"),
        ("hij heeft een mes", "danger"),
        ("Help, wij zijn in gevaar", "danger"),
        ("ik ben 12", "child"),
        ("hoi ik ben 15 jaar", "child"),
        ("ik ben 9 en mijn mama huilt", "child"),
        ("I'm 13", "child"),
        ("ik ben pas 10 jaar", "child"),
        ("ik ben een kind", "child"),
    ],
)
def test_words_of_danger_are_heard(library: Library, text: str, crisis: str) -> None:
    assert found(library, text) == crisis


@pytest.mark.parametrize(
    "text",
    [
        "ik ben 18",
        "ik ben 34 jaar",
        "ik ben 5 maanden zwanger",
        "ik ben 8 maanden zwanger",
        "ik ben 12 dagen te laat",
        "ik heb een kind van 12",
        "mijn kinderen zijn 9 en 12",
        "12",
        "4 en 9",
        "ik ben ziek",
        "ik wil niet meer betalen",
        "doodsbang voor de deurwaarder",
        "wij wonen in Doodstil",
        "ik wil mijn huis niet verliezen",
        "de brandverzekering",
        "messenmaker",
        "he hits the brakes",
        "",
    ],
)
def test_other_words_are_no_danger(library: Library, text: str) -> None:
    assert found(library, text) == ""


@pytest.mark.parametrize(
    "text",
    ["ik ben 10 jaar getrouwd", "ik ben 15 jaar huurder", "ik ben 7 jaar gescheiden"],
)
def test_years_of_something_are_not_an_age(library: Library, text: str) -> None:
    """A child's age ends the conversation and wipes the answers: be sure."""
    assert found(library, text) == ""


def phrases() -> list[tuple[str, str]]:
    """Every phrase of the crisis file with its crisis, as a family would type it."""
    text = (ROOT / "flows" / "crisis.yaml").read_text(encoding="utf-8")
    written = yaml.load(text, Loader=yaml.BaseLoader)["crisis"]
    return [
        (name, phrase.replace("{age}", "12").replace("*", "en"))
        for name, entry in written.items()
        for phrase in entry["words"]
    ]


@pytest.mark.parametrize(
    "disguise",
    [
        pytest.param("{}", id="alone"),
        pytest.param("Hallo, {} en nu?", id="in a sentence"),
        pytest.param("…{}!!!", id="with marks"),
        pytest.param("😢 {}", id="after an emoji"),
        pytest.param("\u200f{}\u200b", id="between unseen marks"),
    ],
)
def test_every_phrase_is_heard(library: Library, disguise: str) -> None:
    for crisis, phrase in phrases():
        for typed in (phrase, phrase.upper(), phrase.replace(" ", "  \n")):
            assert found(library, disguise.format(typed)) == crisis, typed


@pytest.mark.parametrize(
    ("phrase", "text", "hears"),
    [
        ("zelfmoord*", "zelfmoordplan", True),
        ("zelfmoord", "zelfmoordplan", False),
        ("heeft een mes", "heeft een messenblok", False),
        ("ik ben {age}", "ik ben 17", True),
        ("ik ben {age}", "ik ben 18", False),
        ("ik ben {age}", "ik ben 1", False),
        ("ik ben {age}", "ik ben 170", False),
        ("can't go on", "I can’t go on", True),
        ("a.b", "axb", False),
    ],
)
def test_a_phrase_matches_whole_words(phrase: str, text: str, hears: bool) -> None:
    crisis = Crisis("x", pattern([phrase]), Text("x", ""), ())
    assert (heard([crisis], text) is not None) is hears


def test_no_phrases_hear_nothing() -> None:
    assert heard([Crisis("x", pattern([]), Text("x", ""), ())], "anything") is None


# --- what happens then -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ik wil niet meer leven", {"0800-0113", "112"}),
        ("hij slaat mij", {"0800-2000", "112"}),
        ("er is brand", {"112"}),
        ("ik ben 12", {"0800-0432", "112"}),
    ],
)
def test_the_right_numbers_come_at_once_in_every_language(
    meet: Meet, text: str, expected: set[str]
) -> None:
    for language in ("nl", "en"):
        family = meet(language=language).types(text)
        assert numbers(family.library, family.text) == expected


def test_the_free_number_stands_before_112(family: Family) -> None:
    text = family.types("ik wil niet meer leven").text
    assert text.index("0800-0113") < text.index("112", text.index("0800-0113") + 9)


def test_a_number_in_a_crisis_has_no_star(family: Family) -> None:
    for text in ("ik wil niet meer leven", "hij slaat mij", "ik ben 12"):
        assert "*" not in family.types(text).text


SHORT = ("unsure",) * 6 + ("nothing", "unsure")
"""Nothing is known: the shortest way to a summary that needs no typing."""

PLACES = {
    "first question": (),
    "later question": ("arrears", "landlord"),
    "date": ("eviction",),
    "summary": (*SHORT,),
    "change": (*SHORT, "@change"),
    "advice": (*SHORT, "@yes"),
    "stopped": ("arrears", "stop"),
}


@pytest.mark.parametrize("taps", PLACES.values(), ids=PLACES)
def test_words_of_danger_come_first_at_every_place(
    family: Family, taps: tuple[str, ...]
) -> None:
    before = family.taps(*taps).conversation
    assert "0800-0113" in family.types("ik wil niet meer leven").text
    assert family.conversation == before
    assert family.taps("go_on").at in (before.at, "sender")


def test_words_of_danger_come_before_a_date_to_confirm(family: Family) -> None:
    family.taps("eviction").types("3 december").types("ik wil dood")
    assert "0800-0113" in family.text
    assert "eviction_date" not in family.answers


def test_words_of_danger_come_first_after_hours_of_silence(family: Family) -> None:
    family.taps("arrears").waits(30).types("hij slaat mij")
    assert "0800-2000" in family.text


def test_words_of_danger_come_first_before_a_language_was_chosen(
    library: Library,
) -> None:
    begun = engine.begin(library, id="x", moment=TUESDAY).conversation
    assert begun is not None
    assert begun.at == LANGUAGE
    for turn in (
        engine.first_words(library, begun, Said("ik wil dood"), TUESDAY),
        engine.answer(library, begun, Said("ik wil dood"), TUESDAY),
    ):
        assert turn is not None
        words = library.catalogue("nl").say(turn.messages[0].paragraphs[0].said)
        assert "0800-0113" in words


@pytest.mark.parametrize("at", ["gone", SUMMARY, OUTCOME, "sender", STOPPED])
def test_words_of_danger_come_first_when_the_questions_changed(
    family: Family, at: str
) -> None:
    family.taps("arrears")
    family.conversation = replace(family.conversation, at=at, library="older")
    assert "0800-0113" in family.types("ik wil niet meer leven").text


# --- a child -----------------------------------------------------------------------


def test_a_child_is_sent_to_people_and_nothing_is_kept(family: Family) -> None:
    family.taps("arrears", "landlord").types("ik ben 12")
    assert family.at == CHILD
    assert (family.answers, family.path) == ({}, ())


@pytest.mark.parametrize("said", ["hallo", "1", "terug", "ja", "stop", "3 december"])
def test_a_child_hears_the_same_number_again(family: Family, said: str) -> None:
    family.types("ik ben 12").types(said)
    assert "0800-0432" in family.text
    assert family.answers == {}


def test_a_child_gets_no_buttons_of_the_questions(family: Family) -> None:
    family.types("ik ben 12")
    assert all(message.rows == () for message in family.messages)


def test_an_old_button_asks_a_child_nothing(family: Family) -> None:
    tap = family.button("arrears")
    family.types("ik ben 12").sends(tap)
    assert (family.at, family.answers) == (CHILD, {})


def test_a_grown_up_can_begin_again_after_a_mistake(family: Family) -> None:
    assert family.types("ik ben 12").commands("start").at == "situation"
