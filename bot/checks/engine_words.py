"""Every text that the conversation itself needs stands in flows/words.yaml."""

from collections.abc import Iterator

from bot.conversation.needed import NEEDED_ORGANISATIONS, NEEDED_WORDS
from bot.library import Library
from bot.problems import Place, Problem, did_you_mean, told

CODE = "missing-words"


def check(library: Library) -> Iterator[Problem]:
    for key in sorted(NEEDED_WORDS - set(library.words)):
        hint = did_you_mean(key, library.words)
        message = told("The text “{key}” is missing.{hint}", key=key, hint=hint)
        yield Problem(Place("flows/words.yaml"), CODE, message)
    for name in sorted(NEEDED_ORGANISATIONS - set(library.organisations)):
        message = told(
            "The organisation “{name}” is missing: it is shown at every step.",
            name=name,
        )
        yield Problem(Place("flows/organisations"), CODE, message)
