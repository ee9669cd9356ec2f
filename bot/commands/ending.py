"""How a command ends: fine, with problems, or with one clear message."""

from collections.abc import Callable
from typing import NoReturn, TypeVar

import typer

from bot.commands.options import Tongue
from bot.settings import Settings, SettingsError, settings

T = TypeVar("T")

FINE, PROBLEMS, COULD_NOT_RUN = 0, 1, 2


def read_settings() -> Settings:
    try:
        return settings()
    except SettingsError as error:
        stop(str(error))


def or_stop(work: Callable[[], T], lang: Tongue = Tongue.nl) -> T:
    """What the work gives; one clear message and exit 2 when it cannot run."""
    from bot.app import CouldNotRunError

    try:
        return work()
    except CouldNotRunError as error:
        stop(error.words(lang.value))
    except KeyboardInterrupt:
        raise typer.Exit(FINE) from None


def stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(COULD_NOT_RUN)
