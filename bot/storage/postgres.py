"""PostgreSQL: any number of programs on any number of machines share one database.

A turn locks its lane for one transaction; who sends for a lane holds a lease. What a
program that died had begun is taken over by another one.
"""

import contextlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import psycopg

from bot.storage import schemas
from bot.storage.base import Outgoing, StorageError, Waiting
from bot.storage.ledger import Run, SqlLedger
from bot.storage.sealing import Vault
from bot.storage.writer import TroubleError, Writer

DIALECT = "postgres"
CONNECT_SECONDS = 5
IDLE_SECONDS = 10
"""A transaction in which nothing happens for so long is ended by the server."""

LEASE_SECONDS = 30
NOW = "extract(epoch FROM statement_timestamp())::bigint"
"""The server's clock: those of the programs may differ."""

SESSION = (
    f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'",
    "SET lock_timeout = '5s'",
    "SET statement_timeout = '30s'",
)
HOLD = "SELECT sender, until FROM turn WHERE lane = ? FOR UPDATE SKIP LOCKED"
BEGIN_LANE = (
    "INSERT INTO turn (lane, sender, until) VALUES (?, NULL, 0)"
    " ON CONFLICT (lane) DO NOTHING"
)
LEASE = (
    f"UPDATE turn SET sender = ?, until = {NOW} + {LEASE_SECONDS}"
    f" WHERE lane = ? AND (sender IS NULL OR sender = ? OR until < {NOW})"
)
SENDER = "SELECT sender FROM turn WHERE lane = ?"
RENEW = (
    f"UPDATE turn SET until = {NOW} + {LEASE_SECONDS}"
    " WHERE lane = ANY(?) AND sender = ?"
)
RELEASE = (
    "UPDATE turn SET sender = NULL WHERE lane = ? AND sender = ? AND NOT EXISTS"
    " (SELECT 1 FROM outbox WHERE outbox.lane = turn.lane)"
)
UNSENT_LANES = (
    "SELECT DISTINCT outbox.lane FROM outbox LEFT JOIN turn ON turn.lane = outbox.lane"
    f" WHERE turn.sender IS NULL OR turn.until < {NOW} LIMIT ?"
)
IDLE_LANES = (
    "DELETE FROM turn WHERE sender IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.lane = turn.lane)"
    " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.lane = turn.lane)"
)
EVERY_LANE = (UNSENT_LANES, IDLE_LANES)
VERSION = "SELECT version FROM schema_version"
TROUBLE = (
    psycopg.OperationalError,
    psycopg.InternalError,
    psycopg.errors.InFailedSqlTransaction,
)


class SharedLedger(SqlLedger):
    """The statements, with a lock for each turn and a lease for who sends."""

    lock, lock_free = " FOR UPDATE", " FOR UPDATE SKIP LOCKED"

    def __init__(self, run: Run, vault: Vault, program: str) -> None:
        super().__init__(run, vault)
        self._program = program

    def _received(self, one: Waiting, minute: int) -> bool:
        self._run(BEGIN_LANE, (one.lane,))
        return super()._received(one, minute)

    def hold(self, lane: bytes) -> bool:
        return self._run(HOLD, (lane,)).fetchone() is not None

    def unsent_lanes(self, most: int) -> list[bytes]:
        return [lane for (lane,) in self._run(UNSENT_LANES, (most,)).fetchall()]

    def lease(self, lane: bytes, fresh: Sequence[Outgoing] = ()) -> list[Outgoing]:
        self._run(BEGIN_LANE, (lane,))
        (before,) = self._run(SENDER, (lane,)).fetchone()
        taken = self._run(LEASE, (self._program, lane, self._program))
        if taken.rowcount == 0:
            return []
        return list(fresh) if before == self._program else self.unsent(lane)

    def renew(self, lanes: Sequence[bytes]) -> None:
        self._run(RENEW, (list(lanes), self._program))

    def release(self, lane: bytes) -> list[Outgoing]:
        if self._run(RELEASE, (lane, self._program)).rowcount:
            return []
        return self.unsent(lane)

    def forget_older(self, conversations: int, others: int, addresses: int) -> None:
        super().forget_older(conversations, others, addresses)
        self._run(IDLE_LANES)


class PostgresStorage(Writer):
    """One connection of one program. `program` is a name no other one has."""

    shared = True

    def __init__(self, url: str, vault: Vault, *, program: str) -> None:
        super().__init__(PostgresConnection(url, vault, program))


class PostgresConnection:
    """`writer.Connection` for PostgreSQL; it connects again when it was cut off."""

    def __init__(self, url: str, vault: Vault, program: str) -> None:
        self._url = url
        self._vault = vault
        self._program = program
        self._connection = _connected(url)
        self.ledger = self._ledger()
        _check_version(self._connection)
        with self._connection.transaction():
            self.ledger.check_keys()

    def begin(self) -> None:
        if self._connection.closed:
            try:
                self._connection = _connected(self._url)
            except StorageError as trouble:
                raise TroubleError(str(trouble)) from None
            self.ledger = self._ledger()
        self._run("BEGIN")

    def commit(self) -> None:
        self._run("COMMIT")

    def roll_back(self) -> None:
        with contextlib.suppress(psycopg.Error):
            self._connection.execute("ROLLBACK")

    def save(self) -> None:
        self._run("SAVEPOINT job")

    def undo(self) -> None:
        self._run("ROLLBACK TO SAVEPOINT job")

    def done(self) -> None:
        self._run("RELEASE SAVEPOINT job")

    def is_trouble(self, error: Exception) -> bool:
        return isinstance(error, TROUBLE)

    def close(self) -> None:
        self._connection.close()

    def _ledger(self) -> SharedLedger:
        return SharedLedger(_runner(self._connection), self._vault, self._program)

    def _run(self, statement: str) -> None:
        try:
            self._connection.execute(statement)
        except psycopg.Error as trouble:
            raise TroubleError(type(trouble).__name__) from None


def migrate(url: str) -> list[int]:
    """Run the schema files that this database has not seen; the numbers of these.

    Each is one transaction with its number; two programs do not get in each other's
    way. Raises StorageError.
    """
    with contextlib.closing(_connected(url)) as connection, _in_words():
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('drempel'))")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)"
            )
        done: list[int] = []
        while number := _next_script(connection):
            done.append(number)
        return done


def _next_script(connection: "psycopg.Connection[Any]") -> int:
    with connection.transaction():
        connection.execute("LOCK TABLE schema_version IN EXCLUSIVE MODE")
        found = connection.execute(VERSION).fetchone()
        new = schemas.scripts(DIALECT, found[0] if found else 0)
        if not new:
            return 0
        number, script = new[0]
        connection.execute(script.encode())
        connection.execute("DELETE FROM schema_version")
        connection.execute("INSERT INTO schema_version VALUES (%s)", (number,))
        return number


def _check_version(connection: "psycopg.Connection[Any]") -> None:
    try:
        found = connection.execute(VERSION).fetchone()
    except psycopg.errors.UndefinedTable:
        found = None
    except psycopg.Error as trouble:
        raise StorageError(type(trouble).__name__) from None
    version = found[0] if found else 0
    if schemas.scripts(DIALECT, version):
        raise StorageError("its tables are not up to date. Run first: drempel migrate")


def _connected(url: str) -> "psycopg.Connection[Any]":
    with _in_words():
        connection = psycopg.connect(
            url, autocommit=True, connect_timeout=CONNECT_SECONDS
        )
        for setting in SESSION:
            connection.execute(setting)
    return connection


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """The text of an error may hold the password or a row: only its kind is said."""
    try:
        yield
    except psycopg.Error as trouble:
        raise StorageError(f"PostgreSQL: {type(trouble).__name__}") from None


def _runner(connection: "psycopg.Connection[Any]") -> Run:
    def run(statement: str, values: Sequence[Any] = ()) -> Any:
        return connection.execute(_in_dialect(statement), values)

    return run


@cache
def _in_dialect(statement: str) -> bytes:
    """psycopg writes a value as %s."""
    return statement.replace("?", "%s").encode()
