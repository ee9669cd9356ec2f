"""What is said when advice fits: the cards, the dates, the organisations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from bot.advice import Card, Held, Step, matching
from bot.conversation.calling import (
    organisation_line,
    remarks,
    starred,
    whom_to_call,
)
from bot.conversation.conditions import holds
from bot.conversation.facts import UNSURE, Facts
from bot.conversation.model import Conversation, Message, Paragraph, Question
from bot.library import Library
from bot.outcome import Due, facts_of, outcome
from bot.translations import DUTCH, Say, Sayable, Text, placeholders


def first_advice(
    library: Library, current: Conversation, question: Question, moment: datetime
) -> tuple[Conversation, tuple[Message, ...]]:
    """Help that fits already, before the rest is asked. Each card is shown once."""
    wanted = question.first_advice
    if wanted is None:
        return current, ()
    facts = facts_of(library, current, moment.date())
    if not holds(wanted, facts):
        return current, ()
    held = matching(library.cards, facts)
    if not held or held[0].card.id == current.advised:
        return current, ()
    card = held[0].card
    step = card.steps[0]
    paragraphs = (
        Paragraph(library.say(f"urgency_{held[0].urgency}"), "strong"),
        Paragraph(_filled(library, facts, card.say)),
        *_step(library, facts, "👉", step, moment),
        *remarks(library, current, [library.organisations[step.who]], moment),
        Paragraph(library.say("first_advice_more"), "small"),
    )
    return replace(current, advised=card.id), (Message(paragraphs),)


def outcome_messages(
    library: Library, current: Conversation, moment: datetime
) -> tuple[Message, ...]:
    """The advice, the dates that count, and who can be called."""
    facts = facts_of(library, current, moment.date())
    found = outcome(library, facts)
    cards = (_card(library, facts, held, moment) for held in found.held)
    dates = _dates(library, found.dues)
    letters = (
        _letter(library, facts, one.card, found.dates, current.language)
        for one in found.held
    )
    return (
        *(message for card in cards for message in card),
        *((dates,) if dates else ()),
        *(message for letter in letters for message in letter),
        whom_to_call(library, current, found, moment),
    )


def _card(
    library: Library, facts: Facts, held: Held, moment: datetime
) -> Iterator[Message]:
    card = held.card
    head = "beside" if card.beside else f"urgency_{held.urgency}"
    notes = [
        Paragraph(_filled(library, facts, one.say))
        for one in card.notes
        if one.condition is None or holds(one.condition, facts)
    ]
    yield Message(
        (
            Paragraph(library.say(head), "strong"),
            Paragraph(_filled(library, facts, card.say)),
            *notes,
        )
    )
    steps = [
        paragraph
        for number, step in enumerate(card.steps, 1)
        for paragraph in _step(library, facts, f"{number}.", step, moment)
    ]
    called = [library.organisations[step.who] for step in card.steps]
    yield Message((*steps, *starred(library, called, moment)))


def _letter(
    library: Library,
    facts: Facts,
    card: Card,
    dates: Mapping[str, date],
    language: str,
) -> Iterator[Message]:
    """A text to copy, always in Dutch: that is what its reader reads."""
    if card.letter is None:
        return
    said = _filled(library, facts, card.letter)
    days = {f"{rule}_day": day for rule, day in dates.items()}
    words = Say(said.text, {**said.values, **days})
    own = (Paragraph(words),) if language != DUTCH.language else ()
    yield Message((Paragraph(library.say("letter_title"), "strong"), *own))
    yield Message((Paragraph(words, "copy", language=DUTCH.language),))


def _step(
    library: Library, facts: Facts, mark: str, step: Step, moment: datetime
) -> Iterator[Paragraph]:
    act = library.say("step", mark=mark, act=_filled(library, facts, step.do))
    yield Paragraph(act, "step")
    reached = library.organisations[step.who]
    yield Paragraph(organisation_line(library, reached, moment), "line")
    words = library.say("say_this", words=_filled(library, facts, step.words))
    yield Paragraph(words, "quote")
    things = library.say("bring_this", things=_filled(library, facts, step.bring))
    yield Paragraph(things, "line")


def _filled(library: Library, facts: Facts, text: Text) -> Say:
    """A text with its numbers and the family's own dates and answers."""
    known = {name: facts.get(name) for name in placeholders(text.nl)}
    said = {
        name: fact
        for name, fact in known.items()
        if isinstance(fact, str | int | date | Decimal) and fact != UNSURE
    }
    return Say(text, {**library.numbers(), **said})


def _dates(library: Library, dues: Iterable[Due]) -> Message | None:
    lines = [paragraph for due in dues for paragraph in _due(due)]
    if not lines:
        return None
    return Message((Paragraph(library.say("dates_title"), "strong"), *lines))


def _due(due: Due) -> Iterator[Paragraph]:
    rule, found = due.rule, due.deadline
    if found is None:
        if rule.kind == "act":
            yield Paragraph(rule.name, "strong")
            yield Paragraph(rule.unknown, "line")
        return
    values: dict[str, Sayable] = {"last_day": found.last_day, "event": found.event}
    if found.safe_day is not None:
        values["safe_day"] = found.safe_day
    yield Paragraph(rule.name, "strong")
    yield Paragraph(Say(rule.over if found.over else rule.say, values), "line")
    if rule.uncertain:
        yield Paragraph(rule.uncertain, "small")
