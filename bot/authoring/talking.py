"""Where a conversation in the terminal begins, to try one question or one household."""

from datetime import date
from pathlib import Path

from bot.app import CouldNotRunError, now
from bot.content.read_scenarios import read_scenarios
from bot.library import Library
from bot.problems import Language, did_you_mean, told
from bot.scenarios import Scenario
from bot.settings import Settings
from bot.starting import NOWHERE, Start, at_line, start_as, start_at


def where_to_start(
    library: Library,
    settings: Settings,
    name: str,
    answers: str,
    today: date | None,
    *,
    language: Language,
) -> tuple[Start, date | None]:
    """Where to begin in the terminal, and on which day.

    `name` is a question or a card; `answers` a file of scenarios, or `file:line`.
    """
    if name and name not in (known := _places_to_start(library)):
        message = told(
            "--from: there is no question or advice “{name}”.{hint}",
            name=name,
            hint=did_you_mean(name, known),
        )
        raise CouldNotRunError(message)
    if answers:
        household = _household(settings, answers, language)
        return start_as(household, name), today or household.today
    if not name:
        return NOWHERE, today
    start = start_at(library, name, today or now().date())
    if start is None:
        message = told("--from: no household gets to “{name}” on that day.", name=name)
        raise CouldNotRunError(message)
    return start, today


def _places_to_start(library: Library) -> list[str]:
    return [*library.questions, *(card.id for card in library.cards)]


def _household(settings: Settings, answers: str, language: Language) -> Scenario:
    file, _, line = answers.partition(":")
    path = Path(file)
    if not path.is_file() or not (line or "1").isdecimal():
        message = told("--answers: there is no file {file}.", file=answers)
        raise CouldNotRunError(message)
    scenarios, problems = read_scenarios(settings.content, [path])
    if problems:
        raise CouldNotRunError("\n".join(one.shown(language) for one in problems))
    first = next(iter(scenarios), None)
    found = at_line(scenarios, int(line)) if line else first
    if found is None:
        message = told("--answers: no household stands at {place}.", place=answers)
        raise CouldNotRunError(message)
    return found
