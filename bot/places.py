"""Which municipality a family means: from a postcode or a name, with typing mistakes.

A name in several municipalities gives them all: this module never decides. Of a
postcode only four digits are looked at.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from heapq import nlargest
from typing import Final

from bot.conversation.reading import LONGEST_TEXT, fold
from bot.law.calendar import Valid

MOST: Final = 5
"""How many municipalities a family can choose from."""

SHORTEST_TYPO: Final = 4
LONGEST_NAME: Final = 40
LIKELY: Final = 25
"""How many names are compared letter by letter with one that nobody knows."""

POSTCODE = re.compile(r"([1-9]\d{3})(?: ?[^\W\d_]{2}(?: [^\d_]*)?)?")
"""Four digits, perhaps two letters, perhaps the name of the place."""

NEAR_THE_WATER = re.compile(r"\b(?:aan de[nr]?|a d)\b")
SAINT = re.compile(r"\bst\b")
TOWN_HALL = re.compile(r"^(?:de )?(?:gemeente|municipality of|gem)\b ?| gemeente$")
PROVINCES: Final = {
    "noord holland": "nh", "zuid holland": "zh", "noord brabant": "nb",
    "gelderland": "gld", "limburg": "l", "lb": "l", "n h": "nh", "z h": "zh",
    "n b": "nb", "brabant": "nb", "utrecht": "ut", "groningen": "gn", "gr": "gn",
    "friesland": "fr", "fryslan": "fr", "frl": "fr", "overijssel": "ov",
    "drenthe": "dr", "flevoland": "fl", "zeeland": "zld", "ze": "zld",
    "nederland": "nl", "netherlands": "nl", "the netherlands": "nl", "holland": "nl",
}  # fmt: skip
SHORT: Final = frozenset({*PROVINCES.values(), "ac"})
PROVINCE = re.compile(rf" (?:{'|'.join(sorted({*PROVINCES, *SHORT}, key=len)[::-1])})$")


@dataclass(frozen=True, slots=True)
class Municipality:
    """`people` live in the places that GeoNames counts here: an estimate, or 0."""

    code: str
    name: str
    people: int
    valid: Valid
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Municipalities of today, best first; `certain` when nothing is left to ask."""

    codes: tuple[str, ...] = ()
    certain: bool = False
    postcode: bool = False


NOTHING = Found()
UNKNOWN_POSTCODE = Found(postcode=True)


@dataclass(frozen=True)
class Places:
    """All municipalities, with the postcodes and the names that lead to them."""

    municipalities: Mapping[str, Municipality] = field(default_factory=dict)
    postcodes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names and other spellings, as written, with the municipalities they lead to."""

    def find(self, typed: str, today: date) -> Found:
        """What a family can mean by this; the letters of a postcode are not read."""
        if len(typed) > LONGEST_TEXT:
            return NOTHING
        folded = fold(typed)
        if postcode := POSTCODE.fullmatch(folded):
            return self._postcode(postcode[1], today)
        if exact := self._by_name.get(folded):
            return self._exactly(exact, today)
        if len(folded) > LONGEST_NAME or any(map(str.isnumeric, folded)):
            return NOTHING
        return self._name(folded, today)

    def current(self, code: str, today: date) -> str:
        """This municipality, or the one that it has become part of by today."""
        while (one := self.municipalities.get(code)) is not None:
            until = one.valid.until
            if until is None or today <= until or not one.successor:
                break
            code = one.successor
        return code

    def spelled(self, code: str) -> str:
        """Its name, or a postcode where the name could be another municipality too."""
        name = self.municipalities[code].name
        if self._by_name.get(fold(name)) == (code,):
            return name
        own = (digits for digits, codes in self.postcodes.items() if codes == (code,))
        return next(own, name)

    def of_today(self, today: date) -> Iterator[Municipality]:
        return (m for m in self.municipalities.values() if m.valid.holds_on(today))

    def _postcode(self, digits: str, today: date) -> Found:
        codes = self.postcodes.get(digits)
        if codes is None:
            return UNKNOWN_POSTCODE
        known = self._today(codes, today)
        return Found(known, certain=len(known) == 1, postcode=True)

    def _exactly(self, codes: tuple[str, ...], today: date) -> Found:
        known = self._today(codes, today)
        return Found(known, certain=len(known) == 1)

    def _name(self, folded: str, today: date) -> Found:
        if exact := self._exact(folded):
            return self._exactly(exact, today)
        near = self._inside(folded) or self._similar(key(folded))
        return Found(self._today(near, today))

    def _exact(self, folded: str) -> tuple[str, ...]:
        """Under the name as typed, without “gemeente”, or without the province."""
        plain = TOWN_HALL.sub("", folded)
        forms = (folded, plain, PROVINCE.sub("", plain))
        return next((self._by_key[k] for k in map(key, forms) if k in self._by_key), ())

    def _inside(self, folded: str) -> tuple[str, ...]:
        """A name between other words: “ik woon in Breda”. The longest one counts."""
        words = folded.split()
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length, -1, -1):
                part = key(" ".join(words[start : start + length]))
                if len(part) >= SHORTEST_TYPO and part in self._by_key:
                    return self._by_key[part]
        return ()

    def _today(self, codes: tuple[str, ...], today: date) -> tuple[str, ...]:
        """Each once, and only those that exist today."""
        if self._changing.isdisjoint(codes):
            return codes[:MOST]
        now = dict.fromkeys(self.current(code, today) for code in codes)
        known = (self.municipalities.get(code) for code in now)
        here = (one.code for one in known if one and one.valid.holds_on(today))
        return tuple(here)[:MOST]

    @cached_property
    def _changing(self) -> frozenset[str]:
        """Few municipalities begin or end: the others need no look at the date."""
        known = self.municipalities.values()
        first = min((one.valid.from_ for one in known), default=None)
        return frozenset(
            one.code
            for one in known
            if one.valid != Valid(one.valid.from_) or one.valid.from_ != first
        )

    # The rest is only needed once somebody types a name: it is built then, and kept.

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {name: fold(name) for name in self.names}

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        """What most families type is found in one step."""
        return {one: self._by_key[key(one)] for one in self._folded.values()}

    @cached_property
    def _by_key(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for name, codes in self.names.items():
            for one in keys(name, self._folded[name]):
                found.setdefault(one, {}).update(dict.fromkeys(codes))
        return {one: self._ordered(one, codes) for one, codes in found.items()}

    def _ordered(self, named: str, codes: Iterable[str]) -> tuple[str, ...]:
        known = tuple(codes)
        if len(known) == 1:
            return known
        return tuple(sorted(known, key=lambda code: self._order(named, code)))

    def _order(self, named: str, code: str) -> tuple[bool, int]:
        """The municipality with this very name, then the one with most people."""
        one = self.municipalities.get(code)
        if one is None:
            return True, 0
        return named not in keys(one.name, fold(one.name)), -one.people

    @cached_property
    def _by_gram(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for one in self._by_key:
            for gram in grams(one):
                found.setdefault(gram, []).append(one)
        return {gram: tuple(names) for gram, names in found.items()}

    def _similar(self, typed: str) -> tuple[str, ...]:
        """Names that are a few slips away, the nearest first."""
        if len(typed) < SHORTEST_TYPO:
            return ()
        most = 1 + (len(typed) > 5) + (len(typed) > 10)
        shared = Counter(
            name for gram in grams(typed) for name in self._by_gram.get(gram, ())
        )
        likely = nlargest(LIKELY, shared.items(), key=lambda one: _alike(typed, *one))
        near = [
            (slips, self._order(name, codes[0]), codes)
            for name, _ in likely
            for codes in (self._by_key[name],)
            if (slips := distance(typed, name)) <= most
        ]
        best = min((slips for slips, _, _ in near), default=0)
        # Further away than the nearest by more than one slip is another name.
        kept = sorted(one for one in near if one[0] <= best + 1)
        return tuple(dict.fromkeys(code for _, _, codes in kept for code in codes))


def key(folded: str) -> str:
    """What spellings of one name have in common: no spaces, ij is y, st is sint."""
    tail = PROVINCE.search(folded)
    if tail:
        word = tail[0][1:]
        folded = f"{folded[: tail.start()]} {PROVINCES.get(word, word)}"
    folded = SAINT.sub("sint", NEAR_THE_WATER.sub("ad", folded))
    return folded.replace(" ", "").replace("ij", "y")


def keys(name: str, folded: str) -> tuple[str, ...]:
    """A name with its province, such as “Bergen L”, is known without it, too."""
    tail = PROVINCE.search(folded)
    # “Midden-Groningen” is no “Midden” in Groningen.
    if tail is None or ("(" not in name and tail[0][1:] not in SHORT):
        return (key(folded),)
    return key(folded), key(folded[: tail.start()])


def _alike(one: str, other: str, shared: int) -> float:
    """The part of all groups of three letters that both have: 0 to 1."""
    return 2 * shared / (len(one) + len(other) + 4)


def grams(text: str) -> frozenset[str]:
    """Every three letters in a row; the edges count as letters."""
    padded = f"  {text} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def distance(one: str, other: str) -> int:
    """How many letters were left out, put in, changed, or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        longer, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            changed = before[j - 1] + (letter != wanted)
            best = min(before[j] + 1, row[j - 1] + 1, changed)
            swapped = (
                i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted
            )
            row.append(min(best, longer[j - 2] + 1) if swapped else best)
    return row[-1]
