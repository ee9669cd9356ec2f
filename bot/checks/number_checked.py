"""Before a release a person has dialled every number that families see."""

from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Place, Problem, told

CODE = "number-not-checked"


def check(library: Library) -> Iterator[Problem]:
    for one in library.organisations.values():
        if one.phone and one.checked is None:
            at = one.written_at or place(library, one.name)
            yield _problem(at, one.phone, one.name.nl)
    for code, desks in library.desks.items():
        for name, desk in desks.items():
            if desk.phone and desk.checked is None and desk.written_at:
                yield _problem(desk.written_at, desk.phone, f"{name} in {code}")


def _problem(written_at: Place, phone: str, whose: str) -> Problem:
    return Problem(
        written_at,
        CODE,
        told(
            "Nobody has dialled {phone} ({whose})."
            " Call it, then write the day: checked: 2026-12-03",
            phone=phone,
            whose=whose,
        ),
    )
