"""One storage of each sort, empty, and closed afterwards."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.storage import postgres as postgresql
from bot.storage.base import Storage
from bot.storage.postgres import PostgresStorage
from bot.storage.sealing import Keys, Vault
from bot.storage.sqlite import SqliteStorage, in_memory

Open = Callable[[], Storage]


@pytest.fixture
def vault() -> Vault:
    return Vault(Keys.fresh())


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "data" / "drempel.db")


@pytest.fixture
def shared(database: str) -> str:
    """The address of a PostgreSQL database with all tables."""
    postgresql.migrate(database)
    return database


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def opens(request: pytest.FixtureRequest, vault: Vault) -> Open:
    """Opens the storage of this test, again if need be."""
    if request.param == "memory":
        return in_memory
    if request.param == "sqlite":
        file: str = request.getfixturevalue("file")
        return lambda: SqliteStorage(file, vault)
    url: str = request.getfixturevalue("shared")
    return lambda: PostgresStorage(url, vault, program="a")


@pytest.fixture
async def storage(opens: Open) -> AsyncIterator[Storage]:
    opened = opens()
    yield opened
    await opened.close()
