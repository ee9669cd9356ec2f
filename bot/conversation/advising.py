"""What is said when advice fits: the cards, the dates, the organisations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from bot.conversation.facts import UNSURE, Fact, Facts
from bot.conversation.model import Conversation, Message, Paragraph, Question
from bot.fitting import PLACE
from bot.library import Library
from bot.organisations import Organisation
from bot.outcome import Due, facts_of, outcome, place_name, reached
from bot.translations import DUTCH, Say, Sayable, Text, placeholders


@dataclass(frozen=True, slots=True)
class Telling:
    """What is known when advice is told: facts, day and hour, whom a family calls."""

    library: Library
    facts: Facts
    moment: datetime
    reached: Mapping[str, Organisation]

    @staticmethod
    def of(library: Library, current: Conversation, moment: datetime) -> "Telling":
        facts = facts_of(library, current, moment.date())
        return Telling(library, facts, moment, reached(library, facts))

    def filled(self, text: Text) -> Say:
        """A text with its numbers and the family's own dates and answers."""
        known = {name: self.facts.get(name) for name in placeholders(text.nl)}
        said: dict[str, Sayable] = {
            name: fact
            for name, fact in known.items()
            if isinstance(fact, str | int | date | Decimal) and fact != UNSURE
        }
        if PLACE in said:
            said[PLACE] = place_name(self.library, self.facts) or ""
        return Say(text, {**self.library.numbers(), **said})


def first_advice(
    library: Library, current: Conversation, question: Question, moment: datetime
) -> tuple[Conversation, tuple[Message, ...]]:
    """Help that fits already, before the rest is asked.

    Each card is shown once; again when an answer made it more urgent, or when the
    family told a day that is urgent.
    """
    wanted = question.first_advice
    if wanted is None:
        return current, ()
    telling = Telling.of(library, current, moment)
    if not holds(wanted, telling.facts):
        return current, ()
    held = matching(library.cards, telling.facts)
    told = telling.facts.get(question.id)
    if not held or not is_worth_showing(held[0], told, current.advised):
        return current, ()
    card = held[0].card
    step = card.steps[0]
    called = _called_first(telling, card)
    paragraphs = (
        Paragraph(library.say(f"urgency_{held[0].urgency}"), "strong"),
        Paragraph(telling.filled(card.say)),
        *_step(telling, "👉", step),
        *(
            Paragraph(organisation_line(library, one, moment), "step")
            for one in called[1:]
        ),
        *remarks(library, current, called, moment),
        Paragraph(library.say("first_advice_more"), "small"),
    )
    return replace(current, advised=shown_as(held[0])), (Message(paragraphs),)


def _called_first(telling: Telling, card: Card) -> tuple[Organisation, ...]:
    """Whom the first step names; who has no number here comes with one who has."""
    first = telling.reached[card.steps[0].who]
    if first.tells_a_number:
        return (first,)
    named = (telling.reached[name] for name in card.organisations)
    other = next((one for one in named if one.tells_a_number), None)
    return (first, other) if other else (first,)


def is_worth_showing(held: Held, told: Fact | None, advised: str) -> bool:
    """Whether it is new to the family, or urgent with the day that it just told."""
    is_urgent_day = isinstance(told, date) and held.urgency == "now"
    return is_urgent_day or shown_as(held) != advised


def shown_as(held: Held) -> str:
    """The name under which a conversation remembers what it showed on the way."""
    return f"{held.card.id} {held.urgency}"


def outcome_messages(
    library: Library, current: Conversation, moment: datetime
) -> tuple[Message, ...]:
    """The advice, the dates that count, and who can be called."""
    telling = Telling.of(library, current, moment)
    found = outcome(library, telling.facts, language=current.language, moment=moment)
    cards = (_card(telling, held) for held in found.held)
    dates = _dates(library, found.dues)
    letters = (
        _letter(telling, one.card, found.dates, current.language) for one in found.held
    )
    return (
        *(message for card in cards for message in card),
        *((dates,) if dates else ()),
        *(message for letter in letters for message in letter),
        whom_to_call(library, current, found, moment),
    )


def _card(telling: Telling, held: Held) -> Iterator[Message]:
    library, card = telling.library, held.card
    head = "beside" if card.beside else f"urgency_{held.urgency}"
    notes = [
        Paragraph(telling.filled(one.say))
        for one in card.notes
        if one.condition is None or holds(one.condition, telling.facts)
    ]
    yield Message(
        (
            Paragraph(library.say(head), "strong"),
            Paragraph(telling.filled(card.say)),
            *notes,
        )
    )
    steps = [
        paragraph
        for number, step in enumerate(card.steps, 1)
        for paragraph in _step(telling, f"{number}.", step)
    ]
    called = [telling.reached[step.who] for step in card.steps]
    yield Message((*steps, *starred(library, called, telling.moment)))


def _letter(
    telling: Telling, card: Card, dates: Mapping[str, date], language: str
) -> Iterator[Message]:
    """A text to copy, always in Dutch: that is what its reader reads."""
    if card.letter is None:
        return
    said = telling.filled(card.letter)
    days = {f"{rule}_day": day for rule, day in dates.items()}
    words = Say(said.text, {**said.values, **days})
    own = (Paragraph(words),) if language != DUTCH.language else ()
    title = Paragraph(telling.library.say("letter_title"), "strong")
    yield Message((title, *own))
    yield Message((Paragraph(words, "copy", language=DUTCH.language),))


def _step(telling: Telling, mark: str, step: Step) -> Iterator[Paragraph]:
    library = telling.library
    act = library.say("step", mark=mark, act=telling.filled(step.do))
    yield Paragraph(act, "step")
    line = organisation_line(library, telling.reached[step.who], telling.moment)
    yield Paragraph(line, "line")
    words = library.say("say_this", words=telling.filled(step.words))
    yield Paragraph(words, "quote")
    things = library.say("bring_this", things=telling.filled(step.bring))
    yield Paragraph(things, "line")


def _dates(library: Library, dues: Iterable[Due]) -> Message | None:
    lines = [paragraph for due in dues for paragraph in _due(library, due)]
    if not lines:
        return None
    return Message((Paragraph(library.say("dates_title"), "strong"), *lines))


def _due(library: Library, due: Due) -> Iterator[Paragraph]:
    rule, found = due.rule, due.deadline
    if found is None:
        yield from _not_counted(library, due)
        return
    values: dict[str, Sayable] = {"last_day": found.last_day, "event": found.event}
    if found.safe_day is not None:
        values["safe_day"] = found.safe_day
    yield Paragraph(rule.name, "strong")
    yield Paragraph(Say(rule.over if found.over else rule.say, values), "line")
    if rule.uncertain:
        yield Paragraph(rule.uncertain, "small")


def _not_counted(library: Library, due: Due) -> Iterator[Paragraph]:
    """Past the calendar every date is told to be missing, whoever has to act."""
    if due.rule.kind != "act" and not due.past_calendar:
        return
    yield Paragraph(due.rule.name, "strong")
    if due.past_calendar:
        until = library.calendar.known_until
        yield Paragraph(library.say("calendar_end", until=until), "line")
    if due.rule.kind == "act":
        yield Paragraph(due.rule.unknown, "line")
