"""R11. Whatever Telegram or the network answers, updates go on being received."""

import asyncio
from typing import Any

import pytest

from tests.emulator import (
    Emulator,
    Fault,
    Reply,
    broken,
    cut_after,
    cut_before,
    refusal,
    slow,
    too_many,
)
from tests.emulator.user import User
from tests.faults.conftest import (
    ASKED,
    TYPED,
    Machine,
    Make,
    heard,
    questions,
    read,
    says,
    webhook,
)


def answer(status: int, body: Any) -> Fault:
    return Fault(Reply(status, body))


ODD: dict[str, Fault] = {
    "server error": refusal(500, "Internal Server Error"),
    "bad gateway, no JSON": broken(502),
    "a page instead of JSON": broken(200),
    "nothing": answer(200, ""),
    "a list": answer(200, "[]"),
    "null": answer(200, "null"),
    "no result": answer(200, {"ok": True}),
    "result is no list": answer(200, {"ok": True, "result": {}}),
    "updates are words": answer(200, {"ok": True, "result": ["x"]}),
    "an update without its number": answer(200, {"ok": True, "result": [{}]}),
    "a number that is none": answer(200, {"ok": True, "result": [{"update_id": "7"}]}),
    "a huge number": answer(200, {"ok": True, "result": [{"update_id": 2**63}]}),
    "half a result": answer(200, '{"ok":true,"result":[{"upd'),
    "no text at all": answer(200, "\x00\x1f"),
    "redirected": Fault(Reply(302, "", {"Location": "http://127.0.0.1:9/elsewhere"})),
    "an unknown status": answer(299, ""),
    "forbidden": refusal(403, "Forbidden"),
    "too many": too_many(1),
    "cut before": cut_before(),
    "cut after": cut_after(),
}


@pytest.mark.parametrize("kinds", [list(ODD)[at::4] for at in range(4)], ids=" / ".join)
async def test_polling_goes_on_after(
    emulator: Emulator, machine: Machine, kinds: list[str]
) -> None:
    """R11. Nothing is lost, nothing comes twice, and the process lives."""
    family = User(emulator)
    await machine.up()
    await machine.rests()
    for kind, text in zip(kinds, TYPED, strict=True):
        emulator.fail("getUpdates", ODD[kind])
        # The poll that waits just now ends with this; the next one meets the trouble.
        family.say(text)
        await machine.rests()
    assert questions(family) == ASKED


async def test_a_poll_that_is_never_answered_is_given_up(
    emulator: Emulator, machine: Machine
) -> None:
    """R11. The next start goes on too: nothing was confirmed."""
    never = asyncio.Event()
    emulator.fail("getUpdates", slow(never))
    family = User(emulator)
    family.say(TYPED[0])
    await machine.up()
    assert await machine.terminate() == 0
    await machine.up()
    await machine.rests()
    assert questions(family) == ASKED[:1]


ODD_UPDATES: dict[str, dict[str, Any]] = {
    "nothing in it": {},
    "a message that is a list": {"message": []},
    "a message that is a word": {"message": "hallo"},
    "a message without a chat": {"message": {"message_id": 1, "text": "hallo"}},
    "a chat that has no kind": {"message": {"message_id": 1, "chat": {"id": 7}}},
    "a tap on a number": {
        "callback_query": {"id": "1", "from": {"id": 7}, "message": 7}
    },
    "an unknown kind": {"in_the_year_2030": {"chat": {"id": 1}}},
}


@pytest.mark.parametrize("hooked", [False, True], ids=["polling", "webhook"])
async def test_an_update_nobody_understands_stops_none_behind_it(
    emulator: Emulator, make: Make, hooked: bool
) -> None:
    """R11, R35. It is confirmed, and left out."""
    machine = make(**(webhook() if hooked else {}))
    await machine.start()
    await (machine.serves() if hooked else machine.polls())
    family = User(emulator)
    for text, odd in zip(TYPED, list(ODD_UPDATES.values())[:5], strict=True):
        emulator.api.updates.deliver(odd)
        family.say(text)
    for odd in list(ODD_UPDATES.values())[5:]:
        emulator.api.updates.deliver(odd)
    await machine.rests()
    assert questions(family) == ASKED


async def test_trouble_while_it_keeps_an_update_is_no_end_either(
    emulator: Emulator, machine: Machine
) -> None:
    """R11. The database fails inside the receive path; then it answers again."""
    await machine.up()
    family = User(emulator)
    family.say(TYPED[0])
    await machine.rests()
    machine.tell("ALTER TABLE inbox RENAME TO elsewhere")
    family.say(TYPED[1])
    await heard(emulator, lambda: "polling_trouble" in machine.log)
    assert not emulator.api.updates.all_confirmed
    machine.tell("ALTER TABLE elsewhere RENAME TO inbox")
    await machine.rests()
    says(family, *TYPED[2:])
    await machine.rests()
    assert [one for one in questions(family) if one in ASKED] == list(ASKED)
    assert sum("storing bij ons" in seen.text for seen in read(family)) == 1
