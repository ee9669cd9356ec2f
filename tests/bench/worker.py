"""`python -m tests.bench.worker URL KEYS NUMBER`: one of several on one PostgreSQL.

Says `ready`, then for each line it is told, `turns` or `bare`, how many seconds its
share of that took.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

from bot.storage.keys import read_key_file
from bot.storage.postgres import PostgresStorage
from bot.storage.sealing import Vault
from tests.bench import flows
from tests.bench.turns import MINUTE, Families
from tests.bench.walk import CHAT, Recorded, recorded

SHARE, TOGETHER = 400, 16
BARE_TABLE = (
    "CREATE TABLE bare (lane BYTEA PRIMARY KEY, body BYTEA, heard BIGINT,"
    " address BYTEA)"
)
UPSERT = (
    "INSERT INTO bare VALUES (%s, %s, %s, %s) ON CONFLICT (lane) DO UPDATE"
    " SET body = excluded.body, heard = excluded.heard, address = excluded.address"
)


async def turns(families: Families, lanes: Sequence[bytes]) -> float:
    """Seconds until all are answered, so many at once."""
    slots = asyncio.Semaphore(TOGETHER)

    async def one(lane: bytes) -> None:
        async with slots:
            await families.answer(lane)

    begun = time.perf_counter()
    await asyncio.gather(*map(one, lanes))
    return time.perf_counter() - begun


def bare(url: str, vault: Vault, first: int, said: Sequence[Recorded]) -> float:
    """Seconds for the same rows of conversations, each committed alone."""
    rows = [_row(vault, chat, one) for chat, one in enumerate(said, first)]
    with psycopg.connect(url, autocommit=True) as connection:
        begun = time.perf_counter()
        for row in rows:
            connection.execute(UPSERT, row)
        return time.perf_counter() - begun


def _row(vault: Vault, chat: int, one: Recorded) -> tuple[bytes, bytes, int, bytes]:
    lane = vault.lane(chat)
    body = vault.seal("conversation", lane, one.before)
    return lane, body, MINUTE, vault.seal("address", lane, str(chat).encode())


async def main() -> None:
    url, keys, number = sys.argv[1:]
    vault, library = Vault(read_key_file(Path(keys))), flows.shipped()
    said, first = recorded(library, SHARE), CHAT + int(number) * SHARE
    storage = PostgresStorage(url, vault, program=number)
    families = Families(storage, library, first)
    lanes = await families.write(said)
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "turns":
            print(await turns(families, lanes), flush=True)
        else:
            print(bare(url, vault, first, said), flush=True)
    await storage.close()


if __name__ == "__main__":
    asyncio.run(main())
