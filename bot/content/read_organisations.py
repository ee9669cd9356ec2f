"""An organisations file → organisations."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.content.author import Author, Path
from bot.content.schema import OrganisationEntry, OrganisationsFile
from bot.conversation.facts import FactType
from bot.law.calendar import Calendar
from bot.opening import Hours, read_hours
from bot.organisations import MANY_LANGUAGES, Organisation, When
from bot.problems import told
from bot.translations import is_tongue

CHECKED = re.compile(r"(\d{4}-\d{2}-\d{2})(?: by (\S.*))?", re.ASCII)
USUAL = ("nl", "en", MANY_LANGUAGES)
"""What a language that nobody knows was most likely meant to be."""


def read_organisations(
    author: Author,
    file: OrganisationsFile,
    declared: Mapping[str, FactType],
    calendar: Calendar,
) -> Iterator[Organisation]:
    for name, entry in file.organisations.items():
        when = tuple(_when(author, name, entry, declared, calendar))
        one = _organisation(author, name, entry, when)
        if not entry.only_if:
            yield one
            continue
        path: Path = ("organisations", name, "only_if")
        condition = author.condition(path, entry.only_if, declared, calendar)
        yield replace(one, only_if=condition)


def read_checked(written: str) -> tuple[date | None, str] | None:
    """`never`, a day, or `2026-12-03 by JV`; None when it is none of these."""
    if written == "never":
        return None, ""
    found = CHECKED.fullmatch(written)
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1]), found[2] or ""
    except ValueError:
        return None


def _organisation(
    author: Author, name: str, entry: OrganisationEntry, when: tuple[When, ...]
) -> Organisation:
    path: Path = ("organisations", name)
    base = f"organisations.{name}"
    if not entry.phone and not entry.reach:
        message = told(
            "“{name}” has no phone. Say in reach: how a family finds it.", name=name
        )
        author.problem(path, "no-way-to-reach", message)
    for number, code in enumerate(entry.languages):
        if not is_tongue(code):
            author.unknown((*path, "languages", number), "language", code, USUAL)
    day, person = checked_of(author, path, entry.checked)
    return Organisation(
        id=name,
        name=author.text((*path, "name"), f"{base}.name", entry.name),
        name_here=author.maybe_text(
            (*path, "name_here"), f"{base}.name_here", entry.name_here
        ),
        reach_here=author.maybe_text(
            (*path, "reach_here"), f"{base}.reach_here", entry.reach_here
        ),
        helps=author.text((*path, "helps"), f"{base}.helps", entry.helps),
        serves=author.maybe_text((*path, "serves"), f"{base}.serves", entry.serves),
        phone=entry.phone or "",
        reach=author.maybe_text((*path, "reach"), f"{base}.reach", entry.reach),
        hours=hours_of(author, path, entry.hours, entry.hours_text),
        hours_text=author.maybe_text(
            (*path, "hours_text"), f"{base}.hours_text", entry.hours_text
        ),
        web=entry.web or "",
        cost=author.maybe_text((*path, "cost"), f"{base}.cost", entry.cost),
        languages=tuple(entry.languages),
        channels=tuple(entry.channels),
        where=tuple(entry.where),
        local=entry.local,
        when=when,
        source=entry.source,
        certainty=entry.certainty,
        checked=day,
        checked_by=person,
        written_at=author.place((*path, "phone" if entry.phone else "name")),
        emergency=entry.emergency,
    )


def _when(
    author: Author,
    name: str,
    entry: OrganisationEntry,
    declared: Mapping[str, FactType],
    calendar: Calendar,
) -> Iterator[When]:
    for number, row in enumerate(entry.when):
        path: Path = ("organisations", name, "when", number)
        because = author.text(
            (*path, "because"),
            f"organisations.{name}.because{number + 1}",
            row.because,
        )
        if not row.if_:
            yield When(because)
            continue
        condition = author.condition((*path, "if"), row.if_, declared, calendar)
        if condition is not None:
            yield When(because, condition)
    if entry.when and entry.when[-1].if_:
        message = told(
            "The last row of when has no if, so that there is always a reason."
        )
        author.problem(("organisations", name, "when"), "no-reason", message)


def hours_of(
    author: Author, path: Path, hours: str, in_words: str
) -> tuple[Hours, ...]:
    """Opening hours, which always stand in words beside them, too."""
    if not hours:
        return ()
    found = read_hours(hours)
    if found is None or not in_words:
        message = told(
            "Write hours like ma-vr 09:00-17:00 or 24/7, and hours_text in words."
        )
        author.problem((*path, "hours"), "hours", message)
    return found or ()


def checked_of(author: Author, path: Path, written: str) -> tuple[date | None, str]:
    """The day on which someone dialled the number, and who that was."""
    found = read_checked(written)
    if found is None:
        message = told("Write the day as 2026-12-03 or 2026-12-03 by JV, or never.")
        author.problem((*path, "checked"), "checked", message)
    return found or (None, "")
