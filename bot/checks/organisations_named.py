"""Every organisation can come before a family."""

from collections.abc import Iterator

from bot.checks.limits import place
from bot.conversation.needed import NEEDED_ORGANISATIONS
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import placeholders

CODE = "never-named"


def check(library: Library) -> Iterator[Problem]:
    """One that nothing names is shown only when a row of its `when` has an if."""
    named = _named(library)
    for one in library.organisations.values():
        if one.id in named or any(row.condition for row in one.when):
            continue
        message = told(
            "No family ever hears of “{name}”: no card, step or text names it. Name it"
            " in a card, or write under when, with an if, for whom it is.",
            name=one.id,
        )
        yield Problem(place(library, one.name), CODE, message, "warning")


def _named(library: Library) -> set[str]:
    named = set(NEEDED_ORGANISATIONS)
    for card in library.cards:
        named |= {*card.organisations, *(step.who for step in card.steps)}
    for crisis in library.crises:
        named |= set(crisis.organisations)
    for text in library.texts:
        names = placeholders(text.nl)
        named |= {name.removesuffix("_phone") for name in names}
    return named
