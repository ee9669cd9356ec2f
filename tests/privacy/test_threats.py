"""The page about threats names every one of them, and only tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "bot" / "handbook" / "threats.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (T\d+) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/\S+\.py)::(\w+)`")
ROWS: dict[str, str] = dict(ROW.findall(PAGE))
HONEST = ("**not yet:**", "**by review only:**")


@cache
def facts_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, kinds)}


def test_every_threat_has_a_row() -> None:
    assert list(ROWS) == [f"T{number}" for number in range(1, 31)]


@pytest.mark.parametrize("threat", ROWS)
def test_each_row_says_five_things_and_names_a_test_or_that_there_is_none(
    threat: str,
) -> None:
    cells = ROWS[threat].split(" | ")
    assert len(cells) == 5
    assert TEST.search(cells[-1]) or any(words in cells[3] for words in HONEST)


@pytest.mark.parametrize(("file", "name"), sorted(set(TEST.findall(PAGE))))
def test_each_test_that_is_named_exists(file: str, name: str) -> None:
    assert name in facts_in(ROOT / file)


def test_it_says_plainly_what_is_not_protected() -> None:
    _, _, rest = PAGE.partition("## What is not protected")
    for words in ("Telegram reads along", "unlocked phone", "took over", "Backups"):
        assert words in rest
