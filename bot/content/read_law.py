"""The law files → the calendar, and the rules by id."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import cast

from bot.content.author import Author, Path
from bot.content.read_days import read_day, read_valid
from bot.content.read_sources import cited
from bot.content.schema import (
    CalendarFile,
    DateOfYearEntry,
    DeadlinesFile,
    HolidayEntry,
    RuleEntry,
)
from bot.conversation.facts import FactKind, FactType
from bot.law.calendar import Calendar, EasterHoliday, FixedHoliday
from bot.law.deadlines import Count, Rule, Unit
from bot.problems import Told, told
from bot.translations import Text

ON_SUNDAY = {"": 0, "the day before": -1, "the day after": 1}
NO_LEAP_YEAR = 2023
TODAY = "today"
DATE = FactType("date")
SORTS: Mapping[str, Told] = {"date": told("date"), "number": told("number")}
MOST = 3660
"""Days, weeks or months that no period of this law reaches."""


def read_calendar(
    author: Author, file: CalendarFile, sources: Collection[str]
) -> Calendar:
    _cited(author, file, sources)
    decreed = [
        read_day(author, ("decreed", name, "days", number), day)
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
        read_day(author, ("known_from",), file.known_from),
        read_day(author, ("known_until",), file.known_until),
    )


def _holiday(
    author: Author, name: str, entry: HolidayEntry
) -> FixedHoliday | EasterHoliday | None:
    path: Path = ("holidays", name)
    valid = read_valid(author, (*path, "valid"), entry.valid)
    if entry.easter:
        number, _, side = entry.easter.split()
        days = _number(author, (*path, "easter"), number)
        return EasterHoliday(name, days if side == "after" else -days, valid)
    day = _day_of_year(entry.date) if entry.date else None
    if day is None:
        message = told(
            "Write date: {example}, a day of every year, or easter.",
            example="{day: 27, month: 4}",
        )
        author.problem((*path, "date"), "holiday", message)
        return None
    return FixedHoliday(name, day.month, day.day, valid, ON_SUNDAY[entry.on_sunday])


def _day_of_year(entry: DateOfYearEntry) -> date | None:
    try:
        return date(NO_LEAP_YEAR, int(entry.month), int(entry.day))
    except ValueError:
        return None


def _number(author: Author, path: Path, written: str) -> int:
    if len(written) > 4 or int(written) > MOST:
        message = told(
            "{number} is too much: at most {most}.", number=written, most=MOST
        )
        author.problem(path, "too-many", message)
        return 0
    return int(written)


def _cited(author: Author, file: CalendarFile, sources: Collection[str]) -> None:
    for name, holiday in file.holidays.items():
        cited(author, ("holidays", name, "source"), holiday.source, sources)
    for name, decree in file.decreed.items():
        cited(author, ("decreed", name, "source"), decree.source, sources)
        read_valid(author, ("decreed", name, "valid"), decree.valid)


def read_deadlines(
    author: Author, file: DeadlinesFile, sources: Collection[str]
) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    for name, written in file.deadlines.items():
        path: Path = ("deadlines", name)
        if isinstance(written, RuleEntry):
            yield name, (_rule(author, path, name, written, sources),)
            continue
        yield (
            name,
            tuple(
                _rule(author, (*path, number), name, entry, sources, f"{number + 1}")
                for number, entry in enumerate(written)
            ),
        )


def check_counting(
    author: Author, file: DeadlinesFile, declared: Mapping[str, FactType]
) -> None:
    """What periods count from exists: else a family never hears its date.

    Such content can be read all the same, so that it can be compared with other
    content; it is no content to talk with.
    """
    for name, written in file.deadlines.items():
        path: Path = ("deadlines", name)
        if isinstance(written, RuleEntry):
            _counted_from(author, path, written, declared)
            continue
        for number, entry in enumerate(written):
            _counted_from(author, (*path, number), entry, declared)


def _counted_from(
    author: Author, path: Path, entry: RuleEntry, declared: Mapping[str, FactType]
) -> None:
    """What a period counts from is a date that families give, or today.

    One that no card tells may wait for a question that is not asked yet.
    """
    if entry.untold:
        return
    dates = {TODAY: DATE, **declared}
    if isinstance(entry.from_, str):
        _of_sort(author, (*path, "from"), entry.from_, "date", dates)
    else:
        for number, name in enumerate(entry.from_):
            _of_sort(author, (*path, "from", number), name, "date", dates)
    length = entry.count.split(" ", 1)[0]
    if not length.isdecimal():
        _of_sort(author, (*path, "count"), length, "number", declared)


def _of_sort(
    author: Author,
    path: Path,
    name: str,
    sort: FactKind,
    declared: Mapping[str, FactType],
) -> None:
    if name not in declared:
        same = [known for known, type in declared.items() if type.kind == sort]
        author.unknown(path, "question", name, same)
    elif declared[name].kind != sort:
        message = told(
            "“{name}” is no {sort}, so no period can be counted with it.",
            name=name,
            sort=SORTS[sort],
        )
        author.problem(path, "not-counted", message)


def _rule(
    author: Author,
    path: Path,
    name: str,
    entry: RuleEntry,
    sources: Collection[str],
    row: str = "",
) -> Rule:
    def text(field: str, words: str) -> Text:
        return author.text((*path, field), f"deadlines.{name}{row}.{field}", words)

    number, unit = entry.count.split(" ", 1)
    counted = _number(author, (*path, "count"), number) if number.isdecimal() else 0
    spelled = cast(Unit, unit if unit.endswith("s") else f"{unit}s")
    from_ = (entry.from_,) if isinstance(entry.from_, str) else tuple(entry.from_)
    return Rule(
        id=name,
        kind=entry.kind,
        from_=from_,
        count=Count(counted, spelled),
        count_fact="" if number.isdecimal() else number,
        name=text("name", entry.name),
        say=text("say", entry.say),
        over=text("over", entry.over),
        unknown=text("unknown", entry.unknown),
        source=cited(author, (*path, "source"), entry.source, sources),
        certainty=entry.certainty,
        valid=read_valid(author, (*path, "valid"), entry.valid),
        direction=entry.direction,
        rolls_forward=entry.rolls_forward,
        least_working_days=_number(
            author, (*path, "least_working_days"), entry.least_working_days
        ),
        day_after=entry.day_after,
        never_on_rest_days=entry.never_on_rest_days,
        uncertain=text("uncertain", entry.uncertain) if entry.uncertain else None,
        reviewed="" if entry.reviewed == "no" else entry.reviewed,
        untold=entry.untold,
    )
