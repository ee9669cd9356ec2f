"""Scenario files → scenarios."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.author import Author
from bot.content.read_days import day_of
from bot.content.schema import ExpectEntry, ScenarioEntry, ScenariosFile
from bot.content.shape import shape
from bot.content.strict_yaml import read
from bot.problems import Problem, told
from bot.scenarios import Expected, Scenario


def read_scenarios(
    folder: Path, files: Sequence[Path]
) -> tuple[tuple[Scenario, ...], tuple[Problem, ...]]:
    """Those of the files, or all of flows/scenarios/ when there are none."""
    problems: list[Problem] = []
    found: list[Scenario] = []
    for path in files or sorted((folder / "flows/scenarios").glob("*.yaml")):
        name = path.name if files else path.relative_to(folder).as_posix()
        document = read(path.read_bytes(), name)
        shaped, wrong = shape(document, ScenariosFile)
        problems += wrong
        if shaped is not None:
            found += scenarios_of(Author(document, problems, []), shaped)
    return tuple(found), tuple(problems)


def scenarios_of(author: Author, file: ScenariosFile) -> Iterator[Scenario]:
    for number, entry in enumerate(file.scenarios):
        try:
            yield _scenario(author, number, entry)
        except ValueError:
            message = told("Write each day as 2026-12-03.")
            author.problem(("scenarios", number), "date", message)


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
