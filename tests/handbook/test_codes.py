"""Each code that `check` can print is explained, and `explain` finds it."""

import re

import pytest

from bot.checks import ALL as CHECKS
from bot.checks import Check, DatedCheck
from bot.explaining import explanations, for_terminal
from tests.handbook.codes import code_of, every_code
from tests.handbook.pages import HANDBOOK, blocks, page

CODES = sorted(every_code())
FIRST_CELL = re.compile(r"^\| (.+?) \| \S", re.MULTILINE)
IN_BACKTICKS = re.compile(r"`([a-z0-9-]+)`")


def listed() -> list[str]:
    cells = FIRST_CELL.findall(page("checks.md"))
    return [code for cell in cells for code in IN_BACKTICKS.findall(cell)]


def test_the_index_names_each_code_and_no_other() -> None:
    assert sorted(set(CODES) - set(listed())) == []
    assert sorted(set(listed()) - set(CODES)) == []


@pytest.mark.parametrize("code", CODES)
def test_each_code_is_explained_in_the_terminal(code: str) -> None:
    words = for_terminal(explanations()[code])
    assert f"`{code}`" in words
    told = [line for line in words.splitlines() if not line.startswith("    ")]
    assert not re.search(r"```|\]\(|\*\*", "\n".join(told))
    assert len(told) >= 3


@pytest.mark.parametrize("check", CHECKS, ids=code_of)
def test_each_check_has_a_page_with_a_wrong_and_a_right_example(
    check: Check | DatedCheck,
) -> None:
    code = code_of(check)
    path = HANDBOOK / "checks" / f"{code}.md"
    shown = [code in marks for _, _, marks, _ in blocks(path, "yaml", "po")]
    assert shown == [True, False]


@pytest.mark.parametrize("path", sorted(HANDBOOK.glob("checks/*.md")), ids=str)
def test_a_page_of_a_code_begins_with_it(path: object) -> None:
    name = str(path).rpartition("/")[2].removesuffix(".md")
    assert page(f"checks/{name}.md").startswith(f"# `{name}`: ")
