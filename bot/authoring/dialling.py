"""Whom a volunteer has to call, and a round of calls."""

from collections.abc import Mapping
from pathlib import Path

from bot.app import library_of, now
from bot.content.write_organisations import rewritten
from bot.problems import Language
from bot.settings import Settings
from bot.volunteer import Terminal, Unchecked, unchecked, walk


def unchecked_organisations(
    settings: Settings, language: Language
) -> tuple[Unchecked, ...]:
    """Whom a volunteer has to call, the most needed number first."""
    found = library_of(settings, language).organisations.values()
    return unchecked(found, now().date())


def check_organisations(
    settings: Settings, terminal: Terminal, language: Language
) -> None:
    """One round of calls; each answer goes into the file at once."""
    library = library_of(settings, language)
    today = now().date()

    def keep(name: str, changes: Mapping[str, str]) -> bool:
        written = library.written_at[f"organisations.{name}.name"]
        return _rewrite(settings.content / written.file, name, changes)

    walk(unchecked(library.organisations.values(), today), terminal, keep, today)


def _rewrite(path: Path, name: str, changes: Mapping[str, str]) -> bool:
    """Read anew each time: somebody may have the file open beside the terminal."""
    body = rewritten(path.read_bytes(), name, changes)
    if body is None:
        return False
    beside = path.with_suffix(".new")
    beside.write_bytes(body)
    beside.chmod(path.stat().st_mode)
    beside.replace(path)
    return True
