"""What of the content the written households met, and what none of them did.

A card and its urgency count only where the author wrote them down as expected: what
nobody expects may change unseen.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.advice import Held
from bot.conversation.conditions import holds
from bot.conversation.model import Question
from bot.conversation.sampling import Household
from bot.library import Library
from bot.outcome import facts_on
from bot.scenarios import Expected, Played

Sort = Literal["question", "answer", "route", "card", "outcome", "crisis"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)

WHOLE: Final[Mapping[Sort, Sort]] = {
    "answer": "question",
    "route": "question",
    "outcome": "card",
}

NAMED_ONLY: Final = frozenset({"choice", "choices", "yes_no"})
"""Kinds of questions whose answers all have a name."""

TYPED: Final = "@typed"
"""An answer without a name of its own: a day, a number, a place."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a household can meet. `which` is the answer, the number of the
    route among those of its question, or the urgency of the card."""

    sort: Sort
    name: str
    which: str = ""

    @property
    def whole(self) -> "Part | None":
        """What this is a piece of."""
        sort = WHOLE.get(self.sort)
        return Part(sort, self.name) if sort else None

    @property
    def must(self) -> bool:
        """Whether no bot may go without a household for it."""
        return self.sort == "crisis" or (self.sort, self.which) == ("outcome", "now")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every part of the content in the order of the files; those that were met."""

    every: tuple[Part, ...]
    met: frozenset[Part]

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(one for one in self.every if one not in self.met)

    @property
    def must(self) -> tuple[Part, ...]:
        """What is missing, and must not be."""
        return tuple(one for one in self.missing if one.must)

    @property
    def gaps(self) -> tuple[Part, ...]:
        """What else is missing; a piece only where the whole is there."""
        missing = frozenset(self.missing)
        return tuple(
            one for one in self.missing if not one.must and one.whole not in missing
        )

    def count(self, sort: Sort) -> tuple[int, int]:
        """How many were met, and how many there are."""
        all_ = [one for one in self.every if one.sort == sort]
        return sum(one in self.met for one in all_), len(all_)


@dataclass(frozen=True, slots=True)
class Households:
    """The written households, played; `coverage` only when it was all of them."""

    library: Library
    played: tuple[Played, ...]
    coverage: Coverage | None = None

    @property
    def fine(self) -> bool:
        """Whether all passed, and nothing is missing that must be met."""
        missing = self.coverage.must if self.coverage else ()
        return not missing and all(one.passed for one in self.played)


def coverage(library: Library, played: Iterable[Played]) -> Coverage:
    met = frozenset(part for one in played for part in met_by(library, one))
    return Coverage(tuple(parts(library)), met)


# --- what there is ------------------------------------------------------------------


def parts(library: Library) -> Iterator[Part]:
    for name, question in library.questions.items():
        yield Part("question", name)
        yield from (Part("answer", name, one) for one in _answers(question))
        for number in range(len(question.routes)):
            yield Part("route", name, str(number))
    for card in library.cards:
        yield Part("card", card.id)
        urgencies = dict.fromkeys((*(one for one, _ in card.sooner), card.urgency))
        yield from (Part("outcome", card.id, one) for one in urgencies)
    yield from (Part("crisis", one.id) for one in library.crises)


def _answers(question: Question) -> Iterator[str]:
    yield from question.kind.labels
    if question.kind.type.kind not in NAMED_ONLY:
        yield TYPED


# --- what is met --------------------------------------------------------------------


def met_by(library: Library, played: Played) -> Iterator[Part]:
    if played.crisis:
        yield Part("crisis", played.crisis)
    if played.household is not None:
        yield from on_the_way(library, played.household)
    if played.outcome is not None:
        yield from _expected(played.outcome.held, played.scenario.expect)


def on_the_way(library: Library, household: Household) -> Iterator[Part]:
    """The questions it was asked, its answers, and the routes it took."""
    for place, name in enumerate(household.path, start=1):
        question = library.questions[name]
        yield Part("question", name)
        for one in named(question, household.answers[name]):
            yield Part("answer", name, one)
        yield _route(library, household, place)


def named(question: Question, stored: str) -> tuple[str, ...]:
    """The answers that this stored one is; several where boxes are ticked."""
    if stored in question.kind.labels:
        return (stored,)
    return tuple(stored.split()) if question.kind.several else (TYPED,)


def _route(library: Library, household: Household, place: int) -> Part:
    """The way on that the conversation takes: the first that holds by then."""
    path, today = household.path[:place], household.today
    facts = facts_on(library, household.answers, path, today)
    number = next(
        number
        for number, route in enumerate(library.questions[path[-1]].routes)
        if route.condition is None or holds(route.condition, facts)
    )
    return Part("route", path[-1], str(number))


def _expected(held: Iterable[Held], expect: Expected) -> Iterator[Part]:
    if expect.advice is None:
        return
    for part in told_parts(held):
        if part.sort == "card" or expect.urgency is not None:
            yield part


def told_parts(held: Iterable[Held]) -> Iterator[Part]:
    """The parts that this advice is, for who expects it."""
    for one in held:
        yield Part("card", one.card.id)
        yield Part("outcome", one.card.id, one.urgency)
