"""The family's words for a text, with Dutch as the fallback."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
REGIONS = {"en": "en_GB"}
"""In Europe the day stands before the month; plain "en" would be American."""

BRACES = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Text:
    """What an author wrote in Dutch, and where: `context` is the PO msgctxt."""

    context: str
    nl: str


@dataclass(frozen=True, slots=True)
class Say:
    """A text with the values for its `{placeholders}`."""

    text: Text
    values: Mapping[str, "Sayable"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day within the week to come, said by its name alone."""

    day: date


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language by its code (ISO 639), said in the reader's: “Dutch”, “Nederlands”."""

    code: str


Sayable = (
    str
    | int
    | Decimal
    | date
    | time
    | Weekday
    | Tongue
    | Text
    | Say
    | tuple["Sayable", ...]
)
Escape = Callable[[str], str]


def as_typed(words: str) -> str:
    """No escaping: for a channel that shows plain text."""
    return words


def placeholders(words: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(words)) if "{" in words else frozenset()


def has_odd_braces(words: str) -> bool:
    """True when a brace is left that is not part of a plain `{name}`."""
    return bool(BRACES.search(PLACEHOLDER.sub("", words)))


@lru_cache(maxsize=4096)
def full_date(day: date, language: str) -> str:
    return format_date(day, "full", locale=REGIONS.get(language, language))


@lru_cache(maxsize=512)
def weekday(day: date, language: str) -> str:
    return format_date(day, "EEEE", locale=REGIONS.get(language, language))


@lru_cache(maxsize=512)
def tongue(code: str, language: str) -> str:
    return str(Locale.parse(language).languages.get(code, code))


def is_tongue(code: str) -> bool:
    """Whether a language has this code, in CLDR."""
    return tongue(code, "en") != code


@lru_cache(maxsize=512)
def clock(at: time, language: str) -> str:
    return format_time(at, "short", locale=REGIONS.get(language, language))


@lru_cache(maxsize=1024)
def euros(amount: Decimal, language: str) -> str:
    whole = amount == amount.to_integral_value()
    return format_currency(
        amount,
        "EUR",
        locale=language,
        format="¤ #,##0" if whole else "¤ #,##0.00",
        currency_digits=False,
    )


@dataclass(frozen=True, eq=False, slots=True)
class Catalogue:
    """One language: `messages` maps (context, Dutch) to the translation."""

    language: str
    messages: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def words(self, text: Text) -> str:
        return self.messages.get((text.context, text.nl), text.nl)

    def own(self, text: Text) -> str:
        """What this language says itself; nothing where families read the Dutch."""
        if self.language == DUTCH.language:
            return text.nl
        return self.messages.get((text.context, text.nl), "")

    def say(self, said: Sayable, escape: Escape = as_typed) -> str:
        """The words to show; every value is escaped, braces never remain."""
        match said:
            case Say(text, values):
                return self._fill(self.words(text), values, escape)
            case Text():
                return self._fill(self.words(said), {}, escape)
            case Decimal():
                return escape(euros(said, self.language))
            case date():
                return escape(full_date(said, self.language))
            case time():
                return escape(clock(said, self.language))
            case Weekday(day):
                return escape(weekday(day, self.language))
            case Tongue(code):
                return escape(tongue(code, self.language))
            case tuple():
                return ", ".join(self.say(part, escape) for part in said)
            case _:
                return escape(str(said))

    def _fill(self, words: str, values: Mapping[str, Sayable], escape: Escape) -> str:
        if "{" not in words:
            return escape(words)
        parts = PLACEHOLDER.split(words)
        return "".join(
            self.say(values.get(part, "…"), escape) if odd else escape(part)
            for part, odd in zip(parts, _alternating(len(parts)), strict=True)
        )


def _alternating(length: int) -> list[bool]:
    return [bool(index % 2) for index in range(length)]


DUTCH = Catalogue("nl")
