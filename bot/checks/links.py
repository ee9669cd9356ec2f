"""A link in a text can be tapped, and leads where it says."""

import re
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Place, Problem, told

CODE = "link"

IN_TEXT = re.compile(r"\b(?:https?:|www\.)\S*", re.IGNORECASE)
WHOLE = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:[/?#][^\s<>\"“”]*)?",
    re.IGNORECASE,
)
BEHIND = ".,;:!?)”’\"'"
"""What may end the sentence that the link stands in."""


def check(library: Library) -> Iterator[Problem]:
    """Its form only: whether the page is there, no check without a network can say."""
    for one in library.organisations.values():
        yield from _wrong(one.web, place(library, one.name))
    for desks in library.desks.values():
        for desk in desks.values():
            yield from _wrong(desk.web, desk.written_at or Place("flows"))
    for catalogue in library.catalogues.values():
        for text in library.texts:
            words = catalogue.own(text)
            for link in IN_TEXT.findall(words) if _may_link(words) else ():
                yield from _wrong(link.rstrip(BEHIND), place(library, text))


def _may_link(words: str) -> bool:
    small = words.lower()
    return "http" in small or "www" in small


def _wrong(link: str, at: Place) -> Iterator[Problem]:
    if link and not WHOLE.fullmatch(link):
        message = told(
            "“{link}” is no whole link. Write it like https://www.example.nl/page.",
            link=link,
        )
        yield Problem(at, CODE, message)
