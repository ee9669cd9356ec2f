"""The imports as a maintainer starts them: which files they read and write."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from bot.content.editor.json_schemas import modeline, with_modeline
from bot.content.imports.archive import NoSuchFileError, opened, opened_bytes
from bot.content.imports.cbs import UnknownColumnsError, import_cbs, no_municipality
from bot.content.imports.geonames import Imported, import_geonames
from bot.content.imports.register import file_name, read_register, updated
from bot.content.places.schema_places import ChangesFile, MunicipalityFile
from bot.content.places.tables import MUNICIPALITIES, Table
from bot.content.shape import shape
from bot.content.typed.strict_yaml import read
from bot.problems import Problem, Told, told

PLACES = Path("flows/places")
DESKS = Path("flows/organisations/municipalities")
MODELINE = modeline(
    PurePosixPath("organisations/municipalities/new.yaml"), "municipality"
)


class BadChangesError(Exception):
    """changes.yaml has mistakes: repairs would be lost."""


UNFIT = (
    BadChangesError,
    ElementTree.ParseError,
    NoSuchFileError,
    OSError,
    UnicodeDecodeError,
    UnknownColumnsError,
    ValueError,
)
"""What an import raises when it is given another file than it can read."""


def geonames(content: Path, postal: Path, cities: Path) -> tuple[Told, ...]:
    changes = _changes(content)
    with (
        opened(postal, ".tsv", ".txt") as post,
        opened(cities, "cities500.txt") as towns,
    ):
        found = import_geonames(post, towns, changes, names(content))
    return _written(content, found)


def cbs(content: Path, addresses: Path) -> tuple[Told, ...]:
    with opened(addresses, ".csv", encoding="cp1252") as lines:
        return _written(content, import_cbs(lines, names(content)))


def register(content: Path, export: Path, today: date) -> tuple[Told, ...]:
    known = names(content)
    (content / DESKS).mkdir(parents=True, exist_ok=True)
    files = _files_by_code(content)
    with opened_bytes(export, ".xml") as body:
        listed = list(read_register(body, today))
    notes: list[Told] = []
    for one in listed:
        name = known.get(one.code)
        if name is None:
            notes.append(no_municipality(one.code))
            continue
        fresh = content / DESKS / f"{file_name(name)}.yaml"
        path, file = files.get(one.code, (fresh, None))
        if file is None and path.exists():
            unread = told("{file} stays as it is: it cannot be read", file=path.name)
            notes.append(unread)
        elif text := updated(one, name, file, today):
            path.write_bytes(with_modeline(text.encode(), MODELINE))
        elif file is not None:
            kept = told("{file} stays as it is: a person wrote in it", file=path.name)
            notes.append(kept)
    missing = sorted(known.keys() - {one.code for one in listed})
    notes += [
        told("the register has no {name} ({code})", name=known[code], code=code)
        for code in missing
    ]
    return tuple(notes)


def names(content: Path) -> dict[str, str]:
    """Code → name, as municipalities.csv has them now."""
    path = content / PLACES / "municipalities.csv"
    body = path.read_bytes() if path.is_file() else b""
    problems: list[Problem] = []
    rows = Table.of(body, path.name, problems).rows(MUNICIPALITIES)
    return {code: name for _, (code, name, _people) in rows}


def _changes(content: Path) -> ChangesFile:
    path = content / PLACES / "changes.yaml"
    document = read(path.read_bytes(), path.name)
    found, problems = shape(document, ChangesFile)
    if found is None:
        raise BadChangesError("\n".join(map(str, problems)))
    return found


def _files_by_code(content: Path) -> dict[str, tuple[Path, MunicipalityFile]]:
    return {file.code: (path, file) for path, file in _files(content)}


def _files(content: Path) -> Iterator[tuple[Path, MunicipalityFile]]:
    for path in sorted((content / DESKS).glob("*.yaml")):
        file, _ = shape(read(path.read_bytes(), path.name), MunicipalityFile)
        if file is not None:
            yield path, file


def _written(content: Path, found: Imported) -> tuple[Told, ...]:
    folder = content / PLACES
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in found.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return found.notes
