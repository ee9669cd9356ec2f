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
    problems, _ = checked_with_desks(settings, release=release)
    return problems


def checked_with_desks(
    settings: Settings, *, release: bool
) -> tuple[tuple[Problem, ...], Told | None]:
    """And how many municipalities have their own desk, when the flows can be read."""
    draft, problems = content_of(settings, read_draft)
    found = all_wrong(settings, draft, problems, release=release)
    whole = draft if draft and draft.machines else None
    return found, own_desks(whole, now().date()).told if whole else None


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
