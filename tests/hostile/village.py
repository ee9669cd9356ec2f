"""Families without a network: their updates are read, answered and rendered here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import orjson

from bot.conversation.model import Conversation
from bot.library import Library
from bot.service import Inbound, Service
from bot.service import packed as kept_form
from bot.service import unpacked as conversation_of
from bot.storage.base import Ledger, Outgoing
from bot.telegram.receive import packed, received, unpacked
from bot.telegram.render import TelegramChannel
from tests.conftest import TUESDAY
from tests.emulator.text import Written, write, write_caption

Update = Mapping[str, Any]
SAYING = ("sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one update led to, as Telegram would be asked to show it."""

    before: Conversation | None
    after: Conversation | None
    asked: Inbound
    calls: tuple[Outgoing, ...]

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [orjson.loads(call.body) for call in self.calls]

    @property
    def is_heard(self) -> bool:
        """A tap is answered; whatever else is said stands in the chat."""
        methods = {call.method for call in self.calls}
        if self.asked.tap:
            return "answerCallbackQuery" in methods
        return not methods.isdisjoint(SAYING)

    def shown(self) -> list[Written]:
        """Each text by the rules of the server. Raises when it would refuse one."""
        return [shown_by(body) for body in self.bodies if {"text", "caption"} & {*body}]

    @property
    def text(self) -> str:
        return "\n".join(written.text for written in self.shown())


def shown_by(body: Mapping[str, Any]) -> Written:
    if "caption" in body:
        return write_caption(body["caption"])
    return write(body["text"], body.get("parse_mode", ""))


@dataclass(slots=True)
class Home:
    """One family, its service and a ledger that is open for all of a test."""

    library: Library
    ledger: Ledger
    chat: int = 5_200_000_001
    moment: datetime = TUESDAY
    buttons: list[str] = field(default_factory=list)
    """The data of every button ever shown, oldest first."""

    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def conversation(self) -> Conversation | None:
        body = self.ledger.conversation(self.chat)
        return conversation_of(body) if body is not None else None

    def resembles(self, other: "Home") -> None:
        """As if this family had said all that the other one said."""
        current = other.conversation
        if current is not None:
            self.ledger.keep(self.chat, kept_form(current), current.heard)
        self.buttons = [*other.buttons]

    def types(self, text: str, **more: Any) -> Answer:
        return self.sends({"message": self._message(text=text, **more)})

    def edits(self, number: int, text: str) -> Answer:
        """Changes the message with this number."""
        body = self._message(text=text, edit_date=2) | {"message_id": number}
        return self.sends({"edited_message": body})

    def shows(self, **content: Any) -> Answer:
        return self.sends({"message": self._message(**content)})

    def taps(self, data: str) -> Answer:
        message = {"chat": self._room, "message_id": 1, "date": 0}
        query = {"id": str(next(self._numbers)), "from": self._person}
        return self.sends(
            {"callback_query": {**query, "message": message, "data": data}}
        )

    def button(self, answer: str) -> str:
        """The data of the newest button with this answer."""
        every = reversed(self.buttons)
        return next(data for data in every if data.rpartition(":")[2] == answer)

    def waits(self, hours: float) -> None:
        self.moment += timedelta(hours=hours)

    def sends(self, update: Update) -> Answer:
        """From the words of the Bot API to the calls, through all that is kept."""
        asked = received(update)
        assert isinstance(asked, Inbound)
        kept = unpacked(packed(asked))
        assert kept == asked
        before = self.conversation
        service = Service(self.library, TelegramChannel(), lambda: self.moment)
        calls = service.receive(self.ledger, asked)
        answer = Answer(before, self.conversation, asked, tuple(calls))
        self.buttons += data_of(answer.bodies)
        return answer

    @property
    def _person(self) -> Update:
        return {"id": self.chat, "is_bot": False, "first_name": "Ans"}

    @property
    def _room(self) -> Update:
        return {"id": self.chat, "type": "private", "first_name": "Ans"}

    def _message(self, **content: Any) -> dict[str, Any]:
        head = {"message_id": next(self._numbers), "from": self._person, "date": 1}
        return {**head, "chat": self._room, **content}


def data_of(bodies: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        button["callback_data"]
        for body in bodies
        for row in body.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
    ]


def is_notice(library: Library, key: str, text: str) -> bool:
    """The same words, up to the first number, which is filled in."""
    return text.startswith(library.words[key].nl.partition("{")[0])
