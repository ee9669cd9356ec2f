"""PostgreSQL: any number of programs on any number of machines share one database.

A turn locks its lane for one transaction; who sends for a lane holds a lease. What a
program that died had begun is taken over by another one.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, LiteralString

import psycopg

from bot.storage import schemas
from bot.storage.base import Outgoing, StorageError, Waiting
from bot.storage.ledger import Run, SqlLedger
from bot.storage.sealing import Vault
from bot.storage.writer import BusyError, TroubleError, Writer

DIALECT = "postgres"
REACHING: Mapping[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A server that vanished without a word is given up after some seconds."""

IDLE_SECONDS = 10
"""A transaction in which nothing happens for so long is ended by the server."""

LEASE_SECONDS = 30
NOW = "extract(epoch FROM now())::bigint"
"""The server's clock, as those of the programs may differ: when a transaction began."""

SESSION = (
    # Each statement sees what was committed before it: the locks rely on that.
    "SET default_transaction_isolation = 'read committed'",
    f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'",
    "SET lock_timeout = '5s'",
    "SET statement_timeout = '30s'",
)
HOLD = "SELECT sender FROM turn WHERE lane = ? FOR UPDATE SKIP LOCKED"
BEGIN_LANE = (
    # Looked for first: an INSERT waits for whoever is changing the same row.
    "INSERT INTO turn (lane, sender, until) SELECT ?, NULL, 0"
    " WHERE NOT EXISTS (SELECT 1 FROM turn WHERE lane = ?)"
    " ON CONFLICT (lane) DO NOTHING"
)
LEASE = (
    "INSERT INTO turn (lane, sender, until)"
    f" VALUES (?, ?, {NOW} + {LEASE_SECONDS}) ON CONFLICT (lane) DO UPDATE"
    " SET sender = excluded.sender, until = excluded.until WHERE turn.sender IS NULL"
    f" OR turn.sender = excluded.sender OR turn.until < {NOW}"
)
RENEW = (
    f"UPDATE turn SET until = {NOW} + {LEASE_SECONDS} WHERE lane IN (SELECT lane"
    " FROM turn WHERE lane = ANY(?) AND sender = ? FOR UPDATE SKIP LOCKED)"
)
RELEASE = (
    "UPDATE turn SET sender = NULL WHERE lane = ? AND sender = ? AND NOT EXISTS"
    " (SELECT 1 FROM outbox WHERE outbox.lane = turn.lane)"
)
RELEASE_ALL = "UPDATE turn SET sender = NULL WHERE sender = ?"
UNSENT_LANES = (
    "SELECT DISTINCT outbox.lane FROM outbox LEFT JOIN turn ON turn.lane = outbox.lane"
    f" WHERE turn.sender IS NULL OR turn.sender = ? OR turn.until < {NOW} LIMIT ?"
)
IDLE_LANES = (
    f"DELETE FROM turn WHERE (sender IS NULL OR until < {NOW})"
    " AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.lane = turn.lane)"
    " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.lane = turn.lane)"
)
EVERY_LANE = (RENEW, RELEASE_ALL, UNSENT_LANES, IDLE_LANES)
VERSION = "SELECT version FROM schema_version"
TROUBLE = (psycopg.OperationalError, psycopg.InternalError)
NOT_REACHED = "PostgreSQL is not there, or does not know this name and password"


class SharedLedger(SqlLedger):
    """The statements, with a lock for each turn and a lease for who sends.

    One for each job, as it knows which lanes the job holds.
    """

    lock, lock_free = " FOR UPDATE", " FOR UPDATE SKIP LOCKED"

    def __init__(self, run: Run, vault: Vault, program: str) -> None:
        super().__init__(run, vault)
        self._program = program
        self._held: set[bytes] = set()

    def _received(self, one: Waiting, minute: int) -> bool:
        self._began(one.lane)
        return super()._received(one, minute)

    def hold(self, lane: bytes) -> bool:
        # Where the row is missing, it was thought idle while an update came in.
        free = self._run(HOLD, (lane,)).fetchone() or self._began(lane)
        if free:
            self._held.add(lane)
        return bool(free)

    def _began(self, lane: bytes) -> bool:
        return bool(self._run(BEGIN_LANE, (lane, lane)).rowcount)

    def _placed(
        self, calls: Sequence[Outgoing], after: Outgoing | None
    ) -> list[Outgoing]:
        """No two programs count on from the same number."""
        if calls and after is None:
            self._must_hold(self.lane(calls[0].chat))
        return super()._placed(calls, after)

    def _must_hold(self, lane: bytes) -> None:
        if lane not in self._held and not self.hold(lane):
            raise BusyError

    def leave(self, lane: bytes) -> None:
        super().leave(lane)
        self._run(RELEASE, (lane, self._program))

    def unsent_lanes(self, most: int) -> list[bytes]:
        rows = self._run(UNSENT_LANES, (self._program, most)).fetchall()
        return [lane for (lane,) in rows]

    def lease(self, lane: bytes, fresh: Sequence[Outgoing] = ()) -> list[Outgoing]:
        """All that are unsent, not only `fresh`.

        Our lease may be one that we lost sight of while the database was away.
        """
        taken = self._run(LEASE, (lane, self._program)).rowcount
        return self.unsent(lane) if taken else []

    def renew(self, lanes: Sequence[bytes]) -> None:
        """A lane that is in a turn just now is renewed the next time."""
        if lanes:
            self._run(RENEW, (list(lanes), self._program))

    def release(self, lane: bytes) -> list[Outgoing]:
        # A turn that is just adding a call must end first, or nobody would send it.
        self._must_hold(lane)
        if self._run(RELEASE, (lane, self._program)).rowcount:
            return []
        return self.lease(lane) if self.unsent(lane) else []

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
        try:
            _check_version(self._connection)
            with _in_words(), self._connection.transaction():
                self.ledger.check_keys()
        except StorageError:
            self.close()
            raise

    @property
    def ledger(self) -> SharedLedger:
        return SharedLedger(_runner(self._connection), self._vault, self._program)

    def begin(self) -> None:
        if self._connection.closed:
            try:
                self._connection = _connected(self._url)
            except StorageError as trouble:
                raise TroubleError(str(trouble)) from None
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
        """What this program did not send any more is another's from now on."""
        with contextlib.suppress(psycopg.Error):
            _runner(self._connection)(RELEASE_ALL, (self._program,))
        self._connection.close()

    def _run(self, statement: str) -> None:
        try:
            self._connection.execute(statement)
        except psycopg.Error as trouble:
            raise TroubleError(type(trouble).__name__) from None


def conversations(url: str, vault: Vault) -> list[bytes]:
    """All that are kept. Raises StorageError."""
    with contextlib.closing(_connected(url)) as connection, _in_words():
        return list(SharedLedger(_runner(connection), vault, "").conversations())


def migrate(url: str) -> list[int]:
    """Run the schema files that this database has not seen; the numbers of these.

    Each is one transaction with its number; two programs do not get in each other's
    way. Raises StorageError.
    """
    # A large table may take long: no limits for these statements.
    with contextlib.closing(_connected(url, settings=())) as connection, _in_words():
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
        raise StorageError(f"PostgreSQL: {type(trouble).__name__}") from None
    version = found[0] if found else 0
    if schemas.scripts(DIALECT, version):
        raise StorageError("its tables are not up to date. Run first: drempel migrate")


def _connected(
    url: str, *, settings: Sequence[LiteralString] = SESSION
) -> "psycopg.Connection[Any]":
    try:
        connection = psycopg.connect(url, autocommit=True, **REACHING)
    except psycopg.Error:
        # What it says may hold the password.
        raise StorageError(NOT_REACHED) from None
    with _in_words():
        for setting in settings:
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
