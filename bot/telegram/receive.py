"""A Telegram update → what the family said, or a line for what is not served."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from bot.conversation.model import Command, Edited, NotServed, Reply, Said, Tapped
from bot.redaction import redacted
from bot.service import Inbound

MOST_CHARACTERS = 640
"""Longer answers are cut: no question needs more."""

BEYOND = 2**63
"""Telegram's own numbers stay below 2**52."""

MEDIA = (
    "voice",
    "photo",
    "video",
    "video_note",
    "animation",
    "document",
    "sticker",
    "location",
    "contact",
    "poll",
    "dice",
    "audio",
)
"""Kinds with a line of their own; an animation comes with a document beside it."""

FORWARDED = "forward_origin"
"""What somebody else wrote is no answer of this family."""

SERVICE = (
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "chat_background_set",
)
"""What Telegram tells about the chat itself; nobody said it to us."""

OUR_NAME = re.compile(r"^(/\w+)@\w+(?!\S)", re.ASCII)
"""In `/help@drempel_bot` it names us; left there, it would be a mail address."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Someone wrote in a group: only "write to me privately" is said there."""

    chat: int = field(repr=False)
    language: str = ""


@dataclass(frozen=True, slots=True)
class InChannel:
    """We were put into a channel, where nobody can talk to us: we leave it."""

    chat: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gone:
    """The family blocked or left the bot: nothing may be sent any more."""

    chat: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class LateTap:
    """A tap whose message is no longer known: only its spinner is stopped."""

    chat: int = field(repr=False)
    tap: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Away:
    """We were away for so long that taps of this chat may be gone at Telegram."""

    chat: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Flooded:
    """More came from this chat than is read: said once, the rest is left out."""

    chat: int = field(repr=False)
    language: str = ""


Asked = Inbound | Elsewhere | InChannel | Gone | LateTap | Away | Flooded
Received = Asked | None

ASKED: Mapping[str, type[Asked]] = {
    one.__name__: one
    for one in (Inbound, Elsewhere, InChannel, Gone, LateTap, Away, Flooded)
}
REPLIES: Mapping[str, type[Reply]] = {
    one.__name__: one for one in (Said, Edited, Tapped, Command, NotServed)
}


def packed(asked: Asked) -> bytes:
    """Only what a turn needs: no names, no user names, nothing else of the update."""
    reply = type(asked.reply).__name__ if isinstance(asked, Inbound) else ""
    return orjson.dumps([type(asked).__name__, reply, asked])


def unpacked(body: bytes) -> Asked:
    name, reply, values = orjson.loads(body)
    if reply:
        values["reply"] = REPLIES[reply](**values["reply"])
        values["removed"] = tuple(values["removed"])
    return ASKED[name](**values)


def received(update: Mapping[str, Any]) -> Received:
    """What one update of the Bot API asks of us; None for what needs no answer."""
    if message := update.get("message"):
        return _message(message)
    if query := update.get("callback_query"):
        return _tap(query)
    if edited := update.get("edited_message"):
        return _changed(edited)
    if member := update.get("my_chat_member"):
        return _member(member)
    return None


def _message(message: Mapping[str, Any]) -> Received:
    if message["chat"]["type"] != "private":
        return _in_group(message)
    if text := message.get("text"):
        if FORWARDED in message:
            return _private(message, NotServed("not_served_forwarded"))
        return _written(message, text, _typed)
    for media in MEDIA:
        if media in message:
            return _private(message, NotServed(f"not_served_{media}"))
    if any(service in message for service in SERVICE):
        return None
    return _private(message, NotServed("not_served_other"))


def _changed(message: Mapping[str, Any]) -> Received:
    """An edit. A location that is shared for a while changes all the time: no word."""
    if "location" in message:
        return None
    text = message.get("text", "")
    if not text or text.startswith("/"):
        return _private(message, NotServed("edited"))
    number = _number(message["message_id"])
    return _written(message, text, lambda left: Edited(left, number))


def _written(
    message: Mapping[str, Any], text: str, read: Callable[[str], Reply]
) -> Received:
    """What nobody should send us is left out before anything is kept."""
    left = redacted(OUR_NAME.sub(r"\1", _whole(text[:MOST_CHARACTERS])))
    reply = read(left.text)
    if left.kinds and not left.text.strip():
        reply = NotServed("personal_removed")
    asked = _private(message, reply)
    if not left.kinds or not isinstance(asked, Inbound):
        return asked
    # Alone, the note is the reply itself.
    told = () if isinstance(reply, NotServed) else left.kinds
    return replace(asked, removed=told)


def _in_group(message: Mapping[str, Any]) -> Received:
    """Only commands are answered: what people say to each other is not ours."""
    if not str(message.get("text", "")).startswith("/"):
        return None
    return Elsewhere(_number(message["chat"]["id"]), _language(message.get("from")))


def _typed(text: str) -> Reply:
    if not text.startswith("/"):
        return Said(text)
    name, *payload = text[1:].split(maxsplit=1) or [""]
    return Command(name.casefold(), "".join(payload).strip()[:64])


def _whole(text: str) -> str:
    """Half a character, which JSON allows, becomes a question mark."""
    return text.encode(errors="replace").decode()


def _private(message: Mapping[str, Any], reply: Reply) -> Received:
    if message["chat"]["type"] != "private":
        return None
    return Inbound(
        _number(message["chat"]["id"]),
        reply,
        _language(message.get("from")),
        message=_number(message["message_id"]),
    )


def _tap(query: Mapping[str, Any]) -> Received:
    message = query.get("message")
    tap = _whole(str(query["id"]))
    if message is None or message["chat"]["type"] != "private":
        return LateTap(_number(query["from"]["id"]), tap)
    chosen = tapped(_whole(str(query.get("data", ""))))
    chat = _number(message["chat"]["id"])
    return Inbound(chat, chosen, _language(query.get("from")), tap)


def tapped(data: str) -> Tapped:
    """Button data as `render` wrote it; anything forged matches no conversation."""
    parts = data.split(":", 3)
    if len(parts) != 4 or not (parts[1].isascii() and parts[1].isdecimal()):
        return Tapped("", 0, "", "")
    return Tapped(parts[0], int(parts[1][:9]), parts[2], parts[3])


def _member(member: Mapping[str, Any]) -> Received:
    """Blocked by a family, or put into a channel."""
    status = member["new_chat_member"]["status"]
    match member["chat"]["type"], status:
        case "private", "kicked":
            return Gone(_number(member["chat"]["id"]))
        case "channel", "administrator" | "member":
            return InChannel(_number(member["chat"]["id"]))
    return None


def _language(person: Mapping[str, Any] | None) -> str:
    return _whole(str((person or {}).get("language_code", "")).split("-")[0])[:16]


def _number(given: Any) -> int:
    """Raises ValueError for what no database could keep."""
    if type(given) is not int or abs(given) >= BEYOND:
        raise ValueError
    return given
