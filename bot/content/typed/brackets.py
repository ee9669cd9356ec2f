"""Where [a, b] or {a: b} closes, or what is wrong inside, before a parser sees it."""

import re
from dataclasses import dataclass

from bot.content.typed.page import MOST_VALUES
from bot.content.typed.signs import (
    DOUBLE,
    NEVER_FIRST,
    SIGN_FIRST,
    SINGLE,
    quoted,
    shortened,
)
from bot.problems import NOTHING, Told, told

COLON_INSIDE = re.compile(r":(?=[\s,\[\]{}]|$)")
PIECE = re.compile(r"(?:[^ \t\n,\[\]{}:]|:(?![\s,\[\]{}]|$))+")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something in brackets cannot be read, and from which character on."""

    offset: int
    code: str
    message: Told


def closed(text: str, start: int, deepest: int) -> int | Fault:
    """Where the bracket closes that opens at `start`, or what is wrong inside."""
    closers: list[str] = []
    keyed, said, at, values = False, "", start, 0
    while at < len(text):
        char = text[at]
        if char in " \n":
            at += 1
        elif char == "#" and text[at - 1] in " \n":
            glued = text[at + 1 : at + 2].strip(" #\n")
            if glued or (said and text[at - 2 : at].strip()):
                message = told(
                    "What follows “ #” is never shown. Put quotes around the text."
                )
                return Fault(at, "hash", message)
            at = text.find("\n", at) % (len(text) + 1)
        elif char in "[{":
            if said:
                message = told("“{sign}” cannot stand inside a text.", sign=char)
                return Fault(at, "brackets", message)
            if len(closers) == deepest:
                return Fault(at, "too-deep", NOTHING)
            closers.append("]" if char == "[" else "}")
            keyed, at = False, at + 1
        elif char in "]},":
            wrong = _wrong_entry(char, closers[-1], said, keyed=keyed)
            if wrong:
                return Fault(at, "brackets", wrong)
            at, values = at + 1, values + 1
            if values > MOST_VALUES:
                return Fault(at - 1, "too-many", NOTHING)
            keyed, said = False, ""
            if char != ",":
                closers.pop()
                keyed, said = True, "closed"
            if not closers:
                return at
        elif COLON_INSIDE.match(text, at) or (char == ":" and said == "closed"):
            if keyed or not said or closers[-1] == "]":
                message = told(
                    "A colon stands inside a text here. Put quotes around it."
                )
                return Fault(at, "colon", message)
            keyed, said, at = True, "", at + 1
        else:
            found = _piece(text, at, said)
            if isinstance(found, Fault):
                return found
            said = "closed" if char in "\"'" and not said else "text"
            at = found
    message = told("“{sign}” is opened here and not closed.", sign=text[start])
    return Fault(start, "brackets", message)


def _wrong_entry(char: str, closer: str, said: str, *, keyed: bool) -> Told:
    """What is wrong with the entry that ends here, at a comma or a bracket."""
    if char not in (",", closer):
        return told(
            "“{missing}” is missing before “{sign}”.", missing=closer, sign=char
        )
    if not said and char == ",":
        return told("There is nothing before this comma.")
    if not said and keyed:
        return told("There is nothing between “:” and “{sign}”.", sign=char)
    if said and not keyed and closer == "}":
        return told(
            "Between {braces} each entry is a key and a value, as {example}.",
            braces="{ and }",
            example="{a: b}",
        )
    return NOTHING


def _piece(text: str, at: int, said: str) -> int | Fault:
    """Where one word or quoted text inside brackets ends."""
    char = text[at]
    if char == "\t":
        return Fault(at, "tab", told("Here stands a tab. Use ordinary spaces."))
    if said == "closed":
        message = told(
            "The quotes or brackets end before the text does. Put quotes around the"
            " whole text."
        )
        return Fault(at, "quotes", message)
    if not said and char in "\"'":
        found = (DOUBLE if char == '"' else SINGLE).match(text, at)
        if found is None:
            message = told("This text begins with a quote that is never closed.")
            return Fault(at, "quotes", message)
        return found.end()
    if not said and (char in NEVER_FIRST or SIGN_FIRST.match(text, at)):
        end = re.compile(r"[,\[\]{}\n]|$").search(text, at + 1)
        words = quoted(text[at : end.start() if end else at].strip())
        message = told(
            "A text without quotes cannot begin with “{sign}”. Write {words}",
            sign=char,
            words=shortened(words),
        )
        return Fault(at, "first-character", message)
    found = PIECE.match(text, at)
    return found.end() if found else at + 1
