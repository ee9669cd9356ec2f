"""Nothing is told on a day on which the law behind it is no longer in force."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.checks.limits import place
from bot.law.sources import ends_on
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import Text

CODE = "law-not-in-force"


def check(library: Library) -> Iterator[Problem]:
    """Compares ends only: a source's first day is often just the day of the text read.

    Of a card `valid` is about the day on which it is told, of a period about the day
    on which it begins: that is the day whose law holds.
    """
    for card in library.cards:
        until = card.valid.until if card.valid else None
        yield from _outlived(library, card.id, card.say, until, card.source)
    for rule in (rule for rows in library.deadlines.values() for rule in rows):
        yield from _outlived(library, rule.id, rule.name, rule.valid.until, rule.source)


def _outlived(
    library: Library, name: str, at: Text, until: date | None, cited: Iterable[str]
) -> Iterator[Problem]:
    for source in cited:
        end = ends_on(library.sources[source])
        if end is None or (until is not None and until <= end):
            continue
        message = told(
            "“{name}” goes on after “{source}” ends on {end}. Write until: {end} in"
            " its valid:, and what holds after that beside it.",
            name=name,
            source=source,
            end=str(end),
        )
        yield Problem(place(library, at), CODE, message)
