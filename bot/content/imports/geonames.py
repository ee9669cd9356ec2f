"""GeoNames' postcodes and places → the tables in flows/places/.

Both files are GeoNames' own (CC BY 4.0). The errors in them that a person found are
repaired as flows/places/changes.yaml says; what looks like a new one is told.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.content.places.schema_places import ChangesFile
from bot.content.places.tables import (
    MUNICIPALITIES,
    Codes,
    name_rows,
    postcode_rows,
    span,
    written,
)
from bot.problems import Told, told

COUNTRY = "NL"
PART_OF_A_PLACE = "PPLX"
"""A quarter of a town: its people are counted with the town already."""

LEAST_PEOPLE = 1000
"""A smaller place without a postcode of its own too often shares its name with a
quarter of some city: “Oost”, “Berg”."""

TOWN_HALL = re.compile(r"\bgemeente\b|\bmunicipalt?i?ty?e?\b|\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the postal file: a postcode, a place in it, its municipality."""

    postcode: str
    place: str
    code: str
    municipality: str


@dataclass(frozen=True, slots=True)
class City:
    name: str
    code: str
    people: int


@dataclass(frozen=True, slots=True)
class Imported:
    """The text of each file, and what a person should look at."""

    files: Mapping[str, str]
    notes: tuple[Told, ...]


def import_geonames(
    postal: Iterable[str],
    cities: Iterable[str],
    changes: ChangesFile,
    names: Mapping[str, str],
) -> Imported:
    """`names` are those that municipalities already have: they are kept."""
    rows = tuple(_repaired(_postal_rows(postal), changes))
    places: defaultdict[str, set[str]] = defaultdict(set)
    postcodes: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        places[row.place].add(row.code)
        postcodes[row.postcode].add(row.code)
    listed = {row.code: clean_name(row.municipality) for row in rows}
    listed |= {code: name for code, name in names.items() if code in listed}
    listed |= {code: name for code, name in changes.names.items() if code in listed}
    known = tuple(_known(_cities(cities), listed, places))
    people = Counter[str]()
    for city in known:
        people[city.code] += city.people
        if city.people >= LEAST_PEOPLE:
            places[city.name].add(city.code)
    own = {(name, code) for code, name in listed.items()}
    files = {
        "municipalities.csv": written(
            MUNICIPALITIES,
            ((code, listed[code], people[code]) for code in sorted(listed)),
        ),
        "postcodes.csv": postcode_rows(_ordered(postcodes)),
        "names.csv": name_rows(
            {
                name: codes
                for name, codes in _ordered(places).items()
                if len(codes) > 1 or (name, codes[0]) not in own
            }
        ),
    }
    return Imported(files, tuple(_notes(rows, postcodes, changes)))


def clean_name(written: str) -> str:
    """“Gemeente Zutphen”, “Breda Municipality” → the name alone."""
    return " ".join(TOWN_HALL.sub(" ", written).split())


def _postal_rows(lines: Iterable[str]) -> Iterator[Row]:
    for line in lines:
        if not line.startswith(f"{COUNTRY}\t"):
            continue
        _, postcode, place, _, _, municipality, number, *_ = line.split("\t")
        yield Row(postcode, place, f"GM{number}" if number else "", municipality)


def _repaired(rows: Iterable[Row], changes: ChangesFile) -> Iterator[Row]:
    added: dict[str, str] = {}
    dropped: set[tuple[str, str]] = set()
    for repair in changes.repairs:
        for postcode in _postcodes(repair.postcodes):
            if repair.add:
                added[postcode] = repair.add
            if repair.drop:
                dropped.add((postcode, repair.drop))
    for row in rows:
        if (row.postcode, row.code) in dropped:
            continue
        code = row.code or added.get(row.postcode, "")
        if code:
            yield Row(row.postcode, row.place, code, row.municipality)


def _postcodes(spans: Iterable[str]) -> frozenset[str]:
    return frozenset(one for row in spans for one in span(row))


def _cities(lines: Iterable[str]) -> Iterator[City]:
    for line in lines:
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) > 14 and cells[8] == COUNTRY and cells[7] != PART_OF_A_PLACE:
            yield City(cells[1], f"GM{cells[11]}", int(cells[14]))


def _known(
    cities: Iterable[City], listed: Mapping[str, str], places: Mapping[str, set[str]]
) -> Iterator[City]:
    """Cities in a municipality that no longer exists stand where their post goes."""
    for city in cities:
        codes = places.get(city.name, set())
        if city.code in listed:
            yield city
        elif len(codes) == 1:
            yield City(city.name, next(iter(codes)), city.people)


def _ordered(found: Mapping[str, set[str]]) -> dict[str, Codes]:
    return {one: tuple(sorted(codes)) for one, codes in found.items()}


def _notes(
    rows: Iterable[Row], postcodes: Mapping[str, set[str]], changes: ChangesFile
) -> Iterator[Told]:
    """A municipality that no other postcode near has is often a typing error."""
    near: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        near[row.postcode[:2], row.code].add(row.postcode)
    decided = _postcodes(changes.borders)
    for postcode, codes in sorted(postcodes.items()):
        for code in sorted(codes) if len(codes) > 1 else ():
            if len(near[postcode[:2], code]) == 1 and postcode not in decided:
                yield told(
                    "{postcode} also leads to {code}: an error, or a border?",
                    postcode=postcode,
                    code=code,
                )
