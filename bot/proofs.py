"""What holds for every family, whatever it answers; or the shortest household that it
does not hold for.

A property is told as proved only when it was looked at for every class of families. The
advice that comes first, and what comes beside it, are walked on their own, which is
quick; where that is not enough to be sure, both are walked together, which is not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Final

from bot.advice import Card, Held, matching
from bot.conversation.conditions import Condition, holds
from bot.conversation.facts import Facts, FactType
from bot.conversation.model import ADVICE
from bot.conversation.path_advice import (
    Known,
    Row,
    Watch,
    comes_first,
)
from bot.conversation.path_trees import ALWAYS
from bot.conversation.paths import Step, Stop, Walk
from bot.conversation.sampling import Household
from bot.fitting import fitting
from bot.library import Library
from bot.organisations import Organisation
from bot.outcome import MOST_ORGANISATIONS, Due, due, outcome, place_name, reached
from bot.promises import Promise, Promised, Told, lacking

LONGEST: Final = 15
"""More questions than this are too many for anybody (rule F2)."""

MEDIAN: Final = 8
"""Half of the families have at most so many questions."""

COMPARED: Final = 1
"""Households of each class, by another way, that are compared with the shortest."""

FEW: Final = 500
"""So many of the shortest households are compared, to show the plainest."""

LENGTH: Final = "length"
CARD: Final = "card"
PROMISE: Final = "promise"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A family for whom it does not hold; its answers are enough to replay it."""

    message: str
    household: Household | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """`households` were covered; `broken` is None when it holds for all of them."""

    code: str
    name: str
    households: int
    broken: Counterexample | None = None
    note: str = ""
    expect: Promised = Promised()
    """What an author promised, if somebody did."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """An answer after which a number must come at once, and does not."""

    stop: Stop
    answer: int

    @property
    def questions(self) -> int:
        return min(self.stop.ways) + 1


@dataclass(slots=True)
class Proving:
    """One Library on one day. Each walk is made once, when it is first needed."""

    library: Library
    today: date
    promises: Sequence[Promise] = ()
    about: str = ""
    """Only families that this promise can be about, when one is looked at alone."""

    walks: dict[Watch, Walk] = field(default_factory=dict)
    told: dict[tuple[Watch, int], Told] = field(default_factory=dict)
    urgent: int = 0
    """Answers with a date that made the advice urgent, by household so far."""

    alarms: dict[str, Alarm] = field(default_factory=dict)
    """The shortest of each promise, and under "" of the dates."""

    # --- the walks ----------------------------------------------------------------------

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

    # --- what families are told -------------------------------------------------------

    def told_at(self, walk: Walk, stop: Stop) -> Told:
        key = (walk.advice.watch, id(stop))
        if key not in self.told:
            self.told[key] = self.told_to(walk, walk.shortest(stop))
        return self.told[key]

    def told_to(self, walk: Walk, household: Household) -> Told:
        """By the same functions as every family; only what this walk watches."""
        facts = household.facts(self.library)
        if walk.advice.watch == "all":
            found = outcome(self.library, facts)
            rules = (one.rule.id for one in found.dues)
            called = self._called(found.held, found.organisations, facts)
            return Told(found.held, called, frozenset(rules))
        first = walk.advice.watch == "first"
        every = matching(self.library.cards, facts)
        held = tuple(one for one in every if comes_first(one.card) == first)
        named = dict.fromkeys(name for one in held for name in one.card.organisations)
        shown = self._named(named, facts) if first else ()
        called = self._called(held, shown, facts)
        return Told(held, called, frozenset(_rules(held, facts)))

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


def proofs(
    library: Library, today: date, promises: Sequence[Promise] = ()
) -> Iterator[Proof]:
    """One by one, as each is done. The questions must not run in a circle."""
    proving = Proving(library, today, promises)
    yield _ends_in_help(proving)
    yield _is_short(proving)
    yield _agrees(proving)
    yield _number_after_a_date(proving)
    yield _no_past_day_is_open(proving)
    yield _every_card_is_told(proving)
    for promise in promises:
        yield is_kept(proving, promise)


def expected(proof: Proof) -> Mapping[str, object]:
    """What the household of a broken promise should be told, as a scenario says it."""
    promised = proof.expect
    found = {
        "urgency": promised.urgency,
        "advice": promised.advice,
    }
    return {key: value for key, value in found.items() if value}


# --- the properties -----------------------------------------------------------------------


def _ends_in_help(proving: Proving) -> Proof:
    walk = proving.first
    broken = [one for one in walk.ends if _helpless(proving.told_at(walk, one))]
    if broken and walk.advice.watch == "first":
        walk = proving.walk("all")
        broken = [one for one in walk.ends if _helpless(proving.told_at(walk, one))]
    message = "No advice is told." if _any_untold(proving, walk, broken) else ""
    return Proof(
        "help",
        "every way ends in advice with a phone number",
        walk.households,
        _shortest(walk, broken, message or "Nobody who is told has a number."),
        _sampled(walk),
    )


def _any_untold(proving: Proving, walk: Walk, broken: Sequence[Stop]) -> bool:
    shortest = min(broken, key=_length, default=None)
    return shortest is not None and not proving.told_at(walk, shortest).held


def _helpless(told: Told) -> bool:
    return not told.held or not any(one.tells_a_number for one in told.organisations)


def _is_short(proving: Proving) -> Proof:
    walk = proving.first
    shares = walk.lengths()
    longest, median = max(shares), _median(shares.items())
    broken = None
    if longest > LONGEST:
        length = min(one for one in shares if one > LONGEST)
        end = next(one for one in walk.ends if length in one.ways)
        broken = Counterexample(
            f"There are ways of {longest} questions; {LONGEST} is the most.",
            walk.shortest(end, length),
        )
    elif median > MEDIAN:
        message = f"Half of the families have more than {MEDIAN} questions."
        broken = Counterexample(message)
    note = f"median {median}, longest {longest}"
    return Proof(LENGTH, "no way is too long", walk.households, broken, note)


def _median(shares: Iterable[tuple[int, float]]) -> int:
    total = 0.0
    for length, share in shares:
        total += share
        # The shares are sums of many small parts: half is a little less than half.
        if total > 0.5 - 1e-9:
            return length
    return 0


def _agrees(proving: Proving) -> Proof:
    """Families alike in all that is looked at, by different ways, hear the same.

    So it also shows that the walk and the conversation decide alike.
    """
    broken: list[tuple[int, Counterexample]] = []
    compared = 0
    for walk in (proving.first, proving.walk("beside")):
        for end in walk.ends:
            wanted = proving.told_at(walk, end)
            compared += 1
            expected = tuple(one.card.id for one in walk.advice.so_far(end.known))
            if expected != wanted.cards:
                broken.append(_other(walk.shortest(end), expected, wanted.cards))
            path = walk.shortest(end).path
            others = (one for one in walk.by_each_way(end) if one.path != path)
            for one in islice(others, COMPARED):
                got = proving.told_to(walk, one)
                if got != wanted:
                    broken.append(_other(one, wanted.cards, got.cards))
    found = min(broken, key=lambda pair: pair[0], default=None)
    return Proof(
        "agree",
        "no two ways disagree",
        proving.first.households,
        found[1] if found else None,
        f"{compared} classes compared",
    )


def _other(
    household: Household, wanted: Iterable[str], got: Iterable[str]
) -> tuple[int, Counterexample]:
    message = f"Hears {_listed(got)}; others of whom the same is known hear {_listed(wanted)}."
    return len(household.path), Counterexample(message, household)


def _number_after_a_date(proving: Proving) -> Proof:
    walk = proving.first
    return Proof(
        "urgent-date",
        "a date that makes it urgent brings a phone number at once",
        proving.urgent,
        _alarmed(walk, proving.alarms.get("")),
    )


def _alarmed(walk: Walk, alarm: Alarm | None) -> Counterexample | None:
    if alarm is None:
        return None
    message = f"After “{alarm.stop.at}” no phone number comes before the next question."
    return Counterexample(message, walk.completed(alarm.stop, alarm.answer))


def _no_past_day_is_open(proving: Proving) -> Proof:
    walk = proving.first
    broken = [
        one for rule in _told_rules(proving) if (one := _shown_open(proving, rule))
    ]
    return Proof(
        "past-date",
        "no day that is over is told as open",
        walk.households,
        min(broken, key=lambda one: len(one.household.path if one.household else ()))
        if broken
        else None,
    )


def _told_rules(proving: Proving) -> Iterator[str]:
    cards = proving.library.cards
    yield from dict.fromkeys(rule for card in cards for rule, _ in card.deadlines)


def _shown_open(proving: Proving, rule: str) -> Counterexample | None:
    """The shortest household that hears it. First every day is tried without a way."""
    library, today = proving.library, proving.today
    if not any(
        is_wrongly_open(due(library, rule, facts), today)
        for facts in _events(proving, rule)
    ):
        return None
    names = {name for row in library.deadlines[rule] for name in row.from_}
    names |= {row.count_fact for row in library.deadlines[rule] if row.count_fact}
    told = Condition(
        f"{rule} is over",
        FactType("truth"),
        frozenset(names),
        lambda facts: is_wrongly_open(due(library, rule, facts), today),
    )
    searched = Proving(library, today, [Promise(rule, told, Promised())], rule)
    walk = searched.walk("all")
    found = [
        end
        for end in walk.ends
        if end.known.promises[0] == ALWAYS and rule in searched.told_at(walk, end).rules
    ]
    return _shortest(walk, found, f"“{rule}” is over, and told as if it were not.")


def _events(proving: Proving, rule: str) -> Iterator[Facts]:
    """Each day it can count from. Of lengths that a letter gives, all with the first
    and the last day, and the shortest and the longest with every day: so every day on
    which it can end is among them."""
    answers = proving.first.trees.answers
    row = proving.library.deadlines[rule][0]
    lengths: Sequence[object] = [None]
    if row.count_fact:
        some = (one for one in answers.get(row.count_fact, ()) if isinstance(one, int))
        lengths = sorted(some) or [None]
    for name in row.from_:
        given = proving.today if name == "today" else None
        days = sorted(one for one in answers.get(name, ()) if isinstance(one, date))
        for day in [given] if given else days:
            ends = {days[0], days[-1]} if days else {day}
            few = lengths if day in ends else dict.fromkeys([lengths[0], lengths[-1]])
            for length in few:
                asked = {} if given else {name: day}
                more = {row.count_fact: length} if isinstance(length, int) else {}
                yield Facts({**asked, **more}, proving.today)


def is_wrongly_open(found: Due, today: date) -> bool:
    """A day that has passed, in the words of a day that is still to come."""
    if found.deadline is None:
        return False
    one, rule = found.deadline, found.rule
    if one.safe_day is not None and one.safe_day < today:
        return True
    return one.last_day < today and (not one.over or rule.over.nl == rule.say.nl)


def _every_card_is_told(proving: Proving) -> Proof:
    told, rows = set[Row](), set[Row]()
    for walk in (proving.first, proving.walk("beside")):
        for end in walk.ends:
            held = walk.advice.so_far(end.known)
            told.update(Row(one.card, one.urgency) for one in held)
        rows.update(walk.advice.rows)
    never = [f"{row.card.id} ({row.urgency})" for row in rows - told]
    shown = ", ".join(sorted(never))
    return Proof(
        CARD,
        "every card can be told, with each of its urgencies",
        proving.first.households,
        Counterexample(f"No family is ever told: {shown}.") if never else None,
        f"{len({row.card for row in told})} cards, {len(told)} rows",
    )


def is_kept(proving: Proving, promise: Promise) -> Proof:
    place = proving.promises.index(promise)
    ends = proving.first.ends
    meant = [one for one in ends if one.known.promises[place] == ALWAYS]
    looked, walk, broken = _broken(proving, promise)
    found = _alarmed(proving.first, proving.alarms.get(promise.name))
    if not meant and found is None:
        found = Counterexample("It is about nobody: no household is ever like this.")
    if broken:
        found = _shortest(walk, broken, "")
        assert found is not None
        assert found.household is not None
        told = looked.told_to(walk, found.household)
        lacks = "; ".join(lacking(promise.expect, told))
        found = replace(found, message=f"{lacks}.")
    return Proof(
        PROMISE,
        promise.name,
        sum(one.households for one in meant),
        found,
        expect=promise.expect,
    )


def _broken(proving: Proving, promise: Promise) -> tuple[Proving, Walk, list[Stop]]:
    """The classes that it is not kept for, and their walk."""
    beside = {one.id for one in proving.library.cards if not comes_first(one)}
    wanted = promise.expect.advice
    first = tuple(one for one in wanted if one not in beside)
    second = tuple(one for one in wanted if one in beside)
    walk = proving.first
    parts = [(walk, replace(promise.expect, advice=first))]
    if second:
        parts.append((proving.walk("beside"), Promised(advice=second)))
    if not any(_lacks(proving, one, promise, part) for one, part in parts):
        return proving, walk, []
    alone = Proving(proving.library, proving.today, [promise], about=promise.name)
    walk = alone.walk("all")
    return alone, walk, _lacks(alone, walk, promise, promise.expect)


def _lacks(
    proving: Proving, walk: Walk, promise: Promise, expect: Promised
) -> list[Stop]:
    place = proving.promises.index(promise)
    return [
        end
        for end in walk.ends
        if end.known.promises[place] == ALWAYS
        and any(lacking(expect, proving.told_at(walk, end)))
    ]


# --- pieces -------------------------------------------------------------------------------


def _unseen(walk: Walk, step: Step) -> None:
    """Beside advice is never urgent by itself."""


def _is_now(walk: Walk, known: Known) -> bool:
    held = walk.advice.so_far(known)
    return Told(held, (), frozenset()).urgency == "now"


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


def _length(stop: Stop) -> int:
    return min(stop.ways)


def _shortest(
    walk: Walk, broken: Sequence[Stop], message: str
) -> Counterexample | None:
    """Of the shortest the plainest: few boxes ticked, days near to today."""
    if not broken:
        return None
    length = min(map(_length, broken))
    short = islice((one for one in broken if _length(one) == length), FEW)
    plainest = min(map(walk.shortest, short), key=walk.plainness)
    return Counterexample(message, plainest)


def _sampled(walk: Walk) -> str:
    names = ", ".join(walk.sampled)
    return f"not every answer was tried of: {names}" if names else ""


def _listed(cards: Iterable[str]) -> str:
    return ", ".join(cards) or "nothing"
