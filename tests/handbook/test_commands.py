"""Each command has a page that names its options and ends."""

import pytest

from tests.handbook.commands import every_command, options_of
from tests.handbook.pages import HANDBOOK, blocks, page

COMMANDS = every_command()
COMPARED = ("lawyer",)
"""What it prints is a page of the handbook; another test compares the two."""

ALONE = [name for name in COMMANDS if " " not in name]


@pytest.mark.parametrize("name", [one for one in ALONE if one not in COMPARED])
def test_each_command_has_a_page_with_an_example_that_is_run(name: str) -> None:
    path = HANDBOOK / "commands" / f"{name}.md"
    shown = "".join(text for *_, text in blocks(path, "console"))
    assert f"$ drempel {name}" in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_stands_on_the_page_of_its_command(name: str) -> None:
    words = page(f"commands/{name.split()[0]}.md")
    options = options_of(COMMANDS[name])
    assert [one for one in options if f"`{one}" not in words] == []


@pytest.mark.parametrize("name", [name for name in COMMANDS if " " in name])
def test_each_subcommand_has_a_part_of_the_page(name: str) -> None:
    assert f"\n## `drempel {name}" in page(f"commands/{name.split()[0]}.md")


@pytest.mark.parametrize("name", ALONE)
def test_each_command_says_how_it_ends(name: str) -> None:
    words = page(f"commands/{name}.md")
    assert "## Hoe het eindigt" in words or "## How it ends" in words


def test_operators_find_each_command_and_option_in_one_table() -> None:
    words = page("operating.md")
    named = {f"`drempel {name}`" for name in ALONE}
    named |= {f"`{one}" for each in COMMANDS.values() for one in options_of(each)}
    assert {name for name in named if name not in words} == set()
