"""How a conversation moves: one reply in, a new conversation and messages out."""

from dataclasses import replace
from datetime import datetime

from bot.conversation import acting, speaking
from bot.conversation.answering import meant
from bot.conversation.carrying import carried, name_now
from bot.conversation.continuing import asked_before, is_answer
from bot.conversation.crisis import Crisis, heard
from bot.conversation.hearing import spoken
from bot.conversation.model import (
    CHILD,
    LANGUAGE,
    STOPPED,
    Conversation,
    Edited,
    Reply,
    Said,
    Tapped,
    Turn,
)
from bot.conversation.posting import post, with_note
from bot.library import Library

AWAY_MINUTES = 4 * 60
"""After this silence a typed word is greeted first (rule F21)."""


def begin(
    library: Library, *, id: str, moment: datetime, language: str = "", hint: str = ""
) -> Turn:
    """A new conversation. Without a `language` it first asks which one.

    `hint` is the language of the family's app: it only orders the choice.
    """
    known = hint if hint in library.catalogues else "nl"
    fresh = Conversation(
        id,
        language or known,
        LANGUAGE,
        library=library.fingerprint,
        heard=minutes(moment),
    )
    if language:
        return acting.welcome(library, fresh, moment)
    return post(fresh, speaking.languages(library, fresh, hello=True))


def answer(
    library: Library, conversation: Conversation, reply: Reply, moment: datetime
) -> Turn:
    """One reply. Never raises for anything a family can send."""
    turn = _replied(library, conversation, reply, moment)
    return turn if isinstance(reply, Tapped) else _in_the_chat(turn)


def _in_the_chat(turn: Turn) -> Turn:
    """A passing word needs a button to stand on; who typed reads it as a line."""
    return replace(
        turn, messages=tuple(replace(one, toast=False) for one in turn.messages)
    )


def _replied(
    library: Library, conversation: Conversation, reply: Reply, moment: datetime
) -> Turn:
    current = replace(
        carried(library, conversation, moment.date()), heard=minutes(moment)
    )
    turn = _heard(library, conversation, current, reply, moment)
    if turn.conversation != current:
        return turn
    # Its question still stands on the screen as the content before asked it.
    return replace(turn, conversation=replace(conversation, heard=current.heard))


def _heard(
    library: Library,
    before: Conversation,
    current: Conversation,
    reply: Reply,
    moment: datetime,
) -> Turn:
    if isinstance(reply, Said | Edited) and (
        crisis := heard(library.crises, reply.text)
    ):
        return _in_crisis(library, current, crisis, moment)
    away = minutes(moment) - before.heard > AWAY_MINUTES
    if before.library != current.library and is_answer(library, reply):
        return asked_before(library, before, current, reply, moment, away=away)
    return meant(library, current, reply, moment, away=away)


def _in_crisis(
    library: Library, current: Conversation, crisis: Crisis, moment: datetime
) -> Turn:
    if not crisis.ends:
        return Turn(current, (speaking.crisis(library, current, crisis, moment),))
    blank = replace(current, at=CHILD, answers={}, path=(), pending="")
    return Turn(blank, (speaking.crisis(library, blank, crisis, moment),))


def first_words(
    library: Library, fresh: Conversation, reply: Reply, moment: datetime
) -> Turn | None:
    """Crisis words count before the first question, too, and so does “wis alles”."""
    if not isinstance(reply, Said | Edited):
        return None
    if found := heard(library.crises, reply.text):
        return _in_crisis(library, fresh, found, moment)
    if library.global_words.get(spoken(reply.text)) == "wipe":
        return acting.act(library, fresh, "wipe", moment)
    return None


def away(library: Library, conversation: Conversation, moment: datetime) -> Turn:
    """After an outage a family reads where it stood; who stopped reads nothing.

    Nobody said anything, so `heard` stays: we never keep anything longer by ourselves.
    """
    current = carried(library, conversation, moment.date())
    if current.at == STOPPED:
        return Turn(current)
    if current.at == CHILD:
        return Turn(current, (speaking.child_again(library),))
    same = current.at == name_now(library, conversation.at)
    return with_note(library, current, "away", *(() if same else ["questions_changed"]))


def told_of_removal(library: Library, turn: Turn) -> Turn:
    """A line about what was left out of the family's words, said once."""
    line = speaking.note(library, "personal_removed")
    if line in turn.messages:
        return turn
    return replace(turn, messages=(line, *turn.messages))


def minutes(moment: datetime) -> int:
    """Minutes since 1970: precise enough to know that someone was away."""
    return int(moment.timestamp() // 60)
