"""Four programs on one PostgreSQL: each update is answered once, and in some order."""

import asyncio
import random
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Iterator, Mapping

import pytest

from bot.storage.base import Ledger, Outgoing
from bot.storage.postgres import PostgresStorage
from bot.storage.sealing import Vault
from tests.storage.given import NOON, plain, updates

CHATS, EACH, WORKERS = 50, 24, 3
"""Families, updates of each, and turns that a program does beside each other."""

Delivery = tuple[int, int]
"""A chat and an update of it."""


class World:
    """What came in and what was said, in all programs together."""

    def __init__(self, chats: Mapping[bytes, int]) -> None:
        self.chats = chats
        self.said: dict[int, list[bytes]] = defaultdict(list)
        self.to_deliver = deque(deliveries())


def deliveries() -> Iterator[Delivery]:
    """Each update comes once, twice or three times, from anywhere."""
    chance = random.Random(7)
    found = [
        (5_200_000_000 + chat, chat * 1_000 + number)
        for chat in range(CHATS)
        for number in range(EACH)
        for _ in range(chance.choice((1, 1, 2, 3)))
    ]
    chance.shuffle(found)
    yield from found


class Program:
    """Takes what comes in, answers it and sends the answers, as the bot does."""

    def __init__(self, world: World, storage: PostgresStorage, seed: int) -> None:
        self._world = world
        self._storage = storage
        self._busy: set[bytes] = set()
        self._chance = random.Random(seed)

    async def run(self) -> None:
        await asyncio.gather(self._take(), *(self._work() for _ in range(WORKERS)))

    async def _take(self) -> None:
        while self._world.to_deliver:
            chat, number = self._world.to_deliver.popleft()
            await self._storage.transact(
                lambda box, c=chat, n=number: box.receive(updates(box, n, chat=c), NOON)  # type: ignore[misc]
            )

    async def _work(self) -> None:
        while True:
            found = await self._storage.transact(lambda box: box.waiting_lanes(99))
            if not found and not self._world.to_deliver:
                return
            free = [lane for lane, _ in found if lane not in self._busy]
            if free:
                await self._lane(self._chance.choice(free))
            else:
                await asyncio.sleep(0.005)

    async def _lane(self, lane: bytes) -> None:
        self._busy.add(lane)
        chat = self._world.chats[lane]
        calls = deque(await self._storage.transact(lambda box: turn(box, lane, chat)))
        while calls:
            call = calls.popleft()
            self._world.said[call.chat].append(call.body)
            calls += await self._storage.transact(
                lambda box, c=call, last=not calls: done(box, c, last=last)  # type: ignore[misc]
            )
        self._busy.remove(lane)


def turn(ledger: Ledger, lane: bytes, chat: int) -> list[Outgoing]:
    """The conversation is the list of updates that were answered."""
    if not ledger.hold(lane):
        return []
    found = ledger.waiting(lane, 1)
    if not found:
        return []
    word = b"%d" % found[0].update_id
    ledger.keep(chat, b"%b %b" % (ledger.conversation(chat) or b"", word), NOON)
    ledger.processed(found[0])
    return ledger.lease(lane, ledger.send([plain(word, chat)]))


def done(ledger: Ledger, call: Outgoing, *, last: bool) -> list[Outgoing]:
    ledger.sent(call, None, NOON)
    return ledger.release(call.lane) if last else []


@pytest.fixture
async def storages(shared: str, vault: Vault) -> AsyncIterator[list[PostgresStorage]]:
    opened = [PostgresStorage(shared, vault, program=name) for name in "abcd"]
    yield opened
    for one in opened:
        await one.close()


async def test_every_chat_has_one_history_and_hears_each_answer_once(
    storages: list[PostgresStorage], vault: Vault
) -> None:
    chats = [5_200_000_000 + chat for chat in range(CHATS)]
    world = World({vault.lane(chat): chat for chat in chats})
    programs = [Program(world, one, seed) for seed, one in enumerate(storages)]
    await asyncio.gather(*(one.run() for one in programs))

    def work(ledger: Ledger) -> dict[int, list[bytes]]:
        return {chat: (ledger.conversation(chat) or b"").split() for chat in chats}

    histories = await storages[0].transact(work)
    expected = {
        chat: [b"%d" % (at * 1_000 + number) for number in range(EACH)]
        for at, chat in enumerate(chats)
    }
    assert {chat: sorted(one, key=int) for chat, one in histories.items()} == expected
    assert world.said == histories
    assert await storages[0].transact(lambda box: box.unsent_lanes(9)) == []
