"""The webhook: Telegram brings updates here, and gets its 200 once they are kept."""

import asyncio
import hmac
import json
import socket
from dataclasses import dataclass, field
from typing import Any

import orjson
import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, TelegramError

from bot.storage.base import StorageError
from bot.telegram.housekeeping import Housekeeping
from bot.telegram.intake import ALLOWED, Intake, is_update
from bot.telegram.refused import NO_PORT, WRONG_TOKEN, RefusedError, pause

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1_000_000
CONNECTIONS = 40
RETRY_AFTER = {"Retry-After": "5"}
WATCH_SECONDS = 300.0
FINISH_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Address:
    """Where Telegram finds us, and how it shows that it is Telegram.

    `path` and `secret` are the same for all programs with the same keys.
    """

    url: str
    host: str
    port: int
    path: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def public(self) -> str:
        return f"{self.url}/{self.path}"

    def bound(self) -> socket.socket:
        """Raises RefusedError."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            return socket.create_server((self.host, self.port), family=family)
        except OSError as trouble:
            where = f"LISTEN: {self.host}:{self.port}"
            raise RefusedError(NO_PORT, f"{where}: {trouble.strerror}") from None


class Webhook:
    """One worker. Any number of them may stand behind one proxy."""

    def __init__(
        self, bot: Bot, intake: Intake, housekeeping: Housekeeping, address: Address
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._housekeeping = housekeeping
        self._address = address

    async def run(self) -> None:
        """Until SIGTERM, or cancelled. Raises RefusedError for a wrong token."""
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(self._watch())
            await self._serve()
            watching.cancel()

    async def _serve(self) -> None:
        server = uvicorn.Server(
            uvicorn.Config(
                self.app(),
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=FINISH_SECONDS,
            )
        )
        # uvicorn itself would end the program without a word when it cannot listen.
        with self._address.bound() as listening:
            await server.serve([listening])

    def app(self) -> Starlette:
        """Two addresses: updates, and whether this worker can keep them."""
        return Starlette(
            routes=[
                Route(f"/{self._address.path}", self._update, methods=["POST"]),
                Route("/healthz", self._health, methods=["GET"]),
            ]
        )

    async def _update(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._address.secret.encode()):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        update = _update_in(body)
        if update is None:
            return Response(status_code=400)
        try:
            await self._intake.take([update])
        except StorageError as trouble:
            log.error("storage_trouble", kind=str(trouble))
            return Response(status_code=503, headers=RETRY_AFTER)
        return Response()

    async def _health(self, request: Request) -> Response:
        return Response(status_code=200 if self._housekeeping.healthy else 503)

    async def _watch(self) -> None:
        """Telegram knows our address, now and later."""
        trouble = 0
        while True:
            try:
                await self._register()
                trouble = 0
                await asyncio.sleep(WATCH_SECONDS)
            except (InvalidToken, EndPointNotFound):
                raise RefusedError(WRONG_TOKEN) from None
            except TelegramError as problem:
                trouble += 1
                log.warning("webhook_not_set", kind=type(problem).__name__)
                await asyncio.sleep(pause(trouble))

    async def _register(self) -> None:
        known: dict[str, Any] = await self._bot.do_api_request("getWebhookInfo")
        asked = sorted(known.get("allowed_updates", []))
        if known["url"] == self._address.public and asked == sorted(ALLOWED):
            return
        if known["url"]:
            log.warning("webhook_was_elsewhere")
        await self._bot.do_api_request(
            "setWebhook",
            api_kwargs={
                "url": self._address.public,
                "secret_token": self._address.secret,
                "allowed_updates": ALLOWED,
                "max_connections": CONNECTIONS,
            },
        )


async def _body(request: Request) -> bytes | None:
    """None when it is longer than any update is."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)


def _update_in(body: bytes) -> dict[str, Any] | None:
    """A lone half of a character is legal for JSON, but not for orjson."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        found = _read_slowly(body)
    return found if is_update(found) else None


def _read_slowly(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
