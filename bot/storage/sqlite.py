"""SQLite: one file, or `:memory:` for a conversation that nobody keeps."""

import asyncio
import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from bot.storage import schemas
from bot.storage.base import SHARED_LANE, StorageError
from bot.storage.ledger import NOTE, SqlLedger
from bot.storage.sealing import Keys, Vault
from bot.storage.writer import TroubleError, Writer

BUSY_SECONDS = 30.0
SCRUB_TRIES, SCRUB_PAUSE = 10, 0.1
MEMORY = ":memory:"
DIALECT = "sqlite"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "trusted_schema=OFF",
)
BUGS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)
"""Errors of one job; any other is trouble with the file, and with all jobs."""


class SqliteStorage(Writer):
    """A file with a program of its own: a second one is refused."""

    shared = False

    def __init__(self, path: str, vault: Vault, *, holder: str = "") -> None:
        self._path = path
        self._scrubbing = asyncio.Lock()
        with contextlib.ExitStack() as unless_ready:
            self._alone = _alone(path)
            unless_ready.callback(self._alone.close)
            connection = _opened(path)
            unless_ready.callback(connection.close)
            migrate(connection, path, vault)
            ledger = SqlLedger(connection.execute, vault)
            _begin(connection, path, ledger, holder)
            unless_ready.pop_all()
        super().__init__(SqliteConnection(connection, ledger))

    async def scrub(self) -> None:
        """Nothing that was deleted stays in the write-ahead log."""
        if self._path == MEMORY:
            return
        # Only one checkpoint runs at a time; the writer may be at one of its own.
        async with self._scrubbing:
            for _ in range(SCRUB_TRIES):
                if await asyncio.to_thread(_truncated, self._path):
                    return
                await asyncio.sleep(SCRUB_PAUSE)
        raise StorageError("busy; what was deleted is not yet overwritten")

    async def close(self) -> None:
        await super().close()
        self._alone.close()


def conversations(path: str, vault: Vault) -> list[bytes]:
    """All that are kept, also while the bot runs. Raises StorageError."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)
        ) as connection:
            return list(SqlLedger(connection.execute, vault).conversations())
    except sqlite3.Error as trouble:
        raise StorageError(f"{path}: {type(trouble).__name__}") from None


def in_memory() -> SqliteStorage:
    """Kept by nobody, sealed with keys that nobody has."""
    return SqliteStorage(MEMORY, Vault(Keys.fresh()))


class SqliteConnection:
    """`writer.Connection` for SQLite."""

    def __init__(self, connection: sqlite3.Connection, ledger: SqlLedger) -> None:
        self._connection = connection
        self.ledger = ledger

    def begin(self) -> None:
        self._run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self._run("COMMIT")

    def roll_back(self) -> None:
        # A full disk ends the transaction by itself; then there is nothing to undo.
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")

    def save(self) -> None:
        self._run("SAVEPOINT job")

    def undo(self) -> None:
        self._run("ROLLBACK TO job")

    def done(self) -> None:
        self._run("RELEASE job")

    def is_trouble(self, error: Exception) -> bool:
        return isinstance(error, sqlite3.Error) and not isinstance(error, BUGS)

    def close(self) -> None:
        self._connection.close()

    def _run(self, statement: str) -> None:
        try:
            self._connection.execute(statement)
        except sqlite3.Error as trouble:
            raise TroubleError(type(trouble).__name__) from None


def _alone(path: str) -> sqlite3.Connection:
    """A lock beside the database, held for as long as this program lives.

    Two programs would both send what waits in the outbox.
    """
    lock = path if path == MEMORY else f"{path}.lock"
    try:
        if path != MEMORY:
            Path(lock).parent.mkdir(parents=True, exist_ok=True)
            Path(lock).touch(mode=0o600)  # who may read it could lock us out
        connection = sqlite3.connect(lock, timeout=0, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
    except OSError as trouble:
        raise StorageError(f"{path}: {trouble.strerror}") from trouble
    except sqlite3.Error as trouble:
        in_use = getattr(trouble, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY
        said = _in_use(path) if in_use else trouble
        raise StorageError(f"{path}: {said}") from trouble
    return connection


def _in_use(path: str) -> str:
    name = ""
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as other,
    ):
        found = other.execute(NOTE, (SHARED_LANE, "holder")).fetchone()
        name = f" ({found[0]})" if found and found[0] else ""
    return f"another program{name} is using it; only one may run"


def _begin(
    connection: sqlite3.Connection, path: str, ledger: SqlLedger, holder: str
) -> None:
    try:
        ledger.check_keys()
        _sign(connection, holder)
    except sqlite3.Error as trouble:
        raise StorageError(f"{path}: {trouble}") from None


def _sign(connection: sqlite3.Connection, holder: str) -> None:
    """Who has the database, for the one that comes second; older duties are over."""
    connection.execute("DELETE FROM program WHERE name IN ('holder', 'polling')")
    connection.execute(
        "INSERT INTO program (lane, name, holder, until) VALUES (?, 'holder', ?, 0)",
        (SHARED_LANE, holder),
    )


def _opened(path: str) -> sqlite3.Connection:
    """Durable through a power cut (synchronous=FULL); deleted data is overwritten."""
    try:
        if path != MEMORY:
            # Only for the one who runs the bot; SQLite gives its other files the same.
            Path(path).touch(mode=0o600)
        connection = sqlite3.connect(
            path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except (OSError, sqlite3.Error) as trouble:
        raise StorageError(f"{path}: {trouble}") from trouble
    return connection


def migrated(path: str, vault: Vault) -> list[int]:
    """Bring a file up to date that no program uses. Raises StorageError."""
    with contextlib.closing(_alone(path)), contextlib.closing(_opened(path)) as file:
        return migrate(file, path, vault)


def migrate(connection: sqlite3.Connection, path: str, vault: Vault) -> list[int]:
    """Run the schema files that this database has not seen; the numbers of these.

    Each is one transaction with its number, so that a program that dies in the
    middle goes on there. A database that holds something is copied first.
    """
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        new = schemas.scripts(DIALECT, version)
        if version and new:
            _back_up(connection, path, version)
        connection.create_function("lane", 1, vault.lane)
        connection.create_function("sealed", 2, _sealed(vault))
        for number, script in new:
            connection.executescript(
                f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;"
            )
    except (OSError, sqlite3.Error) as trouble:
        raise StorageError(f"{path}: {trouble}") from trouble
    return [number for number, _ in new]


def _sealed(vault: Vault) -> Callable[[int, bytes], bytes]:
    return lambda chat, body: vault.seal("conversation", vault.lane(chat), body)


def _back_up(connection: sqlite3.Connection, path: str, version: int) -> None:
    """Under its own name only when it is whole, and newer than any before it."""
    copy = Path(f"{path}.version{version}")
    unfinished = copy.with_name(copy.name + ".new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    connection.execute("VACUUM INTO ?", (str(unfinished),))
    with unfinished.open("rb") as whole:
        os.fsync(whole)  # SQLite leaves that to us
    unfinished.replace(copy)


def _truncated(path: str) -> bool:
    """False while somebody else is at a checkpoint, or reads an older state."""
    try:
        with contextlib.closing(
            sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        ) as connection:
            found = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as trouble:
        raise StorageError(type(trouble).__name__) from trouble
    return not found[0]
