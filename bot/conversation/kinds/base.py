"""What every sort of question can do."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bot.conversation.facts import UNSURE, Fact, FactType
from bot.conversation.reading import DateWords, fold
from bot.places import Places
from bot.translations import Catalogue, Sayable, Text


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be tapped: a stored id, its label, other spellings."""

    id: str
    label: Text
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """What a flow file says about a question of any kind.

    `within` and the limits bound what is read: days from today for a date, whole
    numbers for a number, euros for money. `words` are the engine's own texts.
    """

    options: tuple[Option, ...] = ()
    within: tuple[int, int] | None = None
    least: int = 0
    most: int = 1_000_000
    words: Mapping[str, Text] = field(default_factory=dict)
    places: Places = field(default_factory=Places)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A reply that may mean one of these stored answers: the family is asked which.

    A single one is repeated in full and confirmed.
    """

    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misread:
    """A reply that could not be read: `key` names the words that say why."""

    key: str
    values: Mapping[str, Sayable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader needs besides the reply: the day, the languages, date words."""

    today: date
    catalogues: tuple[Catalogue, ...]
    """The conversation's own language first: its words win."""

    dates: DateWords


class Kind(ABC):
    """One sort of question. An answer is kept as short text (`stored`).

    The buttons, and "I don't know" among them, work the same for every kind; a kind
    says how typed words are read, and what its stored text means.
    """

    several = False
    """Whether buttons are ticked one by one, until "done"."""

    numbered = True
    """Whether a typed `2` means the second button."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.labels = {option.id: option.label for option in spec.options}

    @property
    @abstractmethod
    def type(self) -> FactType:
        """What conditions may do with the answer."""

    def read(self, reply: str, reading: Reading) -> str | Misread | Unclear:
        """The stored form of a typed reply: a button's spelling, or the kind's own."""
        known = spellings(self, reading.catalogues)
        found = known.get(fold(reply)) or known.get(reply.strip())
        return found or self.read_typed(reply, reading)

    def read_typed(self, reply: str, reading: Reading) -> str | Misread | Unclear:
        return Misread("misread_choice")

    def accepts(self, stored: str) -> bool:
        """Whether a stored answer is still one of this question's answers."""
        return stored in self.labels or self.accepts_typed(stored)

    def accepts_typed(self, stored: str) -> bool:
        return False

    def examples(self, today: date, boundaries: Collection[Fact]) -> tuple[str, ...]:
        """Answers that families give, stored, to try all ways with.

        `boundaries` are the values that conditions compare the answer with: those
        and their neighbours are among the examples.
        """
        typed = self.examples_typed(today, boundaries)
        fitting = (one for one in typed if self.accepts(one))
        return tuple(dict.fromkeys((*self.labels, *fitting)))

    def examples_typed(
        self, today: date, boundaries: Collection[Fact]
    ) -> Iterable[str]:
        return ()

    def every(self, today: date, boundaries: Collection[Fact]) -> tuple[str, ...]:
        """All answers, to prove things with; “I don't know” last.

        Of amounts, and of lengths without a limit, only the examples.
        """
        typed = self.every_typed(today, boundaries)
        fitting = (one for one in typed if self.accepts(one))
        known = (one for one in (*self.labels, *fitting) if one != UNSURE)
        last = (UNSURE,) if UNSURE in self.labels else ()
        return (*dict.fromkeys(known), *last)

    @property
    def tries_all(self) -> bool:
        """Whether `every` leaves no answer out."""
        return True

    def every_typed(self, today: date, boundaries: Collection[Fact]) -> Iterable[str]:
        return self.examples_typed(today, boundaries)

    def fact(self, stored: str) -> Fact:
        """The value that conditions see."""
        return UNSURE if stored == UNSURE else self.fact_typed(stored)

    def fact_typed(self, stored: str) -> Fact:
        return stored

    def show(self, stored: str) -> Sayable:
        """The answer as it is repeated to the family."""
        return self.labels[stored] if stored in self.labels else self.show_typed(stored)

    def show_whole(self, stored: str) -> Sayable:
        """All that is kept of the answer, also what is not repeated each time."""
        return self.show(stored)

    def show_typed(self, stored: str) -> Sayable:
        return stored

    def as_typed(self, stored: str) -> str:
        """Words, in any language, that are read as this answer."""
        return stored if stored in self.labels else self.in_words(stored)

    def in_words(self, stored: str) -> str:
        return stored


@lru_cache(maxsize=8192)
def spellings(kind: Kind, catalogues: tuple[Catalogue, ...]) -> Mapping[str, str]:
    """Every accepted spelling of a button: number, label, emoji, id, other words.

    Labels of all languages count in each: families mix them, and letters are Dutch.
    """
    found: dict[str, str] = {}
    for number, option in enumerate(kind.spec.options, start=1):
        if kind.numbered:
            found.setdefault(str(number), option.id)
        for words in (option.id, *option.words):
            found.setdefault(fold(words) or words, option.id)
    for catalogue in catalogues:
        for option in kind.spec.options:
            label = catalogue.words(option.label)
            found.setdefault(fold(label), option.id)
            mark = label.split(maxsplit=1)[0]
            if not fold(mark):  # an emoji; a first word could stand in two labels
                found.setdefault(mark, option.id)
    found.pop("", None)
    return found


def around(boundaries: Collection[Fact]) -> list[int]:
    """Whole numbers just below, at and just above each number of the boundaries."""
    whole = {int(one) for one in boundaries if isinstance(one, int | Decimal)}
    return sorted({number + step for number in whole for step in (-1, 0, 1)})


def converts(convert: Callable[[str], object], stored: str) -> bool:
    """Whether stored text still has the form this kind writes."""
    try:
        convert(stored)
    except (ValueError, ArithmeticError):
        return False
    return True
