"""What the checks say of translations: the examples of their pages, as PO files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.checks import Check, right_to_left, translation_length, translation_same
from bot.content.read_locales import read_locales
from bot.library import Library
from bot.problems import Problem
from bot.translations import Catalogue, Text
from tests.conftest import ROOT

CHECKS = (right_to_left, translation_length, translation_same)
BLOCK = re.compile(r"^```po (\w+)(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
SAID = Text("words.welcome_length", "Het zijn ongeveer 8 vragen. Dat duurt 3 minuten.")


@dataclass(frozen=True, slots=True)
class Example:
    check: Check
    language: str
    is_wrong: bool
    po: str


def examples() -> Iterator[Example]:
    for one in CHECKS:
        page = ROOT / "bot" / "handbook" / "checks" / f"{one.CODE}.md"
        for language, marks, po in BLOCK.findall(page.read_text(encoding="utf-8")):
            yield Example(one.check, language, f"wrong {one.CODE}" in marks, po)


EXAMPLES = list(examples())


def codes(library: Library, check: Check, catalogue: Catalogue) -> list[str]:
    spoken = {**library.catalogues, catalogue.language: catalogue}
    before = {one.message for one in check(library)}
    found = check(replace(library, catalogues=spoken))
    return [one.code for one in found if one.message not in before]


def said(library: Library, check: Check, language: str, words: str) -> list[str]:
    """What the check says when this is the only translation."""
    catalogue = Catalogue(language, {(SAID.context, SAID.nl): words})
    return codes(library, check, catalogue)


def test_each_page_has_a_wrong_and_a_right_translation() -> None:
    found = [one.is_wrong for one in EXAMPLES]
    assert found == [True, False] * len(CHECKS)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_wrong_translation_is_found_and_the_right_one_passes(
    library: Library, tmp_path: Path, example: Example
) -> None:
    home = tmp_path / "locales" / example.language / "LC_MESSAGES"
    home.mkdir(parents=True)
    (home / "drempel.po").write_text(example.po, encoding="utf-8")
    (catalogue,) = read_locales(tmp_path / "locales", [SAID], [])
    assert len(codes(library, example.check, catalogue)) == example.is_wrong


def test_a_dutch_word_in_brackets_makes_no_translation_too_long(
    library: Library,
) -> None:
    words = "There are about 8 questions (ongeveer acht vragen in dit gesprek, vaak)."
    more = "That is what we ask of you. It takes you about 3 minutes to answer it."
    assert said(library, translation_length.check, "en", words) == []
    wrong = said(library, translation_length.check, "en", f"{words} {more}")
    assert wrong == ["translation-length"]


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        pytest.param("٣ دقائق", False, id="digits have no direction"),
        pytest.param("✅ نعم", False, id="nor has an emoji"),
        pytest.param("{count} דקות", True, id="a value may be in our letters"),
        pytest.param("{count} 3", False, id="without letters there is no direction"),
        pytest.param("دقائق {count} OK", False, id="ours may follow"),
    ],
)
def test_the_first_letter_lays_out_the_message(
    library: Library, words: str, wrong: bool
) -> None:
    found = said(library, right_to_left.check, "ar", words)
    assert found == ["right-to-left"] * wrong


def test_missing_and_outdated_translations_are_counted_apart(tmp_path: Path) -> None:
    home = tmp_path / "locales" / "en" / "LC_MESSAGES"
    home.mkdir(parents=True)
    fuzzy = f'#, fuzzy\nmsgctxt "{SAID.context}"\nmsgid "{SAID.nl}"\nmsgstr "Old."\n'
    (home / "drempel.po").write_text(fuzzy, encoding="utf-8")
    problems: list[Problem] = []
    texts = [SAID, Text("words.hello", "Hallo"), Text("words.stop", "Stop")]
    list(read_locales(tmp_path / "locales", texts, problems))
    (problem,) = problems
    assert problem.words("nl") == (
        "In “en” ontbreken 2 van de 3 teksten; verouderd: 1."
        " Families lezen die in het Nederlands."
    )
