"""The conversation itself: on Telegram, or in the terminal."""

from datetime import datetime
from typing import Annotated

import typer

from bot.commands.ending import or_stop, read_settings
from bot.commands.options import Today, Tongue
from bot.settings import Settings

NO_TOKEN = """\
There is no TELEGRAM_TOKEN, so the conversation runs here in the terminal.
For Telegram: write to @BotFather, send /newbot, and start again with the token:
    TELEGRAM_TOKEN=12345:AbC-dEf make run
Type an answer or the number of a button. Ctrl-D ends.
"""


def run() -> None:
    """The bot on Telegram; without TELEGRAM_TOKEN, the conversation in the terminal."""
    chosen = read_settings()
    if chosen.telegram_token is None:
        typer.echo(NO_TOKEN)
        _talk(chosen)
        return
    _run_telegram(chosen, chosen.telegram_token.get_secret_value())


def talk(
    today: Today = None,
    at: Annotated[
        datetime | None, typer.Option(formats=["%H:%M"], help="As if at this hour.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Begin in this language.")] = "",
    begin: Annotated[
        str, typer.Option("--from", help="Begin at this question, or this advice.")
    ] = "",
    answers: Annotated[
        str, typer.Option(help="A file of scenarios: answer as the household there.")
    ] = "",
) -> None:
    """The conversation in the terminal. Nothing is kept."""
    _talk(read_settings(), today, at, language=lang, begin=begin, answers=answers)


def _talk(
    chosen: Settings,
    today: datetime | None = None,
    at: datetime | None = None,
    *,
    language: str = "",
    begin: str = "",
    answers: str = "",
) -> None:
    from bot import operating

    day = today.date() if today else None
    hour = at.time() if at else None
    or_stop(
        lambda: operating.talk(
            chosen, day, hour, language=language, begin=begin, answers=answers
        ),
        Tongue.en if language == "en" else Tongue.nl,
    )


def _run_telegram(chosen: Settings, token: str) -> None:
    from bot import operating

    or_stop(lambda: operating.run_telegram(chosen, token))
