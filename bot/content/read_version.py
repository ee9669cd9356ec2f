"""A folder with flows/ and locales/ → all content of one moment, to compare."""

from pathlib import Path

from bot.changes.values import Version
from bot.content.read_library import read_draft
from bot.content.read_promises import read_promises
from bot.content.read_scenarios import read_scenarios
from bot.problems import Problem


def read_version(folder: Path) -> tuple[Version | None, tuple[Problem, ...]]:
    """As much as can be read; None when a file that everything needs cannot.

    Raises MissingContentError.
    """
    library, problems = read_draft(folder)
    if library is None:
        return None, problems
    scenarios, in_scenarios = read_scenarios(folder, [])
    promises, in_promises = read_promises(folder, library)
    found = (*problems, *in_scenarios, *in_promises)
    return Version(library, scenarios, promises), found
