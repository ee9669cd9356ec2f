"""What a family types may name it: mail address, IBAN, BSN, phone. This takes it out.

No question asks for any of these, so what questions do ask for (dates, amounts,
ages, postcodes) has to stay as it was typed. No rule looks back further than a few
characters, so the work grows no faster than the text.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

EMAIL, IBAN, BSN, PHONE = KINDS = ("email", "iban", "bsn", "phone")
REMEMBERED_CHARACTERS = 5_000


@dataclass(frozen=True, slots=True)
class Redacted:
    """What is left of a text, and which of KINDS were in it, in that order."""

    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape whose part `gone` is taken out when `holds` says it is one.

    `sees` hides what the shape may not take, and keeps the length.
    """

    kind: str
    shape: re.Pattern[str]
    holds: Callable[[str], bool] = lambda found: True
    sees: Callable[[str], str] = lambda plain: plain


def redacted(text: str) -> Redacted:
    """The same text when nothing was in it."""
    kinds: set[str] = set()
    before = None
    # Once more after each round: what stood apart may stand together now.
    while text != before:
        before = text
        for rule in _rules():
            text = _without(text, rule, kinds)
    return Redacted(text, tuple(kind for kind in KINDS if kind in kinds))


def _without(text: str, rule: Rule, kinds: set[str]) -> str:
    plain, place = rule.sees(text.translate(_PLAIN)), 0
    while found := rule.shape.search(plain, place):
        place = found.start() + 1
        if rule.holds(_digits_and_letters(found["gone"])):
            kinds.add(rule.kind)
            before, after = text[: found.start("gone")], text[found.end("gone") :]
            text = _joined(before, after)
            plain = rule.sees(text.translate(_PLAIN))
            place = len(before.rstrip())
    return text


def _joined(before: str, after: str) -> str:
    """One blank where something went; none at an end or before a full stop."""
    before, after = before.rstrip(), after.lstrip()
    blank = " " if before and after and after[0] not in ".,;:!?)" else ""
    return before + blank + after


class _Plain(dict[int, str]):
    """Each character as one that the rules know; a text keeps its length."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        # A text can hold every character there is; memory may not follow it.
        if len(self) < REMEMBERED_CHARACTERS:
            self[code] = plain
        return plain


def _plain(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(character)
    if kind in ("Cf", "Mn", "Me") or kind[0] == "Z":
        return " "
    if kind == "Pd" or character == "−":
        return "-"
    simple = unicodedata.normalize("NFKC", character)
    return simple if len(simple) == 1 else character


_PLAIN = _Plain({code: chr(code) for code in range(128)})


def _digits_and_letters(found: str) -> str:
    return "".join(sign for sign in found if sign.isalnum()).upper()


# --- mail addresses ----------------------------------------------------------------

_NAME = r"[^\s@<>()\[\]{},;:\"!?/\\]"
_MAIL = re.compile(
    rf"(?<!{_NAME})(?P<gone>{_NAME}++(?:@[\w-]++(?:\.[\w-]++)*+"
    r"|\s{0,3}@\s{0,3}(?:[\w-]++\.)+[^\W\d_]{2,}+))"
)

# --- account numbers ---------------------------------------------------------------

_GAP = r"[\s./()\-]"
ACCOUNT_FORMS: Mapping[str, str] = {
    "10n11c2n": "FR MC", "11n": "NO", "12n": "BE", "14n": "DK FI FO GL SD",
    "14n15c": "RU", "15n": "SI", "16n": "AT BA EE LT MN XK", "17n": "HR",
    "18n": "CR DE ME RS VA", "19n": "AE IL SO TL", "1a10n12c": "IT SM", "20c": "MD",
    "20n": "CZ ES SE SK TN", "21n": "LY PT ST", "22n": "IS", "23n": "BI DJ MR",
    "23n1a1c": "BR", "24c": "GT", "24n": "HU PL", "25n": "EG", "2a12n": "FK",
    "2a16n": "GE", "2n18c": "SA", "3n10c2n": "MK", "3n13c": "KZ LU", "3n16c": "OM",
    "4a13c": "LV", "4a14c": "BH", "4a14n": "GB IE", "4a15c": "GI", "4a15n": "IQ",
    "4a16c": "PK RO", "4a16n": "VG", "4a19n3a": "MU", "4a20c": "AZ",
    "4a20n": "HN NI SV", "4a20n3a": "SC", "4a21c": "PS QA", "4a22c": "KW",
    "4a24c": "LC", "4a4n18c": "JO YE", "4a5n18c": "MT", "4a6n8c": "BG",
    "4c20n": "DO", "4c4n16c": "BY", "4n20c": "LB", "5n12c": "CH LI", "6n16c": "TR",
    "6n19c": "UA", "7n16c": "GR", "8n12c": "AD", "8n16c": "AL CY",
}  # fmt: skip
"""What follows the check digits, per country: n digits, a letters, c either.

Without it, a sentence such as "is 12 december 2026 …" could be an account in Iceland.
"""
# With a digit missing or too many it is still somebody's number.
_DUTCH_FORM = rf"NL(?:{_GAP}{{0,3}}\d){{2}}" + (
    rf"(?:{_GAP}{{0,3}}[A-Z]){{4}}(?:{_GAP}{{0,3}}\d){{7,10}}\d*"
)
_SORTS = {"n": r"\d", "a": "[A-Z]", "c": r"[A-Z\d]"}


def _account() -> re.Pattern[str]:
    forms = [_DUTCH_FORM]
    for form, countries in ACCOUNT_FORMS.items():
        parts = re.findall(r"(\d+)(\w)", f"2n{form}")
        body = "".join(
            rf"(?:{_GAP}{{0,3}}{_SORTS[sort]}){{{count}}}" for count, sort in parts
        )
        forms.append(f"(?:{countries.replace(' ', '|')}){body}")
    begins = rf"(?=[A-Z]{{2}}{_GAP}{{0,3}}\d)"
    return re.compile(f"{begins}(?P<gone>{'|'.join(forms)})", re.ASCII | re.IGNORECASE)


def _is_account(number: str) -> bool:
    if number.startswith("NL"):
        return True
    moved = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
    return int(moved) % 97 == 1


# --- phones and citizen numbers ----------------------------------------------------

_ALONE = r"(?<!\d)(?<!\d[-/.,:])"
_STEP = rf"{_GAP}{{0,3}}\d"
_AREAS = "|".join(
    rf"\(?0[1-9]\d{{{more}}}(?={_GAP})(?:{_STEP}){{{8 - more}}}" for more in range(3)
)
_PHONE = re.compile(
    rf"(?P<gone>(?:\+|{_ALONE}00){_GAP}{{0,3}}31(?:{_GAP}{{0,3}}\(?0\)?)?"
    rf"(?:{_STEP}){{9}}"
    rf"|(?:\+|{_ALONE}00){_GAP}{{0,3}}[1-9](?:{_STEP}){{8,14}}"
    rf"|{_ALONE}(?:316\d{{8}}|0\d{{9}}|{_AREAS}))(?!\d)",
    re.ASCII,
)
_NAMED = re.compile(
    rf"(?:bsn|burger ?service|sofi)\D{{0,20}}(?P<gone>\d(?:{_STEP}){{7,8}})(?!\d)",
    re.ASCII | re.IGNORECASE,
)
_CITIZEN = re.compile(
    rf"{_ALONE}(?<!€)(?<!€ )(?P<gone>\d{{8,9}}|"
    + "|".join(
        # Not 2-2-4 or 4-2-2, which are dates, and not 4-4: two years, two amounts.
        rf"\d{{{first}}}(?P<gap{first}{second}>[ .\-])\d{{{second}}}"
        rf"(?P=gap{first}{second})\d{{3}}"
        for first, second in ((3, 3), (4, 2), (2, 3), (3, 2))
    )
    + r")(?!\d)(?![-/.,:]\d)(?! ?(?:€|eur))",
    re.ASCII | re.IGNORECASE,
)
_DAY = r"[0-3]?\d"
_YEAR = r"(?:19|20)\d\d"
_DATES = re.compile(
    rf"(?<!\d)(?:{_DAY} ?[-/. ] ?{_DAY} ?[-/. ] ?{_YEAR}"
    rf"|{_YEAR}(?P<sign>[-/.]){_DAY}(?P=sign){_DAY}"
    # "06-12-26 10.30" has ten digits, like a phone.
    rf"|{_DAY}(?P<mark>[-/.]){_DAY}(?P=mark)\d\d(?=[ ,]+\d\d?[.:]\d\d(?!\d)))(?!\d)",
    re.ASCII,
)
_DATE_RUN_TOGETHER = re.compile(
    rf"[0-3]\d[0-3]\d{_YEAR}|{_YEAR}[0-3]\d[0-3]\d", re.ASCII
)


def _dates_hidden(plain: str) -> str:
    return _DATES.sub(lambda found: "x" * len(found[0]), plain)


def _is_citizen(digits: str) -> bool:
    """The eleven-test; but 20261210 is rather a date than an old short number."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    weighed = zip(weights, map(int, digits.zfill(9)), strict=True)
    passes = int(digits) > 0 and sum(one * two for one, two in weighed) % 11 == 0
    return passes and not _DATE_RUN_TOGETHER.fullmatch(digits)


@cache
def _rules() -> tuple[Rule, ...]:
    """An IBAN and a phone hold digits that alone could be something else."""
    return (
        Rule(EMAIL, _MAIL),
        Rule(IBAN, _account(), _is_account),
        Rule(PHONE, _PHONE, sees=_dates_hidden),
        Rule(BSN, _NAMED, sees=_dates_hidden),
        Rule(BSN, _CITIZEN, _is_citizen, _dates_hidden),
    )
