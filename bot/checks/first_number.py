"""The first message holds a phone number that people answer (rules F1, F24)."""

from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import placeholders

CODE = "no-first-number"

FIRST = ("hello", "welcome", "welcome_back")
"""What a family reads before its first question, in one language or another."""


def check(library: Library) -> Iterator[Problem]:
    """Written as {name_phone}: then it is the same everywhere, and checked."""
    numbers = library.numbers().keys()
    for key in FIRST:
        text = library.words.get(key)
        if text and not placeholders(text.nl) & numbers:
            message = told(
                "Some families only read this. Name a number here, such as {example}.",
                example="{geldfit_phone}",
            )
            yield Problem(place(library, text), CODE, message)
