"""Questions and answers that only got another name, as `renamed:` says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar, cast

from bot.changes.values import Version
from bot.conversation.conditions import Condition
from bot.conversation.model import FollowUp, Route
from bot.law.deadlines import Rule
from bot.library import Library

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Renames:
    """The old names with the new ones, of what was not renamed before."""

    questions: Mapping[str, str]
    answers: Mapping[tuple[str, str], str]

    def __bool__(self) -> bool:
        return bool(self.questions or self.answers)

    def condition(self, condition: Condition) -> Condition:
        """The same with the names of now; it is only compared and shown."""
        source = condition.source
        for old, new in self.questions.items():
            source = re.sub(rf"\b{re.escape(old)}\b", new, source)
        for (question, old), new in self.answers.items():
            if question in condition.names:
                source = re.sub(rf"\b{re.escape(old)}\b", new, source)
        return replace(condition, source=source)

    def path(self, path: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.questions.get(name, name) for name in path)

    def answer_before(self, question: str, answer: str) -> str:
        """How this answer was called; `question` by its name of then."""
        called = ((a, new) for (q, a), new in self.answers.items() if q == question)
        return next((old for old, new in called if new == answer), answer)

    def rule(self, rule: Rule) -> Rule:
        called = self.questions
        from_ = tuple(called.get(name, name) for name in rule.from_)
        count = called.get(rule.count_fact, rule.count_fact)
        return replace(rule, from_=from_, count_fact=count)

    def follow_up(self, one: FollowUp) -> FollowUp:
        return replace(one, answers=self.given(one.answers))

    def given(self, answers: Mapping[str, str]) -> Mapping[str, str]:
        """Answers by question, under the names of now."""
        return {
            self.questions.get(name, name): self.answers.get((name, answer), answer)
            for name, answer in answers.items()
        }


def renames(before: Library, after: Library) -> Renames:
    """What both name is no rename: somebody uses the old name anew."""
    questions = {
        old: new
        for old, new in after.renamed.questions.items()
        if old in before.questions
        and new not in before.questions
        and old not in after.questions
        and new in after.questions
    }
    answers = {
        (question, old): new
        for (question, old), new in after.renamed.answers.items()
        if question in before.questions
        and old in before.questions[question].kind.labels
        and _lacks(after, questions.get(question, question), old)
        and _lacks(before, question, new)
    }
    return Renames(questions, answers)


def _lacks(library: Library, question: str, answer: str) -> bool:
    found = library.questions.get(question)
    return found is None or answer not in found.kind.labels


def with_new_names(before: Version, renames: Renames) -> Version:
    """The version before, its conditions told in the names of now."""
    if not renames:
        return before
    library = before.library
    return replace(
        before,
        library=replace(
            library,
            derived=_told(dict(library.derived), renames),
            cards=_told(library.cards, renames),
            organisations=_told(dict(library.organisations), renames),
            questions=_told(dict(library.questions), renames),
            deadlines={
                name: tuple(renames.rule(row) for row in rows)
                for name, rows in library.deadlines.items()
            },
            follow_ups=tuple(map(renames.follow_up, library.follow_ups)),
        ),
        promises=_told(before.promises, renames),
    )


def _told(value: T, renames: Renames) -> T:
    """The same value, its conditions with new names however deep they stand."""
    return cast(T, _deep(value, renames))


def _deep(value: object, renames: Renames) -> object:
    if isinstance(value, Condition):
        return renames.condition(value)
    if isinstance(value, Route) and value.to in renames.questions:
        value = replace(value, to=renames.questions[value.to])
    if isinstance(value, tuple):
        return tuple(_deep(one, renames) for one in value)
    if isinstance(value, dict):
        return {name: _deep(one, renames) for name, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: getattr(value, one.name) for one in fields(value)}
        return replace(value, **{k: _deep(one, renames) for k, one in parts.items()})
    return value
