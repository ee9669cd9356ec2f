"""The outbox goes out: one lane a chat, in order; trouble of one chat stays there."""

import asyncio
import html
import random
import re
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import orjson
import structlog
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.conversation.engine import minutes
from bot.storage.base import Ledger, Outgoing, Storage, StorageError, T
from bot.telegram import render
from bot.telegram.elapsed import elapsed
from bot.telegram.request import UnreachableError

log = structlog.get_logger()

Place = tuple[bytes, int, int]

WIPE = "deleteMessages"
DELETABLE_MINUTES = 48 * 60 - 5
"""Telegram deletes no older messages; one of those, and it deletes none."""

TAGS = re.compile(r"</?(?:b|i|pre|blockquote)>")
AT_ONCE = 64
SCAN_SECONDS = 5.0
MOST_LANES = 100_000
TRUSTED_SECONDS = 20.0
"""Less than the lease, so that we stop before another program begins."""

LONGEST_PAUSE = 60.0
UNSURE_PAUSE = 5.0
A_DAY = 86_400.0
"""A call that Telegram answers with trouble for so long is given up."""

UNCHANGED = "not modified"
MUST_STAY = "message can't be deleted"
TOO_LATE = ("query is too old", "message to edit not found", "message can't be edited")

Pause = Callable[[float], Awaitable[None]]


class Sender:
    """Sends what the outbox holds and forgets it on Telegram's ok.

    A message is repeated only when this program dies between Telegram's ok and the
    commit that follows it, or once when Telegram did not say whether it was done.
    """

    def __init__(
        self,
        bot: Bot,
        storage: Storage,
        clock: Callable[[], datetime],
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._storage = storage
        self._clock = clock
        self._pause = pause
        self._lanes: dict[bytes, deque[Outgoing]] = {}
        self._known: set[Place] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._renewed = elapsed()
        self.ready = asyncio.Event()
        """What waited from before is taken up; new calls may come after it."""

        self.wiped = asyncio.Event()
        """A family wiped all: what is left of it on the disk should go, too."""

    async def run(self) -> None:
        """Until cancelled: hold the leases, and look for calls that nobody sends."""
        while True:
            try:
                await self._look()
                self.ready.set()
            except StorageError as trouble:
                log.error("storage_trouble", kind=str(trouble))
            await asyncio.sleep(SCAN_SECONDS)

    async def _look(self) -> None:
        """What a program that died left unsent is ours now."""
        ours = list(self._lanes)
        await self._storage.transact(lambda ledger: ledger.renew(ours))
        self._renewed = elapsed()
        lanes = await self._storage.transact(lambda box: box.unsent_lanes(MOST_LANES))
        for lane in lanes:
            if lane not in self._lanes:
                self.enter(await self._insist(partial(_leased, lane)))

    def enter(self, calls: Iterable[Outgoing]) -> None:
        """These calls are ours to send; each lane keeps their order."""
        for call in calls:
            if _place(call) in self._known:
                continue
            self._known.add(_place(call))
            if call.method == WIPE:
                # The answers are gone already; Telegram may take its time.
                self.wiped.set()
            if call.waits:
                self._queue(call)
            else:
                self._start(self._one(call))

    async def finish(self) -> None:
        """Wait until the calls already taken are sent; cancelled, it ends them too."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _queue(self, call: Outgoing) -> None:
        if call.lane in self._lanes:
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

    async def _lane(self, lane: bytes) -> None:
        calls = self._lanes[lane]
        try:
            while calls and self._is_ours():
                await self._one(calls.popleft())
        finally:
            del self._lanes[lane]
            self._known -= {_place(call) for call in calls}

    def _is_ours(self) -> bool:
        """Our lease holds. Otherwise another program may be sending the same."""
        return elapsed() - self._renewed < TRUSTED_SECONDS

    async def _one(self, call: Outgoing) -> None:
        """Say it, and keep that it was said before anything else of this lane."""
        try:
            message = await self._said(call)
            acknowledged = partial(self._acknowledged, call, message)
            self.enter(await self._insist(acknowledged))
        except Forbidden:
            self._forget_calls(call.lane)
            await self._insist(lambda ledger: ledger.leave(call.lane))
        finally:
            self._known.discard(_place(call))

    def _forget_calls(self, lane: bytes) -> None:
        calls = self._lanes.get(lane, deque())
        self._known -= {_place(call) for call in calls}
        calls.clear()

    def _acknowledged(
        self, call: Outgoing, message: int | None, ledger: Ledger
    ) -> list[Outgoing]:
        """Older messages lose their buttons now: the calls for that."""
        older = ledger.sent(call, message, minutes(self._clock()))
        edits = [render.without_buttons(call.chat, one) for one in older]
        if edits or self._lanes.get(call.lane):
            return ledger.send(edits, after=call)
        return ledger.release(call.lane)

    async def _said(self, call: Outgoing) -> int | None:
        """The id of the message that stands there now, if any."""
        if call.method == WIPE:
            return await self._wipe(call)
        return await self._tried(call, await self._body(call))

    async def _tried(self, call: Outgoing, body: dict[str, Any] | None) -> int | None:
        """Until Telegram has it, or will not have it."""
        tries = Tries(call.method)
        while body is not None:
            try:
                return _message_id(await self._made(call.method, body))
            except ChatMigrated as moved:
                body = body | {"chat_id": moved.new_chat_id}
            except BadRequest as refusal:
                words = str(refusal).lower()
                if UNCHANGED in words:
                    return _message_id(body)
                if MUST_STAY in words:
                    raise
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

    async def _made(self, method: str, body: dict[str, Any]) -> Any:
        async with self._slots:
            return await self._bot.do_api_request(method, api_kwargs=_with_file(body))

    async def _wipe(self, call: Outgoing) -> int | None:
        """All messages of both sides that are still known, a hundred at a time."""
        since = minutes(self._clock()) - DELETABLE_MINUTES
        known = await self._insist(lambda box: box.messages(call.lane, since))
        for some in (known[at : at + 100] for at in range(0, len(known), 100)):
            await self._delete(call, some)
            await self._insist(partial(_forgotten, call.lane, some))
        self.wiped.set()
        return None

    async def _delete(self, call: Outgoing, some: list[int]) -> None:
        """For one that has to stay, Telegram keeps all: halves find that one."""
        try:
            await self._tried(call, {"chat_id": call.chat, "message_ids": some})
        except BadRequest:
            if (half := len(some) // 2) > 0:
                await self._delete(call, some[:half])
                await self._delete(call, some[half:])

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


def _place(call: Outgoing) -> Place:
    return call.lane, call.number, call.part


def _leased(lane: bytes, ledger: Ledger) -> list[Outgoing]:
    return ledger.lease(lane) if ledger.hold(lane) else []


def _forgotten(lane: bytes, messages: list[int], ledger: Ledger) -> None:
    ledger.wiped(lane, messages)


def _with_file(body: dict[str, Any]) -> dict[str, Any]:
    """A document is words in the outbox, and a file for Telegram."""
    if "document" not in body:
        return body
    file = InputFile(body["document"]["text"].encode(), body["document"]["name"])
    return body | {"document": file}


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
