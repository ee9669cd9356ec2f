"""The outbox goes out: one lane a chat, in order; trouble of one chat stays there."""

import asyncio
import random
import re
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.storage.base import Ledger, Outgoing, Storage, StorageError

log = structlog.get_logger()

TAGS = re.compile(r"</?(?:b|i|blockquote)>")
AT_ONCE = 64
BATCH = 200
LONGEST_PAUSE = 60.0
DONE_ALREADY = (
    "not modified",
    "query is too old",
    "message to edit not found",
    "message can't be edited",
)

Pause = Callable[[float], Awaitable[None]]


class Sender:
    """Sends what the outbox holds and forgets it on Telegram's ok."""

    def __init__(self, bot: Bot, storage: Storage, pause: Pause = asyncio.sleep):
        self._bot = bot
        self._storage = storage
        self._pause = pause
        self._lanes: dict[int, deque[Outgoing]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._taken = 0
        self.new = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled: take new calls from the outbox and put them in lanes."""
        while True:
            self.new.clear()
            while await self._take():
                pass
            await self.new.wait()

    async def finish(self) -> None:
        """Wait until the calls already taken are sent or given up."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def _take(self) -> int:
        calls = await self._storage.transact(lambda l: l.outgoing(self._taken, BATCH))
        for call in calls:
            self._taken = call.id
            self._enter(call)
        return len(calls)

    def _enter(self, call: Outgoing) -> None:
        if call.lane == 0:
            self._start(self._one(call))
        elif call.lane in self._lanes:
            self._lanes[call.lane].append(call)
        else:
            self._lanes[call.lane] = deque([call])
            self._start(self._lane(call.lane))

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _lane(self, chat: int) -> None:
        lane = self._lanes[chat]
        while lane:
            await self._one(lane.popleft())
        del self._lanes[chat]

    async def _one(self, call: Outgoing) -> None:
        tries = 0
        while True:
            tries += 1
            async with self._slots:
                wait = await self._attempt(call, tries)
            if wait is None:
                return
            await self._pause(wait)

    async def _attempt(self, call: Outgoing, tries: int) -> float | None:
        """Seconds to wait before the next try; None when the call is settled."""
        try:
            body = await self._complete(call)
            if body is None:
                await self._settled(call, None)
                return None
            sent = await self._bot.do_api_request(call.method, api_kwargs=body)
            await self._settled(call, _message_id(sent))
        except RetryAfter as trouble:
            return float(trouble._retry_after.total_seconds())
        except StorageError:
            return _back_off(tries)
        except TelegramError as trouble:
            return await self._after(trouble, call, tries)
        return None

    async def _complete(self, call: Outgoing) -> dict[str, Any] | None:
        """The body; an edit gets the id of the message that showed its question."""
        body: dict[str, Any] = orjson.loads(call.body)
        if not call.edits:
            return body
        posted = await self._storage.transact(lambda l: l.posted(call.lane))
        if posted is None or posted[0] != call.edits:
            return None
        return body | {"message_id": posted[1]}

    async def _after(
        self, trouble: TelegramError, call: Outgoing, tries: int
    ) -> float | None:
        match trouble:
            case Forbidden():
                await self._blocked(call)
            case ChatMigrated():
                await self._settled(call, None)
            case BadRequest() if any(w in str(trouble).lower() for w in DONE_ALREADY):
                await self._settled(call, None)
            case BadRequest() if "parse entities" in str(trouble).lower():
                await self._as_plain_text(call)
            case BadRequest():
                log.error("send_refused", method=call.method)
                await self._settled(call, None)
            case TimedOut() if tries > 1 and call.method == "sendMessage":
                log.warning("send_given_up", method=call.method)
                await self._settled(call, None)
            case NetworkError():
                return _back_off(tries)
            case _:
                log.error("send_failed", kind=type(trouble).__name__)
                return _back_off(tries)
        return None

    async def _as_plain_text(self, call: Outgoing) -> None:
        """Telegram refused our mark-up: the words matter more than their form."""
        log.error("markup_refused", method=call.method)
        body = orjson.loads(call.body)
        body.pop("parse_mode", None)
        body["text"] = TAGS.sub("", body.get("text", ""))
        plain = Outgoing(
            call.lane, call.method, orjson.dumps(body), call.posts, call.edits
        )

        def work(ledger: Ledger) -> None:
            ledger.sent(call, None)
            ledger.send([plain])

        await self._storage.transact(work)
        self.new.set()

    async def _blocked(self, call: Outgoing) -> None:
        """The family blocked us: forget it, and drop what still waits for it."""
        waiting = list(self._lanes.get(call.lane, ()))
        self._lanes.get(call.lane, deque()).clear()

        def work(ledger: Ledger) -> None:
            for one in (call, *waiting):
                ledger.sent(one, None)
            ledger.forget(call.lane)

        await self._storage.transact(work)

    async def _settled(self, call: Outgoing, message: int | None) -> None:
        await self._storage.transact(lambda ledger: ledger.sent(call, message))


def _message_id(sent: Any) -> int | None:
    return sent.get("message_id") if isinstance(sent, dict) else None


def _back_off(tries: int) -> float:
    return min(LONGEST_PAUSE, 2.0 ** min(tries, 6)) * random.uniform(0.5, 1.0)
