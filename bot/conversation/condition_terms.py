"""A piece of a condition that was read, and which pieces can be compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from bot.conversation.condition_forms import Form
from bot.conversation.condition_logic import Decide
from bot.conversation.condition_words import (
    COUNTING,
    UNITS,
    MistakeError,
    Reader,
    Token,
)
from bot.conversation.facts import Fact, FactKind, FactType


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of the text. `name` if it is one fact, `literal` if it is one value."""

    first: Token
    text: str
    type: FactType
    decide: Decide
    name: str = ""
    literal: Fact | None = None
    form: Form | None = None

    @property
    def column(self) -> int:
        return self.first.column


TRUTH: Final = FactType("truth")
NUMBER: Final = FactType("number")
DATE: Final = FactType("date")

ORDERED: Final = frozenset({"number", "money", "date", "duration", "children"})
"""Kinds that have a more and a less."""

_GROUPS: Final = {"children": "number", "truth": "yes_no"}

IN_WORDS: Final[Mapping[FactKind, str]] = {
    "choice": "one answer out of a list",
    "choices": "several answers out of a list",
    "yes_no": "yes or no",
    "number": "a number",
    "money": "an amount of money",
    "date": "a date",
    "duration": "a length of time",
    "place": "a place",
    "children": "a number of children",
    "truth": "yes or no",
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


def misfit(left: Term, right: Term) -> str:
    """What to say of two pieces that cannot be compared."""
    mine, yours = left.type.kind, right.type.kind
    if mine == "choices":
        return f"“{left.text}” can have several answers: write “contains”."
    message = f"“{left.text}” is {IN_WORDS[mine]} and “{right.text}” is "
    message += f"{IN_WORDS[yours]}: they cannot be compared."
    if "date" in (mine, yours) and {mine, yours} & {"number", "duration"}:
        return f"{message} To count days, write {COUNTING}."
    if mine == "number" and yours == "duration" and right.literal is not None:
        return f"{message} Write {right.literal}."
    if mine == "duration" and yours == "number" and right.literal is not None:
        return f"{message} Write “{right.literal} days”."
    if mine == "children" and yours == "yes_no":
        return f"{message} Write “{left.text}” alone, or “{left.text} > 0”."
    return message


def not_yes_or_no(text: str, kind: FactType) -> str:
    """What to say of a text that is no condition by itself."""
    example = f"{text} == {kind.options[0]}" if kind.options else f"{text} == …"
    if kind.kind == "choices" and kind.options:
        example = f"{text} contains {kind.options[0]}"
    what = f"“{text}” is {IN_WORDS[kind.kind]}, not yes or no"
    return f"{what}. Compare it, for example “{example}”."


def read_day(token: Token) -> date:
    """A date as authors write it; raises MistakeError."""
    if [len(part) for part in token.text.split("-")] != [4, 2, 2]:
        advice = "Write a date as year-month-day, for example 2026-12-03."
        raise MistakeError(token.column, advice)
    try:
        return date.fromisoformat(token.text)
    except ValueError:
        message = f"There is no day {token.text}."
        raise MistakeError(token.column, message) from None


def read_amount(token: Token, reader: Reader) -> tuple[FactType, Fact]:
    """A number, money, or with a unit behind it a length of time, in days."""
    if len(token.text) > 12:
        raise MistakeError(token.column, f"“{token.text}” is too long a number.")
    if re.fullmatch(r"-?[0-9]+\.[0-9]{1,2}", token.text):
        return FactType("money"), Decimal(token.text)
    if "." in token.text:
        advice = "Write money as 1250 or 1250.50: one dot, for the cents."
        raise MistakeError(token.column, advice)
    count, unit = int(token.text), reader.here
    if unit.says(*UNITS):
        return FactType("duration"), count * UNITS[reader.step().text]
    if unit.says("year", "years"):
        raise MistakeError(unit.column, f"Count in months: {count * 12} months.")
    return NUMBER, count
