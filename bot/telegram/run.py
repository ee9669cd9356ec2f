"""Long polling: updates are kept before they are confirmed, and answered in order."""

import asyncio
import contextlib
import html
import signal
from collections.abc import Sequence
from typing import Any

import orjson
import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.service import Inbound, Service, oldest_minute
from bot.storage.base import Ledger, Storage, StorageError, Waiting
from bot.telegram import profile, render
from bot.telegram.receive import Elsewhere, Gone, LateTap, received
from bot.telegram.request import AiohttpRequest
from bot.telegram.send import Sender

log = structlog.get_logger()

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 30
BATCH = 100
SWEEP_SECONDS = 3600.0
LONGEST_PAUSE = 30.0
"""Seconds between two tries when Telegram or the disk does not answer."""


class Poller:
    """Everything that runs while the bot is up."""

    def __init__(self, bot: Bot, storage: Storage, service: Service) -> None:
        self._bot = bot
        self._storage = storage
        self._service = service
        self._sender = Sender(bot, storage)
        self._arrived = asyncio.Event()
        self._arrived.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Until `stopping`, a second instance (Conflict) or a wrong token."""
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(work())
                for work in (self._poll, self._turns, self._sender.run, self._sweep)
            ]
            group.create_task(self._stop(stopping, tasks))

    async def _stop(
        self, stopping: asyncio.Event, tasks: Sequence[asyncio.Task[None]]
    ) -> None:
        await stopping.wait()
        poll, turns, *rest = tasks
        poll.cancel()
        turns.cancel()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5):
                await self._sender.finish()
        for task in rest:
            task.cancel()

    async def _poll(self) -> None:
        """Fetch, keep, and only then confirm by asking for the next ones."""
        offset, trouble = 0, 0
        while True:
            try:
                found = await self._fetch(offset)
                if found:
                    await self._keep(found)
                    offset = found[-1]["update_id"] + 1
                trouble = 0
            except (Conflict, InvalidToken):
                raise
            except (TelegramError, StorageError) as problem:
                trouble += 1
                log.warning("polling_trouble", kind=type(problem).__name__)
                await asyncio.sleep(min(LONGEST_PAUSE, 0.5 * 2 ** min(trouble, 6)))

    async def _fetch(self, offset: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self._bot.do_api_request(
            "getUpdates",
            api_kwargs={
                "offset": offset,
                "limit": BATCH,
                "timeout": POLL_SECONDS,
                "allowed_updates": ALLOWED,
            },
            read_timeout=POLL_SECONDS + 10,
        )
        return found

    async def _keep(self, found: Sequence[dict[str, Any]]) -> None:
        rows = [Waiting(update["update_id"], orjson.dumps(update)) for update in found]
        await self._storage.transact(lambda ledger: ledger.receive(rows))
        self._arrived.set()

    async def _turns(self) -> None:
        """What was kept, also by a run that died, is answered in order of arrival."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            while await self._some_turns():
                self._sender.new.set()

    async def _some_turns(self) -> int:
        try:
            waiting = await self._storage.transact(lambda ledger: ledger.waiting(BATCH))
            await asyncio.gather(*(self._turn(one) for one in waiting))
        except StorageError as problem:
            log.error("storage_trouble", kind=problem.args[0])
            await asyncio.sleep(1)
            return 1
        return len(waiting)

    async def _turn(self, waiting: Waiting) -> None:
        """One update in one transaction; a bug in a turn never stays silent."""
        try:
            await self._storage.transact(lambda ledger: self._answer(ledger, waiting))
        except StorageError:
            raise
        except Exception as bug:
            log.error("turn_failed", kind=type(bug).__name__)
            await self._storage.transact(lambda ledger: self._sorry(ledger, waiting))

    def _answer(self, ledger: Ledger, waiting: Waiting) -> None:
        match received(orjson.loads(waiting.body)):
            case Inbound() as inbound:
                self._service.receive(ledger, inbound)
            case Elsewhere(chat):
                ledger.send([render.say(chat, self._plain("write_privately"))])
            case Gone(chat):
                ledger.forget(chat)
            case LateTap(tap):
                ledger.send([render.answer_tap(tap)])
        ledger.processed(waiting.update_id)

    def _sorry(self, ledger: Ledger, waiting: Waiting) -> None:
        inbound = received(orjson.loads(waiting.body))
        if isinstance(inbound, Inbound):
            ledger.send([render.say(inbound.chat, self._plain("our_fault"))])
        ledger.processed(waiting.update_id)

    def _plain(self, key: str) -> str:
        library = self._service.library
        words = library.with_numbers(library.words[key])
        return html.unescape(library.catalogue("nl").say(words))

    async def _sweep(self) -> None:
        """Forget what is older than the retention, at the start and every hour."""
        while True:
            oldest = oldest_minute(self._service.clock())
            with contextlib.suppress(StorageError):
                await self._storage.transact(lambda l: l.forget_older(oldest))
            await asyncio.sleep(SWEEP_SECONDS)


async def run(
    *, token: str, api: str, storage: Storage, service: Service, version: str
) -> None:
    """The bot, until it is told to stop by SIGTERM or SIGINT."""
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    bot = Bot(
        token,
        base_url=f"{api.rstrip('/')}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(connections=2),
    )
    async with bot:
        log.info("started", version=version)
        await profile.publish(bot, service.library)
        await Poller(bot, storage, service).run(stopping)
    log.info("stopped")
