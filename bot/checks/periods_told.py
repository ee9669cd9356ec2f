"""Every legal period is told by some card."""

from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told

CODE = "untold-period"


def check(library: Library) -> Iterator[Problem]:
    """A warning; a period that waits for a question says so under `untold`."""
    named = {rule for card in library.cards for rule, _ in card.deadlines}
    for name, rows in library.deadlines.items():
        if name not in named and not rows[0].untold:
            message = told(
                "No family hears of the period “{name}”: no card names it. Write it"
                " under deadlines: of a card, or take it out.",
                name=name,
            )
            yield Problem(place(library, rows[0].name), CODE, message, "warning")
