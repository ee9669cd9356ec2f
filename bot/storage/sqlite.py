"""SQLite: one writer thread; transactions that wait together are committed together."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from bot.storage.base import Ledger, Outgoing, StorageError, T, Waiting

TOGETHER = 64
REMEMBER_MINUTES = 48 * 60
BUSY_SECONDS = 30.0
MEMORY = ":memory:"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "trusted_schema=OFF",
)
BUGS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError)
"""Errors of one job; any other is trouble with the file, and with all jobs."""

Job = tuple[Callable[[Ledger], Any], asyncio.Future[Any]]


class SqliteLedger:
    """The statements of one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._run_all = connection.executemany

    def receive(self, updates: Iterable[Waiting], minute: int) -> None:
        self._run(
            "DELETE FROM inbox WHERE received < ? AND body IS NULL",
            (minute - REMEMBER_MINUTES,),
        )
        self._run_all(
            "INSERT OR IGNORE INTO inbox (update_id, received, body) VALUES (?, ?, ?)",
            [(one.update_id, minute, one.body) for one in updates],
        )

    def waiting(self, most: int) -> list[Waiting]:
        rows = self._run(
            "SELECT update_id, body FROM inbox WHERE body IS NOT NULL"
            " ORDER BY arrival LIMIT ?",
            (most,),
        )
        return [Waiting(update_id, body) for update_id, body in rows]

    def processed(self, update_id: int) -> bool:
        changed = self._run(
            "UPDATE inbox SET body = NULL WHERE update_id = ? AND body IS NOT NULL",
            (update_id,),
        )
        return changed.rowcount == 1

    def conversation(self, chat: int) -> bytes | None:
        row = self._run("SELECT body FROM conversation WHERE chat = ?", (chat,))
        found: tuple[bytes] | None = row.fetchone()
        return found[0] if found else None

    def keep(self, chat: int, conversation: bytes, heard: int) -> None:
        self._run(
            "INSERT INTO conversation (chat, body, heard) VALUES (?, ?, ?)"
            " ON CONFLICT (chat) DO UPDATE SET body = excluded.body,"
            " heard = excluded.heard",
            (chat, conversation, heard),
        )

    def forget(self, chat: int) -> None:
        self._run("DELETE FROM conversation WHERE chat = ?", (chat,))

    def leave(self, chat: int) -> None:
        self.forget(chat)
        self._run("DELETE FROM outbox WHERE lane = ?", (chat,))
        self._run("DELETE FROM shown WHERE chat = ?", (chat,))

    def forget_older(self, minute: int) -> None:
        self._run("DELETE FROM conversation WHERE heard < ?", (minute,))
        self._run("DELETE FROM shown WHERE chat NOT IN (SELECT chat FROM conversation)")

    def send(self, calls: Iterable[Outgoing]) -> None:
        self._run_all(
            "INSERT INTO outbox (lane, method, body, posts, edits, closes)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(c.lane, c.method, c.body, c.posts, c.edits, c.closes) for c in calls],
        )

    def outgoing(self, after: int, most: int) -> list[Outgoing]:
        rows = self._run(
            "SELECT lane, method, body, posts, edits, closes, id FROM outbox"
            " WHERE id > ? ORDER BY id LIMIT ?",
            (after, most),
        )
        return [
            Outgoing(lane, method, body, posts, edits, bool(closes), id)
            for lane, method, body, posts, edits, closes, id in rows
        ]

    def sent(self, call: Outgoing, message: int | None) -> list[int]:
        self._run("DELETE FROM outbox WHERE id = ?", (call.id,))
        if call.edits:
            self._run(
                "DELETE FROM shown WHERE chat = ? AND turn = ?", (call.lane, call.edits)
            )
        if message is None:
            return []
        closed = self._closed(call.lane) if call.closes else []
        if call.posts is not None:
            self._run(
                "INSERT OR REPLACE INTO shown (chat, message, turn) VALUES (?, ?, ?)",
                (call.lane, message, call.posts),
            )
        return closed

    def _closed(self, chat: int) -> list[int]:
        rows = self._run(
            "DELETE FROM shown WHERE chat = ? RETURNING message", (chat,)
        ).fetchall()
        return [message for (message,) in rows]

    def shown(self, chat: int, turn: int) -> int | None:
        row = self._run(
            "SELECT max(message) FROM shown WHERE chat = ? AND turn = ?", (chat, turn)
        )
        found: tuple[int | None] = row.fetchone()
        return found[0]


class SqliteStorage:
    """A file, or `:memory:` for a conversation that nobody keeps."""

    def __init__(self, path: str) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._alone = _alone(path)
        self._connection = _opened(path)
        self._thread = Thread(target=self._work, name="storage", daemon=True)
        self._thread.start()

    async def transact(self, work: Callable[[Ledger], T]) -> T:
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put((work, done))
        return await done

    async def close(self) -> None:
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        self._connection.close()
        self._alone.close()

    def _work(self) -> None:
        ledger = SqliteLedger(self._connection)
        while (job := self._jobs.get()) is not None:
            jobs, ended = _together(self._jobs, job)
            _deliver(self._commit(ledger, jobs))
            if ended:
                return

    def _commit(self, ledger: Ledger, jobs: list[Job]) -> list[tuple[Job, Any]]:
        """Each job in its own savepoint, all of them in one commit."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            results = [(job, self._attempt(ledger, job)) for job in jobs]
            self._connection.execute("COMMIT")
        except sqlite3.Error as trouble:
            self._roll_back()
            return [(job, StorageError(type(trouble).__name__)) for job in jobs]
        return results

    def _roll_back(self) -> None:
        # A full disk ends the transaction by itself; then there is nothing to undo.
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")

    def _attempt(self, ledger: Ledger, job: Job) -> Any:
        """What the job gives, or the exception that it alone has to bear."""
        run = self._connection.execute
        run("SAVEPOINT job")
        try:
            result = job[0](ledger)
        except Exception as trouble:
            if isinstance(trouble, sqlite3.Error) and not isinstance(trouble, BUGS):
                raise
            run("ROLLBACK TO job")
            result = trouble
        run("RELEASE job")
        return result


def _together(jobs: "SimpleQueue[Job | None]", first: Job) -> tuple[list[Job], bool]:
    found = [first]
    while len(found) < TOGETHER:
        try:
            job = jobs.get_nowait()
        except Empty:
            break
        if job is None:
            return found, True
        found.append(job)
    return found, False


def _deliver(results: list[tuple[Job, Any]]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Job, Any]]] = {}
    for job, result in results:
        by_loop.setdefault(job[1].get_loop(), []).append((job, result))
    for loop, ready in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, ready)


def _settle(results: list[tuple[Job, Any]]) -> None:
    for (_, done), result in results:
        if done.cancelled():
            continue
        if isinstance(result, Exception):
            done.set_exception(result)
        else:
            done.set_result(result)


def _alone(path: str) -> sqlite3.Connection:
    """A lock beside the database, held for as long as this program lives.

    Two programs would both send what waits in the outbox.
    """
    lock = path if path == MEMORY else f"{path}.lock"
    try:
        Path(lock).parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(lock, timeout=0, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
    except OSError as trouble:
        raise StorageError(f"{path}: {trouble.strerror}") from trouble
    except sqlite3.Error as trouble:
        in_use = getattr(trouble, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY
        said = "another program is using it; only one may run" if in_use else trouble
        raise StorageError(f"{path}: {said}") from trouble
    return connection


def _opened(path: str) -> sqlite3.Connection:
    """Durable through a power cut (synchronous=FULL); deleted data is overwritten."""
    if path != MEMORY:
        # Only for the one who runs the bot; SQLite gives its other files the same.
        Path(path).touch(mode=0o600)
    try:
        connection = sqlite3.connect(
            path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        _migrate(connection)
    except sqlite3.Error as trouble:
        raise StorageError(f"{path}: {trouble}") from trouble
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    """Run the numbered schema files that this database has not seen."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    folder = files("bot.storage").joinpath("schema")
    scripts = sorted(one.name for one in folder.iterdir() if one.name.endswith(".sql"))
    if version > len(scripts):
        raise StorageError("this database was written by a newer program")
    for number, name in enumerate(scripts[version:], start=version + 1):
        script = folder.joinpath(name).read_text(encoding="utf-8")
        connection.executescript(
            f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;"
        )
