"""The table of rules names codes that exist, and every check has its row."""

import re

from bot.checks import ALL as CHECKS
from tests.conftest import ROOT

CODE = re.compile(r"`([a-z]+(?:-[a-z]+)*)`")
NO_ROW = frozenset({"missing-words"})
"""A text of the conversation itself that is missing: no rule for authors of flows."""


def codes_of_the_table() -> set[str]:
    page = (ROOT / "bot" / "handbook" / "rules.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")]
    return {code for row in rows for code in CODE.findall(row[1])}


def test_each_code_of_the_table_is_told_somewhere() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("bot/**/*.py"))
    )
    told = {one for one in codes_of_the_table() if not one.startswith("no-such-")}
    assert {code for code in told if f'"{code}"' not in source} == set()


def test_each_check_stands_in_the_table() -> None:
    codes = {__import__(one.__module__, fromlist=["CODE"]).CODE for one in CHECKS}
    assert codes - codes_of_the_table() - NO_ROW == set()
