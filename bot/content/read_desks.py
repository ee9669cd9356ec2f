"""A file of one municipality → its desks."""

from collections.abc import Iterable, Mapping

from bot.content.author import Author, Path
from bot.content.places.schema_places import DeskEntry, MunicipalityFile
from bot.content.places.slips import meant
from bot.content.read_organisations import checked_of, hours_of
from bot.desks import Desk, Desks
from bot.places import Municipality, Places
from bot.problems import told

Files = Iterable[tuple[Author, MunicipalityFile]]


def read_desks(files: Files, places: Places, organisations: Iterable[str]) -> Desks:
    """Two files for one municipality: the first counts, the other is told."""
    known = tuple(organisations)
    found: dict[str, Mapping[str, Desk]] = {}
    owners: dict[str, str] = {}
    for author, file in files:
        _check_municipality(author, file, places.municipalities)
        first = owners.setdefault(file.code, author.document.file)
        if first != author.document.file:
            message = told(
                "“{code}” has a file already: {file}. Put all in that one.",
                code=file.code,
                file=first,
            )
            author.problem(("code",), "double-id", message)
            continue
        found[file.code] = {
            name: _desk(author, file.code, name, entry)
            for name, entry in file.desks.items()
        }
        for name in file.desks:
            if name not in known:
                author.unknown(("desks", name), "organisation", name, known)
    return found


def _check_municipality(
    author: Author, file: MunicipalityFile, known: Mapping[str, Municipality]
) -> None:
    if not known:
        return
    if file.code not in known:
        named = [one.code for one in known.values() if one.name == file.municipality]
        near = named or [meant(file.code, known)]
        author.unknown(("code",), "municipality", file.code, filter(None, near))
    elif known[file.code].name != file.municipality:
        message = told(
            "{code} is “{name}”, not “{written}”. One of the two is wrong.",
            code=file.code,
            name=known[file.code].name,
            written=file.municipality,
        )
        author.problem(("municipality",), "other-municipality", message)


def _desk(author: Author, code: str, name: str, entry: DeskEntry) -> Desk:
    path: Path = ("desks", name)
    base = f"desks.{code}.{name}"
    if not (entry.phone or entry.reach or entry.web):
        message = told(
            "A desk needs a phone, a web page, or reach: how a family finds it."
        )
        author.problem(path, "no-way-to-reach", message)
    return Desk(
        source=entry.source,
        certainty=entry.certainty,
        checked=checked_of(author, path, entry.checked)[0],
        phone=entry.phone or "",
        reach=author.maybe_text((*path, "reach"), f"{base}.reach", entry.reach),
        hours=hours_of(author, path, entry.hours, entry.hours_text),
        hours_text=author.maybe_text(
            (*path, "hours_text"), f"{base}.hours_text", entry.hours_text
        ),
        web=entry.web or "",
        name=author.maybe_text((*path, "name"), f"{base}.name", entry.name),
        written_at=author.place((*path, "phone") if entry.phone else path),
    )
