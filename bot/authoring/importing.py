"""Tables made from public files; what of them a person should look at."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.app import CouldNotRunError, now
from bot.content.imports import run_imports
from bot.content.imports.run_imports import UNFIT
from bot.problems import Told, told
from bot.settings import Settings


def import_geonames(settings: Settings, postal: Path, cities: Path) -> Sequence[Told]:
    return _imported(lambda: run_imports.geonames(settings.content, postal, cities))


def import_cbs(settings: Settings, addresses: Path) -> Sequence[Told]:
    return _imported(lambda: run_imports.cbs(settings.content, addresses))


def import_register(settings: Settings, export: Path) -> Sequence[Told]:
    day = now().date()
    return _imported(lambda: run_imports.register(settings.content, export, day))


def _imported(work: Callable[[], Sequence[Told]]) -> Sequence[Told]:
    """What a person should look at; one clear message when the file is another."""
    try:
        return work()
    except UNFIT as error:
        message = told("This file is not what was expected: {error}", error=str(error))
        raise CouldNotRunError(message) from None
