"""One number stands under one name."""

import re
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.organisations import Organisation
from bot.problems import Problem, told

CODE = "same-number"


def check(library: Library) -> Iterator[Problem]:
    """A warning: two organisations may share a desk. Desks of municipalities do."""
    first: dict[str, Organisation] = {}
    for one in library.organisations.values():
        if not one.phone:
            continue
        same = first.setdefault(re.sub(r"\D", "", one.phone), one)
        if same is not one:
            message = told(
                "{phone} is also the number of “{other}”. Is one of them wrong?",
                phone=one.phone,
                other=same.name.nl,
            )
            at = one.written_at or place(library, one.name)
            yield Problem(at, CODE, message, "warning")
