"""What several commands can be given."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Given = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
Today = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Talk as if it were this day."),
]


class Tongue(StrEnum):
    """The languages in which authors are told what is wrong."""

    nl = "nl"
    en = "en"


Lang = Annotated[Tongue, typer.Option(help="Say it in Dutch or in English.")]
