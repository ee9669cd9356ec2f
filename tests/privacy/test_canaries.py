"""Nothing that a family said, and nothing that names it, lies readable on a disk."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal

import aiohttp
import pytest

from bot.service import unpacked
from tests.emulator import Emulator, slow
from tests.emulator.user import CANARY, KINDS, User
from tests.postgres import Postgres
from tests.privacy import traces
from tests.privacy.conftest import Watched, Worker
from tests.telegram.conftest import Telephone, in_days

PUT_OUT = ("eviction", in_days(5), "writ", in_days(-1), "nuisance", "none")
ANSWERS = ("nuisance", "GM0344", "eviction_date", "eviction_cause")
"""Ids of answers and questions, and the code of Utrecht, as they are kept."""

A_DAY = re.compile(r"\d\d-\d\d-\d{4}")
WRITTEN = (traces.TYPED, *(f"Ik ben {one} en nu?" for one in traces.PERSONAL))
TOLD = (in_days(5), in_days(-1))
KEPT_DAYS = tuple("-".join(reversed(day.split("-"))) for day in TOLD)


async def tells_all(telephone: Telephone) -> None:
    """A conversation with everything in it that nobody else may read."""
    await telephone.says("/start nl", *WRITTEN)
    for kind in KINDS:
        await telephone.sends(kind)
    for one in PUT_OUT:
        if A_DAY.fullmatch(one):
            await telephone.says(one, "ja")
        else:
            await telephone.taps(one)
    await telephone.says("3511", "/gegevens", traces.TYPED)


async def leaves_much_waiting(emulator: Emulator, program: Watched, user: User) -> None:
    """Telegram does not answer, and a key is missing: both boxes hold rows."""
    emulator.fail("sendMessage", *[slow(asyncio.Event())] * 50, chat=user.chat_id)
    user.say(traces.TYPED)
    await program.until(lambda: bool(program.rows("SELECT 1 FROM outbox")))
    program.seal_away(user)
    for written in WRITTEN:
        user.say(written)
    waiting = "SELECT 1 FROM inbox WHERE body IS NOT NULL"
    await program.until(lambda: len(program.rows(waiting)) == len(WRITTEN))


def of_run(program: Watched, emulator: Emulator, user: User) -> traces.Traces:
    """Every trace of this family, and every secret of this program."""
    keys = program.vault.keys
    written = [word for word in program.keys.read_text().split() if len(word) == 44]
    address = program.vault.token("webhook path"), program.vault.token("webhook secret")
    words = (
        *(traces.TYPED, *traces.PERSONAL, *ANSWERS, *TOLD, *KEPT_DAYS),
        *(emulator.token, emulator.token.partition(":")[2], *written, *address),
        unpacked(opened(program, user)).id,
    )
    secrets = {f"key {number}": key for number, key in keys.secrets.items()}
    return {**traces.of_family(user.chat_id, *words), "pepper": keys.pepper, **secrets}


def opened(program: Watched, user: User) -> bytes:
    """The conversation as the program reads it."""
    lane = program.lane(user)
    rows = program.rows("SELECT lane, body FROM conversation")
    (body,) = (bytes(body) for one, body in rows if bytes(one) == lane)
    return program.vault.open("conversation", lane, body)


async def test_on_sqlite_no_trace_lies_anywhere(
    running: Watched, emulator: Emulator
) -> None:
    telephone = Telephone(running)
    await tells_all(telephone)
    said = opened(running, telephone.user)
    assert all(word.encode() in said for word in (*ANSWERS, *KEPT_DAYS))
    known = of_run(running, emulator, telephone.user)
    assert traces.found(known, running.places) == []
    await leaves_much_waiting(emulator, running, telephone.user)
    assert traces.found(known, running.places) == []
    assert {"drempel.db", "drempel.db-wal", "drempel.db-shm", "drempel.db.lock"} <= {
        place.name for place in running.places
    }


async def test_on_postgresql_no_trace_lies_anywhere(
    worker: Worker, emulator: Emulator, postgres: Postgres
) -> None:
    telephone = Telephone(worker)
    await tells_all(telephone)
    known = of_run(worker, emulator, telephone.user)
    await leaves_much_waiting(emulator, worker, telephone.user)
    worker.change("CHECKPOINT")
    places = [*worker.places, postgres.folder]
    assert traces.found(known, places) == []
    assert len(list(traces.files([postgres.folder / "data" / "pg_wal"]))) > 0
    assert await health_of(worker) == b""


async def health_of(worker: Worker) -> bytes:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{worker.address}/healthz") as health,
    ):
        return await health.read()


# --- the search itself finds what is there ------------------------------------------


@pytest.mark.parametrize("form", ["{}", "{:x}", "{:X}"])
def test_a_number_in_any_form_is_found(tmp_path: Path, form: str) -> None:
    (tmp_path / "log.txt").write_text(f"chat={form.format(5_200_000_001)};")
    assert traces.found(traces.of_chat(5_200_000_001), [tmp_path])


@pytest.mark.parametrize("order", ["big", "little"])
def test_a_number_in_eight_bytes_is_found(
    tmp_path: Path, order: Literal["big", "little"]
) -> None:
    body = (5_200_000_001).to_bytes(8, order, signed=True)
    (tmp_path / "rows").write_bytes(b"\x00" + body + b"\xff")
    assert traces.found(traces.of_chat(5_200_000_001), [tmp_path])


def test_a_plain_row_of_sqlite_is_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "plain.db", isolation_level=None)) as file:
        file.execute("CREATE TABLE chat (number INTEGER, name TEXT)")
        file.execute("INSERT INTO chat VALUES (?, ?)", (5_200_000_001, CANARY))
    seen = traces.found(traces.of_family(5_200_000_001), [tmp_path])
    assert seen == ["plain.db: number, big-endian", f"plain.db: “{CANARY}”"]
