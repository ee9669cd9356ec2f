"""Families in the middle of a conversation, seen with content that changed."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.conversation.carrying import name_now, now_called
from bot.conversation.kinds.base import Kind
from bot.conversation.model import Conversation
from bot.library import Library
from bot.problems import Place, Problem, Told, nearest, told

NAME = re.compile(r"[a-z][a-z_0-9]*")
"""An answer that an author wrote. What families type themselves looks otherwise."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What the change takes away, from how many families.

    `what` is a question, or `question.answer`; with the sort `fit` the question is
    still there and its answers are of another kind. `standing`: so many families are
    at it just now. `new`: what it may be called now, in this `file`; or nothing.
    """

    sort: Literal["questions", "answers", "fit"]
    what: str
    families: int
    standing: int
    new: str = ""
    file: str = ""

    @property
    def told(self) -> Told:
        match self.sort:
            case "questions":
                return told(
                    "The question “{what}” is gone. Families that had it: {families}."
                    " Families that stand there now: {standing}.",
                    what=self.what,
                    families=self.families,
                    standing=self.standing,
                )
            case "answers":
                return told(
                    "The answer “{what}” is gone. Families that gave it: {families}.",
                    what=self.what,
                    families=self.families,
                )
        return told(
            "What was answered to “{what}” no longer fits. Families that are asked"
            " again: {families}.",
            what=self.what,
            families=self.families,
        )

    @property
    def problem(self) -> Problem:
        """For a workflow that shows it beside a change."""
        return Problem(Place(self.file or "flows/start.yaml"), "left-behind", self.told)


def lost(library: Library, conversations: Iterable[Conversation]) -> list[Lost]:
    """Sorted by how many families it touches; nothing of a single family in it."""
    questions, standing = Counter[str](), Counter[str]()
    answers, unfit = Counter[str](), Counter[str]()
    known = set[str]()
    for one in conversations:
        named = set(_named(one))
        known |= named
        gone = {name for name in named if _kind(library, name) is None}
        questions.update(gone)
        standing.update({one.at} & gone)
        answers.update(_gone_answers(library, one))
        unfit.update(_unfit(library, one))
    new = [name for name in library.questions if name not in known]
    found = [
        _lost_question(library, name, count, standing[name], new)
        for name, count in questions.items()
    ]
    found += [_lost_answer(library, name, count) for name, count in answers.items()]
    found += [Lost("fit", name, count, 0) for name, count in unfit.items()]
    return sorted(found, key=lambda one: (-one.standing, -one.families, one.what))


def lines_to_add(found: Iterable[Lost]) -> Mapping[str, Mapping[str, list[str]]]:
    """File → `questions` or `answers` → the lines to write there, under `renamed`."""
    files: dict[str, dict[str, list[str]]] = {}
    for one in found:
        if one.new:
            sorts = files.setdefault(one.file, {})
            sorts.setdefault(one.sort, []).append(f"{one.what}: {one.new}")
    return files


def _named(conversation: Conversation) -> Iterator[str]:
    yield from conversation.answers
    if conversation.at and not conversation.at.startswith("@"):
        yield conversation.at


def _kind(library: Library, question: str) -> Kind | None:
    found = library.questions.get(name_now(library, question))
    return found.kind if found else None


def _parts(library: Library, conversation: Conversation) -> Iterator[tuple[str, str]]:
    """Each answer that no longer fits its question; of ticks, each tick."""
    for question, stored in conversation.answers.items():
        if (kind := _kind(library, question)) is None:
            continue
        for part in stored.split() if kind.several else (stored,):
            if not kind.accepts(now_called(library, question, part)[1]):
                yield question, part


def _gone_answers(library: Library, conversation: Conversation) -> Iterator[str]:
    """Only names that an author gave: a date or a number is never told."""
    for question, part in _parts(library, conversation):
        if NAME.fullmatch(part):
            yield f"{question}.{part}"


def _unfit(library: Library, conversation: Conversation) -> set[str]:
    parts = _parts(library, conversation)
    return {question for question, part in parts if not NAME.fullmatch(part)}


def _lost_question(
    library: Library, name: str, count: int, standing: int, new: Collection[str]
) -> Lost:
    near = nearest(name, new)
    file = _file(library, near) if near else ""
    return Lost("questions", name, count, standing, near, file)


def _lost_answer(library: Library, what: str, count: int) -> Lost:
    question, _, answer = what.partition(".")
    kind, name = _kind(library, question), name_now(library, question)
    assert kind is not None
    near = nearest(answer, [one.id for one in kind.spec.options])
    return Lost("answers", what, count, 0, near, _file(library, name) if near else "")


def _file(library: Library, question: str) -> str:
    """Where the flow of this question is written."""
    flow = library.questions[question].flow
    place = library.written_at.get(f"{flow}.{question}.ask")
    return place.file if place else f"flows/{flow}.yaml"
