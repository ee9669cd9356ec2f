"""All answers that there are to each question, and what a condition says of each."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.conversation.condition_logic import (
    Comparing,
    Constant,
    Days,
    Decide,
    Named,
    calendar_days,
    names_of,
)
from bot.conversation.conditions import Condition, boundaries
from bot.conversation.facts import Fact, Facts
from bot.library import Library
from bot.promises import Promise

Assigned = tuple[tuple[str, int], ...]
"""Answers by their number; GONE where the question is not asked on this way."""

GONE: Final = -1

TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""The same comparison with its two sides changed round."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The days among some answers: `before[n]` are the n earliest, as bits."""

    ordinals: tuple[int, ...]
    before: tuple[int, ...]

    @staticmethod
    def of(answers: Sequence[Fact]) -> "Dates":
        days = sorted(
            (fact.toordinal(), number)
            for number, fact in enumerate(answers)
            if isinstance(fact, date)
        )
        before = [0]
        for _, number in days:
            before.append(before[-1] | 1 << number)
        return Dates(tuple(ordinal for ordinal, _ in days), tuple(before))

    @property
    def all(self) -> int:
        return self.before[-1]

    def compared(self, sign: str, day: int) -> int:
        """The answers that are so compared with this day."""
        earlier = self.before[bisect_left(self.ordinals, day)]
        until = self.before[bisect_right(self.ordinals, day)]
        return {
            "<": earlier,
            "<=": until,
            ">": self.all ^ until,
            ">=": self.all ^ earlier,
            "==": until ^ earlier,
            "!=": self.all ^ until ^ earlier,
        }[sign]


class Answers:
    """The answers of each question, as facts, on one day."""

    def __init__(
        self,
        facts: Mapping[str, Sequence[Fact]],
        derived: Mapping[str, Condition],
        today: date,
    ) -> None:
        self.of = facts
        self.derived = derived
        self.today = today
        self._leaves: dict[tuple[Decide, str, Assigned], tuple[int, int]] = {}
        self._sorted: dict[str, Dates] = {}

    def asked(self, names: Iterable[str]) -> frozenset[str]:
        """The questions behind these facts."""
        found, waiting = set[str](), list(names)
        seen = set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self.derived:
                waiting += self.derived[name].names
            elif name in self.of:
                found.add(name)
        return frozenset(found)

    def values(self, piece: Decide, last: str, assigned: Assigned) -> tuple[int, int]:
        """For which answers of the last question the piece is True, and False."""
        key = (piece, last, assigned)
        if key not in self._leaves:
            found = self._by_days(piece, last, assigned)
            self._leaves[key] = found or self._one_by_one(piece, last, assigned)
        return self._leaves[key]

    def _one_by_one(
        self, piece: Decide, last: str, assigned: Assigned
    ) -> tuple[int, int]:
        known = self._known(assigned)
        yes = no = 0
        for number, fact in enumerate(self.of[last]):
            value = piece(Facts({**known, last: fact}, self.today, self.derived))
            yes |= (value is True) << number
            no |= (value is False) << number
        return yes, no

    def _by_days(
        self, piece: Decide, last: str, assigned: Assigned
    ) -> tuple[int, int] | None:
        """Days between two dates at one stroke: there are a thousand by a thousand."""
        match piece:
            case Comparing(
                Days(first, Named(name, "date"), count), sign, Constant(int(limit))
            ) if (
                name == last and count is calendar_days and last not in names_of(first)
            ):
                fixed = first(self.facts(assigned))
                side = 1
            case Comparing(
                Days(Named(name, "date"), end, count), sign, Constant(int(limit))
            ) if name == last and count is calendar_days and last not in names_of(end):
                fixed, side = end(self.facts(assigned)), -1
            case _:
                return None
        if not isinstance(fixed, date):
            return 0, 0
        dates = self.dates(last)
        chosen = dates.compared(
            sign if side > 0 else TURNED[sign], fixed.toordinal() + side * limit
        )
        return chosen, dates.all ^ chosen

    def dates(self, question: str) -> "Dates":
        if question not in self._sorted:
            self._sorted[question] = Dates.of(self.of[question])
        return self._sorted[question]

    def _known(self, assigned: Assigned) -> dict[str, Fact]:
        return {
            name: self.of[name][number] for name, number in assigned if number != GONE
        }

    def facts(self, assigned: Assigned) -> Facts:
        return Facts(self._known(assigned), self.today, self.derived)


def answers_of(
    library: Library, promises: Sequence[Promise], today: date
) -> Mapping[str, tuple[str, ...]]:
    """Every answer of every question, in its stored form."""
    compared: dict[str, frozenset[Fact]] = {}
    for condition in conditions(library, promises):
        for name, values in boundaries(condition).items():
            compared[name] = compared.get(name, frozenset()) | values
    return {
        name: question.kind.every(today, compared.get(name, frozenset()))
        for name, question in library.questions.items()
    }


def conditions(library: Library, promises: Sequence[Promise]) -> Iterator[Condition]:
    """All that is ever decided about a family; a note only adds a sentence."""
    yield from (one.condition for one in library.conditions() if one.sort != "note")
    yield from (one.condition for one in promises)
