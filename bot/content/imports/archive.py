"""A file as it was fetched: plain, or inside a zip, a wheel or a tar."""

import io
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast


class NoSuchFileError(Exception):
    """The archive holds no file whose name ends so."""


@contextmanager
def opened_bytes(path: Path, *endings: str) -> Iterator[BinaryIO]:
    """The file; of an archive, its largest one with one of these endings."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            sizes = {one.filename: one.file_size for one in archive.infolist()}
            with archive.open(_largest(path, sizes, endings)) as body:
                yield cast(BinaryIO, body)
    elif tarfile.is_tarfile(path):
        with tarfile.open(path) as tar:
            sizes = {one.name: one.size for one in tar.getmembers() if one.isfile()}
            found = tar.extractfile(_largest(path, sizes, endings))
            if found is None:
                raise NoSuchFileError(path.name)
            with found:
                yield cast(BinaryIO, found)
    else:
        with path.open("rb") as plain:
            yield plain


@contextmanager
def opened(path: Path, *endings: str, encoding: str = "utf-8-sig") -> Iterator[TextIO]:
    with opened_bytes(path, *endings) as body:
        yield io.TextIOWrapper(body, encoding)


def _largest(path: Path, sizes: Mapping[str, int], endings: tuple[str, ...]) -> str:
    fitting = [name for name in sizes if name.lower().endswith(endings)]
    if not fitting:
        raise NoSuchFileError(f"{path.name} holds no {' or '.join(endings)}")
    return max(fitting, key=lambda name: sizes[name])
