"""Scenario files → scenarios."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.content.author import Author
from bot.content.author import Path as Keys
from bot.content.fit import fit
from bot.content.read_days import day_of
from bot.content.schema import ExpectEntry, ScenarioEntry, ScenariosFile
from bot.content.typed.strict_yaml import read
from bot.library import Library
from bot.problems import Problem, told
from bot.scenarios import Expected, Scenario


def read_scenarios(
    folder: Path, files: Sequence[Path], library: Library | None = None
) -> tuple[tuple[Scenario, ...], tuple[Problem, ...]]:
    """Those of the files, or all of flows/scenarios/ when there are none.

    With a library, every name in them must be one of its names.
    """
    problems: list[Problem] = []
    found: list[Scenario] = []
    for path in files or sorted((folder / "flows/scenarios").glob("*.yaml")):
        name = path.name if files else path.relative_to(folder).as_posix()
        document = read(path.read_bytes(), name)
        fitted = fit(document, ScenariosFile)
        problems += fitted.problems
        if fitted.found is not None:
            author = Author(fitted.document, problems, [])
            found += scenarios_of(author, fitted.found)
            if library is not None:
                _check_names(author, fitted.found, library)
    return tuple(found), tuple(problems)


def scenarios_of(author: Author, file: ScenariosFile) -> Iterator[Scenario]:
    for number, entry in enumerate(file.scenarios):
        days: dict[Keys, str] = {("today",): entry.today}
        for rule, day in (entry.expect.deadlines or {}).items():
            days["expect", "deadlines", rule] = day
        wrong = [path for path, day in days.items() if not _is_day(day)]
        for path in wrong:
            message = told("Write the day as 2026-12-03.")
            author.problem(("scenarios", number, *path), "date", message)
        if not wrong:
            yield _scenario(author, number, entry)


def _is_day(written: str) -> bool:
    try:
        day_of(written)
    except ValueError:
        return False
    return True


def _check_names(author: Author, file: ScenariosFile, library: Library) -> None:
    for number, entry in enumerate(file.scenarios):
        path: Keys = ("scenarios", number)
        expect = entry.expect
        cards = [one.id for one in library.cards]
        rows: tuple[tuple[Keys, str, Iterable[str], Iterable[str]], ...] = (
            (("expect", "advice"), "card", expect.advice or (), cards),
            (
                ("expect", "organisations"),
                "organisation",
                expect.organisations or (),
                library.organisations,
            ),
            (
                ("expect", "questions"),
                "question",
                expect.questions or (),
                library.questions,
            ),
        )
        for keys, what, names, known in rows:
            for place, name in enumerate(names):
                if name not in known:
                    author.unknown((*path, *keys, place), what, name, known)
        for question in entry.answers:
            if question not in library.questions:
                at = (*path, "answers", question)
                author.unknown(at, "question", question, library.questions)
        for rule in expect.deadlines or ():
            if rule not in library.deadlines:
                at = (*path, "expect", "deadlines", rule)
                author.unknown(at, "deadline", rule, library.deadlines)
        crises = [one.id for one in library.crises]
        if expect.crisis not in (None, "none", *crises):
            at = (*path, "expect", "crisis")
            author.unknown(at, "crisis", str(expect.crisis), crises)


def _scenario(author: Author, number: int, entry: ScenarioEntry) -> Scenario:
    return Scenario(
        entry.name,
        day_of(entry.today),
        entry.answers,
        _expected(entry.expect),
        entry.says,
        author.place(("scenarios", number)),
    )


def _expected(entry: ExpectEntry) -> Expected:
    def tuple_of(names: list[str] | None) -> tuple[str, ...] | None:
        return None if names is None else tuple(names)

    days = entry.deadlines
    return Expected(
        urgency=entry.urgency,
        advice=tuple_of(entry.advice),
        organisations=tuple_of(entry.organisations),
        deadlines=None
        if days is None
        else {rule: day_of(day) for rule, day in days.items()},
        questions=tuple_of(entry.questions),
        crisis=entry.crisis,
    )
