"""Families in the middle of a conversation, seen with content that changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.conversation.model import Conversation
from bot.library import Library
from bot.problems import nearest


@dataclass(frozen=True, slots=True)
class Lost:
    """What the change takes away, from how many families, and the line to add.

    `standing`: so many of them are at this question just now. `renamed`: a line for
    `renamed:` in the file of the flow; empty when no new id looks like the old one.
    """

    what: str
    families: int
    standing: int
    renamed: str


def lost(library: Library, conversations: Iterable[Conversation]) -> list[Lost]:
    """Sorted by how many families it touches; nothing of a single family in it."""
    questions, standing, answers = Counter[str](), Counter[str](), Counter[str]()
    for one in conversations:
        gone = {name for name in _named(one) if _new(library, name) is None}
        questions.update(gone)
        standing.update({one.at} & gone)
        answers.update(_gone_answers(library, one))
    found = [
        Lost(name, count, standing[name], _renamed_question(library, name))
        for name, count in questions.items()
    ]
    found += [
        Lost(name, count, 0, _renamed_answer(library, name))
        for name, count in answers.items()
    ]
    return sorted(found, key=lambda one: (-one.standing, -one.families, one.what))


def _named(conversation: Conversation) -> Iterator[str]:
    yield from conversation.answers
    if conversation.at and not conversation.at.startswith("@"):
        yield conversation.at


def _new(library: Library, question: str) -> str | None:
    """What this question is called now."""
    name = library.renamed.questions.get(question, question)
    return name if name in library.questions else None


def _gone_answers(library: Library, conversation: Conversation) -> Iterator[str]:
    """`question.answer` for answers with an id; a date or a number is never told."""
    for question, stored in conversation.answers.items():
        name = _new(library, question)
        kept = library.renamed.answers.get((question, stored), stored)
        if name is None or library.questions[name].kind.accepts(kept):
            continue
        chosen = bool(library.questions[name].kind.spec.options)
        yield f"{question}.{stored}" if chosen else question


def _renamed_question(library: Library, question: str) -> str:
    near = nearest(question, library.questions)
    return f"questions: {{{question}: {near}}}" if near else ""


def _renamed_answer(library: Library, what: str) -> str:
    question, dot, answer = what.partition(".")
    name = _new(library, question)
    if name is None or not dot:
        return ""
    near = nearest(
        answer, [one.id for one in library.questions[name].kind.spec.options]
    )
    return f"answers: {{{what}: {name}.{near}}}" if near else ""
