"""Texts are plain: signs for bold or a link would be read as they stand."""

import re
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told

CODE = "markup"

SIGNS = re.compile(
    r"</?[A-Za-z][^<>\n]*>"
    r"|\*\*?[^\s*][^*\n]*\*"
    r"|(?<!\w)__?[^\W_][^_\n]*__?(?!\w)"
    r"|\[[^\]\n]+\]\([^)\n]*\)"
    r"|&[a-z]+;"
)
"""Of HTML and of Markdown, as translators' programs and pasted texts bring them."""

HINTS = frozenset("<*_[&")
"""One of these stands in each of them."""


def check(library: Library) -> Iterator[Problem]:
    for catalogue in library.catalogues.values():
        for text in library.texts:
            words = catalogue.own(text)
            if HINTS.isdisjoint(words):
                continue
            if found := SIGNS.search(words):
                message = told(
                    "Families would read “{signs}” just so. Write it without signs.",
                    signs=found[0],
                )
                yield Problem(place(library, text), CODE, message)
