"""The page on which a lawyer signs says all that families read, and is up to date."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.lawyer import DRAWN, lawyer_page
from bot.library import Library
from tests.conftest import ROOT

PAGE = ROOT / "bot" / "handbook" / "lawyer.md"
SHOWN = re.compile(r"Te lezen door ([\d.]+) van de 2\.000 gezinnen")
ENTRY = re.compile(r"^## \d+\. (?:Advies|Termijn) `(\w+)`", re.MULTILINE)


@pytest.fixture(scope="module")
def page(library: Library) -> str:
    return lawyer_page(library)


def test_the_page_is_up_to_date(page: str) -> None:
    """Does this fail? Run `drempel lawyer --write` and look at the difference."""
    stale = PAGE.read_text(encoding="utf-8") != page
    assert not stale, "run: drempel lawyer --write"


def test_making_it_again_gives_the_same(library: Library, page: str) -> None:
    assert lawyer_page(library) == page


def test_every_sentence_that_can_be_read_stands_on_it(
    library: Library, page: str
) -> None:
    flat = " ".join(page.split())
    missing = [one for one in sentences(library) if " ".join(one.split()) not in flat]
    assert missing == []


def sentences(library: Library) -> Iterator[str]:
    for card in library.cards:
        yield from (card.say.nl, *(note.say.nl for note in card.notes))
        for step in card.steps:
            yield from (step.do.nl, step.words.nl)
        if card.letter:
            yield card.letter.nl
    for one in library.organisations.values():
        yield from (one.helps.nl, *(row.because.nl for row in one.when))
    for rule in (rule for rows in library.deadlines.values() for rule in rows):
        texts = (rule.say, rule.over, rule.unknown, rule.uncertain)
        yield from (text.nl for text in texts if text)


def test_each_card_and_period_can_be_signed_once(library: Library, page: str) -> None:
    named = ENTRY.findall(page)
    wanted = [*(card.id for card in library.cards), *library.deadlines]
    assert sorted(named) == sorted(wanted)
    # One more for what stands beside the organisations.
    assert page.count("- [ ] akkoord: naam, datum") == len(wanted) + 1


def test_what_is_read_most_stands_first(page: str) -> None:
    counts = [int(one.replace(".", "")) for one in SHOWN.findall(page)]
    assert counts == sorted(counts, reverse=True)
    assert 0 < counts[0] <= DRAWN


def test_each_source_and_each_open_question_is_shown(
    library: Library, page: str
) -> None:
    cited = {name for card in library.cards for name in card.source}
    cited |= {n for rows in library.deadlines.values() for r in rows for n in r.source}
    rows = [row for name in cited for row in library.sources[name]]
    assert [row.id for row in rows if f"| {row.id}" not in page] == []
    assert [row.id for row in rows if row.open and row.open not in page] == []


def test_a_signature_is_shown(library: Library) -> None:
    first, *others = library.cards
    signed = replace(first, reviewed="mr. A. Voorbeeld, 2026-12-03")
    page = lawyer_page(replace(library, cards=(signed, *others)))
    assert "- [x] akkoord: mr. A. Voorbeeld, 2026-12-03" in page
    assert "Nagekeken door: mr. A. Voorbeeld, 2026-12-03." in page


def test_the_command_prints_the_page(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTENT", str(ROOT))
    told = CliRunner().invoke(app, ["lawyer"])
    assert (told.exit_code, told.stdout) == (0, page)
