"""A conversation that began under other content: what of it counts under this one."""

from dataclasses import replace
from datetime import date

from bot.conversation.model import (
    CHANGE,
    CHILD,
    LANGUAGE,
    OUTCOME,
    STOPPED,
    SUMMARY,
    Conversation,
    Tapped,
)
from bot.conversation.walking import replay
from bot.library import Library


def carried(library: Library, old: Conversation, today: date) -> Conversation:
    """The same conversation under the library of now; old ids get their new name.

    It stands at the first question that is not answered, or where it stood.
    """
    if old.library == library.fingerprint:
        return old
    named = (now_called(library, *one) for one in old.answers.items())
    answers = {new: kept for new, kept in named if _fits(library, new, kept)}
    here = replace(old, answers=answers, library=library.fingerprint, typed=0)
    moved = replay(library, here, today)
    if old.at in (LANGUAGE, STOPPED, CHILD):
        return replace(moved, at=old.at)
    if moved.path == tuple(name_now(library, one) for one in old.path):
        return _same_way(library, moved, old)
    return in_the_middle(library, moved, old)


def _same_way(library: Library, moved: Conversation, old: Conversation) -> Conversation:
    """So its last answer can still be edited, and its advice is still there."""
    known = in_the_middle(library, replace(moved, typed=old.typed), old)
    ended = moved.at == SUMMARY and old.at in (CHANGE, OUTCOME)
    return replace(known, at=old.at) if ended else known


def in_the_middle(
    library: Library, moved: Conversation, old: Conversation
) -> Conversation:
    """Who is asked the same keeps its page, its ticks, or the day to be confirmed."""
    if moved.at not in library.questions or moved.at != name_now(library, old.at):
        return moved
    named = (now_called(library, old.at, one)[1] for one in old.pending.split())
    pending = " ".join(one for one in named if _fits(library, moved.at, one))
    return replace(moved, pending=pending, misread=old.misread, page=old.page)


def name_now(library: Library, question: str) -> str:
    """What this question is called now; its name may have changed many times."""
    names = library.renamed.questions
    seen = set[str]()
    while question in names and question not in library.questions.keys() | seen:
        seen.add(question)
        question = names[question]
    return question


def now_called(library: Library, question: str, stored: str) -> tuple[str, str]:
    """What this question and this answer to it are called now."""
    new = library.questions.get(name_now(library, question))
    if new is None or not new.kind.several:
        return _renamed(library, question, stored)
    parts = (_renamed(library, question, part)[1] for part in stored.split())
    return new.id, " ".join(parts)


def _renamed(library: Library, question: str, stored: str) -> tuple[str, str]:
    """Name by name, until it fits: what is still an answer has no other name."""
    renamed, named = library.renamed, (question, stored)
    seen = set[tuple[str, str]]()
    while named not in seen and not _fits(library, *named):
        seen.add(named)
        new = renamed.questions.get(named[0], named[0])
        named = new, renamed.answers.get(named, named[1])
    return named


def _fits(library: Library, question: str, stored: str) -> bool:
    asked = library.questions.get(question)
    return asked is not None and asked.kind.accepts(stored)


def tap_now(library: Library, tap: Tapped) -> Tapped:
    """The same button, as it would be named now."""
    answer = now_called(library, tap.question, tap.answer)[1]
    return replace(tap, question=name_now(library, tap.question), answer=answer)
