"""The YAML examples of the handbook are read like any author's file."""

import re
from pathlib import Path

import pytest

from bot.content.read_library import read_library
from bot.content.read_scenarios import read_scenarios
from bot.content.typed.strict_yaml import read
from bot.problems import Language
from bot.scenarios import play
from tests.handbook.examples import (
    ALONE,
    EVERY,
    FILES,
    LINES,
    PIECES,
    RIGHT,
    WRONG,
    Example,
    new_problems,
    round_of,
    rounds,
    with_those_of,
)
from tests.handbook.pages import BLOCK, BOOK, PAGES, name_of

LANGUAGES: tuple[Language, ...] = ("nl", "en")
PLAYED = sorted(
    {one.page for one in RIGHT if one.sort == "scenarios" and "as" not in one.marks}
)
"""Where households stand; one with a file of its own is played in a terminal."""
QUOTE = re.compile(r"^> .*(?:\n> .*)*", re.MULTILINE)


@pytest.mark.parametrize("example", EVERY, ids=str)
def test_each_yaml_example_says_where_it_belongs(example: Example) -> None:
    assert example.sort in {*FILES, LINES}


def test_right_examples_are_read_without_problems() -> None:
    found = [one for one in new_problems() if one.code not in ALONE]
    assert list(map(str, found)) == []


@pytest.mark.parametrize("example", WRONG, ids=str)
def test_wrong_examples_are_found(example: Example) -> None:
    found = new_problems(round_of(example))
    mine = {one.code for one in found if one.place.file == example.file}
    assert mine - (ALONE - {example.wrong}) == {example.wrong}


def test_wrong_examples_bring_no_problem_elsewhere() -> None:
    for chosen in rounds():
        wrong = {one.file for one in chosen}
        found = (one for one in new_problems(chosen) if one.code not in ALONE)
        assert [str(one) for one in found if one.place.file not in wrong] == []


@pytest.mark.parametrize("piece", PIECES, ids=str)
def test_pieces_of_a_file_are_read_as_the_page_says(piece: Example) -> None:
    found = {one.code for one in read(piece.text, "example").problems}
    assert found == ({piece.wrong} if piece.wrong else set())


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_quoted_messages_are_those_of_the_program(path: Path) -> None:
    quotes = QUOTE.findall(BLOCK.sub("", path.read_text(encoding="utf-8")))
    quoted = {one.replace("\n> ", " ")[2:] for one in quotes}
    mine = [one for one in WRONG if one.page == path] if quoted else []
    found = [one for example in mine for one in new_problems(round_of(example))]
    assert quoted - {one.words(lang) for one in found for lang in LANGUAGES} == set()


@pytest.mark.parametrize("path", PLAYED, ids=name_of)
def test_households_of_the_handbook_hear_what_it_says(path: Path) -> None:
    content = with_those_of(path)
    library, _ = read_library(content.folder)
    assert library is not None
    mine = [one for one in RIGHT if one.page == path and one.sort == "scenarios"]
    files = [content.folder / one.file for one in mine]
    scenarios, _ = read_scenarios(content.folder, files)
    assert [one for each in scenarios for one in play(library, each).differences] == []


def test_the_handbook_has_pages_and_examples() -> None:
    assert len(BOOK) > 40
    assert min(len(RIGHT), len(WRONG), len(PIECES)) > 10
