"""Problems and played scenarios, as text for people or JSON for programs."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from bot.live import Lost
from bot.problems import Problem
from bot.scenarios import Played


def print_problems(problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([_problem(one) for one in problems], ensure_ascii=False))
        return
    for problem in problems:
        typer.echo(str(problem))
    errors = sum(problem.severity == "error" for problem in problems)
    typer.echo(f"{errors} errors, {len(problems) - errors} warnings")


def _problem(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
    }


def print_lost(lost: Sequence[Lost]) -> None:
    """Families are only counted, never shown."""
    for one in lost:
        at = f", {one.standing} of them stand there now" if one.standing else ""
        typer.echo(f"{one.what} is gone: {one.families} families had it{at}.")
        line = one.renamed or "nothing looks like it; they hear that questions changed"
        typer.echo(f"    {'renamed: ' if one.renamed else ''}{line}")
    touched = sum(one.standing for one in lost)
    typer.echo(f"{len(lost)} things are gone, {touched} families stand on one of them.")


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
