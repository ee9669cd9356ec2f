"""The same households in both versions, drawn by lot: what each is asked and hears."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from bot.advice import Urgency
from bot.changes.renames import Renames
from bot.conversation.facts import UNSURE
from bot.conversation.kinds.choices import ALONE
from bot.conversation.sampling import Examples, Household, examples_of
from bot.conversation.walking import leads_to
from bot.library import Library
from bot.outcome import outcome


@dataclass(frozen=True, slots=True)
class Hears:
    """What a household hears at the end."""

    urgency: Urgency | None
    cards: tuple[str, ...]
    organisations: tuple[str, ...]
    dates: Mapping[str, date | None]


@dataclass(slots=True)
class Draw:
    """One household by lot; each question gets its answer when somebody asks it.

    So it gives the same answers in both versions, whatever it is asked first. Where a
    version does not take an answer, it does not know there.
    """

    number: int
    seed: int
    today: date
    renames: Renames
    options: Examples
    """By the name of now: the answers that either version takes."""

    answers: dict[str, str] = field(default_factory=dict, repr=False)

    def in_version(self, library: Library, *, before: bool) -> Household:
        answers: dict[str, str] = {}
        path: tuple[str, ...] = ()
        at = library.flows[library.start].start
        while at in library.questions and at not in path:
            answers[at] = self._answer(library, at, before=before)
            path = (*path, at)
            at = leads_to(library, answers, path, self.today)
        return Household(answers, path, self.today)

    def _answer(self, library: Library, question: str, *, before: bool) -> str:
        called = self.renames.questions.get(question, question) if before else question
        answer = self._drawn(called)
        if before:
            answer = self.renames.answer_before(question, answer)
        kind = library.questions[question].kind
        if kind.accepts(answer):
            return answer
        return UNSURE if UNSURE in kind.labels else next(iter(kind.labels))

    def _drawn(self, question: str) -> str:
        if question not in self.answers:
            random = Random(f"{self.seed} {self.number} {question}")
            self.answers[question] = random.choice(self.options[question])
        return self.answers[question]


def draws(
    before: Library, after: Library, renames: Renames, today: date, seed: int
) -> Iterator[Draw]:
    """Without end; the same for the same two libraries, day and seed."""
    options = _options(before, after, renames, today)
    number = 0
    while True:
        number += 1
        yield Draw(number, seed, today, renames, options)


def _options(
    before: Library, after: Library, renames: Renames, today: date
) -> Examples:
    found = dict(_sayable(after, today))
    for name, examples in _sayable(before, today):
        called = renames.questions.get(name, name)
        old = [renames.answers.get((name, one), one) for one in examples]
        found[called] = tuple(dict.fromkeys((*found.get(called, ()), *old)))
    return found


def _sayable(library: Library, today: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The examples without “none of these, and that one”: nobody can answer so."""
    for name, examples in examples_of(library, today).items():
        several = library.questions[name].kind.several
        yield name, tuple(one for one in examples if not (several and _is_odd(one)))


def _is_odd(stored: str) -> bool:
    parts = stored.split()
    return len(parts) > 1 and not ALONE.isdisjoint(parts)


def hears(library: Library, household: Household) -> Hears:
    found = outcome(library, household.facts(library))
    known = found.dates
    return Hears(
        found.urgency if found.held else None,
        tuple(one.card.id for one in found.held),
        tuple(one.id for one in found.organisations),
        {due.rule.id: known.get(due.rule.id) for due in found.dues},
    )
