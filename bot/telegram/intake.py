"""Updates are kept before anything else is done with them; too many are turned down."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeGuard

import orjson
import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.conversation.engine import minutes
from bot.service import Inbound
from bot.storage.base import (
    SHARED_LANE,
    Ledger,
    Outgoing,
    Storage,
    StorageError,
    Waiting,
)
from bot.telegram import render
from bot.telegram.receive import BEYOND, Flooded, Gone, Received, packed, received
from bot.telegram.send import Sender
from bot.telegram.turns import Turns

log = structlog.get_logger()

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
MOST_OF_ONE = 20
"""So many updates of one chat may wait; one more is answered with `flood`."""

MOST = 5_000
"""So many updates may wait in all; then families hear at once whom they can call."""

HELPED_SECONDS = 600.0
"""A family hears once in this time that we are too busy, or cannot keep anything."""

MOST_HELPED = 10_000
UNREADABLE = (KeyError, TypeError, AttributeError, ValueError)
"""What reading an update of an unknown shape can raise."""


class Intake:
    """What polling and the webhook share."""

    def __init__(
        self, bot: Bot, storage: Storage, turns: Turns, sender: Sender, clock: Any
    ) -> None:
        self._bot = bot
        self._storage = storage
        self._turns = turns
        self._sender = sender
        self._clock = clock
        self._helped: dict[bytes | int, float] = {}
        self._flooding: set[bytes] = set()

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Returns when all of them are kept. Raises StorageError: none of them is."""
        read = [(update["update_id"], _read(update)) for update in updates]
        minute = minutes(self._clock())
        try:
            lanes, calls, flooding = await self._storage.transact(
                lambda ledger: self._keep(ledger, read, minute)
            )
        except StorageError:
            await self._say_without_keeping(read)
            raise
        self._helped_now({call.lane for call in calls if call.waits})
        self._told_now(flooding)
        self._turns.wake(lanes)
        self._sender.enter(calls)

    def _keep(
        self, ledger: Ledger, read: Sequence[tuple[int, Received]], minute: int
    ) -> tuple[list[bytes], list[Outgoing], set[bytes]]:
        """It changes nothing of ours: the storage may run it twice."""
        told, helped = set[bytes](), set[bytes]()
        ahead: Counter[bytes] = Counter()
        rows: list[Waiting] = []
        calls: list[Outgoing] = []
        for update_id, asked in read:
            lane = ledger.lane(asked.chat) if asked else SHARED_LANE
            waiting = self._turns.count(lane) + ahead[lane]
            full = self._turns.total + ahead.total() >= MOST
            body = self._body(asked, waiting, full=full)
            flooded = body is None and waiting == MOST_OF_ONE
            if flooded and self._is_news(asked, lane, told):
                body = packed(Flooded(asked.chat, asked.language))
                told.add(lane)
            rows.append(Waiting(lane, update_id, body))
            ahead[lane] += rows[-1].body is not None
            unheard = waiting >= MOST_OF_ONE or rows[-1].body is None
            if isinstance(asked, Inbound) and unheard and asked.message:
                # No turn will see it, but the family may wipe it.
                ledger.note_message(asked.chat, asked.message, minute)
            if isinstance(asked, Inbound) and rows[-1].body is None:
                crowded = not waiting and self._is_first(lane) and lane not in helped
                helped.add(lane)
                calls += self._turned_down(ledger, asked, crowded=crowded)
        return ledger.receive(rows, minute), calls, told

    def _body(self, asked: Received, waiting: int, *, full: bool) -> bytes | None:
        """What is kept of it; None when it is turned down."""
        if asked is None:
            return None
        if isinstance(asked, Gone):
            return packed(asked)
        if waiting >= MOST_OF_ONE or (not waiting and full):
            return None
        return packed(asked)

    def _is_news(
        self, asked: Received, lane: bytes, told: set[bytes]
    ) -> TypeGuard[Inbound]:
        """Not once more for each answer that makes room, while the flood goes on."""
        known = lane in self._flooding or lane in told
        return isinstance(asked, Inbound) and not asked.tap and not known

    def _told_now(self, lanes: set[bytes]) -> None:
        """A flood is over when nothing of it waits any more."""
        self._flooding = {one for one in self._flooding if self._turns.count(one)}
        self._flooding |= lanes

    def _turned_down(
        self, ledger: Ledger, asked: Inbound, *, crowded: bool
    ) -> list[Outgoing]:
        """Too busy for a turn, but no spinner turns on, and nobody is left alone."""
        said = [render.answer_tap(asked.chat, asked.tap)] if asked.tap else []
        if crowded:
            words = self._turns.plain("crowded", asked.language)
            said.append(render.say(asked.chat, words))
        if not said:
            return []
        return ledger.lease(ledger.lane(asked.chat), ledger.send(said))

    async def _say_without_keeping(self, read: Sequence[tuple[int, Received]]) -> None:
        """Nothing can be kept, so this is sent at once, and only tried once."""
        chats = {
            asked.chat: asked.language
            for _, asked in read
            if isinstance(asked, Inbound) and self._is_first(asked.chat)
        }
        self._helped_now(chats)
        await asyncio.gather(*(self._say(*one) for one in chats.items()))

    async def _say(self, chat: int, language: str) -> None:
        words = self._turns.plain("cannot_keep", language)
        body = orjson.loads(render.say(chat, words).body)
        try:
            await self._bot.do_api_request("sendMessage", api_kwargs=body)
        except TelegramError as trouble:
            log.warning("cannot_keep_not_said", kind=type(trouble).__name__)

    def _is_first(self, who: bytes | int) -> bool:
        """It changes nothing: what asks it in a transaction may be run twice."""
        before = self._helped.get(who)
        return before is None or time.monotonic() - before > HELPED_SECONDS

    def _helped_now(self, whom: Iterable[bytes | int]) -> None:
        if len(self._helped) >= MOST_HELPED:
            self._helped.clear()
        self._helped.update(dict.fromkeys(whom, time.monotonic()))


def is_update(found: Any) -> bool:
    """Whether it has the number that every update has."""
    number = found.get("update_id") if isinstance(found, dict) else None
    return type(number) is int and abs(number) < BEYOND


def _read(update: Mapping[str, Any]) -> Received:
    if not any(kind in update for kind in ALLOWED):
        log.info("update_unknown")
    try:
        return received(update)
    except UNREADABLE as unknown:
        log.error("update_unreadable", kind=type(unknown).__name__)
        return None
