"""What only authors write for each other: households that are played, and promises."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.changes.fields import Subject, both, one_line, quoted
from bot.changes.renames import Renames
from bot.changes.values import Change, Concern, Version
from bot.problems import Told, told
from bot.promises import Promise
from bot.scenarios import Scenario

EXPECTED: Final[Mapping[str, Told]] = {
    "urgency": told("the expected urgency"),
    "advice": told("the expected advice"),
    "organisations": told("the expected organisations"),
    "deadlines": told("the expected legal dates"),
    "questions": told("the expected questions"),
    "crisis": told("the expected crisis"),
    "number_at_once": told("the number at once"),
}


def scenario_changes(
    before: Version, after: Version, renames: Renames
) -> Iterator[Change]:
    old, new = _by_name(before.scenarios), _by_name(after.scenarios)
    for _, was, now in both(old, new):
        if now is None and was is not None:
            yield _about(was, after).is_gone()
        elif was is None and now is not None:
            yield _about(now, after).is_new()
        elif was and now:
            yield from _scenario(_about(now, after), was, now, renames)


def _by_name(scenarios: Sequence[Scenario]) -> Mapping[str, Scenario]:
    """Two may have one name: then the second has a number."""
    found: dict[str, Scenario] = {}
    for one in scenarios:
        name, count = one.name, 1
        while name in found:
            count += 1
            name = f"{one.name} ({count})"
        found[name] = one
    return found


def _about(one: Scenario, version: Version) -> Subject:
    return Subject(
        f"scenarios.{one.name}",
        told("Scenario *{name}*", name=one.name),
        one.place,
        frozenset({Concern.SCENARIO}),
        version.library.written_at,
    )


def _scenario(
    about: Subject, was: Scenario, now: Scenario, renames: Renames
) -> Iterator[Change]:
    yield from about.value(told("the day"), str(was.today), str(now.today))
    says = quoted(one_line(was.says)), quoted(one_line(now.says))
    yield from about.value(told("what is typed"), *says)
    for name, old, new in both(renames.given(was.answers), now.answers):
        field = told("the answer to *{name}*", name=name)
        yield from about.value(field, quoted(old or ""), quoted(new or ""))
    questions = was.expect.questions
    if questions is not None:
        questions = renames.path(questions)
    yield from _expected(about, replace(was.expect, questions=questions), now.expect)


def _expected(about: Subject, was: object, now: object) -> Iterator[Change]:
    for attribute, field in EXPECTED.items():
        old, new = getattr(was, attribute, None), getattr(now, attribute, None)
        yield from about.value(field, _shown(old), _shown(new))


def _shown(value: object) -> str | Told:
    if isinstance(value, bool):
        return told("yes") if value else ""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"*{name}* {day}" for name, day in value.items()) or "[]"
    if isinstance(value, tuple):
        return ", ".join(f"*{one}*" for one in value) or "[]"
    return f"*{value}*"


def promise_changes(before: Version, after: Version) -> Iterator[Change]:
    old = {one.name: one for one in before.promises}
    for _, was, now in both(old, {one.name: one for one in after.promises}):
        if now is None and was is not None:
            yield _promised(was, after).is_gone()
        elif was is None and now is not None:
            yield _promised(now, after).is_new()
        elif was and now:
            about = _promised(now, after)
            field = told("the condition")
            yield from about.condition(field, was.condition, now.condition)
            yield from _expected(about, was.expect, now.expect)


def _promised(one: Promise, version: Version) -> Subject:
    return Subject(
        f"promises.{one.name}",
        told("Promise *{name}*", name=one.name),
        one.place,
        frozenset({Concern.PROMISE}),
        version.library.written_at,
    )
