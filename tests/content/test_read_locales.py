"""A slip in a catalogue is told at its own line, and the rest is read."""

from pathlib import Path

import pytest

from bot.content.read_locales import read_locales
from bot.problems import Problem
from bot.translations import Text

TEXTS = (Text("a.one.ask", "Wie bent u?"), Text("a.two.ask", "Waar woont u?"))
CATALOGUE = """\
msgid ""
msgstr ""

msgctxt "a.one.ask"
msgid "Wie bent u?"
msgstr "Who are you?"

msgctxt "a.two.ask"
msgid "Waar woont u?"
msgstr "Where do you live?"
"""


def told(folder: Path, old: str, new: str) -> list[Problem]:
    home = folder / "locales/en/LC_MESSAGES"
    home.mkdir(parents=True)
    changed = CATALOGUE.replace(old, new, 1)
    (home / "drempel.po").write_text(changed, encoding="utf-8")
    problems: list[Problem] = []
    list(read_locales(folder / "locales", TEXTS, problems))
    return problems


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        pytest.param("Waar woont", "Waar wont", 9, "outdated", id="the Dutch"),
        pytest.param("a.two", "a.too", 8, "outdated", id="the place"),
        pytest.param('msgid "Waar', 'kmsgid "Waar', 9, "po-file", id="a word of PO"),
    ],
)
def test_a_slip_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, code: str
) -> None:
    first, *_ = told(tmp_path, old, new)
    assert (first.place.line, first.code) == (line, code)


def test_a_changed_dutch_text_is_shown(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, "Wie bent", "Wie was")
    assert problem.message == (
        "The Dutch of “a.one.ask” is not the same any more. It is now: Wie bent u?"
    )


def test_nothing_is_printed_of_what_babel_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(tmp_path, 'msgid "Waar', 'kmsgid "Waar')
    assert capsys.readouterr().out == ""
