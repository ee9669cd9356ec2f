"""Why a command cannot do what was asked, in Dutch."""

from collections.abc import Mapping
from typing import Final

COMMANDS: Final[Mapping[str, str]] = {
    # app.py, authoring/
    "CONTENT: {folder} has no {file}.": "CONTENT: in {folder} ontbreekt {file}.",
    "CONTENT: {file} cannot be read.": "CONTENT: {file} kan niet gelezen worden.",
    "There is no file {file}.": "Er is geen bestand {file}.",
    "{file} cannot be written: {error}.": (
        "{file} kan niet geschreven worden: {error}."
    ),
    "Nothing can be added to {file}. Name another file.": (
        "Aan {file} kan niets worden toegevoegd. Noem een ander bestand."
    ),
    "--write works in a checkout only. Leave it out here.": (
        "--write werkt alleen in een kopie van het project. Laat het hier weg."
    ),
    # authoring/talking.py, operating.py
    "--from: there is no question or advice “{name}”.{hint}": (
        "--from: er is geen vraag of advies “{name}”.{hint}"
    ),
    "--from: no household gets to “{name}” on that day.": (
        "--from: op die dag komt geen gezin bij “{name}”."
    ),
    "--answers: there is no file {file}.": "--answers: er is geen bestand {file}.",
    "--answers: no household stands at {place}.": (
        "--answers: op {place} staat geen gezin."
    ),
    "--lang: there is no “{language}” here, only {known}.": (
        "--lang: “{language}” is er niet, alleen {known}."
    ),
    # commands/
    "--write-missing goes with one file at most, and not with --json.": (
        "--write-missing kan met hoogstens één bestand, en niet met --json."
    ),
    "{file} is old": "{file} is oud",
    "{file} is new": "{file} is nieuw",
    "Now run: drempel schemas --write": "Start nu: drempel schemas --write",
}
