"""Turns of several programs on one PostgreSQL, beside bare commits of as many."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import psycopg

from bot.storage import postgres
from tests.bench.flows import ROOT
from tests.bench.processes import KEYS, vault_of
from tests.bench.table import Goal, Row
from tests.bench.worker import BARE_TABLE, SHARE
from tests.postgres import NoPostgresError, Postgres

WORKERS = (1, 2, 4)
NEAR_BARE = Goal("≥", 0.67)


def rows(folder: Path) -> Iterator[Row]:
    vault_of(folder)
    try:
        with Postgres() as server:
            for workers in WORKERS:
                yield _row(server.database(), folder, workers)
    except NoPostgresError as missing:
        print(f"PostgreSQL cannot run here: {missing}")


def _row(url: str, folder: Path, workers: int) -> Row:
    postgres.migrate(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(BARE_TABLE)
    turns, bare = asyncio.run(_raced(url, folder, workers))
    what = f"PostgreSQL, durable turns, {workers} workers"
    beside = f"bare upserts and commits, {workers} connections"
    return Row(what, turns, "/s", bare, beside, NEAR_BARE)


async def _raced(url: str, folder: Path, workers: int) -> tuple[float, float]:
    """Turns a second of all together, and bare commits a second."""
    async with AsyncExitStack() as stack:
        every = [
            await stack.enter_async_context(_worker(url, folder, number))
            for number in range(workers)
        ]
        await asyncio.gather(*map(_line, every))
        done = workers * SHARE
        return done / await _slowest(every, b"turns\n"), done / await _slowest(
            every, b"bare\n"
        )


async def _slowest(every: Sequence[Process], what: bytes) -> float:
    for one in every:
        assert one.stdin is not None
        one.stdin.write(what)
    return max(map(float, await asyncio.gather(*map(_line, every))))


async def _line(worker: Process) -> bytes:
    assert worker.stdout is not None
    return await worker.stdout.readline()


@asynccontextmanager
async def _worker(url: str, folder: Path, number: int) -> AsyncIterator[Process]:
    """It ends when its input does."""
    words = ("tests.bench.worker", url, str(folder / KEYS), str(number))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *words), cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
