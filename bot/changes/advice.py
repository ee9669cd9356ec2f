"""Advice cards: when they come, how urgent, what they say, whom they name."""

from collections.abc import Iterator
from typing import Final

from bot.advice import Card, Note, Step, Urgency
from bot.changes.fields import (
    Subject,
    aligned,
    both,
    formula,
    numbers_and_links,
    one_line,
    quoted,
    said_in,
)
from bot.changes.values import Change, Concern
from bot.law.calendar import Valid
from bot.library import Library
from bot.problems import Place, Told, told

URGENCIES: Final[dict[Urgency, Told]] = {
    "now": told("today"),
    "three_days": told("within three days"),
    "week": told("this week"),
    "month": told("this month"),
}


def advice_changes(before: Library, after: Library) -> Iterator[Change]:
    old = {one.id: one for one in before.cards}
    for _, was, now in both(old, {one.id: one for one in after.cards}):
        if now is None and was is not None:
            touched = said_in(before, f"advice.{was.id}.")
            yield _about(before, was).is_gone(*touched)
        elif was is None and now is not None:
            touched = said_in(after, f"advice.{now.id}.")
            yield _about(after, now).is_new(quoted(one_line(now.say.nl)), *touched)
        elif was and now:
            yield from _changed(_about(after, now), was, now)


def _about(library: Library, card: Card) -> Subject:
    return Subject(
        f"advice.{card.id}",
        told("Card *{name}*", name=card.id),
        library.written_at.get(card.say.context, Place("")),
        frozenset({Concern.ADVICE}),
        library.written_at,
    )


def _changed(about: Subject, was: Card, now: Card) -> Iterator[Change]:
    yield from about.condition(told("the condition"), was.condition, now.condition)
    urgency = told("the urgency")
    yield from about.value(urgency, URGENCIES[was.urgency], URGENCIES[now.urgency])
    yield from _sooner(about, was, now)
    yield from about.text(told("the text"), was.say, now.say)
    yield from _steps(about, was, now)
    yield from _notes(about, was, now)
    organisations = told("the organisations")
    yield from about.members(
        organisations, was.organisations, now.organisations, ordered=True
    )
    yield from _deadlines(about, was, now)
    yield from about.text(told("the letter"), was.letter, now.letter, Concern.LAW)
    yield from about.value(told("the days it holds"), span(was.valid), span(now.valid))
    yield from about.truth(told("“beside” (next to another)"), was.beside, now.beside)
    yield from about.truth(told("“before” (comes first)"), was.before, now.before)
    yield from _for_authors(about, was, now)


def _for_authors(about: Subject, was: Card, now: Card) -> Iterator[Change]:
    unseen = about.only(Concern.SOURCE)
    yield from unseen.members(told("the sources"), was.source, now.source)
    yield from unseen.members(told("the rows (row)"), was.row, now.row)
    yield from unseen.value(told("the reviewer"), was.reviewed, now.reviewed)


def _sooner(about: Subject, was: Card, now: Card) -> Iterator[Change]:
    rows = aligned(was.sooner, now.sooner, key=lambda row: (row[0], formula(row[1])))
    for _, old, new in rows:
        urgency = (new or old or now.sooner[0])[0]
        if old and new and old[0] != new[0]:
            field = told("the urgency if {when}", when=formula(new[1]))
            yield from about.value(field, URGENCIES[old[0]], URGENCIES[new[0]])
            if formula(old[1]) == formula(new[1]):
                continue
        field = told("the rule for “{urgency}” sooner", urgency=URGENCIES[urgency])
        yield from about.condition(field, old and old[1], new and new[1])


def _steps(about: Subject, was: Card, now: Card) -> Iterator[Change]:
    for number, old, new in aligned(was.steps, now.steps, key=_step):
        thing = told("{card}, step {number}", card=about.thing, number=number)
        step = about.part(thing, new.do if new else None)
        if new is None:
            yield step.is_gone()
        elif old is None:
            words = quoted(one_line(new.do.nl))
            texts = " ".join((new.do.nl, new.words.nl, new.bring.nl))
            yield step.is_new(words, *numbers_and_links("", texts))
        else:
            yield from step.text(told("what to do"), old.do, new.do)
            yield from step.value(told("whom to reach"), f"*{old.who}*", f"*{new.who}*")
            yield from step.text(told("what to say"), old.words, new.words)
            yield from step.text(told("what to bring"), old.bring, new.bring)


def _step(step: Step) -> tuple[str, ...]:
    return step.do.nl, step.who, step.words.nl, step.bring.nl


def _notes(about: Subject, was: Card, now: Card) -> Iterator[Change]:
    for number, old, new in aligned(was.notes, now.notes, key=_note):
        thing = told("{card}, note {number}", card=about.thing, number=number)
        note = about.part(thing, new.say if new else None)
        if new is None:
            yield note.is_gone()
        elif old is None:
            touched = numbers_and_links("", new.say.nl)
            yield note.is_new(quoted(one_line(new.say.nl)), *touched)
        else:
            yield from note.text(told("the text"), old.say, new.say)
            field = told("the condition")
            yield from note.condition(field, old.condition, new.condition)


def _note(note: Note) -> tuple[str, str]:
    return note.say.nl, formula(note.condition)


def _deadlines(about: Subject, was: Card, now: Card) -> Iterator[Change]:
    old, new = dict(was.deadlines), dict(now.deadlines)
    yield from about.members(
        told("the legal dates"), old, new, Concern.LAW, ordered=True
    )
    for name in (one for one in new if one in old):
        field = told("the condition of *{name}*", name=name)
        yield from about.condition(field, old[name], new[name], Concern.LAW)


def span(valid: Valid | None) -> str:
    return f"{valid.from_} – {valid.until or '…'}" if valid else ""
