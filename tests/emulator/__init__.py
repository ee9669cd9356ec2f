"""A Telegram Bot API on loopback that is as strict as the real one, and stricter."""

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Self
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

from tests.emulator.faults import (
    Chaos,
    Fault,
    Reply,
    blocked,
    broken,
    cut_after,
    cut_before,
    refusal,
    slow,
    too_many,
)
from tests.emulator.server import BotApi, Tap
from tests.emulator.spec import Json, RefusedError, Upload, load
from tests.emulator.updates import Bell, Clock
from tests.emulator.webhook import Delivery

FIRST_PERSON = 5_200_000_001  # ids of people have long outgrown 32 bits
TOKEN = "7000000001:AAEmulatorTokenThatOpensNothingAtAll"

__all__ = [
    "TOKEN",
    "Call",
    "Chaos",
    "Clock",
    "Delivery",
    "Emulator",
    "Fault",
    "Json",
    "Reply",
    "Tap",
    "Upload",
    "Violation",
    "blocked",
    "broken",
    "cut_after",
    "cut_before",
    "refusal",
    "slow",
    "too_many",
]


@dataclass(slots=True)
class Call:
    """One line of the journal; `reply` stays None when the bot never got one."""

    number: int
    method: str
    parameters: Json
    reply: Json | str | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that a correct bot does not send."""

    call: int
    method: str
    words: str


class Emulator:
    """`async with Emulator() as emulator:` and a bot at `emulator.base_url`."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        port: int = 0,
        strict: bool = True,
        throttled: bool = False,
        answer_within: float = 15.0,
        webhook_pace: float = 1 / 60,
        webhook_timeout: float = 60.0,
    ) -> None:
        """With this `webhook_pace` a minute between two deliveries lasts a second."""
        self.token = token
        self.port = port
        self.now: Clock = time.time
        self.calls: list[Call] = []
        self.violations: list[Violation] = []
        self.call_bell = Bell()
        self.chaos: Chaos | None = None
        self.api = BotApi(
            int(token.partition(":")[0]),
            lambda: self.now(),
            strict=strict,
            throttled=throttled,
            answer_within=answer_within,
            webhook_pace=webhook_pace,
            webhook_timeout=webhook_timeout,
        )
        self.new_people = count(FIRST_PERSON)
        self._strict = strict
        self._count = 0
        self._faults: dict[tuple[int | None, str], deque[Fault]] = {}
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after a stop again on the same port, with everything remembered."""
        server = web.Server(self._serve, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.api.sender.resume()

    async def stop(self) -> None:
        await self.api.sender.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner = None

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as `base_url`."""
        return f"http://127.0.0.1:{self.port}/bot"

    def deliver(self, update: Json) -> int:
        """Queue an update as it is, whatever the bot asked for; its id."""
        if query := update.get("callback_query"):
            self.api.tap(query["id"], query.get("data", ""))
        for kind in ("message", "edited_message", "my_chat_member"):
            if kind in update:
                self.api.meet(update[kind]["chat"])
        return self.api.updates.deliver(update)

    def redeliver(self, update_id: int) -> None:
        self.api.updates.redeliver(update_id)

    def reset_update_ids(self, to: int) -> None:
        self.api.updates.reset_ids(to)

    def fail(self, method: str, *faults: Fault, chat: int | None = None) -> None:
        """The next calls of this method (in this chat) meet these faults in turn."""
        self._faults.setdefault((chat, method), deque()).extend(faults)

    @property
    def latency(self) -> float:
        """The seconds of one round trip: before each answer, and to the webhook."""
        return self.api.sender.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self.api.sender.latency = seconds

    def lose_answers(self, times: int = 1) -> None:
        """The next updates reach the webhook, but its 2xx does not come back."""
        self.api.sender.answers_to_lose += times

    @property
    def deliveries(self) -> list[Delivery]:
        """Every try to bring an update to the webhook, with what came of it."""
        return self.api.sender.deliveries

    def calls_of(self, *methods: str) -> list[Call]:
        return [call for call in self.calls if call.method in methods]

    async def settled(self, quiet: float = 0.05, timeout: float = 10.0) -> None:
        """Until every update is confirmed and no call has come for `quiet` seconds."""
        async with asyncio.timeout(timeout):
            while await self._busy(quiet):
                pass

    async def _busy(self, quiet: float) -> bool:
        if not self.api.updates.all_confirmed:
            await self.api.updates.bell.heard()
            return True
        try:
            await asyncio.wait_for(self.call_bell.heard(), quiet)
        except TimeoutError:
            return not self.api.updates.all_confirmed
        return True

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        prefix, _, name = request.path.removeprefix("/bot").rpartition("/")
        if not request.path.startswith("/bot"):
            return await self._desk(request)
        if prefix != self.token:
            return _response(_failure(RefusedError(401, "Unauthorized")))
        call = self._note(name, await _parameters(request))
        fault = self._prepare(call) or Fault()
        reply = fault.reply or await self._effect(call)
        if fault.until is not None:
            await fault.until.wait()
        if wait := fault.wait + self.latency:
            await asyncio.sleep(wait)
        if fault.cut:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        call.reply = reply.body
        return _response(reply)

    def _note(self, method: str, sent: Json) -> Call:
        self._count += 1
        call = Call(self._count, method, sent)
        if self._strict:
            self.calls.append(call)
        self.call_bell.ring()
        return call

    def _prepare(self, call: Call) -> Fault | None:
        """Judge the call; what it meets instead of the plain effect, if anything."""
        try:
            spec = load()
            call.method = spec.method(call.method)
            check = spec.check if self._strict else spec.decode
            call.parameters = check(call.method, call.parameters)
        except RefusedError as no:
            return Fault(self._refuse(call, no))
        except ValueError as reason:
            return refusal(400, f"Bad Request: {reason}")
        for chat in (call.parameters.get("chat_id"), None):
            if waiting := self._faults.get((chat, call.method)):
                return waiting.popleft()
        chance = self.chaos
        return chance.fault(call.number, call.method) if chance else None

    async def _effect(self, call: Call) -> Reply:
        try:
            result = await self.api.call(call.method, call.parameters)
        except RefusedError as no:
            return self._refuse(call, no)
        return Reply(200, {"ok": True, "result": result})

    def _refuse(self, call: Call, no: RefusedError) -> Reply:
        if no.bot_is_wrong:
            self.violations.append(Violation(call.number, call.method, no.description))
        return _failure(no)

    async def _desk(self, request: web.BaseRequest) -> web.StreamResponse:
        """For a load bench in another process: put an update in, read the state."""
        match request.path:
            case "/emulator/deliver":
                number = self.deliver(orjson.loads(await request.read()))
                return _response(Reply(200, {"update_id": number}))
            case "/emulator/state":
                return _response(Reply(200, self._state()))
            case _:
                return _response(_failure(RefusedError(404, "Not Found")))

    def _state(self) -> Json:
        return {
            "calls": self._count,
            "waiting": len(self.api.updates),
            "violations": [violation.words for violation in self.violations],
        }


async def _parameters(request: web.BaseRequest) -> Json:
    """Query string and body together, as the server takes them."""
    sent: Json = dict(parse_qsl(request.query_string, keep_blank_values=True))
    kind = request.content_type
    if kind == "application/json":
        return sent | _object(await request.read())
    if kind == "multipart/form-data":
        form: Mapping[str, Any] = await request.post()
        return sent | {name: _part(value) for name, value in form.items()}
    body = (await request.read()).decode()
    return sent | dict(parse_qsl(body, keep_blank_values=True)) if body else sent


def _part(value: Any) -> Any:
    if not isinstance(value, web.FileField):
        return value
    with value.file as file:
        return Upload(value.filename, value.content_type, file.read())


def _object(body: bytes) -> Json:
    try:
        found = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        found = None
    return found if isinstance(found, dict) else {"": "body that is no JSON object"}


def _failure(no: RefusedError) -> Reply:
    plain = refusal(no.code, no.description, **(no.parameters or {})).reply
    assert plain is not None
    return plain


def _response(reply: Reply) -> web.Response:
    if isinstance(reply.body, str):
        return web.Response(status=reply.status, text=reply.body)
    return web.Response(
        status=reply.status,
        body=orjson.dumps(reply.body),
        content_type="application/json",
        headers=reply.headers,
    )
