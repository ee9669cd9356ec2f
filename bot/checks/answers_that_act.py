"""No answer is spelled like a word that works everywhere, such as “stop”."""

from collections.abc import Iterator

from bot.checks.limits import place
from bot.conversation.reading import fold
from bot.library import Library
from bot.problems import Problem, told

CODE = "answer-is-word"


def check(library: Library) -> Iterator[Problem]:
    """Those words are heard first, so who types such an answer would not give it."""
    for question in library.questions.values():
        for option in question.kind.spec.options:
            labels = {one.words(option.label) for one in library.catalogues.values()}
            for word in sorted({*labels, *option.words}):
                act = library.global_words.get(fold(word) or word.strip())
                if act:
                    message = told(
                        "“{word}” means “{act}” everywhere, so nobody can type it as"
                        " an answer. Choose another word.",
                        word=word,
                        act=act,
                    )
                    yield Problem(place(library, option.label), CODE, message)
