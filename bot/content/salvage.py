"""What can still be read of a file that does not fit: all but the entries at fault."""

from collections.abc import Collection
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.content.typed.strict_yaml import (
    Document,
    Entries,
    Node,
    Words,
    names_in,
    plain,
)

M = TypeVar("M", bound=BaseModel)


def salvaged(
    document: Document, model: type[M], lines: Collection[int]
) -> tuple[M | None, set[str]]:
    """The rest of the file, and all names that were left out with the faulty lines."""
    if not isinstance(document.root, Entries):
        return None, names_in(document.root) if document.root else set()
    end = len(document.lines) + 1
    kept, lost = _sound(document.root, set(lines), end, deeper=True)
    try:
        return model.model_validate(plain(kept)), lost
    except ValidationError:
        return None, names_in(document.root)


def _sound(
    node: Entries, lines: set[int], end: int, *, deeper: bool
) -> tuple[Entries, set[str]]:
    """Without the entries that hold one of these lines; two levels deep."""
    starts = [key.place.line for key, _ in node.items]
    kept: list[tuple[Words, Node]] = []
    lost = set[str]()
    for (key, value), following in zip(node.items, [*starts[1:], end], strict=True):
        faulty = lines & set(range(key.place.line, following))
        if deeper and isinstance(value, Entries) and key.place.line not in faulty:
            value, inner = _sound(value, faulty, following, deeper=False)
            lost |= inner
        elif faulty:
            lost |= {key.text} | names_in(value)
            continue
        kept.append((key, value))
    return Entries(tuple(kept), node.place), lost
