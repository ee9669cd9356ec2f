"""`drempel check --live`: whom a change leaves behind, and the lines that mend it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import operating
from bot.content.read_library import read_library
from bot.conversation.model import Command, Said
from bot.live import Lost, lines_to_add
from bot.reports import print_lost
from bot.service import Inbound, Service
from bot.settings import Settings
from bot.storage import postgres as postgresql
from bot.storage.base import Ledger
from bot.storage.keys import key_file
from bot.storage.sealing import Vault
from bot.telegram.render import TelegramChannel
from tests.conftest import TUESDAY
from tests.sample import lay_out

TALKS = (
    ("gas", "schimmel en kou", "nee"),
    ("gas", "lek"),
    ("hout", "1 oktober 2026", "ja"),
    ("gas", "kou", "ja", "vier", "700", "1 november 2026", "ja"),
)
"""What each family says."""

AS_IT_WAS: tuple[tuple[str, str], ...] = ()
Look = Callable[..., list[Lost]]


@pytest.fixture(params=["sqlite", "postgres"])
async def look(request: pytest.FixtureRequest, tmp_path: Path) -> Look:
    """`look((old, new), …)`: what that change of the sample takes from the families."""
    content = tmp_path / "content"
    content.mkdir()
    lay_out(content)
    database = str(tmp_path / "drempel.db")
    if request.param == "postgres":
        database = request.getfixturevalue("database")
        postgresql.migrate(database)
    keys = tmp_path / "keys"
    chosen = Settings(content=content, database=database)
    chosen._key_file = keys
    await _talk(chosen, keys)

    def looked(*changes: tuple[str, str]) -> list[Lost]:
        for path in [
            content / "flows/start.yaml",
            content / "flows/advice/sample.yaml",
        ]:
            words = path.read_text(encoding="utf-8")
            for old, new in changes:
                words = words.replace(old, new)
            path.write_text(words, encoding="utf-8")
        return [*operating.lost_by_change(chosen, "nl")]

    return looked


async def _talk(chosen: Settings, keys: Path) -> None:
    library, _ = read_library(chosen.content)
    assert library is not None
    service = Service(library, TelegramChannel(), lambda: TUESDAY)
    storage = operating.storage_of(chosen, Vault(key_file(keys)[0]))

    def said(ledger: Ledger) -> None:
        for chat, words in enumerate(TALKS, start=5_200_000_001):
            service.receive(ledger, Inbound(chat, Command("start", "nl")))
            for text in words:
                service.receive(ledger, Inbound(chat, Said(text)))

    await storage.transact(said)
    await storage.close()


def test_content_that_did_not_change_takes_nothing(look: Look) -> None:
    assert look(*AS_IT_WAS) == []


def test_a_question_that_is_gone_is_counted_and_its_new_name_given(look: Look) -> None:
    (one,) = look(("pets", "pet"))
    assert one == Lost("questions", "pets", 3, 1, "pet", "flows/start.yaml")
    assert lines_to_add([one]) == {"flows/start.yaml": {"questions": ["pets: pet"]}}


def test_with_the_lines_it_gives_nobody_loses_anything(look: Look) -> None:
    assert look(("pets", "pet")) != []
    added = "renamed:\n  questions:\n    pets: pet\n"
    assert look(("renamed:\n  questions:\n", added)) == []


def test_a_tick_that_is_gone_is_told_by_its_name(look: Look) -> None:
    (one,) = look(("      cold: 🥶 Kou", "      colder: 🥶 Kou"))
    assert one == Lost("answers", "broken.cold", 2, 0, "colder", "flows/start.yaml")


def test_a_day_that_no_longer_fits_is_never_told(look: Look) -> None:
    (one,) = look(
        ("kind: date\n    within: [today - 50 years, today]", "kind: number"),
        ("days from moved_in to today", "moved_in"),
    )
    assert one == Lost("fit", "moved_in", 1, 0)
    assert "2026" not in one.told.words("nl")


def test_it_is_told_in_dutch_and_ready_to_paste(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = [
        Lost("questions", "pets", 3, 1, "pet", "flows/start.yaml"),
        Lost("answers", "broken.cold", 2, 0, "colder", "flows/start.yaml"),
        Lost("questions", "rooms", 1, 0),
    ]
    print_lost(found, language="nl")
    said = capsys.readouterr().out
    assert said.startswith("De vraag “pets” is er niet meer.")
    assert (
        "flows/start.yaml:\nrenamed:\n  questions:\n    pets: pet\n"
        "  answers:\n    broken.cold: colder\n"
    ) in said


def test_nothing_lost_is_said_too(capsys: pytest.CaptureFixture[str]) -> None:
    print_lost([], language="nl")
    said = capsys.readouterr().out
    assert said == "Door deze verandering raakt geen familie iets kwijt.\n"


def test_for_programs_and_for_github_it_is_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one = Lost("questions", "pets", 3, 1, "pet", "flows/start.yaml")
    print_lost([one], form="json")
    print_lost([one], form="github", language="nl")
    row, annotation = capsys.readouterr().out.splitlines()
    assert json.loads(row)[0]["families"] == 3
    assert annotation.startswith("::error file=flows/start.yaml,line=1,col=1,")
