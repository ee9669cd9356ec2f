"""Families are called “u”, also in the second sentence."""

import re
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told

CODE = "u-and-je"

U = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
JE = re.compile(r"\b(?:je|jij|jou|jouw|jezelf|jullie)\b", re.IGNORECASE)
TO_CHILDREN = ("crisis.", "words.", "organisations.")
"""Texts that may be for a child alone, who is called “je”."""


def check(library: Library) -> Iterator[Problem]:
    for text in library.texts:
        found = JE.search(text.nl)
        if not found:
            continue
        if U.search(text.nl) or not text.context.startswith(TO_CHILDREN):
            message = told("Write “u” and “uw”, not “{word}”.", word=found[0])
            yield Problem(place(library, text), CODE, message)
