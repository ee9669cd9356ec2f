"""What SQLite adds to the contract: a file of one program, with nothing left in it."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.base import Ledger, StorageError
from bot.storage.sealing import Keys, Vault
from bot.storage.sqlite import SqliteStorage
from tests.storage.given import (
    ANSWER,
    CHAT,
    NOON,
    OTHER,
    arrive,
    kept,
    plain,
    question,
    read,
    shown,
    wait,
)


@pytest.fixture
async def storage(file: str, vault: Vault) -> AsyncIterator[SqliteStorage]:
    opened = SqliteStorage(file, vault, holder="de laptop")
    yield opened
    await opened.close()


def rows(file: str, table: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count)


def everything(file: str) -> bytes:
    return b"".join(one.read_bytes() for one in sorted(Path(file).parent.iterdir()))


async def test_everything_survives_the_end_of_the_program(
    storage: SqliteStorage, file: str, vault: Vault
) -> None:
    await storage.transact(arrive(8))
    await storage.transact(kept())
    await storage.transact(lambda ledger: ledger.send([question(3)]))
    await storage.close()
    again = SqliteStorage(file, vault)
    assert await again.transact(read()) == ANSWER
    assert await again.transact(wait()) == [8]
    assert len(await again.transact(lambda box: box.lease(box.lane(CHAT)))) == 1
    await again.close()


# --- trouble -----------------------------------------------------------------------


async def test_trouble_with_the_disk_is_one_exception_and_undoes_all_turns(
    storage: SqliteStorage,
) -> None:
    def full(ledger: Ledger) -> None:
        ledger.keep(CHAT, b"half", NOON)
        raise sqlite3.OperationalError("database or disk is full")

    together = storage.transact(kept(chat=OTHER)), storage.transact(full)
    found = await asyncio.gather(*together, return_exceptions=True)
    assert [str(one) for one in found] == ["OperationalError"] * 2
    assert [type(one) for one in found] == [StorageError] * 2
    assert await storage.transact(read()) is None
    assert await storage.transact(read(OTHER)) is None


async def test_a_locked_database_is_waited_for(
    storage: SqliteStorage, file: str
) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as outside:
        outside.execute("BEGIN IMMEDIATE")
        keeping = asyncio.create_task(storage.transact(kept()))
        await asyncio.sleep(0)
        assert not keeping.done()
        outside.execute("ROLLBACK")
        await keeping
    assert await storage.transact(read()) == ANSWER


# --- the file ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        pytest.param("journal_mode", "wal", id="readers do not wait"),
        pytest.param("synchronous", 2, id="a power cut loses nothing"),
        pytest.param("secure_delete", 1, id="what is deleted is overwritten"),
        pytest.param("trusted_schema", 0, id="a strange schema runs no functions"),
    ],
)
async def test_the_file_is_safe(
    storage: SqliteStorage, pragma: str, value: object
) -> None:
    def work(ledger: Ledger) -> tuple[object]:
        found: tuple[object] = ledger._run(f"PRAGMA {pragma}").fetchone()  # type: ignore[attr-defined]
        return found

    assert await storage.transact(work) == (value,)


async def test_nobody_else_may_read_the_files(
    storage: SqliteStorage, file: str
) -> None:
    await storage.transact(kept())
    found = {
        one.name: oct(one.stat().st_mode & 0o077) for one in Path(file).parent.iterdir()
    }
    assert set(found.values()) == {"0o0"}


async def test_a_second_program_hears_the_name_of_the_first(
    storage: SqliteStorage, file: str, vault: Vault
) -> None:
    with pytest.raises(StorageError, match=r"another program \(de laptop\) is using"):
        SqliteStorage(file, vault, holder="another")
    await storage.close()
    await SqliteStorage(file, vault).close()


async def test_a_start_that_failed_does_not_stand_in_the_way(
    storage: SqliteStorage, file: str, vault: Vault
) -> None:
    await storage.close()
    with pytest.raises(StorageError, match="other keys") as refused:
        SqliteStorage(file, Vault(Keys.fresh()))
    await SqliteStorage(file, vault).close()
    assert refused.value  # the error, and all that it holds on to, is still here


def test_a_file_of_something_else_is_refused(tmp_path: Path, vault: Vault) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Geachte heer, mevrouw, " * 99)
    with pytest.raises(StorageError, match="not a database"):
        SqliteStorage(str(letter), vault)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"drempel\.db: "):
        SqliteStorage(str(tmp_path / "file" / "drempel.db"), vault)


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "drempel.db").mkdir()
    with pytest.raises(StorageError, match=r"drempel\.db: "):
        SqliteStorage(str(tmp_path / "drempel.db"), vault)


# --- forgetting --------------------------------------------------------------------


def sealed(file: str, table: str) -> Iterator[bytes]:
    with closing(sqlite3.connect(file)) as connection:
        for (body,) in connection.execute(f"SELECT body FROM {table}"):
            yield bytes(body)


async def test_of_a_family_that_left_no_byte_remains(
    storage: SqliteStorage, file: str
) -> None:
    def all_of_it(ledger: Ledger) -> None:
        ledger.keep(CHAT, ANSWER, NOON)
        shown(ledger, question(3), 40)
        ledger.send([plain(ANSWER)])

    await storage.transact(all_of_it)
    bodies = [*sealed(file, "conversation"), *sealed(file, "outbox")]
    lane = await storage.transact(lambda ledger: ledger.lane(CHAT))
    await storage.transact(lambda ledger: ledger.leave(lane))
    await storage.scrub()
    found = everything(file)
    assert [one in found for one in (*bodies, lane)] == [False, False, False]


async def test_of_a_processed_update_only_the_id_remains(
    storage: SqliteStorage, file: str
) -> None:
    await storage.transact(arrive(8, body=ANSWER))
    (body,) = sealed(file, "inbox")
    await storage.transact(lambda box: box.processed(box.waiting(box.lane(CHAT), 1)[0]))
    await storage.scrub()
    assert body not in everything(file)
    assert rows(file, "inbox") == 1


async def test_an_older_conversation_is_overwritten(
    storage: SqliteStorage, file: str
) -> None:
    await storage.transact(kept(b"older" * 999))
    (body,) = sealed(file, "conversation")
    await storage.transact(kept(b"newer"))
    await storage.scrub()
    found = everything(file)
    left = [at for at in range(0, len(body), 64) if body[at : at + 64] in found]
    assert left == []


async def test_the_log_is_empty_after_scrubbing(
    storage: SqliteStorage, file: str
) -> None:
    await storage.transact(kept())
    assert os.path.getsize(f"{file}-wal") > 0
    await storage.scrub()
    assert os.path.getsize(f"{file}-wal") == 0
