"""Reads a date as families write it: surely, or not at all."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal

from babel import Locale

from bot.conversation.reading import (
    DAY,
    WEEK,
    YEAR,
    DateWords,
    Marks,
    Meaning,
    Vocabulary,
    fold,
    mark,
    split,
    vocabulary,
)

Day = datetime.date
TroubleCode = Literal[
    "not_a_date", "no_such_day", "two_dates", "weekday_differs", "outside"
]
# Arabic and Persian months differ from country to country.
LOCALES = (
    "nl", "en", "en_GB", "ar", "ar_SY", "ar_MA", "ar_DZ", "uk", "pl", "tr", "ti", "so",
    "fr", "es", "fa", "fa_AF", "ru", "ro", "bg", "hu", "pap",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2100
# "3 december 10" may well mean ten o'clock, "december 26" the year.
NEAR_YEARS = 5
CENTURY_REACH = 50


@dataclass(frozen=True, slots=True)
class DateTrouble:
    """Why no date was read; `date` and `weekday` (Monday is 0) are what was typed."""

    code: TroubleCode
    date: Day | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One date in a text: the days it can be, and the weekday typed beside it.

    `vague` pieces ("friday", "in two weeks") may not confirm another date.
    """

    days: tuple[Day, ...]
    weekday: int | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A matched rule: values of its named parts by name."""

    match: re.Match[str]
    marks: Marks
    today: Day

    def value(self, name: str) -> int | None:
        place = self.match.start(name) if name in self.match.re.groupindex else -1
        return None if place < 0 else self.marks.values[place]

    def sure(self, name: str) -> int:
        return self.marks.values[self.match.start(name)]

    def code(self, name: str) -> str:
        return self.match[name]

    @property
    def weekday(self) -> int | None:
        before = self.value("weekday")
        return self.value("weekday_after") if before is None else before


def read_date(
    text: str,
    today: Day,
    words: DateWords,
    *,
    earliest: Day | None = None,
    latest: Day | None = None,
) -> Day | DateTrouble:
    """The one date this text can mean, from `earliest` to `latest`, or the trouble.

    Without a year it is the day nearest to `today`, inside these limits if it can.
    """
    window = Window(today, earliest or Day.min, latest or Day.max)
    tokens = split(text)
    readings = [
        _read(mark(tokens, spoken, month_and_weekday_words()), window)
        for spoken in words.spoken_in(tokens)
    ]
    return _agreed(readings)


def _agreed(readings: list[Day | DateTrouble]) -> Day | DateTrouble:
    """A word may belong to several languages; they may not lead to several dates."""
    days = {reading for reading in readings if isinstance(reading, Day)}
    if days:
        return days.pop() if len(days) == 1 else DateTrouble("not_a_date")
    telling = (found for found in readings if found != DateTrouble("not_a_date"))
    return next(telling, DateTrouble("not_a_date"))


@dataclass(frozen=True, slots=True)
class Window:
    """Today, and the first and last day that make sense as an answer."""

    today: Day
    earliest: Day
    latest: Day

    def holds(self, day: Day) -> bool:
        return self.earliest <= day <= self.latest

    def distance(self, day: Day) -> tuple[int, bool]:
        return abs((day - self.today).days), day < self.today


def _read(marks: Marks, window: Window) -> Day | DateTrouble:
    pieces, stray = _pieces(marks, window.today)
    if not pieces:
        return DateTrouble("not_a_date")
    found = [_choose(piece, window) for piece in pieces]
    if any(reading != found[0] for reading in found):
        return DateTrouble("two_dates")
    if stray or (len(pieces) > 1 and any(piece.vague for piece in pieces)):
        return DateTrouble("not_a_date")
    return found[0]


def _choose(piece: Piece, window: Window) -> Day | DateTrouble:
    if not piece.days:
        return DateTrouble("no_such_day")
    fitting = [day for day in piece.days if window.holds(day)]
    day = min(fitting or piece.days, key=window.distance)
    if piece.weekday is not None and piece.weekday != day.weekday():
        return DateTrouble("weekday_differs", day, piece.weekday)
    return day if fitting else DateTrouble("outside", day)


def _pieces(marks: Marks, today: Day) -> tuple[list[Piece], bool]:
    """The dates from left to right, and whether anything else was said."""
    codes = _without_time(marks)
    pieces: list[Piece] = []
    stray = False
    place = 0
    while place < len(codes):
        found = _piece_at(codes, place, marks, today)
        if found:
            piece, place = found
            pieces.append(piece)
            continue
        stray = stray or codes[place] not in BESIDE
        place += 1
    return pieces, stray


def _piece_at(
    codes: str, place: int, marks: Marks, today: Day
) -> tuple[Piece, int] | None:
    for rule, reader in RULES:
        match = rule.match(codes, place)
        piece = reader(Seen(match, marks, today)) if match else None
        if match and piece:
            return piece, match.end()
    return None


def _without_time(marks: Marks) -> str:
    """The hour is part of many letters and of no date; it leaves a gap behind."""

    def gap(found: re.Match[str]) -> str:
        places = range(found.start(), found.end())
        numbers = [marks.values[p] for p in places if marks.codes[p] in "Dc"]
        hour, *minutes = numbers or [0]
        fits = hour <= 24 and all(minute < 60 for minute in minutes)
        return "_" * len(found[0]) if fits else found[0]

    return TIME.sub(gap, marks.codes)


# The letters are those of reading.CODES; D is a number of one or two digits,
# N of three, Y a year, s the end of an ordinal, d a comma inside a number.
BESIDE = "_o,.;-"
SOFT = "[o,.;]*"
DATE_SIGN = "[-/]?"
BEFORE = rf"(?:(?P<weekday>[wv]){SOFT})?"
AFTER = rf"(?:{SOFT}(?P<weekday_after>[wv]))?"
HOUR_WORD = r"H(?:D(?![-/.sm]))?"
TIME = re.compile(
    rf"T?D:D(?::D)?(?:{HOUR_WORD})?P*"
    rf"|Th?[Dc1](?:\.D)?(?:{HOUR_WORD}|(?![-/.]?[DY]|[-/]?m))P*"
    rf"|[Dc1]\.D{HOUR_WORD}P*|h?[Dc1]{HOUR_WORD}P*|P+"
)


def _written(seen: Seen) -> Piece | None:
    return _piece(seen, _year(seen, NEAR_YEARS))


def _month_first(seen: Seen) -> Piece | None:
    near = abs(seen.sure("day") - seen.today.year % 100) <= NEAR_YEARS
    if seen.value("year") is None and near:
        return None
    return _piece(seen, seen.value("year"))


def _numeric(seen: Seen) -> Piece | None:
    reach = CENTURY_REACH if seen.code("sign") else NEAR_YEARS
    return _piece(seen, _year(seen, reach))


def _year(seen: Seen, reach: int) -> int | None:
    """The year in full; 0 for two digits that cannot be trusted to be a year."""
    short = seen.value("short")
    if short is None:
        return seen.value("year")
    this = seen.today.year
    year = this - this % 100 + short
    year = min((year - 100, year, year + 100), key=lambda near: abs(near - this))
    return year if abs(year - this) <= reach else 0


def _piece(seen: Seen, year: int | None) -> Piece | None:
    month, this = seen.sure("month"), seen.today.year
    if year == 0 or not 1 <= month <= 12:
        return None
    years = (this - 1, this, this + 1) if year is None else (year,)
    found = (_day(year, month, seen.sure("day")) for year in years)
    return Piece(tuple(day for day in found if day), seen.weekday)


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(year, month, day)
    except ValueError:
        return None


def _day_word(seen: Seen) -> Piece | None:
    return Piece((seen.today + timedelta(seen.sure("word")),), seen.weekday)


def _shifted(seen: Seen) -> Piece | None:
    word = seen.value("word") or 0
    count = seen.sure("count") * seen.sure("direction")
    day = _shift(seen.today + timedelta(word), count, seen.sure("unit"))
    return Piece((day,), vague=True) if day else None


def _shift(day: Day, count: int, unit: int) -> Day | None:
    if unit in (DAY, WEEK):
        return _within_reach(day, timedelta(count * (7 if unit == WEEK else 1)))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == YEAR else 1)
    year, month = divmod(months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    # A month after 31 January is the last day of February.
    ends = (_day(year, month + 1, last) for last in range(day.day, 27, -1))
    return _day(year, month + 1, day.day) or next(end for end in ends if end)


def _within_reach(day: Day, step: timedelta) -> Day | None:
    shifted = day + step
    return shifted if FIRST_YEAR <= shifted.year <= LAST_YEAR else None


def _bare_weekday(seen: Seen) -> Piece | None:
    return Piece((_coming(seen.today, seen.sure("weekday")),), vague=True)


def _which_weekday(seen: Seen) -> Piece | None:
    weekday = seen.sure("weekday")
    which = seen.code("which")
    day = _coming(seen.today, weekday)
    if which in "pl":
        day -= timedelta(14 if weekday == seen.today.weekday() else 7)
    # "Next friday" is this week's friday to some and next week's to others: it is
    # read only on days when both mean the same day.
    if which in "tnl" and day != _in_week(seen.today, weekday, seen.sure("which")):
        return None
    return Piece((day,), vague=True)


def _weekday_of_week(seen: Seen) -> Piece | None:
    if seen.sure("unit") != WEEK:
        return None
    day = _in_week(seen.today, seen.sure("weekday"), seen.sure("which"))
    return Piece((day,), vague=True) if day else None


def _coming(today: Day, weekday: int) -> Day:
    """The next such day; never today."""
    return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)


def _in_week(today: Day, weekday: int, weeks: int) -> Day | None:
    """That day of another week; None if it depends on which day weeks begin with."""
    days = set()
    for first in (0, 6):  # Monday here, Sunday elsewhere
        start = today - timedelta((today.weekday() - first) % 7)
        days.add(start + timedelta(7 * weeks + (weekday - first) % 7))
    return days.pop() if len(days) == 1 else None


Reader = Callable[[Seen], Piece | None]
NOT_LONGER = r"(?![-/.][DNY])"
NOT_INSIDE = r"(?![-/.]?[DNYmsdu]|[-/.]?x)"
COUNT = r"(?P<count>[DNc1i])(?P<unit>u)"
RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rule), reader)
    for rule, reader in (
        (
            rf"{BEFORE}(?P<day>D)s?{DATE_SIGN}{SOFT}(?P<month>m){DATE_SIGN}"
            rf"(?:{SOFT}(?:(?P<year>Y)|(?P<short>D)(?!s|{SOFT}(?:[mDNYdHu/:]|-[Dm]))))?"
            rf"{AFTER}",
            _written,
        ),
        (
            rf"{BEFORE}(?P<month>m){DATE_SIGN}o*(?P<day>D)s?{DATE_SIGN}"
            rf"(?:[,do;]*(?P<year>Y))?{AFTER}(?!{SOFT}[mdDN])",
            _month_first,
        ),
        (
            rf"{BEFORE}(?P<year>Y)[-.]?[o,]*(?P<month>m)-?(?P<day>D)[s.]?{AFTER}",
            _written,
        ),
        (
            rf"{BEFORE}(?P<year>Y)(?P<sign>[-/.])(?P<month>D)(?P=sign)(?P<day>D)"
            rf"{NOT_LONGER}{AFTER}",
            _written,
        ),
        (
            rf"{BEFORE}(?P<day>D)(?P<sign>[-/.]?)(?P<month>D)"
            rf"(?:[-/.]?(?P<year>Y){NOT_LONGER}|(?P=sign)(?P<short>D){NOT_INSIDE}"
            rf"|{NOT_INSIDE}){AFTER}",
            _numeric,
        ),
        (rf"(?:(?P<word>r)o*)?(?P<direction>a)o*{COUNT}", _shifted),
        (rf"{COUNT}o*(?P<direction>[AG])", _shifted),
        (rf"(?P<direction>g)o*{COUNT}", _shifted),
        (rf"(?P<word>r){AFTER}", _day_word),
        (r"(?P<which>[nlt])(?P<unit>u)o*(?P<weekday>w)", _weekday_of_week),
        (r"(?P<weekday>w)o*(?P<which>[nlt])(?P<unit>u)", _weekday_of_week),
        (r"(?P<which>[knptl])(?P<weekday>w)", _which_weekday),
        (r"(?P<weekday>w)", _bare_weekday),
    )
)


@cache
def month_and_weekday_words() -> Vocabulary:
    """Every name of a month or weekday in LOCALES; 30 ms the first time."""
    found: dict[str, set[Meaning]] = {}
    for name in LOCALES:
        _add_names(Locale.parse(name), found)
    return vocabulary({word: _one_sort(sorts) for word, sorts in found.items()})


def _add_names(locale: Locale, found: dict[str, set[Meaning]]) -> None:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            full = width == "wide"
            _add(found, locale.months[context][width], "m")
            _add(found, locale.days[context][width], "w" if full else "v")


def _add(found: dict[str, set[Meaning]], names: Mapping[int, str], code: str) -> None:
    for value, name in names.items():
        for word in _spellings(name):
            found.setdefault(word, set()).add(Meaning(code, value))


def _spellings(name: str) -> set[str]:
    """Phones write these with a joiner, a space, an apostrophe or nothing between."""
    joined = name.replace("ʼ", "").replace("'", "")
    spaced = name.replace("\u200c", " ")
    folded = {fold(spelling) for spelling in (name, joined, spaced)}
    return {word for word in folded if len(word) > 1 and not word[0].isdecimal()}


def _one_sort(sorts: set[Meaning]) -> set[Meaning]:
    """A month before a weekday ("mar."), and a full name before an abbreviation."""
    for code in "mwv":
        chosen = {meaning for meaning in sorts if meaning.code == code}
        if chosen:
            return chosen
    return sorts
