"""The first day, done as its page says, with a place to push to."""

import re
from pathlib import Path

import pytest

from tests.handbook.consoles import Terminal, is_said
from tests.handbook.pages import HANDBOOK

PAGE = HANDBOOK / "first-day.md"


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    """A checkout with an origin of its own, as a volunteer has it."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    terminal = Terminal.beside_copy(checkout)
    terminal.git("init", "-q", "--bare", str(tmp_path / "origin.git"))
    terminal.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    terminal.git("push", "-q", "-u", "origin", "main")
    return terminal


def test_each_step_of_the_first_day_gives_what_its_page_says(desk: Terminal) -> None:
    for command, said, ended in desk.follow(PAGE):
        assert is_said(command.says, said), f"$ {command.line}\n{said}"
        assert ended == command.ends, command.line
    proposed = desk.git("diff", "--stat", "main", "origin/huren-van-familie")
    assert "flows/family.yaml" in proposed
    assert "flows/scenarios/relative.yaml" in proposed


def test_each_way_of_the_first_day_takes_a_quarter_of_an_hour() -> None:
    words = PAGE.read_text(encoding="utf-8")
    for way in words.split("\n## ")[1:3]:
        minutes = re.findall(r"^### .*\((\d+) minuten\)$", way, re.MULTILINE)
        assert len(minutes) == 4
        assert sum(map(int, minutes)) <= 15
