"""What stands on an arrow: the condition of a way on, in words, not in the notation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from itertools import islice
from typing import Final

from bot.conversation.condition_logic import (
    Comparing,
    Constant,
    Containing,
    Days,
    Decide,
    Joined,
    Known,
    Named,
    Negated,
    OneOf,
    Today,
    Unsure,
)
from bot.conversation.conditions import Condition, holds
from bot.conversation.facts import UNSURE, Fact, Facts
from bot.conversation.model import Question, Route
from bot.problems import NOTHING, Language, Told, told
from bot.translations import Catalogue

MOST_LABELS: Final = 4
"""More buttons than these for “all others” are no help beside an arrow."""

ELSE: Final = told("otherwise")
NO_BREAK: Final = "\u00a0"
"""What stands on one button stays on one line."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How the conditions of one question are said, by the buttons families see."""

    questions: Mapping[str, Question]
    question: Question
    catalogue: Catalogue

    def ways(self, language: Language) -> tuple[str, ...]:
        """For each way on, in order, when it is taken; "" when it always is."""
        routes = self.question.routes
        if len(routes) == 1 and routes[0].condition is None:
            return ("",)
        taken = self._buttons()
        return tuple(
            (taken[number] if taken else self._said(route.condition)).words(language)
            for number, route in enumerate(routes)
        )

    def _buttons(self) -> Sequence[Told]:
        """The buttons that lead each way; nothing when more than this answer counts."""
        kind, routes = self.question.kind, self.question.routes
        if kind.type.kind not in ("choice", "yes_no"):
            return ()
        if not all(_looks_only_at(route, self.question.id) for route in routes):
            return ()
        taken: list[list[Told]] = [[] for _ in routes]
        for option in kind.labels:
            facts = Facts({self.question.id: kind.fact(option)}, date.min)
            for number in islice(_ways(routes, facts), 1):
                taken[number].append(self._label(self.question.id, option))
        return [
            _few(labels, rest=route.condition is None)
            for route, labels in zip(routes, taken, strict=True)
        ]

    def _said(self, condition: Condition | None) -> Told:
        if condition is None:
            return ELSE
        return self._piece(condition.decide, condition.source)

    def _piece(self, piece: Decide, source: str) -> Told:
        """In words as far as there are any; else as the author wrote it."""
        match piece:
            case Joined(parts, settles):
                return self._joined(parts, settles, source)
            case Negated(Known(name)):
                return self._about(name, told("not known"))
            case Negated(part):
                return told("not {part}", part=self._inner(part, source))
            case Known(name):
                return self._about(name, told("known"))
            case Unsure(name):
                return self._about(name, self._label(name, UNSURE))
            case Named(name):
                return told("“{name}”", name=name)
            case OneOf(Named(name), values):
                return self._about(name, _either(self._labels(name, values)))
            case Containing(Named(name), option):
                return self._about(name, self._label(name, option))
            case Comparing(left, sign, right):
                return self._compared(left, sign, right, source)
        return _as_is(source)

    def _joined(self, parts: Sequence[Decide], settles: bool, source: str) -> Told:
        if settles and (name := _one_list(parts)):
            found = (self._in_list(part) for part in parts)
            return self._about(name, _either([one for some in found for one in some]))
        said = [self._inner(part, source) for part in parts]
        return _either(said) if settles else reduce(_both, said)

    def _in_list(self, part: Decide) -> list[Told]:
        match part:
            case OneOf(Named(name), values):
                return self._labels(name, values)
            case Unsure(name):
                return [self._label(name, UNSURE)]
        return []

    def _inner(self, part: Decide, source: str) -> Told:
        said = self._piece(part, source)
        match part:
            case OneOf(_, values) if len(values) == 1:
                return said
            case Joined() | OneOf():
                return told("({part})", part=said)
        return said

    def _compared(self, left: Decide, sign: str, right: Decide, source: str) -> Told:
        name = left.name if isinstance(left, Named) else ""
        value = self._value(right, name)
        if value is None:
            return _as_is(source)
        if sign in ("==", "!="):
            said = value if sign == "==" else told("not {part}", part=value)
        else:
            dated = isinstance(left, Named) and left.kind == "date"
            said = _dated(sign, value) if dated else _counted(sign, value)
        if isinstance(left, Named):
            return self._about(name, said)
        first = self._value(left, "")
        if first is None:
            return _as_is(source)
        return told("{name}: {said}", name=first, said=said)

    def _value(self, piece: Decide, name: str) -> Told | None:
        match piece:
            case Constant(value):
                return self._label(name, _stored(value))
            case Today():
                return told("today")
            case Named(other):
                return self._name(other)
            case Days(first, last):
                begin, end = self._value(first, ""), self._value(last, "")
                if begin and end:
                    return told("days from {begin} to {end}", begin=begin, end=end)
        return None

    def _about(self, name: str, said: Told) -> Told:
        """Whose answer is meant, unless it is that of the question itself."""
        if name == self.question.id:
            return said
        return told("{name}: {said}", name=self._name(name), said=said)

    def _name(self, name: str) -> Told:
        asked = self.questions.get(name)
        shown = self.catalogue.words(asked.short) if asked and asked.short else name
        return told("“{name}”", name=shown)

    def _labels(self, name: str, values: frozenset[Fact]) -> list[Told]:
        known = self.questions[name].kind.labels if name in self.questions else {}
        stored = {_stored(value) for value in values}
        order = [*(one for one in known if one in stored), *sorted(stored - set(known))]
        return [self._label(name, one) for one in order]

    def _label(self, name: str, stored: str) -> Told:
        asked = self.questions.get(name)
        text = asked.kind.labels.get(stored) if asked else None
        shown = self.catalogue.words(text) if text else stored
        return _as_is(shown.replace(" ", NO_BREAK))


def _as_is(words: str) -> Told:
    """What an author wrote is the same in both languages."""
    return Told("{words}", (("words", words),))


def _looks_only_at(route: Route, name: str) -> bool:
    condition = route.condition
    if condition is None:
        return True
    return condition.names == {name} and "today" not in condition.source


def _ways(routes: Sequence[Route], facts: Facts) -> Iterator[int]:
    """All that hold; in a conversation the first of them is taken."""
    for number, route in enumerate(routes):
        if route.condition is None or holds(route.condition, facts):
            yield number


def _few(labels: Sequence[Told], *, rest: bool) -> Told:
    """`rest` takes what no other way takes: many buttons there are no help."""
    if rest and not 0 < len(labels) <= MOST_LABELS:
        return ELSE
    return _either(labels) if labels else told("never")


def _either(said: Sequence[Told]) -> Told:
    return reduce(_one_of_two, said) if said else NOTHING


def _one_of_two(first: Told, other: Told) -> Told:
    return told("{first} or {other}", first=first, other=other)


def _both(first: Told, other: Told) -> Told:
    return told("{first} and {other}", first=first, other=other)


def _one_list(parts: Sequence[Decide]) -> str:
    """The question of `x in [a, unsure]`, which is read as two pieces; or nothing."""
    names = set[str]()
    for part in parts:
        match part:
            case OneOf(Named(name)) | Unsure(name):
                names.add(name)
            case _:
                return ""
    return names.pop() if len(names) == 1 else ""


def _stored(value: Fact) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _dated(sign: str, value: Told) -> Told:
    match sign:
        case "<":
            return told("before {value}", value=value)
        case "<=":
            return told("on or before {value}", value=value)
        case ">":
            return told("after {value}", value=value)
    return told("on or after {value}", value=value)


def _counted(sign: str, value: Told) -> Told:
    match sign:
        case "<":
            return told("less than {value}", value=value)
        case "<=":
            return told("at most {value}", value=value)
        case ">":
            return told("more than {value}", value=value)
    return told("at least {value}", value=value)
