"""Short questions, few and short buttons, in every language (rules F3, F5, F6, F11)."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.model import Question
from bot.library import Library
from bot.problems import Place, Problem, Severity
from bot.translations import Catalogue, Text

CODE = "limits"
MOST_ANSWERS = 13
"""Three pages of four, and “I don't know”: what nobody pages through is not read."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Characters as Telegram counts them (UTF-16 units)."""

    what: str
    warn: int
    error: int


ASK = Limit("question", 160, 300)
WHY = Limit("reason", 80, 160)
LABEL = Limit("button", 20, 24)
ADVICE = Limit("advice", 400, 700)


def check(library: Library) -> Iterator[Problem]:
    for catalogue in library.catalogues.values():
        for text, limit in _limited(library):
            yield from _too_long(library, catalogue, text, limit)
    for question in library.questions.values():
        if len(question.kind.spec.options) > MOST_ANSWERS:
            message = (
                f"“{question.id}” has more than {MOST_ANSWERS} answers,"
                " “I don't know” included. Split the question in two."
            )
            yield Problem(place(library, question.ask), CODE, message)


def _limited(library: Library) -> Iterator[tuple[Text, Limit]]:
    for question in library.questions.values():
        yield from _of_question(question)
    for key, text in library.words.items():
        if key.startswith("button_"):
            yield text, LABEL
    for card in library.cards:
        yield card.say, ADVICE
        yield from ((note.say, ADVICE) for note in card.notes)


def _of_question(question: Question) -> Iterator[tuple[Text, Limit]]:
    yield question.ask, ASK
    if question.again:
        yield question.again, ASK
    if question.why:
        yield question.why, WHY
    yield from ((option.label, LABEL) for option in question.kind.spec.options)


def _too_long(
    library: Library, catalogue: Catalogue, text: Text, limit: Limit
) -> Iterator[Problem]:
    words = catalogue.words(text)
    length = len(words.encode("utf-16-le")) // 2
    if length <= limit.warn:
        return
    severity: Severity = "error" if length > limit.error else "warning"
    yield Problem(
        place(library, text),
        CODE,
        f"This {limit.what} has {length} characters in “{catalogue.language}”;"
        f" at most {limit.warn} read well, {limit.error} fit: “{words}”",
        severity,
    )


def place(library: Library, text: Text) -> Place:
    return library.written_at.get(text.context, Place("flows"))
