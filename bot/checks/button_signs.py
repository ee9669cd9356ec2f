"""An answer has words, and one emoji before them (rule F7)."""

import unicodedata
from collections.abc import Iterator

from bot.checks.limits import place
from bot.conversation.kinds.base import Option
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import Catalogue

CODE = "emoji"


def check(library: Library) -> Iterator[Problem]:
    """Without words nobody can read it aloud; another number of emoji is a warning."""
    for catalogue in library.catalogues.values():
        for question in library.questions.values():
            for option in question.kind.spec.options:
                yield from _of_label(library, catalogue, option)


def _of_label(
    library: Library, catalogue: Catalogue, option: Option
) -> Iterator[Problem]:
    label = catalogue.own(option.label)
    if not label:
        return
    at = place(library, option.label)
    count = emoji_in(label)
    if not any(map(str.isalnum, label)):
        message = told("“{label}” has no words. Add one.", label=label)
        yield Problem(at, CODE, message)
    elif count == 0:
        message = told("“{label}” has no emoji. Begin with one.", label=label)
        yield Problem(at, CODE, message, "warning")
    elif count > 1:
        message = told("“{label}” has more than one emoji. Keep one.", label=label)
        yield Problem(at, CODE, message, "warning")


def emoji_in(label: str) -> int:
    """Signs that stand for a picture; what only colours or joins them is not counted.

    Several that are joined, as a family of three, are one.
    """
    joined = label.count("\N{ZERO WIDTH JOINER}")
    return sum(unicodedata.category(one) == "So" for one in label) - joined
