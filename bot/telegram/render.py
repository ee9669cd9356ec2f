"""Messages → calls of the Bot API, in the family's language, every value escaped."""

import html
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from bot.conversation.model import Button, File, Message, Paragraph
from bot.service import Speech
from bot.storage.base import Outgoing
from bot.translations import Escape, as_typed

MOST_DATA_BYTES = 64
MOST_CAPTION = 1_024
"""Characters below a file."""

CLOSE = ("line", "quote", "small")
STYLES = {
    "plain": "{}",
    "strong": "<b>{}</b>",
    "step": "<b>{}</b>",
    "line": "{}",
    "quote": "<blockquote>{}</blockquote>",
    "small": "<i>{}</i>",
    "copy": "<pre>{}</pre>",
}
BARE = dict.fromkeys(STYLES, "{}")


class DataError(Exception):
    """A button whose data is longer than Telegram's 64 bytes."""


def escape(words: str) -> str:
    return html.escape(words, quote=False)


class TelegramChannel:
    """Turns what is said into calls; sending them is another's work."""

    def calls(self, speech: Speech) -> Iterator[Outgoing]:
        """The tap is answered first, then the messages go out in order."""
        toasts = [message for message in speech.messages if message.toast]
        if speech.tap:
            words = [text(toast, speech) for toast in toasts[:1]]
            yield answer_tap(speech.chat, speech.tap, html.unescape("".join(words)))
        if not speech.conversation:
            yield wipe(speech.chat)
        for message in speech.messages:
            if not message.toast:
                yield call(message, speech)


def answer_tap(chat: int, tap: str, words: str = "") -> Outgoing:
    """It waits for nobody: Telegram shows a spinner until it is answered."""
    body = {"callback_query_id": tap} | ({"text": words[:200]} if words else {})
    return Outgoing(chat, "answerCallbackQuery", orjson.dumps(body), waits=False)


def wipe(chat: int) -> Outgoing:
    """Which messages go is known when it is sent."""
    return Outgoing(chat, "deleteMessages", orjson.dumps({"chat_id": chat}))


def leave(chat: int) -> Outgoing:
    """Out of a channel."""
    return Outgoing(chat, "leaveChat", orjson.dumps({"chat_id": chat}))


def say(chat: int, words: str) -> Outgoing:
    """A plain line without a conversation."""
    return Outgoing(chat, "sendMessage", orjson.dumps({"chat_id": chat, "text": words}))


def call(message: Message, speech: Speech) -> Outgoing:
    """One message as one call; an edit learns its message id when it is sent."""
    body: dict[str, Any] = {"chat_id": speech.chat}
    method = "editMessageReplyMarkup"
    if message.file:
        method = "sendDocument"
        body |= _document(message, message.file, speech)
    elif message.paragraphs:
        method = "editMessageText" if message.edits else "sendMessage"
        body |= {
            "text": text(message, speech),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
    rows = [
        [_button(button, message, speech) for button in row] for row in message.rows
    ]
    if rows or message.edits:
        body["reply_markup"] = {"inline_keyboard": rows}
    return Outgoing(
        speech.chat,
        method,
        orjson.dumps(body),
        posts=message.turn if rows else None,
        edits=message.edits,
        closes=not message.edits and (message.turn > 0 or not speech.conversation),
    )


def without_buttons(chat: int, message: int) -> Outgoing:
    """Take the buttons away from a message that has been followed by newer ones."""
    body = {
        "chat_id": chat,
        "message_id": message,
        "reply_markup": {"inline_keyboard": []},
    }
    return Outgoing(chat, "editMessageReplyMarkup", orjson.dumps(body))


def text(message: Message, speech: Speech) -> str:
    """The paragraphs as Telegram HTML, a blank line where a new thought begins."""
    return "".join(_joined(message.paragraphs, speech, escape, STYLES)).strip()


def bare(paragraphs: Iterable[Paragraph], speech: Speech) -> str:
    """The paragraphs without any markup, for a file and what stands below it."""
    return "".join(_joined(paragraphs, speech, as_typed, BARE)).strip()


def _document(message: Message, file: File, speech: Speech) -> dict[str, Any]:
    """Who sends it makes a file of `document`; the text is UTF-8."""
    return {
        "caption": bare(message.paragraphs, speech)[:MOST_CAPTION],
        "document": {"name": file.name, "text": bare(file.paragraphs, speech) + "\n"},
    }


def _joined(
    paragraphs: Iterable[Paragraph],
    speech: Speech,
    escape: Escape,
    styles: Mapping[str, str],
) -> Iterator[str]:
    for paragraph in paragraphs:
        catalogue = speech.catalogue(paragraph.language or speech.language)
        words = catalogue.say(paragraph.said, escape)
        if words:
            gap = "\n" if paragraph.style in CLOSE else "\n\n"
            yield gap + styles[paragraph.style].format(words)


def _button(button: Button, message: Message, speech: Speech) -> dict[str, str]:
    turn = message.turn or 0
    data = f"{speech.conversation}:{turn}:{button.question}:{button.answer}"
    if len(data) > MOST_DATA_BYTES or not data.isascii():
        raise DataError(button.question, button.answer)
    label = speech.catalogue(speech.language).say(button.label)
    return {"text": label, "callback_data": data}
