"""Where a legal statement comes from, and how sure we are of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from bot.law.calendar import DAY, Valid
from bot.law.deadlines import Certainty

SourceKind = Literal["article", "decree", "case", "amount", "page", "practice"]


@dataclass(frozen=True, slots=True)
class Source:
    """What one source says in the time of `valid`; `id` is how authors cite it."""

    id: str
    kind: SourceKind
    name: str
    says: str
    seen: str
    certainty: Certainty
    valid: Valid
    reviewed: str = ""
    open: str = ""


def ends_on(rows: Sequence[Source]) -> date | None:
    """The last day on which this source is in force; None while no end is known."""
    return rows[-1].valid.until


def torn(rows: Sequence[Source]) -> Iterator[int]:
    """The rows that do not begin on the day after the row before them ends."""
    for number, (old, new) in enumerate(pairwise(rows), start=1):
        until = old.valid.until
        if until is None or new.valid.from_ != until + DAY:
            yield number
