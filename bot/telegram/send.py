"""The outbox goes out: one lane a chat, in order; trouble of one chat stays there."""

import asyncio
import html
import random
import re
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import orjson
import structlog
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.storage.base import Ledger, Outgoing, Storage, StorageError, T
from bot.telegram import render
from bot.telegram.request import UnreachableError

log = structlog.get_logger()

TAGS = re.compile(r"</?(?:b|i|pre|blockquote)>")
AT_ONCE = 64
BATCH = 200
LONGEST_PAUSE = 60.0
UNSURE_PAUSE = 5.0
A_DAY = 86_400.0
"""A call that Telegram answers with trouble for so long is given up."""

UNCHANGED = "not modified"
TOO_LATE = ("query is too old", "message to edit not found", "message can't be edited")

Pause = Callable[[float], Awaitable[None]]


class Sender:
    """Sends what the outbox holds and forgets it on Telegram's ok.

    A message is repeated only when this program dies between Telegram's ok and the
    commit that follows it, or once when Telegram did not say whether it was done.
    """

    def __init__(
        self, bot: Bot, storage: Storage, pause: Pause = asyncio.sleep
    ) -> None:
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
        """Wait until the calls already taken are sent; cancelled, it ends them too."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self) -> int:
        calls = await self._insist(lambda box: box.outgoing(self._taken, BATCH))
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

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (bug := task.exception()):
            log.error("send_failed", kind=type(bug).__name__)

    async def _lane(self, chat: int) -> None:
        lane = self._lanes[chat]
        try:
            while lane:
                await self._one(lane.popleft())
        finally:
            del self._lanes[chat]

    async def _one(self, call: Outgoing) -> None:
        """Say it, and keep that it was said before anything else of this lane."""
        try:
            message = await self._said(call)
        except Forbidden:
            self._lanes.get(call.lane, deque()).clear()
            await self._insist(lambda ledger: _blocked(ledger, call))
            return
        if await self._insist(lambda ledger: _acknowledged(ledger, call, message)):
            self.new.set()

    async def _said(self, call: Outgoing) -> int | None:
        """The id of the message that stands there now, if any."""
        body = await self._body(call)
        tries = Tries(call.method)
        while body is not None:
            try:
                async with self._slots:
                    sent = await self._bot.do_api_request(call.method, api_kwargs=body)
                return _message_id(sent)
            except (BadRequest, ChatMigrated) as refusal:
                words = str(refusal).lower()
                if UNCHANGED in words:
                    return _message_id(body)
                body = _simpler(call, body, words)
            except Forbidden:
                raise
            except TelegramError as trouble:
                wait = tries.wait(trouble)
                if wait is None:
                    log.error("send_given_up", method=call.method)
                    return None
                await self._pause(wait)
        return None

    async def _body(self, call: Outgoing) -> dict[str, Any] | None:
        """An edit gets the id of the message with its question; None: there is none."""
        body: dict[str, Any] = orjson.loads(call.body)
        if not call.edits:
            return body
        message = await self._insist(lambda box: box.shown(call.lane, call.edits))
        return None if message is None else body | {"message_id": message}

    async def _insist(self, work: Callable[[Ledger], T]) -> T:
        """Waits until the storage can: what Telegram has done must not be forgotten."""
        while True:
            try:
                return await self._storage.transact(work)
            except StorageError as trouble:
                log.error("storage_trouble", kind=str(trouble))
                await self._pause(1.0)


@dataclass(slots=True)
class Tries:
    """How often one call failed, and how long it has waited."""

    method: str
    count: int = 0
    unsure: int = 0
    waited: float = 0.0

    def wait(self, trouble: TelegramError) -> float | None:
        """Seconds until the next try; None when there is none."""
        self.count += 1
        pause = _back_off(self.count)
        match trouble:
            case UnreachableError():
                return pause
            case RetryAfter():
                pause = trouble._retry_after.total_seconds()
            case TimedOut() if self.method == "sendMessage":
                # A second copy may be one too many; a third certainly is.
                self.unsure += 1
                return max(pause, UNSURE_PAUSE) if self.unsure == 1 else None
        self.waited += pause
        return pause if self.waited <= A_DAY else None


def _acknowledged(ledger: Ledger, call: Outgoing, message: int | None) -> bool:
    """Whether older messages must lose their buttons now."""
    older = ledger.sent(call, message)
    ledger.send(render.without_buttons(call.lane, one) for one in older)
    return bool(older)


def _blocked(ledger: Ledger, call: Outgoing) -> None:
    """The family blocked us: forget it, and all that still waits for it."""
    ledger.sent(call, None)
    if call.lane:
        ledger.leave(call.lane)


def _simpler(
    call: Outgoing, body: dict[str, Any], refusal: str
) -> dict[str, Any] | None:
    """The same without what Telegram may have refused: the words matter most."""
    if any(words in refusal for words in TOO_LATE):
        return None
    log.error("send_refused", method=call.method)
    if "parse_mode" in body:
        bare = {key: value for key, value in body.items() if key != "parse_mode"}
        return bare | {"text": html.unescape(TAGS.sub("", body["text"]))}
    if call.method == "sendMessage" and "reply_markup" in body:
        return {key: value for key, value in body.items() if key != "reply_markup"}
    return None


def _message_id(sent: Any) -> int | None:
    return sent.get("message_id") if isinstance(sent, dict) else None


def _back_off(tries: int) -> float:
    return min(LONGEST_PAUSE, 2.0 ** min(tries, 6)) * random.uniform(0.5, 1.0)
