"""What a family can do now: the advice cards that hold, most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from bot.conversation.conditions import Condition, holds
from bot.conversation.facts import Facts
from bot.law.calendar import Valid
from bot.translations import Text

Urgency = Literal["now", "three_days", "week", "month"]
URGENCIES: Final[tuple[Urgency, ...]] = get_args(Urgency)
MOST_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One act: what, whom to reach, one sentence to read out, what to bring."""

    do: Text
    who: str
    words: Text
    bring: Text


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that is only said when its condition holds."""

    say: Text
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One advice. `beside` cards come after the most urgent one, `before` cards first.

    `letter` is a text to copy and send.
    """

    id: str
    row: tuple[str, ...]
    condition: Condition
    urgency: Urgency
    sooner: tuple[tuple[Urgency, Condition], ...]
    say: Text
    steps: tuple[Step, ...]
    notes: tuple[Note, ...] = ()
    organisations: tuple[str, ...] = ()
    deadlines: tuple[tuple[str, Condition | None], ...] = ()
    source: tuple[str, ...] = ()
    reviewed: str = ""
    beside: bool = False
    before: bool = False
    letter: Text | None = None
    valid: Valid | None = None
    """The days on which this card may be shown; None: whenever its condition holds."""

    def may_show_on(self, day: date) -> bool:
        return self.valid is None or self.valid.holds_on(day)


@dataclass(frozen=True, slots=True)
class Held:
    """A card that holds for this family, with its urgency today."""

    card: Card
    urgency: Urgency


def matching(cards: Iterable[Card], facts: Facts) -> tuple[Held, ...]:
    """Cards that come before all, the most urgent one, at most two beside it.

    Of equally urgent cards the one that stands first in the files wins.
    """
    held = sorted(
        (Held(card, urgency_of(card, facts)) for card in _holding(cards, facts)),
        key=lambda one: URGENCIES.index(one.urgency),
    )
    before = [one for one in held if one.card.before]
    main = [one for one in held if not (one.card.beside or one.card.before)][:1]
    beside = [one for one in held if one.card.beside][:MOST_BESIDE]
    return (*before, *main, *beside)


def _holding(cards: Iterable[Card], facts: Facts) -> list[Card]:
    return [
        card
        for card in cards
        if card.may_show_on(facts.today) and holds(card.condition, facts)
    ]


def urgency_of(card: Card, facts: Facts) -> Urgency:
    for urgency, condition in card.sooner:
        if holds(condition, facts):
            return urgency
    return card.urgency
