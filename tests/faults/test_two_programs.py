"""R7. A second program is started by mistake, or because the first one died."""

import pytest

from tests.emulator import Emulator
from tests.emulator.user import User
from tests.faults.conftest import (
    ASKED,
    TYPED,
    Make,
    heard,
    migrated,
    questions,
    says,
)


async def test_on_sqlite_the_second_is_refused_and_told_who_is_first(
    emulator: Emulator, make: Make
) -> None:
    """R7. After a kill of the first the file is free at once."""
    first, second = make(), make()
    await first.up()
    await second.start()
    assert await second.ends() == 2
    assert f"process {first.pid}) is using it; only one may run" in second.log
    assert "Traceback" not in second.log
    await first.kill()
    await second.up()
    family = User(emulator)
    says(family, *TYPED)
    await second.rests()
    assert questions(family) == ASKED


@pytest.mark.long
async def test_on_postgresql_the_second_waits_for_a_while_and_is_refused(
    emulator: Emulator, make: Make, database: str
) -> None:
    """R7. It never polls, and the first one answers all the time."""
    first, second = make(migrated(database)), make(database)
    await first.up()
    family = User(emulator)
    says(family, *TYPED[:3])
    await second.start()
    assert await second.ends() == 2
    assert f"process {first.pid}: Another program already answers" in second.log
    assert "Traceback" not in second.log
    says(family, *TYPED[3:])
    await first.rests()
    assert questions(family) == ASKED
    conflicts = [call.reply for call in emulator.calls_of("getUpdates")]
    assert "Conflict" not in str(conflicts)


async def test_on_postgresql_the_second_takes_over_from_one_that_died(
    emulator: Emulator, make: Make, database: str
) -> None:
    """R7. It begins to poll while it waits; who was in the middle goes on."""
    first, second = make(migrated(database)), make(database)
    await first.up()
    family = User(emulator)
    says(family, *TYPED[:3])
    await first.rests()
    await first.kill()
    says(family, *TYPED[3:])
    await second.up()
    await second.rests()
    assert questions(family) == ASKED


async def test_on_postgresql_a_program_that_was_stopped_leaves_its_place_at_once(
    emulator: Emulator, make: Make, database: str
) -> None:
    """R7. The next one need not be certain first that it is gone."""
    first, second = make(migrated(database)), make(database)
    await first.up()
    assert first.ask("SELECT count(*) FROM program WHERE name = 'polling'") == 1
    assert await first.terminate() == 0
    held = (
        "SELECT until > extract(epoch FROM now()) FROM program WHERE name = 'polling'"
    )
    assert not first.ask(held)
    await second.up()
    family = User(emulator)
    says(family, *TYPED)
    await second.rests()
    assert questions(family) == ASKED


async def test_a_program_that_lost_its_place_ends_and_says_to_whom(
    emulator: Emulator, make: Make, database: str
) -> None:
    """R7. As after a long pause of its machine: two never poll on beside each other."""
    machine = make(migrated(database))
    await machine.up()
    machine.tell(
        "UPDATE program SET holder = 'elsewhere, process 7',"
        " until = until + 600 WHERE name = 'polling'"
    )
    await heard(emulator, lambda: not machine.runs)
    assert await machine.ends() == 2
    assert "elsewhere, process 7: Another program already answers" in machine.log
