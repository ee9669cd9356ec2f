"""The commands of `drempel`, as typer knows them."""

from collections.abc import Mapping
from typing import Any

import typer

from bot import cli

Command = Any
"""Typer brings its own Click, which says nothing of types."""


def every_command() -> Mapping[str, Command]:
    """`check`, and `import cbs` beside `import`."""
    top: Mapping[str, Command] = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    inner = {
        f"{name} {sub}": one
        for name, command in top.items()
        for sub, one in getattr(command, "commands", {}).items()
    }
    return {**top, **inner}


def options_of(command: Command) -> list[str]:
    return [
        option
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    ]
