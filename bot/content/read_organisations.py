"""An organisations file → organisations."""

from collections.abc import Iterator
from datetime import date

from bot.content.author import Author, Path
from bot.content.schema import OrganisationEntry, OrganisationsFile
from bot.organisations import Hours, Organisation, read_hours


def read_organisations(
    author: Author, file: OrganisationsFile
) -> Iterator[Organisation]:
    for name, entry in file.organisations.items():
        yield _organisation(author, name, entry)


def _organisation(author: Author, name: str, entry: OrganisationEntry) -> Organisation:
    path: Path = ("organisations", name)
    base = f"organisations.{name}"
    if not entry.phone and not entry.reach:
        message = f"“{name}” has no phone. Say in reach: how a family finds it."
        author.problem(path, "no-way-to-reach", message)
    return Organisation(
        id=name,
        name=author.text((*path, "name"), f"{base}.name", entry.name),
        helps=author.text((*path, "helps"), f"{base}.helps", entry.helps),
        phone=entry.phone or "",
        reach=author.maybe_text((*path, "reach"), f"{base}.reach", entry.reach),
        hours=_hours(author, path, entry),
        hours_text=author.maybe_text(
            (*path, "hours_text"), f"{base}.hours_text", entry.hours_text
        ),
        web=entry.web or "",
        cost=author.maybe_text((*path, "cost"), f"{base}.cost", entry.cost),
        languages=tuple(entry.languages),
        where=tuple(entry.where),
        source=entry.source,
        checked=_checked(author, path, entry),
        emergency=entry.emergency,
    )


def _hours(author: Author, path: Path, entry: OrganisationEntry) -> tuple[Hours, ...]:
    if not entry.hours:
        return ()
    found = read_hours(entry.hours)
    if found is None or not entry.hours_text:
        message = "Write hours like ma-vr 09:00-17:00 or 24/7, and hours_text in words."
        author.problem((*path, "hours"), "hours", message)
    return found or ()


def _checked(author: Author, path: Path, entry: OrganisationEntry) -> date | None:
    if entry.checked == "never":
        return None
    try:
        return date.fromisoformat(entry.checked)
    except ValueError:
        message = "Write the day as 2026-12-03, or never."
        author.problem((*path, "checked"), "checked", message)
        return None
