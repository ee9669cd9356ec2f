"""A fact or a question that nothing uses is work for nobody."""

from collections.abc import Iterator

from bot.checks.deciding import uses
from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import placeholders

CODE = "unused"

OWN = frozenset({"place"})
"""What the program itself looks at: where the family lives."""


def check(library: Library) -> Iterator[Problem]:
    """Using is: in a condition, in a text, or as the day or length of a period."""
    used = _used(library)
    for name, one in library.derived.items():
        if name not in used:
            message = told("Nothing uses the fact “{name}”. Take it out.", name=name)
            yield Problem(one.place, CODE, message, "warning")
    for question in library.questions.values():
        if question.id not in used:
            message = told(
                "Nothing depends on the answer to “{question}”. Take it out, so that"
                " families have one question less.",
                question=question.id,
            )
            yield Problem(place(library, question.ask), CODE, message, "warning")


def _used(library: Library) -> set[str]:
    names = set(OWN)
    for one in (*library.derived.values(), *(use.condition for use in uses(library))):
        names |= one.names
    for text in library.texts:
        names |= placeholders(text.nl)
    for rule in (rule for rows in library.deadlines.values() for rule in rows):
        names |= {*rule.from_, rule.count_fact}
    for follow_up in library.follow_ups:
        names |= set(follow_up.answers)
    return names
