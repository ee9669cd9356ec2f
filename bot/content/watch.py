"""Content that changes while the bot runs: read anew as a whole, or not at all."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Generic, TypeVar

T = TypeVar("T")

FOLDERS = ("flows", "locales")
READ = (".yaml", ".csv", ".po")
"""What else lies there, such as an editor's own notes, is no content."""

Stamp = frozenset[tuple[str, int, int, int]]


class Watch(Generic[T]):
    """To be looked at every second. It reads once a change has come to rest.

    Make it before the first reading: what changes after that is a change.
    """

    def __init__(self, folder: Path, read: Callable[[], T]) -> None:
        self._folder = folder
        self._read = read
        self._known = self._seen = stamp(folder)

    @property
    def known(self) -> Stamp:
        """Of the content that was read last."""
        return self._known

    def look(self) -> T | None:
        """What was read, when something changed; None when nothing did.

        Somebody may save several files one after another: what is half saved is
        not looked at, and what changes while it is read is read again.
        """
        now = stamp(self._folder)
        rests, self._seen = now == self._seen, now
        if not rests or now == self._known:
            return None
        self._known = now
        found = self._read()
        return found if stamp(self._folder) == now else None


def stamp(folder: Path) -> Stamp:
    """Name, size and times of each file; what vanishes meanwhile is left out."""
    return frozenset(_stamps(folder))


def _stamps(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    for top in FOLDERS:
        for path in (folder / top).rglob("*"):
            if path.suffix not in READ:
                continue
            try:
                about = path.stat()
            except OSError:
                # It is there and cannot be read: that is a change, too.
                yield str(path), 0, 0, 0
                continue
            # A copy may bring its own time of change along, but no ctime.
            yield str(path), about.st_size, about.st_mtime_ns, about.st_ctime_ns


def keep_good(content: Path, kept: Path, read: Stamp) -> None:
    """A copy for a start at which the content is broken. Raises OSError.

    It takes the place of the one before in one step, or not at all: not when the
    content is no longer as it was `read`. `kept` is a link, as only a link can be
    turned to another folder without an instant at which there is none.
    """
    kept.parent.mkdir(parents=True, exist_ok=True)
    old = kept.resolve() if kept.is_symlink() else None
    copy = Path(mkdtemp(prefix=f"{kept.name}.", dir=kept.parent))
    needless: Path | None = copy
    try:
        for top in FOLDERS:
            if (content / top).is_dir():
                shutil.copytree(content / top, copy / top)
        if stamp(content) == read:
            link = copy / "link"
            link.symlink_to(copy.name)
            link.replace(kept)
            needless = old
    finally:
        if needless:
            shutil.rmtree(needless, ignore_errors=True)
