"""A text file as it was fetched: plain, or inside a zip, a wheel or a tar."""

import io
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


class NoSuchTextError(Exception):
    """The archive holds no file whose name ends so."""


@contextmanager
def opened(path: Path, *endings: str, encoding: str = "utf-8-sig") -> Iterator[TextIO]:
    """The text; of an archive, its largest file with one of these endings."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = {one.filename: one.file_size for one in archive.infolist()}
            with archive.open(_largest(path, names, endings)) as body:
                yield io.TextIOWrapper(body, encoding, newline="")
    elif tarfile.is_tarfile(path):
        with tarfile.open(path) as archive:
            names = {one.name: one.size for one in archive.getmembers()}
            found = archive.extractfile(_largest(path, names, endings))
            if found is None:
                raise NoSuchTextError(path.name)
            with found as body:
                yield io.TextIOWrapper(body, encoding, newline="")
    else:
        with path.open(encoding=encoding, newline="") as text:
            yield text


def _largest(path: Path, names: dict[str, int], endings: tuple[str, ...]) -> str:
    fitting = [name for name in names if name.lower().endswith(endings)]
    if not fitting:
        raise NoSuchTextError(f"{path.name} holds no {' or '.join(endings)}")
    return max(fitting, key=names.__getitem__)
