"""Households drawn by lot that walk through the questions, as any family would.

They are not like the families there are: every answer is as likely as the others. So
they count how wide a way is, never how many people go there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from bot.conversation.conditions import boundaries
from bot.conversation.facts import Fact, Facts
from bot.conversation.walking import leads_to
from bot.library import Library
from bot.outcome import facts_on

Examples = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Household:
    """Answers by question, in their stored form; all of them are on the path."""

    answers: Mapping[str, str] = field(repr=False)
    path: tuple[str, ...]
    today: date

    def facts(self, library: Library) -> Facts:
        return facts_on(library, self.answers, self.path, self.today)


def households(library: Library, today: date, seed: int) -> Iterator[Household]:
    """Without end; the same for the same library, day and seed."""
    random = Random(seed)
    examples = examples_of(library, today)
    while True:
        yield _walked(library, today, examples, random)


def examples_of(library: Library, today: date) -> Examples:
    """The answers that are tried at each question."""
    compared = _compared(library)
    return {
        name: question.kind.examples(today, compared[name])
        for name, question in library.questions.items()
    }


def _walked(
    library: Library, today: date, examples: Examples, random: Random
) -> Household:
    at = library.flows[library.start].start
    answers: dict[str, str] = {}
    path: tuple[str, ...] = ()
    while at in library.questions:
        answers[at] = random.choice(examples[at])
        path = (*path, at)
        at = leads_to(library, answers, path, today)
    return Household(answers, path, today)


def _compared(library: Library) -> Mapping[str, frozenset[Fact]]:
    """What the conditions of the whole library compare each answer with."""
    found: defaultdict[str, frozenset[Fact]] = defaultdict(frozenset)
    for one in library.conditions():
        for name, values in boundaries(one.condition).items():
            found[name] |= values
    return found
