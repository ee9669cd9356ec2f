"""A text in Arabic or Persian begins with a letter that is read from right to left."""

import unicodedata
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import PLACEHOLDER

CODE = "right-to-left"

LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Written from right to left."""

TO_LEFT = frozenset({"R", "AL"})


def check(library: Library) -> Iterator[Problem]:
    """Programs lay out a whole message by its first letter; emoji and digits are none.

    A text without any letter of its own has no direction. A value in braces may be a
    name in our letters, so none may stand first (rule F18).
    """
    for language, catalogue in library.catalogues.items():
        if language.partition("_")[0] not in LANGUAGES:
            continue
        for text in library.texts:
            words = catalogue.own(text)
            if not _begins_well(words):
                message = told(
                    "In “{language}” this begins with a letter from left to right, so"
                    " all of it is laid out wrongly. Begin with another word:"
                    " “{words}”",
                    language=language,
                    words=words,
                )
                yield Problem(place(library, text), CODE, message)


def _begins_well(words: str) -> bool:
    letters = map(unicodedata.bidirectional, PLACEHOLDER.sub("L", words))
    strong = [one for one in letters if one in TO_LEFT or one == "L"]
    has_own = any(map(str.isalpha, PLACEHOLDER.sub("", words)))
    return not has_own or strong[0] in TO_LEFT
