"""What we say about what we keep: short, whole, and with a number to call."""

import re

import pytest

from bot.checks.sentences import END, HARD_WORDS, WORD
from bot.conversation import engine
from bot.conversation.model import Command, NotServed, Said, Tapped
from bot.library import Library
from bot.telegram.profile import COMMANDS
from tests.conftest import ID, PHONE, TUESDAY, Family, words_of

LANGUAGES = ("nl", "en")
MOST_WORDS = 300
MOST_DESCRIPTION, MOST_MESSAGE = 512, 4_096
SPOKEN_WITHOUT_A_TURN = ("flood", "crowded", "cannot_keep", "personal_removed")
IN_AN_EMERGENCY = ("flood", "crowded", "cannot_keep")
WITH_A_NUMBER = (
    *SPOKEN_WITHOUT_A_TURN,
    *("away", "wiped", "welcome_back", "stopped_kept", "page_privacy", "page_help"),
    *("held_caption", "description"),
)
SAID = {
    "nl": ("7 dagen", "48 uur", "een uur", "geheime code", "op slot", "sleutel",
           "Telegram", "beheerder", "BSN", "DigiD", "bankgegevens", "geld",
           "zonder AI", "Niemand anders"),
    "en": ("7 days", "48 hours", "one hour", "secret code", "locked", "key",
           "Telegram", "Whoever runs Drempel", "BSN", "DigiD", "bank details",
           "money", "without AI", "Nobody else"),
}  # fmt: skip


def words(library: Library, key: str, language: str) -> str:
    said = library.with_numbers(library.words[key])
    return library.catalogue(language).say(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_at_most_300_words(library: Library, language: str) -> None:
    page = words(library, "page_privacy", language)
    assert len(page.split()) <= MOST_WORDS
    assert len(page) <= MOST_MESSAGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_about_what_we_keep_is_long(
    library: Library, language: str
) -> None:
    about = [key for key in library.words if key.startswith("held_")]
    for key in ("page_privacy", "wiped", *SPOKEN_WITHOUT_A_TURN, *about):
        for sentence in END.split(words(library, key, language)):
            assert len(WORD.findall(sentence)) <= HARD_WORDS, sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_all_that_is_kept_and_who_can_read_it(
    library: Library, language: str
) -> None:
    page = words(library, "page_privacy", language)
    assert [one for one in SAID[language] if one not in page] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["page_privacy", "wiped", "held_caption"])
def test_every_command_that_is_named_exists(
    library: Library, key: str, language: str
) -> None:
    named = re.findall(r"/(\w+)", words(library, key, language))
    assert named
    assert set(named) <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_does_something_of_its_own(family: Family, command: str) -> None:
    told = family.taps("arrears").commands(command).messages
    asked_for_help = family.commands("help").messages
    assert command == "help" or told != asked_for_help


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", WITH_A_NUMBER)
def test_it_has_a_number_to_call(library: Library, key: str, language: str) -> None:
    said = words(library, key, language)
    assert "0800-8115" in said
    assert "…" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", IN_AN_EMERGENCY)
def test_who_was_not_read_hears_what_to_do_in_danger(
    library: Library, key: str, language: str
) -> None:
    assert re.search(r"\b112\b", words(library, key, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_fits_into_telegram(library: Library, language: str) -> None:
    assert len(words(library, "description", language)) <= MOST_DESCRIPTION


@pytest.mark.parametrize("reply", [Command("wis"), Said("Wis alles"), Said("delete")])
def test_wiping_says_what_is_gone_and_what_remains(
    family: Family, reply: Command | Said
) -> None:
    current = family.taps("arrears").conversation
    turn = engine.answer(family.library, current, reply, TUESDAY)
    assert turn.conversation is None
    for language, remains in (("nl", "Oudere berichten"), ("en", "Older messages")):
        said = "\n".join(words_of(family.library, turn.messages, language))
        assert remains in said
        assert "48" in said
        assert PHONE.search(said)


def test_the_button_below_stop_wipes_as_well(family: Family) -> None:
    current = family.taps("arrears", "stop").conversation
    turn = engine.answer(family.library, current, Tapped(ID, 0, "!", "wipe"), TUESDAY)
    assert turn.conversation is None


def test_a_line_about_what_was_left_out_changes_nothing(family: Family) -> None:
    before = family.taps("arrears").conversation
    family.sends(NotServed("personal_removed"))
    assert family.conversation == before
    assert "BSN" in family.text
    assert PHONE.search(family.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_edits_a_message_reads_a_word_that_works(
    library: Library, language: str
) -> None:
    family = Family(library, language=language).taps("arrears")
    family.sends(NotServed("edited"))
    word = {"nl": "terug", "en": "back"}[language]
    assert re.search(rf"\b{word}\b", family.text)
    assert family.types(word).at == "situation"
