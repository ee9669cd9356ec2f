"""Legal periods, free days, and the sources that say so."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.changes.advice import span
from bot.changes.fields import Subject, aligned, both, quoted, said_in
from bot.changes.values import Change, Concern
from bot.law.calendar import Calendar, EasterHoliday, FixedHoliday
from bot.law.deadlines import Rule, RuleKind, Unit
from bot.law.sources import Source
from bot.library import Library
from bot.problems import Place, Told, told

SOURCES_FILE: Final = Place("flows/law/sources.yaml")
CALENDAR_FILE: Final = Place("flows/law/calendar.yaml")

UNITS: Final[Mapping[Unit, Told]] = {
    "days": told("days"),
    "weeks": told("weeks"),
    "months": told("months"),
    "working days": told("working days"),
}
KINDS: Final[Mapping[RuleKind, Told]] = {
    "act": told("the family must act (act)"),
    "answer": told("somebody else must act (answer)"),
    "earliest": told("not before that day (earliest)"),
}
TEXTS: Final[Mapping[str, Told]] = {
    "name": told("the name"),
    "say": told("the text"),
    "over": told("the text when it is over"),
    "unknown": told("the text when the day is unknown"),
    "uncertain": told("the text of doubt"),
}
TRUTHS: Final[Mapping[str, Told]] = {
    "rolls_forward": told("on to a working day (rolls_forward)"),
    "day_after": told("the day after it (day_after)"),
    "never_on_rest_days": told("never on a day of rest"),
}
OF_SOURCES: Final[Mapping[str, Told]] = {
    "kind": told("the kind"),
    "name": told("the name"),
    "says": told("what it says"),
    "seen": told("where it was read"),
    "certainty": told("the certainty"),
    "reviewed": told("the reviewer"),
    "open": told("the open question"),
}


def deadline_changes(before: Library, after: Library) -> Iterator[Change]:
    for _, was, now in both(before.deadlines, after.deadlines):
        if now is None and was is not None:
            yield _about(before, was[-1]).is_gone()
        elif was is None and now is not None:
            touched = said_in(after, f"deadlines.{now[-1].id}")
            yield _about(after, now[-1]).is_new(quoted(now[-1].name.nl), *touched)
        elif was and now:
            yield from _rows(after, was, now)


def _about(library: Library, rule: Rule) -> Subject:
    return Subject(
        f"deadlines.{rule.id}",
        told("Period *{name}*", name=rule.id),
        library.written_at.get(rule.name.context, Place("")),
        frozenset({Concern.LAW}),
        library.written_at,
    )


def _rows(
    library: Library, was: Sequence[Rule], now: Sequence[Rule]
) -> Iterator[Change]:
    several = len(was) > 1 or len(now) > 1
    for _, old, new in aligned(was, now, key=_row):
        about = _about(library, new or now[0])
        if several and (found := new or old):
            valid = span(found.valid)
            thing = told("{thing} ({valid})", thing=about.thing, valid=valid)
            about = about.part(thing, found.name)
        if new is None:
            yield about.is_gone()
        elif old is None:
            yield about.is_new(_count(new))
        else:
            yield from _changed(about, old, new)


def _row(rule: Rule) -> tuple[object, ...]:
    texts = (getattr(rule, name) for name in TEXTS)
    words = tuple(text.nl if text else "" for text in texts)
    others = tuple(getattr(rule, one) for one in Rule.__slots__ if one not in TEXTS)
    return words, others


def _changed(about: Subject, was: Rule, now: Rule) -> Iterator[Change]:
    yield from about.value(told("the length"), _count(was), _count(now))
    field = told("the day it counts from")
    yield from about.value(field, _from(was), _from(now))
    yield from about.value(told("the kind"), KINDS[was.kind], KINDS[now.kind])
    for attribute, text in TEXTS.items():
        yield from about.text(text, getattr(was, attribute), getattr(now, attribute))
    yield from about.value(told("the days it holds"), span(was.valid), span(now.valid))
    field = told("the direction")
    yield from about.value(field, f"*{was.direction}*", f"*{now.direction}*")
    for attribute, field in TRUTHS.items():
        yield from about.truth(field, getattr(was, attribute), getattr(now, attribute))
    least = [str(one.least_working_days) for one in (was, now)]
    yield from about.value(told("the least number of working days"), least[0], least[1])
    unseen = about.only(Concern.SOURCE)
    yield from unseen.members(told("the sources"), was.source, now.source)
    certainty = told("the certainty")
    yield from unseen.value(certainty, quoted(was.certainty), quoted(now.certainty))
    reviewed = quoted(was.reviewed), quoted(now.reviewed)
    yield from unseen.value(told("the reviewer"), *reviewed)
    untold = quoted(was.untold), quoted(now.untold)
    yield from unseen.value(told("why no card names it"), *untold)


def _count(rule: Rule) -> Told:
    number = f"*{rule.count_fact}*" if rule.count_fact else str(rule.count.number)
    return told("{number} {unit}", number=number, unit=UNITS[rule.count.unit])


def _from(rule: Rule) -> str:
    return ", ".join(f"*{name}*" for name in rule.from_)


def calendar_changes(before: Library, after: Library) -> Iterator[Change]:
    was, now = before.calendar, after.calendar
    about = Subject(
        "calendar",
        told("The calendar"),
        CALENDAR_FILE,
        frozenset({Concern.LAW}),
        after.written_at,
    )
    decreed = [[str(day) for day in sorted(one.decreed)] for one in (was, now)]
    yield from about.members(told("the decreed free days"), decreed[0], decreed[1])
    for name, old, new in both(_holidays(was), _holidays(now)):
        field = told("holiday *{name}*", name=name)
        yield from about.value(field, old or "", new or "")
    first, last = told("the first day it knows"), told("the last day it knows")
    yield from about.value(first, str(was.known_from), str(now.known_from))
    yield from about.value(last, str(was.known_until), str(now.known_until))


def _holidays(calendar: Calendar) -> Mapping[str, Told]:
    fixed = {one.key: _holiday(one) for one in calendar.fixed}
    return fixed | {one.key: _holiday(one) for one in calendar.easter}


def _holiday(one: FixedHoliday | EasterHoliday) -> Told:
    day: str | Told
    if isinstance(one, EasterHoliday):
        day = told("{days} days from Easter Sunday", days=f"{one.days:+d}")
    else:
        moved = f" ({one.on_sunday:+d})" if one.on_sunday else ""
        day = f"{one.day}-{one.month}{moved}"
    return told("{day}, valid {valid}", day=day, valid=span(one.valid))


def source_changes(before: Library, after: Library) -> Iterator[Change]:
    for name, was, now in both(before.sources, after.sources):
        about = Subject(
            f"sources.{name}",
            told("Source *{name}*", name=name),
            SOURCES_FILE,
            frozenset({Concern.SOURCE}),
            after.written_at,
        )
        if now is None:
            yield about.is_gone()
        elif was is None:
            yield about.is_new(quoted(now[-1].says))
        else:
            yield from _source_rows(about, was, now)


def _source_rows(
    about: Subject, was: Sequence[Source], now: Sequence[Source]
) -> Iterator[Change]:
    for _, old, new in aligned(was, now, key=repr):
        if new is None and old is not None:
            field = told("the row {valid}", valid=span(old.valid))
            yield from about.value(field, quoted(old.says), "")
        elif old is None and new is not None:
            field = told("the row {valid}", valid=span(new.valid))
            yield from about.value(field, "", quoted(new.says))
        elif old and new:
            for attribute, field in OF_SOURCES.items():
                values = [quoted(getattr(one, attribute)) for one in (old, new)]
                yield from about.value(field, values[0], values[1])
            valid = span(old.valid), span(new.valid)
            yield from about.value(told("the days it holds"), *valid)
