"""Problems and played scenarios, as text for people or JSON for programs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from bot.coverage import SORTS, Coverage, Households, Part
from bot.coverage_told import lines as coverage_lines
from bot.coverage_told import place_of
from bot.library import Library
from bot.live import Lost, lines_to_add
from bot.missing import Missing
from bot.missing_told import unfound
from bot.problems import NOTHING, Language, Problem, Told, counted, told
from bot.proving import Proof
from bot.scenarios import Difference, Played

if TYPE_CHECKING:
    from bot.changes.report import Comparison

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
    typer.echo(counted(problems).words(language))


def print_more(problems: Sequence[Problem], language: Language) -> None:
    """Where to read on; an error goes before a warning."""
    errors = (one for one in problems if one.severity == "error")
    first = next(errors, problems[0] if problems else None)
    if first:
        more = told(
            "More about a code, in Dutch: drempel explain {code}", code=first.code
        )
        typer.echo(more.words(language))


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


def print_comparison(
    found: "Comparison", *, form: Form = "text", language: Language = "nl"
) -> None:
    from bot.changes.report import as_json, lines

    if form == "json":
        typer.echo(json.dumps(as_json(found, language), ensure_ascii=False))
        return
    for line in lines(found, language):
        typer.echo(line)


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


def print_households(
    households: Households, *, as_json: bool, language: Language
) -> None:
    """Where each that differs does so; then what all of them met of the content."""
    library, found = households.library, households.coverage
    if as_json:
        played = [_played(one, language) for one in households.played]
        covered = found and _coverage(library, found)
        rows = {"scenarios": played, "coverage": covered}
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    failed = [one for one in households.played if not one.passed]
    for one in failed:
        _print_differences(one, language)
    for line in coverage_lines(library, found, language) if found else ():
        typer.echo(line)
    passed = len(households.played) - len(failed)
    said = told(
        "{passed} scenarios passed, {failed} failed", passed=passed, failed=len(failed)
    )
    typer.echo(said.words(language))


def _print_differences(one: Played, language: Language) -> None:
    place = one.scenario.place
    typer.echo(f"{place.file}:{place.line}: {one.scenario.name}")
    for difference in one.differences:
        typer.echo(f"    {difference.told.words(language)}")
    if one.questions:
        asked = told("asked: {way}", way=" → ".join(one.questions))
        typer.echo(f"    {asked.words(language)}")


def _played(one: Played, language: Language) -> dict[str, Any]:
    found = one.outcome
    return {
        "name": one.scenario.name,
        "file": one.scenario.place.file,
        "line": one.scenario.place.line,
        "passed": one.passed,
        "differences": [_difference(each, language) for each in one.differences],
        "outcome": found
        and {
            "urgency": found.urgency,
            "advice": [held.card.id for held in found.held],
            "organisations": [each.id for each in found.organisations],
            "deadlines": {rule: str(day) for rule, day in found.dates.items()},
            "questions": list(one.questions),
        },
    }


def _difference(one: Difference, language: Language) -> dict[str, str]:
    return {
        "step": one.step,
        "expected": _words(one.expected, language),
        "got": _words(one.got, language),
    }


def _words(value: Told | str, language: Language) -> str:
    return value.words(language) if isinstance(value, Told) else value


def _coverage(library: Library, found: Coverage) -> dict[str, Any]:
    counts = {sort: found.count(sort) for sort in SORTS}
    return {
        "counts": {
            sort: {"played": met, "all": every} for sort, (met, every) in counts.items()
        },
        "missing": [_part(library, one) for one in found.missing],
    }


def _part(library: Library, part: Part) -> dict[str, Any]:
    place = place_of(library, part)
    return {
        "sort": part.sort,
        "name": part.name,
        "which": part.which,
        "file": place.file,
        "line": place.line,
        "must": part.must,
    }


def print_written(found: Missing, path: Path, *, language: Language) -> None:
    written = told(
        "{count} households are added to {file}. Read each of them: what they expect"
        " is what the bot says now.",
        count=len(found.found),
        file=str(path),
    )
    typer.echo(written.words(language))


def print_unfound(library: Library, found: Missing, *, language: Language) -> None:
    """Beside what is printed to be kept."""
    for line in unfound(library, found, language):
        typer.echo(line, err=True)
    if not (found.found or found.unreachable or found.unread):
        typer.echo(told("Nothing is missing.").words(language), err=True)


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
        said = told(
            "{proved} proved, {not_} not", proved=len(rows) - broken, not_=broken
        )
        typer.echo(said.words(language))
    return all(row["proved"] for row in rows)


def _print_proof(
    proof: Proof, seconds: float, scenario: str, language: Language
) -> None:
    mark = "✗" if proof.broken else "✓"
    covered = told(
        "{households}, {seconds} s{note}",
        households=_households(proof.households, language),
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


def _households(count: int, language: Language) -> Told:
    if count == 1:
        return told("1 household")
    return told("{count} households", count=_figure(f"{count:,}", language))


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
