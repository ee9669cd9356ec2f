"""The handbook's table of faults is whole, and the tests that it names exist."""

import ast
import re
from functools import cache

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "bot" / "handbook" / "faults.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (R\d+) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[^\s`]+\.py)::(\w+)`")
ROWS: dict[str, str] = dict(ROW.findall(PAGE))
NAMED = sorted(set(TEST.findall(PAGE)))


@cache
def facts_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))


def test_every_fault_has_a_row() -> None:
    assert list(ROWS) == [f"R{number}" for number in range(1, 36)]


@pytest.mark.parametrize("fault", ROWS)
def test_each_row_says_what_happens_and_names_a_test_or_why_there_is_none(
    fault: str,
) -> None:
    cells = ROWS[fault].split(" | ")
    assert len(cells) == 3
    assert TEST.search(cells[2]) or "no test:" in cells[2]


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_each_named_test_exists(file: str, name: str) -> None:
    assert (ROOT / file).is_file()
    assert name in facts_in(file)
