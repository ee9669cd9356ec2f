"""The files in flows/places/ → every municipality, postcode and name of a place."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.content.author import Author, Path
from bot.content.names import unused
from bot.content.places.changes import Listed, Moves, hint, read_moves
from bot.content.places.schema_places import ChangesFile, SpellingsFile
from bot.content.places.slips import (
    Span,
    doubles,
    is_in_order,
    meant,
    mended_row,
)
from bot.content.places.tables import MUNICIPALITIES, NAMES, POSTCODES, Table, span
from bot.conversation.reading import fold
from bot.law.calendar import DAY, Valid
from bot.places import Municipality, Places
from bot.problems import NOTHING, Place, Told, did_you_mean, told

CODE = re.compile(r"GM\d{4}")
USED = re.compile(r"\bGM\d{4}\b")
MOST_POSTCODES = 20_000
"""Twice as many as there can be, before the rest of a table is not looked at."""

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
    uses = _uses(files.postcodes, files.names)
    people = _municipalities(files.municipalities, uses)
    if not files.municipalities.is_sound:
        return Places()
    moves = read_moves(*files.changes, people)
    known = Codebook(people, people.keys() - uses.keys())
    municipalities = {
        code: _municipality(code, *row, moves) for code, row in people.items()
    }
    own = {one.name: (one.code,) for one in municipalities.values()}
    names = own | {
        name: tuple(dict.fromkeys((*own[name], *codes))) if name in own else codes
        for name, codes in _names(files.names, known).items()
    }
    if files.names.is_sound:
        names |= _spellings(*files.spellings, names)
    return Places(municipalities, _postcodes(files.postcodes, known), names)


Uses = Mapping[str, Sequence[Place]]


@dataclass(frozen=True, slots=True)
class Codebook:
    """Every municipality, and those that no table uses: a slip may mean one of them."""

    listed: Listed
    unused: Collection[str]


def _uses(*tables: Table) -> Uses:
    """Code → where tables use it."""
    found: dict[str, list[Place]] = {}
    for table in tables:
        for line, text in enumerate(table.text.splitlines(), 1):
            for code in set(USED.findall(text)):
                found.setdefault(code, []).append(Place(table.file, line))
    return found


def _municipalities(table: Table, uses: Uses) -> Listed:
    found: dict[str, tuple[str, int]] = {}
    rows = list(table.rows(MUNICIPALITIES))
    codes = [code for _, (code, *_) in rows]
    slips = _slips(codes, uses)
    for at, (line, (code, name, people)) in enumerate(rows):
        right = slips.get(at, "")
        if not CODE.fullmatch(code):
            message = told(
                "“{code}” should be GM and four digits.{hint}",
                code=code,
                hint=hint(right),
            )
            table.problem(line, "code", message)
        elif right and codes.count(code) == 1:
            message = unused(code, right, uses[right][0])
            table.problem(line, "other-name", message)
        elif right or code in found:
            table.problem(line, "double-row", _twice(code, hint(right)))
        elif not name.strip() or not (people.isascii() and people.isdecimal()):
            message = told("Write a name, and how many people: a whole number, or 0.")
            table.problem(line, "name-and-people", message)
        else:
            found[code] = (name, int(people))
    return found


def _slips(codes: Sequence[str], uses: Uses) -> Mapping[int, str]:
    """By its row: the code that tables use and no row has, one letter from its own."""
    gone = uses.keys() - set(codes)
    times = Counter(codes)
    found: dict[int, str] = {}
    for at, code in enumerate(codes) if gone else ():
        if code in uses and times[code] == 1:
            continue
        right = meant(code, gone)
        if not right:
            continue
        fits = is_in_order(codes, at, right)
        # Of a code with one use either that use or the row can be the slip.
        is_odd = len(uses[right]) > 1 or not is_in_order(codes, at, code)
        if fits if times[code] > 1 else is_odd:
            found[at] = right
    return found


def _postcodes(table: Table, known: Codebook) -> Mapping[str, Codes]:
    found: dict[str, Codes] = {}
    rows = list(table.rows(POSTCODES))
    spans, read = list[Span](), 0
    for at, (line, (row, listed)) in enumerate(rows):
        postcodes = span(row)
        if not postcodes:
            message = told(
                "“{row}” should be four digits, or two postcodes as 1011-1019.{hint}",
                row=row,
                hint=mended_row(f"{row},{listed}", POSTCODES),
            )
            table.problem(line, "postcode", message)
            continue
        beside = " ".join(listed for _, (_, listed) in rows[max(0, at - 2) : at + 3])
        codes = _codes(table, line, listed, known, beside.split())
        spans.append(Span(line, postcodes[0], postcodes[-1]))
        found |= dict.fromkeys(postcodes, codes)
        read += len(postcodes)
        if read > MOST_POSTCODES:
            break  # many rows stand twice
    for wrong, other in doubles(spans):
        message = told(
            "“{word}” stands here twice: in line {line}, too.",
            word=max(wrong.first, other.first),
            line=other.line,
        )
        table.problem(wrong.line, "double-row", message)
    return found


def _names(table: Table, known: Codebook) -> Mapping[str, Codes]:
    found: dict[str, Codes] = {}
    for line, (name, listed) in table.rows(NAMES):
        if name in found or not name.strip():
            what = _twice(name) if name.strip() else told("The name lacks.")
            table.problem(line, "double-row", what)
        found[name] = _codes(table, line, listed, known)
    return found


def _twice(word: str, hint: Told = NOTHING) -> Told:
    return told("“{word}” stands here twice.{hint}", word=word, hint=hint)


def _codes(
    table: Table, line: int, listed: str, known: Codebook, beside: Sequence[str] = ()
) -> Codes:
    if listed in known.listed:
        return (listed,)
    codes = tuple(listed.split())
    for code in codes:
        if code not in known.listed:
            several = () if CODE.fullmatch(code) else known.listed
            near = meant(code, known.unused, known.listed.keys() & beside, several)
            message = told(
                "There is no municipality “{code}” in municipalities.csv.{hint}",
                code=code,
                hint=hint(near),
            )
            table.problem(line, "no-such-municipality", message)
    if not codes:
        message = told("The municipality lacks.")
        table.problem(line, "no-such-municipality", message)
    return codes


def _municipality(code: str, name: str, people: int, moves: Moves) -> Municipality:
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
            message = told(
                "“{place}” is no place in names.csv.{hint}",
                place=place,
                hint=did_you_mean(place, names),
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
