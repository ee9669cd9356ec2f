"""The usual slips in a value: after a key, after a dash, or on a line of its own."""

import re

from bot.content.typed.brackets import Fault, closed
from bot.content.typed.page import DEEPEST
from bot.content.typed.signs import (
    COLON,
    DOUBLE,
    NEVER_FIRST,
    ODD,
    SIGN_FIRST,
    SINGLE,
    gap_end,
    quoted,
    rest_of_line,
    shortened,
    text_end,
)
from bot.content.typed.slips_lines import Lines
from bot.problems import Told, told

ODD_INSIDE = re.compile(f"\t|(?<![ {ODD}]) *+([{ODD}][ {ODD}]*+)$")
ESCAPE = re.compile(
    r"\\(?:[\"\\/ntrb0_ \n]|x[\da-fA-F]{2}|u(?![dD][89a-fA-F])[\da-fA-F]{4}"
    r"|U00(?:0[\da-fA-F]|10)[\da-fA-F]{4}|(.))"
)
BLOCK = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:[ \t]#.*)?$")
NOTATION = re.compile(r"[&!]\S*(?=[ \t]*$)|!!\S*")
APOSTROPHE = re.compile(r"'\w{1,2}[ -]")
SMART = re.compile("[“”„][^“”„]*[“”]")


class Values(Lines):
    """Reads one value, however many lines it takes, and mends it in the copy."""

    def value(self, column: int, parent: int) -> None:
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
            why = told("After “#” nothing is read.")
            self._as_text(column, len(line), parent, "hash", why)
        else:
            self.open = parent

    def _text(self, column: int, parent: int) -> None:
        line = self.line
        end, cut = text_end(line, column)
        colon = COLON.search(line, column, end)
        odd = ODD_INSIDE.search(line, column, end)
        if cut:
            why = told(
                "“ #” begins a note, which is never shown (a real note has two spaces"
                " before # and one after)."
            )
            mark = line.index("#", end)
            self._as_text(column, len(line), parent, "hash", why, mark=mark)
        elif colon:
            why = told(
                "A colon with a space after it cannot stand in a text without quotes."
            )
            self._as_text(column, end, parent, "colon", why, mark=colon.start())
        elif odd:
            part = odd.lastindex or 0
            self.odd_space(odd.start(part), told("This text holds"))
            fixed = line[column:end].replace("\t", " ").rstrip(odd[part] + " ")
            self.line = line[:column] + fixed + line[end:]
            self.swallow(parent)
        else:
            self.running = parent if end == len(line.rstrip()) else None
            self._smart_quotes(column, line[column:end])

    def _smart_quotes(self, column: int, text: str) -> None:
        if not SMART.fullmatch(text):
            return
        message = told(
            "These curly quotes are part of the text and will be shown."
            ' If not meant, write "{words}" or no quotes.',
            words=shortened(text[1:-1]),
        )
        self.page.report(self.row, column, "curly-quotes", message, "warning")

    def _wrong_first(self, column: int, parent: int) -> None:
        line = self.line
        notation = NOTATION.match(line, column)
        if notation:
            message = told(
                "“{words}” is not used here. Leave it out.",
                words=shortened(notation[0]),
            )
            self.report(column, "notation", message)
            start, end = notation.span()
            self.line = line[:start] + " " * (end - start) + line[end:]
            self.open = parent
            rest = self.gap(end)
            if rest < len(line):
                self.value(rest, parent)
            return
        end = text_end(line, column)[0]
        why = told(
            "A text without quotes cannot begin with “{sign}”.", sign=line[column]
        )
        if line[column] == "-":
            why = told(
                "A list begins on a line of its own; a text cannot begin with “- ”."
            )
        self._as_text(column, end, parent, "first-character", why)

    def _quotes(self, column: int, parent: int) -> None:
        line = self.line
        rule = DOUBLE if line[column] == '"' else SINGLE
        text = line
        found = rule.match(line, column)
        if found is None:
            text = self.joined(parent)
            found = rule.match(text, column)
        whole = line[column : text_end(line, column)[0]]
        if found is None:
            why = told("This text begins with a quote that is never closed.")
            inner = whole if APOSTROPHE.match(whole) else whole[1:]
            end = len(line)
            self._as_text(column, end, parent, "quotes", why, text=inner.strip())
        elif rest_of_line(text, found.end()):
            why = told(
                "The quotes end before the text does, after {words}.",
                words=shortened(found[0]),
            )
            inner = whole[1:-1] if whole[-1] == whole[0] else whole
            end = column + len(whole)
            self._as_text(column, end, parent, "quotes", why, text=inner)
        elif line[column] == '"' and any(one[1] for one in ESCAPE.finditer(found[0])):
            why = told("A backslash has a meaning of its own between double quotes.")
            end = column + len(whole)
            self._as_text(column, end, parent, "quotes", why, text=whole[1:-1])
        else:
            self.row += text.count("\n", 0, found.end())

    def _brackets(self, column: int, parent: int) -> None:
        line = self.line
        text = self.joined(parent)
        found = closed(text, column, DEEPEST - len(self.levels))
        if isinstance(found, int) and rest_of_line(text, found):
            why = told("The text goes on after “{sign}”.", sign=text[found - 1])
            found = Fault(found, "brackets", why)
        if isinstance(found, int):
            self.row += text.count("\n", 0, found)
            return
        before = text.count("\n", 0, found.offset)
        mark = found.offset - text.rfind("\n", 0, found.offset) - 1
        if found.code.startswith("too-"):
            mark = mark if found.code == "too-many" else column
            self.hopeless(mark, found.code)
            return
        whole = quoted(line[column:].rstrip())
        message = found.message
        if found.code == "brackets" and "\n" not in text.rstrip():
            message = told(
                "{why} If it is a text: {line}",
                why=message,
                line=f"{shortened(line[:column].strip())} {whole}",
            )
        first, self.row = self.row, self.row + before
        self.report(mark, found.code, message)
        self.row = first
        self.page.rows_with_errors.add(first)
        self.line = line[:column] + whole
        self.swallow(parent)

    def _block(self, parent: int) -> None:
        """The lines under | or > are text, whatever stands in them."""
        inside = 0
        while self.row + 1 < len(self.lines):
            line = self.lines[self.row + 1]
            end = gap_end(line)
            spaces = len(line) - len(line.lstrip(" "))
            is_odd = spaces < end and self.meant_width(line[:end]) > parent
            if line.strip() and spaces <= parent and not is_odd:
                return
            self.row += 1
            if not line.strip() or spaces >= inside > 0:
                continue
            if spaces > parent and not inside:
                inside = spaces
                continue
            self.odd_space(0, told("This line begins with"))
            begin = inside or parent + 3
            message = told(
                "This text line begins too far left. Begin it at column {column}.",
                column=begin + 1,
            )
            self.report(spaces, "indentation", message)
            self.line = " " * begin + line[end:]

    def _as_text(
        self,
        start: int,
        end: int,
        parent: int,
        code: str,
        why: Told,
        *,
        text: str = "",
        mark: int | None = None,
    ) -> None:
        """Reports, shows the line with the whole value in quotes, and goes on so."""
        line = self.line
        written = quoted(text or line[start:end].rstrip())
        fixed = (line[:start] + written + line[end:]).rstrip()
        message = told(
            "{why} Put quotes around the text: {line}",
            why=why,
            line=shortened(fixed.strip()),
        )
        self.report(start if mark is None else mark, code, message)
        self.line = fixed
        self.swallow(parent)
