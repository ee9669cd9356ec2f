"""The letters of a shipped file in which a slip of the hand can be noticed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.typed.strict_yaml import Document, Entries, Node, Rows, Words, read
from tests.mutate.sorts import (
    CODE,
    CONDITION,
    FREE,
    NAME,
    PLACEHOLDER,
    VALID,
    Path,
    is_free_key,
    sort_of,
)

SIGN, KEY, VALUE = "sign", "key", "value"

WORD = re.compile(r"\w+")
NOTE = re.compile(r"(?:^|[ ]+)#.*")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter; `word` is what a good report names, or "" when nobody can know it."""

    row: int
    column: int
    part: str
    word: str


@dataclass(frozen=True, slots=True)
class Span:
    """Where a text stands on its line, and what it is for."""

    row: int
    start: int
    end: int
    part: str
    sort: str
    text: str


def letters(file: str, text: str) -> list[Letter]:
    """Of a YAML file: names, conditions, days, numbers, placeholders and signs."""
    document = read(text, file)
    assert document.root is not None
    assert not document.problems
    found = list(_spans(file, document, document.root, ()))
    taken: dict[int, list[Span]] = {}
    for span in found:
        taken.setdefault(span.row, []).append(span)
    prose = _rows_of_prose(document, found)
    result = [letter for span in found for letter in _in_span(span)]
    for row, line in enumerate(document.lines):
        if row not in prose:
            result += _signs(row, line, taken.get(row, ()))
    return result


def _spans(file: str, document: Document, node: Node, path: Path) -> Iterator[Span]:
    if isinstance(node, Words):
        yield _span(document, node, VALUE, sort_of(file, path))
    elif isinstance(node, Rows):
        for item in node.items:
            yield from _spans(file, document, item, path)
    elif isinstance(node, Entries):
        for key, value in node.items:
            inner = (*path, key.text)
            sort = FREE if is_free_key(file, inner) else NAME
            yield _span(document, key, KEY, sort)
            yield from _spans(file, document, value, inner)


def _span(document: Document, words: Words, part: str, sort: str) -> Span:
    """Without the quotes around it, which are signs."""
    row, start = words.place.line - 1, words.place.column - 1
    line = document.lines[row]
    start += line[start : start + 1] in "\"'"
    if line.startswith(words.text, start):
        return Span(row, start, start + len(words.text), part, sort, words.text)
    if line[start : start + 1] in "|>":
        return Span(row, start, start, part, FREE, "")
    end = len(line.rstrip())  # a text that goes on, on the next lines
    return Span(row, start, end, part, sort, line[start:end])


def _rows_of_prose(document: Document, spans: list[Span]) -> set[int]:
    """The further lines of a text that takes several."""
    begun = sorted({span.row for span in spans})
    rows = set[int]()
    for first, following in zip(begun, [*begun[1:], len(document.lines)], strict=True):
        for row in range(first + 1, following):
            line = document.lines[row].strip()
            if line and not line.startswith("#"):
                rows.add(row)
    return rows - {row for row in rows if document.lines[row].strip() in "]}"}


def _in_span(span: Span) -> Iterator[Letter]:
    if span.sort == FREE:
        for found in PLACEHOLDER.finditer(span.text):
            word = found[0][1:-1]
            for place in range(found.start(), found.end()):
                yield Letter(span.row, span.start + place, span.part, word)
        return
    if span.sort == CONDITION:
        words = {place: one[0] for one in WORD.finditer(span.text)
                 for place in range(*one.span())}  # fmt: skip
        for place in range(len(span.text)):
            word = words.get(place, "")
            known = "" if word[:1].isdigit() else word
            yield Letter(span.row, span.start + place, span.part, known)
        return
    known = "" if span.sort == CODE or span.sort in VALID else span.text
    for place in range(len(span.text)):
        yield Letter(span.row, span.start + place, span.part, known)


def _signs(
    row: int, line: str, spans: "list[Span] | tuple[Span, ...]"
) -> Iterator[Letter]:
    """Spaces before a line, dashes, colons, brackets, commas, quotes, and the `#`."""
    inside = {place for span in spans for place in range(span.start, span.end)}
    note = next((one for one in NOTE.finditer(line) if one.end() - 1 not in inside
                 and not inside & set(range(*one.span()))), None)  # fmt: skip
    end = note.end() if note else len(line)
    for place in range(end):
        in_note = note is not None and place > line.index("#", note.start())
        if place not in inside and not in_note:
            yield Letter(row, place, SIGN, line.strip())
