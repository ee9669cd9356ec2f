"""R8, R9, R10, R23. The database is locked, full, away, or of a newer program."""

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from bot.storage import schemas
from tests.emulator import Emulator
from tests.emulator.user import User
from tests.faults.conftest import (
    ASKED,
    TYPED,
    Machine,
    Make,
    fetched,
    heard,
    migrated,
    questions,
    says,
    texts,
    webhook,
)
from tests.postgres import Postgres

CANNOT_KEEP = "storing bij ons"
LOCKED_SECONDS = "2"
"""The program waits for 30; it does not know for how long it will have to."""


def warned(user: User) -> int:
    return sum(CANNOT_KEEP in text for text in texts(user))


def asked(user: User) -> tuple[str, ...]:
    return tuple(one for one in questions(user) if one in ASKED)


# --- R8: locked ----------------------------------------------------------------------

LOCK = """
import sqlite3, sys, time
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
file.execute("COMMIT")
"""


async def test_a_locked_database_is_waited_for_and_nothing_confirmed(
    emulator: Emulator, machine: Machine
) -> None:
    """R8. Another program holds the file; the family waits and reads no complaint."""
    await machine.up()
    family = User(emulator)
    family.say(TYPED[0])
    await machine.rests()
    command = (sys.executable, "-c", LOCK, str(machine.database), LOCKED_SECONDS)
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        family.say(TYPED[1])
        number = emulator.api.updates.waiting()[-1].update["update_id"]
        await heard(emulator, lambda: fetched(emulator, number))
        still_locked = other.poll() is None
        assert not (still_locked and emulator.api.updates.all_confirmed)
    says(family, *TYPED[2:])
    await machine.rests()
    assert questions(family) == ASKED
    assert warned(family) == 0


# --- R9: full ------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own; only root may mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        done = False
    if not done:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


async def test_on_a_full_disk_nothing_is_confirmed_and_it_goes_on_by_itself(
    emulator: Emulator, make: Make, tmp_path: Path
) -> None:
    """R9. Each family is told once whom to call; then there is room again."""
    with small_disk(tmp_path / "disk") as disk:
        machine = make(DATABASE=str(disk / "drempel.db"))
        await machine.up()
        families = [User(emulator) for _ in range(3)]
        for family in families:
            says(family, *TYPED[:2])
        await machine.rests()
        filler = disk / "filler"
        fill(filler)
        for family in families:
            says(family, *TYPED[2:4])
        await heard(emulator, lambda: all(map(warned, families)))
        assert len(emulator.api.updates) >= 1
        filler.unlink()
        await machine.rests()
        for family in families:
            family.say(TYPED[4])
        await machine.rests()
        assert {asked(family) for family in families} == {ASKED}
        assert {warned(family) for family in families} == {1}
        assert machine.pid
        await machine.kill()


def fill(path: Path) -> None:
    """Until not one byte more has room."""
    with path.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


async def test_wherever_the_room_ends_no_turn_is_kept_by_half(
    emulator: Emulator, machine: Machine
) -> None:
    """R9. The n-th page finds no room, for each n that one turn may need."""
    await machine.up()
    families = [User(emulator) for _ in range(6)]
    for pages, family in enumerate(families):
        family.say(TYPED[0])
        await machine.rests()
        biggest = max(one.stat().st_size for one in machine.folder.glob("drempel.db*"))
        limit(machine, biggest + 2 * pages * 4096)
        before = machine.log.count("_trouble")
        says(family, *TYPED[1:])
        await heard(emulator, partial(is_stuck_or_done, machine, family, before))
        limit(machine, resource.RLIM_INFINITY)
        await machine.rests()
    assert {asked(family) for family in families} == {ASKED}
    assert max(map(warned, families)) <= 1
    assert "_trouble" in machine.log


def is_stuck_or_done(machine: Machine, family: User, before: int) -> bool:
    return machine.log.count("_trouble") > before or asked(family) == ASKED


def limit(machine: Machine, size: int) -> None:
    """No file of this program may grow beyond."""
    _, hard = resource.prlimit(machine.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(machine.pid, resource.RLIMIT_FSIZE, (size, hard))


# --- R10: away -----------------------------------------------------------------------


async def test_polling_waits_for_a_server_that_is_away(
    emulator: Emulator, make: Make, postgres: Postgres, database: str
) -> None:
    """R10. Each family is told once; all that was said is answered, in order."""
    machine = make(migrated(database))
    await machine.up()
    families = [User(emulator) for _ in range(5)]
    for family in families:
        says(family, *TYPED[:2])
    await machine.rests()
    postgres.stop()
    for family in families:
        says(family, *TYPED[2:])
    await heard(emulator, lambda: all(map(warned, families)))
    assert not emulator.api.updates.all_confirmed
    postgres.start()
    await machine.rests()
    assert {asked(family) for family in families} == {ASKED}
    assert {warned(family) for family in families} == {1}


async def test_a_webhook_says_503_until_the_server_is_back(
    emulator: Emulator, make: Make, postgres: Postgres, database: str
) -> None:
    """R10. And so does /healthz; Telegram brings everything again."""
    hook = webhook()
    machine = make(migrated(database), **hook)
    await machine.start()
    await machine.serves()
    family = User(emulator)
    says(family, *TYPED[:2])
    await machine.rests()
    assert await health(hook["WEBHOOK_URL"]) == 200
    postgres.kill()
    says(family, *TYPED[2:])
    await heard(emulator, lambda: 503 in [one.status for one in emulator.deliveries])
    await until_health(emulator, hook["WEBHOOK_URL"], 503)
    assert not emulator.api.updates.all_confirmed
    postgres.start()
    await machine.rests()
    await until_health(emulator, hook["WEBHOOK_URL"], 200)
    assert asked(family) == ASKED
    assert warned(family) == 1


async def health(url: str) -> int:
    async with aiohttp.ClientSession() as client, client.get(f"{url}/healthz") as found:
        return found.status


async def until_health(emulator: Emulator, url: str, status: int) -> None:
    found: list[int] = []
    while status not in found:
        found.append(await health(url))
        await heard(emulator, lambda: True)


# --- R23: newer ----------------------------------------------------------------------


@pytest.mark.parametrize("command", ["run", "migrate"])
async def test_a_newer_sqlite_file_is_refused_and_left_as_it_is(
    machine: Machine, command: str
) -> None:
    """R23. Exit 2 and one sentence."""
    newer = schemas.latest("sqlite") + 1
    with closing(sqlite3.connect(machine.database)) as file:
        file.execute(f"PRAGMA user_version = {newer}")
    before = machine.database.read_bytes()
    code, said = drempel(machine, command)
    assert (code, "was written by a newer program" in said) == (2, True)
    assert "Traceback" not in said
    with closing(sqlite3.connect(machine.database)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (newer,)
        assert file.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
    assert len(machine.database.read_bytes()) == len(before)


@pytest.mark.parametrize("command", ["run", "migrate"])
async def test_a_newer_postgresql_is_refused_and_left_as_it_is(
    make: Make, database: str, command: str
) -> None:
    """R23. Exit 2 and one sentence."""
    machine = make(migrated(database))
    newer = schemas.latest("postgres") + 1
    machine.tell(f"UPDATE schema_version SET version = {newer}")
    code, said = drempel(machine, command)
    assert (code, "was written by a newer program" in said) == (2, True)
    assert "Traceback" not in said
    assert machine.ask("SELECT version FROM schema_version") == newer


def drempel(machine: Machine, command: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot", command],
        cwd=machine.folder,
        env={**machine.environment, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
