"""The files in flows/places/ → every municipality, postcode and name of a place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.content.author import Author, Path
from bot.content.place_tables import MUNICIPALITIES, NAMES, POSTCODES, Table, span
from bot.content.read_days import day_of
from bot.content.schema_places import ChangeEntry, ChangesFile, SpellingsFile
from bot.conversation.reading import fold
from bot.law.calendar import DAY, Valid
from bot.places import Municipality, Places
from bot.problems import Told, did_you_mean, told

CODE = re.compile(r"GM\d{4}")
FROM_THE_START = date(2023, 1, 1)
"""The last change of the list of municipalities before these files were made."""

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceFiles:
    """What stands in flows/places/, in its shape."""

    municipalities: Table
    postcodes: Table
    names: Table
    changes: tuple[Author, ChangesFile]
    spellings: tuple[Author, SpellingsFile]


def read_places(files: PlaceFiles) -> Places:
    """A table with a mistake is not compared with others: it is told once."""
    people = _municipalities(files.municipalities)
    if not files.municipalities.is_sound:
        return Places()
    moves = _moves(*files.changes, people)
    municipalities = {
        code: _municipality(code, *row, moves) for code, row in people.items()
    }
    own = {one.name: (one.code,) for one in municipalities.values()}
    names = own | {
        name: tuple(dict.fromkeys((*own[name], *codes))) if name in own else codes
        for name, codes in _names(files.names, people).items()
    }
    if files.names.is_sound:
        names |= _spellings(*files.spellings, names)
    return Places(municipalities, _postcodes(files.postcodes, people), names)


Listed = Mapping[str, tuple[str, int]]
"""Code → name and people."""


def _municipalities(table: Table) -> Listed:
    found: dict[str, tuple[str, int]] = {}
    for line, (code, name, people) in table.rows(MUNICIPALITIES):
        if not CODE.fullmatch(code):
            message = told("“{code}” should be GM and four digits.", code=code)
            table.problem(line, "code", message)
        elif code in found:
            table.problem(line, "double-row", _twice(code))
        elif not name.strip() or not (people.isascii() and people.isdecimal()):
            message = told("Write a name, and how many people: a whole number, or 0.")
            table.problem(line, "name-and-people", message)
        else:
            found[code] = (name, int(people))
    return found


def _postcodes(table: Table, known: Listed) -> Mapping[str, Codes]:
    found: dict[str, Codes] = {}
    for line, (row, listed) in table.rows(POSTCODES):
        codes = _codes(table, line, listed, known)
        postcodes = span(row)
        if not postcodes:
            message = told(
                "“{row}” should be four digits, or two postcodes as 1011-1019.", row=row
            )
            table.problem(line, "postcode", message)
        for one in postcodes:
            if one in found:
                table.problem(line, "double-row", _twice(one))
            found[one] = codes
    return found


def _names(table: Table, known: Listed) -> Mapping[str, Codes]:
    found: dict[str, Codes] = {}
    for line, (name, listed) in table.rows(NAMES):
        if name in found or not name.strip():
            what = _twice(name) if name.strip() else told("The name lacks.")
            table.problem(line, "double-row", what)
        found[name] = _codes(table, line, listed, known)
    return found


def _twice(word: str) -> Told:
    return told("“{word}” stands here twice.", word=word)


def _codes(table: Table, line: int, listed: str, known: Listed) -> Codes:
    if listed in known:
        return (listed,)
    codes = tuple(listed.split())
    for code in codes:
        if code not in known:
            message = told(
                "There is no municipality “{code}” in municipalities.csv.", code=code
            )
            table.problem(line, "no-such-municipality", message)
    if not codes:
        message = told("The municipality lacks.")
        table.problem(line, "no-such-municipality", message)
    return codes


# Changes and spellings ---------------------------------------------------------------


def _moves(
    author: Author, file: ChangesFile, known: Listed
) -> Mapping[str, tuple[date, ChangeEntry]]:
    """Code → from which day it is part of another municipality."""
    found: dict[str, tuple[date, ChangeEntry]] = {}
    for code, entry in file.changes.items():
        path: Path = ("changes", code)
        for named, at in ((code, path), (entry.into, (*path, "into"))):
            if named not in known:
                author.unknown(at, "municipality", named, known)
        day = day_in(author, (*path, "from"), entry.from_)
        if day and _leads_back(code, file.changes):
            message = told(
                "By these changes “{code}” would become part of itself.", code=code
            )
            author.problem((*path, "into"), "circle", message)
        elif day:
            found[code] = (day, entry)
    for number, repair in enumerate(file.repairs):
        day_in(author, ("repairs", number, "decided"), repair.decided)
        if (repair.add is None) == (repair.drop is None):
            message = told("A repair says either add or drop.")
            author.problem(("repairs", number), "add-or-drop", message)
    return found


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


def _municipality(
    code: str, name: str, people: int, moves: Mapping[str, tuple[date, ChangeEntry]]
) -> Municipality:
    begun = [day for day, entry in moves.values() if entry.new and entry.into == code]
    first = min(begun, default=FROM_THE_START)
    if code not in moves:
        return Municipality(code, name, people, Valid(first))
    day, entry = moves[code]
    return Municipality(code, name, people, Valid(first, day - DAY), entry.into)


def _spellings(
    author: Author, file: SpellingsFile, names: Mapping[str, Codes]
) -> Mapping[str, Codes]:
    """Each spelling with the municipalities of the place that it stands for."""
    found: dict[str, Codes] = {}
    owners: dict[str, str] = {}
    for place, spellings in file.spellings.items():
        path: Path = ("spellings", place)
        if place not in names:
            hint = did_you_mean(place, names)
            message = told(
                "“{place}” is no place in names.csv.{hint}", place=place, hint=hint
            )
            author.problem(path, "no-such-place", message)
            continue
        for spelling in (one.strip() for one in spellings.split(",")):
            folded = fold(spelling)
            if not folded or any(map(str.isnumeric, folded)):
                message = told(
                    "“{word}” is no spelling: write words, with commas.", word=spelling
                )
                author.problem(path, "spelling", message)
                continue
            owner = owners.setdefault(folded, place)
            if owner != place:
                message = told(
                    "“{word}” already stands for {place}. Keep one of them.",
                    word=spelling,
                    place=owner,
                )
                author.problem(path, "two-meanings", message)
                continue
            found[spelling] = (*names.get(spelling, ()), *names[place])
    return found
