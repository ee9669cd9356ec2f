"""The real program under a magnifying glass: what it writes, and where."""

import asyncio
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
import pytest_asyncio

from bot.storage import postgres as postgres_storage
from bot.storage.keys import read_key_file
from bot.storage.sealing import Vault
from tests.conftest import ROOT
from tests.emulator import Emulator
from tests.emulator.user import User
from tests.emulator.webhook import listens
from tests.privacy import traces
from tests.telegram.conftest import AT_WORK, LONGEST, Program

NOISE = {
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONDEVMODE": "1",
    "LOG_LEVEL": "DEBUG",
}

UNKNOWN_KEY = bytes([200])


class Watched(Program):
    """`drempel run`, as talkative as it can be, in a folder that holds all it writes.

    `keys`: the key file, if not the usual one.
    """

    def __init__(
        self, emulator: Emulator, folder: Path, keys: str = "", **settings: str
    ) -> None:
        (folder / "temporary").mkdir(parents=True, exist_ok=True)
        self.sockets = folder / "sockets.txt"
        self.keys = Path(keys) if keys else folder / "config" / "drempel" / "keys"
        about = {
            **NOISE,
            "TMPDIR": str(folder / "temporary"),
            "SQLITE_TMPDIR": str(folder / "temporary"),
            "SOCKETS_FILE": str(self.sockets),
            **({"KEYS_FILE": keys} if keys else {}),
        }
        super().__init__(emulator, folder, **about, **settings)

    async def start(self, today: date | None = None) -> None:
        self._polls_before = len(self.emulator.calls_of("getUpdates"))
        self._hooks_before = len(self.emulator.calls_of("setWebhook"))
        day = [str(today)] if today else []
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.privacy.noisy", *day),
                cwd=self.folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def goes(self) -> None:
        """Wait until it hears families."""
        await self.polls()

    async def command(self, *words: str) -> str:
        """Another command of the program beside it; what it said."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=self.folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said.decode()
        return said.decode()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def change(self, statement: str, *values: object) -> None:
        connection = sqlite3.connect(self.database, isolation_level=None, timeout=30)
        try:
            connection.execute(statement, values)
        finally:
            connection.close()

    @property
    def vault(self) -> Vault:
        return Vault(read_key_file(self.keys))

    def lane(self, user: User) -> bytes:
        return self.vault.lane(user.chat_id)

    def seal_away(self, user: User) -> None:
        """As if this conversation had a key that is still to come: its turns wait."""
        lane = self.lane(user)
        (body,) = (
            bytes(body)
            for one, body in self.rows("SELECT lane, body FROM conversation")
            if bytes(one) == lane
        )
        away = UNKNOWN_KEY + body[1:]
        self.change("UPDATE conversation SET body = ? WHERE lane = ?", away, lane)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until the disk or the chat looks so; a lock is no answer."""
        async with asyncio.timeout(LONGEST):
            while not _holds(holds):
                await asyncio.sleep(0.05)

    @property
    def places(self) -> list[Path]:
        """Every file it can have written, but its keys and its copy of the content."""
        keys = {self.keys, self.folder / "config" / "drempel" / "keys"}
        return [
            one
            for one in traces.files([self.folder])
            if one not in keys and not _is_shipped(one)
        ]


class Worker(Watched):
    """A webhook worker on PostgreSQL."""

    def __init__(
        self, emulator: Emulator, folder: Path, url: str, keys: str = "", port: int = 0
    ) -> None:
        self.url = url
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        web = {"WEBHOOK_URL": self.address, "LISTEN": f"127.0.0.1:{self.port}"}
        super().__init__(emulator, folder, keys, DATABASE=url, **web)

    async def goes(self) -> None:
        async with asyncio.timeout(LONGEST):
            while not (self.emulator.api.webhook and await listens(self.address)):
                await asyncio.sleep(0.05)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(statement.encode()).fetchall()

    def change(self, statement: str, *values: object) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(statement.replace("?", "%s").encode(), values)

    def _is_at_work(self) -> bool:
        return bool(self.rows(AT_WORK)[0][0])


def _is_shipped(path: Path) -> bool:
    """The same, byte for byte, as a file that comes with the program."""
    for place in ("flows", "locales"):
        if place in path.parts:
            inside = path.parts[len(path.parts) - path.parts[::-1].index(place) :]
            shipped = ROOT.joinpath(place, *inside)
            return shipped.is_file() and shipped.read_bytes() == path.read_bytes()
    return False


def _holds(holds: Callable[[], bool]) -> bool:
    try:
        return holds()
    except (sqlite3.OperationalError, psycopg.OperationalError):
        return False


def free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        port: int = some.getsockname()[1]
        return port


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        yield running


@pytest_asyncio.fixture
async def running(emulator: Emulator, tmp_path: Path) -> AsyncIterator[Watched]:
    """One program on SQLite that hears families."""
    made = Watched(emulator, tmp_path / "program")
    await made.start()
    await made.goes()
    yield made
    await made.kill()


@pytest_asyncio.fixture
async def worker(
    emulator: Emulator, tmp_path: Path, database: str
) -> AsyncIterator[Worker]:
    """One worker on PostgreSQL that hears families."""
    postgres_storage.migrate(database)
    made = Worker(emulator, tmp_path / "program", database)
    await made.start()
    await made.goes()
    yield made
    await made.kill()
