"""A family member with a telephone: writes, taps, sends, blocks, and reads the chat."""

import asyncio
import re
from dataclasses import dataclass

from tests.emulator import Emulator, Json, Tap, Upload
from tests.emulator.server import Post
from tests.emulator.text import units

CANARY = "Kanarie_7Q4XZ"
"""Stands in every field that could name a family: no log may ever hold it."""

FIRST_QUERY = 4_380_000_000_000_000_001
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?=\s|$)")
_FILE: Json = {"file_id": "AgACAgQAAxkB", "file_unique_id": "AQADexample"}
KINDS: dict[str, Json] = {
    "photo": {"photo": [{**_FILE, "width": 90, "height": 60}], "caption": CANARY},
    "voice": {"voice": {**_FILE, "duration": 3}},
    "sticker": {
        "sticker": {
            **_FILE,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
    },
    "location": {"location": {"latitude": 52.1, "longitude": 5.1}},
    "contact": {"contact": {"phone_number": "+31600000000", "first_name": CANARY}},
    "document": {"document": {**_FILE, "file_name": f"{CANARY}.pdf"}},
    "poll": {
        "poll": {
            "id": "5300000000000000001",
            "question": CANARY,
            "options": [
                {"persistent_id": str(n), "text": text, "voter_count": 0}
                for n, text in enumerate(("ja", "nee"))
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
}


class NoButtonError(LookupError):
    """The button is not on the screen; `args` are what was sought and what is there."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a message; without `data` a tap never reaches the bot."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it looked at one moment; a tap on it sends what it showed then."""

    id: int
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[str, ...] = ()
    edited: bool = False
    mine: bool = False
    document: Upload | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(button.label for row in self.buttons for button in row)

    def button(self, label_or_data: str) -> Button | None:
        every = [button for row in self.buttons for button in row]
        fits = (b for b in every if label_or_data in (b.label, b.data))
        return next(fits, None)


class User:
    """One person in one chat: the private one, or the group with a negative id."""

    def __init__(
        self,
        emulator: Emulator,
        *,
        user_id: int | None = None,
        language_code: str = "nl",
        group: int | None = None,
    ) -> None:
        self.id = user_id or next(emulator.new_people)
        names = {"first_name": CANARY, "last_name": CANARY, "username": CANARY}
        self.person: Json = {"id": self.id, "is_bot": False, **names}
        self.person["language_code"] = language_code
        private = {"id": self.id, "type": "private", **names}
        shared = {"id": group, "type": "group", "title": CANARY}
        self.room = emulator.api.meet(private if group is None else shared)
        self.taps: list[Tap] = []
        self._emulator = emulator
        self._seen = self.room.serial

    @property
    def chat_id(self) -> int:
        number: int = self.room.info["id"]
        return number

    def say(self, text: str) -> int:
        """Write a message; its id."""
        return self._post({"text": text, **_command(text)})

    def send(self, kind: str) -> int:
        """Send something that is no text: one of KINDS."""
        return self._post(KINDS[kind])

    def edit(self, text: str, message: int | None = None) -> None:
        """Change an own message, by default the last one with text."""
        post = self.room.posts[message] if message else self._last_text()
        self.room.change(post, {"text": text, **_command(text)})
        self._emulator.api.updates.put("edited_message", post.body)

    def tap(self, label_or_data: str, message: Seen | int | None = None) -> Tap:
        """Press a button of this message, by default of the newest that has it."""
        seen, button = self._find(label_or_data, message)
        if button.data is None:
            raise NoButtonError(label_or_data, "opens a link, asks nothing of the bot")
        api = self._emulator.api
        tap = api.tap(str(FIRST_QUERY + len(api.taps)), button.data)
        self.taps.append(tap)
        query = {
            "id": tap.id,
            "from": self.person,
            "message": self._message(seen.id),
            "chat_instance": f"{self.chat_id}",
            "data": button.data,
        }
        api.updates.put("callback_query", query)
        return tap

    def double_tap(
        self, label_or_data: str, message: Seen | int | None = None
    ) -> tuple[Tap, Tap]:
        """Two presses before the bot can do anything: two queries, the same data."""
        return self.tap(label_or_data, message), self.tap(label_or_data, message)

    def block(self) -> None:
        self._member(before="member", after="kicked")

    def unblock(self) -> None:
        self._member(before="kicked", after="member")

    def chat(self) -> list[Seen]:
        """What stands in the chat now, oldest first."""
        return [_seen(post) for post in self.room.posts.values()]

    async def next(self, timeout: float = 10.0, *, edits: bool = False) -> list[Seen]:
        """The bot's messages since the last look; waits until there is one."""
        async with asyncio.timeout(timeout):
            while not (news := self._news(edits=edits)):
                await self.room.bell.heard()
        return news

    async def settled(self, quiet: float = 0.05, timeout: float = 10.0) -> list[Seen]:
        """Wait until the bot has come to rest; what it wrote or changed since."""
        await self._emulator.settled(quiet, timeout)
        return self._news(edits=True)

    def _post(self, content: Json) -> int:
        post = self.room.add(self.person, content)
        self._emulator.api.updates.put("message", post.body)
        number: int = post.body["message_id"]
        return number

    def _last_text(self) -> Post:
        mine = (p for p in reversed(self.room.posts.values()) if "text" in p.body)
        return next(p for p in mine if p.body["from"]["id"] == self.id)

    def _find(
        self, label_or_data: str, message: Seen | int | None
    ) -> tuple[Seen, Button]:
        if isinstance(message, Seen):
            on_screen = [message]
        elif message is not None:
            on_screen = [_seen(self.room.posts[message])]
        else:
            on_screen = self.chat()[::-1]
        for seen in on_screen:
            if button := seen.button(label_or_data):
                return seen, button
        there = [label for seen in on_screen for label in seen.labels]
        raise NoButtonError(label_or_data, there)

    def _message(self, number: int) -> Json:
        """The tapped message; of a deleted one only the place is left."""
        if post := self.room.posts.get(number):
            return post.body
        return {"chat": self.room.info, "message_id": number, "date": 0}

    def _member(self, *, before: str, after: str) -> None:
        self.room.blocked = after == "kicked"
        bot = self._emulator.api.bot
        change = {
            "chat": self.room.info,
            "from": self.person,
            "date": int(self._emulator.now()),
            "old_chat_member": _membership(before, bot),
            "new_chat_member": _membership(after, bot),
        }
        self._emulator.api.updates.put("my_chat_member", change)

    def _news(self, *, edits: bool) -> list[Seen]:
        posts = [p for p in self.room.posts.values() if p.body["from"]["is_bot"]]
        new = [p for p in posts if (p.changed if edits else p.created) > self._seen]
        if new:
            self._seen = self.room.serial
        return [_seen(post) for post in new]


def _command(text: str) -> Json:
    found = _COMMAND.match(text)
    if not found:
        return {}
    length = units(found[0])
    return {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def _membership(status: str, bot: Json) -> Json:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": bot, **until}


def _seen(post: Post) -> Seen:
    body = post.body
    rows = body.get("reply_markup", {}).get("inline_keyboard", [])
    keys = (post.keyboard or {}).get("keyboard", [])
    words: str = body.get("text") or body.get("caption") or ""
    return Seen(
        id=body["message_id"],
        text=words,
        buttons=tuple(tuple(map(_button, row)) for row in rows),
        keyboard=tuple(key["text"] for row in keys for key in row),
        edited="edit_date" in body,
        mine=not body["from"]["is_bot"],
        document=post.file,
    )


def _button(button: Json) -> Button:
    return Button(button["text"], button.get("callback_data"), button.get("url"))
