"""One turn end to end: hold the conversation, ask the engine, keep what follows."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Protocol

import orjson

from bot.conversation import correcting, engine, holding
from bot.conversation.model import (
    RETENTION_DAYS,
    Command,
    Conversation,
    Message,
    NotServed,
    Reply,
    Turn,
)
from bot.library import Library
from bot.storage.base import Ledger, Outgoing
from bot.translations import Catalogue

FIRST_PAGES = ("help", "privacy", "data")
"""What a family may ask for before all else."""

FIELDS = tuple(one.name for one in fields(Conversation))


@dataclass(frozen=True, slots=True)
class Inbound:
    """One reply of one family, whatever the channel. `tap` names a tapped button.

    `removed`: sorts of personal numbers that were left out of what the family typed.
    """

    chat: int = field(repr=False)
    reply: Reply
    language: str = ""
    tap: str = field(default="", repr=False)
    message: int = 0
    """The number of the message in the chat; a tap has none."""

    removed: tuple[str, ...] = ()


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

    def receive(self, ledger: Ledger, inbound: Inbound) -> list[Outgoing]:
        """Everything that one reply changes, inside the transaction of `ledger`.

        Returns the calls that it leads to, as they are kept.
        """
        moment = self.clock()
        if inbound.message:
            ledger.note_message(inbound.chat, inbound.message, engine.minutes(moment))
        before = self._before(ledger, inbound.chat, moment)
        if before is None:
            turn = self._begin(inbound, moment)
        else:
            turn = engine.answer(self.library, before, inbound.reply, moment)
            turn = correcting.noted(before, turn, inbound.reply, inbound.message)
        if any(message.file for message in turn.messages):
            known = len(ledger.messages(ledger.lane(inbound.chat), 0))
            turn = holding.counted(self.library, turn, moment, known)
        if inbound.removed:
            turn = engine.told_of_removal(self.library, turn)
        return self._follow(ledger, inbound, before, turn)

    def come_back(self, ledger: Ledger, chat: int) -> list[Outgoing]:
        """After a breakdown: who was in the middle is shown the question again."""
        moment = self.clock()
        before = self._before(ledger, chat, moment)
        if before is None:
            return []
        turn = engine.away(self.library, before, moment)
        return self._follow(ledger, Inbound(chat, NotServed("away")), before, turn)

    def _before(
        self, ledger: Ledger, chat: int, moment: datetime
    ) -> Conversation | None:
        """What is kept, unless it should be gone by now."""
        kept = ledger.conversation(chat)
        before = unpacked(kept) if kept is not None else None
        return before if before and before.heard >= oldest_minute(moment) else None

    def _follow(
        self,
        ledger: Ledger,
        inbound: Inbound,
        before: Conversation | None,
        turn: Turn,
    ) -> list[Outgoing]:
        self._keep(ledger, inbound.chat, turn)
        return ledger.send(self.channel.calls(self._speech(inbound, before, turn)))

    def _begin(self, inbound: Inbound, moment: datetime) -> Turn:
        """A family without a conversation: some replies are heard at once."""
        asked = _language_asked(inbound.reply)
        known = asked if asked in self.library.catalogues else ""
        begun = engine.begin(
            self.library,
            id=self.new_id(),
            moment=moment,
            language=known,
            hint=inbound.language,
        )
        if begun.conversation is None:
            return begun
        return self._heard_at_once(begun, begun.conversation, inbound.reply, moment)

    def _heard_at_once(
        self, begun: Turn, fresh: Conversation, reply: Reply, moment: datetime
    ) -> Turn:
        """Crisis words, pages that may come before all else, and “wipe all”."""
        match reply:
            case Command(name):
                act = self.library.global_words.get(name, name)
                if act not in (*FIRST_PAGES, "wipe"):
                    return begun
                page = engine.answer(self.library, fresh, reply, moment)
                if page.conversation is None:
                    return page
                return replace(begun, messages=(*page.messages, *begun.messages))
        return engine.first_words(self.library, fresh, reply, moment) or begun

    def _keep(self, ledger: Ledger, chat: int, turn: Turn) -> None:
        if turn.conversation is None:
            ledger.forget(chat)
            return
        ledger.keep(chat, packed(turn.conversation), turn.conversation.heard)

    def _speech(
        self, inbound: Inbound, before: Conversation | None, turn: Turn
    ) -> Speech:
        """In the language of the conversation, also when it is just forgotten."""
        spoken = turn.conversation or before
        return Speech(
            chat=inbound.chat,
            conversation=turn.conversation.id if turn.conversation else "",
            messages=turn.messages,
            catalogue=self.library.catalogue,
            language=spoken.language if spoken else inbound.language,
            tap=inbound.tap,
        )


def oldest_minute(moment: datetime) -> int:
    """Conversations last heard before this minute are forgotten."""
    return engine.minutes(moment) - RETENTION_DAYS * 24 * 60


def _language_asked(reply: Reply) -> str:
    return reply.payload if isinstance(reply, Command) else ""


def packed(conversation: Conversation) -> bytes:
    """The stored form."""
    return orjson.dumps({name: getattr(conversation, name) for name in FIELDS})


def unpacked(body: bytes) -> Conversation:
    """What another version kept beside is left out; what it did not know is fresh."""
    found = orjson.loads(body)
    known = {name: found[name] for name in FIELDS if name in found}
    return Conversation(**{**known, "path": tuple(found["path"])})
