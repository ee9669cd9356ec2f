"""The homes that hostile tests visit."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from bot.library import Library
from bot.storage.ledger import SqlLedger
from bot.storage.sealing import Keys, Vault
from bot.storage.sqlite import MEMORY, migrate
from tests.hostile.village import Home
from tests.telegram.conftest import program, ring, telegram, telephone

__all__ = ["program", "ring", "telegram", "telephone"]

Visit = Callable[..., Home]


@pytest.fixture
def visit(library: Library) -> Iterator[Visit]:
    """More homes on one database: `visit(chat=7)`."""
    vault = Vault(Keys.fresh())
    with closing(sqlite3.connect(MEMORY, isolation_level=None)) as connection:
        migrate(connection, MEMORY, vault)
        ledger = SqlLedger(connection.execute, vault)
        yield lambda **about: Home(library, ledger, **about)


@pytest.fixture
def home(visit: Visit) -> Home:
    """A family that has not written yet."""
    return visit()
