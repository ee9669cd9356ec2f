"""flows/promises.yaml → promises."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.content.author import Author
from bot.content.author import Path as Keys
from bot.content.fit import fit
from bot.content.schema import PromisedEntry, PromiseEntry, PromisesFile
from bot.content.typed.strict_yaml import read
from bot.library import Library
from bot.problems import Problem, told
from bot.promises import Promise, Promised

FILE = "flows/promises.yaml"


def read_promises(
    folder: Path, library: Library
) -> tuple[tuple[Promise, ...], tuple[Problem, ...]]:
    """Those that can be kept or broken; none when there is no such file."""
    path = folder / FILE
    if not path.is_file():
        return (), ()
    problems: list[Problem] = []
    document = read(path.read_bytes(), FILE)
    fitted = fit(document, PromisesFile)
    shaped = fitted.found
    problems += fitted.problems
    if shaped is None:
        return (), tuple(problems)
    author = Author(fitted.document, problems, [])
    return tuple(_promises(author, shaped, library)), tuple(problems)


def _promises(
    author: Author, file: PromisesFile, library: Library
) -> Iterator[Promise]:
    seen = set[str]()
    for number, entry in enumerate(file.promises):
        path: Keys = ("promises", number)
        if entry.name in seen:
            message = told(
                "“{name}” stands here twice. Give one another name.", name=entry.name
            )
            author.problem((*path, "name"), "double-id", message)
        seen.add(entry.name)
        found = _promise(author, path, entry, library)
        if found is not None:
            yield found


def _promise(
    author: Author, path: Keys, entry: PromiseEntry, library: Library
) -> Promise | None:
    condition = author.condition(
        (*path, "if"), entry.if_, library.declared, library.calendar
    )
    expect = entry.expect
    known: tuple[tuple[str, str, list[str], Iterable[str]], ...] = (
        ("advice", "card", expect.advice, [one.id for one in library.cards]),
        (
            "organisations",
            "organisation",
            expect.organisations,
            library.organisations,
        ),
        ("deadlines", "deadline", expect.deadlines, library.deadlines),
    )
    for key, what, names, those in known:
        for number, name in enumerate(names):
            if name not in those:
                author.unknown((*path, "expect", key, number), what, name, those)
    promised = promised_in(expect)
    if promised == Promised():
        message = told("Nothing is promised here. Write what these families are told.")
        author.problem((*path, "expect"), "no-promise", message)
    if condition is None:
        return None
    return Promise(entry.name, condition, promised, author.place(path))


def promised_in(entry: PromisedEntry) -> Promised:
    return Promised(
        urgency=entry.urgency,
        advice=tuple(entry.advice),
        organisations=tuple(entry.organisations),
        deadlines=tuple(entry.deadlines),
        number_at_once=entry.number_at_once,
    )
