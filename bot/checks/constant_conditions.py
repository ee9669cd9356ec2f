"""A condition that never holds, or always, decides nothing: a word of it is wrong."""

from collections.abc import Iterator

from bot.checks.asking import Asking
from bot.checks.deciding import Deciding, Use, uses
from bot.conversation.condition_forms import (
    DOES_NOT_HOLD,
    Case,
    cases,
    together,
)
from bot.library import Library
from bot.problems import Problem, told

CODE = "constant-condition"


def check(library: Library) -> Iterator[Problem]:
    """Answers out of lists are all tried; days and amounts are taken to be anything.

    So what is told here is certain, and a contradiction between two days is not seen.
    A condition of a list of ways also counts as never true when those before it, or
    no way through the questions, leave nothing for it.
    """
    asking = Asking(Deciding(library))
    for use in uses(library):
        message = None
        if _never(asking, use):
            message = told(
                "“{condition}” is never so, as {of}: no answers lead to it.",
                condition=use.condition.source,
                of=use.of,
            )
        elif not use.may_always_hold and _always(asking, use):
            message = told(
                "“{condition}” is always so, as {of}: leave it out.",
                condition=use.condition.source,
                of=use.of,
            )
        if message:
            yield Problem(use.condition.place, CODE, message)


def _never(asking: Asking, use: Use) -> bool:
    found = _open_cases(asking, use)
    if found is None:
        return False
    asked = asking.asked(use.after)
    able = [case for case in found if asking.deciding.can_be(case, asked)]
    if any(asking.way(case, use.after) is not None for case in able):
        return False
    # Of a question that no way leads to, the lost way itself is told.
    needed = {use.after}.union(*(asking.needed(case) for case in able))
    return all(asking.way((), name) is not None for name in needed)


def _open_cases(asking: Asking, use: Use) -> tuple[Case, ...] | None:
    """The cases in which this condition holds and none of those before it does."""
    mine = asking.deciding.cases(use.condition)
    if mine is None:
        return None
    all_of = [mine]
    for one in use.earlier:
        fails = one.form and cases(one.form, DOES_NOT_HOLD, asking.deciding.computed)
        all_of += [fails] if fails and use.after else []
    found = together(all_of)
    return mine if found is None else found


def _always(asking: Asking, use: Use) -> bool:
    form, asked = use.condition.form, asking.asked(use.after)
    fails = cases(form, DOES_NOT_HOLD, asking.deciding.computed) if form else None
    if fails is None:
        return False
    return not any(asking.deciding.can_be(case, asked) for case in fails)
