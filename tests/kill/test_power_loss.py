"""The machine loses power: what was told as kept is there, and nothing is half there.

A write-ahead log is only ever added to, and a commit waits until the disk has it. So
what a disk may still lose are the last bytes, of a commit that nobody was told of.
"""

import asyncio
import contextlib
import shutil
import sqlite3
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storage import postgres
from bot.storage.base import Ledger, Outgoing, Waiting
from bot.storage.postgres import PostgresStorage
from bot.storage.sealing import Keys, Vault
from bot.storage.sqlite import SqliteStorage

CHAT, NOON, TURNS = 5_200_000_001, 30_000_000, 40
FULL = 2
STATE = """
    SELECT (SELECT count(*) FROM inbox), (SELECT count(*) FROM outbox),
           (SELECT coalesce(max(heard), 0) FROM conversation)
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A database, and how long its log was after each turn; first before all turns."""

    path: Path
    lengths: tuple[int, ...]
    keys: Keys = field(repr=False)

    @property
    def log(self) -> bytes:
        return log_of(self.path).read_bytes()

    def turns_within(self, length: int) -> int:
        """How many turns this much of the log holds to their end."""
        return bisect_right(self.lengths, length) - 1


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def turn(number: int, ledger: Ledger) -> None:
    """One row of each kind, so that a turn that is half there would show."""
    lane = ledger.lane(CHAT)
    ledger.receive([Waiting(lane, number, b"{}")], NOON)
    ledger.keep(CHAT, b"x" * (number * 97 % 3_000), number)
    ledger.send([Outgoing(CHAT, "sendMessage", b"{}")])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Forty turns of which nothing has left the log, as the power goes."""
    path = tmp_path_factory.mktemp("power") / "drempel.db"
    keys = Keys.fresh()

    async def turns() -> list[int]:
        storage = SqliteStorage(str(path), Vault(keys))
        await storage.scrub()  # from here on the log begins with the first turn
        lengths = [log_of(path).stat().st_size]
        for number in range(1, TURNS + 1):
            await storage.transact(partial(turn, number))
            lengths.append(log_of(path).stat().st_size)
        for name in (path, log_of(path)):
            shutil.copy(name, name.with_name("copy" + name.name))
        await storage.close()
        return lengths

    lengths = asyncio.run(turns())
    return Written(path.with_name("copy" + path.name), tuple(lengths), keys)


def found_after(written: Written, log: bytes, folder: Path) -> tuple[str, list[int]]:
    """What SQLite says of the files, and how much of each kind is there."""
    path = folder / "drempel.db"
    for old in folder.glob("drempel.db*"):
        old.unlink()
    shutil.copy(written.path, path)
    log_of(path).write_bytes(log)
    with contextlib.closing(sqlite3.connect(path)) as file:
        (whole,) = file.execute("PRAGMA integrity_check").fetchone()
        counts = file.execute(STATE).fetchone()
    return whole, list(counts)


def test_the_log_grew_with_every_turn(written: Written) -> None:
    assert sorted(set(written.lengths)) == list(written.lengths)
    assert written.turns_within(len(written.log)) == TURNS


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_log_cut_anywhere_holds_every_turn_to_there_and_no_half_one(
    written: Written, tmp_path: Path, data: st.DataObject
) -> None:
    log = written.log
    length = data.draw(st.integers(0, len(log)))
    kept = written.turns_within(length)
    assert found_after(written, log[:length], tmp_path) == ("ok", [kept] * 3)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_log_whose_end_the_disk_made_up_holds_no_half_turn(
    written: Written, tmp_path: Path, data: st.DataObject
) -> None:
    """The file had its length already, but its last blocks never arrived."""
    log = written.log
    at = data.draw(st.integers(0, len(log) - 1))
    instead = data.draw(st.sampled_from([b"\0", b"\xff", b"drempel"]))
    found = log[:at] + (instead * len(log))[: len(log) - at]
    # By chance some made-up bytes are the right ones.
    same = next((n for n in range(at, len(log)) if log[n] != found[n]), len(log))
    kept = written.turns_within(same)
    assert found_after(written, found, tmp_path) == ("ok", [kept] * 3)


async def test_after_power_came_back_the_program_goes_on(
    written: Written, tmp_path: Path
) -> None:
    length = (written.lengths[20] + written.lengths[21]) // 2
    found_after(written, written.log[:length], tmp_path)
    storage = SqliteStorage(str(tmp_path / "drempel.db"), Vault(written.keys))
    await storage.transact(partial(turn, 21))
    lane = Vault(written.keys).lane(CHAT)
    waiting = await storage.transact(lambda ledger: ledger.waiting(lane, 99))
    assert [one.update_id for one in waiting] == list(range(1, 22))
    await storage.close()


async def test_sqlite_waits_for_the_disk_with_every_commit(tmp_path: Path) -> None:
    storage = SqliteStorage(str(tmp_path / "drempel.db"), Vault(Keys.fresh()))
    asked = ("PRAGMA synchronous", "PRAGMA journal_mode")
    answers = [await storage.transact(partial(one_value, query)) for query in asked]
    assert answers == [FULL, "wal"]
    await storage.close()


async def test_postgres_waits_for_the_disk_with_every_commit(database: str) -> None:
    postgres.migrate(database)
    storage = PostgresStorage(database, Vault(Keys.fresh()), program="a")
    asked = "SHOW synchronous_commit"
    assert await storage.transact(partial(one_value, asked)) == "on"
    await storage.close()


def one_value(query: str, ledger: Ledger) -> object:
    """Asked on the very connection that keeps the turns."""
    run = ledger._run  # type: ignore[attr-defined]
    return run(query).fetchone()[0]
