"""Whole processes over loopback: messages a second, the first answer, memory."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count, cycle
from pathlib import Path

from bot.service import packed, unpacked
from bot.storage.base import Ledger
from bot.storage.sqlite import SqliteStorage
from tests.bench import flows
from tests.bench.processes import (
    DATABASE,
    NAMES,
    Bot,
    Running,
    running,
    vault_of,
)
from tests.bench.table import Goal, Row, percentile
from tests.bench.users import Family, Load, load
from tests.bench.walk import FIRST_UPDATE, recorded
from tests.emulator import Emulator

USERS = 32
ROUNDS, WARM_SECONDS, SECONDS = 3, 1.0, 3.0
STARTS = 5
STORED = 100_000
ECHOES: dict[Bot, Goal] = {"httpx": Goal("≥", 4), "aiohttp": Goal("≥", 0.7)}
BESIDE: tuple[Bot, ...] = ("drempel", "httpx")
START_GOAL = Goal("≤", 1.25)
UPDATE_IDS = count(FIRST_UPDATE, 10_000_000)
"""Where each emulator begins to count: a bot knows the ids of its last run again."""

MEMORY_GOAL = Goal("≤", 75, of_ratio=False)


def speed(folder: Path) -> Iterator[Row]:
    """32 families, each writing as soon as it is answered; the bots take turns."""
    every: tuple[tuple[Bot, bool], ...] = (
        ("httpx", False),
        ("aiohttp", False),
        ("drempel", False),
        ("drempel", True),
    )
    found = {one: Load((), 0.0) for one in every}
    for _ in range(ROUNDS):
        for bot, walks in every:
            found[bot, walks] += asyncio.run(_loaded(bot, folder, walks=walks))
    for walks, what in (
        (False, "one message in, one out"),
        (True, "a question answered"),
    ):
        for bot in ECHOES:
            yield from _compared(what, found["drempel", walks], found[bot, False], bot)


def _compared(what: str, ours: Load, echo: Load, bot: Bot) -> Iterator[Row]:
    name = NAMES[bot]
    yield Row(what, ours.a_second, "/s", echo.a_second, name, ECHOES[bot])
    writes = f"{what}, messages and edits"
    each = [one.written / one.lasting for one in (ours, echo)]
    yield Row(writes, each[0], "/s", each[1], name)
    for share, word in ((0.5, "median wait"), (0.99, "p99 wait")):
        mine, its = (percentile(one.waits, share) * 1000 for one in (ours, echo))
        yield Row(f"{what}, {word}", mine, "ms", its, name)
    mine, its = (one.processor_each * 1000 for one in (ours, echo))
    yield Row(f"{what}, processor time", mine, "ms", its, name)


async def _loaded(bot: Bot, folder: Path, *, walks: bool) -> Load:
    async with up(bot, folder) as (emulator, process):
        crowd = _crowd(bot, emulator, walks=walks)
        await load(crowd, WARM_SECONDS)
        before = process.processor_seconds()
        found = await load(crowd, SECONDS)
        return replace(found, processor=process.processor_seconds() - before)


def _crowd(bot: Bot, emulator: Emulator, *, walks: bool) -> list[Family]:
    return [
        Family(emulator, number, walks=walks, buttons=bot == "drempel")
        for number in range(1, USERS + 1)
    ]


@asynccontextmanager
async def emulated() -> AsyncIterator[Emulator]:
    async with Emulator(strict=False) as emulator:
        emulator.reset_update_ids(next(UPDATE_IDS))
        yield emulator


@asynccontextmanager
async def up(bot: Bot, folder: Path) -> AsyncIterator[tuple[Emulator, Running]]:
    """The bot, after it answered its first family."""
    async with (
        emulated() as emulator,
        running(bot, emulator, folder) as one,
    ):
        await Family(emulator, 0, buttons=bot == "drempel").say("/start nl")
        yield emulator, one


def start(folder: Path) -> Iterator[Row]:
    """The message waits already when the process starts; the files were read before."""
    found: dict[Bot, list[float]] = {bot: [] for bot in BESIDE}
    for _ in range(STARTS + 1):
        for bot in BESIDE:
            found[bot].append(asyncio.run(_first_answer(bot, folder)))
    ours, echo = (percentile(found[bot][1:], 0.5) * 1000 for bot in BESIDE)
    yield Row("start until first answer", ours, "ms", echo, NAMES["httpx"], START_GOAL)


async def _first_answer(bot: Bot, folder: Path) -> float:
    async with emulated() as emulator:
        family = Family(emulator, 0, buttons=bot == "drempel")
        family.write("/start nl")
        begun = time.perf_counter()
        async with running(bot, emulator, folder):
            await family.answered()
            return time.perf_counter() - begun


def memory(folder: Path) -> Iterator[Row]:
    """Of a bot that has answered some families, with few and with many stored."""
    name = NAMES["httpx"]
    for bot in BESIDE:
        # The first start of all compiles, and that takes memory of its own.
        asyncio.run(_first_answer(bot, folder))
    echo = asyncio.run(_resident("httpx", folder))
    few = asyncio.run(_resident("drempel", folder))
    yield Row("memory, few conversations", few, "MB", echo, name, MEMORY_GOAL)
    asyncio.run(_fill(folder))
    many = asyncio.run(_resident("drempel", folder))
    yield Row(f"memory, {STORED:,} conversations", many, "MB", echo, name, MEMORY_GOAL)
    on_disk = (folder / DATABASE).stat().st_size / STORED
    yield Row("on disk, a conversation", on_disk, "bytes")


async def _resident(bot: Bot, folder: Path) -> float:
    async with up(bot, folder) as (emulator, process):
        await load(_crowd(bot, emulator, walks=bot == "drempel"), WARM_SECONDS)
        return process.resident_megabytes()


async def _fill(folder: Path) -> None:
    """Families that were here a minute ago, each somewhere on its way."""
    bodies = [one.before for one in recorded(flows.shipped(), 500)]
    chats = range(6_000_000_000, 6_000_000_000 + STORED)
    await fill(folder, zip(chats, cycle(bodies), strict=False))


async def fill(folder: Path, stored: Iterable[tuple[int, bytes]]) -> None:
    """Conversations in the database of a bot that does not run, heard just now."""
    now = int(time.time() // 60)
    storage = SqliteStorage(str(folder / DATABASE), vault_of(folder))

    def work(ledger: Ledger) -> None:
        for chat, body in stored:
            heard = replace(unpacked(body), heard=now)
            ledger.keep(chat, packed(heard), now)

    await storage.transact(work)
    await storage.close()
