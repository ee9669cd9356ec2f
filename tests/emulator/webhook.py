"""Carries waiting updates to the bot's own address, in the order the server keeps."""

import asyncio
import ssl
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

import aiohttp
import orjson

from tests.emulator.spec import Json
from tests.emulator.updates import Bell, Clock, Updates, Waiting

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
USUAL_CONNECTIONS = 40
LONGEST_PAUSE, LONGEST_RETRY_AFTER = 60.0, 3600.0

Lane = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Hook:
    """Where the bot wants its updates; the secret stays out of every output."""

    url: str
    secret: str = field(default="", repr=False)
    connections: int = USUAL_CONNECTIONS


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try; without `status` there was no answer, and a lost one does not count."""

    update_id: int
    status: int | None = None
    lost: bool = False
    trouble: str = ""
    retry_after: int = 0

    @property
    def received(self) -> bool:
        return self.status is not None and 200 <= self.status < 300 and not self.lost


@dataclass(slots=True)
class _Lane:
    """Updates that wait for each other; only the first is ever on its way."""

    waiting: deque[Waiting] = field(default_factory=deque)
    failures: int = 0


class Sender:
    """As many tries at once as the bot allows, but one at a time in each lane."""

    def __init__(
        self, updates: Updates, now: Clock, *, pace: float, answer_within: float
    ) -> None:
        self.hook: Hook | None = None
        self.deliveries: list[Delivery] = []
        self.keeps_deliveries = True
        self.bell = Bell()
        self.answers_to_lose = 0
        self.latency = 0.0
        self.last_error: Json = {}
        self._updates = updates
        self._now = now
        self._pace = pace
        self._answer_within = answer_within
        self._session: aiohttp.ClientSession | None = None
        self._workers: list[asyncio.Task[None]] = []
        self._lanes: dict[Lane, _Lane] = {}
        self._ready: asyncio.Queue[Lane] = asyncio.Queue()

    def send_to(self, hook: Hook | None) -> None:
        """Begin again at this address; what was on its way will be sent once more."""
        self.hook = hook
        self.last_error = {}
        self.pause()
        self.resume()

    def pause(self) -> None:
        self._updates.outlet = None
        for worker in self._workers:
            worker.cancel()
        self._workers = []

    def resume(self) -> None:
        if self.hook is None:
            return
        self._lanes, self._ready = {}, asyncio.Queue()
        for waiting in self._updates.waiting():
            self._take(waiting)
        self._updates.outlet = self._take
        self._workers = [
            asyncio.create_task(self._work(self.hook))
            for _ in range(self.hook.connections)
        ]

    async def close(self) -> None:
        """Stop for now; the address is kept."""
        workers = self._workers
        self.pause()
        await asyncio.gather(*workers, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        self._session = None

    def _take(self, waiting: Waiting) -> None:
        key = lane_of(waiting.update)
        lane = self._lanes.setdefault(key, _Lane())
        lane.waiting.append(waiting)
        if len(lane.waiting) == 1:
            self._ready.put_nowait(key)

    async def _work(self, hook: Hook) -> None:
        while True:
            key = await self._ready.get()
            pause = await self._try(hook, self._lanes[key])
            if pause is None:
                self._end_first(key)
                continue
            later = asyncio.get_running_loop().call_later
            later(pause * self._pace, self._ready.put_nowait, key)

    async def _try(self, hook: Hook, lane: _Lane) -> float | None:
        """The seconds until the next try; None when there is none."""
        waiting = lane.waiting[0]
        if waiting.expires < self._now():
            return None
        delivery = await self._deliver(hook, waiting.update)
        if delivery.received:
            return None
        lane.failures += 1
        pause = delivery.retry_after or pause_after(lane.failures)
        return pause if self._now() + pause <= waiting.expires else None

    def _end_first(self, key: Lane) -> None:
        lane = self._lanes[key]
        lane.failures = 0
        self._updates.done(lane.waiting.popleft())
        if lane.waiting:
            self._ready.put_nowait(key)
        else:
            del self._lanes[key]

    async def _deliver(self, hook: Hook, update: Json) -> Delivery:
        number = update["update_id"]
        try:
            delivery = await self._post(hook, update)
        except TimeoutError:
            delivery = Delivery(number, trouble="Read timeout expired")
        except aiohttp.ClientConnectorError:
            delivery = Delivery(number, trouble="Connection refused")
        except (aiohttp.ClientError, OSError):
            delivery = Delivery(number, trouble="Connection closed")
        if not delivery.received:
            self.last_error = {
                "last_error_date": int(self._now()),
                "last_error_message": delivery.trouble,
            }
        if self.keeps_deliveries:
            self.deliveries.append(delivery)
        self.bell.ring()
        return delivery

    async def _post(self, hook: Hook, update: Json) -> Delivery:
        if not is_loopback(hook.url):
            words = "emulator: no update ever leaves this machine"
            return Delivery(update["update_id"], trouble=words)
        if self.latency:
            await asyncio.sleep(self.latency)
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers[SECRET_HEADER] = hook.secret
        body = orjson.dumps(update)
        async with self._client().post(
            hook.url, data=body, headers=headers, allow_redirects=False
        ) as response:
            await response.read()
        return self._read(update["update_id"], response)

    def _read(self, number: int, response: aiohttp.ClientResponse) -> Delivery:
        status = response.status
        if not 200 <= status < 300:
            reason = f"{status} {response.reason or ''}".rstrip()
            words = f"Wrong response from the webhook: {reason}"
            wait = _retry_after(response.headers.get("Retry-After", ""))
            return Delivery(number, status, trouble=words, retry_after=wait)
        if not self.answers_to_lose:
            return Delivery(number, status)
        self.answers_to_lose -= 1
        return Delivery(number, status, lost=True, trouble="Connection closed")

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            # The number of workers is the bound, and a test signs its own certificate.
            connector = aiohttp.TCPConnector(limit=0, ssl=_unverified())
            timeout = aiohttp.ClientTimeout(total=self._answer_within)
            self._session = aiohttp.ClientSession(connector=connector, timeout=timeout)
        return self._session


def lane_of(update: Json) -> Lane:
    """Messages of a chat wait for each other; a tap and a message never do."""
    kind = next((key for key in update if key != "update_id"), "")
    content = update.get(kind)
    content = content if isinstance(content, dict) else {}
    if kind == "callback_query":
        return kind, content["from"]["id"]
    where = content.get("chat") or content.get("from") or {}
    return "message" if kind == "edited_message" else kind, where.get("id", 0)


def pause_after(failures: int) -> float:
    """Again at once, then after 2, 4, 8 seconds, in the end once a minute."""
    return 0.0 if failures == 1 else min(2.0 ** min(failures - 1, 10), LONGEST_PAUSE)


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


async def listens(url: str) -> bool:
    """Whether anybody takes connections at this address."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        _, writer = await asyncio.open_connection(parts.hostname, port)
    except OSError:
        return False
    writer.close()
    return True


def _retry_after(words: str) -> int:
    return min(int(words), int(LONGEST_RETRY_AFTER)) if words.isdecimal() else 0


def _unverified() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
