"""A question about the family itself says why it is asked (rule F11)."""

from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told

CODE = "no-why"

PERSONAL = frozenset({"place", "children", "money"})
"""Sorts of answers that tell who somebody is."""


def check(library: Library) -> Iterator[Problem]:
    for question in library.questions.values():
        if question.kind.type.kind in PERSONAL and question.why is None:
            message = told(
                "“{question}” asks about the family itself. Say why in one short"
                " line: why: …",
                question=question.id,
            )
            yield Problem(place(library, question.ask), CODE, message, "warning")
