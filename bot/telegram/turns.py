"""Turns: each chat's updates one after another, many chats beside each other."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import orjson
import structlog

from bot.conversation.engine import minutes
from bot.service import Inbound, Service
from bot.storage.base import Ledger, Outgoing, Storage, StorageError, Waiting
from bot.telegram import render
from bot.telegram.receive import (
    Asked,
    Away,
    Elsewhere,
    Flooded,
    Gone,
    InChannel,
    LateTap,
    unpacked,
)
from bot.telegram.send import Sender

log = structlog.get_logger()

TRIES = 3
"""An update that fails so often is set aside, and the family is told."""

BURST = 20
"""So many updates of one chat are answered at once, the next ones one a second."""

SCAN_SECONDS = 5.0
MOST_LANES = 1_000
BUSY_SECONDS = 0.05
UNREADABLE = (orjson.JSONDecodeError, KeyError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`busy`: another program is at a turn of this chat; `empty`: nothing waits."""

    state: Literal["done", "busy", "empty"]
    calls: tuple[Outgoing, ...] = ()


class Turns:
    """Answers what was kept, also by a program that died."""

    def __init__(
        self, storage: Storage, service: Service, sender: Sender, link: str
    ) -> None:
        self._storage = storage
        self._service = service
        self._sender = sender
        self._link = link
        self._waiting: dict[bytes, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False
        self.total = 0

    def count(self, lane: bytes) -> int:
        """How many updates of this chat are known to wait."""
        return self._waiting.get(lane, 0)

    def serve(self, service: Service) -> None:
        """From the next turn on: with other content."""
        self._service = service

    def wake(self, lanes: Iterable[bytes]) -> None:
        """There is one more update to answer in each of these lanes."""
        for lane in lanes:
            self._add(lane, 1)

    async def run(self) -> None:
        """Until cancelled: look for what this program does not know of."""
        while True:
            try:
                found = await self._storage.transact(
                    lambda ledger: ledger.waiting_lanes(MOST_LANES)
                )
                for lane, count in found:
                    if lane not in self._waiting:
                        self._add(lane, count)
            except StorageError as trouble:
                log.error("storage_trouble", kind=str(trouble))
            await asyncio.sleep(SCAN_SECONDS)

    def stop(self) -> None:
        """Turns that are under way end by themselves; no new one begins.

        Its messages could overtake those of a turn whose calls wait for the next start.
        """
        self._stopped = True
        for task in self._tasks:
            task.cancel()

    def _add(self, lane: bytes, count: int) -> None:
        if self._stopped:
            return
        self.total += count
        if lane in self._waiting:
            self._waiting[lane] += count
            return
        self._waiting[lane] = count
        task = asyncio.create_task(self._lane(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _subtract(self, lane: bytes, count: int) -> None:
        self._waiting[lane] -= count
        self.total -= count

    async def _lane(self, lane: bytes) -> None:
        answered = 0
        try:
            while known := self._waiting[lane]:
                if answered >= BURST:
                    await asyncio.sleep(1)
                outcome = await self._next(lane)
                self._sender.enter(outcome.calls)
                if outcome.state == "done":
                    answered += 1
                    self._subtract(lane, 1)
                elif outcome.state == "empty":
                    self._subtract(lane, known)
        finally:
            self.total -= self._waiting.pop(lane)

    async def _next(self, lane: bytes) -> Outcome:
        """One update in one transaction; a bug in a turn never stays silent."""
        try:
            outcome = await self._storage.transact(
                lambda ledger: self._turn(ledger, lane, self._answered)
            )
        except StorageError as trouble:
            log.error("storage_trouble", kind=str(trouble))
            await asyncio.sleep(1)
            return Outcome("busy")
        except Exception as bug:
            log.error("turn_failed", kind=type(bug).__name__)
            return await self._after_bug(lane)
        if outcome.state == "busy":
            await asyncio.sleep(BUSY_SECONDS)
        return outcome

    async def _after_bug(self, lane: bytes) -> Outcome:
        await asyncio.sleep(BUSY_SECONDS)
        try:
            return await self._storage.transact(
                lambda ledger: self._turn(ledger, lane, self._set_aside)
            )
        except StorageError:
            return Outcome("busy")

    def _turn(
        self,
        ledger: Ledger,
        lane: bytes,
        work: Callable[[Ledger, Waiting], Outcome],
    ) -> Outcome:
        if not ledger.hold(lane):
            return Outcome("busy")
        found = ledger.waiting(lane, 1)
        return work(ledger, found[0]) if found else Outcome("empty")

    def _answered(self, ledger: Ledger, update: Waiting) -> Outcome:
        calls = self._calls(ledger, update.lane, _asked(update))
        ledger.processed(update)
        return _done(ledger, update.lane, calls)

    def _calls(
        self, ledger: Ledger, lane: bytes, asked: Asked | None
    ) -> list[Outgoing]:
        match asked:
            case Inbound() as inbound:
                return self._service.receive(ledger, inbound)
            case Away(chat):
                return self._service.come_back(ledger, chat)
            case Flooded(chat, language):
                return ledger.send([render.say(chat, self.plain("flood", language))])
            case Elsewhere(chat, language):
                words = f"{self.plain('write_privately', language)} {self._link}"
                return ledger.send([render.say(chat, words)])
            case InChannel(chat):
                return ledger.send([render.leave(chat)])
            case LateTap(chat, tap):
                return ledger.send([render.answer_tap(chat, tap)])
            case Gone():
                ledger.leave(lane)
        return []

    def _set_aside(self, ledger: Ledger, update: Waiting) -> Outcome:
        """Another try, or after the last one the truth: that it went wrong here."""
        if update.tries + 1 < TRIES:
            ledger.failed(update)
            return Outcome("busy")
        ledger.processed(update)
        asked = _asked(update)
        if not isinstance(asked, Inbound):
            return Outcome("done")
        if asked.message:
            minute = minutes(self._service.clock())
            ledger.note_message(asked.chat, asked.message, minute)
        taps = [render.answer_tap(asked.chat, asked.tap)] if asked.tap else []
        words = self.plain("our_fault", asked.language)
        calls = ledger.send([*taps, render.say(asked.chat, words)])
        return _done(ledger, update.lane, calls)

    def plain(self, key: str, language: str) -> str:
        """Words that need no conversation."""
        library = self._service.library
        words = library.say(key)
        return library.catalogue(language).say(words)


def _done(ledger: Ledger, lane: bytes, calls: list[Outgoing]) -> Outcome:
    return Outcome("done", tuple(ledger.lease(lane, calls)) if calls else ())


def _asked(update: Waiting) -> Asked | None:
    """None for what was damaged, or kept by a program of another version."""
    try:
        return unpacked(update.body or b"")
    except UNREADABLE as unknown:
        log.error("update_unreadable", kind=type(unknown).__name__)
        return None
