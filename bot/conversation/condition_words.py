"""The words and signs that a condition is written in, and what to write instead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Never

from bot.conversation.facts import UNSURE
from bot.places import distance
from bot.problems import Told, did_you_mean, told

RESERVED: Final = frozenset(
    {"and", "or", "not", "in", "contains", "known", "yes", "no", UNSURE}
    | {"today", "days", "working", "from", "to"}
)
"""Words of the notation itself: no fact can have one of these names."""

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<number>-?[0-9]+(?:\.[0-9]+)*(?!\w|-\w|\.[0-9]))
    | (?P<word>\w+(?:-\w+)*)
    | (?P<quoted>"[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’)
    | (?P<sign>===|==|!=|<=|>=|=<|=>|<>|&&|\|\||\S)
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)

_INSTEAD: Final = {
    **dict.fromkeys(["=", "===", "is", "equals"], "=="),
    **dict.fromkeys(["<>", "≠"], "!="),
    **dict.fromkeys(["=<", "≤"], "<="),
    **dict.fromkeys(["=>", "≥"], ">="),
    **dict.fromkeys(["&&", "&", "en"], "and"),
    **dict.fromkeys(["||", "|", "of"], "or"),
    **dict.fromkeys(["!", "niet"], "not"),
    **dict.fromkeys(["ja", "true"], "yes"),
    **dict.fromkeys(["nee", "false"], "no"),
    "bevat": "contains",
    "vandaag": "today",
}

UNITS: Final = {
    **dict.fromkeys(["day", "days"], 1),
    **dict.fromkeys(["week", "weeks"], 7),
    **dict.fromkeys(["month", "months"], 30),
}
"""Days in one of it."""

LONGEST_WORD: Final = max(map(len, RESERVED)) + 1
"""A longer one differs from them all by more than a letter."""

LONGEST: Final = 500
DEEPEST: Final = 40

COUNTING: Final = told("“days from today to …” or “working days from today to …”")

LISTED: Final = told("Put what follows “in” between [ and ], with commas.")


class MistakeError(Exception):
    """Leaves the parser; `conditions` makes a value of it."""

    def __init__(self, column: int, message: Told) -> None:
        super().__init__(str(message))
        self.column = column
        self.message = message


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign; `column` counts from 0."""

    text: str
    column: int
    sort: str

    @property
    def end(self) -> int:
        return self.column + len(self.text)

    def says(self, *words: str) -> bool:
        return self.text in words and self.sort in ("word", "sign")


def tokens(source: str) -> Iterator[Token]:
    """Every text has tokens: what fits nowhere is a sign of one character."""
    for found in _TOKEN.finditer(source):
        sort = found.lastgroup or "end"
        yield Token(found[sort], found.start(sort), sort)


def instead(token: Token) -> str | None:
    """The notation's own word for what another language or notation writes."""
    if token.sort not in ("word", "sign"):
        return None
    small = token.text.lower()
    return small if small in RESERVED - {token.text} else _INSTEAD.get(small)


def unquoted(token: Token) -> str:
    return token.text[1:-1] if token.sort == "quoted" else token.text


def visible(text: str) -> str:
    return text if text.isprintable() else " ".join(f"U+{ord(c):04X}" for c in text)


def misplaced(before: Token, token: Token, after: Token) -> Told:
    """What to say of a token that stands where the text could have ended."""
    if token.says(")"):
        return told("This “)” has no “(” before it.")
    if token.says(",") and before.sort == after.sort == "number":
        amount = f"{before.text}.{after.text}"
        return told("Write “{amount}”: a dot for the cents, no comma.", amount=amount)
    if token.says("not"):
        return told("Write “!=” or “not in [ ]” to say that it is something else.")
    if token.says("+") or token.text.startswith("-"):
        return told(
            "Nothing can be added or taken away here. Write {counting}.",
            counting=COUNTING,
        )
    if before.says("no") and token.says("known", "("):
        return told("Write “not” instead of “no” to say that something is not so.")
    near = joining(token, after)
    hint = did_you_mean(near or token.text, [near] if near else _joining(after))
    word = visible(token.text)
    return told("“{word}” does not belong here.{hint}", word=word, hint=hint)


def joining(token: Token, after: Token) -> str:
    """The word that was meant behind a piece of a condition, if one letter differs."""
    return _one_slip_from(token, _joining(after))


def _joining(after: Token) -> tuple[str, ...]:
    if after.says("["):
        return ("in",)
    return ("not",) if after.says("in") else ("and", "or", "contains")


def opening(token: Token, after: Token) -> str:
    """The same for the words with which a piece begins."""
    if after.says("from"):
        return _one_slip_from(token, ("days",))
    if after.says("days"):
        return _one_slip_from(token, ("working",))
    begins = after.sort == "word" or after.says("(")
    return _one_slip_from(token, ("not", "known")) if begins else ""


def spelled(token: Token, words: tuple[str, ...]) -> str:
    """The only of these words that has one letter more, less or other than typed."""
    near = [one for one in words if distance(token.text, one) == 1]
    return near[0] if len(near) == 1 else ""


def _one_slip_from(token: Token, words: tuple[str, ...]) -> str:
    if token.sort != "word" or token.text in RESERVED or len(token.text) > LONGEST_WORD:
        return ""
    return next((one for one in words if distance(token.text, one) == 1), "")


class Reader:
    """A place in the text: the token `here`, the one `before` and the `next`."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = tokens(source[: LONGEST + 1])
        self.before = Token("", 0, "end")
        self.here = next(self.tokens)
        self.next = next(self.tokens, self.here)
        self.depth = 0

    def step(self) -> Token:
        self.before, self.here = self.here, self.next
        self.next = next(self.tokens, self.next)
        return self.before

    def expect(self, word: str) -> None:
        if not self.here.says(word):
            advice = told(
                "“{word}” is missing here. Write {counting}.",
                word=word,
                counting=COUNTING,
            )
            raise MistakeError(self.here.column, advice)
        self.step()

    def close(self, opened: Token, bracket: str) -> None:
        goes_on = bracket == "]" and self.here.says("and", "or")
        if goes_on or self.here.sort == "end":
            message = told("This “{sign}” is never closed.", sign=opened.text)
            raise MistakeError(opened.column, message)
        if not self.here.says(bracket):
            self.refuse_place(self.here)
        self.step()

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            message = told(
                "More than {most} “(” and “not” inside one another.", most=DEEPEST
            )
            raise MistakeError(token.column, message)

    def refuse_foreign_word(self) -> None:
        """At a place where only a sign or a joining word of ours can stand."""
        right = instead(self.here)
        if right is None:
            return
        wrong = self.here.text
        if right == "==" and self.next.says("["):
            right = "in"
        if right == "==" and self.next.says("not", "niet"):
            wrong, right = f"{wrong} {self.next.text}", "!="
        message = told(
            "Write “{right}” instead of “{wrong}”.", right=right, wrong=wrong
        )
        raise MistakeError(self.here.column, message)

    def refuse_slip(self) -> None:
        """At a place where the next thing can only be one of our own words."""
        if joining(self.here, self.next):
            self.refuse_place(self.here)
        # Here the text could still go on with “in [”.
        if self.here.says("not") and _one_slip_from(self.next, ("in",)):
            message = told(
                "“{word}” does not belong here.{hint}",
                word=self.next.text,
                hint=did_you_mean("in", ["in"]),
            )
            raise MistakeError(self.next.column, message)

    def refuse_place(self, token: Token) -> Never:
        """Something stands where the text could have ended."""
        message = misplaced(self.before, token, self.next)
        raise MistakeError(token.column, message)
