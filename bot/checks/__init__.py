"""What is looked at in every Library, one file a check."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.checks import (
    answers_that_act,
    banned_words,
    button_signs,
    constant_conditions,
    dutch_numbers,
    engine_words,
    first_number,
    forms_of_address,
    hard_words,
    late_help,
    law_in_force,
    limits,
    links,
    markup,
    not_asked,
    number_aged,
    number_checked,
    options_alike,
    organisations_named,
    periods_told,
    placeholder_names,
    places_known,
    reasons_given,
    right_to_left,
    same_numbers,
    sentences,
    telegram_limits,
    translation_length,
    translation_same,
    unused,
    ways,
)
from bot.library import Library
from bot.problems import Problem

Check = Callable[[Library], Iterator[Problem]]
DatedCheck = Callable[[Library, date], Iterator[Problem]]

TEXT_CHECKS: Sequence[Check] = (
    limits.check,
    sentences.check,
    banned_words.check,
    options_alike.check,
    answers_that_act.check,
    telegram_limits.check,
    hard_words.check,
    forms_of_address.check,
    dutch_numbers.check,
    same_numbers.check,
    button_signs.check,
    reasons_given.check,
    first_number.check,
    markup.check,
    links.check,
    places_known.check,
    translation_length.check,
    translation_same.check,
    right_to_left.check,
)
"""They look at one thing at a time: what else is wrong changes nothing for them."""

CHECKS: Sequence[Check] = (
    engine_words.check,
    ways.check,
    *TEXT_CHECKS,
    placeholder_names.check,
    law_in_force.check,
    organisations_named.check,
    periods_told.check,
    unused.check,
)

WAY_CHECKS: Sequence[Check] = (
    constant_conditions.check,
    not_asked.check,
    late_help.check,
)
"""They walk through the questions: only when no way runs in a circle."""

DATED_CHECKS: Sequence[DatedCheck] = (number_aged.check,)
"""They ask which day it is. A bot starts without them: that day must not stop it."""

RELEASE_CHECKS: Sequence[Check] = (number_checked.check,)


ALL: Sequence[Check | DatedCheck] = (
    *CHECKS,
    *WAY_CHECKS,
    *DATED_CHECKS,
    *RELEASE_CHECKS,
)


def run_checks(
    library: Library, *, release: bool, today: date | None = None
) -> Iterator[Problem]:
    """Of a draft, which has errors in its flows, only what stands by itself."""
    whole = bool(library.machines)
    chosen = CHECKS if whole else TEXT_CHECKS
    for check in (*chosen, *RELEASE_CHECKS) if release else chosen:
        yield from check(library)
    if whole and not any(ways.circles(library)):
        for check in WAY_CHECKS:
            yield from check(library)
    if today:
        for dated in DATED_CHECKS:
            yield from dated(library, today)
