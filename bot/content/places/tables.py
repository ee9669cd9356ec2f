"""The tables in flows/places/: rows of text, as read and as written."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.content.places.slips import mended_row
from bot.problems import Place, Problem, Told, told

Codes = tuple[str, ...]

MUNICIPALITIES = ("code", "name", "people")
POSTCODES = ("postcodes", "codes")
NAMES = ("name", "codes")

LARGEST = 1_000_000
MOST_LINES = 50_000
LONGEST_LINE = 1000
MOST_STRANGE = 100
"""Lines that are no row, before the rest is not looked at."""

SPAN = re.compile(r"([1-9][0-9]{3})(?:-([1-9][0-9]{3}))?")


@dataclass(frozen=True, slots=True)
class Table:
    """A file with one row a line; `problems` only grows."""

    file: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, body: bytes, file: str, problems: list[Problem]) -> "Table":
        """A file that is too large, or not UTF-8, has no rows, and a problem."""
        if len(body) > LARGEST or body.count(b"\n") > MOST_LINES:
            table = cls(file, "", problems)
            table.problem(1, "too-big", told("This file is too large."))
            return table
        try:
            return cls(file, body.decode("utf-8-sig"), problems)
        except UnicodeDecodeError as error:
            table = cls(file, "", problems)
            line = body.count(b"\n", 0, error.start) + 1
            message = told(
                "A character here is not UTF-8. Save the file again, as UTF-8."
            )
            table.problem(line, "not-utf8", message)
            return table

    @property
    def is_sound(self) -> bool:
        return all(one.place.file != self.file for one in self.problems)

    def rows(self, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
        """Each row with its line; one with other columns is told and left out."""
        lines = self.text.splitlines()
        wanted = ",".join(columns)
        if lines and lines[0] != wanted:
            message = told("The first line should be “{columns}”.", columns=wanted)
            self.problem(1, "columns", message)
        strange = 0
        for number, line in enumerate(lines[1:], 2):
            cells = cells_of(line)
            if len(cells) == len(columns):
                yield number, cells
            elif line.strip():
                hint = mended_row(line, columns)
                message = told(
                    "This line should be “{columns}”.{hint}", columns=wanted, hint=hint
                )
                self.problem(number, "columns", message)
                strange += 1
            if strange == MOST_STRANGE:
                return  # it is another sort of file

    def problem(self, line: int, code: str, message: Told) -> None:
        lines = self.text.split("\n", line)
        source = lines[line - 1].rstrip("\r") if len(lines) >= line else ""
        self.problems.append(Problem(Place(self.file, line, 1, source), code, message))


def cells_of(line: str) -> list[str]:
    """Each line on its own, so that one odd quote does not swallow those below."""
    if '"' not in line or len(line) > LONGEST_LINE:
        return line.split(",")
    return next(csv.reader([line]), [])


def span(written: str) -> tuple[str, ...]:
    """`1011-1013` as 1011, 1012, 1013; nothing when it is no such thing."""
    found = SPAN.fullmatch(written)
    if found is None:
        return ()
    first, last = found.groups()
    return tuple(map(str, range(int(first), int(last or first) + 1)))


def spans(postcodes: Mapping[str, Codes]) -> Iterator[tuple[str, Codes]]:
    """Neighbours that lead to the same municipalities as one row."""
    first = last = ""
    for one in [*sorted(postcodes), ""]:
        goes_on = one and last and int(one) == int(last) + 1
        if not goes_on or postcodes[one] != postcodes[last]:
            if last:
                yield first if first == last else f"{first}-{last}", postcodes[last]
            first = one
        last = one


def written(columns: tuple[str, ...], rows: Iterable[Iterable[object]]) -> str:
    page = io.StringIO()
    csv.writer(page, lineterminator="\n").writerows([columns, *rows])
    return page.getvalue()


def postcode_rows(postcodes: Mapping[str, Codes]) -> str:
    return written(
        POSTCODES, ((row, " ".join(codes)) for row, codes in spans(postcodes))
    )


def name_rows(names: Mapping[str, Codes]) -> str:
    rows = ((name, " ".join(names[name])) for name in sorted(names))
    return written(NAMES, rows)
