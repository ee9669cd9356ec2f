"""One file on its way to being read: its lines, a mended copy and its problems."""

from collections.abc import Collection
from dataclasses import replace

from bot.problems import Place, Problem, Severity, Told, told

LARGEST = 1_000_000
MOST_LINES = 20_000
DEEPEST = 40
MOST_VALUES = 50_000
MOST_PROBLEMS = 200

# By a word of the parser's complaint; the first that fits counts.
MEANINGS = {
    "too-deep": told(
        "This stands more than {most} levels deep. Make it flatter.", most=DEEPEST
    ),
    "too-many": told(
        "This file has more than {most} values. Divide it.", most=MOST_VALUES
    ),
    "':'": told("A colon is missing here. A line begins with a key, as “say:”."),
    "mapping values": told("A colon stands inside a text. Put quotes around the text."),
    "',' or": told("A comma or a closing bracket is missing here."),
    "expected": told(
        "This line does not fit under the lines above. Compare their columns."
    ),
}


class NotSoundError(Exception):
    """Something is wrong with lines that are read to see whether they are right."""


class Page:
    """The lines of one file, a copy mended for the parser, and the problems so far."""

    def __init__(self, file: str, lines: tuple[str, ...]) -> None:
        self.file = file
        self.lines = lines
        self.mended = list(lines)
        self.problems: list[Problem] = []
        self.rows_with_errors: set[int] = set()
        self.second_part = len(lines)
        self.hopeless = False

    def place(self, row: int, column: int) -> Place:
        row = min(row, len(self.lines) - 1)
        return Place(self.file, row + 1, column + 1, self.lines[row])

    def report(
        self,
        row: int,
        column: int,
        code: str,
        message: Told | str,
        severity: Severity = "error",
    ) -> None:
        place = self.place(row, column)
        self.problems.append(Problem(place, code, message, severity))
        if severity == "error":
            self.rows_with_errors.add(row)
        if len(self.problems) > MOST_PROBLEMS:
            self.hopeless = True

    def sorted_problems(self) -> tuple[Problem, ...]:
        def order(one: Problem) -> tuple[int, int]:
            return one.place.line, one.place.column

        found = sorted(self.problems, key=order)
        if len(found) <= MOST_PROBLEMS:
            return tuple(found)
        message = told(
            "There is more to mend from here on. Mend what stands above first."
        )
        more = replace(found[MOST_PROBLEMS], code="more-problems", told=message)
        return (*found[:MOST_PROBLEMS], more)


class Trial(Page):
    """Lines that are read to see whether they are right: one mistake is enough."""

    def __init__(self, lines: tuple[str, ...], allowed: Collection[str]) -> None:
        super().__init__("", lines)
        self._allowed = allowed

    def report(self, row: int, column: int, code: str, *_: object) -> None:
        if code not in self._allowed:
            raise NotSoundError
