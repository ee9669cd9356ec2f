"""Each kind of question has a page, and understands what the page says it does."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from bot.content.read_library import read_library
from bot.conversation.kinds import KINDS
from bot.conversation.kinds.base import Misread, Reading, Unclear
from bot.library import Library
from bot.translations import DUTCH
from tests.conftest import TUESDAY
from tests.handbook.examples import RIGHT, WRONG, with_all
from tests.handbook.pages import HANDBOOK, page

SAID = re.compile(r"^\| `([^`]+)` \| (.+?) \|$", re.MULTILINE)
NOT_UNDERSTOOD = "de bot vraagt het nog eens"


def said(kind: str) -> list[tuple[str, str]]:
    """What a family types, and what the page says of it."""
    return SAID.findall(page(f"kinds/{kind}.md"))


EVERY = [
    pytest.param(kind, typed, understood, id=f"{kind}: {typed}")
    for kind in KINDS
    for typed, understood in said(kind)
]


@cache
def library() -> Library:
    found, _ = read_library(with_all().folder)
    assert found is not None
    return found


def understood_of(kind: str, typed: str) -> str:
    """In the words of the pages; a question mark when the bot asks it back."""
    path = HANDBOOK / "kinds" / f"{kind}.md"
    (example,) = (one for one in RIGHT if one.page == path)
    asked = library().questions[str(example.entries["start"])].kind
    reading = Reading(TUESDAY.date(), (DUTCH,), library().dates)
    match asked.read(typed, reading):
        case Misread():
            return NOT_UNDERSTOOD
        case Unclear(candidates):
            shown = (str(DUTCH.say(asked.show(one))) for one in candidates)
            return f"“{' of '.join(shown)}?”"
        case stored:
            return f"“{DUTCH.say(asked.show(stored))}”"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_page_with_a_wrong_and_a_right_example(kind: str) -> None:
    path = HANDBOOK / "kinds" / f"{kind}.md"
    chosen = [one for one in (*WRONG, *RIGHT) if one.page == path]
    kinds = [set(kinds_of(one.text)) for one in chosen]
    assert kinds == [{kind}, {kind}]
    assert [bool(one.wrong) for one in chosen] == [True, False]


def kinds_of(text: str) -> Iterator[str]:
    yield from re.findall(r"^    kind: (\w+)$", text, re.MULTILINE)


@pytest.mark.parametrize(("kind", "typed", "understood"), EVERY)
def test_a_family_is_understood_as_the_page_says(
    kind: str, typed: str, understood: str
) -> None:
    assert understood_of(kind, typed) == understood


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_says_what_is_not_understood(kind: str) -> None:
    rows = said(kind)
    assert len(rows) >= 4
    assert any(understood == NOT_UNDERSTOOD for _, understood in rows)
