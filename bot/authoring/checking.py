"""Everything that is wrong with the content, for who edits it."""

from collections.abc import Sequence

from bot.app import content_of, now, readable
from bot.checks import run_checks
from bot.content.read_library import read_draft
from bot.content.read_promises import read_promises
from bot.content.read_scenarios import read_scenarios
from bot.library import Library
from bot.own_desks import own_desks
from bot.problems import Problem, Told
from bot.settings import Settings

OF_TRANSLATIONS = frozenset({"not-translated", "outdated"})


def checked(settings: Settings, *, release: bool) -> tuple[Problem, ...]:
    """Everything that is wrong with the content, most of it by the checks."""
    draft, problems = content_of(settings, read_draft)
    return all_wrong(settings, draft, problems, release=release)


def all_wrong(
    settings: Settings,
    draft: Library | None,
    problems: Sequence[Problem],
    *,
    release: bool,
) -> tuple[Problem, ...]:
    """What was found while reading, and what is wrong with what was read."""
    # Of a draft, what these name may only be missing for its own mistake.
    whole = draft if draft and draft.machines else None
    with readable():
        _, in_scenarios = read_scenarios(settings.content, [], whole)
        _, in_promises = read_promises(settings.content, whole) if whole else ((), ())
    today = now().date()
    found = run_checks(draft, release=release, today=today) if draft else ()
    return _first_things((*problems, *in_scenarios, *in_promises, *found))


def _first_things(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What a translation lacks may only follow from an error: that is mended first."""
    if all(one.severity == "warning" for one in problems):
        return problems
    return tuple(one for one in problems if one.code not in OF_TRANSLATIONS)


def own_desks_told(settings: Settings) -> Told | None:
    """How many municipalities have their own desk; nothing while there are errors."""
    library, _ = content_of(settings)
    return own_desks(library, now().date()).told if library else None
