"""The letters of a table and of a catalogue in which a slip can be noticed."""

import re
from collections.abc import Iterator

from tests.mutate.letters import KEY, SIGN, VALUE, Letter

CODE = re.compile(r"GM\d{4}")
MARKS = re.compile(r'(?P<word>msgctxt|msgid|msgstr)(?P<space> )(?P<open>")')
PLACEHOLDER = re.compile(r"\{\w+\}")


def cells(file: str, text: str) -> list[Letter]:
    """The first line, codes, numbers and commas; a name is free."""
    found: list[Letter] = []
    for row, line in enumerate(text.split("\n")):
        free = _name(file, line) if row else range(0)
        for place, char in enumerate(line):
            if place not in free:
                part = SIGN if char == "," else VALUE if row else KEY
                found.append(Letter(row, place, part, "" if row else line))
    return found


def _name(file: str, line: str) -> range:
    """Where the name of a municipality or a place stands."""
    if file.endswith("municipalities.csv"):
        return range(line.find(",") + 1, line.rfind(","))
    return range(line.rfind(",") if file.endswith("names.csv") else 0)


def marks(text: str) -> list[Letter]:
    """Key words, quotes, contexts, the Dutch, and placeholders of a translation."""
    return list(_marks(text))


def _marks(text: str) -> Iterator[Letter]:
    for row, line in enumerate(text.split("\n")):
        found = MARKS.match(line)
        if found is None or not line.endswith('"'):
            continue
        word, end = found["word"], len(line) - 1
        for place in range(found.end()):
            yield Letter(row, place, SIGN, line)
        yield Letter(row, end, SIGN, line)
        inside = range(found.end(), end)
        if word == "msgstr":
            inner = PLACEHOLDER.finditer(line)
            places = [place for one in inner for place in range(*one.span())]
            yield from (Letter(row, place, VALUE, "") for place in places)
        else:
            words = line[found.end() : end]
            yield from (Letter(row, place, VALUE, words) for place in inside)
