"""R32: one family's flood, and a house that is full: said once, and nobody is lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.library import Library
from bot.telegram.intake import MOST_OF_ONE
from tests.emulator import Emulator, Json
from tests.emulator.user import User
from tests.hostile.small_house import MOST
from tests.hostile.village import is_notice
from tests.telegram.conftest import Program, Telephone

pytestmark = pytest.mark.asyncio(loop_scope="module")

MANY = 1_000


def said(user: User) -> list[str]:
    return [seen.text for seen in user.chat() if not seen.mine]


async def test_one_family_sends_a_thousand_messages_and_twenty_others_talk(
    program: Program, telegram: Emulator, library: Library
) -> None:
    flooder = Telephone(program)
    await flooder.begins()
    others = [Telephone(program) for _ in range(20)]
    calls = len(telegram.calls)
    for number in range(MANY):
        flooder.user.say(f"blah {number}")
        if number % 50 == 0:
            others[number // 50].user.say("/start nl")
    for other in others:
        other.user.say("huurachterstand")
    await program.rests()
    for other in others:
        assert len(other.chat) == 3
        assert "landlord" in other.data("landlord")
    notices = [one for one in said(flooder.user) if is_notice(library, "flood", one)]
    assert len(notices) == 1
    answered = telegram.calls_of("sendMessage")
    to_flooder = [
        call
        for call in answered
        if call.number > calls and call.parameters["chat_id"] == flooder.user.chat_id
    ]
    assert len(to_flooder) <= 2 * MOST_OF_ONE + 2
    assert "arrears" in flooder.data("arrears")
    news = await flooder.taps("arrears")
    assert news
    assert "landlord" in flooder.data("landlord")


# --- more than fits in all ---------------------------------------------------------


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Program]:
    """A program in which only a few updates may wait; not started yet."""
    async with Emulator() as emulator:
        program = Program(emulator, tmp_path)
        program.entry = ("tests.hostile.small_house",)
        yield program
        await program.kill()
        assert emulator.violations == []


@pytest.mark.asyncio(loop_scope="function")
async def test_when_it_is_full_newcomers_hear_once_whom_to_call(
    small: Program, library: Library
) -> None:
    emulator = small.emulator
    admitted = [User(emulator) for _ in range(MOST)]
    for one in admitted:
        one.say("/start nl")
    late = [User(emulator) for _ in range(5)]
    for one in late:
        one.say("/start nl")
        one.say("hallo")
    emulator.deliver(old_tap(late[0]))
    await small.start()
    await small.rests()
    for one in admitted:
        assert len(said(one)) == 2
    for one in late:
        (line,) = said(one)
        assert is_notice(library, "crowded", line)
    assert emulator.api.taps["old"].answered_at is not None
    assert small.conversations() == MOST
    late[0].say("/start nl")
    await small.rests()
    assert small.conversations() == MOST + 1
    assert len(said(late[0])) == 3


def old_tap(user: User) -> Json:
    message = {"chat": user.room.info, "message_id": 1, "date": 0}
    return {
        "callback_query": {
            "id": "old",
            "from": user.person,
            "message": message,
            "data": "k7Qp2w:2:situation:arrears",
        }
    }


@pytest.mark.asyncio(loop_scope="function")
async def test_while_a_flood_goes_on_its_notice_is_not_repeated(
    small: Program, library: Library
) -> None:
    family = User(small.emulator)
    await small.start()
    family.say("/start nl")
    await small.rests()
    await family.next()
    for number in range(10):
        family.say(f"blah {number}")
    for number in range(3):
        await family.next()
        family.say(f"meer {number}")
        family.say(f"nog meer {number}")
    await small.rests()
    notices = [one for one in said(family) if is_notice(library, "flood", one)]
    assert len(notices) == 1
