"""What a model asks for at one place of a file, told from its annotations."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, RootModel
from pydantic.fields import FieldInfo

TEXT, LIST, KEYS = "a text", "a list", "a group of keys"
KEY = "[key]"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the model asks for, without Optional; `about` is what it says of it."""

    type: Any
    about: FieldInfo | None = None


def asked_for(annotation: Any, about: FieldInfo | None = None) -> Wanted:
    """The type behind Annotated, Optional and RootModel."""
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        fields = [note for note in notes if isinstance(note, FieldInfo)]
        return asked_for(inner, fields[-1] if fields else about)
    if _is_model(annotation) and issubclass(annotation, RootModel):
        root = annotation.model_fields["root"]
        return asked_for(root.annotation, root)
    members = members_of(annotation)
    if members == (annotation,) or len(members) > 1:
        return Wanted(annotation, about)
    return asked_for(members[0], about)


def members_of(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) not in (Union, UnionType):
        return (annotation,)
    return tuple(one for one in get_args(annotation) if one is not NoneType)


def inside(wanted: Wanted, part: str | int) -> Wanted:
    """What the model asks for one step further."""
    if _is_model(wanted.type):
        about = fields_of(wanted.type).get(str(part))
        return asked_for(about.annotation, about) if about else Wanted(None)
    inner = [one for one in get_args(wanted.type) if one is not Ellipsis]
    if not inner:
        return Wanted(None)
    return asked_for(inner[0] if part == KEY else inner[-1])


def named_at(annotation: Any, label: str) -> int:
    """How far on in pydantic's label for a union's member this type is named."""
    if label in _tags(annotation):
        return -1
    origin = get_origin(annotation) or annotation
    name = "literal" if origin is Literal else getattr(origin, "__name__", "?")
    found = re.search(rf"\b{re.escape(name)}\b", label)
    return found.start() if found else len(label)


def _tags(model: Any) -> set[Any]:
    """The words by which a discriminated union may tell this model."""
    kinds = [about.annotation for about in fields_of(model).values()]
    return {
        word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind)
    }


def fields_of(model: Any) -> dict[str, FieldInfo]:
    """A model's fields by the key that an author writes."""
    found: dict[str, FieldInfo] = {}
    for name, about in model.model_fields.items() if _is_model(model) else ():
        alias = about.validation_alias or about.alias or name
        several = alias.choices if isinstance(alias, AliasChoices) else [alias]
        found |= {one: about for one in several if isinstance(one, str)}
    return found


@cache
def keys_of(annotation: Any) -> frozenset[str]:
    """Every key that a model asks for, at any depth."""
    wanted = asked_for(annotation).type
    if _is_model(wanted):
        inner = [about.annotation for about in wanted.model_fields.values()]
        return frozenset(fields_of(wanted)).union(*map(keys_of, inner))
    parts = [one for one in get_args(wanted) if one is not Ellipsis]
    if get_origin(wanted) is Literal or not parts:
        return frozenset()
    return frozenset().union(*map(keys_of, parts))


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def sort_of(annotation: Any) -> str:
    """Whether a text, a list or a group of keys is asked for."""
    origin = get_origin(annotation) or annotation
    if not isinstance(origin, type) or issubclass(origin, str | Enum):
        return TEXT
    if issubclass(origin, BaseModel | Mapping):
        return KEYS
    return LIST if issubclass(origin, Collection) else TEXT
