"""The real program in trouble, on either database, with a clock that we can move."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from socket import socket
from typing import Any

import psycopg
import pytest

from bot.storage import postgres as shared
from tests.emulator import Emulator
from tests.emulator.user import Seen, User
from tests.sample import lay_out
from tests.telegram.conftest import AT_WORK, LONGEST, Program

TYPED = ("/start nl", "gas", "schimmel", "nee", "4")
"""Up to the question for the rent; each answers one question and no other."""

ASKED = (
    "Waarmee verwarmt u uw huis?",
    "Wat is er stuk?",
    "Heeft u een huisdier?",
    "Hoeveel kamers heeft uw huis?",
    "Hoeveel huur betaalt u elke maand?",
)
"""What stands in the chat after TYPED, question by question."""


class Machine(Program):
    """A program on the sample content, on SQLite or on the PostgreSQL at `url`."""

    def __init__(
        self, emulator: Emulator, folder: Path, url: str = "", **settings: str
    ) -> None:
        settings = {"DATABASE": url} | settings if url else settings
        super().__init__(emulator, folder, **settings)
        self.database = Path(settings.get("DATABASE", self.database))
        self._url = url
        self._clocks = folder / "clocks"
        self.entry = ("tests.faults.moved_clock", str(self._clocks))
        self._move(0, 0)

    @property
    def environment(self) -> dict[str, str]:
        """For another command with the same settings."""
        return self._environment

    @property
    def began(self) -> bool:
        return self._process is not None

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def up(self) -> None:
        """Started, and asking for updates."""
        await self.start()
        await self.polls()

    def jumps(self, seconds: float) -> None:
        """The clock on the wall is set, and nothing else changes."""
        self._move(self._wall + seconds, self._asleep)

    def passes(self, seconds: float) -> None:
        """So much time goes by for the program, awake or not, and for Telegram."""
        self._move(self._wall + seconds, self._asleep + seconds)
        before = self.emulator.now
        self.emulator.now = lambda: before() + seconds

    def _move(self, wall: float, asleep: float) -> None:
        self._wall, self._asleep = wall, asleep
        beside = self._clocks.with_suffix(".new")
        beside.write_text(f"{wall} {asleep}", encoding="ascii")
        beside.replace(self._clocks)

    def ask(self, statement: str) -> Any:
        """The first value of the first row."""
        if self._url:
            with psycopg.connect(self._url) as server:
                return server.execute(statement.encode()).fetchall()[0][0]
        source = f"file:{self.database}?mode=ro"
        with closing(sqlite3.connect(source, uri=True)) as file:
            return file.execute(statement).fetchone()[0]

    def tell(self, statement: str) -> None:
        """Change the database from outside."""
        if self._url:
            with psycopg.connect(self._url) as server:
                server.execute(statement.encode())
            return
        with closing(sqlite3.connect(self.database, isolation_level=None)) as file:
            file.execute(statement)

    def _is_at_work(self) -> bool:
        return bool(self.ask(AT_WORK))

    def leases(self) -> int:
        """How many chats wait for one program only."""
        held = "SELECT count(*) FROM turn WHERE sender IS NOT NULL"
        return int(self.ask(held)) if self._url else 0

    def conversations(self) -> int:
        return int(self.ask("SELECT count(*) FROM conversation"))


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("content"))


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        yield running
        assert running.violations == []


Make = Callable[..., Machine]


@pytest.fixture
async def make(
    emulator: Emulator, tmp_path: Path, content: Path
) -> AsyncIterator[Make]:
    """Programs that are not started yet, all in one folder."""
    made: list[Machine] = []

    def new(url: str = "", **settings: str) -> Machine:
        settings = {"CONTENT": str(content)} | settings
        made.append(Machine(emulator, tmp_path, url, **settings))
        return made[-1]

    yield new
    for machine in made:
        await machine.kill()
        assert not machine.began or "crashed" not in machine.log


@pytest.fixture
def machine(make: Make) -> Machine:
    """One on SQLite."""
    return make()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def either(request: pytest.FixtureRequest, make: Make) -> Machine:
    """One on each database."""
    if request.param == "SQLite":
        return make()
    return make(migrated(request.getfixturevalue("database")))


def migrated(url: str) -> str:
    shared.migrate(url)
    return url


def webhook() -> dict[str, str]:
    """Settings for a webhook on a free port."""
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "LISTEN": f"127.0.0.1:{port}"}


def says(user: User, *texts: str) -> None:
    for text in texts:
        user.say(text)


def read(user: User) -> list[Seen]:
    """What the bot wrote and did not delete."""
    return [seen for seen in user.chat() if not seen.mine]


def texts(user: User) -> list[str]:
    return [seen.text for seen in read(user)]


def questions(user: User) -> tuple[str, ...]:
    """The first line of each message, from the first question on."""
    lines = [text.split("\n")[0] for text in texts(user)]
    return tuple(lines[lines.index(ASKED[0]) :]) if ASKED[0] in lines else ()


async def heard(emulator: Emulator, holds: Callable[[], object]) -> None:
    """Wait until this holds; looked at whenever the program calls."""
    async with asyncio.timeout(LONGEST):
        while not holds():
            try:
                await asyncio.wait_for(emulator.call_bell.heard(), 0.1)
            except TimeoutError:
                continue


def fetched(emulator: Emulator, update_id: int) -> bool:
    """Whether the program has got this update, confirmed or not."""
    replies = [call.reply for call in emulator.calls_of("getUpdates")]
    found = (reply["result"] for reply in replies if isinstance(reply, dict))
    return any(
        update["update_id"] == update_id
        for updates in found
        if isinstance(updates, list)
        for update in updates
    )
