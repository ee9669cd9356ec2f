"""A translation is about as long as its Dutch: otherwise one of the two says more."""

import re
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told

CODE = "translation-length"

MOST = 1.6
"""Times the Dutch (rule V7)."""

SHORT = 60
"""Characters; of shorter ones a single word makes the difference."""

BESIDE = re.compile(r" ?\([^()]*\)")
"""The Dutch word that stands on the letter, which a translation keeps in brackets."""


def check(library: Library) -> Iterator[Problem]:
    """A warning, and no word on a translation that is much shorter: it may be plain."""
    for language, catalogue in library.catalogues.items():
        for text in library.texts:
            words = catalogue.own(text)
            most = max(SHORT, len(text.nl) * MOST)
            if len(words) <= most or len(BESIDE.sub("", words)) <= most:
                continue
            message = told(
                "The translation into “{language}” is {times} times as long as the"
                " Dutch. Say no more than the Dutch does: “{words}”",
                language=language,
                times=f"{len(words) / max(1, len(text.nl)):.1f}",
                words=words,
            )
            yield Problem(place(library, text), CODE, message, "warning")
