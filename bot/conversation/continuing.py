"""The answer to a question that other content asked: it answers no other question."""

from dataclasses import replace
from datetime import datetime

from bot.conversation import speaking
from bot.conversation.answering import meant
from bot.conversation.carrying import in_the_middle, name_now, tap_now
from bot.conversation.hearing import spoken
from bot.conversation.model import Conversation, Reply, Said, Tapped, Turn
from bot.conversation.posting import with_note
from bot.conversation.walking import replay
from bot.library import Library


def is_answer(library: Library, reply: Reply) -> bool:
    """Whether it means nothing without the question that it answers."""
    match reply:
        case Said(text):
            return spoken(text) not in library.global_words
        case Tapped():
            return reply.question not in (speaking.ANYWHERE, speaking.MOVES)
    return False


def asked_before(
    library: Library,
    before: Conversation,
    current: Conversation,
    reply: Reply,
    moment: datetime,
    *,
    away: bool,
) -> Turn:
    """Read where it was asked; kept, too, when another question now comes first."""
    asked = name_now(library, before.at)
    if isinstance(reply, Tapped):
        reply = tap_now(library, reply)
    if current.at == asked:
        turn = meant(library, current, reply, moment, away=away)
        gone = _is_gone(current, reply) and turn.conversation == current
        return with_note(library, current, "questions_changed") if gone else turn
    if asked not in library.questions:
        return with_note(library, current, "questions_changed")
    there = in_the_middle(library, replace(current, at=asked), before)
    turn = meant(library, there, reply, moment, away=away)
    return _kept_beside(library, current, asked, turn, moment)


def _is_gone(current: Conversation, reply: Reply) -> bool:
    """For a tap that counts for nothing: it was on the question of now."""
    known = (current.id, current.turn, current.at)
    match reply:
        case Tapped(conversation, turn, question):
            return (conversation, turn, question) == known
    return False


def _kept_beside(
    library: Library, current: Conversation, asked: str, turn: Turn, moment: datetime
) -> Turn:
    """Another question comes first now; what was answered will not be asked again."""
    after = turn.conversation
    if after is None or asked not in after.answers:
        return with_note(library, current, "questions_changed")
    answers = {**current.answers, asked: after.answers[asked]}
    kept = replay(library, replace(current, answers=answers), moment.date())
    again = with_note(library, kept, "questions_changed")
    closed, *_ = turn.messages
    others = (one for one in again.messages if not one.edits)
    return replace(again, messages=(closed, *others))
