"""Data as an author typed it → a pydantic model, or problems at their places."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.content.strict_yaml import Document, find, plain
from bot.problems import Problem

M = TypeVar("M", bound=BaseModel)


def shape(
    document: Document, model: type[M]
) -> tuple[M | None, tuple[Problem, ...]]:
    root = document.root
    if root is None:
        return None, document.problems
    try:
        return model.model_validate(plain(root)), document.problems
    except ValidationError as error:
        found = tuple(
            Problem(find(root, one["loc"]).place, one["type"], one["msg"])
            for one in error.errors()
        )
        return None, (*document.problems, *found)
