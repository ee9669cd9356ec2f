"""R17, R18, R19. We were away: what waits is answered, and who was here hears of us."""

from functools import partial

import pytest

from tests.emulator import Emulator
from tests.emulator.user import User
from tests.faults.conftest import ASKED, TYPED, Machine, heard, questions, says, texts

AWAY = "Wij waren er even niet."
HOUR = 3600.0


def apologies(user: User) -> int:
    return sum(AWAY in text for text in texts(user))


async def is_back(machine: Machine) -> None:
    """Started, in touch with Telegram, and done with what waited."""
    before = len(machine.emulator.calls_of("getUpdates"))
    await machine.start()
    await polled(machine, before + 2)


async def polled(machine: Machine, times: int) -> None:
    emulator = machine.emulator
    await heard(emulator, lambda: len(emulator.calls_of("getUpdates")) >= times)
    await machine.rests()


async def talked(machine: Machine, number: int) -> list[User]:
    """Families in the middle of a conversation."""
    families = [User(machine.emulator) for _ in range(number)]
    for family in families:
        says(family, *TYPED[:2])
    await machine.rests()
    return families


async def talked_long_ago(machine: Machine) -> User:
    (family,) = await talked(machine, 1)
    machine.tell("UPDATE conversation SET heard = heard - 61")
    return family


async def test_after_two_minutes_all_that_waited_is_answered_in_order(
    emulator: Emulator, either: Machine
) -> None:
    """R17. Taps live for 150 seconds at Telegram."""
    await either.up()
    families = [User(emulator) for _ in range(5)]
    for family in families:
        family.say(TYPED[0])
    await either.rests()
    await either.kill()
    for family in families:
        family.tap("🔥 Gas")
        says(family, *TYPED[2:])
    either.passes(120)
    await is_back(either)
    assert {questions(family) for family in families} == {ASKED}
    assert sum(map(apologies, families)) == 0


@pytest.mark.parametrize(
    "away",
    [600, pytest.param(25 * HOUR, marks=pytest.mark.long)],
    ids="{:.0f} s".format,
)
async def test_after_a_longer_outage_who_was_here_is_asked_again_once(
    either: Machine, away: float
) -> None:
    """R18, R19. Others hear nothing; and the next start is no outage."""
    await either.up()
    long_ago = await talked_long_ago(either)
    here = await talked(either, 3)
    stopped = User(either.emulator)
    says(stopped, *TYPED[:2], "/stop")
    await either.rests()
    silent = texts(stopped)
    await either.kill()
    either.passes(away)
    for _ in range(2):
        await is_back(either)
        assert [apologies(family) for family in (*here, long_ago)] == [1, 1, 1, 0]
        assert {texts(family)[-1].split("\n")[0] for family in here} == {ASKED[1]}
        assert texts(stopped) == silent
        await either.terminate()


async def test_what_was_written_meanwhile_is_answered_beside(
    emulator: Emulator, machine: Machine
) -> None:
    """R18. A tap that Telegram dropped is asked for again, a message is not lost."""
    await machine.up()
    tapping, writing = await talked(machine, 2)
    await machine.kill()
    tapping.tap("🍄 Schimmel")
    writing.say("schimmel")
    machine.passes(600)
    await is_back(machine)
    assert apologies(tapping) == 1
    assert texts(tapping)[-1].startswith(ASKED[1])
    assert apologies(writing) <= 1
    assert texts(writing)[-1].startswith(ASKED[2])


async def test_telegram_was_away_and_the_program_was_not(
    emulator: Emulator, either: Machine
) -> None:
    """R18. The same when nobody could reach Telegram for ten minutes."""
    await either.up()
    here = await talked(either, 3)
    await emulator.stop()
    await heard(emulator, lambda: "polling_trouble" in either.log)
    either.passes(600)
    before = len(emulator.calls_of("getUpdates"))
    await emulator.start()
    await polled(either, before + 2)
    assert [apologies(family) for family in here] == [1, 1, 1]


async def test_the_machine_slept(emulator: Emulator, machine: Machine) -> None:
    """R18. A laptop was closed for ten minutes; a clock that was only set is no sleep.

    The poll that was under way is cut, as by any router that forgot it.
    """
    await machine.up()
    here = await talked(machine, 2)
    machine.passes(600)
    before = len(emulator.calls_of("getUpdates"))
    await emulator.stop()
    await emulator.start()
    await polled(machine, before + 2)
    assert [apologies(family) for family in here] == [1, 1]


@pytest.mark.parametrize(
    ("deaths", "most"),
    [("kill", 4), pytest.param("terminate", 1, marks=pytest.mark.long)],
)
async def test_ended_while_it_comes_back_it_tells_everybody(
    emulator: Emulator, either: Machine, deaths: str, most: int
) -> None:
    """R18. A kill repeats what was on its way to a chat just then; SIGTERM nothing."""
    await either.up()
    here = await talked(either, 10)
    await either.kill()
    either.passes(600)
    for sent in (1, 7, 3):
        wanted = len(emulator.calls_of("sendMessage")) + sent
        await either.start()
        await heard(emulator, partial(has_sent, emulator, wanted, here))
        await getattr(either, deaths)()
        either.passes(30)  # until another program may poll
    await is_back(either)
    told = [apologies(family) for family in here]
    assert min(told) >= 1
    assert max(told) <= most


def has_sent(emulator: Emulator, number: int, here: list[User]) -> bool:
    """So many messages, or all of them."""
    sent = len(emulator.calls_of("sendMessage"))
    return sent >= number or all(map(apologies, here))
