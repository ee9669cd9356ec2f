"""What should be gone is gone: after an hour, after two days, on the eighth day."""

from collections.abc import Sequence
from datetime import timedelta

from bot.telegram import housekeeping
from tests.emulator import Emulator, too_many
from tests.emulator.user import User
from tests.privacy.conftest import Watched, Worker
from tests.telegram.conftest import Telephone, today

TABLES = ("inbox", "conversation", "outbox", "message")
HEARD = "SELECT lane, heard FROM conversation ORDER BY lane"


def rows(program: Watched, tables: Sequence[str] = TABLES) -> dict[str, int]:
    found = {name: program.rows(f"SELECT count(*) FROM {name}") for name in tables}
    return {name: int(count) for name, ((count,),) in found.items() if count}


async def fills_every_table(emulator: Emulator, program: Watched) -> Telephone:
    """One family in the middle, one that Telegram lets wait, one that nobody hears."""
    telephone, waits, unheard = Telephone(program), User(emulator), Telephone(program)
    await telephone.begins()
    await unheard.begins()
    program.seal_away(unheard.user)
    unheard.user.say("huurachterstand")
    emulator.fail("sendMessage", *[too_many(900)] * 9, chat=waits.chat_id)
    waits.say("/start nl")
    await program.until(lambda: rows(program).keys() == set(TABLES))
    await program.until(
        lambda: bool(
            program.rows("SELECT 1 FROM inbox WHERE tries = 0 AND body IS NOT NULL")
        )
    )
    return telephone


async def test_on_the_eighth_day_nothing_is_left_also_after_a_week_off(
    emulator: Emulator, running: Watched
) -> None:
    telephone = await fills_every_table(emulator, running)
    await running.kill()
    said = len(emulator.calls_of("sendMessage", "editMessageText"))
    await running.start(today() + timedelta(days=8))
    await running.until(lambda: rows(running) == {})
    assert len(emulator.calls_of("sendMessage", "editMessageText")) == said
    telephone.user.say("huurachterstand")
    await running.rests()
    assert "lang.nl" in telephone.data("lang.nl")


async def test_on_postgresql_as_well(emulator: Emulator, worker: Worker) -> None:
    await fills_every_table(emulator, worker)
    await worker.kill()
    worker.change("UPDATE turn SET until = 0")  # its lease is over by then
    await worker.start(today() + timedelta(days=8))
    await worker.until(lambda: rows(worker, (*TABLES, "turn")) == {})


async def test_looking_in_the_meantime_keeps_nothing_longer(
    emulator: Emulator, running: Watched
) -> None:
    telephone = Telephone(running)
    await telephone.begins()
    await telephone.says("iets")
    heard = running.rows(HEARD)
    await running.terminate()
    await running.start(today() + timedelta(days=6))
    # All that it has received since is that it was away itself.
    await running.until(lambda: "came_back" in running.log)
    await running.rests()
    assert rows(running, ("inbox",)) == {"inbox": 1}
    assert running.rows(HEARD) == heard
    await running.terminate()
    await running.start(today() + timedelta(days=9))
    await running.until(lambda: rows(running) == {})


async def test_an_address_goes_an_hour_after_the_last_message(
    emulator: Emulator, running: Watched
) -> None:
    await Telephone(running).begins()
    kept = "SELECT 1 FROM conversation WHERE address IS NOT NULL"
    assert running.rows(kept)
    await running.terminate()
    running.change("UPDATE conversation SET heard = heard - 61")
    await running.start()
    await running.until(lambda: not running.rows(kept))
    assert rows(running, ("conversation",)) == {"conversation": 1}


def test_it_looks_every_five_minutes() -> None:
    assert housekeeping.SWEEP_SECONDS == 5 * 60
    assert housekeeping.ACTIVE_MINUTES == 60
    assert housekeeping.ID_MINUTES == 48 * 60
