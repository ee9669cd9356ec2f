"""The content, read or refused in words; and the clock."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.content.read_library import MissingContentError, read_library
from bot.library import Library
from bot.problems import Language, Problem, Told, told
from bot.settings import Settings

Reader = Callable[[Path], tuple[Library | None, tuple[Problem, ...]]]

MEND = told("Mend this first: drempel check")
DUTCH_TIME = ZoneInfo("Europe/Amsterdam")


class CouldNotRunError(Exception):
    """One clear message: why nothing could be run."""

    def __init__(self, why: Told | str) -> None:
        super().__init__(str(why))
        self.why = why

    def words(self, language: Language) -> str:
        return self.why.words(language) if isinstance(self.why, Told) else self.why


def now() -> datetime:
    return datetime.now(DUTCH_TIME)


def clock_on(today: date | None, hour: time | None = None) -> Callable[[], datetime]:
    """A clock that goes on from another day, and hour, to try dates with.

    Its hands move like those of any clock; without an hour they stand as they are.
    """
    begun = now()
    day, at = today or begun.date(), hour or begun.time()
    shift: timedelta = datetime.combine(day, at, DUTCH_TIME) - begun
    return lambda: now() + shift


def library_of(settings: Settings, language: Language = "en") -> Library:
    """Raises CouldNotRunError rather than talk with half a flow."""
    library, wrong = judged(settings, language)
    if library is None:
        raise CouldNotRunError("\n".join([*wrong, MEND.words(language)]))
    return library


def judged(
    settings: Settings, language: Language = "en"
) -> tuple[Library | None, Sequence[str]]:
    """The content when it has no errors, else the errors in words."""
    from bot.checks import run_checks

    try:
        library, problems = content_of(settings)
    except CouldNotRunError as missing:
        return None, [missing.words(language)]
    if library is not None:
        # A missing text or a circle would only show in the middle of a conversation.
        # A bad translation never stops the bot: Dutch is said.
        read = (one for one in problems if not one.place.file.startswith("locales/"))
        problems = (*read, *run_checks(library, release=False))
    wrong = [one.shown(language) for one in problems if one.severity == "error"]
    return (None if wrong else library), wrong


def content_of(
    settings: Settings, reader: Reader = read_library
) -> tuple[Library | None, tuple[Problem, ...]]:
    """As the reader gives it; CouldNotRunError when there is nothing to read."""
    try:
        with readable():
            return reader(settings.content)
    except MissingContentError as error:
        message = told(
            "CONTENT: {folder} has no {file}.",
            folder=str(settings.content),
            file=str(error),
        )
        raise CouldNotRunError(message) from None


@contextmanager
def readable() -> Iterator[None]:
    """For a folder, a dead link or a file of somebody else in the place of a file."""
    try:
        yield
    except OSError as error:
        message = told("CONTENT: {file} cannot be read.", file=str(error.filename))
        raise CouldNotRunError(message) from None
