"""What a bot may delete, and when: its own messages and, alone, the family's."""

import pytest

from tests.emulator import Emulator
from tests.emulator.user import User
from tests.emulator_tests.conftest import Ask

HOUR = 3600
TOO_LATE = "Bad Request: message can't be deleted for everyone"


def pass_time(emulator: Emulator, seconds: float) -> None:
    later = emulator.now() + seconds
    emulator.now = lambda: later


async def test_deleting_works_for_48_hours(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    for _ in range(2):
        await ask("sendMessage", chat_id=family.id, text="?")
    assert (await ask("deleteMessage", chat_id=family.id, message_id=1))["ok"]
    later = emulator.now() + 48 * 3600 + 1
    emulator.now = lambda: later
    answer = await ask("deleteMessage", chat_id=family.id, message_id=2)
    assert "message can't be deleted for everyone" in answer["description"]
    answer = await ask("deleteMessage", chat_id=family.id, message_id=1)
    assert answer["description"] == "Bad Request: message to delete not found"
    assert [seen.id for seen in family.chat()] == [2]


async def test_deleting_many_passes_over_unknown_ones(ask: Ask, family: User) -> None:
    await ask("sendMessage", chat_id=family.id, text="?")
    answer = await ask("deleteMessages", chat_id=family.id, message_ids=[1, 7])
    assert answer["result"] is True
    assert family.chat() == []


async def test_one_message_that_must_stay_keeps_the_others(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    old = family.say("oud")
    pass_time(emulator, 48 * HOUR)
    new = family.say("nieuw")
    answer = await ask("deleteMessages", chat_id=family.id, message_ids=[new, old])
    assert answer["description"] == TOO_LATE
    assert [seen.text for seen in family.chat()] == ["oud", "nieuw"]
    assert emulator.violations == []


async def test_both_sides_of_a_private_chat_can_be_wiped(
    ask: Ask, family: User
) -> None:
    theirs = family.say("hallo")
    await ask("sendMessage", chat_id=family.id, text="Dag")
    both = [theirs, theirs + 1, theirs]
    assert (await ask("deleteMessages", chat_id=family.id, message_ids=both))["result"]
    assert family.chat() == []


async def test_in_a_group_only_the_own_messages_can_be_deleted(
    emulator: Emulator, ask: Ask
) -> None:
    theirs = User(emulator, group=-77).say("hallo")
    answer = await ask("deleteMessage", chat_id=-77, message_id=theirs)
    assert answer["description"] == "Bad Request: message can't be deleted"


async def test_dice_stay_for_a_day(emulator: Emulator, ask: Ask, family: User) -> None:
    dice = family.send("dice")
    answer = await ask("deleteMessage", chat_id=family.id, message_id=dice)
    assert answer["description"] == TOO_LATE
    pass_time(emulator, 25 * HOUR)
    assert (await ask("deleteMessage", chat_id=family.id, message_id=dice))["ok"]


@pytest.mark.parametrize(
    ("many", "right"), [(0, False), (1, True), (100, True), (101, False)]
)
async def test_one_to_a_hundred_messages_go_at_once(
    emulator: Emulator, ask: Ask, family: User, *, many: int, right: bool
) -> None:
    numbers = list(range(1, many + 1))
    answer = await ask("deleteMessages", chat_id=family.id, message_ids=numbers)
    assert answer["ok"] is right
    assert len(emulator.violations) == (not right)


async def test_a_deleted_message_is_gone_for_edits_and_answers(
    ask: Ask, family: User
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?")
    await ask("deleteMessage", chat_id=family.id, message_id=1)
    answer = await ask("editMessageText", chat_id=family.id, message_id=1, text="!")
    assert answer["description"] == "Bad Request: message to edit not found"
    reply = {"message_id": 1}
    answer = await ask(
        "sendMessage", chat_id=family.id, text="!", reply_parameters=reply
    )
    assert answer["description"] == "Bad Request: message to be replied not found"
