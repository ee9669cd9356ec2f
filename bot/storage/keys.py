"""The keys in a file of their own: read, made on a first start, changed while running.

Nothing here ever tells a key: a mistake is told by the number of its line.
"""

import base64
import binascii
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage.sealing import KEY_BYTES, Keys

PEPPER, KEY = "pepper", "key"
LAST_NUMBER = 255
OTHERS = stat.S_IRWXO | stat.S_IWGRP
"""Rights that a key file may not give; its group may read, as some set-ups need."""

HEADER = """\
# The keys of Drempel. Whoever has this file and the database can read the answers.
# Keep it apart from the database and its backups, and keep a copy elsewhere:
# without it, the answers of the last 7 days cannot be read.
# Do not edit it. A new key comes with: drempel keys rotate
"""

_LINE = re.compile(rf"({PEPPER}|{KEY}[1-9]\d{{0,2}})\s+([A-Za-z0-9+/]+=*)", re.ASCII)


class KeysError(Exception):
    """One clear sentence: why there are no keys. It never holds a part of one."""


def read_keys(text: str) -> Keys:
    """From lines such as `key1 base64`; raises KeysError."""
    found: dict[str, bytes] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, key = _read_line(line.strip(), number)
        if name in found:
            raise KeysError(f"Line {number} of the keys names {name} once more.")
        found[name] = key
    pepper = found.pop(PEPPER, None)
    if pepper is None:
        raise KeysError("The keys have no line that begins with pepper.")
    if not found:
        raise KeysError("The keys have no line such as key1, only a pepper.")
    return Keys(pepper, {int(name[len(KEY) :]): key for name, key in found.items()})


def _read_line(line: str, number: int) -> tuple[str, bytes]:
    parts = _LINE.fullmatch(line)
    key = _decoded(parts[2]) if parts else None
    fits = parts and (parts[1] == PEPPER or int(parts[1][len(KEY) :]) <= LAST_NUMBER)
    if parts is None or key is None or not fits:
        raise KeysError(
            f"Line {number} of the keys is damaged: it must be {PEPPER} or {KEY}1 to"
            f" {KEY}{LAST_NUMBER}, a blank, and {KEY_BYTES} bytes in base64."
        )
    return parts[1], key


def _decoded(word: str) -> bytes | None:
    try:
        key = base64.b64decode(word, validate=True)
    except binascii.Error:
        return None
    return key if len(key) == KEY_BYTES else None


def written(keys: Keys) -> str:
    """The text of a key file."""
    lines = [_line(PEPPER, keys.pepper)]
    lines += [_line(f"{KEY}{one}", keys.secrets[one]) for one in sorted(keys.secrets)]
    return HEADER + "".join(lines)


def _line(name: str, key: bytes) -> str:
    return f"{name} {base64.b64encode(key).decode('ascii')}\n"


def rotated(keys: Keys) -> Keys:
    """With a new secret that seals from now on; only the one before still opens."""
    newest = keys.newest
    if newest >= LAST_NUMBER:
        raise KeysError(
            f"{KEY}{LAST_NUMBER} is the last key there can be. Begin again with a new"
            " key file and a new database."
        )
    both = {newest: keys.secrets[newest], newest + 1: Keys.fresh().secrets[1]}
    return Keys(keys.pepper, both)


# --- the file ----------------------------------------------------------------------


def read_key_file(path: Path) -> Keys:
    """Raises KeysError, also when others may read the file."""
    with _told(path, "cannot be read"), path.open(encoding="utf-8") as file:
        if os.fstat(file.fileno()).st_mode & OTHERS:
            raise KeysError(f"{path} is open to others. Close it: chmod 600 {path}")
        text = file.read()
    try:
        return read_keys(text)
    except KeysError as error:
        raise KeysError(f"{path}: {error}") from None


def make_key_file(path: Path) -> Keys:
    """Whole or not at all. Raises KeysError, or FileExistsError when there is one."""
    keys = Keys.fresh()
    with _told(path, "cannot be made"):
        made = [folder.parent for folder in path.parents if not folder.exists()]
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _beside(path, written(keys)) as new:
            # Unlike a rename, a link never takes the place of another's keys.
            os.link(new, path)
        for folder in (path.parent, *made):
            _to_disk(folder)
    return keys


def rotate_key_file(path: Path) -> Keys:
    """A new key, in one step for whoever reads the file meanwhile. Raises KeysError."""
    path = path.resolve()
    keys = rotated(read_key_file(path))
    with _told(path, "cannot be written"):
        with _beside(path, written(keys), like=path.stat()) as new:
            new.replace(path)
        _to_disk(path.parent)
    return keys


def key_file(path: Path) -> tuple[Keys, bool]:
    """The keys, and whether they were made just now because there was no file."""
    if not os.path.exists(path):
        try:
            return make_key_file(path), True
        except FileExistsError:
            pass  # another start was faster: its keys are the keys
    return read_key_file(path), False


@contextmanager
def _beside(
    path: Path, text: str, like: os.stat_result | None = None
) -> Iterator[Path]:
    """The text in a new file in the same folder, on the disk; it is gone afterwards."""
    for left_by_a_crash in path.parent.glob(f".{path.name}.*.new") if like else ():
        left_by_a_crash.unlink(missing_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(number, "w", encoding="utf-8") as file:
            if like is not None and (like.st_uid, like.st_gid) != _owner(number):
                os.fchown(number, like.st_uid, like.st_gid)
            os.fchmod(number, stat.S_IMODE(like.st_mode) if like else 0o600)
            file.write(text)
            file.flush()
            os.fsync(number)
        yield new
    finally:
        new.unlink(missing_ok=True)


def _owner(number: int) -> tuple[int, int]:
    found = os.fstat(number)
    return found.st_uid, found.st_gid


def _to_disk(folder: Path) -> None:
    """A name in a folder is safe only when the folder is on the disk as well."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _told(path: Path, what: str) -> Iterator[None]:
    """Trouble with the file as a sentence that an operator understands."""
    try:
        yield
    except FileExistsError:
        raise
    except FileNotFoundError:
        message = f"There is no file {path}. The first start of drempel run makes it."
        raise KeysError(message) from None
    except UnicodeDecodeError:
        raise KeysError(f"{path} {what}: it is not a text.") from None
    except OSError as error:
        raise KeysError(f"{path} {what}: {error.strerror}.") from None
