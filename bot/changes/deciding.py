"""All that decides who is asked what, and who hears what; no word of it is a text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.advice import Card
from bot.changes.fields import formula
from bot.conversation.kinds.base import Kind
from bot.law.deadlines import Rule
from bot.library import Library
from bot.organisations import Organisation
from bot.translations import placeholders

Bones = tuple[object, ...]
"""Two are equal when the two libraries decide alike."""


def asking(library: Library) -> Bones:
    """Which questions, with which answers, and where those lead."""
    questions = (
        (
            one.id,
            _kind(one.kind),
            tuple((formula(way.condition), way.to, way.flow) for way in one.routes),
        )
        for one in library.questions.values()
    )
    starts = ((name, flow.start) for name, flow in library.flows.items())
    needed = needed_facts(library, _route_names(library))
    return frozenset(questions), frozenset(starts), library.start, needed


def _route_names(library: Library) -> Iterator[str]:
    for question in library.questions.values():
        for way in question.routes:
            if way.condition is not None:
                yield from way.condition.names


def needed_facts(library: Library, names: Iterable[str]) -> frozenset[tuple[str, str]]:
    """How these facts are computed, and those that they need."""
    waiting, found = list(names), set[tuple[str, str]]()
    while waiting:
        name = waiting.pop()
        one = library.derived.get(name)
        if one is not None and (name, formula(one)) not in found:
            found.add((name, formula(one)))
            waiting += one.names
    return frozenset(found)


def _kind(kind: Kind) -> Bones:
    spec = kind.spec
    return type(kind), frozenset(kind.labels), spec.within, spec.least, spec.most


@dataclass(frozen=True, slots=True)
class Tells:
    """What decides who hears what; of all of it together, `==` says whether alike."""

    cards: Mapping[str, Bones]
    order: tuple[str, ...]
    beside_cards: Bones
    """Organisations, free days and places: they can count for every family."""


def tells(library: Library) -> Tells:
    return Tells(
        {card.id: (*_card(card), *_needed(library, card)) for card in library.cards},
        tuple(card.id for card in library.cards),
        (
            tuple(
                _organisation(library, one) for one in library.organisations.values()
            ),
            library.calendar,
            library.places,
        ),
    )


def _needed(library: Library, card: Card) -> Bones:
    """The facts and the legal dates that a card needs."""
    conditions = [card.condition, *(one for _, one in card.sooner)]
    conditions += [one for _, one in card.deadlines if one is not None]
    names = {name for one in conditions for name in one.names}
    rows = [
        row for name, _ in card.deadlines for row in library.deadlines.get(name, ())
    ]
    for row in rows:
        names |= {*row.from_, row.count_fact}
    return needed_facts(library, names), tuple(map(_rule, rows))


def _card(card: Card) -> Bones:
    return (
        card.id,
        formula(card.condition),
        card.urgency,
        tuple((urgency, formula(one)) for urgency, one in card.sooner),
        card.organisations,
        tuple((rule, formula(one)) for rule, one in card.deadlines),
        (card.beside, card.before, card.valid),
    )


def _organisation(library: Library, one: Organisation) -> Bones:
    conditions = [one.only_if, *(row.condition for row in one.when)]
    names = {name for found in conditions if found for name in found.names}
    return (
        (one.id, one.where, one.local, one.languages, formula(one.only_if)),
        tuple(_reasons(one)),
        needed_facts(library, names),
    )


def _reasons(one: Organisation) -> Iterator[Bones]:
    for row in one.when:
        yield formula(row.condition), placeholders(row.because.nl)


def _rule(rule: Rule) -> Bones:
    return (
        (rule.kind, rule.from_, rule.count, rule.count_fact, rule.direction),
        (rule.rolls_forward, rule.least_working_days, rule.day_after),
        (rule.never_on_rest_days, rule.valid),
    )


def touched_cards(was: Tells, now: Tells) -> frozenset[str] | None:
    """Who hears none of these in either version hears the same; None: anybody may."""
    both = was.cards.keys() & now.cards.keys()
    order = [[name for name in one.order if name in both] for one in (was, now)]
    if was.beside_cards != now.beside_cards or order[0] != order[1]:
        return None
    names = was.cards.keys() | now.cards.keys()
    return frozenset(
        name for name in names if was.cards.get(name) != now.cards.get(name)
    )
