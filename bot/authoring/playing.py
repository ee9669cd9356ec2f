"""The written households: played, and written where some are missing."""

from collections.abc import Sequence
from pathlib import Path

from bot.app import CouldNotRunError, library_of, now
from bot.content.read_scenarios import read_scenarios
from bot.coverage import Households, coverage
from bot.missing import Missing, missing
from bot.problems import Language, Problem, told
from bot.scenarios import play
from bot.settings import Settings


def played(
    settings: Settings, files: Sequence[Path], language: Language
) -> tuple[Households, tuple[Problem, ...]]:
    """The scenarios, played; or what is wrong with the files themselves."""
    for path in files:
        if not path.is_file():
            raise CouldNotRunError(told("There is no file {file}.", file=str(path)))
    library = library_of(settings, language)
    scenarios, problems = read_scenarios(settings.content, files)
    if problems:
        return Households(library, ()), problems
    found = tuple(play(library, one) for one in scenarios)
    covered = None if files else coverage(library, found)
    return Households(library, found, covered), ()


def missing_of(households: Households) -> Missing:
    """A household for each gap in the coverage, on this day."""
    gaps = households.coverage.missing if households.coverage else ()
    return missing(households.library, gaps, now().date())


def write_scenarios(settings: Settings, file: Path | None, text: str) -> Path:
    """Behind those that stand in the file already; by default a file of its own."""
    path = file or settings.content / "flows/scenarios/missing.yaml"
    beside = path.with_suffix(".new")
    try:
        old = path.read_text(encoding="utf-8") if path.exists() else "scenarios:\n"
        beside.write_text(f"{old.rstrip()}\n{text}", encoding="utf-8")
        _, problems = read_scenarios(settings.content, [beside])
        if problems:
            beside.unlink()
            message = told(
                "Nothing can be added to {file}. Name another file.", file=str(path)
            )
            raise CouldNotRunError(message)
        beside.replace(path)
    except OSError as error:
        message = told(
            "{file} cannot be written: {error}.", file=str(path), error=str(error)
        )
        raise CouldNotRunError(message) from None
    return path
