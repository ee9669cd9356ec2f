"""Whether a changed file says the same to a program: then nobody can call it a slip."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from babel.messages.pofile import PoFileError, read_po

from bot.content.fit import fit
from bot.content.typed.strict_yaml import Node, Rows, Words, read
from tests.mutate.letters import WORD
from tests.mutate.shelves import model_of
from tests.mutate.sorts import (
    CODE,
    CONDITION,
    FREE,
    NAME,
    PLACEHOLDER,
    Path,
    is_free_key,
    meaning,
    sort_of,
)

Meaning = tuple[tuple[str, str], ...]

SPAN: Final = re.compile(r"([1-9]\d{3})(?:-([1-9]\d{3}))?")
NAMED: Final = re.compile(r"[a-z][a-z0-9_]*")
MISTAKE, SAME, FREE_NAME = "a mistake", "another right text", "a name nobody uses"
NOTED = "a right file, with a line made a note"


class Meanings:
    """What all shipped files say together, before anybody slips."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.mentions: Counter[str] = Counter()
        self.codes = {
            line.split(",")[0]
            for line in texts["flows/places/municipalities.csv"].splitlines()
        }
        for file, text in texts.items():
            if file.endswith(".yaml"):
                root = read(text, file).root
                assert root is not None
                self.mentions.update(_mentioned(file, root, ()))
            elif file.endswith(".po"):
                contexts = re.findall(r'^msgctxt "(.*)"', text, re.MULTILINE)
                for context in contexts:
                    self.mentions.update(WORD.findall(context))

    def verdict(self, file: str, after: str) -> str:
        before = self.texts[file]
        if file.endswith(".csv"):
            return SAME if self._same_table(file, before, after) else MISTAKE
        if file.endswith(".po"):
            return SAME if _catalogue(before) == _catalogue(after) else MISTAKE
        old, new = _whole(file, before), _whole(file, after)
        if old == new:
            return SAME
        if _is_note(before, after) and not _problems_alone(file, after):
            return NOTED
        if old is None or new is None or len(old) != len(new):
            return MISTAKE
        changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
        if len(changed) == 1 and self._is_free_name(*changed[0]):
            return FREE_NAME
        if len(changed) == 1 and self._are_codes(*changed[0]):
            return SAME
        return MISTAKE

    def _are_codes(self, old: tuple[str, str], new: tuple[str, str]) -> bool:
        """Whether both are municipalities, and no name beside it says which one."""
        sort, code = new
        return old[0] == sort == CODE and code in self.codes

    def _is_free_name(self, old: tuple[str, str], new: tuple[str, str]) -> bool:
        """Whether it is the only place that has this name, and stays a name."""
        (sort, word), (_, other) = old, new
        is_name = NAMED.fullmatch(other) or " " in word or ":" in word  # a source
        free = self.mentions[word] == 1 and not self.mentions[other]
        return sort == "key" and bool(is_name) and free

    def is_same(self, file: str, after: str) -> bool:
        return self.verdict(file, after) == SAME

    def _same_table(self, file: str, before: str, after: str) -> bool:
        pairs = zip(before.split("\n"), after.split("\n"), strict=True)
        changed = [(a, b) for a, b in pairs if a != b]
        old, new = (one.split(",") for one in changed[0])
        if len(old) != len(new) or file.endswith("municipalities.csv"):
            return len(old) == len(new) == 3 and old[0] == new[0] and new[2].isdecimal()
        if not {*new[1].split()} <= self.codes or not new[1].strip():
            return False
        if file.endswith("names.csv"):
            return after.count(f"\n{new[0]},") == 1
        return self._is_free_span(new[0], after)

    def _is_free_span(self, written: str, text: str) -> bool:
        """Whether these postcodes stand in no other row."""
        seen: Counter[int] = Counter()
        for line in text.splitlines()[1:]:
            found = SPAN.fullmatch(line.split(",")[0])
            if found is None:
                return False
            seen.update(range(int(found[1]), int(found[2] or found[1]) + 1))
        found = SPAN.fullmatch(written)
        assert found is not None
        these = range(int(found[1]), int(found[2] or found[1]) + 1)
        return bool(these) and all(seen[one] == 1 for one in these)


def _is_note(before: str, after: str) -> bool:
    """Whether all that changed is a line that became a note."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=False)
    changed = [new for old, new in pairs if old != new]
    return len(changed) == 1 and changed[0].lstrip().startswith("#")


def _problems_alone(file: str, text: str) -> bool:
    return bool(fit(read(text, file), model_of(file)).problems)


def _whole(file: str, text: str) -> Meaning | None:
    document = read(text, file)
    wrong = any(one.severity == "error" for one in document.problems)
    return None if wrong or document.root is None else _tree(file, document.root, ())


def _tree(file: str, node: Node, path: Path) -> Meaning:
    if isinstance(node, Words):
        sort = sort_of(file, path)
        part = CODE if sort == CODE else "value"
        return ((part, meaning(sort, node.text)),)
    if isinstance(node, Rows):
        items = [_tree(file, item, path) for item in node.items]
        if sort_of(file, path) == FREE:
            items = sorted(set(items), key=str)
        return (("list", str(len(items))), *(one for item in items for one in item))
    found = [("keys", str(len(node.items)))]
    for key, value in node.items:
        inner = (*path, key.text)
        free = is_free_key(file, inner)
        found += [("key", "*" if free else key.text), *_tree(file, value, inner)]
    return tuple(found)


def _mentioned(file: str, node: Node, path: Path) -> Iterator[str]:
    if isinstance(node, Words):
        sort = sort_of(file, path)
        if sort == NAME:
            yield node.text
            yield from set(re.split(r"[. ]", node.text)) - {node.text}
        elif sort == CONDITION:
            yield from WORD.findall(node.text)
        else:
            yield from (one[1:-1] for one in PLACEHOLDER.findall(node.text))
            if "answers" in path:
                yield node.text
    elif isinstance(node, Rows):
        for item in node.items:
            yield from _mentioned(file, item, path)
    else:
        for key, value in node.items:
            yield key.text
            yield from _mentioned(file, value, (*path, key.text))


def _catalogue(text: str) -> object:
    try:
        found = read_po(io.BytesIO(text.encode()), abort_invalid=True)
    except (PoFileError, ValueError):
        return None
    return {
        (one.context, one.id, meaning(FREE, str(one.string)), bool(one.string))
        for one in found
        if one.id
    }
