"""Hard words for which flows/plain_words.yaml has a plain one."""

import re
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told

CODE = "hard-word"


def check(library: Library) -> Iterator[Problem]:
    """A warning: sometimes the hard word is the one on the family's letter."""
    for language, plain in library.plain_words.items():
        if language not in library.catalogues or not plain:
            continue
        catalogue = library.catalogue(language)
        everything = "\n".join(map(catalogue.own, library.texts)).lower()
        present = [word for word in plain if word in everything]
        if not present:
            continue
        longest = sorted(present, key=len, reverse=True)
        hard = re.compile(rf"\b({'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)
        for text in library.texts:
            for word in dict.fromkeys(hard.findall(catalogue.own(text))):
                message = told(
                    "“{word}” is hard to read. Plainer is: {plain}.",
                    word=word,
                    plain=plain[word.lower()],
                )
                yield Problem(place(library, text), CODE, message, "warning")
