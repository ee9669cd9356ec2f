"""The bot's own turns over a storage, with nobody who sends what they say."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import cast

from bot.conversation.engine import minutes
from bot.library import Library
from bot.storage.base import Ledger, Outgoing, Storage, Waiting
from bot.telegram.send import Sender
from bot.telegram.turns import Turns
from tests.bench.walk import CHAT, FIRST_UPDATE, MOMENT, Recorded, service_of

MINUTE = minutes(MOMENT)


class Silent:
    """Takes calls as the sender does, and tells whose turn is over."""

    def __init__(self) -> None:
        self.over: dict[bytes, asyncio.Future[None]] = {}

    def enter(self, calls: Iterable[Outgoing]) -> None:
        for call in calls:
            if waits := self.over.pop(call.lane, None):
                waits.set_result(None)


class Families:
    """Chats whose updates are kept first, and answered when it is time."""

    def __init__(self, storage: Storage, library: Library, first: int = CHAT) -> None:
        self._storage = storage
        self._silent = Silent()
        sender = cast(Sender, self._silent)
        self._turns = Turns(storage, service_of(library), sender, "")
        self._first = first
        self._numbers = count(FIRST_UPDATE)

    async def write(self, said: Sequence[Recorded]) -> list[bytes]:
        """Each another family, in the middle of its conversation; their lanes."""

        def work(ledger: Ledger) -> list[bytes]:
            for chat, one in self._chats(said):
                ledger.keep(chat, one.before, MINUTE)
            return ledger.receive(list(self._updates(ledger, said)), MINUTE)

        return await self._storage.transact(work)

    async def answer(self, lane: bytes) -> None:
        """Returns when what is said to this family is on the disk."""
        over = asyncio.get_running_loop().create_future()
        self._silent.over[lane] = over
        self._turns.wake([lane])
        await over

    def _updates(self, ledger: Ledger, said: Sequence[Recorded]) -> Iterator[Waiting]:
        for chat, one in self._chats(said):
            yield Waiting(ledger.lane(chat), next(self._numbers), one.said_by(chat))

    def _chats(self, said: Sequence[Recorded]) -> Iterator[tuple[int, Recorded]]:
        return enumerate(said, self._first)
