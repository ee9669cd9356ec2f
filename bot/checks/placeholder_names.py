"""A {name} in a text is an answer, a computed fact, or an organisation's number."""

from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, did_you_mean
from bot.translations import Text, placeholders

CODE = "unknown-name"


def check(library: Library) -> Iterator[Problem]:
    numbers = set(library.numbers())
    for text in _of_advice(library):
        yield from _unknown(library, text, numbers | set(library.declared))
    for crisis in library.crises:
        yield from _unknown(library, crisis.say, numbers)
    for one in library.organisations.values():
        for said in (one.helps, one.reach):
            if said is not None:
                yield from _unknown(library, said, numbers)
    days = {"last_day", "safe_day", "event"}
    for rule in (rule for rows in library.deadlines.values() for rule in rows):
        for said in (rule.say, rule.over):
            allowed = days if rule.kind == "act" else days - {"safe_day"}
            yield from _unknown(library, said, allowed)


def _of_advice(library: Library) -> Iterator[Text]:
    for card in library.cards:
        yield card.say
        yield from (note.say for note in card.notes)
        for step in card.steps:
            yield from (step.do, step.words, step.bring)


def _unknown(library: Library, text: Text, known: set[str]) -> Iterator[Problem]:
    for name in sorted(placeholders(text.nl) - known):
        message = f"Nothing is called {{{name}}} here.{did_you_mean(name, known)}"
        yield Problem(place(library, text), CODE, message)
