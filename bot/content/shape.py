"""Checks a file's tree against a model; each mistake is told where it stands."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.content.typed.strict_yaml import (
    MOST_PROBLEMS,
    Document,
    Entries,
    Node,
    Path,
    Rows,
    Words,
    child,
    plain,
    shortened,
)
from bot.content.wanted import (
    KEY,
    KEYS,
    LIST,
    TEXT,
    Wanted,
    asked_for,
    fields_of,
    inside,
    members_of,
    named_at,
    sort_of,
)
from bot.conversation.kinds import KINDS
from bot.problems import NOTHING, Place, Problem, Told, did_you_mean, nearest, told

M = TypeVar("M", bound=BaseModel)

SORTS: Mapping[type[Node], str] = {Words: TEXT, Rows: LIST, Entries: KEYS}
SORT_NAMES = {TEXT: told("a text"), LIST: told("a list"), KEYS: told("a group of keys")}
HOW_TO_WRITE = {
    TEXT: told("If a colon belongs to the text, put quotes around the whole text."),
    LIST: told("Write it as [one, two], or on lines that begin with “- ”."),
    KEYS: told("Write its keys on the lines below, each with a colon."),
}
SORT_ERRORS = frozenset(
    {
        "string_type",
        "list_type",
        "tuple_type",
        "set_type",
        "frozen_set_type",
        "dict_type",
        "mapping_type",
        "model_type",
        "model_attributes_type",
    }
)
WORD_ERRORS = frozenset({"literal_error", "enum", "union_tag_invalid"})
NOT_READ = {
    "int": told("is not a whole number."),
    "float": told("is not a number."),
    "decimal": told("is not a number."),
    "bool": told("is neither yes nor no."),
    "date": told("is not a day. Write it as 2026-12-03."),
    "time": told("is not a time. Write it as 18:00."),
}
BOUNDS = {
    "greater_than": (told("more than"), "gt"),
    "greater_than_equal": (told("at least"), "ge"),
    "less_than": (told("less than"), "lt"),
    "less_than_equal": (told("at most"), "le"),
}
FEW = 12


@dataclass(frozen=True, slots=True)
class _Choice:
    """One member of a union that pydantic tried at this path."""

    path: Path
    label: str
    fits: bool


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where one of pydantic's errors leads to, in the file and in the model."""

    key: Node
    node: Node
    wanted: Wanted
    path: Path = ()
    parent: "_Spot | None" = None
    choices: tuple[_Choice, ...] = ()
    missed: str = ""  # the end of the error's path, if nothing stands there

    @property
    def place(self) -> Place:
        beside = self.node.place.line == self.key.place.line
        return self.node.place if beside else self.key.place

    @property
    def name(self) -> str:
        return str(self.named)

    @property
    def named(self) -> Told:
        *above, last = self.path or ("",)
        if isinstance(last, str):
            whole = told("This file")
            return told("“{word}”", word=shortened(last)) if last else whole
        words = [part for part in above if isinstance(part, str)]
        if not words:
            return told("Item {number}", number=last + 1)
        return told(
            "Item {number} of “{list}”", number=last + 1, list=shortened(words[-1])
        )

    @property
    def word(self) -> str:
        return shortened(self.node.text) if isinstance(self.node, Words) else ""


def shape(document: Document, model: type[M]) -> tuple[M | None, tuple[Problem, ...]]:
    """The file as the model, if it fits; and all problems, those of reading too."""
    if document.root is None:
        return None, document.problems
    try:
        return model.model_validate(plain(document.root)), document.problems
    except ValidationError as error:
        errors = error.errors(include_url=False)[:MOST_PROBLEMS]
        found = _problems(document.root, model, errors)
    told = {one.place.line for one in document.problems if one.severity == "error"}
    fresh = [one for one in found if one.place.line not in told]
    return None, tuple(sorted((*document.problems, *fresh), key=order))


def order(problem: Problem) -> tuple[int, int]:
    return problem.place.line, problem.place.column


def _problems(
    root: Node, model: type[BaseModel], errors: Sequence[ErrorDetails]
) -> list[Problem]:
    start = _Spot(root, root, asked_for(model))
    spots = [(_walk(start, error["loc"]), error) for error in errors]
    best = _best_choices([spot for spot, _ in spots])
    kept = [
        (spot, error)
        for spot, error in spots
        if all(best[choice.path] == choice.label for choice in spot.choices)
    ]
    misspelled = {
        (spot.path[:-1], _nearest_key(spot))
        for spot, error in kept
        if error["type"] == "extra_forbidden"
    }
    return [
        _problem(spot, error)
        for spot, error in kept
        if error["type"] != "missing" or (spot.path, spot.missed) not in misspelled
    ]


def _best_choices(spots: Sequence[_Spot]) -> dict[Path, str]:
    """Of each union the member that was most likely meant."""
    errors = Counter(choice for spot in spots for choice in spot.choices)
    best: dict[Path, _Choice] = {}
    for one in errors:
        other = best.setdefault(one.path, one)
        if (one.fits, -errors[one]) > (other.fits, -errors[other]):
            best[one.path] = one
    return {path: choice.label for path, choice in best.items()}


def _walk(spot: _Spot, loc: Path) -> _Spot:
    """Goes through the file and the model side by side, along an error's path."""
    for number, part in enumerate(loc):
        is_last = number == len(loc) - 1
        step = child(spot.node, part)
        if part == KEY and spot.parent:
            inner = inside(spot.parent.wanted, KEY)
            spot = replace(spot, node=spot.key, wanted=inner)
        elif len(members_of(spot.wanted.type)) > 1:
            spot = _chosen(spot, str(part), is_last=is_last)
        elif step is not None:
            key, node = step
            inner, path = inside(spot.wanted, part), (*spot.path, part)
            spot = _Spot(key, node, inner, path, spot, spot.choices)
        elif is_last:
            spot = replace(spot, missed=str(part))
    return spot


def _chosen(spot: _Spot, label: str, *, is_last: bool) -> _Spot:
    """The same place in the file, seen as one member of the union asked for."""
    members = [asked_for(one) for one in members_of(spot.wanted.type)]
    member = min(members, key=lambda one: named_at(one.type, label))
    fits = sort_of(member.type) == SORTS[type(spot.node)]
    choices = (*spot.choices, _Choice(spot.path, label, fits))
    names_all = is_last and not fits
    return replace(spot, wanted=spot.wanted if names_all else member, choices=choices)


def _problem(spot: _Spot, error: ErrorDetails) -> Problem:
    sort, given = error["type"], error.get("ctx", {})
    kind = sort.partition("_")[0]
    if sort == "union_tag_invalid":
        spot = _walk(replace(spot, wanted=Wanted(None)), (_name_of_tag(given),))
    is_words = isinstance(spot.node, Words)
    if sort == "extra_forbidden":
        return Problem(spot.key.place, "unknown-key", _unknown_key(spot))
    if sort in ("missing", "union_tag_not_found"):
        name = spot.missed or _name_of_tag(given)
        message = told(
            "{where} lacks “{name}”. Add a line “{name}: …”.",
            where=spot.named,
            name=name,
        )
        return Problem(spot.key.place, "missing-key", message)
    is_value = kind in NOT_READ or sort in WORD_ERRORS
    if sort in SORT_ERRORS or (is_value and not is_words):
        return Problem(spot.place, "wrong-sort", _wrong_sort(spot))
    if sort in WORD_ERRORS and is_words:
        return Problem(spot.place, "unknown-word", _unknown_word(spot, given))
    if sort == "string_pattern_mismatch":
        return Problem(spot.place, "not-written-so", _not_written_so(spot, given))
    if sort == "yes_or_no":
        hint = did_you_mean(spot.word, ["yes", "no"])
        message = told("Write yes or no here.{hint}", hint=hint)
        return Problem(spot.place, "yes-or-no", message)
    if sort == "unknown_kind":
        hint = did_you_mean(spot.word, KINDS)
        message = told(
            "“{word}” is no kind of question. Known: {known}.{hint}",
            word=spot.word,
            known=", ".join(KINDS),
            hint=hint,
        )
        return Problem(spot.place, "unknown-kind", message)
    if sort in ("value_error", "assertion_error"):
        return Problem(spot.place, "not-right", str(given["error"]))
    if sort in BOUNDS:
        words, key = BOUNDS[sort]
        bound = told(
            "{where} must be {words} {bound}, not {found}.",
            where=spot.named,
            words=words,
            bound=str(given[key]),
            found=spot.word,
        )
        return Problem(spot.place, "out-of-bounds", bound)
    if sort.endswith(("too_short", "too_long")):
        return Problem(spot.place, "wrong-length", _wrong_length(spot, given))
    if kind in NOT_READ and is_words:
        message = told("“{word}” {what}", word=spot.word, what=NOT_READ[kind])
        return Problem(spot.place, "not-read", message)
    return Problem(spot.place, sort.replace("_", "-"), error["msg"])


def _name_of_tag(given: Mapping[str, Any]) -> str:
    return str(given["discriminator"]).strip("'")


def _known_keys(spot: _Spot) -> list[str]:
    """The keys that may stand beside this one and do not yet."""
    if spot.parent is None or not isinstance(spot.parent.node, Entries):
        return []
    present = {key.text for key, _ in spot.parent.node.items}
    return [one for one in fields_of(spot.parent.wanted.type) if one not in present]


def _nearest_key(spot: _Spot) -> str:
    return nearest(str(spot.path[-1]), _known_keys(spot))


def _unknown_key(spot: _Spot) -> Told:
    near = _nearest_key(spot)
    listed = _listed(told("Still possible"), _known_keys(spot))
    hint = told(" Did you mean “{near}”?", near=near) if near else listed
    return told("{where} is not known here.{hint}", where=spot.named, hint=hint)


def _listed(what: Told, words: Sequence[str]) -> Told:
    more = ", …" if len(words) > FEW else ""
    some = ", ".join(words[:FEW]) + more
    return told(" {what}: {some}.", what=what, some=some) if words else NOTHING


def _unknown_word(spot: _Spot, given: Mapping[str, Any]) -> Told:
    expected = given.get("expected") or given.get("expected_tags", "")
    known = re.findall(r"'([^']*)'", str(expected))
    hint = did_you_mean(spot.word, known) or _listed(told("Possible"), known)
    where = told("“{word}”", word=spot.word)
    return told("{where} is not known here.{hint}", where=where, hint=hint)


def _wrong_sort(spot: _Spot) -> Told:
    members = [asked_for(one).type for one in members_of(spot.wanted.type)]
    sorts = list(dict.fromkeys(sort_of(one) for one in members))
    found = SORTS[type(spot.node)]
    how = HOW_TO_WRITE[sorts[0]]
    if sorts[0] == TEXT and found == LIST:
        how = told("Write one text after the colon.")
    wanted = SORT_NAMES[sorts[0]]
    for other in sorts[1:]:
        wanted = told("{one} or {other}", one=wanted, other=SORT_NAMES[other])
    return told(
        "{where} should be {wanted}, but is {found}. {how}",
        where=spot.named,
        wanted=wanted,
        found=SORT_NAMES[found],
        how=how,
    )


def _not_written_so(spot: _Spot, given: Mapping[str, Any]) -> Told:
    about = spot.wanted.about
    how = NOTHING
    simpler = re.sub(r"\W+", "_", spot.word.lower()).strip("_")
    if re.search(given["pattern"], simpler):
        how = told(" Did you mean “{near}”?", near=simpler)
    elif about and about.examples:
        example = told(" For instance: {example}", example=str(about.examples[0]))
        words = (about.description or "").rstrip(".")
        wanted = told(" Write {how}.", how=words) if words else NOTHING
        how = told("{wanted}{example}", wanted=wanted, example=example)
    return told(
        "“{word}” is not written as it should be.{how}", word=spot.word, how=how
    )


def _wrong_length(spot: _Spot, given: Mapping[str, Any]) -> Told:
    least, most = given.get("min_length"), given.get("max_length")
    is_words = isinstance(spot.node, Words)
    has = len(spot.node.text if isinstance(spot.node, Words) else spot.node.items)
    words = told("at most") if least is None else told("at least")
    return told(
        "{where} needs {words} {bound} {what}; it has {found}.",
        where=spot.named,
        words=words,
        bound=str(most if least is None else least),
        what=told("characters") if is_words else told("entries"),
        found=has,
    )
