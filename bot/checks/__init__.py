"""What is looked at in every Library, one file a check."""

from collections.abc import Callable, Iterator, Sequence

from bot.checks import (
    banned_words,
    engine_words,
    law_in_force,
    limits,
    number_checked,
    placeholder_names,
    sentences,
    ways,
)
from bot.library import Library
from bot.problems import Problem

Check = Callable[[Library], Iterator[Problem]]

CHECKS: Sequence[Check] = (
    engine_words.check,
    ways.check,
    limits.check,
    sentences.check,
    placeholder_names.check,
    banned_words.check,
    law_in_force.check,
)

RELEASE_CHECKS: Sequence[Check] = (number_checked.check,)


def run_checks(library: Library, *, release: bool) -> Iterator[Problem]:
    chosen = [*CHECKS, *RELEASE_CHECKS] if release else CHECKS
    for check in chosen:
        yield from check(library)
