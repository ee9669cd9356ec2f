"""Which message can still be edited into another answer, and what is asked for that."""

from dataclasses import replace

from bot.conversation.model import (
    SUMMARY,
    Conversation,
    Edited,
    Reply,
    Said,
    Turn,
)
from bot.library import Library


def noted(before: Conversation, turn: Turn, reply: Reply, message: int) -> Turn:
    """The same turn; its conversation knows the message of the answer typed last."""
    after = turn.conversation
    if after is None or _stands_still(before, after):
        return turn
    typed = _typed(before, after, reply, message)
    return replace(turn, conversation=replace(after, typed=typed))


def _stands_still(before: Conversation, after: Conversation) -> bool:
    return all(
        getattr(before, name) == getattr(after, name)
        for name in ("at", "path", "answers", "pending", "misread")
    )


def _typed(
    before: Conversation, after: Conversation, reply: Reply, message: int
) -> int:
    answered = after.path[-1:] == (before.at,)
    if answered and after.answers[before.at] in before.pending.split():
        return before.typed
    if isinstance(reply, Edited):
        return message
    waits = before.at == after.at and (after.pending or after.misread > before.misread)
    return message if isinstance(reply, Said) and (answered or waits) else 0


def reopened(library: Library, current: Conversation) -> Conversation | None:
    """As it was before the answer typed last; None where that is not just undone."""
    if current.at in library.questions and (current.pending or current.misread):
        return replace(current, pending="")
    if not current.path or current.at not in (*library.questions, SUMMARY):
        return None
    *before, last = current.path
    answers = {name: kept for name, kept in current.answers.items() if name != last}
    return replace(
        current, at=last, path=tuple(before), answers=answers, misread=0, page=0
    )
