"""One turn end to end: hold the conversation, ask the engine, keep what follows."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import orjson

from bot.conversation import engine
from bot.conversation.model import Command, Conversation, Message, Reply, Turn
from bot.library import Library
from bot.storage.base import Ledger, Outgoing
from bot.translations import Catalogue

RETENTION_DAYS = 7


@dataclass(frozen=True, slots=True)
class Inbound:
    """One reply of one family, whatever the channel. `tap` names a tapped button."""

    chat: int = field(repr=False)
    reply: Reply
    language: str = ""
    tap: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Speech:
    """Messages with all a channel needs to say them."""

    chat: int = field(repr=False)
    conversation: str
    messages: tuple[Message, ...]
    catalogue: Callable[[str], Catalogue]
    language: str
    tap: str = field(default="", repr=False)


class Channel(Protocol):
    """How messages become calls."""

    def calls(self, speech: Speech) -> Iterable[Outgoing]: ...


@dataclass(frozen=True, slots=True)
class Service:
    """Knows no channel and no storage by name. `clock` gives Dutch wall time."""

    library: Library
    channel: Channel
    clock: Callable[[], datetime]
    new_id: Callable[[], str] = lambda: secrets.token_urlsafe(4)

    def receive(self, ledger: Ledger, inbound: Inbound) -> None:
        """Everything that one reply changes, inside the transaction of `ledger`."""
        moment = self.clock()
        kept = ledger.conversation(inbound.chat)
        if kept is None:
            turn = self._begin(inbound, moment)
        else:
            turn = engine.answer(self.library, unpacked(kept), inbound.reply, moment)
        self._keep(ledger, inbound.chat, turn)
        ledger.send(self.channel.calls(self._speech(inbound, turn)))

    def _begin(self, inbound: Inbound, moment: datetime) -> Turn:
        """A family without a conversation; crisis words count from the first one."""
        asked = _language_asked(inbound.reply)
        known = asked if asked in self.library.catalogues else ""
        begun = engine.begin(
            self.library,
            id=self.new_id(),
            moment=moment,
            language=known,
            hint=inbound.language,
        )
        if begun.conversation is None or isinstance(inbound.reply, Command):
            return begun
        first = engine.first_words(
            self.library, begun.conversation, inbound.reply, moment
        )
        return first or begun

    def _keep(self, ledger: Ledger, chat: int, turn: Turn) -> None:
        if turn.conversation is None:
            ledger.forget(chat)
            return
        ledger.keep(chat, packed(turn.conversation), turn.conversation.heard)

    def _speech(self, inbound: Inbound, turn: Turn) -> Speech:
        conversation = turn.conversation
        return Speech(
            chat=inbound.chat,
            conversation=conversation.id if conversation else "",
            messages=turn.messages,
            catalogue=self.library.catalogue,
            language=conversation.language if conversation else inbound.language,
            tap=inbound.tap,
        )


def oldest_minute(moment: datetime) -> int:
    """Conversations last heard before this minute are forgotten."""
    return engine.minutes(moment) - RETENTION_DAYS * 24 * 60


def _language_asked(reply: Reply) -> str:
    return reply.payload if isinstance(reply, Command) else ""


def packed(conversation: Conversation) -> bytes:
    """The stored form."""
    return orjson.dumps(
        {
            "id": conversation.id,
            "language": conversation.language,
            "at": conversation.at,
            "answers": conversation.answers,
            "path": conversation.path,
            "turn": conversation.turn,
            "misread": conversation.misread,
            "pending": conversation.pending,
            "advised": conversation.advised,
            "library": conversation.library,
            "heard": conversation.heard,
        }
    )


def unpacked(body: bytes) -> Conversation:
    found = orjson.loads(body)
    return Conversation(**{**found, "path": tuple(found["path"])})
