"""An organisation works in municipalities that exist."""

from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.organisations import NATIONAL
from bot.problems import Problem, did_you_mean, told

CODE = "unknown-place"


def check(library: Library) -> Iterator[Problem]:
    """By its name; with another one no family would ever hear of it.

    Of a table with a mistake nothing is known, and that mistake is told already.
    """
    names = {one.name for one in library.places.municipalities.values()}
    for one in library.organisations.values() if names else ():
        for where in one.where:
            if where != NATIONAL and where not in names:
                message = told(
                    "“{where}” is no municipality, so no family hears of"
                    " “{name}”.{hint}",
                    where=where,
                    name=one.id,
                    hint=did_you_mean(where, names),
                )
                yield Problem(place(library, one.name), CODE, message)
