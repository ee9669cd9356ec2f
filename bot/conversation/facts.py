"""What is known of one family: what it answered, and what follows from that."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, Protocol

Fact = bool | int | Decimal | date | str | frozenset[str]

UNSURE: Final = "unsure"
"""The family answered "I don't know": a possible value of every asked fact."""

FactKind = Literal[
    "choice",
    "choices",
    "yes_no",
    "number",
    "money",
    "date",
    "duration",
    "place",
    "children",
    "truth",
]


@dataclass(frozen=True, slots=True)
class FactType:
    """What a fact may be compared with.

    A duration is a number of days, `children` a count (0 = none); `truth` is a
    yes or no that was computed.
    """

    kind: FactKind
    options: tuple[str, ...] = ()


class Derived(Protocol):
    """How a fact follows from others; a Condition is one."""

    @property
    def names(self) -> frozenset[str]:
        """The facts it needs; never, by way of others, itself."""
        ...

    @property
    def decide(self) -> Callable[["Facts"], Fact | None]:
        """Its value, or None while it cannot be known."""
        ...


class Facts:
    """One family's facts on one day; a derived fact is computed once, when needed.

    The repr shows no answer. A derived fact hides an answer of the same name.
    """

    __slots__ = ("_derived", "_values", "today")

    def __init__(
        self,
        asked: Mapping[str, Fact],
        today: date,
        derived: Mapping[str, Derived] = MappingProxyType({}),
    ) -> None:
        self.today: Final = today
        self._derived = derived
        self._values: dict[str, Fact | None] = {
            name: fact for name, fact in asked.items() if name not in derived
        }

    def get(self, name: str) -> Fact | None:
        """The value, or None when it is not known: not asked, or not computable."""
        if name in self._values:
            return self._values[name]
        return self._compute(name) if name in self._derived else None

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        """The names of all facts that have a value."""
        names = dict.fromkeys([*self._values, *self._derived])
        return (name for name in names if name in self)

    def __repr__(self) -> str:
        return f"Facts(<{len(self._values)} values>, {self.today!r})"

    def _compute(self, wanted: str) -> Fact | None:
        # What a fact needs comes first, so a long chain of facts cannot
        # exhaust Python's call stack in the middle of a conversation.
        waiting, begun = [wanted], set[str]()
        while waiting:
            name = waiting[-1]
            if name in begun:
                waiting.pop()
                if name not in self._values:
                    self._values[name] = self._derived[name].decide(self)
                continue
            begun.add(name)
            waiting += [need for need in self._derived[name].names if self._lacks(need)]
        return self._values[wanted]

    def _lacks(self, name: str) -> bool:
        return name in self._derived and name not in self._values
