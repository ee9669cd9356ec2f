"""What a piece of a condition says of a family's facts: yes, no or not known.

Every function here makes a Decide: True, False or another value, and None while the
facts do not settle it.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Protocol

from bot.conversation.facts import UNSURE, Fact, FactKind, Facts

Decide = Callable[[Facts], Fact | None]


class WorkingDays(Protocol):
    """The calendar that the notation counts with."""

    def known_working_days(self, start: date, end: date) -> int | None:
        """Working days after `start` up to `end`; `start` is never the later one.

        None when the calendar does not reach so far: the count is not known then.
        """
        ...


def constant(value: Fact) -> Decide:
    return lambda facts: value


_PYTHON: Final[Mapping[FactKind, type | tuple[type, ...]]] = {
    "choice": str,
    "choices": frozenset,
    "yes_no": bool,
    "number": (int, Decimal),
    "money": (int, Decimal),
    "date": date,
    "duration": int,
    "place": str,
    "children": int,
    "truth": bool,
}


def fact(name: str, kind: FactKind) -> Decide:
    fitting = _PYTHON[kind]

    def decide(facts: Facts) -> Fact | None:
        value = facts.get(name)
        # An answer of an older flow may have another type: it counts as not known.
        return value if isinstance(value, fitting) and value != UNSURE else None

    return decide


def joined(parts: tuple[Decide, ...], *, settles: bool) -> Decide:
    """`or` when one True settles it, `and` when one False does."""

    def decide(facts: Facts) -> Fact | None:
        answer: bool | None = not settles
        for part in parts:
            found = part(facts)
            if found is settles:
                return settles
            if found is None:
                answer = None
        return answer

    return decide


def negated(part: Decide) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        found = part(facts)
        return None if found is None else not found

    return decide


SIGNS: Final[Mapping[str, Callable[..., bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def comparing(left: Decide, sign: str, right: Decide) -> Decide:
    compare = SIGNS[sign]

    def decide(facts: Facts) -> Fact | None:
        first = left(facts)
        if first is None:
            return None
        second = right(facts)
        return None if second is None else compare(first, second)

    return decide


def one_of(left: Decide, values: frozenset[Fact]) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        value = left(facts)
        return None if value is None else value in values

    return decide


def containing(left: Decide, option: str) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        ticked = left(facts)
        return option in ticked if isinstance(ticked, frozenset) else None

    return decide


def unsure(name: str) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        value = facts.get(name)
        return None if value is None else value == UNSURE

    return decide


def known(name: str) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        value = facts.get(name)
        return value is not None and value != UNSURE

    return decide


def days(
    first: Decide, last: Decide, count: Callable[[date, date], int | None]
) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        start, end = first(facts), last(facts)
        if not isinstance(start, date) or not isinstance(end, date):
            return None
        if start <= end:
            return count(start, end)
        before = count(end, start)
        return None if before is None else -before

    return decide


def calendar_days(start: date, end: date) -> int:
    return (end - start).days
