"""No condition waits for an answer that some families are never asked for."""

from collections.abc import Iterator, Mapping

from bot.checks.asking import Asking
from bot.checks.deciding import Deciding, Use, uses
from bot.conversation.condition_forms import FAILS, HOLDS, Case, Form, leaves
from bot.conversation.conditions import Condition
from bot.library import Library
from bot.problems import Problem, told

CODE = "not-asked"


def check(library: Library) -> Iterator[Problem]:
    """What was not asked is not known, and then “is not” does not hold either.

    “x == a” of a question that was not asked does not hold, as everyone expects. But
    “x != a” and “not x” do not hold, either, and that is a surprise. They are fine
    where x is asked on every way that gives the other answers, and beside an “or not
    known x”.
    """
    asking = Asking(Deciding(library))
    owners = _owners(library)
    found: dict[tuple[str, str], Problem] = {}
    for use in uses(library):
        for form, name, way in _missed(asking, use):
            condition = owners.get(id(form), use.condition)
            message = told(
                "“{condition}” does not hold where “{name}” was not asked, as on"
                " this way: {way}. If it should, add: or not known {name}",
                condition=condition.source,
                name=name,
                way=" → ".join(way),
            )
            problem = Problem(condition.place, CODE, message, "warning")
            found.setdefault((condition.source, name), problem)
    yield from found.values()


def _owners(library: Library) -> Mapping[int, Condition]:
    """The computed fact in whose own text a comparison stands."""
    return {
        id(leaf): one
        for one in library.derived.values()
        if one.form
        for leaf in leaves(one.form)
    }


def _missed(asking: Asking, use: Use) -> Iterator[tuple[Form, str, tuple[str, ...]]]:
    """What a case denies of a question, and a way that never asks it."""
    asked = asking.asked(use.after)
    found = asking.deciding.cases(use.condition) or ()
    for case in found:
        denied = [form for form, wanted in case if _denies(form, wanted)]
        unsure = {
            name: form
            for form in denied
            for name in asking.deciding.questions(form) - asked
        }
        rest = tuple(one for one in case if one[0] not in denied)
        for name, form in unsure.items():
            if _is_guarded(asking, name, case, found):
                continue
            way = asking.way(_without(asking, name, case), use.after, {name})
            way = way or asking.way(rest, use.after, unsure)
            if way:
                yield form, name, way


def _denies(form: Form, wanted: object) -> bool:
    return form.word == "is" and wanted == FAILS


def _about(asking: Asking, name: str, form: Form) -> bool:
    return name in asking.deciding.questions(form)


def _without(asking: Asking, name: str, case: Case) -> Case:
    return tuple(one for one in case if not _about(asking, name, one[0]))


def _is_guarded(
    asking: Asking, name: str, case: Case, all_cases: tuple[Case, ...]
) -> bool:
    """Whether the condition says itself what holds when this was not asked."""
    rest = set(_without(asking, name, case))
    if any(wanted == HOLDS for one, wanted in case if _about(asking, name, one)):
        return True
    for other in all_cases:
        about = {one for one in other if _about(asking, name, one[0])}
        free = all(form.word == "known" and wanted == FAILS for form, wanted in about)
        if free and set(other) - about <= rest:
            return True
    return False
