"""The bot on Telegram: its parts, run until it is told to stop."""

import asyncio
import contextlib
import signal
import warnings
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.warnings import PTBUserWarning

from bot.library import Library
from bot.service import Service
from bot.storage.base import Storage
from bot.telegram import profile
from bot.telegram.housekeeping import Housekeeping, TakenError
from bot.telegram.intake import Intake
from bot.telegram.poll import Poller
from bot.telegram.refused import SECOND_PROGRAM, WRONG_TOKEN, RefusedError, pause
from bot.telegram.request import AiohttpRequest
from bot.telegram.send import Sender
from bot.telegram.turns import Turns

if TYPE_CHECKING:
    from bot.telegram.webhook import Address

log = structlog.get_logger()

FINISH_SECONDS = 3.0
LOOK_SECONDS = 1.0


class Running:
    """Everything that runs while the bot is up."""

    def __init__(
        self,
        bot: Bot,
        storage: Storage,
        service: Service,
        name: str,
        address: "Address | None",
        new_keys: Callable[[], bool],
        new_content: Callable[[], Library | None],
    ) -> None:
        clock = service.clock
        self._bot = bot
        self._address = address
        self._new_keys = new_keys
        self._new_content = new_content
        self._service = service
        self._sender = Sender(bot, storage, clock)
        self._turns = Turns(storage, service, self._sender, bot.link)
        self._housekeeping = Housekeeping(storage, self._turns, clock, name)
        self._intake = Intake(bot, storage, self._turns, self._sender, clock)
        self._changed = asyncio.Event()
        self._refused: RefusedError | None = None

    async def run(self, stopping: asyncio.Event) -> None:
        """Until `stopping`. Raises RefusedError when Telegram gives no updates."""
        async with asyncio.TaskGroup() as group:
            front = group.create_task(self._front(stopping))
            others = [group.create_task(work) for work in self._beside()]
            await stopping.wait()
            front.cancel()
            self._turns.stop()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(FINISH_SECONDS):
                    await self._sender.finish()
            for task in others:
                task.cancel()
        if self._refused is not None:
            raise self._refused

    def _beside(self) -> list[Coroutine[Any, Any, None]]:
        return [
            self._sender_once_swept(),
            self._turns_once_ready(),
            self._housekeeping.beat(asking=self._address is not None),
            self._housekeeping.sweep(),
            self._housekeeping.reseal(self._new_keys),
            self._housekeeping.scrub(self._sender.wiped),
            self._reload(),
            self._publish(),
        ]

    async def _reload(self) -> None:
        """Edited content is served from the next turn on."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                library = await asyncio.to_thread(self._new_content)
            except Exception as bug:
                log.error("content_not_read", kind=type(bug).__name__)
                continue
            if library is not None:
                self._service = replace(self._service, library=library)
                self._turns.serve(self._service)
                log.info("content_changed")
                self._changed.set()

    async def _publish(self) -> None:
        """The profile at the start and after each change; nothing waits for it."""
        while True:
            self._changed.clear()
            await profile.publish(self._bot, self._service.library)
            await self._changed.wait()

    async def _sender_once_swept(self) -> None:
        await self._housekeeping.swept.wait()
        await self._sender.run()

    async def _turns_once_ready(self) -> None:
        await self._sender.ready.wait()
        await self._turns.run()

    async def _front(self, stopping: asyncio.Event) -> None:
        await self._sender.ready.wait()
        try:
            if self._address is None:
                await self._poll()
            else:
                await self._webhook(self._address)
        except* TakenError as taken:
            name = str(taken.exceptions[0])
            self._refused = RefusedError(SECOND_PROGRAM, name)
        except* RefusedError as group_of_one:
            (refused,) = group_of_one.exceptions
            assert isinstance(refused, RefusedError)
            self._refused = refused
        stopping.set()

    async def _poll(self) -> None:
        await self._housekeeping.claim()
        poller = Poller(self._bot, self._intake, self._housekeeping)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._housekeeping.keep_claim())
                group.create_task(poller.run())
        finally:
            await self._housekeeping.give_up_claim()

    async def _webhook(self, address: "Address") -> None:
        from bot.telegram.webhook import Webhook

        await Webhook(self._bot, self._intake, self._housekeeping, address).run()


async def _connect(bot: Bot, stopping: asyncio.Event) -> None:
    """Until Telegram knows us, or `stopping`: the network may be up later than we."""
    trouble = 0
    while not stopping.is_set():
        try:
            await bot.initialize()
            return
        except InvalidToken:
            raise RefusedError(WRONG_TOKEN) from None
        except TelegramError as problem:
            trouble += 1
            log.warning("no_connection_yet", kind=type(problem).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), pause(trouble))


async def run(
    *,
    token: str,
    api: str,
    storage: Storage,
    service: Service,
    version: str,
    name: str,
    new_keys: Callable[[], bool],
    new_content: Callable[[], Library | None],
    address: "Address | None" = None,
) -> None:
    """The bot, until it is told to stop by SIGTERM or SIGINT; or RefusedError."""
    # It advises against do_api_request, which costs a sixth of its own methods.
    warnings.simplefilter("ignore", PTBUserWarning)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    bot = Bot(
        token,
        base_url=f"{api.rstrip('/')}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=2),
    )
    log.info("started", version=version)
    try:
        await _connect(bot, stopping)
        if not stopping.is_set():
            parts = (bot, storage, service, name, address, new_keys, new_content)
            await Running(*parts).run(stopping)
    finally:
        await bot.shutdown()
    log.info("stopped")
