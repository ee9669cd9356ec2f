"""Which question a problem belongs to: the one whose lines it stands in."""

from bisect import bisect
from collections.abc import Iterable, Mapping

from bot.library import Library
from bot.problems import Place, Problem, Severity

Begins = Mapping[str, list[tuple[int, str]]]
"""Of each file, where a question begins, or with "" something else."""


def problems_of(
    library: Library, problems: Iterable[Problem]
) -> Mapping[str, Severity]:
    """The worst of each question that has any."""
    begins = _begins(library)
    found: dict[str, Severity] = {}
    for problem in problems:
        name = _at(problem.place, begins)
        if name and found.get(name) != "error":
            found[name] = problem.severity
    return found


def _at(place: Place, begins: Begins) -> str:
    lines = begins.get(place.file, [])
    number = bisect(lines, place.line, key=lambda begin: begin[0])
    return lines[number - 1][1] if number else ""


def _begins(library: Library) -> Begins:
    """What is no question, such as the computed facts, ends the one before it."""
    first: dict[tuple[str, str], int] = {}
    begins: dict[str, list[tuple[int, str]]] = {}
    for context, place in library.written_at.items():
        flow, name, *_ = context.split(".")
        if flow not in library.flows:
            continue
        if name in library.flows[flow].questions:
            key = place.file, name
            first[key] = min(first.get(key, place.line), place.line)
        else:
            begins.setdefault(place.file, []).append((place.line, ""))
    for (file, name), line in first.items():
        # The id of a question stands on the line above its texts.
        begins.setdefault(file, []).append((line - 1, name))
    for fact in library.derived.values():
        begins.setdefault(fact.place.file, []).append((fact.place.line, ""))
    return {file: sorted(lines) for file, lines in begins.items()}
