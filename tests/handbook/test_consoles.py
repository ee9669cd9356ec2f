"""What the handbook shows of a terminal is what happens there."""

from pathlib import Path

import pytest

from tests.handbook.consoles import Terminal, is_said
from tests.handbook.pages import PAGES, blocks, name_of

SHOWING = [path for path in PAGES if any(blocks(path, "console"))]
APART = ("first-day.md",)
"""What needs more than a folder has a test of its own."""


@pytest.mark.parametrize(
    "path", [one for one in SHOWING if one.name not in APART], ids=name_of
)
def test_the_terminal_says_what_the_page_says(path: Path, tmp_path: Path) -> None:
    for command, said, ended in Terminal.beside_copy(tmp_path).follow(path):
        assert is_said(command.says, said), f"$ {command.line}\n{said}"
        assert ended == command.ends, command.line


@pytest.mark.parametrize(
    ("wanted", "said", "fits"),
    [
        pytest.param("2 fouten\n", "2 fouten\n", True, id="the same"),
        pytest.param("2 fouten\n", "3 fouten\n", False, id="another number"),
        pytest.param("… fouten\n", "3 fouten\n", True, id="any number"),
        pytest.param("a\n…\nd\n", "a\nb\nc\nd\n", True, id="any lines"),
        pytest.param("a\n…\nd\n", "a\nb\nc\n", False, id="another end"),
        pytest.param("", "a\n", False, id="more than shown"),
    ],
)
def test_dots_stand_for_what_may_differ(wanted: str, said: str, fits: bool) -> None:
    assert is_said(wanted, said) == fits
