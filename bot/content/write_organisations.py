"""Changes a few values of one organisation in its file; every other byte stays."""

import re
from collections.abc import Mapping
from itertools import takewhile

from bot.content.typed.strict_yaml import (
    Document,
    Entries,
    Plain,
    Words,
    child,
    plain,
    read,
)

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
KEY = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s:#"'][^:]*?) *:(?=\s|\Z)""")
QUOTED = re.compile(r""" *(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=\s|\Z)""")
REMARK = re.compile(r"\s+#.*")
LAST = "checked"
"""Every organisation has this key; a new one is written above it."""


def rewritten(body: bytes, name: str, changes: Mapping[str, str]) -> bytes | None:
    """The file with these values; None when it is written in a way we do not know.

    What comes out has been read again: apart from the changes it says the same.
    """
    for key, value in changes.items():
        changed = _changed(body, name, key, value)
        if changed is None:
            return None
        body = changed
    return body


def _changed(body: bytes, name: str, key: str, value: str) -> bytes | None:
    before = read(body, name)
    entry = _entry(before, name)
    if entry is None or before.problems:
        return None
    wanted = _wanted(before, name, key, value)
    for scalar in (value, _quoted(value)):
        lines = LINE.findall(body.decode("utf-8"))
        new = "".join(_set(lines, entry, key, scalar)).encode("utf-8")
        after = read(new, name)
        if after.root and not after.problems and plain(after.root) == wanted:
            return new
    return None


def _wanted(document: Document, name: str, key: str, value: str) -> Plain:
    """What the file is to say afterwards."""
    assert document.root is not None
    whole = plain(document.root)
    entry: Plain = whole
    for part in ("organisations", name):
        assert isinstance(entry, dict)
        entry = entry[part]
    assert isinstance(entry, dict)
    entry[key] = value
    return whole


def _entry(document: Document, name: str) -> Entries | None:
    """The organisation, when each of its keys begins a line of its own."""
    whole = document.root and child(document.root, "organisations")
    found = whole and child(whole[1], name)
    if not found or not isinstance(found[1], Entries) or not child(found[1], LAST):
        return None
    begins = {found[0].place.line, *(one.place.line for one, _ in found[1].items)}
    return found[1] if len(begins) == len(found[1].items) + 1 else None


def _set(lines: list[str], entry: Entries, key: str, scalar: str) -> list[str]:
    found = child(entry, key)
    if found is None:
        return _inserted(lines, entry, key, scalar)
    named = found[0]
    assert isinstance(named, Words)
    row = named.place.line - 1
    line = lines[row]
    ending = line[len(line.rstrip("\r\n")) :]
    colon = KEY.match(line, named.place.column - 1)
    if colon is None:
        return lines
    rest = line[colon.end() :].rstrip("\r\n")
    lines[row] = f"{line[: colon.end()]} {scalar}{_remark(rest)}{ending}"
    del lines[row + 1 : row + 1 + _continued(lines[row + 1 :], named.place.column - 1)]
    return lines


def _inserted(lines: list[str], entry: Entries, key: str, scalar: str) -> list[str]:
    found = child(entry, LAST)
    assert found is not None
    place = found[0].place
    line = lines[place.line - 1]
    ending = line[len(line.rstrip("\r\n")) :] or "\n"
    new = f"{line[: place.column - 1]}{key}: {scalar}{ending}"
    return [*lines[: place.line - 1], new, *lines[place.line - 1 :]]


def _remark(rest: str) -> str:
    """The author's remark behind a value; a # within quotes is none."""
    quoted = QUOTED.match(rest)
    found = REMARK.search(rest, quoted.end() if quoted else 0)
    return found[0] if found else ""


def _continued(lines: list[str], indent: int) -> int:
    """How many of these lines belong to the value that began on the line before."""
    deeper = list(takewhile(lambda line: _goes_on(line, indent), lines))
    return len(deeper)


def _goes_on(line: str, indent: int) -> bool:
    words = line.strip()
    inside = len(line) - len(line.lstrip(" ")) > indent
    return bool(words) and inside and not words.startswith("#")


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
