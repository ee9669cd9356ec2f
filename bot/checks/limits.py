"""Short questions, few and short buttons, in every language (rules F3, F5, F6, F11)."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.model import Question
from bot.library import Library
from bot.problems import Place, Problem, Severity, Told, told
from bot.translations import Catalogue, Text

CODE = "limits"
MOST_ANSWERS = 13
"""Three pages of four, and “I don't know”: what nobody pages through is not read."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Characters as Telegram counts them (UTF-16 units)."""

    what: Told
    warn: int
    error: int


ASK = Limit(told("question"), 160, 300)
WHY = Limit(told("reason"), 80, 160)
LABEL = Limit(told("button"), 20, 24)
ADVICE = Limit(told("advice"), 400, 700)


def check(library: Library) -> Iterator[Problem]:
    for catalogue in library.catalogues.values():
        for text, limit in _limited(library):
            yield from _too_long(library, catalogue, text, limit)
    for question in library.questions.values():
        if len(question.kind.spec.options) > MOST_ANSWERS:
            message = told(
                "“{question}” has more than {most} answers, “I don't know” included."
                " Split the question in two.",
                question=question.id,
                most=MOST_ANSWERS,
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
    words = catalogue.own(text)
    length = len(words.encode("utf-16-le")) // 2
    if length <= limit.warn:
        return
    severity: Severity = "error" if length > limit.error else "warning"
    message = told(
        "This {what} has {length} characters in “{language}”; at most {well} read"
        " well, {most} fit: “{words}”",
        what=limit.what,
        length=length,
        language=catalogue.language,
        well=limit.warn,
        most=limit.error,
        words=words,
    )
    yield Problem(place(library, text), CODE, message, severity)


def place(library: Library, text: Text) -> Place:
    return library.written_at.get(text.context, Place("flows"))
