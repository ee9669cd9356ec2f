"""What is wrong in a text file, where it stands, and how to mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from bot.problems_dutch import DUTCH

Severity = Literal["error", "warning"]
Language = Literal["nl", "en"]

SEVERITIES: Final = {"error": "fout", "warning": "let op"}
"""How each is called in Dutch."""


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file; `line` and `column` count from 1, `source` is that line."""

    file: str
    line: int = 1
    column: int = 1
    source: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence for authors: the English one, with `{names}` for what differs.

    It is the key to the Dutch one in `problems_dutch`, as the Dutch of a text for
    families is the key to its translations.
    """

    english: str
    values: tuple[tuple[str, "str | int | Told"], ...] = ()

    def words(self, language: Language) -> str:
        dutch = language == "nl"
        template = DUTCH.get(self.english, self.english) if dutch else self.english
        values = {
            name: value.words(language) if isinstance(value, Told) else value
            for name, value in self.values
        }
        return template.format(**values)

    def __str__(self) -> str:
        return self.words("en")

    def __bool__(self) -> bool:
        return bool(self.english)


NOTHING: Final = Told("")


def told(english: str, **values: "str | int | Told") -> Told:
    """A sentence that stands in `problems_dutch` too: a test looks for each."""
    return Told(english, tuple(values.items()))


def as_written(words: str) -> Told:
    """An author's own words: the same in every language."""
    return Told("{words}", (("words", words),))


def joined(parts: Iterable[Told], between: str = "; ") -> Told:
    """Several sentences as one."""
    named = tuple((f"part{number}", part) for number, part in enumerate(parts))
    return Told(between.join(f"{{{name}}}" for name, _ in named), named)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where, a stable code, what is wrong, and what to do."""

    place: Place
    code: str
    told: Told | str
    severity: Severity = "error"

    @property
    def message(self) -> str:
        return self.words("en")

    def words(self, language: Language) -> str:
        return self.told.words(language) if isinstance(self.told, Told) else self.told

    def __str__(self) -> str:
        return self.shown("en")

    def shown(self, language: Language) -> str:
        """As a person reads it: where, what, and the line itself with a mark."""
        where = f"{self.place.file}:{self.place.line}:{self.place.column}"
        severity = SEVERITIES[self.severity] if language == "nl" else self.severity
        head = f"{where}: {severity} [{self.code}] {self.words(language)}"
        if not self.place.source:
            return head
        shown = self.place.source[:200].replace("\t", " ")
        mark = " " * (min(self.place.column, 200) - 1) + "^"
        return f"{head}\n    {shown}\n    {mark}"


def counted(problems: Iterable[Problem]) -> Told:
    """`1 error, 2 warnings`."""
    severities = [one.severity for one in problems]
    warnings = severities.count("warning")
    one, more = told("1 warning"), told("{count} warnings", count=warnings)
    return told(
        "{errors}, {warnings}",
        errors=errors_counted(severities.count("error")),
        warnings=one if warnings == 1 else more,
    )


def errors_counted(count: int) -> Told:
    return told("1 error") if count == 1 else told("{count} errors", count=count)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like this one, or nothing."""
    cutoff = 0.5 if len(word) <= 3 else 0.6  # one letter is half of “if”
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> Told:
    """` Did you mean “x”?` with the nearest known word, or nothing."""
    near = nearest(word, known)
    return told(" Did you mean “{near}”?", near=near) if near else NOTHING
