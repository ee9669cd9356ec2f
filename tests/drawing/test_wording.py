"""The words on an arrow say what the condition says."""

import pytest

from bot.drawing.wording import Wording
from bot.library import Library
from bot.problems import Language
from tests.drawing.made import with_flow

CONDITIONS = {
    "ME < today": "vóór vandaag",
    "ME <= 2026-12-03": "op of vóór 2026-12-03",
    "ME > today": "na vandaag",
    "ME == unsure": "❓ Weet ik niet",
    "known ME": "bekend",
    "not known ME": "niet bekend",
    "days from ME to today > 14": "dagen van “ME” tot vandaag: meer dan 14",
    "sender in [court, bailiff]": "“sender”: 🧾 Deurwaarder of ⚖️ Rechtbank",
    "sender != court": "“sender”: niet ⚖️ Rechtbank",
    "reported": "“reported”",
    "not reported": "niet “reported”",
    "judged": "“judged”",
    "also contains debts": "“Ook”: 💶 Schulden",
    "children > 2": "“Kinderen”: meer dan 2",
    "known ME and not (judged or reported)": (
        "bekend en niet (“judged” of “reported”)"
    ),
    "sender in [court, unsure] and judged": (
        "(“sender”: ⚖️ Rechtbank of ❓ Weet ik niet) en “judged”"
    ),
}
"""ME is the question that is asked."""

DAY = """\
  day_{number}:
    ask: Wanneer?
    kind: date
    next:
      - if: {condition}
        go: advice
      - go: advice
"""
COLOUR = """\
flow: made
title: Test
start: colour
questions:
  colour:
    ask: Welke kleur?
    kind: choice
    answers: {red: Rood, green: Groen, blue: Blauw}
    next:
      - if: colour != red
        go: advice
      - if: colour == blue
        go: advice
      - go: advice
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Library:
    days = [
        DAY.format(number=number, condition=one.replace("ME", f"day_{number}"))
        for number, one in enumerate(CONDITIONS)
    ]
    return with_flow(tmp_path_factory.mktemp("made"), "".join([COLOUR, *days]))


def ways(library: Library, question: str, language: Language = "nl") -> tuple[str, ...]:
    """As they are read: the space within a button is one that does not break."""
    asked, catalogue = library.questions[question], library.catalogue(language)
    said = Wording(library.questions, asked, catalogue).ways(language)
    return tuple(one.replace("\u00a0", " ") for one in said)


def test_a_way_is_called_by_its_buttons(library: Library) -> None:
    assert ways(library, "landlord_letter") == (
        "📅 14 dagen tijd",
        "✉️ Herinnering of ⚠️ Dreigt met zaak of ❓ Weet ik niet",
    )


def test_the_buttons_are_those_of_the_language(library: Library) -> None:
    assert ways(library, "reported", "en") == ("✅ Yes", "✖️ No or ❓ I don’t know")


def test_the_only_way_needs_no_words(library: Library) -> None:
    assert ways(library, "fourteen_received") == ("",)


def test_many_buttons_that_are_left_are_all_others(library: Library) -> None:
    assert ways(library, "lease_paper")[-1] == "anders"


def test_the_answer_to_another_question_stands_with_its_name(library: Library) -> None:
    assert ways(library, "threat")[0] == "“De gemeente”: ⛔ Zegt nee"


def test_a_way_that_another_takes_first_is_never_gone(made: Library) -> None:
    found = ways(made, "colour")
    assert found == ("Groen of Blauw", "nooit", "Rood of ❓ Weet ik niet")


@pytest.mark.parametrize("number", range(len(CONDITIONS)), ids=list(CONDITIONS))
def test_a_condition_is_said_in_words(made: Library, number: int) -> None:
    expected = list(CONDITIONS.values())[number].replace("ME", f"day_{number}")
    assert ways(made, f"day_{number}") == (expected, "anders")
