"""The table of what texts can hold says what the program really gives them."""

import ast
from collections.abc import Iterator

import pytest

from bot.conversation.needed import GIVEN, NEEDED_WORDS
from tests.conftest import ROOT

SAYING = frozenset({"say", "_line"})


def said() -> Iterator[tuple[str, frozenset[str]]]:
    """The key and the names of each call that says a text with values."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            called = call.func
            name = called.attr if isinstance(called, ast.Attribute) else ""
            name = called.id if isinstance(called, ast.Name) else name
            words = [one.value for one in call.args if isinstance(one, ast.Constant)]
            given = frozenset(one.arg for one in call.keywords if one.arg)
            if name in SAYING and given and words:
                yield str(words[0]), given


SAID = list(said())


@pytest.mark.parametrize(("key", "given"), SAID, ids=[key for key, _ in SAID])
def test_what_a_text_is_given_stands_in_the_table(
    key: str, given: frozenset[str]
) -> None:
    assert GIVEN[key] == given


def test_most_texts_are_said_by_their_key() -> None:
    assert len({key for key, _ in SAID}) > 15


def test_the_table_names_texts_that_are_needed() -> None:
    assert GIVEN.keys() <= NEEDED_WORDS
