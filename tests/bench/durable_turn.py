"""A whole turn in one transaction on disk, beside a bare commit of the same row."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from bot.conversation.engine import minutes
from bot.storage.base import Ledger, Waiting
from bot.storage.sqlite import SqliteStorage
from tests.bench import flows
from tests.bench.table import Goal, Row, percentile
from tests.bench.walk import (
    CHAT,
    FIRST_UPDATE,
    MOMENT,
    Recorded,
    recorded,
    service_of,
    turn,
)

TURNS, TOGETHER = 320, 16
MINUTE = minutes(MOMENT)
NEAR_BARE = Goal("≤", 1.3)
UPSERT = (
    "INSERT INTO conversation (chat, body, heard) VALUES (?, ?, ?)"
    " ON CONFLICT (chat) DO UPDATE SET body = excluded.body, heard = excluded.heard"
)
BARE = "bare upsert and commit of that row"


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
    return [
        _row("durable turn, alone", alone, 0.5, NEAR_BARE),
        _row("durable turn, alone, p99", alone, 0.99),
        _row(f"durable turn, {TOGETHER} at once, each", crowd, 0.5, NEAR_BARE),
    ]


def _row(
    what: str,
    times: Sequence[tuple[float, float]],
    share: float,
    goal: Goal | None = None,
) -> Row:
    ours = percentile((one for one, _ in times), share)
    bare = percentile((one for _, one in times), share)
    return Row(what, ours, "µs", bare, BARE, goal)


class Disk:
    """Our storage and a bare SQLite file in the same folder."""

    def __init__(self, folder: Path) -> None:
        self.service = service_of(flows.shipped())
        self.turns = recorded(self.service.library, TURNS)
        self.storage = SqliteStorage(str(folder / "ours.db"))
        self.numbers = count(FIRST_UPDATE)
        self.minutes = count(MINUTE)
        self.bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
        self.bare.execute("PRAGMA journal_mode=WAL")
        self.bare.execute("PRAGMA synchronous=FULL")
        self.bare.execute(
            "CREATE TABLE conversation"
            " (chat INTEGER PRIMARY KEY, body BLOB NOT NULL, heard INTEGER NOT NULL)"
        )

    async def close(self) -> None:
        self.bare.close()
        await self.storage.close()

    async def together(self, group: Sequence[Recorded]) -> tuple[float, float]:
        """Microseconds of one turn of ours, and of one bare commit."""
        waiting = await self._arrived(group)
        begun = time.perf_counter()
        await asyncio.gather(*(self._turn(one) for one in waiting))
        between = time.perf_counter()
        for place, one in enumerate(group):
            self._commit(CHAT + place, one.before)
        ended = time.perf_counter()
        each = 1e6 / len(group)
        return (between - begun) * each, (ended - between) * each

    async def _arrived(self, group: Sequence[Recorded]) -> list[Waiting]:
        """Updates kept as the poller keeps them, each of another family."""
        waiting = [
            Waiting(next(self.numbers), one.said_by(CHAT + place).update)
            for place, one in enumerate(group)
        ]

        def work(ledger: Ledger) -> None:
            ledger.receive(waiting, MINUTE)
            for place, one in enumerate(group):
                ledger.keep(CHAT + place, one.before, MINUTE)

        await self.storage.transact(work)
        return waiting

    async def _turn(self, one: Waiting) -> None:
        def work(ledger: Ledger) -> None:
            turn(self.service, ledger, one.body)
            ledger.processed(one.update_id)

        await self.storage.transact(work)

    def _commit(self, chat: int, body: bytes) -> None:
        # An equal row is not written again: another minute makes it another row.
        self.bare.execute("BEGIN IMMEDIATE")
        self.bare.execute(UPSERT, (chat, body, next(self.minutes)))
        self.bare.execute("COMMIT")
