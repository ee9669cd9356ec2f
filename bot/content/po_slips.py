"""A slip in a sign or a key word of a catalogue: told once, and read as it was meant.

What a parser says of `msgsrt` names no line to put there. In a catalogue each line
follows from the one before: a place, the Dutch, the translation.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.content.typed.signs import shortened
from bot.problems import Place, Problem, told

TEXT: Final = r'"(?:[^"\\\n]|\\.)*+"[ \t]*'
GOES_ON: Final = rf"{TEXT}\n(?:{TEXT}\n)*+"
NOTE: Final = r'#(?:.*\n(?!msgid)|(?:.*[^"\s])?[ \t]*\n)'
SOUND: Final = re.compile(
    rf"(?:(?:{NOTE}|\n)*+"
    rf"(?:msgctxt {GOES_ON})?msgid {GOES_ON}msgstr {GOES_ON})*+\s*"
)
"""A file without slips: each entry has its place, its Dutch, its translation."""

LINES: Final = {
    "msgctxt": re.compile(rf"msgctxt {TEXT}"),
    "msgid": re.compile(rf"msgid {TEXT}"),
    "msgstr": re.compile(rf"msgstr {TEXT}"),
    "goes on": re.compile(TEXT),
    "note": re.compile(r"#[:,] .*"),
}
FOLLOWING: Final = {
    "": ("note", "msgctxt", "msgid"),
    "note": ("note", "msgctxt", "msgid"),
    "msgctxt": ("msgid", "goes on"),
    "msgid": ("msgstr", "goes on"),
    "msgstr": ("goes on",),
}
"""Which line can stand behind which one; the first is behind an empty one."""

READ: Final = re.compile(r"(?P<word>msgctxt|msgid|msgstr)(?:_plural|\[\d\])?\s")
CUT_OFF: Final = re.compile(r'msgstr\s+(?:[^"].*|".*[^"\s]\s*|"\s*)')
"""A translation without its first or its last quote loses a letter without a word."""

LETTERS: Final = 'msgctxidr "#'
HEAD, TAIL = 10, 2
"""So many signs of a line are tried."""

LONGEST: Final = 2000
MOST: Final = 100
"""Lines that are tried, before it is another sort of file."""


def read_as_meant(text: str, file: str) -> tuple[str, list[Problem]]:
    return (text, []) if SOUND.fullmatch(text) else line_by_line(text, file)


def line_by_line(text: str, file: str) -> tuple[str, list[Problem]]:
    lines, problems = text.split("\n"), list[Problem]()
    before, tried = "", 0
    for at, line in enumerate(lines):
        if _is_odd(lines, at, before) and tried < MOST:
            tried += 1
            right = _meant(line, FOLLOWING[before])
            if right:
                place = Place(file, at + 1, 1, line)
                message = told(
                    "This line cannot be read so. Did you mean: {line}",
                    line=shortened(right),
                )
                problems.append(Problem(place, "po-file", message))
                lines[at] = line = right
        before = _kind(line, before)
    return "\n".join(lines) if problems else text, problems


def _kind(line: str, before: str) -> str:
    if not line.strip():
        return ""
    if line.startswith("#"):
        return "note"
    found = READ.match(line)
    return found["word"] if found else before


def _is_odd(lines: Sequence[str], at: int, before: str) -> bool:
    line = lines[at]
    if not line.strip():
        return False
    if line.startswith("#"):
        return line.rstrip().endswith('"') and _is_between(lines, at, before)
    if READ.match(line.lstrip()):
        return CUT_OFF.fullmatch(line) is not None
    return LINES["goes on"].fullmatch(line.lstrip()) is None or before in ("", "note")


def _is_between(lines: Sequence[str], at: int, before: str) -> bool:
    """Whether the lines around a note make it one of an entry: a note stands above."""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    if before == "msgctxt":
        return after.startswith("msgstr")
    if before == "msgid":
        return not after.strip()
    return before in ("", "note") and after.startswith("msgid")


def _meant(line: str, kinds: Sequence[str]) -> str:
    """The only line of the first kind that is one slip away, or nothing."""
    if len(line) > LONGEST:
        return ""
    for kind in kinds:
        for tried in (_put_in_or_left_out(line), _put_instead(line)):
            fitting = {one for one in tried if LINES[kind].fullmatch(one)}
            if len(fitting) > 1:  # a text seldom begins with a space
                fitting = {one for one in fitting if '" ' not in one[:HEAD]}
            if fitting:
                return fitting.pop() if len(fitting) == 1 else ""
    return ""


def _places(line: str) -> Iterator[int]:
    size = len(line)
    yield from range(min(HEAD, size))
    yield from range(max(HEAD, size - TAIL), size)


def _put_in_or_left_out(line: str) -> Iterator[str]:
    for at in _places(line):
        here, rest = line[at], line[at + 1 :]
        yield line[:at] + rest
        yield line[:at] + rest[:1] + here + rest[1:]
        yield from (line[:at] + sign + here + rest for sign in LETTERS)
    yield line + '"'


def _put_instead(line: str) -> Iterator[str]:
    for at in _places(line):
        yield from (line[:at] + sign + line[at + 1 :] for sign in LETTERS)
