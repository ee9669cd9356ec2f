"""Reads what volunteers type: every value is its exact text and knows its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from bot.problems import Place, Problem, Severity

LARGEST = 1_000_000
DEEPEST = 40
MOST_VALUES = 50_000
MOST_PROBLEMS = 200
SHOWN = 120

Plain = str | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A text, character for character as it was typed."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Rows:
    """A list: lines that begin with a dash, or [a, b]."""

    items: "tuple[Node, ...]"
    place: Place


@dataclass(frozen=True, slots=True)
class Entries:
    """Keys with their values, in the order of the file; no key stands twice."""

    items: "tuple[tuple[Words, Node], ...]"
    place: Place


Node = Words | Rows | Entries


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read; `root` is None when nothing useful could be read."""

    file: str
    root: Node | None
    problems: tuple[Problem, ...]
    lines: tuple[str, ...]


def read(text: bytes | str, file: str) -> Document:
    """The tree of a file and all its problems; never raises."""
    if len(text) > LARGEST:
        message = "This file is larger than 1 MB. Divide it over several files."
        return Document(file, None, (Problem(Place(file), "too-big", message),), ())
    shown, valid = _decoded(text)
    lines = tuple(shown.split("\n"))
    page = _Page(file, lines)
    if valid < len(shown):
        page.report(
            shown.count("\n", 0, valid),
            valid - shown.rfind("\n", 0, valid) - 1,
            "not-utf8",
            "This character is not UTF-8. Save the file again, as UTF-8.",
        )
    _Scan(page).run()
    root = None if page.hopeless else _Tree(page).root()
    return Document(file, root, page.sorted_problems(), lines)


def plain(node: Node) -> Plain:
    """The same tree as plain text, lists and dicts."""
    if isinstance(node, Words):
        return node.text
    if isinstance(node, Rows):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.items}


def find(node: Node, path: Path, *, key: bool = False) -> Node:
    """The nearest node on the path; with `key`, the key it hangs on if it has one.

    Parts that match nothing are passed over, as a union's tag in a pydantic path.
    """
    name = node
    for part in path:
        step = child(node, part)
        if step is not None:
            name, node = step
    return name if key else node


def child(node: Node, part: str | int) -> tuple[Node, Node] | None:
    """The key (in a list: the item itself) and the value at one part of a path."""
    if isinstance(node, Entries):
        return next((one for one in node.items if one[0].text == part), None)
    if isinstance(node, Rows) and isinstance(part, int) and part < len(node.items):
        return node.items[part], node.items[part]
    return None


def quoted(text: str) -> str:
    """The text in quotes, as an author would best write it."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def shortened(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _decoded(text: bytes | str) -> tuple[str, int]:
    """The text with ordinary line ends, and how much of it is UTF-8."""
    if isinstance(text, str):
        text = _cleaned(text)
        return text, len(text)
    try:
        whole = _cleaned(text.decode("utf-8"))
        return whole, len(whole)
    except UnicodeDecodeError as error:
        good = _cleaned(text[: error.start].decode("utf-8"))
        return _cleaned(text.decode("utf-8", "replace")), len(good)


def _cleaned(text: str) -> str:
    """Notepad begins a file with an invisible mark and ends lines in two characters."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


# White space other than a space, and characters that no editor shows.
ODD = "\t\xa0\xad\u1680\u180e\u2000-\u200d\u202f\u205f\u2060-\u2064\u3000\ufeff"
# What YAML forbids; it would count the last two as ends of lines.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]"
)
GAP = re.compile(f"[ {ODD}]*")
UNSEEN = re.compile("[\xad\u180e\u200b-\u200d\u2060-\u2064\ufeff]")
ODD_ONE = re.compile(f"[{ODD}]")
ODD_INSIDE = re.compile(f"\t|[{ODD}][ {ODD}]*$")
DASH = re.compile(f"-(?=[ {ODD}]|$)")
MARKER = re.compile(r"(?:---|\.\.\.)(?=[ \t]|$)")
DOUBLE = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
SINGLE = re.compile(r"'(?:[^']++|'')*+'")
ESCAPE = re.compile(
    r"\\(?:[\"\\/ntrb0_ \n]|x[\da-fA-F]{2}|u(?![dD][89a-fA-F])[\da-fA-F]{4}"
    r"|U00(?:0[\da-fA-F]|10)[\da-fA-F]{4}|(.))"
)
QUOTED_KEY = re.compile(rf"(?:{DOUBLE.pattern}|{SINGLE.pattern}) *(?=:(?:[ \t]|$))")
ODD_KEY = re.compile(rf"[\w-]+(?=:[{ODD}])")
JOINED_KEY = re.compile(r"[^\W\d][\w-]*:(?=[^\s/:])")
WORD_KEY = re.compile(r"[\w-]+[ \t]*:(?=[ \t]|$)")
ID_START = re.compile(r"[a-z][a-z0-9_]*(?:[ :]|$)")
GLUED_DASH = re.compile(r"-[^\W\d][\w-]*:(?:[ \t]|$)")
FIRST_WORD = re.compile(r"[\w-]+(?= |$)")
BLOCK = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:[ \t]#.*)?$")
NOTE = re.compile(r"[ \t]+#")
PROPER_NOTE = re.compile(r" {2,}#(?=[ #]|$)")
COLON = re.compile(r":(?=[ \t]|$)")
COLON_INSIDE = re.compile(r":(?=[\s,\[\]{}]|$)")
PIECE = re.compile(r"(?:[^ \t\n,\[\]{}:]|:(?![\s,\[\]{}]|$))+")
MEANINGS = {
    "too-deep": f"This stands more than {DEEPEST} levels deep. Make it flatter.",
    "too-many": f"This file has more than {MOST_VALUES:,} values. Divide it.",
    "':'": "A colon is missing here. A line begins with a key, as “say:”.",
    "mapping values": "A colon stands inside a text. Put quotes around the text.",
    "',' or": "A comma or a closing bracket is missing here.",
    "expected": "This line does not fit under the lines above. Compare their columns.",
}
NEVER_FIRST = "*&!%@`,]}|>"
SIGN_FIRST = re.compile(r"[-?:](?=[ \t]|$)")
NOTATION = re.compile(r"[&!]\S*(?=[ \t]*$)|!!\S*")
APOSTROPHE = re.compile(r"'\w{1,2}[ -]")
SMART = re.compile("[“”„][^“”„]*[“”]")


class _Page:
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
        message: str,
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
        message = "There is more to mend from here on. Mend what stands above first."
        more = replace(found[MOST_PROBLEMS], code="more-problems", message=message)
        return (*found[:MOST_PROBLEMS], more)


@dataclass(slots=True)
class _Level:
    """Keys or list items that begin at the same column; `row` is the first."""

    column: int
    row: int
    is_list: bool
    lines: int = 1
    is_mixed: bool = False
    has_moved: bool = False


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why something in brackets cannot be read, and from which character on."""

    offset: int
    code: str
    message: str


class _Scan:
    """Goes over the lines once, names the usual slips and mends them in the copy.

    What it finds right it leaves alone: the parser has the last word.
    """

    def __init__(self, page: _Page) -> None:
        self.page = page
        self.lines = page.mended
        self.row = 0
        self.entries = 0
        self.levels: list[_Level] = []
        self.open: int | None = -1  # a value may follow, right of this column
        self.running: int | None = None  # a text may go on, right of this column
        self.bare = (-1, -1)  # where the last value began that has no key beside it

    @property
    def line(self) -> str:
        return self.lines[self.row]

    @line.setter
    def line(self, mended: str) -> None:
        self.lines[self.row] = mended

    def run(self) -> None:
        self._controls()
        while self.row < len(self.lines) and not self.page.hopeless:
            self._one_line()
            self.row += 1

    def _report(self, column: int, code: str, message: str) -> None:
        """One error a line: what follows from the first is noise."""
        if self.row not in self.page.rows_with_errors:
            self.page.report(self.row, column, code, message)

    def _controls(self) -> None:
        if not any(map(CONTROL.search, self.lines)):
            return
        for row, line in enumerate(self.lines):
            found = None if self.page.hopeless else CONTROL.search(line)
            if found:
                message = f"Delete the invisible character U+{ord(found[0]):04X} here."
                self.page.report(row, found.start(), "control-character", message)
                self.lines[row] = CONTROL.sub(" ", line)

    def _one_line(self) -> None:
        if not self.line:
            return
        column = self._indent()
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

    def _indent(self) -> int:
        line = self.line
        lead = line[: _width(line)]
        if not ODD_ONE.search(lead):
            return len(lead)
        rest = line[len(lead) :]
        if rest and rest[0] != "#":
            self._odd_space(0, "This line begins with")
        width = self._meant_width(lead)
        self.line = " " * width + rest
        return width

    def _meant_width(self, lead: str) -> int:
        """A tab counts for as many spaces as make the line fit under those above."""
        bare = UNSEEN.sub("", lead)
        widths = [len(bare.replace("\t", " " * size)) for size in (2, 4, 8)]
        if self.open is not None:
            return next((one for one in widths if one > self.open), widths[0])
        known = [one for one in widths if one in {it.column for it in self.levels}]
        below = -1 if self.line.endswith(":") else self._width_below()
        return below if below in known else [*known, widths[0]][0]

    def _odd_space(self, start: int, where: str) -> None:
        """Adjacent lines with the same slip are told once."""
        found = ODD_ONE.search(self.line, start)
        if found is None:
            return
        is_tab = found[0] == "\t"
        code = "tab" if is_tab else "odd-space"
        name = "a tab" if is_tab else f"an invisible character (U+{ord(found[0]):04X})"
        last = self.page.problems[-1:]
        if last and last[0].code == code and self.row - 1 in self.page.rows_with_errors:
            self.page.rows_with_errors.add(self.row)
            return
        advice = "Use ordinary spaces, here and on the lines below."
        self._report(found.start(), code, f"{where} {name}. {advice}")

    def _marker(self, line: str) -> None:
        if line.rstrip() != "---" or self.levels:
            self._report(
                0,
                "several-documents",
                f"Remove “{shortened(line.rstrip())}”: a file holds one document."
                " What follows belongs in a file of its own.",
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
        end, cut = _text_end(line, column)
        colon = COLON.search(line, column, end)
        self.line = line.replace("\t", " ")
        if not cut and not colon:
            self.running = None if end < len(line.rstrip()) else self.running
            return
        mark = line.index("#", end) if cut else colon.start() if colon else column
        sign = " #" if cut else ":"
        self._report(
            mark,
            "hash" if cut else "colon",
            f"“{sign}” cannot stand inside a text without quotes."
            " Put quotes before and after the whole text, which began above.",
        )
        self.line = ""

    def _too_far_right(self, column: int) -> None:
        """A key under a text: one of the two lines stands or is written wrong."""
        top = self.levels[-1]
        if self._was_key(column):
            return
        below, parent = self._width_below(), self._parent_column(top)
        is_own_text = self.bare[0] < top.row
        if is_own_text and self._is_off(top, column, below, parent):
            self._moved(top, column)
            self._entry(column)
            return
        self._report(
            column,
            "indentation",
            "This line stands too far to the right, as the line above already has a"
            f" text. Begin it at column {top.column + 1}, as line {top.row + 1}. If it"
            " belongs to that text, put quotes around the whole text.",
        )
        if top.is_list or below >= column:
            self._drop(top.column)
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

    def _width_below(self) -> int:
        """Where the next line begins that is no note, or -1."""
        for line in self.lines[self.row + 1 :]:
            start = _width(line)
            if line[start : start + 1].strip("#"):
                return start
        return -1

    def _parent_column(self, level: _Level) -> int:
        above = [one.column for one in self.levels if one.column < level.column]
        return above[-1] if above else 0

    def _is_off(self, level: _Level, column: int, below: int, parent: int) -> bool:
        """Whether the only line of a level stands wrong, not the one at `column`."""
        on_dash = any(one.row == level.row and one.is_list for one in self.levels)
        if level.lines > 1 or level.is_list or level.has_moved or on_dash:
            return False
        return below == column or (below != level.column and (column - parent) == 2)

    def _moved(self, first: _Level, column: int) -> None:
        """The line that began a level is moved to where the next ones stand."""
        message = f"Begin this line at column {column + 1}, as line {self.row + 1}."
        if first.row not in self.page.rows_with_errors:
            self.page.report(first.row, first.column, "indentation", message)
        extra = first.column - column
        for row in range(first.row, self.row if extra > 0 else first.row + 1):
            line = self.lines[row]
            if _width(line) >= extra:
                self.lines[row] = line[extra:] if extra > 0 else " " * -extra + line
        first.column, first.has_moved = column, True
        self.running = None

    def _entry(self, start: int) -> None:
        """A line that begins something: list items, a key, or a value on its own."""
        column = start
        self.entries += 1
        if self.entries > MOST_VALUES:
            self._hopeless(column, "too-many")
            return
        if GLUED_DASH.match(self.line, column) and not DASH.match(self.line, column):
            self._glued_dash(column)
        while DASH.match(self.line, column):
            settled = self._settle(column, is_list=True)
            if settled is None:
                return
            self.open, self.running = settled, None
            start, column = -1, self._gap(settled + 1)
        line = self.line
        if column == len(line):
            return
        if _key_end(line, column) is not None:
            settled = self._settle(column, is_list=False)
            if settled is not None:
                self._key(settled)
        elif self._may_be_value(line, column) and not (
            start >= 0 and JOINED_KEY.match(line, column)
        ):
            self.bare = (self.row, column)
            self._value(column, -1 if self.open is None else self.open)
        else:
            self._no_colon(column)

    def _glued_dash(self, column: int) -> None:
        fixed = f"{self.line[: column + 1]} {self.line[column + 1 :]}"
        message = f"Put a space after the dash: {shortened(fixed.strip())}"
        self._report(column, "dash-space", message)
        self.line = fixed

    def _may_be_value(self, line: str, column: int) -> bool:
        if self.open is None or column <= self.open:
            return False
        return self.open >= 0 or line[column] in "[{\"'#"

    def _settle(self, column: int, *, is_list: bool) -> int | None:
        """The column at which the item or key begins, mended if it fits nowhere."""
        top = self.levels[-1] if self.levels else _Level(-1, 0, is_list)
        opened = -1 if self.open is None else self.open
        inside = self.open is not None and column > opened
        if inside or (is_list and column == opened and not top.is_list):
            if len(self.levels) == DEEPEST:
                self._hopeless(column, "too-deep")
                return None
            self.levels.append(_Level(column, self.row, is_list))
            return column
        dropped = None
        while top.column > column or (
            top.column == column and top.is_list and not is_list
        ):
            dropped = self.levels.pop()
            top = self.levels[-1] if self.levels else _Level(-1, 0, is_list)
        if top.column == column and top.is_list == is_list:
            top.lines += 1
            return column
        known = [one for one in (dropped, top) if one and one.column >= 0]
        return self._misplaced(column, known, is_list=is_list)

    def _hopeless(self, column: int, code: str) -> None:
        self._report(column, code, MEANINGS[code])
        self.page.hopeless = True

    def _misplaced(
        self, column: int, near: list[_Level], *, is_list: bool
    ) -> int | None:
        fitting = [one for one in near if one.is_list == is_list]
        if not fitting:
            beside = near[-1] if near else _Level(0, 0, not is_list)
            self._mixed(column, beside, is_list=is_list)
            return None
        nearest = min(fitting, key=lambda one: abs(one.column - column))
        if nearest not in self.levels:
            self.levels.append(nearest)
        parent = self._parent_column(nearest)
        is_first = len(self.levels) == 1 and nearest.column > column
        is_first = is_first and not nearest.has_moved
        if is_first or self._is_off(nearest, column, self._width_below(), parent):
            self._moved(nearest, column)
            return column
        wanted = " or ".join(
            f"column {one.column + 1} (as line {one.row + 1})" for one in fitting
        )
        message = f"This line begins at column {column + 1}. Begin it at {wanted}."
        self._report(column, "indentation", message)
        self.line = " " * nearest.column + self.line[column:]
        nearest.lines += 1
        return nearest.column

    def _mixed(self, column: int, level: _Level, *, is_list: bool) -> None:
        """Told once for the lines of a level."""
        if not level.is_mixed:
            what = "a list item" if is_list else "a key"
            other = "keys" if is_list else "list items"
            message = f"This is {what}, but line {level.row + 1} begins {other}."
            self._report(column, "indentation", f"{message} Move or mend it.")
        level.is_mixed = True
        self._drop(column)

    def _gap(self, start: int) -> int:
        """The column after the white space, which is mended to ordinary spaces."""
        line = self.line
        end = _width(line, start)
        if ODD_ONE.search(line, start, end):
            self._odd_space(start, "Here stands")
            self.line = line[:start] + " " * (end - start) + line[end:]
        return end

    def _no_colon(self, column: int) -> None:
        line = self.line.rstrip()
        joined = JOINED_KEY.match(line, column)
        word = FIRST_WORD.match(line, column)
        found = joined or word
        if found is None:
            message = f"“{shortened(line[column:])}” cannot stand here."
            hint = "A line begins with a key, as “say:”."
            self._report(column, "no-colon", f"{message} {hint}")
            self._drop(column)
            return
        code = "colon-space" if joined else "no-colon"
        what = "has no space after the colon" if joined else "has no colon"
        sign = " " if joined else ":"
        fixed = f"{line[: found.end()]}{sign}{line[found.end() :]}"
        message = f"This line {what}. Write: {shortened(fixed.strip())}"
        self._report(column, code, message)
        self.line = fixed
        settled = self._settle(column, is_list=False)
        if settled is not None:
            self._key(settled)

    def _key(self, column: int) -> None:
        line = self.line
        end = _key_end(line, column)
        if end is None:
            return
        key = line[column:end].rstrip(" ")
        if key == "<<":
            message = "“<<” is not used here. Write the keys out."
            self._report(column, "merge-key", message)
            self._drop(column)
            return
        if key[0] not in "\"'" and ODD_ONE.search(key):
            self._odd_space(column, "This key holds")
            fixed = ODD_ONE.sub("", key)
            self.line = line[:column] + fixed + line[end:]
            end = column + len(fixed)
        self.open, self.running = column, None
        start = self._gap(end + 1)
        if start < len(self.line):
            self._value(start, column)

    def _value(self, column: int, parent: int) -> None:
        """A value that begins here and, if longer, goes on right of `parent`."""
        line = self.line
        self.open, self.running = None, None
        if line[column] == "#":
            self._note(column, parent)
        elif line[column] in "\"'":
            self._quotes(column, parent)
        elif line[column] in "[{":
            self._brackets(column, parent)
        elif BLOCK.match(line, column):
            self._block(parent)
        elif line[column] in NEVER_FIRST or SIGN_FIRST.match(line, column):
            self._wrong_first(column, parent)
        else:
            self._text(column, parent)

    def _note(self, column: int, parent: int) -> None:
        line = self.line
        if line[column + 1 : column + 2].strip(" #"):
            why = "After “#” nothing is read."
            self._as_text(column, len(line), parent, "hash", why)
        else:
            self.open = parent

    def _text(self, column: int, parent: int) -> None:
        line = self.line
        end, cut = _text_end(line, column)
        colon = COLON.search(line, column, end)
        odd = ODD_INSIDE.search(line, column, end)
        if cut:
            why = (
                "“ #” begins a note, which is never shown (a real note has two spaces"
                " before # and one after)."
            )
            mark = line.index("#", end)
            self._as_text(column, len(line), parent, "hash", why, mark=mark)
        elif colon:
            why = "A colon with a space after it cannot stand in a text without quotes."
            self._as_text(column, end, parent, "colon", why, mark=colon.start())
        elif odd:
            self._odd_space(odd.start(), "This text holds")
            fixed = line[column:end].replace("\t", " ").rstrip(odd[0] + " ")
            self.line = line[:column] + fixed + line[end:]
            self._swallow(parent)
        else:
            self.running = parent if end == len(line.rstrip()) else None
            self._smart_quotes(column, line[column:end])

    def _smart_quotes(self, column: int, text: str) -> None:
        if not SMART.fullmatch(text):
            return
        message = (
            "These curly quotes are part of the text and will be shown."
            f' If not meant, write "{shortened(text[1:-1])}" or no quotes.'
        )
        self.page.report(self.row, column, "curly-quotes", message, "warning")

    def _as_text(
        self,
        start: int,
        end: int,
        parent: int,
        code: str,
        why: str,
        *,
        text: str = "",
        mark: int | None = None,
    ) -> None:
        """Reports, shows the line with the whole value in quotes, and goes on so."""
        line = self.line
        written = quoted(text or line[start:end].rstrip())
        fixed = (line[:start] + written + line[end:]).rstrip()
        message = f"{why} Put quotes around the text: {shortened(fixed.strip())}"
        self._report(start if mark is None else mark, code, message)
        self.line = fixed
        self._swallow(parent)

    def _swallow(self, parent: int) -> None:
        """What hangs under a mended line would only be misunderstood."""
        last = self._last_row(parent)
        while self.row < last:
            self.row += 1
            self.line = ""

    def _drop(self, parent: int) -> None:
        self.line = ""
        self._swallow(parent)

    def _last_row(self, parent: int) -> int:
        row = self.row
        while row + 1 < len(self.lines):
            line = self.lines[row + 1]
            if line.strip() and _width(line) <= parent:
                break
            row += 1
        return row

    def _wrong_first(self, column: int, parent: int) -> None:
        line = self.line
        notation = NOTATION.match(line, column)
        if notation:
            message = f"“{shortened(notation[0])}” is not used here. Leave it out."
            self._report(column, "notation", message)
            start, end = notation.span()
            self.line = line[:start] + " " * (end - start) + line[end:]
            self.open = parent
            rest = self._gap(end)
            if rest < len(line):
                self._value(rest, parent)
            return
        end = _text_end(line, column)[0]
        why = f"A text without quotes cannot begin with “{line[column]}”."
        if line[column] == "-":
            why = "A list begins on a line of its own; a text cannot begin with “- ”."
        self._as_text(column, end, parent, "first-character", why)

    def _joined(self, parent: int) -> str:
        return "\n".join(self.lines[self.row : self._last_row(parent) + 1])

    def _quotes(self, column: int, parent: int) -> None:
        line = self.line
        rule = DOUBLE if line[column] == '"' else SINGLE
        text = line
        found = rule.match(line, column)
        if found is None:
            text = self._joined(parent)
            found = rule.match(text, column)
        whole = line[column : _text_end(line, column)[0]]
        if found is None:
            why = "This text begins with a quote that is never closed."
            inner = whole if APOSTROPHE.match(whole) else whole[1:]
            end = len(line)
            self._as_text(column, end, parent, "quotes", why, text=inner.strip())
        elif _rest_of_line(text, found.end()):
            why = f"The quotes end before the text does, after {shortened(found[0])}."
            inner = whole[1:-1] if whole[-1] == whole[0] else whole
            end = column + len(whole)
            self._as_text(column, end, parent, "quotes", why, text=inner)
        elif line[column] == '"' and any(one[1] for one in ESCAPE.finditer(found[0])):
            why = "A backslash has a meaning of its own between double quotes."
            end = column + len(whole)
            self._as_text(column, end, parent, "quotes", why, text=whole[1:-1])
        else:
            self.row += text.count("\n", 0, found.end())

    def _brackets(self, column: int, parent: int) -> None:
        line = self.line
        text = self._joined(parent)
        found = _closed(text, column, DEEPEST - len(self.levels))
        if isinstance(found, int) and _rest_of_line(text, found):
            why = f"The text goes on after “{text[found - 1]}”."
            found = _Fault(found, "brackets", why)
        if isinstance(found, int):
            self.row += text.count("\n", 0, found)
            return
        if found.code == "too-deep":
            self._hopeless(column, "too-deep")
            return
        before = text.count("\n", 0, found.offset)
        mark = found.offset - text.rfind("\n", 0, found.offset) - 1
        whole = quoted(line[column:].rstrip())
        message = found.message
        if found.code == "brackets" and "\n" not in text.rstrip():
            message += f" If it is a text: {shortened(line[:column].strip())} {whole}"
        first, self.row = self.row, self.row + before
        self._report(mark, found.code, message)
        self.row = first
        self.page.rows_with_errors.add(first)
        self.line = line[:column] + whole
        self._swallow(parent)

    def _block(self, parent: int) -> None:
        """The lines under | or > are text, whatever stands in them."""
        inside = 0
        while self.row + 1 < len(self.lines):
            line = self.lines[self.row + 1]
            end = _width(line)
            spaces = len(line) - len(line.lstrip(" "))
            is_odd = spaces < end and self._meant_width(line[:end]) > parent
            if line.strip() and spaces <= parent and not is_odd:
                return
            self.row += 1
            if not line.strip() or spaces >= inside > 0:
                continue
            if spaces > parent and not inside:
                inside = spaces
                continue
            self._odd_space(0, "This line begins with")
            begin = inside or parent + 3
            message = (
                f"This text line begins too far left. Begin it at column {begin + 1}."
            )
            self._report(spaces, "indentation", message)
            self.line = " " * begin + line[end:]


def _width(line: str, start: int = 0) -> int:
    """Where the white space that begins at `start` ends."""
    found = GAP.match(line, start)
    return found.end() if found else start


def _key_end(line: str, column: int) -> int | None:
    """Where the colon of the key stands that begins here, if one does."""
    first = line[column]
    if first in "\"'":
        found = QUOTED_KEY.match(line, column)
        return found.end() if found else None
    if first in "[{#" or first in NEVER_FIRST or SIGN_FIRST.match(line, column):
        return None
    found = ODD_KEY.match(line, column)
    if found:
        return found.end()
    colon = COLON.search(line, column)
    if colon is None or NOTE.search(line, column, colon.start()):
        return None
    return colon.start()


def _text_end(line: str, column: int) -> tuple[int, bool]:
    """Where the text ends, and whether a “ #” that may be no note cuts it off."""
    note = NOTE.search(line, column)
    if note is None:
        return len(line.rstrip(" \t")), False
    return note.start(), not PROPER_NOTE.match(line, note.start())


def _rest_of_line(text: str, start: int) -> bool:
    """Whether anything but a note follows on the same line."""
    end = text.find("\n", start)
    rest = text[start:] if end < 0 else text[start:end]
    return bool(rest.strip(" \t")) and not NOTE.match(rest)


def _closed(text: str, start: int, deepest: int) -> int | _Fault:
    """Where the bracket closes that opens at `start`, or what is wrong inside."""
    closers: list[str] = []
    keyed, said, at = False, "", start
    while at < len(text):
        char = text[at]
        if char in " \n":
            at += 1
        elif char == "#" and text[at - 1] in " \n":
            glued = text[at + 1 : at + 2].strip(" #\n")
            if glued or (said and text[at - 2 : at].strip()):
                message = (
                    "What follows “ #” is never shown. Put quotes around the text."
                )
                return _Fault(at, "hash", message)
            at = text.find("\n", at) % (len(text) + 1)
        elif char in "[{":
            if said:
                return _Fault(at, "brackets", f"“{char}” cannot stand inside a text.")
            if len(closers) == deepest:
                return _Fault(at, "too-deep", "")
            closers.append("]" if char == "[" else "}")
            keyed, at = False, at + 1
        elif char in "]},":
            wrong = _wrong_entry(char, closers[-1], said, keyed=keyed)
            if wrong:
                return _Fault(at, "brackets", wrong)
            at += 1
            keyed, said = False, ""
            if char != ",":
                closers.pop()
                keyed, said = True, "closed"
            if not closers:
                return at
        elif COLON_INSIDE.match(text, at) or (char == ":" and said == "closed"):
            if keyed or not said or closers[-1] == "]":
                message = "A colon stands inside a text here. Put quotes around it."
                return _Fault(at, "colon", message)
            keyed, said, at = True, "", at + 1
        else:
            found = _piece(text, at, said)
            if isinstance(found, _Fault):
                return found
            said = "closed" if char in "\"'" and not said else "text"
            at = found
    return _Fault(start, "brackets", f"“{text[start]}” is opened here and not closed.")


def _wrong_entry(char: str, closer: str, said: str, *, keyed: bool) -> str:
    """What is wrong with the entry that ends here, at a comma or a bracket."""
    if char not in (",", closer):
        return f"“{closer}” is missing before “{char}”."
    if not said and char == ",":
        return "There is nothing before this comma."
    if not said and keyed:
        return f"There is nothing between “:” and “{char}”."
    if said and not keyed and closer == "}":
        return "Between { and } each entry is a key and a value, as {a: b}."
    return ""


def _piece(text: str, at: int, said: str) -> int | _Fault:
    """Where one word or quoted text inside brackets ends."""
    char = text[at]
    if char == "\t":
        return _Fault(at, "tab", "Here stands a tab. Use ordinary spaces.")
    if said == "closed":
        message = "The quotes or brackets end before the text does."
        return _Fault(at, "quotes", f"{message} Put quotes around the whole text.")
    if not said and char in "\"'":
        found = (DOUBLE if char == '"' else SINGLE).match(text, at)
        if found is None:
            message = "This text begins with a quote that is never closed."
            return _Fault(at, "quotes", message)
        return found.end()
    if not said and (char in NEVER_FIRST or SIGN_FIRST.match(text, at)):
        end = re.compile(r"[,\[\]{}\n]|$").search(text, at + 1)
        words = quoted(text[at : end.start() if end else at].strip())
        message = f"A text without quotes cannot begin with “{char}”. Write"
        return _Fault(at, "first-character", f"{message} {shortened(words)}")
    found = PIECE.match(text, at)
    return found.end() if found else at + 1


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Tree:
    """Turns the parser's events over the mended lines into nodes with places."""

    def __init__(self, page: _Page) -> None:
        self.page = page
        self.events: Iterator[Any] = self._counted()

    def root(self) -> Node | None:
        try:
            root = self._document()
        except yaml.MarkedYAMLError as error:
            self._unreadable(error)
            return None
        if isinstance(root, Words):
            message = "A file begins with a key, as “flow: arrears”, not with a text."
            self._first_report(root.place, "not-keys", message)
            return None
        if root is None and not self.page.problems:
            self.page.report(0, 0, "empty-file", "This file is empty.")
        return root

    def _document(self) -> Node | None:
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                return self._node(event)
        return None

    def _counted(self) -> Iterator[Any]:
        """The parser's events, as far as the limits allow."""
        values = depth = 0
        for event in yaml.parse("\n".join(self.page.mended), Loader=LOADER):
            values += isinstance(event, yaml.NodeEvent)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            mark: Any = event.start_mark
            if depth > DEEPEST or values > MOST_VALUES:
                problem = "too-deep" if depth > DEEPEST else "too-many"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
            yield event

    def _node(self, event: Any) -> Node:
        mark = event.start_mark
        place = self.page.place(mark.line, mark.column)
        if event.anchor or getattr(event, "tag", None):
            message = "YAML's own notation (*, & or !) is not used here. Use quotes."
            self._first_report(place, "notation", message)
        if isinstance(event, yaml.ScalarEvent):
            return self._words(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return Rows(tuple(self._rows()), place)
        if isinstance(event, yaml.MappingStartEvent):
            return Entries(tuple(self._entries()), place)
        return Words(f"*{event.anchor}", place)

    def _words(self, event: Any, place: Place) -> Words:
        text: str = event.value
        if event.style == '"' and CONTROL.search(text):
            message = "The text holds an invisible control character. Leave it out."
            self._first_report(place, "control-character", message)
        return Words(text, place)

    def _rows(self) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            node = self._node(event)
            if _is_empty(event):
                message = "This list item is empty. Write something or remove the dash."
                self._first_report(node.place, "empty-value", message)
            yield node

    def _entries(self) -> Iterator[tuple[Words, Node]]:
        seen: dict[str, Place] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._node(event)
            following = next(self.events)
            value = self._node(following)
            if not isinstance(key, Words):
                message = "A key is one word, not a list or a group of keys."
                self._first_report(key.place, "not-a-key", message)
                continue
            if key.text in seen:
                self._twice(key, seen[key.text])
                continue
            seen[key.text] = key.place
            if _is_empty(following):
                message = f"“{shortened(key.text)}” has no value. Write one after the"
                message += ' colon, or "" if it is to be empty.'
                self._first_report(key.place, "empty-value", message)
            yield key, value

    def _twice(self, key: Words, first: Place) -> None:
        if first.line <= self.page.second_part < key.place.line:
            return
        message = (
            f"“{shortened(key.text)}” stands twice, on line {first.line} and on line"
            f" {key.place.line}. Keep one of them."
        )
        row, column = key.place.line - 1, key.place.column - 1
        self.page.report(row, column, "duplicate-key", message)

    def _first_report(self, place: Place, code: str, message: str) -> None:
        if place.line - 1 not in self.page.rows_with_errors:
            self.page.report(place.line - 1, place.column - 1, code, message)

    def _unreadable(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        row, column = (mark.line, mark.column) if mark else (0, 0)
        problem = error.problem or ""
        if self.page.rows_with_errors & {row - 1, row, row + 1}:
            return
        meant = (text for sign, text in MEANINGS.items() if sign in problem)
        message = next(meant, "This line cannot be read. Compare it with lines above.")
        code = problem if problem.startswith("too-") else "unreadable"
        self.page.report(row, column, code, message)


def _is_empty(event: Any) -> bool:
    """Nothing typed at all; quotes around nothing are meant."""
    return isinstance(event, yaml.ScalarEvent) and event.value == "" and not event.style
