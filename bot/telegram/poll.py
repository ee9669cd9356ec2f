"""Long polling: updates are kept first, and confirmed by asking for the next ones."""

import asyncio
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError

from bot.storage.base import StorageError
from bot.telegram.housekeeping import Housekeeping
from bot.telegram.intake import ALLOWED, Intake, is_update
from bot.telegram.refused import (
    SECOND_PROGRAM,
    WEBHOOK,
    WRONG_TOKEN,
    RefusedError,
    pause,
)

log = structlog.get_logger()

POLL_SECONDS = 30
BATCH = 100
SETTLED_POLLS = 10
"""After so many polls it is the other program that came second."""


class Poller:
    """Fetches for as long as Telegram and the database let it."""

    def __init__(self, bot: Bot, intake: Intake, housekeeping: Housekeeping) -> None:
        self._bot = bot
        self._intake = intake
        self._housekeeping = housekeeping
        self._polls = 0

    async def run(self) -> None:
        """Until cancelled. Raises RefusedError when Telegram gives no updates."""
        offset, trouble = 0, 0
        while True:
            try:
                offset = await self._poll(offset)
                trouble = 0
            except (InvalidToken, EndPointNotFound):
                raise RefusedError(WRONG_TOKEN) from None
            except Conflict as conflict:
                await self._insist_on_polling(conflict)
            except (TelegramError, StorageError) as problem:
                self._housekeeping.healthy = False
                trouble += 1
                log.warning("polling_trouble", kind=type(problem).__name__)
                await asyncio.sleep(pause(trouble))

    async def _poll(self, offset: int) -> int:
        found = await self._fetch(offset)
        await self._housekeeping.pulse()
        self._housekeeping.healthy = True
        if found:
            await self._intake.take(found)
            offset = found[-1]["update_id"] + 1
        self._polls += 1
        return offset

    async def _insist_on_polling(self, conflict: Conflict) -> None:
        """Telegram ends the older poll; asking again at once ends the newer one."""
        log.warning("polling_trouble", kind="Conflict")
        if "webhook" in str(conflict).lower():
            raise RefusedError(WEBHOOK)
        if self._polls < SETTLED_POLLS:
            raise RefusedError(SECOND_PROGRAM)
        await asyncio.sleep(0.1)

    async def _fetch(self, offset: int) -> list[dict[str, Any]]:
        found = await self._bot.do_api_request(
            "getUpdates",
            api_kwargs={
                "offset": offset,
                "limit": BATCH,
                # At the start, and after trouble, soon know that Telegram answers.
                "timeout": POLL_SECONDS if self._housekeeping.healthy else 0,
                "allowed_updates": ALLOWED,
            },
            read_timeout=POLL_SECONDS + 10,
        )
        if not isinstance(found, list) or not all(map(is_update, found)):
            raise TelegramError("no list of updates")
        return found
