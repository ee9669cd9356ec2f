"""Every condition of a Library, where it decides, and which cases can come true."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.conversation.condition_forms import HOLDS, Case, Form, cases
from bot.conversation.conditions import Condition
from bot.conversation.facts import Fact, Facts
from bot.library import Decided, Library
from bot.problems import Told, told

ANY_DAY = date(2026, 1, 1)
"""Only answers out of a list are tried here, and those are the same on every day."""

LISTED = frozenset({"choice", "choices", "yes_no"})
MOST_ANSWERS = 64


@dataclass(frozen=True, slots=True)
class Use:
    """A condition and what it decides; `after` is the question that was just asked.

    Without one it is asked at the end of every way.
    """

    condition: Condition
    of: Told
    after: str = ""
    earlier: tuple[Condition, ...] = ()
    """Those that have to fail before this one is looked at."""

    may_always_hold: bool = False
    """Whether it can be meant for every family, as that of a card for all others."""


def uses(library: Library) -> Iterator[Use]:
    """Of every condition but those of computed facts, which decide through others."""
    written: defaultdict[str, tuple[Condition, ...]] = defaultdict(tuple)
    for one in library.conditions():
        if one.sort == "fact" or _is_yes(one):
            continue
        row = f"{one.sort} {one.of}" if one.sort in ("way", "organisation") else ""
        yield Use(
            one.condition,
            _whose(one),
            after=one.of if one.sort in ("way", "first_advice") else "",
            earlier=written[row] if row else (),
            may_always_hold=one.sort == "card",
        )
        written[row] += (one.condition,)


def _whose(one: Decided) -> Told:
    if one.sort == "way":
        return told("a way on from “{question}”", question=one.of)
    if one.sort == "first_advice":
        return told("the first advice after “{question}”", question=one.of)
    if one.sort in ("organisation", "only_if"):
        return told("the organisation “{name}”", name=one.of)
    return told("the card “{card}”", card=one.of)


def _is_yes(one: Decided) -> bool:
    """Whether the author wrote `first_advice: yes`, whatever is answered."""
    always = f"known {one.of} or {one.of} == unsure"
    return one.sort == "first_advice" and one.condition.source == always


@dataclass(frozen=True)
class Deciding:
    """What the answers of one Library can make of its conditions."""

    library: Library
    _tried: dict[tuple[int, str], Sequence[Fact | None]] = field(default_factory=dict)

    @cached_property
    def computed(self) -> Mapping[str, Form]:
        derived = self.library.derived
        return {name: one.form for name, one in derived.items() if one.form}

    @cached_property
    def asked_for(self) -> Mapping[str, frozenset[str]]:
        """Each fact with the questions that it comes from."""
        found: dict[str, frozenset[str]] = {}
        for name in self.library.questions:
            found[name] = frozenset({name})
        for name, one in self.library.derived.items():
            found[name] = frozenset().union(*(found[need] for need in one.names))
        return found

    @cached_property
    def answers(self) -> Mapping[str, Sequence[Facts]]:
        """Of each question with a list of answers: the facts after each of them."""
        return {
            name: [
                Facts({name: kind.fact(stored)}, ANY_DAY)
                for stored in kind.examples(ANY_DAY, ())
            ]
            for name, question in self.library.questions.items()
            if (
                (kind := question.kind).type.kind in LISTED
                and 2 ** len(kind.type.options) <= MOST_ANSWERS
            )
            or question.kind.type.kind in LISTED - {"choices"}
        }

    def cases(self, condition: Condition) -> tuple[Case, ...] | None:
        form = condition.form
        return cases(form, HOLDS, self.computed) if form else None

    def questions(self, form: Form) -> frozenset[str]:
        """The questions whose answers this looks at."""
        return frozenset().union(*(self.asked_for[name] for name in form.names))

    def fitting(self, name: str, case: Case, *, asked: bool) -> Sequence[Facts]:
        """The answers of one question with which its part of the case comes true."""
        about = [(form, wanted) for form, wanted in case if form.names == {name}]
        tried = [*self.answers[name], *([] if asked else [Facts({}, ANY_DAY)])]
        return [
            facts
            for facts in tried
            if all(form.decide(facts) in wanted for form, wanted in about)
        ]

    def can_be(self, case: Case, asked: frozenset[str]) -> bool:
        """False when no answers at all can make this case true.

        Days, amounts and what is counted from them may be anything here: a case of
        those is believed. `asked` are questions that surely have been answered.
        """
        grouped = defaultdict[str, int](int)
        for form, _ in case:
            if len(form.names) == 1:
                grouped[next(iter(form.names))] += 1
        return all(
            self.fitting(name, case, asked=name in asked)
            for name in grouped
            if name in self.answers
        )
