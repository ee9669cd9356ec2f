"""All that decides who is asked what, and who hears what; no word of it is a text."""

from collections.abc import Iterator

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
    return frozenset(questions), frozenset(starts), library.start, _facts(library)


def _facts(library: Library) -> frozenset[tuple[str, str]]:
    return frozenset((name, formula(one)) for name, one in library.derived.items())


def _kind(kind: Kind) -> Bones:
    spec = kind.spec
    return type(kind), frozenset(kind.labels), spec.within, spec.least, spec.most


def hearing(library: Library) -> Bones:
    """Which advice, organisations and dates follow from the facts."""
    return (
        tuple(map(_card, library.cards)),
        tuple(map(_organisation, library.organisations.values())),
        {name: tuple(map(_rule, rows)) for name, rows in library.deadlines.items()},
        library.calendar,
        _facts(library),
        library.places,
    )


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


def _organisation(one: Organisation) -> Bones:
    return (
        (one.id, one.where, one.local, one.languages, formula(one.only_if)),
        tuple(_reasons(one)),
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
