"""The register of sources → sources by the name that authors cite."""

from collections.abc import Collection, Iterator, Sequence

from bot.content.author import Author, Path
from bot.content.read_days import read_valid
from bot.content.schema import SourceEntry, SourcesFile
from bot.law.sources import Source, torn
from bot.problems import told


def read_sources(
    author: Author, file: SourcesFile
) -> Iterator[tuple[str, tuple[Source, ...]]]:
    for name, written in file.sources.items():
        path: Path = ("sources", name)
        if isinstance(written, SourceEntry):
            yield name, (_source(author, path, name, written),)
            continue
        rows = tuple(
            _source(author, (*path, number), name, entry)
            for number, entry in enumerate(written)
        )
        for number in torn(rows):
            message = told(
                "Row {row} of “{name}” must begin on the day after row {before} ends:"
                " between two rows no day is left out and none is double.",
                row=number + 1,
                name=name,
                before=number,
            )
            author.problem((*path, number, "valid"), "rows", message)
        yield name, rows


def _source(author: Author, path: Path, name: str, entry: SourceEntry) -> Source:
    return Source(
        id=name,
        kind=entry.kind,
        name=entry.name,
        says=entry.says,
        seen=entry.seen,
        certainty=entry.certainty,
        valid=read_valid(author, (*path, "valid"), entry.valid),
        reviewed="" if entry.reviewed == "no" else entry.reviewed,
        open=entry.open,
    )


def cited(
    author: Author, path: Path, names: Sequence[str], known: Collection[str]
) -> tuple[str, ...]:
    """The sources that a card or a period names; each must be in the register."""
    for number, name in enumerate(names):
        if name not in known:
            author.unknown((*path, number), "source", name, known)
    return tuple(names)
