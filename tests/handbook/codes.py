"""The codes in brackets that `drempel check` can print, read from the source."""

import ast
import inspect
import re
from collections.abc import Iterator

from bot.checks import Check, DatedCheck
from bot.content.author import NAMED
from tests.conftest import ROOT

CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
TELLING = frozenset(
    {"problem", "report", "hopeless", "Problem", "Fault", "_first_report"}
)
"""Calls that take a code beside the place."""


def code_of(check: Check | DatedCheck) -> str:
    return str(vars(inspect.getmodule(check))["CODE"])


def every_code() -> set[str]:
    trees = (
        ast.parse(path.read_text(encoding="utf-8"))
        for room in ("checks", "content")
        for path in sorted((ROOT / "bot" / room).rglob("*.py"))
    )
    written = {
        one.value
        for tree in trees
        for node in ast.walk(tree)
        for part in _said(node)
        for one in _ends(part)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }
    codes = {one.replace("_", "-") for one in written}
    return {one for one in codes if CODE.fullmatch(one)} | {
        f"no-such-{what}" for what in NAMED
    }


def _said(node: ast.AST) -> Iterator[ast.expr]:
    """Where a code may stand in this piece of the source."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in TELLING:
            yield from node.args[1:3]
        if name == "PydanticCustomError":
            yield node.args[0]
        yield from (one.value for one in node.keywords if one.arg == "code")
    if isinstance(node, ast.Assign):
        names = {getattr(target, "id", "") for target in node.targets}
        if names & {"CODE", "code"}:
            yield node.value


def _ends(part: ast.expr) -> tuple[ast.expr, ...]:
    return (part.body, part.orelse) if isinstance(part, ast.IfExp) else (part,)
