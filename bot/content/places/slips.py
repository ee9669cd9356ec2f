"""A slip in a table of places: which line or code was meant, and which row is wrong."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.problems import NOTHING, Told, told

CELLS: Final[Mapping[str, str]] = {
    "code": r"GM\d{4}",
    "name": r"(?:\de |de )?['A-ZÀ-Þ][^\d,\"]*(?<=[\w)])|\"[^\"\d]+\"",
    "people": r"\d+",
    "postcodes": r"[1-9]\d{3}(?:-[1-9]\d{3})?",
    "codes": r"GM\d{4}(?: GM\d{4})*",
}
"""How each cell of a row is usually written."""

LONGEST: Final = 100
"""Of a longer line nothing is guessed."""

MOST_PAIRS: Final = 500
"""Rows with a postcode in common, before the rest is not looked at."""

LETTERS: Final = "GM0123456789"


def mended_row(line: str, columns: Sequence[str]) -> Told:
    """` Did you mean: …` with the one line that a single sign makes a row."""
    if len(line) > LONGEST:
        return NOTHING
    row = re.compile(",".join(f"(?:{CELLS[one]})" for one in columns), re.ASCII)
    fitting = [
        {one for one in tried if row.fullmatch(one)}
        for tried in (_put_in_or_left_out(line), _put_instead(line))
    ]
    best = next(filter(None, fitting), set[str]())
    if len(best) != 1:
        return NOTHING
    return told(" Did you mean: {line}", line=best.pop())


def _put_in_or_left_out(line: str) -> Iterator[str]:
    for at in range(len(line) + 1):
        here, rest = line[at : at + 1], line[at + 1 :]
        yield line[:at] + rest
        yield line[:at] + rest[:1] + here + rest[1:]
        yield from (line[:at] + sign + here + rest for sign in ",-")


def _put_instead(line: str) -> Iterator[str]:
    for at in range(len(line)):
        yield from (line[:at] + sign + line[at + 1 :] for sign in ",- ")


def meant(code: str, *groups: Collection[str]) -> str:
    """The only code of the first group with such codes that is one slip away."""
    if len(code) > len("GM0000") + 1:
        return ""
    near = _one_slip_from(code)
    for group in groups:
        found = near.intersection(group)
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _one_slip_from(code: str) -> set[str]:
    found = set[str]()
    for at in range(len(code) + 1):
        left, here, rest = code[:at], code[at : at + 1], code[at + 1 :]
        found |= {left + rest, left + rest[:1] + here + rest[1:]}
        found |= {left + one + rest for one in LETTERS}
        found |= {left + one + here + rest for one in LETTERS}
    return found - {code}


def is_in_order(values: Sequence[str], at: int, value: str) -> bool:
    """Whether this value at this place comes after the one before, and so on."""
    return (at == 0 or values[at - 1] < value) and (
        at + 1 == len(values) or value < values[at + 1]
    )


# Postcodes that stand in two rows ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Postcodes from the first to the last one, and the line where they stand."""

    line: int
    first: str
    last: str

    @property
    def size(self) -> int:
        return int(self.last) - int(self.first)


def doubles(spans: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Each row that is most likely wrong, with one that has a postcode of it, too.

    That is the row that gets in the way of most others, stands at an odd place or is
    the widest; when it is left out, the others may be right.
    """
    beside = _beside(spans)
    firsts = [one.first for one in spans]

    def oddness(at: int) -> tuple[int, bool, int, int]:
        odd = not is_in_order(firsts, at, firsts[at])
        return len(beside[at]), odd, spans[at].size, at

    while beside:
        worst = max(beside, key=oddness)
        others = beside.pop(worst)
        yield spans[worst], spans[min(others)]
        for other in others:
            beside[other].discard(worst)
            if not beside[other]:
                del beside[other]


def _beside(spans: Sequence[Span]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    pairs = 0
    reaching: list[int] = []
    for at in sorted(range(len(spans)), key=lambda one: spans[one].first):
        reaching = [one for one in reaching if spans[one].last >= spans[at].first]
        for other in reaching:
            found.setdefault(at, set()).add(other)
            found.setdefault(other, set()).add(at)
        pairs += len(reaching)
        if pairs > MOST_PAIRS:
            break
        reaching.append(at)
    return found
