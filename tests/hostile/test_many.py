"""R33: ten thousand conversations wait in the database, and each goes on rightly."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import engine
from bot.conversation.model import Said
from bot.library import Library
from bot.service import packed
from bot.storage.keys import key_file
from bot.storage.ledger import SqlLedger
from bot.storage.sealing import Vault
from bot.storage.sqlite import migrate
from tests.emulator import FIRST_PERSON, Emulator
from tests.telegram.conftest import Program, Telephone

MANY = 10_000
TYPED = ("huurachterstand", "verhuurder", "herinnering")
"""The first family typed one of these, the next one two, and so on, round."""


@pytest.fixture
async def full(tmp_path: Path, library: Library) -> AsyncIterator[Program]:
    async with Emulator() as emulator:
        program = Program(emulator, tmp_path)
        fill(program, library)
        await program.start()
        await program.polls()
        yield program
        await program.kill()
        assert emulator.violations == []


def fill(program: Program, library: Library) -> None:
    """As many conversations as could be kept from one busy week."""
    keys, _ = key_file(program.folder / "config" / "drempel" / "keys")
    vault, path = Vault(keys), str(program.database)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        migrate(database, path, vault)
        database.execute("PRAGMA synchronous=OFF")
        ledger = SqlLedger(database.execute, vault)
        ledger.check_keys()
        stages = list(bodies(library))
        database.execute("BEGIN")
        for number in range(MANY):
            body, heard = stages[number % len(stages)]
            ledger.keep(FIRST_PERSON + number, body, heard)
        database.execute("COMMIT")


def bodies(library: Library) -> list[tuple[bytes, int]]:
    moment = datetime.now(ZoneInfo("Europe/Amsterdam"))
    current = engine.begin(
        library, id="k7Qp2w", moment=moment, language="nl"
    ).conversation
    found = []
    for text in TYPED:
        assert current is not None
        current = engine.answer(library, current, Said(text), moment).conversation
        assert current is not None
        found.append((packed(current), current.heard))
    return found


async def test_ten_thousand_conversations_wait_and_go_on_where_they_were(
    full: Program,
) -> None:
    assert full.conversations() == MANY
    telephones = [Telephone(full) for _ in range(12)]
    for place, telephone in enumerate(telephones):
        telephone.user.say((*TYPED, "geen")[place % 3 + 1])
    await full.rests()
    offered = [{*one.question.labels} for one in telephones]
    assert offered[:3] * 4 == offered
    assert "reminder" in telephones[0].data("reminder")
    assert telephones[0].question.labels != telephones[1].question.labels
    assert telephones[1].question.labels != telephones[2].question.labels
    assert full.conversations() == MANY
