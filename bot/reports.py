"""Problems and played scenarios, as text for people or JSON for programs."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import typer

from bot.problems import Language, Problem, told
from bot.scenarios import Played

Form = Literal["text", "json", "github"]


def print_problems(
    problems: Sequence[Problem], *, form: Form = "text", language: Language = "en"
) -> None:
    """As text for a person, as JSON, or as annotations beside a change on GitHub."""
    if form == "json":
        rows = [_problem(one, language) for one in problems]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for problem in problems:
        in_text = form == "text"
        typer.echo(
            problem.shown(language) if in_text else annotation(problem, language)
        )
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    counted = told(
        "{errors} errors, {warnings} warnings", errors=errors, warnings=warnings
    )
    typer.echo(counted.words(language))


def annotation(problem: Problem, language: Language) -> str:
    """The line by which a workflow of GitHub shows a problem at its place."""
    place = problem.place
    at = f"file={_property(place.file)},line={place.line},col={place.column}"
    words = _escaped(problem.words(language))
    return f"::{problem.severity} {at},title={_property(problem.code)}::{words}"


def _property(words: str) -> str:
    return _escaped(words).replace(":", "%3A").replace(",", "%2C")


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _problem(problem: Problem, language: Language) -> dict[str, Any]:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.words(language),
    }


def print_played(results: Iterable[Played], *, as_json: bool) -> None:
    played = list(results)
    if as_json:
        typer.echo(json.dumps([_played(one) for one in played], ensure_ascii=False))
        return
    for one in played:
        if not one.passed:
            place = one.scenario.place
            typer.echo(f"{place.file}:{place.line}: {one.scenario.name}")
            for difference in one.differences:
                typer.echo(f"    {difference}")
    failed = sum(not one.passed for one in played)
    typer.echo(f"{len(played) - failed} scenarios passed, {failed} failed")


def _played(one: Played) -> dict[str, Any]:
    found = one.outcome
    return {
        "name": one.scenario.name,
        "passed": one.passed,
        "differences": list(one.differences),
        "outcome": found
        and {
            "urgency": found.urgency,
            "advice": [held.card.id for held in found.held],
            "organisations": [each.id for each in found.organisations],
            "deadlines": {rule: str(day) for rule, day in found.dates.items()},
            "questions": list(one.questions),
        },
    }
