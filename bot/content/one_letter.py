"""Finds the one letter or sign by which a part of a file can be read again.

A colon that is gone, a letter typed among the spaces before a key: what a parser says
of that is about other lines. Here each such slip is undone on trial, near the lines
that have mistakes, and the one that makes the part whole is what was meant.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.content.oddness import KEY, NAME, Candidate, letters, oddness

HEAD_SIGNS: Final = " :-"
VALUE_SIGNS: Final = " :,\"'[]{}"
SIGN: Final = re.compile(r"[^\w\s.]|\.(?= )")
HEAD: Final = re.compile(r" *(?:- *)*[^:\s]*\s?\S?:?\s?")
WELL_FORMED: Final = re.compile(
    r"(?P<indent> *)(?:- )*(?:\"[^\"]+\"|'[^']+'|[\w][\w'./ -]*): ?(?![ :])"
    r"|(?P<item> *)- (?![ :-])|(?P<closes> *)[\]}]"
)
GLUED: Final = re.compile(r"^ *(?:- )*[\w-]+:\S")
MOST_READ: Final = 250_000
"""Characters that are read on trial, for all slips in one file together."""

EACH: Final = 200
"""What one reading costs beside its characters."""

MOST_LOOKED_AT: Final = 3000
"""Lines that are looked at by themselves, for one file."""

LONGEST: Final = 600
"""A longer line is not tried."""

MOST_AT_ONCE: Final = 40
"""Readings for one line."""

MOST_SIGNS: Final = 24
"""Places at signs in a line that are tried, the nearest first."""

LONE: Final = re.compile(r"(?<![^\s])\w(?![^\s])")
PUSHED: Final = re.compile(r"\w {1,3}\w+:")
"""A letter among the spaces before a key."""


@dataclass(frozen=True, slots=True)
class Mended:
    """One line as it was most likely meant; both count from 0."""

    row: int
    column: int
    line: str


class Trials:
    """`fits` says whether a part of the file, with other lines empty, is right."""

    def __init__(
        self,
        fits: Callable[[Sequence[str]], bool],
        stands_alone: Callable[[str], bool],
        names: frozenset[str],
    ) -> None:
        self._fits = fits
        self._stands_alone = stands_alone
        self._names = names
        self._left = MOST_READ
        self._looks = MOST_LOOKED_AT

    def mended(self, lines: Sequence[str], row: int, column: int) -> Mended | None:
        """The slip near this place: on this row, or just above or below it."""
        first, last = _part(lines, row)
        part = _alone(lines, first, last)
        columns = {_indent(one) for one in lines if one.strip()}
        columns |= {one + 2 for one in columns}  # the only list item may be this one
        cost = sum(map(len, part)) + EACH
        if _indent(lines[row]) == 0 and self._fits(part):
            return None  # the key of the whole file is right: it is told for another
        counted = Counter(NAME.findall("\n".join(lines)))
        for at in _near(part, row, first, last):
            own = Counter(NAME.findall(lines[at]))
            names = self._names | (counted - own).keys()
            found = self._fitting(
                part, at, column if at == row else 0, columns, names, cost
            )
            if found:
                return min(
                    found, key=lambda one: oddness(Candidate(part[at], one.line, names))
                )
        return None

    def _fitting(
        self,
        part: Sequence[str],
        at: int,
        start: int,
        columns: set[int],
        names: Set[str],
        cost: int,
    ) -> list[Mended]:
        found: list[Mended] = []
        if len(part[at]) > LONGEST:
            return found
        tried = 0
        for one in _candidates(part, at, start, columns, names):
            self._looks -= 1
            if self._looks < 0 or self._left < cost or tried == MOST_AT_ONCE:
                break
            if not self._stands_alone(one.line):
                continue
            tried, self._left = tried + 1, self._left - cost
            if self._fits([*part[:at], one.line, *part[at + 1 :]]):
                found.append(one)
        return found


def _alone(lines: Sequence[str], first: int, last: int) -> list[str]:
    """The part and the keys of the whole file, without those that are now empty."""
    part = [
        line if first <= at < last or (line and line[0] not in " #") else ""
        for at, line in enumerate(lines)
    ]
    below = ""
    for at in range(len(part) - 1, -1, -1):
        inside = below[:1] == " " or PUSHED.match(below)
        is_empty = part[at].rstrip().endswith(":") and not inside
        if is_empty and not first <= at < last:
            part[at] = ""
        elif part[at].strip():
            below = part[at]
    return part


def _part(lines: Sequence[str], row: int) -> tuple[int, int]:
    """The entry under a key of the whole file around this row: a question, a card."""
    first = row - 1
    while first > 0 and not _begins(lines[first]):
        first -= 1
    last = row + 2
    while last < len(lines) and not _begins(lines[last]):
        last += 1
    return max(first, 0), min(last, len(lines))


def _begins(line: str) -> bool:
    return bool(line.strip()) and _indent(line) <= 2 and line.lstrip()[0] != "#"


def _near(part: Sequence[str], row: int, first: int, last: int) -> Iterator[int]:
    """The row itself, those beside it, then notes that look like a key."""
    is_note = part[row - 1].lstrip().startswith("#") and ": " in part[row - 1]
    beside = [row - 1, row] if is_note and row - 1 >= first else [row]
    for step in (-1, 1):
        at = row + step
        while first <= at < last and not part[at].strip():
            at += step
        if first <= at < last:
            beside.append(at)
    notes = (
        at
        for at in range(first, last)
        if part[at].lstrip().startswith("#") and ": " in part[at]
    )
    yield from dict.fromkeys((*beside, *islice(notes, 4)))


def _candidates(
    part: Sequence[str], row: int, start: int, columns: set[int], names: Collection[str]
) -> Iterator[Mended]:
    """The line with one slip undone, where it then looks like a line of a file.

    Its key is one that stands elsewhere, or has the letters that are typed.
    """
    yield from _as_note(part, row)
    line = part[row]
    seen = {line}
    for column, changed in _undone(line, start):
        changed = changed.rstrip()
        if changed in seen:
            continue
        seen.add(changed)
        if WELL_FORMED.match(changed) is None or GLUED.match(changed):
            continue
        if _indent(changed) in columns and _is_known(line, changed, names):
            yield Mended(row, column, changed)


def _is_known(line: str, changed: str, names: Collection[str]) -> bool:
    key = KEY.match(changed)
    if key is None or key["key"].strip("\"'") in names:
        return True
    if f"{key['key']}:" in line:
        return True
    typed = (line, LONE.sub(" ", line, count=1))
    return letters(changed) in map(letters, typed)


def _as_note(part: Sequence[str], row: int) -> Iterator[Mended]:
    """A line among notes that has lost its own sign."""
    beside = (*part[max(0, row - 1) : row], *part[row + 1 : row + 2])
    line = part[row]
    if any(one.lstrip().startswith("#") for one in beside):
        at = _indent(line)
        rest = line[at:].lstrip("".join(VALUE_SIGNS))
        yield Mended(row, at, line[:at] + "# " + rest)


def _undone(line: str, start: int) -> Iterator[tuple[int, str]]:
    """Nearest to the mistake first: at the head of the line, and at its signs."""
    head = HEAD.match(line)
    end = head.end() if head else 0
    signs = {
        at
        for found in SIGN.finditer(line)
        for at in range(found.start() - 1, found.end() + 1)
    }
    signs |= {end} | {at for at, sign in enumerate(line) if sign == " "}
    inside = sorted(signs - set(range(end)), key=lambda at: abs(at - start))
    for at in (*range(end), *inside[:MOST_SIGNS], len(line)):
        known = HEAD_SIGNS if at < end else VALUE_SIGNS
        here = line[at : at + 1]
        if line[at + 1 : at + 2]:
            yield at, line[:at] + line[at + 1] + here + line[at + 2 :]
        if here:
            yield at, line[:at] + line[at + 1 :]
            yield from ((at, line[:at] + sign + line[at + 1 :]) for sign in known)
        yield from ((at, line[:at] + sign + line[at:]) for sign in known)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
