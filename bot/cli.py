"""The commands of `drempel`, in the order in which its help shows them."""

from collections.abc import Callable, Mapping
from typing import Final

import typer

from bot.commands import authors, operators, talking, upkeep

app = typer.Typer(
    help="Drempel helps families in the Netherlands keep their home.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

COMMANDS: Final[Mapping[str, Callable[..., None]]] = {
    "run": talking.run,
    "talk": talking.talk,
    "check": authors.check,
    "explain": authors.explain,
    "test": authors.scenarios,
    "prove": authors.prove,
    "diff": authors.diff,
    "review": authors.review,
    "draw": authors.draw,
    "translations": upkeep.translations,
    "organisations": upkeep.organisations,
    "migrate": operators.migrate,
    "schemas": upkeep.schemas,
    "lawyer": upkeep.lawyer,
}

for name, command in COMMANDS.items():
    app.command(name)(command)

app.add_typer(upkeep.imports, name="import")
app.add_typer(operators.keys, name="keys")


def main() -> None:
    """The installed command."""
    app()
