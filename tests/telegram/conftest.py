"""The real program as a process, an emulated Telegram, and families with telephones."""

import asyncio
import json
import os
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.settings import NEAR
from bot.storage.keys import read_key_file
from bot.storage.sealing import Vault
from tests.conftest import PHONE, ROOT
from tests.emulator import Emulator, Json, Tap
from tests.emulator.user import Seen, User
from tests.emulator.webhook import listens

LONGEST = 60.0
AT_WORK = """
    SELECT EXISTS (SELECT 1 FROM inbox WHERE body IS NOT NULL)
        OR EXISTS (SELECT 1 FROM outbox)
"""
HELP = {"person", "emergency"}


class Program:
    """`drempel run` on a database of its own; it can die and come back."""

    def __init__(self, emulator: Emulator, folder: Path, **settings: str) -> None:
        self.emulator = emulator
        self.folder = folder
        self.database = folder / "drempel.db"
        self.entry: tuple[str, ...] = ("bot", "run")
        self._log = folder / "log.txt"
        self._polls_before = 0
        self._hooks_before = 0
        self._process: Process | None = None
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(NEAR)},
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_TOKEN": emulator.token,
            "TELEGRAM_API": f"http://127.0.0.1:{emulator.port}",
            "DATABASE": str(self.database),
            "KEYS": "",
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_STATE_HOME": str(folder / "state"),
            **settings,
        }

    async def start(self, today: date | None = None) -> None:
        """As an operator starts it; with `today`, as if it were that day."""
        on_a_day = ("tests.telegram.on_a_day", str(today))
        self._polls_before = len(self.emulator.calls_of("getUpdates"))
        self._hooks_before = len(self.emulator.calls_of("setWebhook"))
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *(on_a_day if today else self.entry)),
                cwd=self.folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    async def commands(self, *words: str) -> int:
        """Another command of an operator beside it; the exit code."""
        with self._log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", *words),
                cwd=self.folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        return await process.wait()

    async def polls(self) -> None:
        """Wait until it asks for updates."""
        async with asyncio.timeout(LONGEST):
            while len(self.emulator.calls_of("getUpdates")) == self._polls_before:
                await self.emulator.call_bell.heard()

    async def serves(self) -> None:
        """Wait until it has set a webhook and listens there."""
        async with asyncio.timeout(LONGEST):
            while not self._has_set_webhook():
                await self.emulator.call_bell.heard()
            while not await listens(self.emulator.api.webhook):
                await asyncio.sleep(0.02)

    def _has_set_webhook(self) -> bool:
        asked = len(self.emulator.calls_of("setWebhook")) > self._hooks_before
        return asked and bool(self.emulator.api.webhook)

    async def rests(self) -> None:
        """Wait until every update is confirmed, answered, and the answer sent."""
        try:
            async with asyncio.timeout(LONGEST):
                await self.emulator.settled(quiet=0, timeout=LONGEST)
                while self._is_at_work():
                    await self.emulator.settled(quiet=0.02, timeout=LONGEST)
        except TimeoutError:
            raise AssertionError(f"never at rest: {self.log}") from None

    def _is_at_work(self) -> bool:
        source = f"file:{self.database}?mode=ro"
        connection = sqlite3.connect(source, uri=True)
        try:
            return bool(connection.execute(AT_WORK).fetchone()[0])
        finally:
            connection.close()

    async def ends(self) -> int:
        """Wait for its end; the exit code."""
        assert self._process is not None
        async with asyncio.timeout(LONGEST):
            return await self._process.wait()

    async def terminate(self) -> int:
        """SIGTERM; the exit code."""
        assert self._process is not None
        self._process.terminate()
        return await self.ends()

    async def kill(self) -> None:
        """SIGKILL, if it still runs."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """All it wrote, standard output and errors together."""
        return self._log.read_text(encoding="utf-8")

    @property
    def events(self) -> list[Json]:
        """The lines of the log; the note about new keys is no event."""
        lines = self.log.splitlines()
        return [json.loads(line) for line in lines if not line.startswith("New keys")]

    def keeps(self, chat: int, body: bytes, *, damaged: bool = False) -> None:
        """Put this into the row of a conversation, as the program itself seals it."""
        vault = Vault(read_key_file(self.folder / "config" / "drempel" / "keys"))
        lane = vault.lane(chat)
        sealed = vault.seal("conversation", b"?" if damaged else lane, body)
        statement = "UPDATE conversation SET body = ? WHERE lane = ?"
        connection = sqlite3.connect(self.database, isolation_level=None)
        try:
            assert connection.execute(statement, (sealed, lane)).rowcount == 1
        finally:
            connection.close()

    def conversations(self) -> int:
        """How many families it knows."""
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            (count,) = connection.execute(
                "SELECT count(*) FROM conversation"
            ).fetchone()
            return int(count)
        finally:
            connection.close()


class Telephone:
    """A family's telephone. After each step it checks what must always be true."""

    def __init__(self, program: Program, *, language_code: str = "nl") -> None:
        self.program = program
        self.user = User(program.emulator, language_code=language_code)

    async def says(self, *texts: str) -> list[Seen]:
        """Type each of these; what came after the last."""
        news: list[Seen] = []
        for text in texts:
            self.user.say(text)
            news = await self.looks()
        return news

    async def taps(self, *answers: str) -> list[Seen]:
        """Press the newest button with each of these answers."""
        news: list[Seen] = []
        for answer in answers:
            self.press(answer)
            news = await self.looks()
        return news

    async def sends(self, kind: str) -> list[Seen]:
        self.user.send(kind)
        return await self.looks()

    async def begins(self) -> list[Seen]:
        """Up to the first question, in Dutch."""
        return await self.says("/start nl")

    def press(self, answer: str, message: Seen | None = None) -> Tap:
        """Press a button without waiting for what comes of it."""
        return self.user.tap(self.data(answer, message), message)

    def data(self, answer: str, message: Seen | None = None) -> str:
        """The data of the newest button that gives this answer."""
        shown = reversed([message] if message else self.chat)
        every = (data for seen in shown for data in _data(seen))
        return next(data for data in every if data.rpartition(":")[2] == answer)

    async def looks(self) -> list[Seen]:
        """What is new or changed once the bot has come to rest."""
        await self.program.rests()
        news = await self.user.settled(quiet=0)
        assert self.old_keyboards() == []
        assert self.has_help_in_reach()
        assert all(tap.spinner is not None for tap in self.user.taps)
        return news

    def old_keyboards(self) -> list[Seen]:
        """Messages with buttons above the newest question."""
        live = [seen for seen in self.chat if seen.buttons]
        newest = max((seen.id for seen in live if _number(seen)), default=0)
        return [seen for seen in live if seen.id < newest]

    def has_help_in_reach(self) -> bool:
        """A person and the emergency line: two buttons, or a number not far up."""
        live = [seen for seen in self.chat if seen.buttons]
        answers = {data.rpartition(":")[2] for seen in live for data in _data(seen)}
        read = [seen.text for seen in (*live, self.chat[-1])]
        return answers >= HELP or any(PHONE.search(text) for text in read)

    @property
    def chat(self) -> list[Seen]:
        """The bot's messages as they stand there now."""
        return [seen for seen in self.user.chat() if not seen.mine]

    @property
    def question(self) -> Seen:
        """The newest message with buttons of a question."""
        return next(seen for seen in reversed(self.chat) if _number(seen))


def _data(seen: Seen) -> list[str]:
    return [button.data or "" for row in seen.buttons for button in row]


def _number(seen: Seen) -> int:
    """The number of the question whose buttons these are; 0 when there are none."""
    return max((int(data.split(":")[1]) for data in _data(seen)), default=0)


def in_days(days: int) -> str:
    """A day as a family would type it."""
    return (today() + timedelta(days=days)).strftime("%d-%m-%Y")


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram() -> AsyncIterator[Emulator]:
    """One emulated Telegram for all tests of a module."""
    async with Emulator() as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def program(
    telegram: Emulator, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Program]:
    """One running program for all tests of a module."""
    running = Program(telegram, tmp_path_factory.mktemp("program"))
    await running.start()
    await running.polls()
    yield running
    await running.kill()


@pytest.fixture
def telephone(program: Program) -> Iterator[Telephone]:
    """A family that never wrote before. Afterwards: every call was a right one."""
    yield Telephone(program)
    assert program.emulator.violations == []


Meet = Callable[..., Telephone]


@pytest.fixture
def ring(program: Program) -> Meet:
    """More families: `ring(language_code="en")`."""
    return lambda **about: Telephone(program, **about)
