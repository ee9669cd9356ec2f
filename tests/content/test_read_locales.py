"""A slip in a catalogue is told at its own line, and the rest is read."""

from pathlib import Path

import pytest

from bot.content.po_slips import SOUND, line_by_line, read_as_meant
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


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        pytest.param('msgctxt "a.two', 'msgctx "a.two', id="a letter gone"),
        pytest.param('msgctxt "a.two', 'msgctxta"a.two', id="a letter for the space"),
        pytest.param('msgctxt "a.two', '#sgctxt "a.two', id="a note"),
        pytest.param('msgid "Waar', 'msgdi "Waar', id="two letters swapped"),
        pytest.param('msgid "Waar', 'msgid"Waar', id="no space"),
        pytest.param('msgid "Waar', 'msgid" Waar', id="a space too late"),
        pytest.param('msgid "Waar', '#msgid "Waar', id="a note in an entry"),
        pytest.param('msgid "Waar', '"sgid "Waar', id="a quote for a letter"),
        pytest.param('msgstr "Where', 'msg_str "Where', id="a sign inside"),
        pytest.param('msgstr "Where', "msgstr Where", id="no first quote"),
        pytest.param('live?"', "live?", id="no last quote"),
    ],
)
def test_a_slip_in_a_sign_is_told_with_the_line_and_read_on(
    tmp_path: Path, right: str, slip: str
) -> None:
    (problem,) = told(tmp_path, right, slip)
    line = CATALOGUE.count("\n", 0, CATALOGUE.index(right)) + 1
    meant = CATALOGUE.split("\n")[line - 1]
    assert (problem.place.line, problem.code) == (line, "po-file")
    assert problem.message.endswith(f"Did you mean: {meant}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            'msgctxt "a.two.ask"\nmsgid "Waar woont u?"\nmsgstr "Where do you live?"',
            '#msgctxt "a.six.ask"\n#msgid "Hoe oud bent u?"\n#msgstr "How old?"',
            id="an entry that is only a note",
        ),
        pytest.param(
            'msgstr "Where do', 'msgstr ""\n"Where do', id="a text on two lines"
        ),
        pytest.param('"Who are', '"Who \\"really\\" are', id="quotes inside"),
        pytest.param('msgctxt "a.one', '#, python\nmsgctxt "a.one', id="a flag"),
        pytest.param('msgctxt "a.one', '# "Who"\nmsgctxt "a.one', id="a quoted note"),
        pytest.param('"Who are', '"Who "really" are', id="as the reader reads it"),
    ],
)
def test_a_catalogue_that_can_be_read_has_no_slip(old: str, new: str) -> None:
    text = CATALOGUE.replace(old, new, 1)
    assert text != CATALOGUE
    assert read_as_meant(text, "en.po") == (text, [])


def test_what_seems_sound_at_a_glance_has_no_slip_line_by_line() -> None:
    text = "# who\n#, fuzzy\n" + CATALOGUE.replace("Who are", 'Who "\n"are', 1)
    changed = {
        text[:at] + sign + text[at + gone :]
        for at in range(len(text) + 1)
        for sign in ("", '"', "#", " ", "x", "\n", "\\", "\r")
        for gone in (0, 1)
    }
    sound = {one for one in changed if SOUND.fullmatch(one)}
    assert text in sound
    assert sound < changed
    assert all(line_by_line(one, "en.po") == (one, []) for one in sound)


def test_a_changed_dutch_text_is_shown(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, "Wie bent", "Wie was")
    assert problem.message == (
        "The Dutch of “a.one.ask” is not the same any more. It is now: “Wie bent u?”"
    )


def test_nothing_is_printed_of_what_babel_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(tmp_path, 'msgid "Waar', 'kmsgid "Waar')
    assert capsys.readouterr().out == ""
