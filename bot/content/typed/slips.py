"""Finds the slips that volunteers make before a YAML parser stumbles over them."""

import re

from bot.content.typed.page import MOST_VALUES
from bot.content.typed.signs import (
    COLON,
    CONTROL,
    ODD,
    ODD_ONE,
    key_end,
    shortened,
    text_end,
)
from bot.content.typed.slips_levels import Levels
from bot.content.typed.slips_values import Values
from bot.problems import told

DASH = re.compile(f"-(?=[ {ODD}]|$)")
MARKER = re.compile(r"(?:---|\.\.\.)(?=[ \t]|$)")
JOINED_KEY = re.compile(r"[^\W\d][\w-]*:(?=[^\s/:])")
WORD_KEY = re.compile(r"[\w-]+[ \t]*:(?=[ \t]|$)")
ID_START = re.compile(r"[a-z][a-z0-9_]*(?:[ :]|$)")
GLUED_DASH = re.compile(r"-[^\W\d][\w-]*:(?:[ \t]|$)")
FIRST_WORD = re.compile(r"[\w-]+(?= |$)")


class Slips(Levels, Values):
    """Goes over the lines once, names the usual slips and mends them in the copy.

    What it finds right it leaves alone: the parser has the last word.
    """

    def run(self) -> None:
        self._controls()
        while self.row < len(self.lines) and not self.page.hopeless:
            self._one_line()
            self.row += 1

    def _controls(self) -> None:
        if not any(map(CONTROL.search, self.lines)):
            return
        for row, line in enumerate(self.lines):
            found = None if self.page.hopeless else CONTROL.search(line)
            if found:
                message = told(
                    "Delete the invisible character U+{code} here.",
                    code=f"{ord(found[0]):04X}",
                )
                self.page.report(row, found.start(), "control-character", message)
                self.lines[row] = CONTROL.sub(" ", line)

    def _one_line(self) -> None:
        if not self.line:
            return
        column = self.indent()
        line = self.line = self.line.rstrip(" \t")
        if column >= len(line):
            return
        if line[column] == "#":
            self.running = None
        elif column == 0 and MARKER.match(line):
            self._marker(line)
        elif self.running is not None and column > self.running:
            self._more_text(column)
        else:
            self._entry(column)

    def _marker(self, line: str) -> None:
        if line.rstrip() != "---" or self.levels:
            self.report(
                0,
                "several-documents",
                told(
                    "Remove “{line}”: a file holds one document. What follows belongs"
                    " in a file of its own.",
                    line=shortened(line.rstrip()),
                ),
            )
            self.page.second_part = min(self.page.second_part, self.row)
        self.line = ""
        self.running = None

    def _more_text(self, column: int) -> None:
        """A further line of a text that began on a line above."""
        line = self.line
        if WORD_KEY.match(line, column):
            self._too_far_right(column)
            return
        end, cut = text_end(line, column)
        colon = COLON.search(line, column, end)
        self.line = line.replace("\t", " ")
        if not cut and not colon:
            self.running = None if end < len(line.rstrip()) else self.running
            return
        mark = line.index("#", end) if cut else colon.start() if colon else column
        sign = " #" if cut else ":"
        self.report(
            mark,
            "hash" if cut else "colon",
            told(
                "“{sign}” cannot stand inside a text without quotes. Put quotes before"
                " and after the whole text, which began above.",
                sign=sign,
            ),
        )
        self.line = ""

    def _too_far_right(self, column: int) -> None:
        """A key under a text: one of the two lines stands or is written wrong."""
        top = self.levels[-1]
        if self._was_key(column):
            return
        below, parent = self.width_below(), self.parent_column(top)
        is_own_text = self.bare[0] < top.row
        if is_own_text and self.is_off(top, column, below, parent):
            self.moved(top, column)
            self._entry(column)
            return
        self.report(
            column,
            "indentation",
            told(
                "This line stands too far to the right, as the line above already has a"
                " text. Begin it at column {column}, as line {line}. If it belongs to"
                " that text, put quotes around the whole text.",
                column=top.column + 1,
                line=top.row + 1,
            ),
        )
        if top.is_list or below >= column:
            self.drop(top.column)
            return
        self.line = " " * top.column + self.line[column:]
        self._entry(top.column)

    def _was_key(self, column: int) -> bool:
        """Whether the line above is a key whose colon was forgotten; mends it."""
        row, start = self.bare
        above = self.lines[row]
        is_word = FIRST_WORD.fullmatch(above, start) is not None
        is_key = ID_START.match(above, start) and (column == start or is_word)
        if row != self.row - 1 or not is_key or column < start:
            return False
        self.row, self.open = row, self.running
        self._no_colon(start)
        self.row += 1
        self._entry(column)
        return True

    def _entry(self, start: int) -> None:
        """A line that begins something: list items, a key, or a value on its own."""
        column = start
        self.entries += 1
        if self.entries > MOST_VALUES:
            self.hopeless(column, "too-many")
            return
        if GLUED_DASH.match(self.line, column) and not DASH.match(self.line, column):
            self._glued_dash(column)
        while DASH.match(self.line, column):
            settled = self.settle(column, is_list=True)
            if settled is None:
                return
            self.open, self.running = settled, None
            start, column = -1, self.gap(settled + 1)
        line = self.line
        if column == len(line):
            return
        if key_end(line, column) is not None:
            settled = self.settle(column, is_list=False)
            if settled is not None:
                self._key(settled)
        elif self._may_be_value(line, column) and not (
            start >= 0 and JOINED_KEY.match(line, column)
        ):
            self.bare = (self.row, column)
            self.value(column, -1 if self.open is None else self.open)
        else:
            self._no_colon(column)

    def _glued_dash(self, column: int) -> None:
        fixed = f"{self.line[: column + 1]} {self.line[column + 1 :]}"
        message = told(
            "Put a space after the dash: {line}", line=shortened(fixed.strip())
        )
        self.report(column, "dash-space", message)
        self.line = fixed

    def _may_be_value(self, line: str, column: int) -> bool:
        if self.open is None or column <= self.open:
            return False
        return self.open >= 0 or line[column] in "[{\"'#"

    def _key(self, column: int) -> None:
        line = self.line
        end = key_end(line, column)
        if end is None:
            return
        key = line[column:end].rstrip(" ")
        if key == "<<":
            message = told("“<<” is not used here. Write the keys out.")
            self.report(column, "merge-key", message)
            self.drop(column)
            return
        if key[0] not in "\"'" and ODD_ONE.search(key):
            self.odd_space(column, told("This key holds"))
            fixed = ODD_ONE.sub("", key)
            self.line = line[:column] + fixed + line[end:]
            end = column + len(fixed)
        self.open, self.running = column, None
        start = self.gap(end + 1)
        if start < len(self.line):
            self.value(start, column)

    def _no_colon(self, column: int) -> None:
        line = self.line.rstrip()
        joined = JOINED_KEY.match(line, column)
        word = FIRST_WORD.match(line, column)
        found = joined or word
        if found is None:
            message = told(
                "“{words}” cannot stand here. A line begins with a key, as “say:”.",
                words=shortened(line[column:]),
            )
            self.report(column, "no-colon", message)
            self.drop(column)
            return
        code = "colon-space" if joined else "no-colon"
        sign = " " if joined else ":"
        fixed = f"{line[: found.end()]}{sign}{line[found.end() :]}"
        shown = shortened(fixed.strip())
        no_space = told(
            "This line has no space after the colon. Write: {line}", line=shown
        )
        no_colon = told("This line has no colon. Write: {line}", line=shown)
        self.report(column, code, no_space if joined else no_colon)
        self.line = fixed
        settled = self.settle(column, is_list=False)
        if settled is not None:
            self._key(settled)
