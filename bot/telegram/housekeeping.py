"""What goes on beside the conversations: we are alive, forget, and seal again."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import structlog

from bot.conversation.engine import minutes
from bot.service import oldest_minute
from bot.storage.base import Ledger, Storage, StorageError, Waiting
from bot.telegram.elapsed import elapsed
from bot.telegram.receive import Away, packed
from bot.telegram.turns import Turns

log = structlog.get_logger()

PULSE_SECONDS = 10.0
OUTAGE_SECONDS = 150
"""Telegram keeps a tap for so long (`CallbackQuery` in its Bot API server)."""

ACTIVE_MINUTES = 60
SWEEP_SECONDS, AGAIN_SECONDS = 300.0, 5.0
ID_MINUTES = 48 * 60
"""Nothing lives longer at Telegram; and a message can be wiped for so long."""

UNASKED_PAUSE = 0.04
"""Messages that nobody asked for just now: Telegram allows about 30 a second."""

POLLING, LEASE_SECONDS, RENEW_SECONDS = "polling", 20, 5
RESEALED_AT_ONCE = 500
KEYS_SECONDS = 5.0


class TakenError(Exception):
    """Another program polls already; its name."""


class Housekeeping:
    """`healthy` is set by the front end: Telegram and the database both answer."""

    def __init__(
        self,
        storage: Storage,
        turns: Turns,
        clock: Callable[[], datetime],
        name: str,
    ) -> None:
        self._storage = storage
        self._turns = turns
        self._clock = clock
        self._name = name
        self._pulsed: float | None = None
        self._waking: asyncio.Task[None] | None = None
        self.healthy = False
        self.swept = asyncio.Event()
        """What was too old at the start is gone: nobody hears of it any more."""

    async def beat(self, *, asking: bool) -> None:
        """Until cancelled: as long as all is well, note that we are alive.

        `asking`: nobody else finds out that the database answers again.
        """
        await self.swept.wait()
        while True:
            if self.healthy or asking:
                try:
                    await self.pulse()
                except StorageError as trouble:
                    log.error("storage_trouble", kind=str(trouble))
                    self.healthy = False
            await asyncio.sleep(PULSE_SECONDS)

    async def pulse(self) -> None:
        """Note that we are alive; after a breakdown, come back to who was here.

        Raises StorageError.
        """
        now = elapsed()
        if self._pulsed is not None and now - self._pulsed < PULSE_SECONDS / 2:
            return
        # The clock of the wall may jump; that this program runs on is certain.
        running = self._pulsed is not None and now - self._pulsed < OUTAGE_SECONDS
        lanes = await self._storage.transact(lambda box: self._alive(box, running))
        self._pulsed = now
        self.healthy = True
        if lanes:
            log.info("came_back", count=len(lanes))
            # Beside all else: whoever writes just now waits for none of them.
            self._waking = asyncio.create_task(self._wake(lanes))

    async def claim(self) -> None:
        """Only one program polls. Waits as long as one that died may still hold it.

        Raises TakenError when another one holds it still.
        """
        if not self._storage.shared:
            return
        for _ in range(LEASE_SECONDS + 5):
            try:
                return await self._storage.transact(self._claimed)
            except (TakenError, StorageError):
                await asyncio.sleep(1)
        await self._storage.transact(self._claimed)

    async def keep_claim(self) -> None:
        """Until cancelled. Raises TakenError when this program slept for too long."""
        while self._storage.shared:
            await asyncio.sleep(RENEW_SECONDS)
            with contextlib.suppress(StorageError):
                await self._storage.transact(self._claimed)

    async def give_up_claim(self) -> None:
        """The next program need not wait until it is certain that this one is gone."""
        if self._storage.shared:
            with contextlib.suppress(StorageError):
                await self._storage.transact(self._given_up)

    async def sweep(self) -> None:
        """Forget what is older than the retention, at the start and every 5 minutes."""
        while True:
            wait = SWEEP_SECONDS
            try:
                await self._storage.transact(self._forget)
                self.swept.set()
                await self._storage.scrub()
            except StorageError as trouble:
                log.error("storage_trouble", kind=str(trouble))
                wait = AGAIN_SECONDS
            await asyncio.sleep(wait)

    async def scrub(self, wiped: asyncio.Event) -> None:
        """Soon after a family wiped its chat, nothing of it is left on the disk."""
        while True:
            await wiped.wait()
            wiped.clear()
            try:
                await self._storage.scrub()
            except StorageError as trouble:
                log.error("storage_trouble", kind=str(trouble))
                wiped.set()
            await asyncio.sleep(1)

    async def reseal(self, new_keys: Callable[[], bool]) -> None:
        """Until cancelled: once there are new keys, nothing stays sealed with the old.

        A second time a little later, for what another program wrote meanwhile with
        the keys that it had read.
        """
        left = 1
        while True:
            left = 2 if new_keys() else left
            try:
                if left:
                    await self._reseal()
                    # In old pages of the file everything still has its old seal.
                    await self._storage.scrub()
                    left -= 1
            except StorageError as trouble:
                log.error("storage_trouble", kind=str(trouble))
            await asyncio.sleep(KEYS_SECONDS)

    async def _reseal(self) -> None:
        after = b""
        while after := await self._storage.transact(partial(_resealed, after)):
            pass
        log.info("resealed")

    def _alive(self, ledger: Ledger, running: bool) -> list[bytes]:
        second = int(self._clock().timestamp())
        before = ledger.last_alive(second)
        if running or before is None or second - before <= OUTAGE_SECONDS:
            return []
        until = before // 60
        # One may have written after we noted for the last time that we are alive.
        chats = ledger.recent(until - ACTIVE_MINUTES, until + 1)
        return ledger.receive(_away(ledger, chats, before), minutes(self._clock()))

    def _claimed(self, ledger: Ledger) -> None:
        second = int(self._clock().timestamp())
        holder = ledger.claim(POLLING, self._name, second, LEASE_SECONDS)
        if holder != self._name:
            raise TakenError(holder)

    def _given_up(self, ledger: Ledger) -> None:
        ledger.claim(POLLING, self._name, int(self._clock().timestamp()), 0)

    def _forget(self, ledger: Ledger) -> None:
        now = minutes(self._clock())
        oldest = oldest_minute(self._clock())
        # Until we have come back after a breakdown, we need to know to whom.
        alive = ledger.noted_alive() // 60
        ledger.forget_older(oldest, now - ID_MINUTES, min(now, alive) - ACTIVE_MINUTES)

    async def _wake(self, lanes: Sequence[bytes]) -> None:
        for lane in lanes:
            self._turns.wake([lane])
            await asyncio.sleep(UNASKED_PAUSE)


def _resealed(after: bytes, ledger: Ledger) -> bytes:
    return ledger.reseal(after, RESEALED_AT_ONCE)


def _away(ledger: Ledger, chats: Sequence[int], outage: int) -> list[Waiting]:
    """One for each chat and breakdown; ids of Telegram are never negative."""
    return [Waiting(ledger.lane(chat), -outage, packed(Away(chat))) for chat in chats]
