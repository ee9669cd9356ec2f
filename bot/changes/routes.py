"""Where the answers to a question lead now, and where they led before."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.changes.fields import Subject, formula, listed
from bot.changes.values import Change, Concern
from bot.conversation.conditions import Condition
from bot.conversation.facts import Facts
from bot.conversation.kinds.choice import Choice
from bot.conversation.kinds.yes_no import YesNo
from bot.conversation.model import ADVICE, Question, Route
from bot.library import Library
from bot.problems import Told, told

NO_DAY: Final = date.min
"""Conditions that look at the day are not decided here."""

TODAY = re.compile(r"\btoday\b")

ROUTE: Final = Concern.ROUTE

Way = tuple[str, str, bool]
"""A condition that the other answers decide, or "", and where it leads."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the library in which it stands."""

    question: Question
    library: Library

    @property
    def has_ways_by_answer(self) -> bool:
        """Whether its answers are a few, and not all of them go the same way."""
        few = isinstance(self.question.kind, Choice | YesNo)
        return few and len(self.question.routes) > 1

    def leads(self, answer: str) -> tuple[Way, ...]:
        """Where this answer leads: one way when it alone decides."""
        question = self.question
        fact = question.kind.fact(answer)
        facts = Facts({question.id: fact}, NO_DAY, self.library.derived)
        found: list[Way] = []
        for route in question.routes:
            condition = route.condition
            if condition is None or (
                self._decides(condition) and condition.decide(facts)
            ):
                return (*found, ("", route.to, route.flow))
            if not self._decides(condition):
                found.append((formula(condition), route.to, route.flow))
        return tuple(found)

    def _decides(self, condition: Condition) -> bool:
        """Whether nothing but this answer counts."""
        needed, sources = {*condition.names}, [condition.source]
        waiting = [*condition.names]
        while waiting:
            derived = self.library.derived.get(waiting.pop())
            if derived is not None:
                sources.append(derived.source)
                waiting += derived.names - needed
                needed |= derived.names
        of_families = needed - set(self.library.derived)
        return of_families <= {self.question.id} and not any(map(TODAY.search, sources))


def route_changes(
    about: Subject, old: Asked, new: Asked, answers: Mapping[str, str]
) -> Iterator[Change]:
    """`answers`: those that are in both, by their name then with their name now."""
    if not (answers and old.has_ways_by_answer and new.has_ways_by_answer):
        yield from _routes(about, old.question.routes, new.question.routes)
        return
    ways = {now: (old.leads(was), new.leads(now)) for was, now in answers.items()}
    moved = {answer: way for answer, way in ways.items() if way[0] != way[1]}
    if any(len(was) > 1 or len(now) > 1 for was, now in moved.values()):
        yield from _routes(about, old.question.routes, new.question.routes)
        return
    labels = new.question.kind.labels
    together: dict[tuple[Way, Way], list[str]] = {}
    for answer, ((was,), (now,)) in moved.items():
        together.setdefault((was, now), []).append(labels[answer].nl)
    for (was, now), answers_so in together.items():
        yield about.change(_answers_moved(about, answers_so, was, now), ROUTE)


def _answers_moved(about: Subject, answers: Sequence[str], was: Way, now: Way) -> Told:
    new, old = target(*now[1:]), target(*was[1:])
    if len(answers) > 1:
        return told(
            "{thing}: answers {answers} lead to {new} now (was {old}).",
            thing=about.thing, answers=listed(answers), new=new, old=old,
        )  # fmt: skip
    return told(
        "{thing}: answer *{answer}* leads to {new} now (was {old}).",
        thing=about.thing, answer=answers[0], new=new, old=old,
    )  # fmt: skip


def target(to: str, flow: bool) -> Told:
    if to == ADVICE:
        return told("the advice")
    return told("flow *{name}*", name=to) if flow else told("*{name}*", name=to)


def _routes(
    about: Subject, old: Sequence[Route], new: Sequence[Route]
) -> Iterator[Change]:
    """What changed in the list of ways, as it is written."""
    was = {formula(one.condition): one for one in old}
    now = {formula(one.condition): one for one in new}
    for when, route in now.items():
        if when in was and _to(was[when]) != _to(route):
            yield _change(about, _moved(about, when, was[when], route), route)
    gone = [one for when, one in was.items() if when not in now]
    for route in (one for when, one in now.items() if when not in was):
        before = next((one for one in gone if _to(one) == _to(route)), None)
        if before is not None:
            gone.remove(before)
        yield _change(about, _new_or_otherwise(about, before, route), route)
    for route in gone:
        yield about.change(_gone(about, route), ROUTE)
    if [when for when in was if when in now] != [when for when in now if when in was]:
        said = told("{thing}: the ways are tried in another order.", thing=about.thing)
        yield about.change(said, ROUTE)


def _new_or_otherwise(about: Subject, before: Route | None, route: Route) -> Told:
    to = target(*_to(route))
    if before is None:
        return told(
            "{thing}: there is a way to {to} now, if {when}.",
            thing=about.thing, to=to, when=_when(route),
        )  # fmt: skip
    return told(
        "{thing}: the way to {to} is taken if {new} now (was {old}).",
        thing=about.thing, to=to, new=_when(route), old=_when(before),
    )  # fmt: skip


def _gone(about: Subject, route: Route) -> Told:
    return told(
        "{thing}: the way to {to} is gone (was if {when}).",
        thing=about.thing, to=target(*_to(route)), when=_when(route),
    )  # fmt: skip


def _to(route: Route) -> tuple[str, bool]:
    return route.to, route.flow


def _when(route: Route) -> str | Told:
    return formula(route.condition) or told("nothing else fits")


def _moved(about: Subject, when: str, old: Route, new: Route) -> Told:
    was, now = target(*_to(old)), target(*_to(new))
    if not when:
        return told(
            "{thing} leads to {new} now (was {old}).",
            thing=about.thing, new=now, old=was,
        )  # fmt: skip
    return told(
        "{thing} leads to {new} now (was {old}), if {when}.",
        thing=about.thing, new=now, old=was, when=when,
    )  # fmt: skip


def _change(about: Subject, said: Told, route: Route) -> Change:
    place = route.condition.place if route.condition else None
    return about.change(said, ROUTE, place=place)
