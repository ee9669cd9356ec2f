"""Families that answer at random, through the real service, with nothing stored."""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import orjson

from bot.library import Library
from bot.service import Inbound, Service
from bot.storage.base import Ledger, Outgoing
from bot.telegram.receive import packed, received
from bot.telegram.render import TelegramChannel

Json = dict[str, Any]
MOMENT = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
CHAT, FIRST_UPDATE = 5_200_000_001, 874_100_001
PERSON = {
    "id": CHAT,
    "is_bot": False,
    "first_name": "Proef",
    "language_code": "nl",
}
PRIVATE = {"id": CHAT, "type": "private", "first_name": "Proef"}
BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "D", "username": "d_bot"}


@dataclass(slots=True)
class Pocket:
    """A ledger of one conversation that keeps it in memory, unsealed."""

    body: bytes | None = None
    calls: list[Outgoing] = field(default_factory=list)

    def conversation(self, chat: int) -> bytes | None:
        return self.body

    def keep(self, chat: int, conversation: bytes, heard: int) -> None:
        self.body = conversation

    def note_message(self, chat: int, message: int, minute: int) -> None:
        """Kept by storages only."""

    def send(self, calls: Iterable[Outgoing]) -> list[Outgoing]:
        self.calls = list(calls)
        return self.calls


@dataclass(frozen=True, slots=True)
class Recorded:
    """One update as Telegram sends it, and the conversation it arrives in."""

    update: bytes
    before: bytes
    answer: str
    """As the flow names it; `@more` and its like are none of a question."""

    @property
    def typed(self) -> str:
        """The words; none when a button was tapped."""
        text: str = orjson.loads(self.update).get("message", {}).get("text", "")
        return text

    def said_by(self, chat: int) -> bytes:
        """What is kept of it, in the chat of another family."""
        update = self.update.replace(str(CHAT).encode(), str(chat).encode())
        asked = received(orjson.loads(update))
        assert isinstance(asked, Inbound)
        return packed(asked)


def service_of(library: Library) -> Service:
    return Service(library, TelegramChannel(), lambda: MOMENT, lambda: "k7Qp2w")


def turn(service: Service, ledger: Ledger, update: bytes) -> None:
    """What the running bot does with one update beside keeping it."""
    inbound = received(orjson.loads(update))
    assert isinstance(inbound, Inbound)
    service.receive(ledger, inbound)


def recorded(library: Library, turns: int) -> list[Recorded]:
    """Tapped and typed answers by turns; a family that is done begins again."""
    service, pocket, chance = service_of(library), Pocket(), random.Random(1)
    ledger = cast(Ledger, pocket)
    found: list[Recorded] = []
    screen: Json = {}
    number = FIRST_UPDATE
    while len(found) < turns:
        number += 1
        button = _button(screen, chance)
        if button is None:
            pocket.body = None
            turn(service, ledger, orjson.dumps(_typed("/start nl", number)))
        else:
            typed = number % 2 == 0 and not button["callback_data"].endswith("@yes")
            update = (
                _typed(button["text"], number)
                if typed
                else _tapped(screen, button["callback_data"], number)
            )
            raw = orjson.dumps(update)
            answer = button["callback_data"].rpartition(":")[2]
            found.append(Recorded(raw, pocket.body or b"", answer))
            turn(service, ledger, raw)
        screen = _screen(pocket.calls)
    return found


def answers_of(markup: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The buttons that answer a question, not those that go elsewhere."""
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _, _, question, answer = button["callback_data"].split(":", 3)
            if question not in ("-", "!", "@outcome") and answer not in (
                "@no",
                "@done",
                "@change",
            ):
                yield button


def _button(screen: Json, chance: random.Random) -> dict[str, str] | None:
    several = list(answers_of(screen.get("reply_markup", {})))
    return chance.choice(several) if several else None


def _screen(calls: Iterable[Outgoing]) -> Json:
    """The last message that shows buttons."""
    bodies = [orjson.loads(one.body) for one in calls]
    shown = [body for body in bodies if "reply_markup" in body and "text" in body]
    return shown[-1] if shown else {}


def _typed(text: str, number: int) -> Json:
    head = {"message_id": number % 1000, "date": 1_795_000_000}
    message = {**head, "from": PERSON, "chat": PRIVATE, "text": text}
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": 6}]
    return {"update_id": number, "message": message}


def _tapped(screen: Json, data: str, number: int) -> Json:
    head = {"message_id": number % 1000, "date": 1_795_000_000}
    message = {
        **head,
        "from": BOT,
        "chat": PRIVATE,
        "text": screen["text"],
        "reply_markup": screen["reply_markup"],
    }
    query = {
        "id": str(4_380_000_000_000_000_000 + number),
        "from": PERSON,
        "message": message,
        "chat_instance": "5200000001",
        "data": data,
    }
    return {"update_id": number, "callback_query": query}
