"""Problems and played scenarios, as text for people or JSON for programs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, Literal

import typer

from bot.live import Lost, lines_to_add
from bot.problems import Language, Problem, Told, told
from bot.proving import Proof
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


def print_lost(
    lost: Sequence[Lost], *, form: Form = "text", language: Language = "en"
) -> None:
    """Families are only counted, never shown."""
    if form == "json":
        rows = [{**asdict(one), "message": one.told.words(language)} for one in lost]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    if form == "github":
        for one in lost:
            typer.echo(annotation(one.problem, language))
        return
    for line in _lost(lost):
        typer.echo(line if isinstance(line, str) else line.words(language))


def _lost(lost: Sequence[Lost]) -> Iterator[Told | str]:
    if not lost:
        yield told("No family loses anything by this change.")
        return
    yield from (one.told for one in lost)
    for file, sorts in lines_to_add(lost).items():
        yield told(
            "Did it only get another name? Then write this in {file}:", file=file
        )
        yield "renamed:"
        for sort, lines in sorts.items():
            yield f"  {sort}:"
            yield from (f"    {line}" for line in lines)
    if not all(one.new for one in lost):
        yield told("Where nothing looks like it, families are asked what comes next.")
    yield told(
        "{count} things are gone. Families that stand on one of them: {standing}.",
        count=len(lost),
        standing=sum(one.standing for one in lost),
    )


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


def print_proofs(found: Iterable[tuple[Proof, float, str]], *, as_json: bool) -> bool:
    """Each as soon as it is known; whether all hold."""
    rows = []
    for proof, seconds, scenario in found:
        rows.append(_proof(proof, seconds, scenario))
        if not as_json:
            _print_proof(proof, seconds, scenario)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        broken = sum(not row["proved"] for row in rows)
        typer.echo(f"{len(rows) - broken} proved, {broken} not")
    return all(row["proved"] for row in rows)


def _print_proof(proof: Proof, seconds: float, scenario: str) -> None:
    mark = "✗" if proof.broken else "✓"
    note = f"; {proof.note}" if proof.note else ""
    covered = f"{proof.households:,} households, {seconds:.1f} s{note}"
    typer.echo(f"{mark} [{proof.code}] {proof.name} ({covered})")
    if proof.broken:
        typer.echo(f"    {proof.broken.message}")
    if scenario:
        typer.echo("    The shortest household, to paste into a scenario file:")
        typer.echo(scenario)


def _proof(proof: Proof, seconds: float, scenario: str) -> dict[str, Any]:
    broken = proof.broken
    household = broken.household if broken else None
    return {
        "code": proof.code,
        "name": proof.name,
        "proved": broken is None,
        "households": proof.households,
        "seconds": round(seconds, 2),
        "note": proof.note,
        "message": broken.message if broken else "",
        "answers": dict(household.answers) if household else {},
        "scenario": scenario,
    }
