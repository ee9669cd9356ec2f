"""Days as authors write them, and from when until when something holds."""

import re
from datetime import date

from bot.content.author import Author, Path
from bot.content.schema import ValidEntry
from bot.law.calendar import Valid
from bot.problems import told

NEVER = date(1, 1, 1)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day_of(written: str) -> date:
    """Raises ValueError for anything but 2026-12-03, other forms of ISO 8601 too."""
    if not DAY.fullmatch(written):
        raise ValueError(f"{written!r} is no day")
    return date.fromisoformat(written)


def read_day(author: Author, path: Path, written: str) -> date:
    try:
        return day_of(written)
    except ValueError:
        message = told("“{word}” is no day. Write it as 2026-12-03.", word=written)
        author.problem(path, "date", message)
        return NEVER


def read_valid(author: Author, path: Path, entry: ValidEntry) -> Valid:
    until = read_day(author, (*path, "until"), entry.until) if entry.until else None
    from_ = read_day(author, (*path, "from"), entry.from_)
    if until is not None and NEVER < until < from_:
        message = told(
            "This ends on {end}, before it begins on {begin}.",
            end=str(until),
            begin=str(from_),
        )
        author.problem((*path, "until"), "valid", message)
    return Valid(from_, until)
