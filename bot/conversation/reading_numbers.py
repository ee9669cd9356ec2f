"""Reads amounts, numbers, ages and durations: one clear meaning, or None."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from bot.conversation.reading import (
    DAY,
    LONGEST_TEXT,
    MONTH,
    WEEK,
    YEAR,
    DateWords,
    Marks,
    fold_letters,
    mark,
    split,
)
from bot.conversation.reading_dates import month_and_weekday_words

ADULT = 18
OLDEST = 120
LONGEST_YEARS = 100
# The average month: twelve of them are a year, six of them half a year.
UNIT_DAYS = {
    DAY: Fraction(1),
    WEEK: Fraction(7),
    MONTH: Fraction(365, 12),
    YEAR: Fraction(365),
}
Reading = TypeVar("Reading", int, tuple[int, ...])
CURRENCY = frozenset({"", "eur", "euro", "euros"})

_CHUNK = re.compile(r"\d(?:[\d.,]*\d| (?=\d{3}(?!\d)))*")
_WHOLE = re.compile(r"(0|[1-9]\d{0,8})")
_GROUPED = re.compile(
    r"([1-9]\d{0,2}(?P<sign>[., ])\d{3}(?:(?P=sign)\d{3})?)"
    r"(?P<part>(?!(?P=sign))[.,]\d{1,2})?"
)
_DECIMAL = re.compile(r"(0|[1-9]\d{0,8})(?P<part>[.,]\d{1,2})")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]*$")
_LETTERS_AFTER = re.compile(r"[^\W\d_]*")
_MINUS_BEFORE = re.compile(r"- ?(?:€|euro?)? ?$")
# "2 duizend", "anderhalf", "meer dan": the digits alone would tell another number.
_CHANGED = re.compile(r"[zhj]")
_DATED = re.compile(r"Ds?[.]?m|m[.]?D")
_COUNTS_SOMETHING = re.compile(r"[DNY][uHC]")


def read_amount(text: str, words: DateWords | None = None) -> Decimal | None:
    """Euros, when the text holds exactly one number and nothing that changes it.

    With `words` also "2 duizend", "drie" and "3 maanden" are refused.
    """
    numbers = _numbers(text)
    if numbers is None or len(numbers) != 1:
        return None
    for marks in _in_each_language(text, words):
        if any(number > 1 for number in _number_words(marks)):
            return None
        if _is_changed(marks) or _COUNTS_SOMETHING.search(marks.codes):
            return None
    return numbers[0]


def read_number(text: str, words: DateWords) -> int | None:
    """The only number in the text, in digits or as a word; never a part of one."""
    digits = _numbers(text)
    found = set()
    for marks in _in_each_language(text, words):
        if marks.codes.strip(",;") == "0":
            return 0
        numbers = [*(digits or ()), *_number_words(marks)]
        if digits is None or len(numbers) > 1 or _is_changed(marks):
            return None
        found.update(numbers)
    number = found.pop() if len(found) == 1 else None
    return None if number is None or number != int(number) else int(number)


def read_ages(text: str, words: DateWords) -> tuple[int, ...] | None:
    """The children's ages in years, as typed; () when the family says there are none.

    People of 18 and over are left out, but only next to at least one child: alone
    they may be an answer to another question. Months and weeks make a baby, 0.
    """
    return _only_reading(_ages(marks) for marks in _spoken(text, words))


def read_duration(text: str, words: DateWords) -> int | None:
    """Whole days, rounded down; a month is a twelfth of 365 days."""
    return _only_reading(_days(marks) for marks in _spoken(text, words))


def _only_reading(readings: Iterable[Reading | None]) -> Reading | None:
    """What all languages that understand the text agree on."""
    found = {reading for reading in readings if reading is not None}
    return found.pop() if len(found) == 1 else None


def _spoken(text: str, words: DateWords) -> Iterator[Marks]:
    tokens = split(text)
    return (mark(tokens, spoken) for spoken in words.spoken_in(tokens))


def _in_each_language(text: str, words: DateWords | None) -> Iterator[Marks]:
    if words is None:
        return
    tokens = split(text)
    for spoken in words.spoken_in(tokens):
        yield mark(tokens, spoken, month_and_weekday_words())


def _number_words(marks: Marks) -> list[Decimal]:
    pairs = zip(marks.codes, marks.values, strict=True)
    return [Decimal(value) for code, value in pairs if code in "c1"]


def _is_changed(marks: Marks) -> bool:
    return bool(_CHANGED.search(marks.codes) or _DATED.search(marks.codes))


def _numbers(text: str) -> list[Decimal] | None:
    """Every number written in digits; None if one of them is not a plain number."""
    plain = fold_letters(text)
    if len(text) > LONGEST_TEXT or any(_forbids(sign) for sign in plain):
        return None
    numbers = [_number(plain, found) for found in _CHUNK.finditer(plain)]
    known = [number for number in numbers if number is not None]
    return known if len(known) == len(numbers) else None


def _forbids(sign: str) -> bool:
    if sign.isascii():
        return sign in "+<>%#$@^"
    return unicodedata.category(sign) in ("Sc", "Sm") and sign != "€"


def _number(plain: str, chunk: re.Match[str]) -> Decimal | None:
    before, after = plain[: chunk.start()], plain[chunk.end() :]
    tight_before = _LETTERS_BEFORE.search(before)
    tight_after = _LETTERS_AFTER.match(after)
    for letters in (tight_before, tight_after):
        if letters and letters[0] not in CURRENCY:
            return None
    if _MINUS_BEFORE.search(before):
        return None
    return _value(chunk[0])


def _value(digits: str) -> Decimal | None:
    """The last sign is a decimal one if one or two digits follow it, never three."""
    for shape in (_WHOLE, _GROUPED, _DECIMAL):
        found = shape.fullmatch(digits)
        if found:
            whole = re.sub(r"\D", "", found[1])
            part = found["part"] if "part" in shape.groupindex else None
            return Decimal(f"{whole}.{part[1:]}" if part else whole)
    return None


_AGE_RULES = re.compile(
    r"(?P<half>[1i]?h[1i]?u)"
    r"|(?P<baby>[1i]?b)"
    r"|(?P<babies>[Dc])B"
    r"|[1i]?(?P<one>j)(?P<one_unit>u)?O?"
    r"|(?P<count>[Dc1i])[CVo]"
    r"|(?P<child>C)"
    # "7 baby" is a child of 7 and a baby to one family, seven babies to another.
    r"|(?P<age>[Dc1])(?!b)(?:e[1i]?h)?(?P<unit>u)?O?"
    r"|[,;eoqOV+/d]|\.$"
)
_KINDS = {
    **dict.fromkeys(("half", "one", "one_unit", "age", "unit"), "a"),
    **dict.fromkeys(("baby", "babies"), "b"),
    **dict.fromkeys(("count", "child"), "n"),
}
_YEARS_AND_MONTHS = re.compile(r"[Dc1]u[Dc1]u")


def _ages(marks: Marks) -> tuple[int, ...] | None:
    if marks.codes.strip(",;") == "0":
        return ()
    found = _all_parts(_AGE_RULES, marks.codes)
    if found is None or _is_half(marks):
        return None
    ages = [age for part in found for age in _ages_of(part, marks)]
    if not _counts_agree(found, marks, len(ages)) or any(age > OLDEST for age in ages):
        return None
    if marks.codes.strip(".,;") in ("D", "c") and ages == [0]:
        return None  # a bare 0 may be a baby or no child at all
    return tuple(age for age in ages if age < ADULT) or None


def _all_parts(rule: re.Pattern[str], codes: str) -> list[re.Match[str]] | None:
    """The parts from left to right; None as soon as something is not understood."""
    parts = []
    place = 0
    while place < len(codes):
        part = rule.match(codes, place)
        if part is None:
            return None
        parts.append(part)
        place = part.end()
    return parts


def _is_half(marks: Marks) -> bool:
    """“4,5” may be four and a half; “10 jaar 6 maanden” is one child, not two."""
    comma = marks.codes.find("d")
    if marks.codes.count("d") == 1 and marks.texts[comma + 1] == "5":
        return True
    return bool(_YEARS_AND_MONTHS.search(marks.codes))


def _ages_of(part: re.Match[str], marks: Marks) -> list[int]:
    if part["half"] or part["baby"]:
        return [0]
    if part["babies"]:
        return [0] * marks.values[part.start("babies")]
    if part["one"]:
        unit = marks.values[part.start("one_unit")] if part["one_unit"] else YEAR
        return [1 if unit == YEAR else 0]
    if part["age"]:
        unit = marks.values[part.start("unit")] if part["unit"] else YEAR
        return [int(marks.values[part.start("age")] * UNIT_DAYS[unit] / 365)]
    return []


def _counts_agree(found: list[re.Match[str]], marks: Marks, ages: int) -> bool:
    """“2 kinderen van 4 en 9”: the 2 is no age, and tells whether all are named."""
    kinds = "".join(_KINDS.get(part.lastgroup or "", "") for part in found)
    counts = [marks.values[part.start("count")] for part in found if part["count"]]
    if re.search(r"n[^a]*$", kinds):
        return False
    if any(count > 1 for count in counts):
        return sum(counts) in (ages, ages - kinds.count("b"))
    return kinds.count("n") <= kinds.count("a")


_DAYS_RULES = re.compile(
    r"[1i]?(?P<half>h)[1i]?(?P<half_unit>u)"
    r"|[1i]?(?P<one>j)(?P<one_unit>u)"
    r"|(?P<count>[DNc1i])(?:[d.](?P<part>D)|e[1i]?(?P<within>h))?(?P<unit>u)"
    r"(?:e[1i]?(?P<after>h)(?![1i]?u))?"
    r"|[oqe,;]|\.$"
)


def _days(marks: Marks) -> int | None:
    found = _all_parts(_DAYS_RULES, marks.codes)
    terms = [term for part in found or () if (term := _term(part, marks))]
    units = [unit for _, unit in terms]
    # From large to small, each once: "2 weken, 3 weken" are two answers.
    if not terms or units != sorted(set(units), reverse=True):
        return None
    days = int(sum(count * UNIT_DAYS[unit] for count, unit in terms))
    return days if days <= LONGEST_YEARS * 365 else None


def _term(part: re.Match[str], marks: Marks) -> tuple[Fraction, int] | None:
    if part["half"]:
        return Fraction(1, 2), marks.values[part.start("half_unit")]
    if part["one"]:
        return Fraction(3, 2), marks.values[part.start("one_unit")]
    if not part["count"]:
        return None
    count = Fraction(marks.values[part.start("count")])
    if part["part"]:
        count += Fraction("0." + marks.texts[part.start("part")])
    if part["within"] or part["after"]:
        count += Fraction(1, 2)
    return count, marks.values[part.start("unit")]
