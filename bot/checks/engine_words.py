"""Every text that the conversation itself needs stands in flows/words.yaml."""

from collections.abc import Iterator

from bot.conversation.needed import NEEDED_ORGANISATIONS, NEEDED_WORDS
from bot.library import Library
from bot.problems import Place, Problem, did_you_mean

CODE = "missing-words"


def check(library: Library) -> Iterator[Problem]:
    for key in sorted(NEEDED_WORDS - set(library.words)):
        hint = did_you_mean(key, library.words)
        yield Problem(
            Place("flows/words.yaml"), CODE, f"The text “{key}” is missing.{hint}"
        )
    for name in sorted(NEEDED_ORGANISATIONS - set(library.organisations)):
        message = f"The organisation “{name}” is missing: it is shown at every step."
        yield Problem(Place("flows/organisations"), CODE, message)
