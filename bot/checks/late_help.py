"""Whatever a family answers, help comes after two questions at the latest (rule F1)."""

from collections.abc import Iterator

from bot.checks.deciding import ANY_DAY, LISTED
from bot.checks.limits import place
from bot.conversation.conditions import holds
from bot.conversation.facts import UNSURE
from bot.conversation.model import Question
from bot.conversation.walking import leads_to
from bot.library import Library
from bot.outcome import facts_on
from bot.problems import Problem, told

CODE = "late-help"

Answered = tuple[tuple[str, str], ...]
"""Questions in their order, each with the stored answer."""


def check(library: Library) -> Iterator[Problem]:
    """A warning. Of days and amounts, which can be anything, only “I don't know” is
    tried.
    """
    first = library.questions[library.flows[library.start].start]
    late: dict[str, Answered] = {}
    for second, answered in _unhelped(library, first, ()):
        for _, both in _unhelped(library, second, answered):
            late.setdefault(second.id, both)
    for name, both in late.items():
        message = told(
            "After {answers} a third question comes before any help. Write"
            " first_advice: at “{question}”.",
            answers=", ".join(f"{one}: {answer}" for one, answer in both),
            question=name,
        )
        at = place(library, library.questions[name].ask)
        yield Problem(at, CODE, message, "warning")


def _unhelped(
    library: Library, question: Question, before: Answered
) -> Iterator[tuple[Question, Answered]]:
    """Each next question to which an answer leads without any advice on the way."""
    for answer in _answers(question):
        answered = (*before, (question.id, answer))
        path = tuple(name for name, _ in answered)
        answers = dict(answered)
        to = leads_to(library, answers, path, ANY_DAY)
        wanted, facts = question.first_advice, facts_on(library, answers, path, ANY_DAY)
        if to in library.questions and not (wanted and holds(wanted, facts)):
            yield library.questions[to], answered


def _answers(question: Question) -> tuple[str, ...]:
    listed = question.kind.type.kind in LISTED
    return question.kind.examples(ANY_DAY, ()) if listed else (UNSURE,)
