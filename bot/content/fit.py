"""A file in the shape of its model; where one letter is wrong, that is what is told."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.content.one_letter import Mended, Trials
from bot.content.shape import order, shape
from bot.content.typed.signs import SHOWN
from bot.content.typed.strict_yaml import (
    Document,
    NotSoundError,
    plain,
    read,
    read_on_trial,
)
from bot.content.wanted import keys_of
from bot.problems import Place, Problem, told

M = TypeVar("M", bound=BaseModel)

FEW_ERRORS = 25
"""Of a file with more mistakes only the first is tried: they may all follow from it."""

JOINED = re.compile(r"(?:- )?\w+:\w")
"""A colon inside a word: it belongs behind it."""

MOST_SLIPS = 10
WORD_CODES = frozenset({"unknown-key", "unknown-word", "unknown-kind"})
CLEAR_ALONE = frozenset({"colon", "first-character", "wrong-sort", "yes-or-no"})
FOLLOWING = frozenset({"missing-key", "empty-value"})
DOUBTFUL = WORD_CODES | {
    *(
        "brackets",
        "hash",
        "colon",
        "colon-space",
        "dash-space",
        "empty-value",
        "indentation",
    ),
    *("missing-key", "no-colon", "not-a-key", "not-keys", "not-written-so"),
    *(
        "duplicate-key",
        "quotes",
        "unreadable",
        "wrong-sort",
        "first-character",
        "yes-or-no",
    ),
}
"""Codes of problems whose cause may be one sign, here or on a line beside."""


@dataclass(frozen=True, slots=True)
class Fitted(Generic[M]):
    """A file in the shape of its model, if it fits; `document` is as it was meant.

    With `problems`, those of reading too, the model is what can be told of the file
    so that nothing else seems wrong for that: never to be shown to a family.
    """

    document: Document
    found: M | None
    problems: tuple[Problem, ...]


def fit(document: Document, model: type[M]) -> Fitted[M]:
    """Where one letter is all that is wrong with a part, only that is told."""
    found, problems = shape(document, model)
    slips: list[Problem] = []
    keys = keys_of(model)
    trials = Trials(lambda lines: _is_right(lines, model), _stands_alone, keys)
    tried = set[int]()
    while (
        len(slips) < MOST_SLIPS
        and (doubt := _doubtful(problems, tried, keys)) is not None
    ):
        row = doubt.line - 1
        tried.add(row)
        mended = trials.mended(document.lines, row, doubt.column - 1)
        if mended is None:
            continue
        slips.append(_slip(document, mended))
        document = _with_line(document, mended)
        found, problems = shape(document, model)
    told = {one.place.line for one in slips}
    rest = [one for one in problems if one.place.line not in told]
    return Fitted(document, found, tuple(sorted((*slips, *rest), key=order)))


def _doubtful(
    problems: Sequence[Problem], tried: Collection[int], keys: Collection[str]
) -> Place | None:
    """The first place of which not enough is known to say what was meant."""
    errors = [one for one in problems if one.severity == "error"]
    doubtful = [
        one
        for one in _worth_trying(errors)
        if one.code in DOUBTFUL
        and one.place.line - 1 not in tried
        and not _is_clear(one, errors, keys)
    ]
    # What seems to be missing only follows from the line that could not be read.
    first = min(doubtful, key=lambda one: one.code in FOLLOWING, default=None)
    return first.place if first else None


def _worth_trying(errors: Sequence[Problem]) -> Sequence[Problem]:
    if len(errors) <= FEW_ERRORS:
        return errors
    return [one for one in errors if one.code not in FOLLOWING][:1]


def _is_clear(
    problem: Problem, errors: Sequence[Problem], keys: Collection[str]
) -> bool:
    """Whether it says already what to write, and nothing near it says otherwise."""
    if problem.code in WORD_CODES and "Did you mean" in problem.message:
        return True
    near = (abs(one.place.line - problem.place.line) for one in errors)
    alone = sum(distance < 4 for distance in near) == 1
    source = problem.place.source[problem.place.column - 1 :].rstrip()
    first = re.match(r"[\w]*", source)
    if problem.code == "hash":
        return not source.endswith(("]", "}"))
    if problem.code == "wrong-sort" and "is a list" in problem.message:
        return alone and source.endswith("]")
    begins_a_key = first is not None and first[0] in keys
    is_text = not source.endswith(("]", "}", ":")) and not begins_a_key
    is_text = is_text and not JOINED.match(source)
    return alone and is_text and problem.code in CLEAR_ALONE


def _is_right(lines: Sequence[str], model: type[BaseModel]) -> bool:
    try:
        root = read_on_trial(lines)
        if root is None:
            return False
        model.model_validate(plain(root))
    except NotSoundError:
        return False
    except ValidationError as error:
        return all(_is_left_out(one) for one in error.errors(include_url=False))
    return True


def _is_left_out(error: ErrorDetails) -> bool:
    """Another key of the whole file: its part is not looked at."""
    return error["type"] == "missing" and len(error["loc"]) == 1


def _stands_alone(line: str) -> bool:
    """Whether a reader takes this line, without those around it."""
    try:
        read_on_trial([line.strip()], allowed=("empty-value", "empty-file"))
    except NotSoundError:
        return False
    return True


def _slip(document: Document, mended: Mended) -> Problem:
    source = document.lines[mended.row]
    place = Place(document.file, mended.row + 1, mended.column + 1, source)
    line = _around(mended)
    moved = source.strip() == mended.line.strip()
    if moved:
        column = len(mended.line) - len(mended.line.lstrip(" ")) + 1
        message = told("Begin this line at column {column}.", column=column)
        return Problem(place, "indentation", message)
    message = told("This line cannot be read so. Did you mean: {line}", line=line)
    return Problem(place, "slip", message)


def _around(mended: Mended) -> str:
    """The mended line; of a long one what stands around the slip."""
    line, column = mended.line, mended.column
    begin = 0 if len(line) <= SHOWN else max(0, column - SHOWN // 2)
    shown = line[begin : begin + SHOWN]
    before, after = "…" * (begin > 0), "…" * (begin + SHOWN < len(line))
    return f"{before}{shown.strip()}{after}"


def _with_line(document: Document, mended: Mended) -> Document:
    lines = list(document.lines)
    lines[mended.row] = mended.line
    return read("\n".join(lines), document.file)
