"""The law files → the calendar, and the rules by id."""

from collections.abc import Iterator
from datetime import date
from typing import cast

from bot.content.author import Author, Path
from bot.content.schema import (
    CalendarFile,
    DeadlinesFile,
    HolidayEntry,
    RuleEntry,
    ValidEntry,
)
from bot.law.calendar import Calendar, EasterHoliday, FixedHoliday, Valid
from bot.law.deadlines import Count, Rule, Unit
from bot.translations import Text

ON_SUNDAY = {"": 0, "the day before": -1, "the day after": 1}
NEVER = date(1, 1, 1)


def read_calendar(author: Author, file: CalendarFile) -> Calendar:
    decreed = [
        _day(author, ("decreed", name, "days", number), day)
        for name, decree in file.decreed.items()
        for number, day in enumerate(decree.days)
    ]
    fixed: list[FixedHoliday] = []
    moving: list[EasterHoliday] = []
    for name, entry in file.holidays.items():
        found = _holiday(author, name, entry)
        if isinstance(found, FixedHoliday):
            fixed.append(found)
        elif found is not None:
            moving.append(found)
    return Calendar(
        frozenset(decreed),
        tuple(fixed),
        tuple(moving),
        _day(author, ("known_from",), file.known_from),
        _day(author, ("known_until",), file.known_until),
    )


def _holiday(
    author: Author, name: str, entry: HolidayEntry
) -> FixedHoliday | EasterHoliday | None:
    path: Path = ("holidays", name)
    valid = _valid(author, (*path, "valid"), entry.valid)
    if entry.easter:
        number, _, side = entry.easter.split()
        days = int(number) if side == "after" else -int(number)
        return EasterHoliday(name, days, valid)
    if entry.date is None or not (entry.date.day + entry.date.month).isdecimal():
        author.problem(path, "holiday", "Write date: {day: 27, month: 4} or easter.")
        return None
    return FixedHoliday(
        name,
        int(entry.date.month),
        int(entry.date.day),
        valid,
        ON_SUNDAY[entry.on_sunday],
    )


def _valid(author: Author, path: Path, entry: ValidEntry) -> Valid:
    until = _day(author, (*path, "until"), entry.until) if entry.until else None
    return Valid(_day(author, (*path, "from"), entry.from_), until)


def _day(author: Author, path: Path, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        author.problem(path, "date", f"“{written}” is no day. Write it as 2026-12-03.")
        return NEVER


def read_deadlines(
    author: Author, file: DeadlinesFile
) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    for name, written in file.deadlines.items():
        path: Path = ("deadlines", name)
        if isinstance(written, RuleEntry):
            yield name, (_rule(author, path, name, written, ""),)
            continue
        yield (
            name,
            tuple(
                _rule(author, (*path, number), name, entry, f"{number + 1}")
                for number, entry in enumerate(written)
            ),
        )


def _rule(author: Author, path: Path, name: str, entry: RuleEntry, row: str) -> Rule:
    def text(field: str, words: str) -> Text:
        return author.text((*path, field), f"deadlines.{name}{row}.{field}", words)

    number, unit = entry.count.split(" ", 1)
    spelled = cast(Unit, unit if unit.endswith("s") else f"{unit}s")
    from_ = (entry.from_,) if isinstance(entry.from_, str) else tuple(entry.from_)
    return Rule(
        id=name,
        kind=entry.kind,
        from_=from_,
        count=Count(int(number) if number.isdecimal() else 0, spelled),
        count_fact="" if number.isdecimal() else number,
        name=text("name", entry.name),
        say=text("say", entry.say),
        over=text("over", entry.over),
        unknown=text("unknown", entry.unknown),
        source=entry.source,
        certainty=entry.certainty,
        valid=_valid(author, (*path, "valid"), entry.valid),
        direction=entry.direction,
        rolls_forward=entry.rolls_forward,
        least_working_days=int(entry.least_working_days),
        day_after=entry.day_after,
        never_on_rest_days=entry.never_on_rest_days,
        uncertain=text("uncertain", entry.uncertain) if entry.uncertain else None,
        reviewed="" if entry.reviewed == "no" else entry.reviewed,
    )
