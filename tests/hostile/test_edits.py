"""R27: an edit of the answer typed last changes it; an older one is explained."""

import pytest

from bot.conversation.model import OUTCOME, STOPPED, SUMMARY
from bot.library import Library
from tests.hostile.village import Answer, Home

SUMMONED = ("huurachterstand", "deurwaarder", "dagvaarding")
AT_HOME = ("geen", "woningcorporatie", "3511", "niets hiervan", "nee")


def typed(home: Home, *texts: str) -> int:
    """Types each of them; the number of the last message."""
    return [home.types(text) for text in ("/start nl", *texts)][-1].asked.message


def stands(home: Home) -> tuple[str, dict[str, str]]:
    """Where the conversation is, and its answers."""
    current = home.conversation
    assert current is not None
    return current.at, dict(current.answers)


def is_explained(library: Library, answer: Answer) -> bool:
    return answer.text == library.words["edited"].nl


def test_the_answer_typed_last_is_changed_and_the_way_follows(
    home: Home, library: Library
) -> None:
    number = typed(home, "huurachterstand")
    changed = home.edits(number, "ontruiming")
    assert stands(home) == ("eviction_date", {"situation": "eviction"})
    thanks, closed, *_, asked = changed.shown()
    assert thanks.text == library.words["edited_changed"].nl
    assert closed.text.startswith(library.questions["situation"].ask.nl)
    assert "✔" in closed.text
    assert asked.text.startswith(library.questions["eviction_date"].ask.nl)
    assert changed.calls[1].edits == 2


def test_it_can_be_edited_again_and_then_answered_by_a_button(home: Home) -> None:
    number = typed(home, "huurachterstand")
    home.edits(number, "ontruiming")
    home.edits(number, "huurachterstand")
    assert stands(home) == ("sender", {"situation": "arrears"})
    home.taps(home.button("landlord"))
    assert stands(home)[1]["sender"] == "landlord"


def test_an_edited_date_is_asked_back_and_the_answer_waits_for_the_yes(
    home: Home,
) -> None:
    number = typed(home, *SUMMONED, "gisteren")
    home.types("ja")
    at, before = stands(home)
    home.edits(number, "eergisteren")
    others = {name: kept for name, kept in before.items() if name != "summons_on"}
    assert stands(home) == ("summons_on", others)
    home.types("ja")
    assert stands(home) == (at, {**others, "summons_on": "2026-11-22"})


def test_a_date_that_waits_for_a_yes_can_be_edited(home: Home) -> None:
    number = typed(home, *SUMMONED, "gisteren")
    home.edits(number, "eergisteren")
    assert stands(home)[0] == "summons_on"
    home.types("ja")
    assert stands(home)[1]["summons_on"] == "2026-11-22"


def test_a_slip_of_the_pen_is_mended_by_an_edit(home: Home) -> None:
    number = typed(home, "hurchtrstnd xq")
    home.edits(number, "huurachterstand")
    assert stands(home) == ("sender", {"situation": "arrears"})


def test_in_the_summary_the_last_line_is_changed(home: Home) -> None:
    number = typed(home, *SUMMONED, "gisteren", "ja", "over 3 weken", "ja", *AT_HOME)
    assert stands(home)[0] == SUMMARY
    home.edits(number, "ja")
    at, answers = stands(home)
    assert (at, answers["reported"]) == ("asked_on", "yes")


@pytest.mark.parametrize(
    "then",
    [
        pytest.param(("verhuurder",), id="another answer was typed"),
        pytest.param(("terug",), id="went back"),
        pytest.param(("stop",), id="stopped"),
        pytest.param(("opnieuw",), id="began again"),
    ],
)
def test_an_older_message_changes_nothing(
    home: Home, library: Library, then: tuple[str, ...]
) -> None:
    number = typed(home, "huurachterstand")
    for text in then:
        home.types(text)
    before = home.conversation
    assert is_explained(library, home.edits(number, "ontruiming"))
    assert home.conversation == before


@pytest.mark.parametrize("text", ["hurchtrstnd xq", "iets anders", "huurachterstand"])
def test_an_edit_that_gives_no_other_answer_changes_nothing(
    home: Home, library: Library, text: str
) -> None:
    number = typed(home, "huurachterstand")
    before = home.conversation
    assert is_explained(library, home.edits(number, text))
    assert home.conversation == before


def test_a_message_before_a_tapped_answer_changes_nothing(
    home: Home, library: Library
) -> None:
    number = typed(home, "huurachterstand")
    home.taps(home.button("landlord"))
    before = home.conversation
    assert is_explained(library, home.edits(number, "ontruiming"))
    assert home.conversation == before


def test_after_the_advice_an_edit_is_explained(home: Home, library: Library) -> None:
    number = typed(home, *SUMMONED, "gisteren", "ja", "over 3 weken", "ja", *AT_HOME)
    home.taps(home.button("@yes"))
    assert stands(home)[0] == OUTCOME
    assert is_explained(library, home.edits(number, "ja"))


def test_after_some_hours_an_edit_is_explained(home: Home, library: Library) -> None:
    number = typed(home, "huurachterstand")
    home.waits(5)
    assert is_explained(library, home.edits(number, "ontruiming"))
    assert stands(home)[0] == "sender"


def test_help_and_a_photo_between_do_not_matter(home: Home) -> None:
    number = typed(home, "huurachterstand")
    home.types("/help")
    home.shows(sticker={"file_id": "A"})
    home.edits(number, "ontruiming")
    assert stands(home)[0] == "eviction_date"


def test_danger_is_heard_in_any_edit(home: Home) -> None:
    number = typed(home, "huurachterstand", "verhuurder")
    answer = home.edits(number - 1, "ik wil niet meer leven")
    assert "113" in answer.text
    assert stands(home)[0] != STOPPED


def test_what_names_a_family_is_left_out_of_an_edit(
    home: Home, library: Library
) -> None:
    number = typed(home, "huurachterstand")
    answer = home.edits(number, "ontruiming, mail ans@example.org")
    assert answer.asked.removed == ("email",)
    assert "example.org" not in repr(answer.asked.reply) + answer.text


def test_a_family_that_never_wrote_and_edits_is_asked_for_its_language(
    home: Home,
) -> None:
    home.edits(3, "ontruiming")
    assert stands(home)[0] == "@language"
