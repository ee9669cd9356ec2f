"""Where the search for slips is in a file: its line, and what may follow there."""

from dataclasses import dataclass

from bot.content.typed.page import MEANINGS, Page
from bot.content.typed.signs import ODD_ONE, UNSEEN, gap_end
from bot.problems import Told, told


@dataclass(slots=True)
class Level:
    """Keys or list items that begin at the same column; `row` is the first."""

    column: int
    row: int
    is_list: bool
    lines: int = 1
    is_mixed: bool = False
    has_moved: bool = False


class Lines:
    """The line that is looked at, its white space, and the lines that hang under it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = page.mended
        self.row = 0
        self.entries = 0
        self.levels: list[Level] = []
        self.open: int | None = -1  # a value may follow, right of this column
        self.running: int | None = None  # a text may go on, right of this column
        self.bare = (-1, -1)  # where the last value began that has no key beside it

    @property
    def line(self) -> str:
        return self.lines[self.row]

    @line.setter
    def line(self, mended: str) -> None:
        self.lines[self.row] = mended

    def report(self, column: int, code: str, message: Told | str) -> None:
        """One error a line: what follows from the first is noise."""
        if self.row not in self.page.rows_with_errors:
            self.page.report(self.row, column, code, message)

    def hopeless(self, column: int, code: str) -> None:
        self.report(column, code, MEANINGS[code])
        self.page.hopeless = True

    def indent(self) -> int:
        line = self.line
        lead = line[: gap_end(line)]
        if not ODD_ONE.search(lead):
            return len(lead)
        rest = line[len(lead) :]
        if rest and rest[0] != "#":
            self.odd_space(0, told("This line begins with"))
        width = self.meant_width(lead)
        self.line = " " * width + rest
        return width

    def gap(self, start: int) -> int:
        """The column after the white space, which is mended to ordinary spaces."""
        line = self.line
        end = gap_end(line, start)
        if ODD_ONE.search(line, start, end):
            self.odd_space(start, told("Here stands"))
            self.line = line[:start] + " " * (end - start) + line[end:]
        return end

    def meant_width(self, lead: str) -> int:
        """A tab counts for as many spaces as make the line fit under those above."""
        bare = UNSEEN.sub("", lead)
        widths = [len(bare.replace("\t", " " * size)) for size in (2, 4, 8)]
        if self.open is not None:
            return next((one for one in widths if one > self.open), widths[0])
        known = [one for one in widths if one in {it.column for it in self.levels}]
        below = -1 if self.line.endswith(":") else self.width_below()
        return below if below in known else [*known, widths[0]][0]

    def width_below(self) -> int:
        """Where the next line begins that is no note, or -1."""
        for line in self.lines[self.row + 1 :]:
            start = gap_end(line)
            if line[start : start + 1].strip("#"):
                return start
        return -1

    def odd_space(self, start: int, where: Told) -> None:
        """Adjacent lines with the same slip are told once."""
        found = ODD_ONE.search(self.line, start)
        if found is None:
            return
        is_tab = found[0] == "\t"
        code = "tab" if is_tab else "odd-space"
        sign = told("an invisible character (U+{code})", code=f"{ord(found[0]):04X}")
        name = told("a tab") if is_tab else sign
        last = self.page.problems[-1:]
        if last and last[0].code == code and self.row - 1 in self.page.rows_with_errors:
            self.page.rows_with_errors.add(self.row)
            return
        message = told(
            "{where} {name}. Use ordinary spaces, here and on the lines below.",
            where=where,
            name=name,
        )
        self.report(found.start(), code, message)

    def swallow(self, parent: int) -> None:
        """What hangs under a mended line would only be misunderstood."""
        last = self._last_row(parent)
        while self.row < last:
            self.row += 1
            self.line = ""

    def drop(self, parent: int) -> None:
        self.line = ""
        self.swallow(parent)

    def _last_row(self, parent: int) -> int:
        row = self.row
        while row + 1 < len(self.lines):
            line = self.lines[row + 1]
            if line.strip() and gap_end(line) <= parent:
                break
            row += 1
        return row

    def joined(self, parent: int) -> str:
        return "\n".join(self.lines[self.row : self._last_row(parent) + 1])
