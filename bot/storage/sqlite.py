"""SQLite: one writer thread; transactions that wait together are committed together."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from bot.storage.base import Ledger, Outgoing, StorageError, T, Waiting

TOGETHER = 64
REMEMBER_SECONDS = 48 * 3600
BUSY_SECONDS = 30.0

Job = tuple[Callable[[Ledger], Any], asyncio.Future[Any]]


class SqliteLedger:
    """The statements of one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._run_all = connection.executemany

    def receive(self, updates: Iterable[Waiting]) -> int:
        now = int(time.time())
        self._run(
            "DELETE FROM inbox WHERE received < ? AND body IS NULL",
            (now - REMEMBER_SECONDS,),
        )
        rows = [(one.update_id, now, one.body) for one in updates]
        return self._run_all(
            "INSERT OR IGNORE INTO inbox (update_id, received, body) VALUES (?, ?, ?)",
            rows,
        ).rowcount

    def waiting(self, most: int) -> list[Waiting]:
        rows = self._run(
            "SELECT update_id, body FROM inbox WHERE body IS NOT NULL"
            " ORDER BY arrival LIMIT ?",
            (most,),
        )
        return [Waiting(update_id, body) for update_id, body in rows]

    def processed(self, update_id: int) -> None:
        self._run("UPDATE inbox SET body = NULL WHERE update_id = ?", (update_id,))

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

    def forget_older(self, minute: int) -> int:
        self._run(
            "DELETE FROM posted WHERE chat IN"
            " (SELECT chat FROM conversation WHERE heard < ?)",
            (minute,),
        )
        return self._run("DELETE FROM conversation WHERE heard < ?", (minute,)).rowcount

    def send(self, calls: Iterable[Outgoing]) -> None:
        self._run_all(
            "INSERT INTO outbox (lane, method, body, posts, edits)"
            " VALUES (?, ?, ?, ?, ?)",
            [(c.lane, c.method, c.body, c.posts, c.edits) for c in calls],
        )

    def outgoing(self, after: int, most: int) -> list[Outgoing]:
        rows = self._run(
            "SELECT lane, method, body, posts, edits, id FROM outbox WHERE id > ?"
            " ORDER BY id LIMIT ?",
            (after, most),
        )
        return [Outgoing(*row) for row in rows]

    def sent(self, call: Outgoing, message: int | None) -> None:
        self._run("DELETE FROM outbox WHERE id = ?", (call.id,))
        if message is not None and call.posts:
            self._run(
                "INSERT INTO posted (chat, turn, message) VALUES (?, ?, ?)"
                " ON CONFLICT (chat) DO UPDATE SET turn = excluded.turn,"
                " message = excluded.message",
                (call.lane, call.posts, message),
            )

    def posted(self, chat: int) -> tuple[int, int] | None:
        row = self._run("SELECT turn, message FROM posted WHERE chat = ?", (chat,))
        found: tuple[int, int] | None = row.fetchone()
        return found


class SqliteStorage:
    """A file, or `:memory:` for a conversation that nobody keeps."""

    def __init__(self, path: str) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
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
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            return [(job, StorageError(type(trouble).__name__)) for job in jobs]
        return results

    def _attempt(self, ledger: Ledger, job: Job) -> Any:
        run = self._connection.execute
        run("SAVEPOINT job")
        try:
            result = job[0](ledger)
        except sqlite3.Error:
            raise
        except Exception as trouble:
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


def _opened(path: str) -> sqlite3.Connection:
    """Durable through a power cut (synchronous=FULL); deleted data is overwritten."""
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(
            path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "trusted_schema=OFF",
        ):
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
