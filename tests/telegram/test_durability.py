"""The program dies, is stopped, or is not wanted: no family loses its place."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.emulator import Call, Emulator, cut_before, slow
from tests.emulator.user import Seen, User
from tests.telegram.conftest import Program, Telephone

Begin = Callable[..., Program]

TYPED = ("/start nl", "huurachterstand", "verhuurder")
AFTER = ("reminder", "fourteen_days", "last_warning", "unsure")
"""The answers that are offered when all of TYPED was heard, each of it once."""


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        yield running
    assert running.violations == []


@pytest.fixture
async def program(emulator: Emulator, tmp_path: Path) -> AsyncIterator[Program]:
    """A program that is not started yet."""
    made = Program(emulator, tmp_path)
    yield made
    await made.kill()


async def calls(emulator: Emulator, number: int, *methods: str) -> None:
    """Wait until these methods were called so often."""
    async with asyncio.timeout(20):
        while len(emulator.calls_of(*methods)) < number:
            await emulator.call_bell.heard()


def chat_of(user: User) -> list[Seen]:
    return [seen for seen in user.chat() if not seen.mine]


def is_at_the_right_question(user: User) -> bool:
    """The newest question is the one after TYPED, and it was never misread."""
    *_, last = (seen for seen in chat_of(user) if seen.buttons)
    offered = [b.data.rpartition(":")[2] for row in last.buttons for b in row if b.data]
    misread = any("begrijp" in seen.text for seen in chat_of(user))
    return tuple(offered[:4]) == AFTER and not misread


# --- kill -9 -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_killed_at_any_moment_every_family_ends_at_the_right_question(
    emulator: Emulator, program: Program, seed: int
) -> None:
    dice = random.Random(seed)
    families = [User(emulator) for _ in range(10)]
    for text in TYPED:
        for family in families:
            family.say(text)
    for _ in range(4):
        before = len(emulator.calls)
        await program.start()
        await calls(emulator, before + dice.randint(1, 30), *ALL)
        await program.kill()
    await program.start()
    await program.rests()
    assert [is_at_the_right_question(family) for family in families] == [True] * 10
    repeated = sum(len(chat_of(family)) - 5 for family in families)
    assert 0 <= repeated <= 4 * len(families)


ALL = ("getMe", "getUpdates", "sendMessage", "editMessageText", "editMessageReplyMarkup")
