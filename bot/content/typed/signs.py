"""The signs by which a line of YAML is told: white space, keys, quotes and notes."""

import re

SHOWN = 120

# White space other than a space, and characters that no editor shows.
ODD = "\t\xa0\xad\u1680\u180e\u2000-\u200d\u202f\u205f\u2060-\u2064\u3000\ufeff"
# What YAML forbids; it would count the last two as ends of lines.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029]"
)
GAP = re.compile(f"[ {ODD}]*")
UNSEEN = re.compile("[\xad\u180e\u200b-\u200d\u2060-\u2064\ufeff]")
ODD_ONE = re.compile(f"[{ODD}]")
DOUBLE = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
SINGLE = re.compile(r"'(?:[^']++|'')*+'")
ODD_KEY = re.compile(rf"[\w-]+(?=:[{ODD}])")
QUOTED_KEY = re.compile(rf"(?:{DOUBLE.pattern}|{SINGLE.pattern}) *(?=:(?:[ \t]|$))")
# Not from within a gap: a very long one would be read from each of its spaces.
NOTE = re.compile(r"(?<![ \t])[ \t]++#")
PROPER_NOTE = re.compile(r" {2,}#(?=[ #]|$)")
COLON = re.compile(r":(?=[ \t]|$)")
NEVER_FIRST = "*&!%@`,]}|>"
SIGN_FIRST = re.compile(r"[-?:](?=[ \t]|$)")


def quoted(text: str) -> str:
    """The text in quotes, as an author would best write it."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def shortened(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def gap_end(line: str, start: int = 0) -> int:
    """Where the white space that begins at `start` ends."""
    found = GAP.match(line, start)
    return found.end() if found else start


def key_end(line: str, column: int) -> int | None:
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


def text_end(line: str, column: int) -> tuple[int, bool]:
    """Where the text ends, and whether a “ #” that may be no note cuts it off."""
    note = NOTE.search(line, column)
    if note is None:
        return len(line.rstrip(" \t")), False
    return note.start(), not PROPER_NOTE.match(line, note.start())


def rest_of_line(text: str, start: int) -> bool:
    """Whether anything but a note follows on the same line."""
    end = text.find("\n", start)
    rest = text[start:] if end < 0 else text[start:end]
    return bool(rest.strip(" \t")) and not NOTE.match(rest)
