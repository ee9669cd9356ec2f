"""What Telegram shows before the first message: commands and descriptions."""

from typing import Any

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.library import Library
from bot.translations import Catalogue

log = structlog.get_logger()

COMMANDS = ("start", "help", "stop", "taal", "privacy", "gegevens", "wis")


async def publish(bot: Bot, library: Library) -> None:
    """Set per language what differs; without a language stands the Dutch."""
    for catalogue in library.catalogues.values():
        code = "" if catalogue.language == "nl" else catalogue.language
        try:
            for method, getter, body in _wanted(library, catalogue):
                await _set(bot, method, getter, {**body, "language_code": code})
        except TelegramError as trouble:
            # The bot works without them; Telegram limits how often they are set.
            log.warning("profile_not_set", kind=type(trouble).__name__)


def _wanted(
    library: Library, catalogue: Catalogue
) -> list[tuple[str, str, dict[str, Any]]]:
    def words(key: str) -> str:
        return catalogue.say(library.say(key))

    commands = [
        {"command": name, "description": words(f"command_{name}")} for name in COMMANDS
    ]
    about, short = words("description"), words("short_description")
    return [
        ("setMyCommands", "getMyCommands", {"commands": commands}),
        ("setMyDescription", "getMyDescription", {"description": about}),
        (
            "setMyShortDescription",
            "getMyShortDescription",
            {"short_description": short},
        ),
    ]


async def _set(bot: Bot, method: str, getter: str, body: dict[str, Any]) -> None:
    asked = {"language_code": body["language_code"]}
    now = await bot.do_api_request(getter, api_kwargs=asked)
    wanted = {key: value for key, value in body.items() if key != "language_code"}
    if now not in (wanted, wanted.get("commands")):
        await bot.do_api_request(method, api_kwargs=body)
