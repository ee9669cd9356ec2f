"""What holds for every family, whatever it answers; or the shortest household that it
does not hold for.

A property is told as proved only when it was looked at for every class of families.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, islice
from typing import Final

from bot.conversation.path_advice import Row, comes_first
from bot.conversation.path_trees import ALWAYS
from bot.conversation.paths import Stop, Walk
from bot.conversation.sampling import Household
from bot.library import Library
from bot.past_days import no_past_day_is_open
from bot.problems import NOTHING, Told, as_written, joined, told
from bot.promises import Heard, Promise, Promised, lacking
from bot.proving import (
    FEW,
    Alarm,
    Counterexample,
    Proof,
    Proving,
    length_of,
    shortest,
)

LONGEST: Final = 15
"""More questions than this are too many for anybody (rule F2)."""

MEDIAN: Final = 8
"""Half of the families have at most so many questions."""

COMPARED: Final = 1
"""Households of each class, by another way, that are compared with the shortest."""

LENGTH: Final = "length"
CARD: Final = "card"
PROMISE: Final = "promise"


def proofs(
    library: Library, today: date, promises: Sequence[Promise] = ()
) -> Iterator[Proof]:
    """One by one, as each is done. The questions must not run in a circle."""
    proving = Proving(library, today, promises)
    yield _ends_in_help(proving)
    yield _is_short(proving)
    yield _agrees(proving)
    yield _number_after_a_date(proving)
    yield no_past_day_is_open(proving)
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


# --- the properties ---------------------------------------------------------------


def _ends_in_help(proving: Proving) -> Proof:
    walk = proving.first
    broken = [one for one in walk.ends if _helpless(proving.told_at(walk, one))]
    if broken and walk.advice.watch == "first":
        walk = proving.walk("all")
        broken = [one for one in walk.ends if _helpless(proving.told_at(walk, one))]
    message = told("Nobody who is told has a number.")
    if _any_untold(proving, walk, broken):
        message = told("No advice is told.")
    return Proof(
        "help",
        told("every way ends in advice with a phone number"),
        walk.households,
        shortest(walk, broken, message),
        _sampled(walk),
    )


def _any_untold(proving: Proving, walk: Walk, broken: Sequence[Stop]) -> bool:
    shortest = min(broken, key=lambda one: min(one.ways), default=None)
    return shortest is not None and not proving.told_at(walk, shortest).held


def _helpless(heard: Heard) -> bool:
    return not heard.held or not any(one.tells_a_number for one in heard.organisations)


def _is_short(proving: Proving) -> Proof:
    walk = proving.first
    shares = walk.lengths()
    longest, median = max(shares), _median(shares.items())
    broken = None
    if longest > LONGEST:
        length = min(one for one in shares if one > LONGEST)
        end = next(one for one in walk.ends if length in one.ways)
        broken = Counterexample(
            told(
                "There are ways of {longest} questions; {most} is the most.",
                longest=longest,
                most=LONGEST,
            ),
            walk.shortest(end, length),
        )
    elif median > MEDIAN:
        message = told(
            "Half of the families have more than {most} questions.", most=MEDIAN
        )
        broken = Counterexample(message)
    note = told("median {median}, longest {longest}", median=median, longest=longest)
    return Proof(LENGTH, told("no way is too long"), walk.households, broken, note)


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
        told("no two ways disagree"),
        proving.first.households,
        found[1] if found else None,
        told("{number} classes compared", number=compared),
    )


def _other(
    household: Household, wanted: Iterable[str], got: Iterable[str]
) -> tuple[int, Counterexample]:
    message = told(
        "Hears {cards}; others of whom the same is known hear {others}.",
        cards=_listed(got),
        others=_listed(wanted),
    )
    return len(household.path), Counterexample(message, household)


def _number_after_a_date(proving: Proving) -> Proof:
    walk = proving.first
    return Proof(
        "urgent-date",
        told("a date that makes it urgent brings a phone number at once"),
        proving.urgent,
        _alarmed(walk, proving.alarms.get("")),
    )


def _alarmed(walk: Walk, alarm: Alarm | None) -> Counterexample | None:
    if alarm is None:
        return None
    message = told(
        "After “{question}” no phone number comes before the next question.",
        question=alarm.stop.at,
    )
    return Counterexample(message, walk.completed(alarm.stop, alarm.answer))


def _every_card_is_told(proving: Proving) -> Proof:
    heard, rows = set[Row](), set[Row]()
    for walk in (proving.first, proving.walk("beside")):
        for end in walk.ends:
            held = walk.advice.so_far(end.known)
            heard.update(Row(one.card, one.urgency) for one in held)
        rows.update(walk.advice.rows)
    never = sorted(f"{row.card.id} ({row.urgency})" for row in rows - heard)
    message = told("No family is ever told: {cards}.", cards=", ".join(never))
    return Proof(
        CARD,
        told("every card can be told, with each of its urgencies"),
        proving.first.households,
        Counterexample(message) if never else None,
        told(
            "{cards} cards, {rows} rows",
            cards=len({row.card for row in heard}),
            rows=len(heard),
        ),
    )


def is_kept(proving: Proving, promise: Promise) -> Proof:
    place = proving.promises.index(promise)
    ends = proving.first.ends
    meant = [one for one in ends if one.known.promises[place] == ALWAYS]
    found = _alarmed(proving.first, proving.alarms.get(promise.name))
    if not meant and found is None:
        message = told("It is about nobody: no household is ever like this.")
        found = Counterexample(message)
    return Proof(
        PROMISE,
        as_written(promise.name),
        sum(one.households for one in meant),
        _unkept(proving, promise) or found,
        expect=promise.expect,
    )


def _unkept(proving: Proving, promise: Promise) -> Counterexample | None:
    """What comes first and what comes beside are looked at on their own.

    There a class may lack what the other half brings; so the whole is looked at for a
    household of each such class, and for all classes where that shows none.
    """
    doubtful = [
        (walk, end)
        for walk, expect in _halves(proving, promise)
        for end in _lacks(proving, walk, promise, expect)
    ]
    if not doubtful:
        return None
    return _shown_unkept(proving, promise, doubtful) or _searched(proving, promise)


def _halves(proving: Proving, promise: Promise) -> Iterator[tuple[Walk, Promised]]:
    beside = {one.id for one in proving.library.cards if not comes_first(one)}
    wanted = promise.expect.advice
    first = tuple(one for one in wanted if one not in beside)
    second = tuple(one for one in wanted if one in beside)
    yield proving.first, replace(promise.expect, advice=first)
    if second:
        yield proving.walk("beside"), Promised(advice=second)


def _shown_unkept(
    proving: Proving, promise: Promise, doubtful: Sequence[tuple[Walk, Stop]]
) -> Counterexample | None:
    """The plainest of the shortest households that really lack something."""
    by_length = sorted(doubtful, key=lambda pair: length_of(pair[1]))
    for _, same in groupby(by_length, key=lambda pair: length_of(pair[1])):
        some = [walk.shortest(end) for walk, end in islice(same, FEW)]
        for one in sorted(some, key=proving.first.plainness):
            if lacks := tuple(lacking(promise.expect, proving.all_told(one))):
                return Counterexample(joined(lacks), one)
    return None


def _searched(proving: Proving, promise: Promise) -> Counterexample | None:
    """Every class, with all that it hears: certain, and slow."""
    alone = Proving(proving.library, proving.today, [promise], about=promise.name)
    walk = alone.walk("all")
    broken = _lacks(alone, walk, promise, promise.expect)
    found = shortest(walk, broken, NOTHING)
    if found is None or found.household is None:
        return None
    lacks = joined(lacking(promise.expect, alone.all_told(found.household)))
    return replace(found, told=lacks)


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


# --- pieces -----------------------------------------------------------------------


def _sampled(walk: Walk) -> Told:
    names = ", ".join(walk.sampled)
    if not names:
        return NOTHING
    return told("not every answer was tried of: {questions}", questions=names)


def _listed(cards: Iterable[str]) -> str | Told:
    return ", ".join(cards) or told("nothing")
