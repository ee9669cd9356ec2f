"""CBS’s file of addresses, “postcode-huisnummer” → the postcodes in flows/places/.

Per address it has the full postcode and the municipality: the best source there is.
Only four digits of each postcode are kept.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.content.imports.geonames import Imported
from bot.content.places.tables import postcode_rows
from bot.problems import Told, told

MUNICIPALITY = ("gemeente", "gem")
"""How the column begins that has the year behind it: Gemeente2025, or Gem2017."""


class UnknownColumnsError(Exception):
    """The file has no column for the postcode, or none for the municipality."""


def import_cbs(lines: Iterable[str], names: Mapping[str, str]) -> Imported:
    """`names` are the municipalities that we know; others are told, and left out."""
    rows = iter(lines)
    header = next(rows, "").rstrip("\r\n")
    separator = ";" if ";" in header else ","
    postcode, municipality = _columns(next(csv.reader([header], delimiter=separator)))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in csv.reader(rows, delimiter=separator):
        if len(row) > max(postcode, municipality):
            found[row[postcode][:4]].add(_code(row[municipality]))
    strange = sorted({code for codes in found.values() for code in codes} - set(names))
    known = {
        one: tuple(sorted(codes - set(strange)))
        for one, codes in found.items()
        if one.isascii() and one.isdecimal() and codes - set(strange)
    }
    notes = map(no_municipality, strange)
    return Imported({"postcodes.csv": postcode_rows(known)}, tuple(notes))


def no_municipality(code: str) -> Told:
    return told("{code} is no municipality in municipalities.csv", code=code)


def _columns(header: list[str]) -> tuple[int, int]:
    names = [name.strip().casefold() for name in header]
    postcodes = [at for at, name in enumerate(names) if name == "pc6"]
    municipalities = [at for at, name in enumerate(names) if _is_municipality(name)]
    if not postcodes or not municipalities:
        raise UnknownColumnsError(", ".join(header))
    return postcodes[0], municipalities[0]


def _is_municipality(column: str) -> bool:
    return column.rstrip("0123456789_").removesuffix("code") in MUNICIPALITY


def _code(written: str) -> str:
    """363, 0363 and GM0363 are the same; a decimal point comes from a spreadsheet."""
    digits = written.strip().upper().removeprefix("GM").partition(".")[0]
    return f"GM{digits.zfill(4)}"
