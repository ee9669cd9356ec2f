"""The updates that wait for the bot, and the long polls that fetch them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, takewhile

from tests.emulator.spec import Json, RefusedError

Clock = Callable[[], float]

FIRST_UPDATE = 874_100_001
LONGEST_POLL = 50
CALLBACK_LIFETIME, UPDATE_LIFETIME = 150.0, 86_400.0
REPEATABLE = 10_000
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLLER = (
    "terminated by other getUpdates request;"
    " make sure that only one bot instance is running"
)


class Bell:
    """Wakes everyone who is waiting when it rings, and forgets that it rang."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def heard(self) -> None:
        await self._event.wait()


@dataclass(slots=True)
class Waiting:
    """An update on its way; `again` goes out once whatever the offset says."""

    update: Json
    expires: float
    again: bool = False
    sent: bool = False


class Updates:
    """The queue of one bot: `get` reads it, or `outlet` does, never both."""

    def __init__(self, now: Clock, *, throttled: bool = False) -> None:
        self.bell = Bell()
        self.outlet: Callable[[Waiting], None] | None = None
        self._now = now
        self._throttled = throttled
        self._waiting: dict[int, Waiting] = {}
        self._past: dict[int, Json] = {}
        self._next = FIRST_UPDATE
        self._allowed: frozenset[str] | None = None
        self._poll: asyncio.Future[str | None] | None = None
        self._last_asked = (0, -60.0, -60.0)

    @property
    def all_confirmed(self) -> bool:
        return len(self) == 0

    def __len__(self) -> int:
        now = self._now()
        return sum(waiting.expires >= now for waiting in self._waiting.values())

    def waiting(self) -> list[Waiting]:
        return list(self._waiting.values())

    def done(self, waiting: Waiting) -> None:
        """Delivered or too old; the same update asked for once more stays."""
        if self._waiting.get(waiting.update["update_id"]) is waiting:
            del self._waiting[waiting.update["update_id"]]
        self.bell.ring()

    @property
    def allowed(self) -> list[str]:
        """What the bot asked for; empty when it takes what is usual."""
        return sorted(self._allowed or ())

    def allow(self, asked: Json) -> None:
        """The kinds that the bot wants from now on; unsaid, they stay."""
        if "allowed_updates" in asked:
            self._allowed = frozenset(asked["allowed_updates"]) or None

    def put(self, kind: str, content: Json) -> int | None:
        """The id of the new update; None when the bot did not ask for this kind."""
        asked = kind not in UNASKED if self._allowed is None else kind in self._allowed
        return self.deliver({kind: content}) if asked else None

    def deliver(self, update: Json) -> int:
        """Queue any update as it is; one without `update_id` gets the next."""
        number: int = update.get("update_id", self._next)
        behind = number < self._next
        self._next = max(self._next, number + 1)
        self._queue({"update_id": number, **update}, again=behind)
        return number

    def redeliver(self, number: int) -> None:
        """The same update once more, also when the bot has confirmed it."""
        self._queue(self._past[number], again=True)

    def reset_ids(self, to: int) -> None:
        """Go on counting elsewhere, as the server does after a quiet week."""
        self._next = to

    def _queue(self, update: Json, *, again: bool) -> None:
        number = update["update_id"]
        tapped = "callback_query" in update
        expires = self._now() + (CALLBACK_LIFETIME if tapped else UPDATE_LIFETIME)
        self._past[number] = update
        if len(self._past) > REPEATABLE:
            del self._past[next(iter(self._past))]
        in_order = not self._waiting or number > next(reversed(self._waiting))
        waiting = self._waiting[number] = Waiting(update, expires, again)
        if not in_order:
            self._waiting = dict(sorted(self._waiting.items()))
        if self.outlet is not None:
            self.outlet(waiting)
        self._wake(None)

    def drop(self) -> None:
        self._waiting.clear()
        self.bell.ring()

    def _wake(self, conflict: str | None) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(conflict)

    def end_poll(self, words: str) -> None:
        """The older long poll ends; the server says so to it, not to the newer."""
        self._wake(words)

    async def get(self, asked: Json) -> list[Json]:
        self.end_poll(OTHER_POLLER)
        self.allow(asked)
        offset = asked.get("offset", 0)
        timeout = min(max(asked.get("timeout", 0), 0), LONGEST_POLL)
        limit, timeout = self._slowed(offset, asked.get("limit", 100), timeout)
        self._forget(offset)
        batch = self._batch(limit) or await self._wait(limit, timeout)
        self._last_asked = (offset, self._last_asked[1], self._now())
        return batch

    def _slowed(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        """The same offset again: one update within 0.5 s, a 3 s wait within 3 s."""
        before, began, ended = self._last_asked
        self._last_asked = (offset, self._now(), ended)
        if not self._throttled or offset != before:
            return limit, timeout
        limit = 1 if self._now() < ended + 0.5 else limit
        return limit, max(timeout, 3) if self._now() < began + 3 else timeout

    def _forget(self, offset: int) -> None:
        if offset < 0:
            kept = list(self._waiting.items())[offset:]
            self._waiting = dict(kept)
        elif offset <= self._next:  # beyond it: an offset from before a reset of ids
            for number in list(takewhile(lambda n: n < offset, self._waiting)):
                waiting = self._waiting[number]
                if waiting.sent or not waiting.again:
                    del self._waiting[number]
        self.bell.ring()

    def _batch(self, limit: int) -> list[Json]:
        now = self._now()
        alive = (w for w in self._waiting.values() if w.expires >= now)
        chosen = list(islice(alive, limit))
        for waiting in chosen:
            waiting.sent = True
        return [waiting.update for waiting in chosen]

    async def _wait(self, limit: int, timeout: float) -> list[Json]:
        if not timeout:
            return []
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            conflict = await asyncio.wait_for(poll, timeout)
        except TimeoutError:
            return []
        if conflict:
            raise RefusedError(409, f"Conflict: {conflict}")
        return self._batch(limit)
