"""R3, R4, R5. An update comes twice, late, or with an odd number: one answer, once."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import orjson
import pytest

from bot.content.read_library import read_library
from bot.conversation.model import Conversation
from bot.library import Library
from bot.service import Inbound, Service, unpacked
from bot.storage.base import Ledger, Outgoing
from bot.storage.sqlite import SqliteStorage, in_memory
from bot.telegram.receive import received
from bot.telegram.render import TelegramChannel
from tests.conftest import ID, TUESDAY
from tests.emulator import Emulator
from tests.emulator.user import User
from tests.emulator.webhook import SECRET_HEADER
from tests.faults.conftest import (
    ASKED,
    TYPED,
    Machine,
    Make,
    migrated,
    questions,
    texts,
    webhook,
)

# --- R3: twice -----------------------------------------------------------------------


async def test_an_update_that_is_polled_again_counts_once(
    emulator: Emulator, either: Machine
) -> None:
    """R3. Also after it was answered, and after a restart."""
    dice = Random(3)
    families = [User(emulator) for _ in range(10)]
    await either.up()
    for text in TYPED:
        for family in families:
            family.say(text)
        await either.rests()
        known = list(emulator.api.updates._past)
        for number in dice.sample(known, len(known) // 2):
            emulator.redeliver(number)
    await either.rests()
    assert await either.terminate() == 0
    for number in emulator.api.updates._past:
        emulator.redeliver(number)
    await either.up()
    await either.rests()
    assert {questions(family) for family in families} == {ASKED}
    assert {len(texts(family)) for family in families} == {len(ASKED) + 1}


@pytest.mark.parametrize("where", ["SQLite", "PostgreSQL"])
async def test_an_update_that_is_brought_up_to_five_times_at_once_counts_once(
    emulator: Emulator, make: Make, where: str, request: pytest.FixtureRequest
) -> None:
    """R3. Every copy is answered with 200; on PostgreSQL two workers share them."""
    shared = where == "PostgreSQL"
    url = migrated(request.getfixturevalue("database")) if shared else ""
    first = make(url, **webhook())
    await first.start()
    await first.serves()
    address = emulator.api.webhook
    addresses = [address]
    if shared:
        second = make(url, **webhook())
        await second.start()
        await second.serves()
        addresses.append(emulator.api.webhook)
    assert emulator.api.sender.hook is not None
    headers = {SECRET_HEADER: emulator.api.sender.hook.secret}
    families = [User(emulator) for _ in range(20)]
    emulator.api.sender.pause()  # from now on, only copies come
    dice = Random(5)
    async with aiohttp.ClientSession(headers=headers) as client:
        for text in TYPED:
            updates = []
            for family in families:
                family.say(text)
                updates.append(emulator.api.updates.waiting()[-1].update)
            copies = [one for one in updates for _ in range(dice.randint(1, 5))]
            dice.shuffle(copies)
            posts = (
                client.post(addresses[at % len(addresses)], json=one)
                for at, one in enumerate(copies)
            )
            answers = await asyncio.gather(*posts)
            assert {answer.status for answer in answers} == {200}
            emulator.api.updates.drop()
            await first.rests()
    assert {questions(family) for family in families} == {ASKED}
    assert {len(texts(family)) for family in families} == {len(ASKED) + 1}


# --- R4: out of order ----------------------------------------------------------------

PERSON = {"id": 1, "is_bot": False, "first_name": "Ans", "language_code": "nl"}


class Talk:
    """One family and the engine, through what reads and what renders."""

    def __init__(self, library: Library, storage: SqliteStorage, chat: int) -> None:
        self.storage = storage
        self.chat = chat
        self.shown: list[str] = []
        self._service = Service(library, TelegramChannel(), _clock, lambda: ID)
        self._count = 0

    async def hears(self, update: dict[str, Any]) -> None:
        asked = received(update)
        assert isinstance(asked, Inbound)
        calls = await self.storage.transact(lambda ledger: self._turn(ledger, asked))
        self.shown += [data for call in calls for data in _data(call)]

    def _turn(self, ledger: Ledger, asked: Inbound) -> list[Outgoing]:
        calls = self._service.receive(ledger, asked)
        for call in calls:
            ledger.sent(call, None, 0)
        return calls

    async def conversation(self) -> Conversation:
        kept = await self.storage.transact(lambda box: box.conversation(self.chat))
        assert kept is not None
        return unpacked(kept)

    def said(self, text: str) -> dict[str, Any]:
        return {"update_id": 1, "message": {**self._head(), "text": text}}

    def tapped(self, data: str) -> dict[str, Any]:
        query = {"id": "1", "from": PERSON, "message": self._head(), "data": data}
        return {"update_id": 1, "callback_query": query}

    def _head(self) -> dict[str, Any]:
        self._count += 1
        chat = {"id": self.chat, "type": "private"}
        return {"message_id": self._count, "from": PERSON, "chat": chat, "date": 1}


def _clock() -> datetime:
    return TUESDAY


def _data(call: Outgoing) -> Iterator[str]:
    rows = orjson.loads(call.body).get("reply_markup", {}).get("inline_keyboard", [])
    return (button["callback_data"] for row in rows for button in row)


TALKS = {
    "sample": ("/start nl", "=gas", "schimmel", "=yes", "12", "€ 1.250,50"),
    "shipped": (
        "/start nl",
        "=arrears",
        "verhuurder",
        "=reminder",
        "4 en 9",
        "=private",
    ),
}
"""What begins with = is a tap. Each text fits one question: nothing else names it."""


async def ideal(talk: Talk, script: tuple[str, ...]) -> list[dict[str, Any]]:
    """The updates as a family sends them when all goes well."""
    updates = []
    for said in script:
        newest = reversed(talk.shown)
        answer = said.removeprefix("=")
        updates.append(
            talk.tapped(next(d for d in newest if d.rpartition(":")[2] == answer))
            if said.startswith("=")
            else talk.said(said)
        )
        await talk.hears(updates[-1])
    return updates


@pytest.mark.parametrize("which", TALKS)
async def test_in_whatever_order_no_answer_goes_to_another_question(
    which: str, library: Library, content: Path
) -> None:
    """R4. All 720 orders of six updates, taps and texts alike."""
    if which == "sample":
        found, _ = read_library(content)
        assert found is not None
        library = found
    storage = in_memory()
    talk = Talk(library, storage, 0)
    updates = await ideal(talk, TALKS[which])
    right = dict((await talk.conversation()).answers)
    for chat, order in enumerate(permutations(updates), 1):
        other = Talk(library, storage, chat)
        for update in order:
            await other.hears(_of(chat, update))
        heard = (await other.conversation()).answers
        wrong = {q: a for q, a in heard.items() if right.get(q) != a}
        assert wrong == {}
    await storage.close()
    assert len(right) == 5


def _of(chat: int, update: dict[str, Any]) -> dict[str, Any]:
    """The same from another family."""
    (kind, content) = next((k, v) for k, v in update.items() if k != "update_id")
    private = {"id": chat, "type": "private"}
    if kind == "callback_query":
        content = content | {"message": content["message"] | {"chat": private}}
    return {"update_id": 1, kind: content | {"chat": private}}


# --- R5: numbers of updates ----------------------------------------------------------


@pytest.mark.parametrize("hooked", [False, True], ids=["polling", "webhook"])
async def test_numbers_may_begin_again_anywhere(
    emulator: Emulator, make: Make, hooked: bool
) -> None:
    """R5. As Telegram does after a week without updates."""
    machine = make(**(webhook() if hooked else {}))
    await machine.start()
    await (machine.serves() if hooked else machine.polls())
    family = User(emulator)
    for first, text in zip((900, 7, 800_000_000, 800, 6), TYPED, strict=True):
        emulator.reset_update_ids(first)
        family.say(text)
        await machine.rests()
    assert questions(family) == ASKED
