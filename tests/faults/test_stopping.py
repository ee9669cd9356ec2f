"""R34. SIGTERM in the middle of work: nothing is lost, and the next start goes on."""

import asyncio
from random import Random

import pytest

from tests.emulator import Emulator
from tests.emulator.user import User
from tests.emulator.webhook import listens
from tests.faults.conftest import (
    ASKED,
    TYPED,
    Machine,
    Make,
    heard,
    questions,
    texts,
    webhook,
)
from tests.telegram.conftest import LONGEST

TIMES = 6
"""For each way of receiving; each time at another moment of the same work."""


@pytest.mark.parametrize(
    "hooked",
    [False, pytest.param(True, marks=pytest.mark.long)],
    ids=["polling", "webhook"],
)
async def test_stopped_under_load_again_and_again(
    emulator: Emulator, make: Make, hooked: bool
) -> None:
    """R34. Each message comes once: what was begun is finished, the rest waits."""
    dice = Random(34 + hooked)
    machine = make(**(webhook() if hooked else {}))
    families = [User(emulator) for _ in range(20)]
    await ready(machine, hooked)
    for text in TYPED:
        for family in families:
            family.say(text)
    for _ in range(TIMES):
        await worked(emulator, dice.randint(1, 30))
        assert await machine.terminate() == 0
        await ready(machine, hooked)
    await machine.rests()
    assert {questions(family) for family in families} == {ASKED}
    assert {len(texts(family)) for family in families} == {len(ASKED) + 1}
    assert machine.log.count('"stopped"') == TIMES


async def worked(emulator: Emulator, calls: int) -> None:
    """It made so many calls, or was through before."""
    wanted = len(emulator.calls) + calls
    updates = emulator.api.updates
    await heard(emulator, lambda: len(emulator.calls) >= wanted or not len(updates))


async def ready(machine: Machine, hooked: bool) -> None:
    known = machine.emulator.api.webhook
    await machine.start()
    if not hooked:
        await machine.polls()
    elif known:  # it is not set again
        async with asyncio.timeout(LONGEST):
            while not await listens(known):
                await asyncio.sleep(0.02)
    else:
        await machine.serves()


async def test_stopped_after_each_answer_of_many(
    emulator: Emulator, either: Machine
) -> None:
    """R34. The same with families that come while it is down."""
    dice = Random(35)
    families = [User(emulator) for _ in range(10)]
    for text in TYPED:
        for family in families:
            family.say(text)
        await either.up()
        await worked(emulator, dice.randint(1, 20))
        assert await either.terminate() == 0
        assert either.leases() == 0
    await either.up()
    await either.rests()
    assert {questions(family) for family in families} == {ASKED}
    assert {len(texts(family)) for family in families} == {len(ASKED) + 1}
