"""What a family typed, made comparable: folded text, known words, a place."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

LONGEST_TEXT = 300
REMEMBERED_CHARACTERS = 5_000

# Letters that Unicode does not take apart, and letters that one keyboard has
# and its neighbour writes differently: Turkish, Polish, Nordic, Arabic, Persian.
ALIKE = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe",
    "ى": "ي", "ی": "ي", "ک": "ك",
}  # fmt: skip
SAME_MARK = {
    **dict.fromkeys("‐‑‒–—―−⁃﹣", "-"),
    **dict.fromkeys("’‘ʼʻ`´′＇ʹ", "'"),
    "٫": ",", "،": ",", "٬": ".", "٪": "%", "؛": ";",
}  # fmt: skip
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u0640")


class _Folding(dict[int, str]):
    """What each character becomes: worked out at first sight, then remembered."""

    def __init__(self, *, keeps_marks: bool) -> None:
        super().__init__()
        self.keeps_marks = keeps_marks

    def __missing__(self, code: int) -> str:
        folded = self._folded(chr(code))
        # A text can hold every character there is; memory may not follow it.
        if len(self) < REMEMBERED_CHARACTERS:
            self[code] = folded
        return folded

    def _folded(self, character: str) -> str:
        if character in SAME_MARK:
            return SAME_MARK[character] if self.keeps_marks else " "
        # Powers, fractions and Ethiopic numerals are not places of a number:
        # taken apart, "8½" would become 81 and "፲፫" 3.
        if unicodedata.category(character) in ("No", "Nl"):
            return character
        parts = unicodedata.normalize("NFKD", character).casefold()
        parts = unicodedata.normalize("NFKD", parts)
        kept = "".join(self._part(part) for part in parts)
        return unicodedata.normalize("NFC", kept)

    def _part(self, part: str) -> str:
        digit = unicodedata.decimal(part, None)
        if digit is not None:
            return str(digit)
        kind = unicodedata.category(part)
        if part in UNSEEN or kind in ("Cf", "Me") or _is_accent(part, kind):
            return ""
        if kind[0] in "ZC" or (kind[0] in "PS" and not self.keeps_marks):
            return " "
        return ALIKE.get(part, part)


def _is_accent(part: str, kind: str) -> bool:
    if kind not in ("Mn", "Mc"):
        return False
    return unicodedata.combining(part) != 0 or "VARIATION" in unicodedata.name(part, "")


_SPACED = _Folding(keeps_marks=False)
_MARKED = _Folding(keeps_marks=True)


def fold(text: str) -> str:
    """Small letters and ASCII digits, one space between; nothing that varies."""
    if text.isascii() and text.isalpha() and text.islower():
        return text
    return " ".join(text.translate(_SPACED).split())


def fold_letters(text: str) -> str:
    """Like `fold`, but punctuation stays: in a date or an amount it has meaning."""
    return " ".join(text.translate(_MARKED).split())


class Token(NamedTuple):
    """A word, a number or a mark; `tight` when no space stands before it."""

    text: str
    tight: bool


class Meaning(NamedTuple):
    """What a word is (one letter of CODES) and what it counts for."""

    code: str
    value: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded phrases with meanings; `reach`: first word → words in its longest."""

    meanings: Mapping[str, Meaning]
    reach: Mapping[str, int]
    ordinals: frozenset[str] = frozenset()

    def knows_any(self, tokens: Iterable[Token]) -> bool:
        texts = {token.text for token in tokens}
        return not (texts.isdisjoint(self.reach) and texts.isdisjoint(self.ordinals))


@dataclass(frozen=True, slots=True)
class WordTrouble:
    """A row of the words file that is left out, and why."""

    code: str
    language: str
    group: str
    word: str


Rows = Mapping[str, Mapping[str, Mapping[str, str]]]

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
DAY, WEEK, MONTH, YEAR = range(4)

# Each word becomes one letter, so that a whole sentence is a short string and
# a rule about sentences is an ordinary regular expression over such letters.
CODES: Mapping[str, Mapping[str, Meaning]] = {
    "days": {
        "day_before_yesterday": Meaning("r", -2),
        "yesterday": Meaning("r", -1),
        "today": Meaning("r", 0),
        "tomorrow": Meaning("r", 1),
        "day_after_tomorrow": Meaning("r", 2),
    },
    "directions": {
        "ahead_before": Meaning("a", 1),
        "ahead_after": Meaning("A", 1),
        "ago_before": Meaning("g", -1),
        "ago_after": Meaning("G", -1),
    },
    "which": {
        "coming": Meaning("k", 0),
        "this": Meaning("t", 0),
        "next": Meaning("n", 1),
        "past": Meaning("p", 0),
        "previous": Meaning("l", -1),
    },
    "units": {
        "day": Meaning("u", DAY),
        "week": Meaning("u", WEEK),
        "month": Meaning("u", MONTH),
        "year": Meaning("u", YEAR),
    },
    "numbers": {
        **{str(number): Meaning("c", number) for number in range(100)},
        "one_or_a": Meaning("1", 1),
        "a": Meaning("i", 1),
        "half": Meaning("h", 0),
        "one_and_a_half": Meaning("j", 0),
        "changes": Meaning("z", 0),
    },
    "clock": {
        "at": Meaning("T", 0),
        "hour": Meaning("H", 0),
        "part_of_day": Meaning("P", 0),
    },
    "small_words": {
        "beside_a_date": Meaning("o", 0),
        "about": Meaning("q", 0),
        "and": Meaning("e", 0),
    },
    "children": {
        "child": Meaning("C", 0),
        "baby": Meaning("b", 0),
        "babies": Meaning("B", 0),
        "aged": Meaning("V", 0),
        "old": Meaning("O", 0),
        "none": Meaning("0", 0),
    },
    "months": {name: Meaning("m", place) for place, name in enumerate(MONTHS, 1)},
    "weekdays": {name: Meaning("v", place) for place, name in enumerate(WEEKDAYS)},
}
NO_WORDS = Vocabulary({}, {})


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words for days, units and numbers, per language; `troubles` were left out."""

    languages: Mapping[str, Vocabulary]
    troubles: tuple[WordTrouble, ...] = ()

    @classmethod
    def from_rows(cls, rows: Rows) -> "DateWords":
        """Rows are language → group → English key → words with commas between."""
        troubles: list[WordTrouble] = []
        read = {name: _vocabulary(name, row, troubles) for name, row in rows.items()}
        return cls(read, tuple(troubles))

    def spoken_in(self, tokens: list[Token]) -> tuple[Vocabulary, ...]:
        """The languages this text could be in; no language at all is always one."""
        known = (words for words in self.languages.values() if words.knows_any(tokens))
        return (*known, NO_WORDS)


def _vocabulary(
    language: str, row: Mapping[str, Mapping[str, str]], troubles: list[WordTrouble]
) -> Vocabulary:
    found: dict[str, set[Meaning]] = {}
    ordinals: set[str] = set()
    for group, key, phrase in _phrases(row):
        meaning = CODES.get(group, {}).get(key)
        if (group, key) == ("numbers", "ordinal"):
            ordinals.add(fold(phrase))
        elif meaning is None:
            troubles.append(WordTrouble("unknown_key", language, group, key))
        else:
            found.setdefault(fold(phrase), set()).add(meaning)
    for phrase, meanings in found.items():
        if len(meanings) > 1:
            troubles.append(WordTrouble("two_meanings", language, "", phrase))
    return vocabulary(found, frozenset(ordinals))


def _phrases(
    row: Mapping[str, Mapping[str, str]],
) -> Iterator[tuple[str, str, str]]:
    for group, keys in row.items():
        for key, words in keys.items():
            yield from ((group, key, word) for word in words.split(",") if fold(word))


def vocabulary(
    found: Mapping[str, set[Meaning]], ordinals: frozenset[str] = frozenset()
) -> Vocabulary:
    """A word with two meanings means nothing: rather ask again than pick one."""
    sure = {word: next(iter(sorts)) for word, sorts in found.items() if len(sorts) == 1}
    reach: dict[str, int] = {}
    for phrase in sure:
        words = phrase.split()
        reach[words[0]] = max(len(words), reach.get(words[0], 0))
    return Vocabulary(sure, reach, ordinals)


@dataclass(frozen=True, slots=True)
class Marks:
    """A text as one letter per token, with each token's value."""

    codes: str
    values: tuple[int, ...]
    texts: tuple[str, ...]


# "." only reaches this table after a number; "x" is what no answer may contain.
LOOSE_MARKS = {
    "-": "-", "/": "/", ".": ".", "+": "+", "&": "+",
    "%": "x", "#": "x", "@": "x", "*": "x", "_": "x",
}  # fmt: skip
TIGHT_MARKS = {",": ("d", ","), ":": (":", ";")}
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
_LETTER = re.compile(r"[^\W\d_]")


def split(text: str) -> list[Token]:
    """The tokens of a text; none at all when it is too long to be an answer."""
    if len(text) > LONGEST_TEXT:
        return []
    end = -1
    tokens: list[Token] = []
    for found in _TOKEN.finditer(fold_letters(text)):
        token = Token(found[0], found.start() == end)
        end = found.end()
        after_number = bool(tokens) and token.tight and tokens[-1].text.isdecimal()
        # "dec.", "zo'n", "п'ятниця": inside words these two are only spelling.
        if token.text not in (".", "'") or after_number:
            tokens.append(token)
    return tokens


def mark(tokens: list[Token], *vocabularies: Vocabulary) -> Marks:
    """Earlier vocabularies win; the longest phrase wins before that."""
    codes: list[str] = []
    values: list[int] = []
    texts: list[str] = []
    place = 0
    while place < len(tokens):
        code, value, length = _meaning(tokens, place, vocabularies)
        codes.append(code)
        values.append(value)
        texts.append(tokens[place].text)
        place += length
    return Marks("".join(codes), tuple(values), tuple(texts))


def _meaning(
    tokens: list[Token], place: int, vocabularies: tuple[Vocabulary, ...]
) -> tuple[str, int, int]:
    text = tokens[place].text
    if text[0].isdecimal():
        return *_number(text), 1
    if _LETTER.match(text):
        return _word(tokens, place, vocabularies)
    return _punctuation(tokens, place), 0, 1


def _number(text: str) -> tuple[str, int]:
    if len(text) <= 3:
        return ("D" if len(text) <= 2 else "N"), int(text)
    if len(text) == 4 and 1900 <= int(text) <= 2100:
        return "Y", int(text)
    return "x", 0


def _word(
    tokens: list[Token], place: int, vocabularies: tuple[Vocabulary, ...]
) -> tuple[str, int, int]:
    first = tokens[place].text
    if _ends_an_ordinal(tokens, place, vocabularies):
        return "s", 0, 1
    longest = max((known.reach.get(first, 0) for known in vocabularies), default=0)
    for length in range(min(longest, len(tokens) - place), 0, -1):
        phrase = " ".join(token.text for token in tokens[place : place + length])
        for known in vocabularies:
            if phrase in known.meanings:
                return *known.meanings[phrase], length
    return "x", 0, 1


def _ends_an_ordinal(
    tokens: list[Token], place: int, vocabularies: tuple[Vocabulary, ...]
) -> bool:
    token = tokens[place]
    if not (place and token.tight and tokens[place - 1].text.isdecimal()):
        return False
    return any(token.text in known.ordinals for known in vocabularies)


def _punctuation(tokens: list[Token], place: int) -> str:
    token = tokens[place]
    after_number = place > 0 and token.tight and tokens[place - 1].text.isdecimal()
    inside = after_number and _is_tight_number(tokens, place + 1)
    if token.text in TIGHT_MARKS:
        within, outside = TIGHT_MARKS[token.text]
        return within if inside else outside
    if token.text in LOOSE_MARKS:
        return LOOSE_MARKS[token.text]
    return "x" if unicodedata.category(token.text) in ("Sc", "Sm") else ";"


def _is_tight_number(tokens: list[Token], place: int) -> bool:
    if place >= len(tokens):
        return False
    return tokens[place].tight and tokens[place].text.isdecimal()
