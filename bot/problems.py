"""What is wrong in a text file, where it stands, and how to mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file; `line` and `column` count from 1, `source` is that line."""

    file: str
    line: int = 1
    column: int = 1
    source: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where, a stable code, what is wrong, and what to do."""

    place: Place
    code: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.place.file}:{self.place.line}:{self.place.column}"
        head = f"{where}: {self.severity} [{self.code}] {self.message}"
        if not self.place.source:
            return head
        shown = self.place.source[:200].replace("\t", " ")
        mark = " " * (min(self.place.column, 200) - 1) + "^"
        return f"{head}\n    {shown}\n    {mark}"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like this one, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean “x”?` with the nearest known word, or nothing."""
    near = nearest(word, known)
    return f" Did you mean “{near}”?" if near else ""
