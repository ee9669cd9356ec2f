"""A disk that fills up at any write: no half turn, and no restart afterwards."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.storage.base import Ledger, StorageError
from bot.storage.sealing import Vault
from bot.storage.sqlite import SqliteStorage
from tests.storage.given import (
    CHAT,
    NOON,
    OTHER,
    aside,
    plain,
    question,
    read,
    shown,
    updates,
)

ROOM = 10**6
LONG = b"x" * 40_000
"""About ten pages."""


@pytest.fixture
async def storage(file: str, vault: Vault) -> AsyncIterator[SqliteStorage]:
    opened = SqliteStorage(file, vault)
    yield opened
    await opened.close()


def pragma(ledger: Ledger, words: str) -> int:
    (value,) = ledger._run(f"PRAGMA {words}").fetchone()  # type: ignore[attr-defined]
    return int(value)


def room_for(pages: int) -> Any:
    """The disk has room for so many more pages."""

    def work(ledger: Ledger) -> int:
        free = pragma(ledger, "page_count") + pages
        return pragma(ledger, f"max_page_count = {free}")

    return work


def turn(ledger: Ledger) -> None:
    """One that writes to every table."""
    ledger.receive(updates(ledger, 8, 9, body=LONG), NOON)
    ledger.processed(ledger.waiting(ledger.lane(CHAT), 1)[0])
    ledger.keep(CHAT, LONG, NOON)
    shown(ledger, question(3), 40)
    ledger.send([plain(LONG), aside(LONG)])
    ledger.note_message(CHAT, 41, NOON)


def state(ledger: Ledger) -> list[object]:
    lane = ledger.lane(CHAT)
    return [
        ledger.waiting(lane, 9),
        ledger.conversation(CHAT),
        ledger.lease(lane),
        ledger.messages(lane, 0),
        ledger.conversation(OTHER),
    ]


async def test_a_full_disk_leaves_no_half_turn_and_is_recovered_from(
    storage: SqliteStorage,
) -> None:
    nothing = await storage.transact(state)
    pages = 0
    while await is_full(storage, pages):
        assert await storage.transact(state) == nothing
        pages += 1
    assert pages > 8
    assert await storage.transact(read()) == LONG
    assert await storage.transact(read(OTHER)) == b"a neighbour"


async def is_full(storage: SqliteStorage, pages: int) -> bool:
    """Two turns in one transaction, with room for so many pages."""
    await storage.transact(room_for(pages))
    together = (
        storage.transact(lambda ledger: ledger.keep(OTHER, b"a neighbour", NOON)),
        storage.transact(turn),
    )
    found = await asyncio.gather(*together, return_exceptions=True)
    assert {type(one) for one in found} in ({StorageError}, {type(None)})
    return isinstance(found[0], StorageError)


async def test_when_there_is_room_again_all_goes_on(storage: SqliteStorage) -> None:
    await storage.transact(room_for(0))
    for _ in range(3):
        with pytest.raises(StorageError):
            await storage.transact(turn)
    await storage.transact(room_for(ROOM))
    await storage.transact(turn)
    assert await storage.transact(read()) == LONG


async def test_a_full_disk_can_still_forget(storage: SqliteStorage) -> None:
    await storage.transact(turn)
    await storage.transact(room_for(0))
    await storage.transact(lambda ledger: ledger.leave(ledger.lane(CHAT)))
    await storage.scrub()
    assert await storage.transact(read()) is None
