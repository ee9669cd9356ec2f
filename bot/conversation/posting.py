"""What is said last is what the family answers: the messages of one turn."""

from dataclasses import replace

from bot.conversation import speaking
from bot.conversation.model import Conversation, Message, Turn
from bot.library import Library


def post(current: Conversation, *messages: Message, close: bool = True) -> Turn:
    """Give the last message the next turn number; the old buttons disappear."""
    turn = current.turn + 1
    closing = (Message((), edits=current.turn),) if close and current.turn else ()
    numbered = replace(messages[-1], turn=turn)
    return Turn(replace(current, turn=turn), (*closing, *messages[:-1], numbered))


def with_note(library: Library, current: Conversation, *keys: str) -> Turn:
    """A line, and then what is asked now."""
    again = post(current, speaking.ask(library, current))
    notes = (speaking.note(library, key) for key in keys)
    return replace(again, messages=(*notes, *again.messages))
