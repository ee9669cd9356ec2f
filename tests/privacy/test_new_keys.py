"""A new key while families talk: nobody loses a turn, and the old key opens nothing."""

import asyncio
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bot.storage.keys import read_key_file, rotate_key_file
from bot.storage.sealing import HEAD_BYTES, Keys, SealError, Vault
from tests.emulator import Emulator, too_many
from tests.emulator.user import User
from tests.privacy import traces
from tests.privacy.conftest import Watched, Worker
from tests.telegram.conftest import Telephone

SEALED = {
    "conversation": "SELECT lane, body FROM conversation",
    "address": "SELECT lane, address FROM conversation WHERE address IS NOT NULL",
    "inbox": "SELECT lane, update_id, body FROM inbox WHERE body IS NOT NULL",
    "outbox": "SELECT lane, number, part, body FROM outbox",
}


def sealed(program: Watched) -> Iterator[tuple[str, bytes, bytes]]:
    """The table, the name of the row as it is sealed, and what stands in it."""
    for table, statement in SEALED.items():
        for lane, *numbers, body in program.rows(statement):
            parts = (b"/%d" % number for number in numbers)
            yield table, b"".join([bytes(lane), *parts]), bytes(body)


def opens(keys: Keys, program: Watched) -> int:
    """How many rows these keys open."""
    vault, count = Vault(keys), 0
    for row in sealed(program):
        try:
            vault.open(*row)
        except SealError:
            continue
        count += 1
    return count


def opens_none(keys: Keys, program: Watched) -> bool:
    return opens(keys, program) == 0


def only(keys: Keys, number: int) -> Keys:
    return Keys(keys.pepper, {number: keys.secrets[number]})


def bodies(program: Watched) -> traces.Traces:
    rows = enumerate(sealed(program))
    return {f"row {number}": body[HEAD_BYTES:] for number, (_, _, body) in rows}


async def test_under_load_a_new_key_is_taken_over_and_no_turn_is_lost(
    emulator: Emulator, running: Watched
) -> None:
    families = [User(emulator) for _ in range(12)]
    lets_wait = User(emulator)
    emulator.fail("sendMessage", *[too_many(900)] * 9, chat=lets_wait.chat_id)
    for family in (*families, lets_wait):
        family.say("/start nl")
    await running.until(lambda: len(running.rows("SELECT 1 FROM conversation")) == 13)
    before, old = read_key_file(running.keys), bodies(running)
    assert "key 2 is new" in await running.command("keys", "rotate")
    for text in ("huurachterstand", "verhuurder", "herinnering"):
        for family in families:
            family.say(text)
        await asyncio.sleep(0)
    await running.until(lambda: opens(before, running) == 0)
    await running.until(lambda: traces.found(old, running.places) == [])
    now = only(read_key_file(running.keys), 2)
    assert opens(now, running) == len(list(sealed(running))) >= 27
    await emulator.settled(timeout=60)
    await running.until(lambda: all("kinderen" in last_of(one) for one in families))


def last_of(family: User) -> str:
    return family.chat()[-1].text


async def test_a_second_new_key_and_a_bad_file_in_between(
    emulator: Emulator, running: Watched
) -> None:
    telephone = Telephone(running)
    await telephone.begins()
    good = running.keys.read_text()
    for bad in ("", "pepper", good[:-9], "key1 AAAA\n"):
        running.keys.write_text(bad)
        await telephone.says("iets")
    running.keys.unlink()
    await telephone.says("/help")
    running.keys.touch(mode=0o600)
    running.keys.write_text(good)
    for number in (1, 2):
        old = only(read_key_file(running.keys), number)
        rotate_key_file(running.keys)
        await running.until(partial(opens_none, old, running))
    await telephone.taps("arrears")
    assert "landlord" in telephone.data("landlord")
    assert "sealed with a key that is not here" not in running.log


async def test_the_first_start_makes_a_closed_key_file_and_says_so_once(
    emulator: Emulator, running: Watched
) -> None:
    assert running.keys.stat().st_mode & 0o777 == 0o600
    await running.terminate()
    await running.start()
    await running.goes()
    assert running.log.count(f"New keys are in {running.keys}") == 1


async def test_other_keys_than_those_of_the_database_are_refused_in_one_sentence(
    emulator: Emulator, running: Watched
) -> None:
    await Telephone(running).begins()
    await running.terminate()
    said = running.log
    running.keys.unlink()
    await running.start()
    assert await running.ends() == 2
    *_, sentence = running.log.removeprefix(said).strip().splitlines()
    assert sentence == "DATABASE: it was sealed with other keys; KEYS_FILE names others"


async def test_a_key_file_that_is_named_and_missing_is_an_error(
    emulator: Emulator, tmp_path: Path
) -> None:
    program = Watched(emulator, tmp_path / "program", keys=str(tmp_path / "none"))
    await program.start()
    assert await program.ends() == 2
    assert "KEYS_FILE: this file cannot be read." in program.log


async def test_a_worker_that_reads_the_new_key_later_waits_and_goes_on(
    emulator: Emulator, worker: Worker, tmp_path: Path
) -> None:
    slow_keys = tmp_path / "slow" / "keys"
    slow_keys.parent.mkdir()
    shutil.copy2(worker.keys, slow_keys)
    slow = Worker(emulator, tmp_path / "second", worker.url, keys=str(slow_keys))
    telephone = Telephone(worker)
    await telephone.begins()
    rotate_key_file(worker.keys)
    before = read_key_file(slow_keys)
    await worker.until(lambda: opens(before, worker) == 0)
    await slow.start()
    await worker.kill()
    telephone.press("arrears")
    try:
        await slow.until(lambda: "storage_trouble" in slow.log)
        shutil.copy2(worker.keys, slow_keys)
        await slow.rests()
        assert "landlord" in telephone.data("landlord")
    finally:
        await slow.kill()
