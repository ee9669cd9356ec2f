"""Reads what volunteers type: every value is its exact text and knows its place."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from bot.content.kept import kept
from bot.content.typed.page import (
    DEEPEST,
    LARGEST,
    MEANINGS,
    MOST_LINES,
    MOST_PROBLEMS,
    MOST_VALUES,
    NotSoundError,
    Page,
    Trial,
)
from bot.content.typed.signs import CONTROL, quoted, shortened
from bot.content.typed.slips import Slips
from bot.problems import Place, Problem, Told, told

__all__ = [
    "DEEPEST",
    "LARGEST",
    "MOST_PROBLEMS",
    "MOST_VALUES",
    "Document",
    "Entries",
    "Node",
    "NotSoundError",
    "Path",
    "Plain",
    "Rows",
    "Words",
    "child",
    "find",
    "names_in",
    "plain",
    "quoted",
    "read",
    "read_on_trial",
    "shortened",
]

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


@kept
def read(text: bytes | str, file: str) -> Document:
    """The tree of a file and all its problems; never raises."""
    if len(text) > LARGEST:
        message = told("This file is larger than 1 MB. Divide it over several files.")
        return Document(file, None, (Problem(Place(file), "too-big", message),), ())
    shown, valid = _decoded(text)
    if shown.count("\n") > MOST_LINES:
        message = told("This file has too many lines. Divide it over several files.")
        return Document(file, None, (Problem(Place(file), "too-big", message),), ())
    lines = tuple(shown.split("\n"))
    page = Page(file, lines)
    if valid < len(shown):
        page.report(
            shown.count("\n", 0, valid),
            valid - shown.rfind("\n", 0, valid) - 1,
            "not-utf8",
            told("This character is not UTF-8. Save the file again, as UTF-8."),
        )
    Slips(page).run()
    root = None if page.hopeless else _Tree(page).root()
    return Document(file, root, page.sorted_problems(), lines)


def read_on_trial(lines: Iterable[str], allowed: Collection[str] = ()) -> Node | None:
    """The tree of lines, or NotSoundError at the first mistake that is not allowed."""
    page = Trial(tuple(filter(None, lines)), allowed)
    Slips(page).run()
    return _Tree(page).root()


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


def names_in(node: Node) -> set[str]:
    """All keys, and all texts of one word."""
    if isinstance(node, Words):
        return {node.text} if node.text.isidentifier() else set()
    if isinstance(node, Rows):
        return set().union(*map(names_in, node.items))
    return set().union(*({key.text} | names_in(value) for key, value in node.items))


def child(node: Node, part: str | int) -> tuple[Node, Node] | None:
    """The key (in a list: the item itself) and the value at one part of a path."""
    if isinstance(node, Entries):
        return next((one for one in node.items if one[0].text == part), None)
    if isinstance(node, Rows) and isinstance(part, int) and part < len(node.items):
        return node.items[part], node.items[part]
    return None


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


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Tree:
    """Turns the parser's events over the mended lines into nodes with places."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.events: Iterator[Any] = self._counted()

    def root(self) -> Node | None:
        try:
            root = self._document()
        except yaml.MarkedYAMLError as error:
            self._unreadable(error)
            return None
        if isinstance(root, Words):
            message = told(
                "A file begins with a key, as “flow: arrears”, not with a text."
            )
            self._first_report(root.place, "not-keys", message)
            return None
        if root is None and not self.page.problems:
            self.page.report(0, 0, "empty-file", told("This file is empty."))
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
            message = told(
                "YAML's own notation (*, & or !) is not used here. Use quotes."
            )
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
            message = told(
                "The text holds an invisible control character. Leave it out."
            )
            self._first_report(place, "control-character", message)
        return Words(text, place)

    def _rows(self) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            node = self._node(event)
            if _is_empty(event):
                message = told(
                    "This list item is empty. Write something or remove the dash."
                )
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
                message = told("A key is one word, not a list or a group of keys.")
                self._first_report(key.place, "not-a-key", message)
                continue
            if key.text in seen:
                self._twice(key, seen[key.text])
                continue
            seen[key.text] = key.place
            if _is_empty(following):
                message = told(
                    "“{key}” has no value. Write one after the colon, or"
                    ' "" if it is to be empty.',
                    key=shortened(key.text),
                )
                self._first_report(key.place, "empty-value", message)
            yield key, value

    def _twice(self, key: Words, first: Place) -> None:
        if first.line <= self.page.second_part < key.place.line:
            return
        message = told(
            "“{key}” stands twice, on line {first} and on line {second}. Keep one of"
            " them.",
            key=shortened(key.text),
            first=first.line,
            second=key.place.line,
        )
        row, column = key.place.line - 1, key.place.column - 1
        self.page.report(row, column, "duplicate-key", message)

    def _first_report(self, place: Place, code: str, message: Told) -> None:
        if place.line - 1 not in self.page.rows_with_errors:
            self.page.report(place.line - 1, place.column - 1, code, message)

    def _unreadable(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        row, column = (mark.line, mark.column) if mark else (0, 0)
        problem = error.problem or ""
        if self.page.rows_with_errors & {row - 1, row, row + 1}:
            return
        meant = (text for sign, text in MEANINGS.items() if sign in problem)
        unclear = told("This line cannot be read. Compare it with lines above.")
        message = next(meant, unclear)
        code = problem if problem.startswith("too-") else "unreadable"
        self.page.report(row, column, code, message)


def _is_empty(event: Any) -> bool:
    """Nothing typed at all; quotes around nothing are meant."""
    return isinstance(event, yaml.ScalarEvent) and event.value == "" and not event.style
