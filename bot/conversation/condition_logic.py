"""What a piece of a condition says of a family's facts: yes, no or not known.

Every piece here is a Decide: called with facts it gives True, False or another value,
and None while the facts do not settle it. Each is a value that can be looked into, so
that what is proved of all families is read off the same pieces that decide for one.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Constant:
    value: Fact

    def __call__(self, facts: Facts) -> Fact:
        return self.value


@dataclass(frozen=True, slots=True)
class Today:
    def __call__(self, facts: Facts) -> Fact:
        return facts.today


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


@dataclass(frozen=True, slots=True)
class Named:
    """One fact."""

    name: str
    kind: FactKind

    def __call__(self, facts: Facts) -> Fact | None:
        value = facts.get(self.name)
        # An answer of an older flow may have another type: it counts as not known.
        if isinstance(value, _PYTHON[self.kind]) and value != UNSURE:
            return value
        return None


@dataclass(frozen=True, slots=True)
class Joined:
    """`or` when one True settles it, `and` when one False does."""

    parts: tuple[Decide, ...]
    settles: bool

    def __call__(self, facts: Facts) -> Fact | None:
        settles = self.settles
        answer: bool | None = not settles
        for part in self.parts:
            found = part(facts)
            if found is settles:
                return settles
            if found is None:
                answer = None
        return answer


@dataclass(frozen=True, slots=True)
class Negated:
    part: Decide

    def __call__(self, facts: Facts) -> Fact | None:
        found = self.part(facts)
        return None if found is None else not found


SIGNS: Final[Mapping[str, Callable[..., bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Comparing:
    left: Decide
    sign: str
    right: Decide

    def __call__(self, facts: Facts) -> Fact | None:
        first = self.left(facts)
        if first is None:
            return None
        second = self.right(facts)
        return None if second is None else SIGNS[self.sign](first, second)


@dataclass(frozen=True, slots=True)
class OneOf:
    left: Decide
    values: frozenset[Fact]

    def __call__(self, facts: Facts) -> Fact | None:
        value = self.left(facts)
        return None if value is None else value in self.values


@dataclass(frozen=True, slots=True)
class Containing:
    left: Decide
    option: str

    def __call__(self, facts: Facts) -> Fact | None:
        ticked = self.left(facts)
        return self.option in ticked if isinstance(ticked, frozenset) else None


@dataclass(frozen=True, slots=True)
class Unsure:
    name: str

    def __call__(self, facts: Facts) -> Fact | None:
        value = facts.get(self.name)
        return None if value is None else value == UNSURE


@dataclass(frozen=True, slots=True)
class Known:
    name: str

    def __call__(self, facts: Facts) -> Fact | None:
        value = facts.get(self.name)
        return value is not None and value != UNSURE


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last; negative when the last comes before it."""

    first: Decide
    last: Decide
    count: Callable[[date, date], int | None]

    def __call__(self, facts: Facts) -> Fact | None:
        start, end = self.first(facts), self.last(facts)
        if not isinstance(start, date) or not isinstance(end, date):
            return None
        if start <= end:
            return self.count(start, end)
        before = self.count(end, start)
        return None if before is None else -before


def calendar_days(start: date, end: date) -> int:
    return (end - start).days


def names_of(piece: Decide) -> frozenset[str]:
    """Every fact that this piece looks at by itself."""
    match piece:
        case Named(name) | Unsure(name) | Known(name):
            return frozenset({name})
        case Joined(parts):
            return frozenset().union(*map(names_of, parts))
        case Negated(part):
            return names_of(part)
        case Comparing(first, _, last) | Days(first, last):
            return names_of(first) | names_of(last)
        case OneOf(part) | Containing(part):
            return names_of(part)
        case _:
            return frozenset()
