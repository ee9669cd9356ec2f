"""Short sentences: more than 15 words is hard, more than 20 is refused (rule F4)."""

import re
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, Severity, told

CODE = "long-sentence"
MOST_WORDS, HARD_WORDS, MEAN_WORDS = 20, 15, 11
END = re.compile(r"[.!?:;](?=\s|$|”)|\n")
WORD = re.compile(r"[^\W_][\w'’-]*")
LANGUAGES = ("nl", "en")


def check(library: Library) -> Iterator[Problem]:
    for language in LANGUAGES:
        if language in library.catalogues:
            yield from _of_language(library, language)


def _of_language(library: Library, language: str) -> Iterator[Problem]:
    catalogue = library.catalogue(language)
    lengths: list[int] = []
    for text in library.texts:
        for sentence in END.split(catalogue.own(text)):
            length = len(WORD.findall(sentence))
            lengths += [length] if length > 2 else []
            if length > HARD_WORDS:
                severity: Severity = "error" if length > MOST_WORDS else "warning"
                message = told(
                    "A sentence of {length} words in “{language}” is hard to read."
                    " Make two: “{sentence}”",
                    length=length,
                    language=language,
                    sentence=sentence.strip(),
                )
                yield Problem(place(library, text), CODE, message, severity)
    mean = sum(lengths) / max(1, len(lengths))
    if mean > MEAN_WORDS:
        message = told(
            "Sentences in “{language}” have {mean} words on average; 11 is easy.",
            language=language,
            mean=f"{mean:.1f}",
        )
        yield Problem(place(library, library.texts[0]), CODE, message, "warning")
