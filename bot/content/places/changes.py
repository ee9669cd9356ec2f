"""flows/places/changes.yaml: which municipality becomes part of another, and when."""

from collections.abc import Mapping
from datetime import date

from bot.content.author import Author, Path
from bot.content.places.schema_places import ChangeEntry, ChangesFile
from bot.content.places.slips import meant
from bot.content.read_days import day_of
from bot.problems import NOTHING, Severity, Told, told

Listed = Mapping[str, tuple[str, int]]
"""Code → name and people, as municipalities.csv has them."""

Moves = Mapping[str, tuple[date, ChangeEntry]]
"""Code → from which day it is part of another municipality."""


def read_moves(author: Author, file: ChangesFile, known: Listed) -> Moves:
    found: dict[str, tuple[date, ChangeEntry]] = {}
    for code, entry in file.changes.items():
        path: Path = ("changes", code)
        if not _is_other_name(author, path, entry.name, known):
            _check_code(author, path, code, known)
        _check_code(author, (*path, "into"), entry.into, known)
        day = day_in(author, (*path, "from"), entry.from_)
        if day and _leads_back(code, file.changes):
            message = told(
                "By these changes “{code}” would become part of itself.", code=code
            )
            author.problem((*path, "into"), "circle", message)
        elif day:
            found[code] = (day, entry)
    _check_for_import(author, file, known)
    return found


def _check_for_import(author: Author, file: ChangesFile, known: Listed) -> None:
    """What only the next import reads may name what municipalities.csv has not yet."""
    for number, repair in enumerate(file.repairs):
        path: Path = ("repairs", number)
        day_in(author, (*path, "decided"), repair.decided)
        if (repair.add is None) == (repair.drop is None):
            message = told("A repair says either add or drop.")
            author.problem(path, "add-or-drop", message)
        if repair.add:
            _check_code(author, (*path, "add"), repair.add, known, "warning")
    for code, name in file.names.items():
        path = ("names", code)
        if not _is_other_name(author, path, name, known, "warning"):
            _check_code(author, path, code, known, "warning")


def _check_code(
    author: Author,
    path: Path,
    code: str,
    known: Listed,
    severity: Severity = "error",
) -> None:
    if code not in known:
        near = meant(code, known)
        author.unknown(path, "municipality", code, [near] if near else [], severity)


def _is_other_name(
    author: Author,
    path: Path,
    name: str,
    known: Listed,
    severity: Severity = "error",
) -> bool:
    """Whether this is the name of another municipality: then the code has a slip."""
    code = str(path[-1])
    codes = [one for one, (its_name, _) in known.items() if its_name == name]
    if not codes or code in codes:
        return False
    message = told(
        "“{name}” is {right} in municipalities.csv, not {code}.{hint}",
        name=name,
        right=codes[0],
        code=code,
        hint=hint(codes[0]),
    )
    author.problem(path, "other-municipality", message, severity)
    return True


def hint(near: str) -> Told:
    return told(" Did you mean “{near}”?", near=near) if near else NOTHING


def _leads_back(code: str, changes: Mapping[str, ChangeEntry]) -> bool:
    seen = {code}
    while (entry := changes.get(code)) is not None:
        code = entry.into
        if code in seen:
            return True
        seen.add(code)
    return False


def day_in(author: Author, path: Path, written: str) -> date | None:
    try:
        return day_of(written)
    except ValueError:
        author.problem(path, "date", told("Write the day as 2026-12-03."))
        return None
