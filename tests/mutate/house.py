"""A copy of the shipped content in which one file at a time is changed and checked."""

import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bot.authoring.checking import checked
from bot.problems import Problem
from bot.settings import Settings
from tests.conftest import ROOT

SUFFIXES = (".yaml", ".csv", ".po")


def shipped(root: Path = ROOT) -> Mapping[str, str]:
    """Every file that volunteers, lawyers and translators write, by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("flows", "locales")
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in SUFFIXES
    }


class House:
    """`drempel check` on a copy in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("flows", "locales"):
            shutil.copytree(ROOT / name, folder / name)
        self._settings = Settings(content=folder)
        self._usual = Counter(map(_told, self._all()))

    def check(self, file: str, body: bytes) -> list[Problem]:
        """What is wrong with this file in place of the shipped one, and only then."""
        path = self.folder / file
        whole = path.read_bytes()
        path.write_bytes(body)
        try:
            found = self._all()
        finally:
            path.write_bytes(whole)
        usual = self._usual.copy()
        fresh: list[Problem] = []
        for one in found:
            told = _told(one)
            if usual[told]:
                usual[told] -= 1
            else:
                fresh.append(one)
        return fresh

    def _all(self) -> tuple[Problem, ...]:
        return checked(self._settings, release=False)


def _told(problem: Problem) -> tuple[str, int, str]:
    return problem.place.file, problem.place.line, problem.message
