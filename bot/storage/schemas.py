"""The numbered schema files of a database: which ones it has not seen yet."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.storage.base import StorageError

NEWER = "this database was written by a newer program"


def latest(dialect: str) -> int:
    return len(_names(dialect))


def scripts(dialect: str, version: int) -> list[tuple[int, str]]:
    """The files after `version` with their numbers. Raises StorageError for a newer."""
    names = _names(dialect)
    if version > len(names):
        raise StorageError(NEWER)
    return [
        (number, _folder(dialect).joinpath(name).read_text(encoding="utf-8"))
        for number, name in enumerate(names, start=1)
        if number > version
    ]


def _names(dialect: str) -> list[str]:
    return sorted(
        one.name for one in _folder(dialect).iterdir() if one.name.endswith(".sql")
    )


def _folder(dialect: str) -> Traversable:
    return files("bot.storage").joinpath("schema", dialect)
