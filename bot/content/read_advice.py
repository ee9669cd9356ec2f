"""An advice file → cards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.advice import Card, Note, Step, Urgency
from bot.content.author import Author, Path
from bot.content.read_days import read_valid
from bot.content.read_sources import cited
from bot.content.schema import AdviceFile, CardDeadlineEntry, CardEntry
from bot.conversation.conditions import Condition
from bot.conversation.facts import FactType
from bot.law.calendar import Calendar
from bot.translations import Text


@dataclass(frozen=True, slots=True)
class Known:
    """What a card may name."""

    declared: Mapping[str, FactType]
    calendar: Calendar
    organisations: frozenset[str]
    deadlines: frozenset[str]
    sources: frozenset[str]


def read_advice(author: Author, file: AdviceFile, known: Known) -> Iterator[Card]:
    for name, entry in file.advice.items():
        card = _card(author, name, entry, known)
        if card is not None:
            yield card


def _card(author: Author, name: str, entry: CardEntry, known: Known) -> Card | None:
    path: Path = ("advice", name)
    condition = author.condition(
        (*path, "if"), entry.if_, known.declared, known.calendar
    )
    for number, one in enumerate(entry.organisations):
        _organisation(author, (*path, "organisations", number), one, known)
    steps = tuple(_steps(author, name, entry, known))
    notes = tuple(_notes(author, name, entry, known))
    sooner = tuple(_sooner(author, name, entry, known))
    deadlines = tuple(_deadlines(author, name, entry, known))
    source = cited(author, (*path, "source"), entry.source, known.sources)
    valid = read_valid(author, (*path, "valid"), entry.valid) if entry.valid else None
    if condition is None:
        return None
    return Card(
        id=name,
        row=tuple(entry.row),
        condition=condition,
        urgency=entry.urgency,
        sooner=sooner,
        say=author.text((*path, "say"), f"advice.{name}.say", entry.say),
        steps=steps,
        notes=notes,
        organisations=tuple(entry.organisations),
        deadlines=deadlines,
        source=source,
        reviewed="" if entry.reviewed == "no" else entry.reviewed,
        beside=entry.beside,
        before=entry.before,
        letter=author.maybe_text(
            (*path, "letter"), f"advice.{name}.letter", entry.letter
        ),
        valid=valid,
    )


def _organisation(author: Author, path: Path, name: str, known: Known) -> None:
    if name not in known.organisations:
        author.unknown(path, "organisation", name, known.organisations)


def _steps(author: Author, name: str, entry: CardEntry, known: Known) -> Iterator[Step]:
    for number, step in enumerate(entry.steps):
        path: Path = ("advice", name, "steps", number)
        base = f"advice.{name}.step{number + 1}"
        _organisation(author, (*path, "who"), step.who, known)
        yield Step(
            author.text((*path, "do"), f"{base}.do", step.do),
            step.who,
            author.text((*path, "words"), f"{base}.words", step.words),
            author.text((*path, "bring"), f"{base}.bring", step.bring),
        )


def _notes(author: Author, name: str, entry: CardEntry, known: Known) -> Iterator[Note]:
    for number, note in enumerate(entry.notes):
        path: Path = ("advice", name, "notes", number)
        text: Text = author.text(
            (*path, "say"), f"advice.{name}.note{number + 1}", note.say
        )
        if not note.if_:
            yield Note(text)
            continue
        condition = author.condition(
            (*path, "if"), note.if_, known.declared, known.calendar
        )
        if condition is not None:
            yield Note(text, condition)


def _sooner(
    author: Author, name: str, entry: CardEntry, known: Known
) -> Iterator[tuple[Urgency, Condition]]:
    for number, one in enumerate(entry.sooner):
        for urgency, source in one.items():
            path: Path = ("advice", name, "sooner", number, urgency)
            found = author.condition(path, source, known.declared, known.calendar)
            if found is not None:
                yield urgency, found


def _deadlines(
    author: Author, name: str, entry: CardEntry, known: Known
) -> Iterator[tuple[str, Condition | None]]:
    for number, one in enumerate(entry.deadlines):
        path: Path = ("advice", name, "deadlines", number)
        rule = one.rule if isinstance(one, CardDeadlineEntry) else one
        if rule not in known.deadlines:
            author.unknown(path, "deadline", rule, known.deadlines)
            continue
        if not isinstance(one, CardDeadlineEntry):
            yield rule, None
            continue
        found = author.condition((*path, "if"), one.if_, known.declared, known.calendar)
        if found is not None:
            yield rule, found
