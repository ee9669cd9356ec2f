"""What every sort of question can do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Protocol

from bot.conversation.facts import UNSURE, Fact, FactType
from bot.conversation.reading import DateWords, fold
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


@dataclass(frozen=True, slots=True)
class Misread:
    """A reply that could not be read: `key` names the words that say why."""

    key: str
    values: Mapping[str, Sayable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader needs besides the reply: the day, the language, date words."""

    today: date
    catalogue: Catalogue
    dates: DateWords


class Kind(Protocol):
    """One sort of question. An answer is stored as short text (`stored`)."""

    @property
    def spec(self) -> Spec:
        """What the author wrote."""
        ...

    @property
    def confirms(self) -> bool:
        """Whether a typed answer is repeated in full before it counts."""
        ...

    @property
    def several(self) -> bool:
        """Whether buttons are ticked one by one, until "done"."""
        ...

    @property
    def type(self) -> FactType:
        """What conditions may do with the answer."""
        ...

    def read(self, reply: str, reading: Reading) -> str | Misread:
        """The stored form of a typed reply."""
        ...

    def accepts(self, stored: str) -> bool:
        """Whether a stored answer is still one of this question's answers."""
        ...

    def fact(self, stored: str) -> Fact:
        """The value that conditions see."""
        ...

    def show(self, stored: str) -> Sayable:
        """The answer as it is repeated to the family."""
        ...


class Asked:
    """What all kinds share: the buttons, and "I don't know"."""

    confirms = False
    several = False
    numbered = True
    """Whether a typed `2` means the second button."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.labels = {option.id: option.label for option in spec.options}

    def read(self, reply: str, reading: Reading) -> str | Misread:
        found = spellings(self, reading.catalogue).get(fold(reply))
        if found is None:
            found = spellings(self, reading.catalogue).get(reply.strip())
        return found if found is not None else self.read_typed(reply, reading)

    def read_typed(self, reply: str, reading: Reading) -> str | Misread:
        return Misread("misread_choice")

    def accepts(self, stored: str) -> bool:
        return stored in self.labels or self.accepts_typed(stored)

    def accepts_typed(self, stored: str) -> bool:
        return False

    def fact(self, stored: str) -> Fact:
        return UNSURE if stored == UNSURE else self.fact_typed(stored)

    def fact_typed(self, stored: str) -> Fact:
        return stored

    def show(self, stored: str) -> Sayable:
        return self.labels[stored] if stored in self.labels else self.show_typed(stored)

    def show_typed(self, stored: str) -> Sayable:
        return stored


@lru_cache(maxsize=8192)
def spellings(kind: Asked, catalogue: Catalogue) -> Mapping[str, str]:
    """Every accepted spelling of a button: number, label, emoji, id, other words.

    Labels in Dutch count in every language: families copy them from letters.
    """
    found: dict[str, str] = {}
    for number, option in enumerate(kind.spec.options, start=1):
        if kind.numbered:
            found.setdefault(str(number), option.id)
        for label in (option.label.nl, catalogue.words(option.label)):
            found.setdefault(fold(label), option.id)
            found.setdefault(label.split(maxsplit=1)[0].strip(), option.id)
        for words in (option.id, *option.words):
            found.setdefault(fold(words), option.id)
    found.pop("", None)
    return found


def converts(convert: Callable[[str], object], stored: str) -> bool:
    """Whether stored text still has the form this kind writes."""
    try:
        convert(stored)
    except (ValueError, ArithmeticError):
        return False
    return True
