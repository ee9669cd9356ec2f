"""The map for developers is true: what it names is there, and short enough to read."""

import re

import pytest

from tests.conftest import ROOT
from tests.handbook.pages import page

MAP = page("architecture.md")
PATHS = sorted(
    set(re.findall(r"`((?:bot|tests|flows|locales)/[\w./-]*)`", MAP)), key=str
)
MOST_LINES = 120


@pytest.mark.parametrize("path", PATHS)
def test_each_path_on_the_map_exists(path: str) -> None:
    assert (ROOT / path).exists()
    assert (ROOT / path).is_dir() == path.endswith("/")


def test_each_room_of_the_code_is_on_the_map() -> None:
    rooms = {f"bot/{one.parent.name}/" for one in ROOT.glob("bot/*/__init__.py")}
    assert rooms - set(PATHS) == set()


def test_the_map_can_be_read_in_one_sitting() -> None:
    assert len(MAP.splitlines()) <= MOST_LINES


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("ROOMS", "tests/test_architecture.py"),
        ("HOMES", "tests/test_architecture.py"),
        ("KINDS", "bot/conversation/kinds/__init__.py"),
        ("Ledger", "bot/storage/base.py"),
        ("Storage", "bot/storage/base.py"),
        ("Channel", "bot/service.py"),
        ("opens", "tests/storage/conftest.py"),
    ],
)
def test_each_name_on_the_map_stands_where_it_says(name: str, file: str) -> None:
    assert f"`{name}`" in MAP
    assert re.search(rf"\b{name}\b", (ROOT / file).read_text(encoding="utf-8"))
