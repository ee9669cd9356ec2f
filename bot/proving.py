"""One Library on one day while things are proved of it: its walks, who is told what.

The advice that comes first, and what comes beside it, are walked on their own, which is
quick; where that is not enough to be sure, both are walked together, which is not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from bot.advice import Held, matching
from bot.conversation.conditions import holds
from bot.conversation.facts import Facts
from bot.conversation.model import ADVICE
from bot.conversation.path_advice import Known, Watch, comes_first
from bot.conversation.paths import Step, Stop, Walk
from bot.conversation.sampling import Household
from bot.fitting import fitting
from bot.library import Library
from bot.organisations import Organisation
from bot.outcome import MOST_ORGANISATIONS, outcome, place_name, reached
from bot.problems import NOTHING, Told
from bot.promises import Heard, Promise, Promised

FEW: Final = 500
"""So many of the shortest households are compared, to show the plainest."""

UNPROMISED: Final = Promised()


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A family for whom it does not hold; its answers are enough to replay it."""

    told: Told
    household: Household | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """`households` were covered; `broken` is None when it holds for all of them."""

    code: str
    name: Told
    households: int
    broken: Counterexample | None = None
    note: Told = NOTHING
    expect: Promised = UNPROMISED
    """What an author promised, if somebody did."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """An answer after which a number must come at once, and does not."""

    stop: Stop
    answer: int

    @property
    def questions(self) -> int:
        return min(self.stop.ways) + 1


@dataclass(slots=True, repr=False)
class Proving:
    """One Library on one day. Each walk is made once, when it is first needed."""

    library: Library
    today: date
    promises: Sequence[Promise] = ()
    about: str = ""
    """Only families that this promise can be about, when one is looked at alone."""

    walks: dict[Watch, Walk] = field(default_factory=dict)
    told: dict[tuple[Watch, int], Heard] = field(default_factory=dict)
    urgent: int = 0
    """Answers with a date that made the advice urgent, by household so far."""

    alarms: dict[str, Alarm] = field(default_factory=dict)
    """The shortest of each promise, and under "" of the dates."""

    # --- the walks ----------------------------------------------------------------

    def walk(self, watch: Watch) -> Walk:
        if watch not in self.walks:
            self.walks[watch] = Walk(
                self.library,
                self.today,
                self.promises,
                watch=watch,
                about_promises=bool(self.about),
                observe=_unseen if watch == "beside" else self._observe,
            )
        return self.walks[watch]

    @property
    def first(self) -> Walk:
        """The walk with the advice that comes first; all of it where that is unsure."""
        found = self.walk("first")
        if not found.unsettled:
            return found
        self.urgent, self.alarms = 0, {}
        return self.walk("all")

    def _observe(self, walk: Walk, step: Step) -> None:
        number = step.to == ADVICE or _tells(walk, step.shown)
        if self._is_urgent(walk, step):
            self.urgent += step.households
            if not number:
                self._alarm("", step)
        for place, one in enumerate(self.promises):
            before = walk.trees.so_far(step.stop.known.promises[place])
            after = walk.trees.so_far(step.known.promises[place])
            if one.expect.number_at_once and after and not before and not number:
                self._alarm(one.name, step)

    def _is_urgent(self, walk: Walk, step: Step) -> bool:
        """Whether this answer is a day, and with it the advice became urgent."""
        if not isinstance(walk.trees.answers[step.stop.at][step.answer], date):
            return False
        return _is_now(walk, step.known) and not _is_now(walk, step.stop.known)

    def _alarm(self, name: str, step: Step) -> None:
        found = Alarm(step.stop, step.answer)
        if name not in self.alarms or found.questions < self.alarms[name].questions:
            self.alarms[name] = found

    # --- what families are told ---------------------------------------------------

    def told_at(self, walk: Walk, stop: Stop) -> Heard:
        key = (walk.advice.watch, id(stop))
        if key not in self.told:
            self.told[key] = self.told_to(walk, walk.shortest(stop))
        return self.told[key]

    def told_to(self, walk: Walk, household: Household) -> Heard:
        """By the same functions as every family; only what this walk watches."""
        if walk.advice.watch == "all":
            return self.all_told(household)
        facts = household.facts(self.library)
        first = walk.advice.watch == "first"
        every = matching(self.library.cards, facts)
        held = tuple(one for one in every if comes_first(one.card) == first)
        named = dict.fromkeys(name for one in held for name in one.card.organisations)
        shown = self._named(named, facts) if first else ()
        called = self._called(held, shown, facts)
        return Heard(held, called, frozenset(_rules(held, facts)))

    def all_told(self, household: Household) -> Heard:
        """All that it hears, whatever a walk watches."""
        facts = household.facts(self.library)
        found = outcome(self.library, facts)
        rules = (one.rule.id for one in found.dues)
        called = self._called(found.held, found.organisations, facts)
        return Heard(found.held, called, frozenset(rules))

    def _called(
        self, held: Iterable[Held], shown: Iterable[Organisation], facts: Facts
    ) -> tuple[Organisation, ...]:
        """Those of the list, and those whom the steps of the advice name."""
        here = reached(self.library, facts)
        steps = (here[step.who] for one in held for step in one.card.steps)
        return tuple(dict.fromkeys((*shown, *steps)))

    def _named(self, named: Iterable[str], facts: Facts) -> tuple[Organisation, ...]:
        """Those shown because the advice names them; others may come behind them."""
        here = reached(self.library, facts)
        known = {name: here[name] for name in named}
        fits = fitting(known, known, facts, place_name(self.library, facts))
        return tuple(fit.organisation for fit in fits[:MOST_ORGANISATIONS])


def shortest(
    walk: Walk, broken: Sequence[Stop], message: Told
) -> Counterexample | None:
    """Of the shortest the plainest: few boxes ticked, days near to today."""
    if not broken:
        return None
    length = min(map(length_of, broken))
    short = islice((one for one in broken if length_of(one) == length), FEW)
    plainest = min(map(walk.shortest, short), key=walk.plainness)
    return Counterexample(message, plainest)


def length_of(stop: Stop) -> int:
    return min(stop.ways)


def _unseen(walk: Walk, step: Step) -> None:
    """Beside advice is never urgent by itself."""


def _is_now(walk: Walk, known: Known) -> bool:
    held = walk.advice.so_far(known)
    return Heard(held, (), frozenset()).urgency == "now"


def _tells(walk: Walk, shown: Held | None) -> bool:
    """Whether the first advice names someone who can be called, wherever they live."""
    if shown is None:
        return False
    named = (shown.card.steps[0].who, *shown.card.organisations)
    return any(map(walk.advice.tells_everywhere, named))


def _rules(held: Iterable[Held], facts: Facts) -> Iterator[str]:
    for one in held:
        for rule, condition in one.card.deadlines:
            if condition is None or holds(condition, facts):
                yield rule
