"""A file that did not change is not read again."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Body = TypeVar("Body", bytes, bytes | str)
T = TypeVar("T")


def kept(read: Callable[[Body, str], T]) -> Callable[[Body, str], T]:
    """Keeps the last answer for each file; `read` must depend on the bytes alone.

    One for each file, not the last few of all: with a limit, a folder with more files
    than that would be read whole each time, and a bot would hold what is long gone.
    """
    last: dict[str, tuple[Body, T]] = {}

    @wraps(read)
    def reading(body: Body, file: str) -> T:
        known = last.get(file)
        if known is None or known[0] != body:
            known = last[file] = body, read(body, file)
        return known[1]

    return reading
