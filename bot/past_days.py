"""No day that is over is told as if it could still be kept."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.conversation.conditions import Condition
from bot.conversation.facts import Facts, FactType
from bot.conversation.path_trees import ALWAYS
from bot.outcome import Due, due
from bot.problems import told
from bot.promises import Promise, Promised
from bot.proving import Counterexample, Proof, Proving, shortest


def no_past_day_is_open(proving: Proving) -> Proof:
    walk = proving.first
    broken = [
        one for rule in _told_rules(proving) if (one := _shown_open(proving, rule))
    ]
    return Proof(
        "past-date",
        told("no day that is over is told as open"),
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
    over = Condition(
        f"{rule} is over",
        FactType("truth"),
        frozenset(names),
        lambda facts: is_wrongly_open(due(library, rule, facts), today),
    )
    searched = Proving(library, today, [Promise(rule, over, Promised())], rule)
    walk = searched.walk("all")
    found = [
        end
        for end in walk.ends
        if end.known.promises[0] == ALWAYS and rule in searched.told_at(walk, end).rules
    ]
    message = told("“{rule}” is over, and told as if it were not.", rule=rule)
    return shortest(walk, found, message)


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
