"""The shipped content, and what it would be after an edit."""

import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from bot.changes import changes
from bot.changes.values import Change, Version
from bot.content.read_version import read_version
from bot.problems import Problem
from tests.conftest import ROOT

Edit = tuple[str, str, str]
"""A file of flows/, what stands there, and what stands there after."""


def copied(folder: Path, *parts: str) -> Path:
    for part in parts:
        shutil.copytree(ROOT / part, folder / part)
    return folder


def edited(folder: Path, edits: Iterable[Edit]) -> Path:
    for file, old, new in edits:
        path = folder / "flows" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, (file, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def called_otherwise(folder: Path, old: str, new: str) -> Path:
    """A question of eviction.yaml with another name, everywhere, as `renamed:` says."""
    for path in (folder / "flows").rglob("*.yaml"):
        words = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf"\b{old}\b", new, words), encoding="utf-8")
    renamed = "renamed:\n  questions: {"
    return edited(folder, [("eviction.yaml", renamed, f"{renamed}{old}: {new}, ")])


def version(folder: Path) -> tuple[Version, Sequence[Problem]]:
    found, problems = read_version(folder)
    assert found is not None
    return found, problems


def said(found: Iterable[Change]) -> list[str]:
    return [one.words("nl") for one in found]


@pytest.fixture(scope="session")
def dutch(tmp_path_factory: pytest.TempPathFactory) -> Version:
    """The shipped flows without their translations."""
    return version(copied(tmp_path_factory.mktemp("dutch"), "flows"))[0]


@pytest.fixture
def after(tmp_path: Path) -> Callable[..., Version]:
    """The shipped flows after some edits, without errors."""

    def made(*edits: Edit) -> Version:
        found, problems = version(edited(copied(tmp_path, "flows"), edits))
        assert [str(one) for one in problems if one.severity == "error"] == []
        return found

    return made


@pytest.fixture
def lines(dutch: Version, after: Callable[..., Version]) -> Callable[..., list[str]]:
    """What is said, in Dutch, of these edits."""

    def told(*edits: Edit) -> list[str]:
        return said(changes(dutch, after(*edits)))

    return told
