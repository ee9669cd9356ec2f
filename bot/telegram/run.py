"""Long polling: updates are kept before they are confirmed, and answered in order."""

import asyncio
import contextlib
import json
import signal
import warnings
from collections.abc import Sequence
from typing import Any, Final

import orjson
import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError
from telegram.warnings import PTBUserWarning

from bot.conversation.engine import minutes
from bot.service import Inbound, Service, oldest_minute
from bot.storage.base import Ledger, Storage, StorageError, Waiting
from bot.telegram import profile, render
from bot.telegram.receive import Elsewhere, Gone, LateTap, Received, received
from bot.telegram.request import AiohttpRequest
from bot.telegram.send import Sender

log = structlog.get_logger()

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 30
BATCH = 100
SWEEP_SECONDS = 3600.0
FINISH_SECONDS = 3.0
LONGEST_PAUSE = 30.0
"""Seconds between two tries when Telegram or the disk does not answer."""

SETTLED_POLLS = 10
"""After so many polls it is the other program that came second."""

UNREADABLE = (KeyError, TypeError, AttributeError, ValueError)
"""What reading an update of an unknown shape can raise."""

WRONG_TOKEN: Final = "wrong_token"
SECOND_PROGRAM: Final = "second_program"
WEBHOOK: Final = "webhook"


class RefusedError(Exception):
    """Telegram gives this program no updates: WRONG_TOKEN, SECOND_PROGRAM, WEBHOOK."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Poller:
    """Everything that runs while the bot is up."""

    def __init__(self, bot: Bot, storage: Storage, service: Service) -> None:
        self._bot = bot
        self._storage = storage
        self._service = service
        self._sender = Sender(bot, storage)
        self._polls = 0
        self._refused: RefusedError | None = None
        self._arrived = asyncio.Event()
        self._arrived.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Until `stopping`. Raises RefusedError when Telegram gives no updates."""
        async with asyncio.TaskGroup() as group:
            poll = group.create_task(self._poll_until_refused(stopping))
            turns = group.create_task(self._turns())
            others = [
                group.create_task(self._sender.run()),
                group.create_task(self._sweep()),
                group.create_task(profile.publish(self._bot, self._service.library)),
            ]
            await stopping.wait()
            poll.cancel()
            turns.cancel()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(FINISH_SECONDS):
                    await self._sender.finish()
            for task in others:
                task.cancel()
        if self._refused is not None:
            raise self._refused

    async def _poll_until_refused(self, stopping: asyncio.Event) -> None:
        try:
            await self._poll()
        except RefusedError as refused:
            self._refused = refused
            stopping.set()

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
                self._polls += 1
            except (InvalidToken, EndPointNotFound):
                raise RefusedError(WRONG_TOKEN) from None
            except Conflict as conflict:
                await self._insist_on_polling(conflict)
            except (TelegramError, StorageError) as problem:
                trouble += 1
                log.warning("polling_trouble", kind=type(problem).__name__)
                await asyncio.sleep(_pause(trouble))

    async def _insist_on_polling(self, conflict: Conflict) -> None:
        """Telegram ends the older poll; asking again at once ends the newer one."""
        log.warning("polling_trouble", kind="Conflict")
        if "webhook" in str(conflict).lower():
            raise RefusedError(WEBHOOK)
        if self._polls < SETTLED_POLLS:
            raise RefusedError(SECOND_PROGRAM)
        await asyncio.sleep(0.1)

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
        rows = [Waiting(update["update_id"], _stored(update)) for update in found]
        minute = minutes(self._service.clock())
        await self._storage.transact(lambda ledger: ledger.receive(rows, minute))
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
            log.error("storage_trouble", kind=str(problem))
            await asyncio.sleep(1)
            return 1
        return len(waiting)

    async def _turn(self, waiting: Waiting) -> None:
        """One update in one transaction; a bug in a turn never stays silent."""
        asked = _read(waiting)
        try:
            await self._storage.transact(
                lambda ledger: self._answer(ledger, waiting.update_id, asked)
            )
        except StorageError:
            raise
        except Exception as bug:
            log.error("turn_failed", kind=type(bug).__name__)
            await self._storage.transact(
                lambda ledger: self._sorry(ledger, waiting.update_id, asked)
            )

    def _answer(self, ledger: Ledger, update_id: int, asked: Received) -> None:
        if not ledger.processed(update_id):
            return
        match asked:
            case Inbound() as inbound:
                self._service.receive(ledger, inbound)
            case Elsewhere(chat, language):
                words = f"{self._plain('write_privately', language)} {self._bot.link}"
                ledger.send([render.say(chat, words)])
            case Gone(chat):
                ledger.leave(chat)
            case LateTap(tap):
                ledger.send([render.answer_tap(tap)])

    def _sorry(self, ledger: Ledger, update_id: int, asked: Received) -> None:
        if not ledger.processed(update_id) or not isinstance(asked, Inbound):
            return
        if asked.tap:
            ledger.send([render.answer_tap(asked.tap)])
        words = self._plain("our_fault", asked.language)
        ledger.send([render.say(asked.chat, words)])

    def _plain(self, key: str, language: str) -> str:
        library = self._service.library
        words = library.with_numbers(library.words[key])
        return library.catalogue(language).say(words)

    async def _sweep(self) -> None:
        """Forget what is older than the retention, at the start and every hour."""
        while True:
            with contextlib.suppress(StorageError):
                await self._storage.transact(self._forget_old)
            await asyncio.sleep(SWEEP_SECONDS)

    def _forget_old(self, ledger: Ledger) -> None:
        ledger.forget_older(oldest_minute(self._service.clock()))


def _stored(update: dict[str, Any]) -> bytes:
    """As JSON; orjson would refuse half a character, and with it the whole batch."""
    return json.dumps(update, ensure_ascii=False).encode(errors="replace")


def _read(waiting: Waiting) -> Received:
    try:
        return received(orjson.loads(waiting.body))
    except UNREADABLE as unknown:
        log.error("update_unreadable", kind=type(unknown).__name__)
        return None


def _pause(trouble: int) -> float:
    return min(LONGEST_PAUSE, 0.5 * 2.0 ** min(trouble, 6))


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
                await asyncio.wait_for(stopping.wait(), _pause(trouble))


async def run(
    *, token: str, api: str, storage: Storage, service: Service, version: str
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
            await Poller(bot, storage, service).run(stopping)
    finally:
        await bot.shutdown()
    log.info("stopped")
