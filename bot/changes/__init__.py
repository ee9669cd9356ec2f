"""Two versions of the content → what is different now, in words."""

from collections.abc import Iterator

from bot.changes.advice import advice_changes
from bot.changes.authors import promise_changes, scenario_changes
from bot.changes.law import calendar_changes, deadline_changes, source_changes
from bot.changes.organisations import desk_changes, organisation_changes
from bot.changes.places import place_changes
from bot.changes.questions import (
    fact_changes,
    follow_up_changes,
    old_name_changes,
    question_changes,
)
from bot.changes.renames import renames, with_new_names
from bot.changes.translations import translation_changes
from bot.changes.values import Change, Version
from bot.changes.words import (
    crisis_changes,
    date_word_changes,
    plain_word_changes,
    word_changes,
)


def changes(before: Version, after: Version) -> tuple[Change, ...]:
    """Questions first, then advice, organisations, law, words, and what authors see.

    Nothing when nothing changed. Comments, and another order of things of which the
    order means nothing, are no change.
    """
    return tuple(_changes(before, after))


def _changes(before: Version, after: Version) -> Iterator[Change]:
    called = renames(before.library, after.library)
    before = with_new_names(before, called)
    old, new = before.library, after.library
    yield from question_changes(old, new, called)
    yield from old_name_changes(old, new, called)
    yield from fact_changes(old, new)
    yield from follow_up_changes(old, new)
    yield from advice_changes(old, new)
    yield from organisation_changes(old, new)
    yield from desk_changes(old, new)
    yield from deadline_changes(old, new)
    yield from calendar_changes(old, new)
    yield from crisis_changes(old, new)
    yield from word_changes(old, new)
    yield from date_word_changes(old, new)
    yield from place_changes(old, new)
    yield from translation_changes(old, new)
    yield from source_changes(old, new)
    yield from plain_word_changes(old, new)
    yield from promise_changes(before, after)
    yield from scenario_changes(before, after, called)
