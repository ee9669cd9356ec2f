"""What the one who kills reads in the database, SQLite's or PostgreSQL's."""

import contextlib
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg

from bot.operating import storage_of
from bot.settings import Settings
from bot.storage import postgres
from bot.storage.keys import key_file
from bot.storage.sealing import Vault
from tests.kill.verdict import stored

AT_WORK = """
    SELECT (SELECT count(*) FROM inbox WHERE body IS NOT NULL)
         + (SELECT count(*) FROM outbox)
"""
RECEIVED = "SELECT count(DISTINCT update_id) FROM inbox WHERE update_id > 0"
FREE_LANES = """
    UPDATE turn SET until = 0 WHERE lane IN
        (SELECT lane FROM turn WHERE sender = ANY(%s) FOR UPDATE SKIP LOCKED)
"""
FREE_POLLING = "UPDATE program SET until = 0 WHERE name = 'polling'"


class Database:
    """One database with the keys that its programs share."""

    def __init__(self, address: str, keys: Path) -> None:
        self.address = address
        self.keys = keys
        self._vault = Vault(key_file(keys)[0])
        self._settings = Settings(database=address)
        self.is_postgres = self._settings.database_is_postgres
        if self.is_postgres:
            postgres.migrate(address)

    def at_work(self) -> int:
        """Updates that are not answered, and calls that are not acknowledged."""
        return self._number(AT_WORK)

    def received(self) -> int:
        """How many updates were ever kept."""
        return self._number(RECEIVED)

    def free(self, dead: Sequence[str], *, polling: bool) -> None:
        """As if their leases had run out: what the dead held, another may take.

        Leases of the living stay, so that nobody sends what another one is sending;
        lanes that are locked just now are left for the next time.
        `polling`: the only program that polled is among the dead.
        """
        if not self.is_postgres:
            return
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(FREE_LANES, (list(dead),))
            if polling:
                connection.execute(FREE_POLLING)

    async def conversations(self, chats: Sequence[int]) -> Sequence[Mapping[str, Any]]:
        """What is stored of each; nothing runs any more."""
        storage = storage_of(self._settings, self._vault)
        try:
            bodies = await storage.transact(
                lambda ledger: [ledger.conversation(chat) for chat in chats]
            )
        finally:
            await storage.close()
        return [stored(body) for body in bodies]

    def _number(self, statement: str) -> int:
        if self.is_postgres:
            with psycopg.connect(self.address) as connection:
                row = connection.execute(statement.encode()).fetchone()
        else:
            source = f"file:{self.address}?mode=ro"
            with contextlib.closing(sqlite3.connect(source, uri=True)) as file:
                row = file.execute(statement).fetchone()
        assert row is not None
        return int(row[0])
