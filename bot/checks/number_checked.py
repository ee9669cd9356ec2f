"""Before a release a person has dialled every number that families see."""

from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem

CODE = "number-not-checked"


def check(library: Library) -> Iterator[Problem]:
    for one in library.organisations.values():
        if one.phone and one.checked is None:
            yield Problem(
                place(library, one.name),
                CODE,
                f"Nobody has dialled {one.phone} ({one.name.nl})."
                " Call it, then write the day: checked: 2026-12-03",
            )
