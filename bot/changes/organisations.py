"""Organisations: how they are reached, whom they help, when, and who dialled them."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.changes.fields import Subject, aligned, both, formula, one_line, quoted
from bot.changes.values import Change, Concern
from bot.desks import Desk
from bot.library import Library
from bot.opening import DAY_NAMES, Hours
from bot.organisations import Organisation, When
from bot.problems import Place, Told, told

TEXTS: Final[Mapping[str, Told]] = {
    "name": told("the name"),
    "helps": told("what it helps with"),
    "serves": told("whom it helps (serves)"),
    "reach": told("the way to reach it"),
    "name_here": told("the name in a municipality"),
    "reach_here": told("the way to reach it in a municipality"),
    "hours_text": told("the opening hours in words"),
    "cost": told("what it costs"),
}

MEMBERS: Final[Mapping[str, Told]] = {
    "languages": told("the languages"),
    "channels": told("the ways of contact (channels)"),
    "where": told("the region"),
}

TRUTHS: Final[Mapping[str, Told]] = {
    "local": told("“local” (in each municipality)"),
    "emergency": told("“emergency”"),
}

UNSEEN: Final[Mapping[str, Told]] = {
    "source": told("the source"),
    "certainty": told("the certainty"),
    "checked_by": told("who dialled the number"),
}

TOLD_OTHERWISE: Final = frozenset(
    {"id", "phone", "place", "hours", "web", "when", "only_if", "checked", "written_at"}
)
"""Fields of an organisation that have sentences of their own, or never differ."""


def organisation_changes(before: Library, after: Library) -> Iterator[Change]:
    for _, was, now in both(before.organisations, after.organisations):
        if now is None and was is not None:
            yield _about(before, was).is_gone(*_touched(was))
        elif was is None and now is not None:
            yield _about(after, now).is_new(now.phone, *_touched(now))
        elif was and now:
            yield from _changed(_about(after, now), was, now)


def _about(library: Library, one: Organisation) -> Subject:
    return Subject(
        f"organisations.{one.id}",
        told("Organisation *{name}*", name=one.name.nl),
        library.written_at.get(one.name.context, Place("")),
        frozenset({Concern.ORGANISATION}),
        library.written_at,
    )


def _touched(one: Organisation) -> frozenset[Concern]:
    """Whoever comes or goes takes a number or a link along, nearly always."""
    return frozenset({Concern.PHONE, *([Concern.LINK] if one.web else [])})


def _changed(about: Subject, was: Organisation, now: Organisation) -> Iterator[Change]:
    name = now.name.nl
    for attribute, field in TEXTS.items():
        yield from about.text(field, getattr(was, attribute), getattr(now, attribute))
    yield from _reached(about, name, was, now)
    for attribute, field in MEMBERS.items():
        old, new = getattr(was, attribute), getattr(now, attribute)
        yield from about.members(field, old, new)
    for attribute, field in TRUTHS.items():
        yield from about.truth(field, getattr(was, attribute), getattr(now, attribute))
    yield from about.condition(told("“only if”"), was.only_if, now.only_if)
    yield from _when(about, was, now)
    unseen = about.only(Concern.SOURCE)
    for attribute, field in UNSEEN.items():
        old, new = getattr(was, attribute), getattr(now, attribute)
        yield from unseen.value(field, quoted(old), quoted(new))


def _reached(
    about: Subject, name: str, was: Organisation | Desk, now: Organisation | Desk
) -> Iterator[Change]:
    yield from _phone(about, name, was.phone, now)
    yield from about.value(
        told("the opening hours"), hours(was.hours), hours(now.hours)
    )
    yield from about.value(told("the web page"), was.web, now.web, Concern.LINK)
    field = told("the day somebody dialled the number")
    yield from about.value(field, str(was.checked or ""), str(now.checked or ""))


def _phone(
    about: Subject, name: str, old: str, now: Organisation | Desk
) -> Iterator[Change]:
    if old == now.phone:
        return
    if not old:
        said = told("*{name}* has a number now: {new}.", name=name, new=now.phone)
    elif not now.phone:
        said = told("*{name}* has no number any more (was {old}).", name=name, old=old)
    else:
        said = told(
            "The number of *{name}* is now {new} (was {old}).",
            name=name, new=now.phone, old=old,
        )  # fmt: skip
    yield about.change(said, Concern.PHONE, place=now.written_at)


def _when(about: Subject, was: Organisation, now: Organisation) -> Iterator[Change]:
    for number, old, new in aligned(was.when, now.when, key=_reason):
        thing = told("{thing}, reason {number}", thing=about.thing, number=number)
        reason = about.part(thing, new.because if new else None)
        if new is None:
            yield reason.is_gone()
        elif old is None:
            yield reason.is_new(quoted(one_line(new.because.nl)))
        else:
            yield from reason.text(told("the text"), old.because, new.because)
            field = told("the condition")
            yield from reason.condition(field, old.condition, new.condition)


def _reason(when: When) -> tuple[str, str]:
    return when.because.nl, formula(when.condition)


def hours(rows: tuple[Hours, ...]) -> str:
    return ", ".join(
        f"{_days(row.days)} {row.opens:%H:%M}–{row.closes:%H:%M}" for row in rows
    )


def _days(days: frozenset[int]) -> str:
    first, last = min(days), max(days)
    if len(days) > 2 and len(days) == last - first + 1:
        return f"{DAY_NAMES[first]}–{DAY_NAMES[last]}"
    return " ".join(DAY_NAMES[day] for day in sorted(days))


def desk_changes(before: Library, after: Library) -> Iterator[Change]:
    old, new = _desks(before), _desks(after)
    for name, was, now in both(old, new):
        about = _about_desk(after if now else before, name, now or was)
        if now is None:
            yield about.is_gone(Concern.PHONE, Concern.LINK)
        elif was is None:
            yield about.is_new(now.phone, Concern.PHONE, Concern.LINK)
        else:
            yield from _changed_desk(about, _at(after, name), was, now)


def _desks(library: Library) -> Mapping[str, Desk]:
    return {
        f"{code}.{name}": desk
        for code, desks in library.desks.items()
        for name, desk in desks.items()
    }


def _at(library: Library, name: str) -> str:
    """`municipality, Amsterdam`."""
    code, _, organisation = name.partition(".")
    place = library.places.municipalities.get(code)
    return f"{organisation}, {place.name if place else code}"


def _about_desk(library: Library, name: str, desk: Desk | None) -> Subject:
    return Subject(
        f"desks.{name}",
        told("Desk *{name}*", name=_at(library, name)),
        (desk.written_at if desk else None) or Place(""),
        frozenset({Concern.ORGANISATION}),
        library.written_at,
    )


def _changed_desk(about: Subject, name: str, was: Desk, now: Desk) -> Iterator[Change]:
    yield from _reached(about, name, was, now)
    for attribute in ("name", "reach", "hours_text"):
        old, new = getattr(was, attribute), getattr(now, attribute)
        yield from about.text(TEXTS[attribute], old, new)
    unseen = about.only(Concern.SOURCE)
    for attribute in ("source", "certainty"):
        old, new = getattr(was, attribute), getattr(now, attribute)
        yield from unseen.value(UNSEEN[attribute], quoted(old), quoted(new))
