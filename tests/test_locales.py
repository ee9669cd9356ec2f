"""What translators get: a changed Dutch text is never said in an old translation."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from bot.content.read_library import read_library
from bot.content.write_locales import DOMAIN, update
from bot.library import Library
from bot.translations import Catalogue, Say, Text, has_odd_braces

SHIPPED = Path(__file__).parent.parent
ASK = "Wat is er aan de hand?"
NOTE = (
    "Vaak moet een verhuurder huurschuld melden bij de gemeente. Soms telt dat bij "
    "de rechter. Vraag het daarom op papier."
)
CREATED = re.compile(r'"POT-Creation-Date: [^\\]+')
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for part in ("flows", "locales"):
        shutil.copytree(SHIPPED / part, tmp_path / part)
    return tmp_path


def read(content: Path) -> Library:
    library, _ = read_library(content)
    assert library is not None
    return library


def replace_in(file: Path, old: str, new: str) -> None:
    words = file.read_text(encoding="utf-8")
    assert old in words
    file.write_text(words.replace(old, new), encoding="utf-8")


def po(content: Path) -> Path:
    return content / "locales/en/LC_MESSAGES" / DOMAIN


def old_words(content: Path) -> str:
    """The old Dutch of the first question, on one line, as the file has it."""
    written = po(content).read_text(encoding="utf-8")
    above = written.partition('\nmsgctxt "start.situation.ask"')[0]
    line = above.rpartition("\n")[2].removeprefix("#| msgid ")
    return "".join(ast.literal_eval(one) for one in QUOTED.findall(line))


def asked_in_english(library: Library) -> str:
    return library.catalogue("en").words(library.questions["situation"].ask)


def test_english_is_complete(library: Library) -> None:
    missing = [
        text.context
        for text in library.texts
        if (text.context, text.nl) not in library.catalogue("en").messages
    ]
    assert missing == []


def test_a_changed_dutch_text_is_said_in_dutch_until_someone_looks(
    content: Path,
) -> None:
    replace_in(content / "flows/start.yaml", f"ask: {ASK}", "ask: Wat is er?")
    assert asked_in_english(read(content)) == "Wat is er?"


def test_a_changed_dutch_text_is_fuzzy_and_shows_the_old_words(content: Path) -> None:
    replace_in(content / "flows/start.yaml", f"ask: {ASK}", "ask: Wat is er?")
    for _ in range(2):
        update(content / "locales", read(content))
    assert f'#, fuzzy\n#| msgid "{ASK}"\nmsgctxt "start.situation.ask"' in po(
        content
    ).read_text(encoding="utf-8")
    assert asked_in_english(read(content)) == "Wat is er?"


def test_a_note_that_moves_down_keeps_its_translation(content: Path) -> None:
    card = content / "flows/advice/arrears.yaml"
    before = read(content).catalogue("en")
    replace_in(
        card,
        f"    notes:\n      - say: {NOTE}",
        f"    notes:\n      - say: Blijf rustig.\n      - say: {NOTE}",
    )
    update(content / "locales", read(content))
    library = read(content)
    (moved,) = (text for text in library.texts if text.nl == NOTE)
    (old,) = (english for (_, nl), english in before.messages.items() if nl == NOTE)
    assert moved.context.endswith(".note2")
    assert library.catalogue("en").words(moved) == old


def test_an_update_without_changes_changes_nothing(content: Path) -> None:
    update(content / "locales", read(content))
    once = po(content).read_bytes()
    update(content / "locales", read(content))
    assert po(content).read_bytes() == once


def test_an_update_on_another_day_changes_nothing(content: Path) -> None:
    update(content / "locales", read(content))
    written = po(content).read_text(encoding="utf-8")
    earlier = CREATED.sub('"POT-Creation-Date: 2025-03-01 09:30+0000', written)
    po(content).write_text(earlier, encoding="utf-8")
    update(content / "locales", read(content))
    assert earlier != written
    assert po(content).read_text(encoding="utf-8") == earlier


LONG = (
    "Pak de brief erbij, met alle bladzijden, ook de 14-dagenbrief van de "
    'deurwaarder: "in naam van de Koning" staat er soms boven.'
)


@pytest.mark.parametrize(
    "old", [LONG, f"{LONG}\n{LONG}\n\nTot ziens.", 'Een \\ en een "']
)
def test_old_words_of_any_length_stay_as_they_were(content: Path, old: str) -> None:
    catalog = content / "locales/en/LC_MESSAGES" / DOMAIN
    quoted = old.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
    replace_in(catalog, f'msgid "{ASK}"', f'msgid "{quoted}"')
    update(content / "locales", read(content))
    once = po(content).read_bytes()
    assert old_words(content) == old
    update(content / "locales", read(content))
    assert old_words(content) == old
    assert po(content).read_bytes() == once


@pytest.mark.parametrize(
    "lines",
    [
        '#| msgid "Wat is er aan\n#| de hand?"\n',
        '#| msgid ""\n#| "Wat is er "\n#| "aan de hand?"\n',
        f'#| msgctxt "start.old.ask"\n#| msgid "{ASK}"\n',
    ],
    ids=["broken inside the quotes", "as gettext breaks it", "with its old place"],
)
def test_old_words_are_read_however_an_editor_breaks_them(
    content: Path, lines: str
) -> None:
    replace_in(content / "flows/start.yaml", f"ask: {ASK}", "ask: Wat is er?")
    update(content / "locales", read(content))
    replace_in(po(content), f'#| msgid "{ASK}"\n', lines)
    update(content / "locales", read(content))
    assert old_words(content) == ASK


@pytest.mark.parametrize("wrong", ["{last_day", "{}", "{other}", "{last_day.year}"])
def test_a_translation_with_broken_braces_is_not_said(
    content: Path, wrong: str
) -> None:
    library = read(content)
    text = next(t for t in library.texts if t.nl.endswith("tot en met {last_day}."))
    english = library.catalogue("en").words(text)
    broken = english.replace("{last_day}", wrong)
    replace_in(po(content), f'msgstr "{english}"', f'msgstr "{broken}"')
    again, problems = read_library(content)
    assert any(one.code == "placeholders" for one in problems)
    assert again is None or again.catalogue("en").words(text) == text.nl


def test_a_file_that_is_no_po_file_is_one_problem(content: Path) -> None:
    po(content).write_bytes(b"\xff\xfe msgid nonsense")
    _, problems = read_library(content)
    assert [one.code for one in problems if one.severity == "error"] == ["po-file"]


def test_braces_in_a_value_are_shown_as_typed() -> None:
    said = Say(Text("x", "U zei {words}."), {"words": "{geldfit_phone} <b>"})
    assert Catalogue("nl").say(said) == "U zei {geldfit_phone} <b>."


@pytest.mark.parametrize("words", ["{a.b}", "{a[0]}", "{", "}", "{A}", "{a!r}"])
def test_only_plain_names_may_stand_in_braces(words: str) -> None:
    assert has_odd_braces(words)
