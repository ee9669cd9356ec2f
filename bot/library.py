"""Everything that authors wrote, as one frozen value with one fingerprint."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.advice import Card
from bot.conversation.conditions import Condition
from bot.conversation.crisis import Crisis
from bot.conversation.facts import FactType
from bot.conversation.machine import FlowMachine
from bot.conversation.model import Flow, FollowUp, Question, Renamed
from bot.conversation.reading import DateWords
from bot.desks import Desks
from bot.law.calendar import Calendar
from bot.law.deadlines import Rule
from bot.law.sources import Source
from bot.organisations import Organisation
from bot.places import Places
from bot.problems import Place
from bot.translations import DUTCH, Catalogue, Say, Sayable, Text

PHONE = "_phone}"
"""How the place of an organisation's number ends in a text."""

Deciding = Literal[
    "fact",
    "way",
    "first_advice",
    "card",
    "sooner",
    "note",
    "deadline",
    "organisation",
    "only_if",
]
"""What a condition decides about a family."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A condition and whose it is: the id of a fact, question, card or organisation."""

    condition: Condition
    sort: Deciding
    of: str


@dataclass(frozen=True, eq=False, slots=True)
class Library:
    """What the engine, the checks and the scenarios read."""

    start: str
    flows: Mapping[str, Flow]
    machines: Mapping[str, FlowMachine]
    questions: Mapping[str, Question]
    declared: Mapping[str, FactType]
    derived: Mapping[str, Condition]
    cards: tuple[Card, ...]
    organisations: Mapping[str, Organisation]
    deadlines: Mapping[str, tuple[Rule, ...]]
    sources: Mapping[str, tuple[Source, ...]]
    calendar: Calendar
    crises: tuple[Crisis, ...]
    dates: DateWords
    words: Mapping[str, Text]
    global_words: Mapping[str, str]
    yes_no: Mapping[str, str]
    renamed: Renamed
    follow_ups: tuple[FollowUp, ...]
    language_names: Mapping[str, str]
    fingerprint: str
    written_at: Mapping[str, Place] = field(default_factory=dict)
    """Where the author wrote the text with this context."""

    texts: tuple[Text, ...] = ()
    """Every text that families can read."""

    places: Places = field(default_factory=Places)
    """Every municipality, and which postcodes and names lead to it."""

    desks: Desks = field(default_factory=dict)
    """How an organisation is reached in one municipality."""

    plain_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language → hard word → a plainer one."""

    catalogues: Mapping[str, Catalogue] = field(default_factory=lambda: {"nl": DUTCH})

    def conditions(self) -> Iterator[Decided]:
        """Every condition that authors wrote, those of one thing in their order."""
        for name, fact in self.derived.items():
            yield Decided(fact, "fact", name)
        for question in self.questions.values():
            for route in question.routes:
                if route.condition:
                    yield Decided(route.condition, "way", question.id)
            if question.first_advice:
                yield Decided(question.first_advice, "first_advice", question.id)
        for card in self.cards:
            yield from _of_card(card)
        for one in self.organisations.values():
            for row in one.when:
                if row.condition:
                    yield Decided(row.condition, "organisation", one.id)
            if one.only_if:
                yield Decided(one.only_if, "only_if", one.id)

    def say(self, key: str, **values: Sayable) -> Say:
        """The words with this key, with numbers; a key that nobody wrote is a bug."""
        text = self.words[key]
        named = self.numbers() if PHONE in text.nl else {}
        return Say(text, {**named, **values})

    def catalogue(self, language: str) -> Catalogue:
        return self.catalogues.get(language, DUTCH)

    def with_numbers(self, text: Text) -> Say:
        """A text with its `{organisation_phone}` places filled in."""
        return Say(text, self.numbers())

    def numbers(self) -> Mapping[str, Sayable]:
        return {
            f"{one.id}_phone": one.phone
            for one in self.organisations.values()
            if one.phone
        }


def _of_card(card: Card) -> Iterator[Decided]:
    yield Decided(card.condition, "card", card.id)
    yield from (Decided(one, "sooner", card.id) for _, one in card.sooner)
    for note in card.notes:
        if note.condition:
            yield Decided(note.condition, "note", card.id)
    yield from (Decided(one, "deadline", card.id) for _, one in card.deadlines if one)
