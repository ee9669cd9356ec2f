"""The content as it was at a revision of git, in a folder that is gone afterwards."""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.problems import Told, told

PARTS: Final = ("flows", "locales")


class NoRevisionError(Exception):
    """`told` says kindly why there is no content of that revision."""

    def __init__(self, why: Told) -> None:
        super().__init__(str(why))
        self.told = why


@contextmanager
def at_revision(content: Path, revision: str) -> Iterator[Path]:
    """Like `content`, with its flows/ and locales/ of then.

    The content may lie anywhere in a repository; its working tree is left alone.
    Raises NoRevisionError.
    """
    commit = _commit(content, revision)
    there = _git(content, "ls-tree", "--name-only", commit, "--", *PARTS).decode()
    parts = [name for name in PARTS if name in there.splitlines()]
    if not parts:
        why = told("There was no folder flows/ at {revision} here.", revision=revision)
        raise NoRevisionError(why)
    archive = _git(content, "archive", "--format=tar", commit, "--", *parts)
    with TemporaryDirectory(prefix="drempel-") as folder:
        _unpack(archive, Path(folder))
        yield Path(folder)


def _commit(content: Path, revision: str) -> str:
    """Only a commit's number goes further, so that no revision is read as an option."""
    _git(content, "rev-parse", "--git-dir")
    unknown = told(
        "git knows no revision “{revision}” here. Try HEAD, HEAD~1 or main.",
        revision=revision,
    )
    if not revision or revision.startswith("-") or "\0" in revision:
        raise NoRevisionError(unknown)
    commit = f"{revision}^{{commit}}"
    found = _run(content, "rev-parse", "--verify", "--quiet", commit)
    if found.returncode:
        raise NoRevisionError(unknown)
    return found.stdout.decode().strip()


def _git(content: Path, *words: str) -> bytes:
    run = _run(content, *words)
    if run.returncode:
        said = run.stderr.decode(errors="replace").strip().partition("\n")[0]
        why = told(
            "{folder} is in no repository of git that can be read ({said}).",
            folder=str(content), said=said,
        )  # fmt: skip
        raise NoRevisionError(why)
    return run.stdout


def _run(content: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    if not content.is_dir():
        raise NoRevisionError(told("There is no folder {folder}.", folder=str(content)))
    try:
        return subprocess.run(
            ["git", *words], cwd=content, capture_output=True, check=False
        )
    except OSError:
        why = told("git is not installed here; the older content comes from git.")
        raise NoRevisionError(why) from None


def _unpack(archive: bytes, folder: Path) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as trouble:
        why = told("The content of then cannot be unpacked ({why}).", why=str(trouble))
        raise NoRevisionError(why) from None
