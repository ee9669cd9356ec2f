"""A whole turn in one transaction on disk, beside a bare commit of the same row."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import cast

from bot.storage.base import Ledger
from bot.storage.sealing import Keys, Vault
from bot.storage.sqlite import SqliteStorage
from tests.bench import flows
from tests.bench.table import Goal, Row, percentile
from tests.bench.turns import MINUTE, Families
from tests.bench.walk import CHAT, Pocket, Recorded, recorded, service_of, turn

TURNS, TOGETHER = 320, 16
NEAR_BARE = Goal("≤", 1.3)
CHEAP = Goal("≤", 120, of_ratio=False)
ROW = "lane BLOB PRIMARY KEY, body BLOB NOT NULL, heard INTEGER NOT NULL, address BLOB"
UPSERT = (
    "INSERT INTO conversation (lane, body, heard, address) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (lane) DO UPDATE SET body = excluded.body,"
    " heard = excluded.heard, address = excluded.address"
)
OURS = "ours"
BARE = "bare upsert and commit of that row"
ENGINE, UNSEALED = "the turn with no disk", "the turn without sealing"
Times = Sequence[Mapping[str, float]]


class Unsealed(Vault):
    """To measure what sealing costs."""

    def seal(self, table: str, row: bytes, body: bytes) -> bytes:
        return body

    def open(self, table: str, row: bytes, sealed: bytes) -> bytes:
        return sealed


def rows(folder: Path) -> Iterator[Row]:
    yield from asyncio.run(_measured(folder))


async def _measured(folder: Path) -> list[Row]:
    disk = Disk(folder)
    try:
        alone = [await disk.together([one]) for one in disk.turns]
        groups = zip(*[iter(disk.turns)] * TOGETHER, strict=True)
        crowd = [await disk.together(group) for group in groups]
    finally:
        await disk.close()
    each = f"durable turn, {TOGETHER} at once, each"
    return [
        _row("durable turn, alone", alone, 0.5, NEAR_BARE),
        _row("durable turn, alone, p99", alone, 0.99),
        _row(each, crowd, 0.5, NEAR_BARE),
        _part("of that, keeping it", crowd, ENGINE, CHEAP),
        _part("of that, sealing", crowd, UNSEALED),
    ]


def _row(what: str, times: Times, share: float, goal: Goal | None = None) -> Row:
    ours, bare = (
        percentile((one[name] for one in times), share) for name in (OURS, BARE)
    )
    return Row(what, ours, "µs", bare, BARE, goal)


def _part(what: str, times: Times, without: str, goal: Goal | None = None) -> Row:
    """What is more than without it, each time beside the same turns."""
    more = percentile((one[OURS] - one[without] for one in times), 0.5)
    its = percentile((one[without] for one in times), 0.5)
    return Row(what, more, "µs", its, without, goal)


class Disk:
    """Our storage, one that seals nothing, and a bare SQLite file in one folder."""

    def __init__(self, folder: Path) -> None:
        library = flows.shipped()
        self.turns = recorded(library, TURNS)
        self._storages = {
            OURS: SqliteStorage(str(folder / "ours.db"), Vault(Keys.fresh())),
            UNSEALED: SqliteStorage(str(folder / "open.db"), Unsealed(Keys.fresh())),
        }
        self._families = {
            name: Families(storage, library) for name, storage in self._storages.items()
        }
        self._service, self._pocket = service_of(library), Pocket()
        self._vault = Vault(Keys.fresh())
        self._minutes = count(MINUTE)
        self._bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
        self._bare.execute("PRAGMA journal_mode=WAL")
        self._bare.execute("PRAGMA synchronous=FULL")
        self._bare.execute(f"CREATE TABLE conversation ({ROW})")

    async def close(self) -> None:
        self._bare.close()
        for storage in self._storages.values():
            await storage.close()

    async def together(self, group: Sequence[Recorded]) -> Mapping[str, float]:
        """Microseconds of one turn, and of one bare commit."""
        taken = {}
        for name, families in self._families.items():
            lanes = await families.write(group)
            begun = time.perf_counter()
            await asyncio.gather(*map(families.answer, lanes))
            taken[name] = time.perf_counter() - begun
        begun = time.perf_counter()
        for one in group:
            self._pocket.body = one.before
            turn(self._service, cast(Ledger, self._pocket), one.update)
        taken[ENGINE] = time.perf_counter() - begun
        rows = [self._sealed(CHAT + place, one) for place, one in enumerate(group)]
        begun = time.perf_counter()
        for row in rows:
            self._commit(row)
        taken[BARE] = time.perf_counter() - begun
        return {name: one * 1e6 / len(group) for name, one in taken.items()}

    def _sealed(self, chat: int, one: Recorded) -> tuple[bytes, bytes, int, bytes]:
        lane = self._vault.lane(chat)
        body = self._vault.seal("conversation", lane, one.before)
        address = self._vault.seal("address", lane, str(chat).encode())
        # An equal row is not written again: another minute makes it another row.
        return lane, body, next(self._minutes), address

    def _commit(self, row: tuple[bytes, bytes, int, bytes]) -> None:
        self._bare.execute("BEGIN IMMEDIATE")
        self._bare.execute(UPSERT, row)
        self._bare.execute("COMMIT")
