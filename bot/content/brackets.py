"""Where [a, b] or {a: b} closes, or what is wrong inside, before a parser sees it."""

import re
from dataclasses import dataclass

from bot.content.signs import DOUBLE, NEVER_FIRST, SIGN_FIRST, SINGLE, quoted, shortened

COLON_INSIDE = re.compile(r":(?=[\s,\[\]{}]|$)")
PIECE = re.compile(r"(?:[^ \t\n,\[\]{}:]|:(?![\s,\[\]{}]|$))+")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something in brackets cannot be read, and from which character on."""

    offset: int
    code: str
    message: str


def closed(text: str, start: int, deepest: int) -> int | Fault:
    """Where the bracket closes that opens at `start`, or what is wrong inside."""
    closers: list[str] = []
    keyed, said, at = False, "", start
    while at < len(text):
        char = text[at]
        if char in " \n":
            at += 1
        elif char == "#" and text[at - 1] in " \n":
            glued = text[at + 1 : at + 2].strip(" #\n")
            if glued or (said and text[at - 2 : at].strip()):
                message = (
                    "What follows “ #” is never shown. Put quotes around the text."
                )
                return Fault(at, "hash", message)
            at = text.find("\n", at) % (len(text) + 1)
        elif char in "[{":
            if said:
                return Fault(at, "brackets", f"“{char}” cannot stand inside a text.")
            if len(closers) == deepest:
                return Fault(at, "too-deep", "")
            closers.append("]" if char == "[" else "}")
            keyed, at = False, at + 1
        elif char in "]},":
            wrong = _wrong_entry(char, closers[-1], said, keyed=keyed)
            if wrong:
                return Fault(at, "brackets", wrong)
            at += 1
            keyed, said = False, ""
            if char != ",":
                closers.pop()
                keyed, said = True, "closed"
            if not closers:
                return at
        elif COLON_INSIDE.match(text, at) or (char == ":" and said == "closed"):
            if keyed or not said or closers[-1] == "]":
                message = "A colon stands inside a text here. Put quotes around it."
                return Fault(at, "colon", message)
            keyed, said, at = True, "", at + 1
        else:
            found = _piece(text, at, said)
            if isinstance(found, Fault):
                return found
            said = "closed" if char in "\"'" and not said else "text"
            at = found
    return Fault(start, "brackets", f"“{text[start]}” is opened here and not closed.")


def _wrong_entry(char: str, closer: str, said: str, *, keyed: bool) -> str:
    """What is wrong with the entry that ends here, at a comma or a bracket."""
    if char not in (",", closer):
        return f"“{closer}” is missing before “{char}”."
    if not said and char == ",":
        return "There is nothing before this comma."
    if not said and keyed:
        return f"There is nothing between “:” and “{char}”."
    if said and not keyed and closer == "}":
        return "Between { and } each entry is a key and a value, as {a: b}."
    return ""


def _piece(text: str, at: int, said: str) -> int | Fault:
    """Where one word or quoted text inside brackets ends."""
    char = text[at]
    if char == "\t":
        return Fault(at, "tab", "Here stands a tab. Use ordinary spaces.")
    if said == "closed":
        message = "The quotes or brackets end before the text does."
        return Fault(at, "quotes", f"{message} Put quotes around the whole text.")
    if not said and char in "\"'":
        found = (DOUBLE if char == '"' else SINGLE).match(text, at)
        if found is None:
            message = "This text begins with a quote that is never closed."
            return Fault(at, "quotes", message)
        return found.end()
    if not said and (char in NEVER_FIRST or SIGN_FIRST.match(text, at)):
        end = re.compile(r"[,\[\]{}\n]|$").search(text, at + 1)
        words = quoted(text[at : end.start() if end else at].strip())
        message = f"A text without quotes cannot begin with “{char}”. Write"
        return Fault(at, "first-character", f"{message} {shortened(words)}")
    found = PIECE.match(text, at)
    return found.end() if found else at + 1
