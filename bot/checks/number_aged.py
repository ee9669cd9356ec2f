"""A number that was dialled is dialled again after three months, at most six."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.checks.limits import place
from bot.library import Library
from bot.organisations import STALE
from bot.problems import Place, Problem, Severity, told

CODE = "number-aged"

AGED = timedelta(days=90)


def check(library: Library, today: date) -> Iterator[Problem]:
    """One that nobody ever dialled is told at a release; see `number-not-checked`."""
    for one in library.organisations.values():
        if one.phone and one.checked:
            at = one.written_at or place(library, one.name)
            yield from _aged(at, one.phone, one.checked, today)
    for desks in library.desks.values():
        for desk in desks.values():
            if desk.phone and desk.checked and desk.written_at:
                yield from _aged(desk.written_at, desk.phone, desk.checked, today)


def _aged(at: Place, phone: str, checked: date, today: date) -> Iterator[Problem]:
    age = today - checked
    if age <= AGED:
        return
    severity: Severity = "error" if age > STALE else "warning"
    message = told(
        "{phone} was dialled {days} days ago. Call it, then write: checked: {today}",
        phone=phone,
        days=age.days,
        today=str(today),
    )
    yield Problem(at, CODE, message, severity)
