"""A piece of a condition that was read, and which pieces can be compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from bot.conversation.condition_logic import Decide
from bot.conversation.condition_words import (
    COUNTING,
    UNITS,
    MistakeError,
    Reader,
    Token,
)
from bot.conversation.facts import Fact, FactKind, FactType
from bot.problems import NOTHING, Told, told


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of the text. `name` if it is one fact, `literal` if it is one value."""

    first: Token
    text: str
    type: FactType
    decide: Decide
    name: str = ""
    literal: Fact | None = None

    @property
    def column(self) -> int:
        return self.first.column


TRUTH: Final = FactType("truth")
NUMBER: Final = FactType("number")
DATE: Final = FactType("date")

ORDERED: Final = frozenset({"number", "money", "date", "duration", "children"})
"""Kinds that have a more and a less."""

_GROUPS: Final = {"children": "number", "truth": "yes_no"}

IN_WORDS: Final[Mapping[FactKind, Told]] = {
    "choice": told("one answer out of a list"),
    "choices": told("several answers out of a list"),
    "yes_no": told("yes or no"),
    "number": told("a number"),
    "money": told("an amount of money"),
    "date": told("a date"),
    "duration": told("a length of time"),
    "place": told("a place"),
    "children": told("a number of children"),
    "truth": told("yes or no"),
}


def fit(left: Term, right: Term) -> bool:
    """Whether the two pieces can be equal at all."""
    mine, yours = left.type.kind, right.type.kind
    if "choices" in (mine, yours):
        return False
    if "choice" in (mine, yours):
        shared = set(left.type.options) & set(right.type.options)
        return mine == yours and bool(shared)
    if {mine, yours} == {"number", "money"}:
        whole = left if mine == "number" else right
        return whole.literal is not None
    return _GROUPS.get(mine, mine) == _GROUPS.get(yours, yours)


def misfit(left: Term, right: Term) -> Told:
    """What to say of two pieces that cannot be compared."""
    if left.type.kind == "choices":
        return several_answers(left)
    return told(
        "“{left}” is {mine} and “{right}” is {yours}: they cannot be compared.{hint}",
        left=left.text,
        mine=IN_WORDS[left.type.kind],
        right=right.text,
        yours=IN_WORDS[right.type.kind],
        hint=_instead_of(left, right),
    )


def several_answers(left: Term) -> Told:
    return told("“{name}” can have several answers: write “contains”.", name=left.text)


def _instead_of(left: Term, right: Term) -> Told:
    """What was probably meant by comparing these two."""
    mine, yours = left.type.kind, right.type.kind
    if "date" in (mine, yours) and {mine, yours} & {"number", "duration"}:
        return told(" To count days, write {counting}.", counting=COUNTING)
    if mine == "number" and yours == "duration" and right.literal is not None:
        return told(" Write {number}.", number=str(right.literal))
    if mine == "duration" and yours == "number" and right.literal is not None:
        return told(" Write “{number} days”.", number=str(right.literal))
    if mine == "children" and yours == "yes_no":
        return told(" Write “{name}” alone, or “{name} > 0”.", name=left.text)
    return NOTHING


def not_yes_or_no(text: str, kind: FactType) -> Told:
    """What to say of a text that is no condition by itself."""
    example = f"{text} == {kind.options[0]}" if kind.options else f"{text} == …"
    if kind.kind == "choices" and kind.options:
        example = f"{text} contains {kind.options[0]}"
    return told(
        "“{text}” is {what}, not yes or no. Compare it, for example “{example}”.",
        text=text,
        what=IN_WORDS[kind.kind],
        example=example,
    )


def read_day(token: Token) -> date:
    """A date as authors write it; raises MistakeError."""
    if [len(part) for part in token.text.split("-")] != [4, 2, 2]:
        advice = told("Write a date as year-month-day, for example 2026-12-03.")
        raise MistakeError(token.column, advice)
    try:
        return date.fromisoformat(token.text)
    except ValueError:
        message = told("There is no day {day}.", day=token.text)
        raise MistakeError(token.column, message) from None


def read_amount(token: Token, reader: Reader) -> tuple[FactType, Fact]:
    """A number, money, or with a unit behind it a length of time, in days."""
    if len(token.text) > 12:
        message = told("“{number}” is too long a number.", number=token.text)
        raise MistakeError(token.column, message)
    if re.fullmatch(r"-?[0-9]+\.[0-9]{1,2}", token.text):
        return FactType("money"), Decimal(token.text)
    if "." in token.text:
        advice = told("Write money as 1250 or 1250.50: one dot, for the cents.")
        raise MistakeError(token.column, advice)
    count, unit = int(token.text), reader.here
    if unit.says(*UNITS):
        return FactType("duration"), count * UNITS[reader.step().text]
    if unit.says("year", "years"):
        message = told("Count in months: {months} months.", months=count * 12)
        raise MistakeError(unit.column, message)
    return NUMBER, count
