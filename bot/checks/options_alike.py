"""The answers of one question can be told apart, by reading and by typing."""

from collections.abc import Iterator

from bot.checks.limits import place
from bot.conversation.kinds.base import Option
from bot.conversation.model import Question
from bot.conversation.reading import fold
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import Catalogue

CODE = "options-alike"


def check(library: Library) -> Iterator[Problem]:
    """Capitals, accents and emoji make no difference to who types an answer."""
    for question in library.questions.values():
        found = [
            problem
            for catalogue in library.catalogues.values()
            for problem in _labels(library, question, catalogue)
        ]
        yield from found
        if not found:
            yield from _words(library, question)


def _labels(
    library: Library, question: Question, catalogue: Catalogue
) -> Iterator[Problem]:
    first: dict[str, Option] = {}
    for option in question.kind.spec.options:
        label = catalogue.words(option.label)
        same = first.setdefault(fold(label) or label, option)
        if same is not option:
            message = told(
                "“{label}” and “{other}” are the same to who types them, in"
                " “{language}”. Give them other words.",
                label=label,
                other=catalogue.words(same.label),
                language=catalogue.language,
            )
            yield Problem(place(library, option.label), CODE, message)


def _words(library: Library, question: Question) -> Iterator[Problem]:
    """The other spellings of an answer, which stand under `words`."""
    options = question.kind.spec.options
    owner = {fold(option.label.nl): option for option in options}
    for option in options:
        for word in option.words:
            first = owner.setdefault(fold(word) or word, option)
            if first is not option:
                message = told(
                    "“{word}” already means the answer “{other}”. Keep it at one.",
                    word=word,
                    other=first.id,
                )
                yield Problem(place(library, option.label), CODE, message)
