"""R35: what cannot be read or answered is tried three times, told, and stops nobody."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.library import Library
from bot.storage.keys import read_key_file
from bot.storage.postgres import migrate
from bot.storage.sealing import Vault
from bot.telegram.turns import TRIES
from tests.emulator import Emulator, Json
from tests.emulator.webhook import SECRET_HEADER
from tests.hostile.village import is_notice
from tests.telegram.conftest import LONGEST, Program, Telephone

pytestmark = pytest.mark.asyncio(loop_scope="module")

ODD: tuple[Json, ...] = (
    {},
    {"message": None},
    {"message": 7},
    {"message": []},
    {"message": {}},
    {"message": {"chat": {"type": "private"}, "text": "Ja"}},
    {"message": {"chat": {"id": "7", "type": "private"}, "text": "Ja"}},
    {"message": {"message_id": 1, "chat": {"id": 1.5, "type": "private"}, "text": "x"}},
    {
        "message": {
            "message_id": 1,
            "chat": {"id": True, "type": "private"},
            "text": "x",
        }
    },
    {"callback_query": {"id": "1"}},
    {"callback_query": {"id": None, "from": {}, "message": {}, "data": 4}},
    {"edited_message": {"text": 4}},
    {"my_chat_member": {"chat": {"type": "private"}}},
    {"my_chat_member": {"new_chat_member": "kicked"}},
)
"""Four of them hold nothing at all, so there is nothing to read."""

UNKNOWN = ("new_in_11_0", "poll_answer", "chat_boost", "message_reaction", "purchased")
ABSURD = {
    "update_id": 2**40,
    "message_id": 2**53,
    "chat": 2**52 - 1,
    "negative chat": -(2**52) + 1,
}


def poison(program: Program, chat: int, body: bytes = b'{"id": "k7Qp2w"}') -> None:
    """A conversation that opens with the program's own keys and lacks nearly all."""
    vault = Vault(read_key_file(next((program.folder / "config").rglob("*keys*"))))
    lane = vault.lane(chat)
    sealed = vault.seal("conversation", lane, body)
    with closing(sqlite3.connect(program.database, isolation_level=None)) as database:
        database.execute(
            "UPDATE conversation SET body = ? WHERE lane = ?", (sealed, lane)
        )


@pytest.mark.parametrize(
    "body", [b'{"id": "k7Qp2w"}', b"no JSON", b"[]", b'{"path": 1}']
)
async def test_a_turn_that_fails_is_tried_three_times_and_told_once(
    telephone: Telephone, program: Program, library: Library, body: bytes
) -> None:
    await telephone.begins()
    other = Telephone(program)
    poison(program, telephone.user.chat_id, body)
    failed = program.log.count("turn_failed")
    tap = telephone.press("arrears")
    other.user.say("/start nl")
    await program.rests()
    assert program.log.count("turn_failed") == failed + TRIES
    assert is_notice(library, "our_fault", telephone.chat[-1].text)
    assert tap.answered_at is not None
    assert "arrears" in other.data("arrears")
    assert str(telephone.user.id) not in program.log
    telephone.user.say("/wis")
    await program.rests()


async def test_what_follows_a_poisoned_update_is_answered(
    telephone: Telephone, program: Program, library: Library
) -> None:
    await telephone.begins()
    kept = conversation_of(program, telephone.user.chat_id)
    poison(program, telephone.user.chat_id)
    telephone.user.say("huurachterstand")
    await program.rests()
    assert is_notice(library, "our_fault", telephone.chat[-1].text)
    put_back(program, *kept)
    await telephone.says("huurachterstand")
    assert "landlord" in telephone.data("landlord")
    told = [one for one in telephone.chat if is_notice(library, "our_fault", one.text)]
    assert len(told) == 1


def conversation_of(program: Program, chat: int) -> tuple[bytes, bytes]:
    vault = Vault(read_key_file(next((program.folder / "config").rglob("*keys*"))))
    lane = vault.lane(chat)
    with closing(sqlite3.connect(program.database)) as database:
        wanted = "SELECT body FROM conversation WHERE lane = ?"
        (body,) = database.execute(wanted, (lane,)).fetchone()
    return lane, body


def put_back(program: Program, lane: bytes, body: bytes) -> None:
    with closing(sqlite3.connect(program.database, isolation_level=None)) as database:
        database.execute(
            "UPDATE conversation SET body = ? WHERE lane = ?", (body, lane)
        )


async def test_updates_of_an_unknown_shape_are_counted_and_hold_nobody_up(
    telephone: Telephone, program: Program, telegram: Emulator
) -> None:
    unreadable, unknown = (
        program.log.count(f'"{event}"')
        for event in ("update_unreadable", "update_unknown")
    )
    for update in ODD:
        telegram.api.updates.deliver(update)
    for kind in UNKNOWN:
        telegram.api.updates.deliver({kind: {"chat": telephone.user.room.info}})
    await telephone.begins()
    await telephone.taps("arrears")
    assert "landlord" in telephone.data("landlord")
    assert program.log.count('"update_unknown"') == unknown + len(UNKNOWN) + 1
    assert program.log.count('"update_unreadable"') == unreadable + len(ODD) - 4


def absurd(what: str, text: str) -> Json:
    number = ABSURD[what] if "chat" in what else 5_200_900_000 + len(what)
    room = {"id": number, "type": "private", "first_name": "Ans"}
    message = {
        "message_id": ABSURD["message_id"] if what == "message_id" else 3,
        "from": {"id": abs(number), "is_bot": False, "first_name": "Ans"},
        "chat": room,
        "date": 1,
        "text": text,
    }
    return {"message": message}


@pytest.mark.parametrize("what", ABSURD)
async def test_absurd_numbers_are_answered_on_sqlite(
    program: Program, telegram: Emulator, what: str
) -> None:
    await _answered(telegram, what)


async def _answered(telegram: Emulator, what: str) -> None:
    """It is welcomed and asked, and then all of it is wiped."""
    update = absurd(what, "/start nl")
    if what == "update_id":
        update["update_id"] = ABSURD["update_id"]
    telegram.deliver(update)
    await posts_of(telegram, update, 2)
    if what == "update_id":
        telegram.reset_update_ids(874_900_001)
    wiped = absurd(what, "/wis")
    wiped["message"]["message_id"] += 1
    telegram.deliver(wiped)
    await posts_of(telegram, update, 1)


async def posts_of(telegram: Emulator, update: Json, number: int) -> None:
    """Until so many messages stand in this chat."""
    room = telegram.api.chats[update["message"]["chat"]["id"]]
    async with asyncio.timeout(LONGEST):
        while len(room.posts) != number:
            await room.bell.heard()


@pytest.mark.asyncio(loop_scope="function")
async def test_absurd_numbers_are_answered_on_postgresql(
    tmp_path: Path, database: str
) -> None:
    migrate(database)
    async with Emulator() as emulator:
        program = Program(emulator, tmp_path, DATABASE=database)
        await program.start()
        await program.polls()
        try:
            for what in ABSURD:
                await _answered(emulator, what)
        finally:
            await program.kill()
        assert emulator.violations == []


# --- over the webhook ---------------------------------------------------------------


@pytest.fixture
async def serving(tmp_path: Path) -> AsyncIterator[Program]:
    """A program with a webhook on a port that was free a moment ago."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{found.getsockname()[1]}"
    async with Emulator() as emulator:
        address = {"WEBHOOK_URL": f"http://{listen}", "LISTEN": listen}
        program = Program(emulator, tmp_path, **address)
        await program.start()
        await program.serves()
        yield program
        await program.kill()
        assert emulator.violations == []


HALF = json.dumps({"update_id": 5, **absurd("", "ja \ud800")}).encode()
BODIES = {
    "no JSON": (b"{", 400),
    "a list": (b"[]", 400),
    "deep": (b"[" * 200_000, 400),
    "not UTF-8": (b'{"update_id": 1, "a": "\xff"}', 400),
    "without a number": (b"{}", 400),
    "a number too large": (b'{"update_id": 18446744073709551616}', 400),
    "a number of a kind": (b'{"update_id": true}', 400),
    "half a character": (HALF, 200),
    "nothing known": (b'{"update_id": 6}', 200),
}


@pytest.mark.asyncio(loop_scope="function")
async def test_any_body_is_answered_by_the_webhook_and_the_next_one_served(
    serving: Program,
) -> None:
    hook = serving.emulator.api.sender.hook
    assert hook is not None
    serving.emulator.api.meet(absurd("", "")["message"]["chat"])
    headers = {SECRET_HEADER: hook.secret}
    async with aiohttp.ClientSession(headers=headers) as telegram:
        for name, (body, expected) in BODIES.items():
            async with telegram.post(hook.url, data=body) as answer:
                assert answer.status == expected, name
    telephone = Telephone(serving)
    await telephone.begins()
    assert "arrears" in telephone.data("arrears")
