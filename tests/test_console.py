"""The terminal, driven as a person would: look at the screen, type, press Enter."""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pytest

from bot.library import Library
from bot.translations import Say, Text
from tests.conftest import PHONE, ROOT

PATIENCE = 30
SETTINGS = ("TELEGRAM_", "DATABASE", "CONTENT")
LANGUAGES = ["nl", "en"]


@dataclass(frozen=True, slots=True)
class Terminal:
    """A conversation on a screen, in one language."""

    child: "pexpect.spawn[str]"
    library: Library
    language: str

    def sees(self, text: Text | str) -> str:
        """Waits for these words; gives everything that was on the screen until then."""
        words = self.words(text) if isinstance(text, Text) else text
        # The terminal breaks lines where they are full.
        pattern = r"\s+".join(re.escape(part) for part in words.split())
        self.child.expect(pattern, timeout=PATIENCE)
        return str(self.child.before) + str(self.child.after)

    def types(self, words: str) -> None:
        """After the sign that it is the person's turn."""
        self.child.expect("> ", timeout=PATIENCE)
        self.child.sendline(words)

    def chooses(self, label: Text) -> None:
        """Finds the button on the screen and types the sign before it."""
        words = re.escape(self.words(label))
        self.child.expect(rf"(\w)\) {words}\s", timeout=PATIENCE)
        found = self.child.match
        assert isinstance(found, re.Match)
        self.types(found[1])

    def answers(self, question: str, option: str) -> None:
        self.sees(self.library.questions[question].ask)
        self.chooses(self.label(question, option))

    def answers_typed(self, question: str, words: str) -> None:
        self.sees(self.library.questions[question].ask)
        self.types(words)

    def label(self, question: str, option: str) -> Text:
        return self.library.questions[question].kind.labels[option]

    def words(self, text: Text) -> str:
        said = Say(text, self.library.numbers())
        return self.library.catalogue(self.language).say(said)

    def says(self, key: str) -> Text:
        return self.library.words[key]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, library: Library) -> str:
    if request.param not in library.catalogues:
        pytest.skip("this language does not exist yet")
    return str(request.param)


@pytest.fixture
def terminal(library: Library, language: str) -> Iterator[Terminal]:
    child = spawned("--lang", language)
    yield Terminal(child, library, language)
    child.close(force=True)


def spawned(*words: str) -> "pexpect.spawn[str]":
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(SETTINGS)
    }
    return pexpect.spawn(
        sys.executable,
        ["-m", "bot", "talk", "--today", "2026-11-24", *words],
        cwd=str(ROOT),
        env=own | {"PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        echo=False,
        dimensions=(60, 100),
    )


def ended(child: "pexpect.spawn[str]") -> int | None:
    child.expect(pexpect.EOF, timeout=PATIENCE)
    child.close()
    return child.exitstatus


def test_a_family_gets_from_the_first_question_to_the_advice(
    terminal: Terminal,
) -> None:
    typed = {"nl": ("1 december", "gisteren"), "en": ("1 December", "yesterday")}
    eviction, yesterday = typed[terminal.language]
    assert PHONE.search(terminal.sees(terminal.says("welcome_length")))
    terminal.answers("situation", "eviction")
    terminal.sees(terminal.says("urgency_now"))
    terminal.answers_typed("eviction_date", eviction)
    assert "2026" in terminal.sees("2026")
    terminal.chooses(terminal.says("button_yes"))
    terminal.answers("told_by", "writ")
    terminal.answers_typed("ordered_on", yesterday)
    terminal.chooses(terminal.says("button_yes"))
    terminal.answers("eviction_cause", "rent")
    terminal.answers_typed("children", "1, 6 en 13")
    terminal.answers_typed("place", "3511")
    terminal.answers("also", "nothing")
    terminal.answers("reported", "no")
    terminal.sees(terminal.says("summary_title"))
    terminal.chooses(terminal.says("button_right"))
    told = terminal.sees(terminal.says("not_legal_advice"))
    assert PHONE.search(told)
    assert terminal.words(terminal.says("dates_title")) in told
    terminal.child.sendeof()
    assert ended(terminal.child) == 0


def test_words_do_the_same_as_numbers(terminal: Terminal) -> None:
    label = terminal.words(terminal.label("situation", "arrears"))
    terminal.answers_typed("situation", label.split(maxsplit=1)[1].upper())
    terminal.sees(terminal.library.questions["sender"].ask)


def test_what_is_not_understood_is_asked_in_other_words(terminal: Terminal) -> None:
    terminal.answers("situation", "arrears")
    terminal.answers_typed("sender", "blub")
    again = terminal.library.questions["sender"].again
    assert again is not None
    terminal.sees(again)
    terminal.types("blub")
    terminal.sees(terminal.says("misread_person"))


def test_back_a_person_and_help_are_words_away(terminal: Terminal) -> None:
    terminal.answers("situation", "arrears")
    terminal.answers_typed("sender", "terug")
    terminal.answers_typed("situation", "person")
    terminal.sees(terminal.says("person"))
    terminal.chooses(terminal.says("button_go_on"))
    terminal.answers_typed("situation", "/help")
    assert PHONE.search(terminal.sees("/taal") + terminal.sees("0800-8115"))


def test_the_language_can_be_changed_in_the_middle(terminal: Terminal) -> None:
    terminal.answers("situation", "arrears")
    terminal.answers_typed("sender", "/taal")
    other = {"nl": "en", "en": "nl"}[terminal.language]
    name = terminal.library.language_names[other]
    terminal.child.expect(rf"(\w)\) {name}", timeout=PATIENCE)
    found = terminal.child.match
    assert isinstance(found, re.Match)
    terminal.types(found[1])
    spoken = Terminal(terminal.child, terminal.library, other)
    spoken.answers("sender", "bailiff")


def test_words_of_danger_come_first(terminal: Terminal) -> None:
    terminal.answers_typed("situation", "ik wil niet meer leven")
    terminal.sees("0800-0113")


def test_stop_says_how_to_come_back(terminal: Terminal) -> None:
    terminal.answers_typed("situation", "stop")
    assert "/start" in terminal.sees("0800-8115")


def test_what_is_held_is_shown_as_text(terminal: Terminal) -> None:
    terminal.answers("situation", "arrears")
    terminal.answers_typed("sender", "/gegevens")
    terminal.sees(terminal.says("held_title"))
    terminal.sees(terminal.label("situation", "arrears"))
    terminal.sees(terminal.says("held_not_what"))


def test_wiping_says_how_to_begin_again(terminal: Terminal) -> None:
    terminal.answers_typed("situation", "/wis")
    assert "48" in terminal.sees("0800-8115")


def test_without_a_language_it_is_asked_first(library: Library) -> None:
    child = spawned()
    terminal = Terminal(child, library, "nl")
    assert PHONE.search(terminal.sees(library.language_names["nl"]))
    terminal.types("nederlands")
    terminal.sees(library.questions["situation"].ask)
    child.close(force=True)


def test_an_empty_line_changes_nothing(terminal: Terminal) -> None:
    terminal.sees(terminal.library.questions["situation"].ask)
    terminal.types("")
    terminal.types("   ")
    terminal.types("1")
    terminal.sees(terminal.library.questions["sender"].ask)


def test_nothing_on_the_screen_is_a_brace_or_a_traceback(terminal: Terminal) -> None:
    for words in ("{", "{geldfit_phone}", "%s", "/{}", "\\", "é🇳🇱", "x" * 500):
        terminal.types(words)
    terminal.types("stop")
    seen = terminal.sees("0800-8115")
    assert not {"{", "}"} & set(seen)
    assert "Traceback" not in seen


def test_it_begins_where_an_author_wants_to_look(library: Library) -> None:
    child = spawned("--from", "sender", "--at", "21:30")
    terminal = Terminal(child, library, "nl")
    terminal.sees("> situation: arrears")
    terminal.answers("sender", "bailiff")
    terminal.sees(library.questions["bailiff_letter"].ask)
    child.close(force=True)


def test_it_begins_as_a_household_of_a_file(library: Library) -> None:
    child = spawned("--answers", "flows/scenarios/arrears.yaml", "--lang", "en")
    terminal = Terminal(child, library, "en")
    terminal.sees(terminal.says("summary_title"))
    terminal.chooses(terminal.says("button_right"))
    assert PHONE.search(terminal.sees(terminal.says("not_legal_advice")))
    child.close(force=True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("--from", "sendr"), "Bedoelt u “sender”?", id="a slip"),
        pytest.param(
            ("--from", "sendr", "--lang", "en"),
            "Did you mean “sender”?",
            id="a slip in English",
        ),
        pytest.param(("--answers", "no.yaml"), "geen bestand no.yaml", id="no file"),
        pytest.param(
            ("--answers", "flows/scenarios/arrears.yaml:1"),
            "staat geen gezin",
            id="a line above all",
        ),
        pytest.param(
            ("--answers", "{folder}/empty.yaml"),
            "staat geen gezin",
            id="a file without households",
        ),
        pytest.param(("--lang", "xx"), "“xx” is er niet", id="a language"),
    ],
)
def test_where_it_cannot_begin_it_says_why(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    (tmp_path / "empty.yaml").write_text("scenarios: []\n", encoding="utf-8")
    child = spawned(*(word.format(folder=tmp_path) for word in words))
    child.expect(re.escape(told), timeout=PATIENCE)
    assert ended(child) == 2


def test_ctrl_c_ends_without_a_traceback() -> None:
    child = spawned("--lang", "nl")
    child.expect("> ", timeout=PATIENCE)
    child.sendintr()
    child.expect(pexpect.EOF, timeout=4)
    assert "Traceback" not in str(child.before)
