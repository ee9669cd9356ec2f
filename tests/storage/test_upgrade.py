"""A database of version 1 becomes one of today: sealed, whole, with a copy."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import schemas
from bot.storage.base import StorageError
from bot.storage.sealing import Vault
from bot.storage.sqlite import SqliteStorage, migrate
from tests.storage.given import ANSWER, CHAT, NOON, OTHER, read

Rows = list[tuple[object, ...]]
ROWS = "SELECT chat, body, heard FROM conversation ORDER BY chat"


@pytest.fixture
def old(file: str) -> str:
    """Two families, one with a question that stands in its chat."""
    Path(file).parent.mkdir()
    (_, script), *_ = schemas.scripts("sqlite", 0)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(f"{script} PRAGMA user_version = 1;")
        connection.executemany(
            "INSERT INTO conversation (chat, body, heard) VALUES (?, ?, ?)",
            [(CHAT, ANSWER, NOON), (OTHER, b"{}", NOON - 1)],
        )
        connection.execute("INSERT INTO shown VALUES (?, 40, 3)", (CHAT,))
        connection.commit()
    return file


def rows_of(file: str) -> Rows:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(ROWS).fetchall()


def version_of(file: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


async def found(file: str, vault: Vault) -> list[object]:
    """What today's program finds there."""
    storage = SqliteStorage(file, vault)
    kept: list[object] = [await storage.transact(read(chat)) for chat in (CHAT, OTHER)]
    kept.append(await storage.transact(lambda box: box.shown(box.lane(CHAT), 3)))
    await storage.close()
    return kept


WHOLE = [ANSWER, b"{}", 40]


async def test_conversations_and_their_messages_come_along(
    old: str, vault: Vault
) -> None:
    assert await found(old, vault) == WHOLE
    assert version_of(old) == schemas.latest("sqlite")


async def test_nothing_readable_is_left_in_the_database(old: str, vault: Vault) -> None:
    await found(old, vault)
    left = Path(old).read_bytes()
    traces = (ANSWER, CHAT.to_bytes(8, "big"), CHAT.to_bytes(8, "little"))
    assert [trace in left for trace in traces] == [False, False, False]


async def test_the_retention_goes_on_and_nobody_is_called(
    old: str, vault: Vault
) -> None:
    storage = SqliteStorage(old, vault)
    assert await storage.transact(lambda box: box.recent(0, NOON)) == []
    await storage.transact(lambda box: box.forget_older(NOON, 0, 0))
    assert await storage.transact(read()) == ANSWER
    assert await storage.transact(read(OTHER)) is None
    await storage.close()


async def test_a_copy_is_made_that_only_we_may_read(old: str, vault: Vault) -> None:
    before = rows_of(old)
    await found(old, vault)
    copy = f"{old}.version1"
    assert (rows_of(copy), version_of(copy)) == (before, 1)
    assert oct(os.stat(copy).st_mode & 0o777) == "0o600"


async def test_the_copy_is_of_now_and_not_of_an_upgrade_before(
    old: str, vault: Vault
) -> None:
    Path(f"{old}.version1").write_text("an older one")
    Path(f"{old}.version1.new").write_text("half a copy")
    before = rows_of(old)
    await found(old, vault)
    assert rows_of(f"{old}.version1") == before
    assert not Path(f"{old}.version1.new").exists()


async def test_a_database_of_today_is_not_copied(file: str, vault: Vault) -> None:
    for _ in range(2):
        await SqliteStorage(file, vault).close()
    assert list(Path(file).parent.glob("*version*")) == []


async def test_a_program_killed_at_any_statement_goes_on_there(
    old: str, vault: Vault
) -> None:
    start = Path(old).read_bytes()
    before = rows_of(old)
    statement = 1
    while killed(old, vault, statement):
        assert rows_of(old) == before
        assert await found(old, vault) == WHOLE
        assert rows_of(f"{old}.version1") == before
        for one in Path(old).parent.iterdir():
            one.unlink()
        Path(old).write_bytes(start)
        statement += 1
    assert statement > 10


def killed(file: str, vault: Vault, statement: int) -> bool:
    """Whether there is such a statement; the program that upgrades dies before it."""
    child = os.fork()
    if not child:
        try:
            upgrade_until(file, vault, statement)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def upgrade_until(file: str, vault: Vault, statement: int) -> None:
    left = statement

    def count(_: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.set_trace_callback(count)
    migrate(connection, file, vault)


async def test_an_upgrade_without_room_changes_nothing(old: str, vault: Vault) -> None:
    before = rows_of(old)
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StorageError, match="full"):
            migrate(connection, old, vault)
    assert (rows_of(old), version_of(old)) == (before, 1)
    assert await found(old, vault) == WHOLE


def test_a_database_of_a_newer_program_is_refused(old: str, vault: Vault) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError, match="newer program"):
        SqliteStorage(old, vault)
    assert len(rows_of(old)) == 2
