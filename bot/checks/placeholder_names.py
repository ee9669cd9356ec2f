"""A {name} in a text is an answer, a computed fact, or an organisation's number."""

from collections.abc import Iterable, Iterator

from bot.checks.limits import place
from bot.conversation.needed import GIVEN
from bot.library import Library
from bot.problems import Problem, did_you_mean, told
from bot.translations import Text, placeholders

CODE = "unknown-name"
SAID = frozenset({"number", "money", "date", "place", "children"})
"""Sorts of facts that read well in a sentence; of the others only an id is known."""


def check(library: Library) -> Iterator[Problem]:
    numbers = set(library.numbers())
    for key, text in library.words.items():
        yield from _unknown(library, text, numbers | GIVEN.get(key, frozenset()))
    facts = {name for name, type in library.declared.items() if type.kind in SAID}
    for text in _of_advice(library):
        yield from _unknown(library, text, numbers | facts)
    for card in library.cards:
        days = {f"{rule}_day" for rule, _ in card.deadlines}
        yield from _each_unknown(library, (card.letter,), numbers | facts | days)
    for text in (crisis.say for crisis in library.crises):
        yield from _unknown(library, text, numbers)
    for one in library.organisations.values():
        here = (one.name_here, one.reach_here)
        yield from _each_unknown(library, here, numbers | {"place"})
        yield from _each_unknown(library, (one.helps, one.reach), numbers)
        reasons = (row.because for row in one.when)
        yield from _each_unknown(library, reasons, {"place"})
        plain = (one.name, one.serves, one.hours_text, one.cost)
        yield from _each_unknown(library, plain, set())
    for question in library.questions.values():
        labels = (option.label for option in question.kind.spec.options)
        texts = (question.ask, question.again, question.why, question.short, *labels)
        yield from _each_unknown(library, texts, set())
    yield from _of_deadlines(library)


def _of_advice(library: Library) -> Iterator[Text]:
    for card in library.cards:
        yield card.say
        yield from (note.say for note in card.notes)
        for step in card.steps:
            yield from (step.do, step.words, step.bring)


def _of_deadlines(library: Library) -> Iterator[Problem]:
    days = {"last_day", "event"}
    for rule in (rule for rows in library.deadlines.values() for rule in rows):
        # A safe day only exists while the family can still act.
        safe = {"safe_day"} if rule.kind == "act" else set()
        yield from _unknown(library, rule.say, days | safe)
        yield from _unknown(library, rule.over, days)
        texts = (rule.name, rule.unknown, rule.uncertain)
        yield from _each_unknown(library, texts, set())


def _each_unknown(
    library: Library, texts: Iterable[Text | None], known: set[str]
) -> Iterator[Problem]:
    for text in texts:
        if text is not None:
            yield from _unknown(library, text, known)


def _unknown(library: Library, text: Text, known: set[str]) -> Iterator[Problem]:
    for name in sorted(placeholders(text.nl) - known):
        hint = did_you_mean(name, known)
        message = told(
            "Nothing is called {name} here.{hint}", name=f"{{{name}}}", hint=hint
        )
        if name in library.declared:
            message = told(
                "{name} has no words that could be said in this text.",
                name=f"{{{name}}}",
            )
        yield Problem(place(library, text), CODE, message)
