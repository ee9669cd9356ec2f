"""Which questions a family has answered on its way to a place."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from bot.checks.deciding import ANY_DAY, Deciding
from bot.checks.ways import Graph, graph_of
from bot.conversation.condition_forms import (
    DOES_NOT_HOLD,
    HOLDS,
    Case,
    Form,
    Wanted,
    all_parts,
    negated,
)
from bot.conversation.facts import Fact, Facts
from bot.conversation.model import ADVICE
from bot.library import Library

MOST_TRIED = 200
"""Combinations of answers that are walked with; beyond that nothing is said."""

Given = Mapping[str, Fact | None]
"""Questions that have to be on the way; None where any answer will do."""


@dataclass(frozen=True)
class Asking:
    """The ways through the questions of one Library, which have no circle."""

    deciding: Deciding

    @property
    def library(self) -> Library:
        return self.deciding.library

    @cached_property
    def graph(self) -> Graph:
        return graph_of(self.library)

    @cached_property
    def start(self) -> str:
        return self.library.flows[self.library.start].start

    @cached_property
    def before(self) -> Mapping[str, frozenset[str]]:
        """What is asked on every way to a question, or to the advice at the end."""
        found: dict[str, frozenset[str]] = {self.start: frozenset()}
        for name in self._in_order():
            passed = found[name] | {name}
            for to in self.graph[name]:
                found[to] = found[to] & passed if to in found else passed
        return found

    def _in_order(self) -> list[str]:
        """Each question after all that lead to it."""
        done: dict[str, None] = {ADVICE: None}
        waiting = [self.start]
        while waiting:
            ahead = [to for to in self.graph[waiting[-1]] if to not in done]
            if ahead:
                waiting.append(ahead[0])
            else:
                done[waiting.pop()] = None
        return [name for name in reversed(done) if name != ADVICE]

    @cached_property
    def beyond(self) -> Mapping[str, frozenset[str]]:
        """What some way still leads to after each question."""
        found: dict[str, frozenset[str]] = {ADVICE: frozenset()}
        for name in reversed(self._in_order()):
            ahead = self.graph[name]
            found[name] = frozenset(ahead).union(*(found[to] for to in ahead))
        return found

    def asked(self, after: str) -> frozenset[str]:
        """What surely has been answered right after a question, or at the end."""
        if after:
            return self.before.get(after, frozenset()) | {after}
        return self.before.get(ADVICE, frozenset())

    def way(
        self, case: Case, after: str, avoid: Collection[str] = ()
    ) -> tuple[str, ...] | None:
        """A way on which the answers of this case are given; None when there is none.

        With `avoid`, one that asks none of those questions. When there are too many
        combinations to try, the empty way: nothing is known then.
        """
        names = sorted(self.needed(case) - set(avoid))
        given = [self._values(name, case) for name in names]
        count = 1
        for values in given:
            count *= len(values)
        if count > MOST_TRIED:
            return ()
        for combination in product(*given):
            fixed: Given = dict(zip(names, combination, strict=True))
            if (found := self._walk(fixed, after, avoid)) is not None:
                return found
        return None

    def needed(self, case: Case) -> frozenset[str]:
        """The questions without whose answers the case cannot be true.

        “Known” of a question needs its answer; of a computed fact it may not.
        """
        asked = self.library.questions.keys()
        plain = (
            form
            for form, wanted in case
            if len(form.names) == 1
            and (
                None not in wanted
                if form.word == "is"
                else wanted == HOLDS and form.names <= asked
            )
        )
        return frozenset().union(*(self.deciding.questions(one) for one in plain))

    def _values(self, name: str, case: Case) -> list[Fact | None]:
        if name not in self.deciding.answers:
            return [None]
        fitting = self.deciding.fitting(name, case, asked=True)
        return [facts.get(name) for facts in fitting]

    def _walk(
        self, fixed: Given, after: str, avoid: Collection[str]
    ) -> tuple[str, ...] | None:
        goal = after or ADVICE
        waiting: list[tuple[str, tuple[str, ...], frozenset[str]]]
        waiting = [(self.start, (), frozenset())]
        seen = set[tuple[str, frozenset[str]]]()
        while waiting:
            name, way, asked = waiting.pop()
            if name != ADVICE:
                way = (*way, name)
                asked = asked | {name} if name in fixed else asked
            if name == goal and len(asked) == len(fixed) and name not in avoid:
                return way
            if name in (goal, ADVICE, *avoid) or (name, asked) in seen:
                continue
            seen.add((name, asked))
            wanted = {goal, *fixed} - asked
            waiting += [
                (to, way, asked)
                for to in self._next(name, asked, fixed)
                if wanted <= self.beyond[to] | {to}
            ]
        return None

    def _next(self, name: str, asked: frozenset[str], fixed: Given) -> tuple[str, ...]:
        """Where the answers that are fixed may lead; those that are not, anywhere."""
        matter = self._looked_at[name] & asked
        known = tuple((one, fixed[one]) for one in matter if fixed[one] is not None)
        key = (name, frozenset(known))
        if key not in self._led:
            self._led[key] = tuple(self._leading(name, dict(known)))
        return self._led[key]

    @cached_property
    def _led(self) -> dict[object, tuple[str, ...]]:
        return {}

    @cached_property
    def _looked_at(self) -> Mapping[str, frozenset[str]]:
        """The questions whose answers decide where each question leads."""
        return {
            question.id: frozenset().union(
                *(
                    self.deciding.asked_for[name]
                    for route in question.routes
                    if route.condition
                    for name in route.condition.names
                )
            )
            for question in self.library.questions.values()
        }

    def _leading(self, name: str, known: Given) -> Iterator[str]:
        library = self.library
        given = {one: fact for one, fact in known.items() if fact is not None}
        facts = Facts(given, ANY_DAY, library.derived)
        for route, to in zip(
            library.questions[name].routes, self.graph[name], strict=True
        ):
            form = route.condition.form if route.condition else None
            if form is None or self._can(form, HOLDS, facts, known):
                yield to
            if form is None or not self._can(form, DOES_NOT_HOLD, facts, known):
                return

    def _can(self, form: Form, wanted: Wanted, facts: Facts, known: Given) -> bool:
        """Whether the form may give one of these; what is not fixed may be anything."""
        computed = self.deciding.computed
        if form.fact in computed:
            return self._can(computed[form.fact], wanted, facts, known)
        if form.word == "not":
            return self._can(form.parts[0], negated(wanted), facts, known)
        if form.parts:
            parts = (self._can(part, wanted, facts, known) for part in form.parts)
            return all(parts) if all_parts(form, wanted) else any(parts)
        # What only looks at the day has no names, and may be anything.
        settled = form.names and self.deciding.questions(form) <= known.keys()
        return form.decide(facts) in wanted if settled else True
