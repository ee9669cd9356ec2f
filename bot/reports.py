"""Problems and played scenarios, as text for people or JSON for programs."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import typer

from bot.live import Lost
from bot.problems import NOTHING, Language, Problem, told
from bot.proving import Proof
from bot.scenarios import Played

Form = Literal["text", "json", "github"]

DUTCH_FIGURES = str.maketrans(",.", ".,")


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


def print_proofs(
    found: Iterable[tuple[Proof, float, str]],
    *,
    as_json: bool,
    language: Language = "en",
) -> bool:
    """Each as soon as it is known; whether all hold."""
    rows = []
    for proof, seconds, scenario in found:
        rows.append(_proof(proof, seconds, scenario, language))
        if not as_json:
            _print_proof(proof, seconds, scenario, language)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        broken = sum(not row["proved"] for row in rows)
        counted = told(
            "{proved} proved, {not_} not", proved=len(rows) - broken, not_=broken
        )
        typer.echo(counted.words(language))
    return all(row["proved"] for row in rows)


def _print_proof(
    proof: Proof, seconds: float, scenario: str, language: Language
) -> None:
    mark = "✗" if proof.broken else "✓"
    covered = told(
        "{households} households, {seconds} s{note}",
        households=_figure(f"{proof.households:,}", language),
        seconds=_figure(f"{seconds:.1f}", language),
        note=told("; {note}", note=proof.note) if proof.note else NOTHING,
    )
    name = proof.name.words(language)
    typer.echo(f"{mark} [{proof.code}] {name} ({covered.words(language)})")
    if proof.broken:
        typer.echo(f"    {proof.broken.told.words(language)}")
    if scenario:
        shown = told("The shortest household, to paste into a scenario file:")
        typer.echo(f"    {shown.words(language)}")
        typer.echo(scenario)


def _figure(english: str, language: Language) -> str:
    """1,234.5 as 1.234,5 in Dutch."""
    return english.translate(DUTCH_FIGURES) if language == "nl" else english


def _proof(
    proof: Proof, seconds: float, scenario: str, language: Language
) -> dict[str, Any]:
    broken = proof.broken
    household = broken.household if broken else None
    return {
        "code": proof.code,
        "name": proof.name.words(language),
        "proved": broken is None,
        "households": proof.households,
        "seconds": round(seconds, 2),
        "note": proof.note.words(language),
        "message": broken.told.words(language) if broken else "",
        "answers": dict(household.answers) if household else {},
        "scenario": scenario,
    }
