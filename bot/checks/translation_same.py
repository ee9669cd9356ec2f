"""A translation is not the Dutch once more."""

import re
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import PLACEHOLDER

CODE = "translation-same"

WORD = re.compile(r"[^\W\d_]{2,}")
MANY = 3
"""Words. Names of organisations, and words such as “Stop”, are the same everywhere."""

NAMES = ("name", "name_here")
"""How the contexts of names end."""


def check(library: Library) -> Iterator[Problem]:
    """A warning: families who chose that language would read Dutch."""
    for language, catalogue in library.catalogues.items():
        for text in library.texts:
            same = catalogue.messages.get((text.context, text.nl)) == text.nl
            if not same or text.context.endswith(NAMES):
                continue
            if len(WORD.findall(PLACEHOLDER.sub("", text.nl))) >= MANY:
                message = told(
                    "“{words}” is still Dutch in “{language}”. Translate it, or leave"
                    " the translation empty.",
                    words=text.nl,
                    language=language,
                )
                yield Problem(place(library, text), CODE, message, "warning")
