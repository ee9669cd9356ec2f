"""Checks a file's tree against a model; each mistake is told where it stands."""

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.content.strict_yaml import (
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
from bot.problems import Place, Problem, did_you_mean

M = TypeVar("M", bound=BaseModel)

TEXT, LIST, KEYS = "a text", "a list", "a group of keys"
SORTS: Mapping[type[Node], str] = {Words: TEXT, Rows: LIST, Entries: KEYS}
HOW_TO_WRITE = {
    TEXT: "If a colon belongs to the text, put quotes around the whole text.",
    LIST: "Write it as [one, two], or on lines that begin with “- ”.",
    KEYS: "Write its keys on the lines below, each with a colon.",
}
NOT_READ = {
    "int": "is not a whole number.",
    "float": "is not a number.",
    "decimal": "is not a number.",
    "bool": "is neither yes nor no.",
    "date": "is not a day. Write it as 2026-12-03.",
    "time": "is not a time. Write it as 18:00.",
}
BOUNDS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}
KEY = "[key]"
SHORT_LIST = 12


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the model asks for, without Optional; `about` is what it says of it."""

    type: Any
    about: FieldInfo | None = None


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
    wanted: _Wanted
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
        words = [part for part in self.path if isinstance(part, str)]
        return f"“{words[-1]}”" if words else "This file"

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
        found = _problems(document.root, model, error.errors(include_url=False))
    told = {one.place.line for one in document.problems if one.severity == "error"}
    fresh = [one for one in found if one.place.line not in told]
    return None, tuple(sorted((*document.problems, *fresh), key=_order))


def _order(problem: Problem) -> tuple[int, int]:
    return problem.place.line, problem.place.column


def _problems(
    root: Node, model: type[BaseModel], errors: Sequence[ErrorDetails]
) -> list[Problem]:
    start = _Spot(root, root, _wanted(model))
    spots = [(_walk(start, error["loc"]), error) for error in errors]
    best = _best_choices([spot for spot, _ in spots])
    kept = [
        (spot, error)
        for spot, error in spots
        if all(best[choice.path] == choice.label for choice in spot.choices)
    ]
    meant = {
        (spot.path[:-1], _nearest(spot))
        for spot, error in kept
        if error["type"] == "extra_forbidden"
    }
    return [
        _problem(spot, error)
        for spot, error in kept
        if error["type"] != "missing" or (spot.path, spot.missed) not in meant
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
        member = _member(spot.wanted, part)
        step = child(spot.node, part)
        if member is not None:
            spot = _chosen(spot, member, str(part), is_last=is_last)
        elif part == KEY:
            above = spot.parent.wanted if spot.parent else spot.wanted
            spot = replace(spot, node=spot.key, wanted=_inside(above, KEY))
        elif step is not None:
            key, node = step
            wanted, path = _inside(spot.wanted, part), (*spot.path, part)
            spot = _Spot(key, node, wanted, path, spot, spot.choices)
        elif is_last:
            spot = replace(spot, missed=str(part))
    return spot


def _chosen(spot: _Spot, member: _Wanted, label: str, *, is_last: bool) -> _Spot:
    fits = _sort(member.type) == SORTS[type(spot.node)]
    choices = (*spot.choices, _Choice(spot.path, label, fits))
    keeps_all = is_last and not fits  # then the message names every member
    return replace(spot, wanted=spot.wanted if keeps_all else member, choices=choices)


# The model -------------------------------------------------------------------


def _wanted(annotation: Any, about: FieldInfo | None = None) -> _Wanted:
    """The type behind Annotated, Optional, RootModel and named aliases."""
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        fields = [note for note in notes if isinstance(note, FieldInfo)]
        return _wanted(inner, fields[-1] if fields else about)
    if hasattr(annotation, "__value__"):
        return _wanted(annotation.__value__, about)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        root = annotation.model_fields.get("root")
        is_root = annotation.__pydantic_root_model__ and root is not None
        return _wanted(root.annotation, root) if is_root and root else _Wanted(annotation)
    members = _members(annotation)
    if len(members) == 1 and members[0] is not annotation:
        return _wanted(members[0], about)
    return _Wanted(annotation, about)


def _members(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) not in (Union, UnionType):
        return (annotation,)
    return tuple(one for one in get_args(annotation) if one is not NoneType)


def _member(wanted: _Wanted, label: str | int) -> _Wanted | None:
    """The member of a union that pydantic calls so in an error's path."""
    members = [_wanted(one) for one in _members(wanted.type)]
    if len(members) == 1:
        return None
    named = [one for one in members if label in _labels(one.type)]
    return named[0] if named else None


def _labels(annotation: Any) -> list[str]:
    ...


def _inside(wanted: _Wanted, part: str | int) -> _Wanted:
    """What the model asks for one step further."""
    if isinstance(wanted.type, type) and issubclass(wanted.type, BaseModel):
        about = _fields(wanted.type).get(str(part))
        return _wanted(about.annotation, about) if about else _Wanted(None)
    arguments = get_args(wanted.type)
    if not arguments:
        return _Wanted(None)
    return _wanted(arguments[0] if part == KEY else arguments[-1])
