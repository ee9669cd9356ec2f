"""Messages → calls of the Bot API, in the family's language, every value escaped."""

import html
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from bot.conversation.model import Button, Message, Paragraph
from bot.service import Speech
from bot.storage.base import Outgoing
from bot.translations import Catalogue

MOST_DATA_BYTES = 64
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


def say(chat: int, words: str) -> Outgoing:
    """A plain line without a conversation."""
    return Outgoing(chat, "sendMessage", orjson.dumps({"chat_id": chat, "text": words}))


def call(message: Message, speech: Speech) -> Outgoing:
    """One message as one call; an edit learns its message id when it is sent."""
    body: dict[str, Any] = {"chat_id": speech.chat}
    method = "editMessageReplyMarkup"
    if message.paragraphs:
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
    own = speech.catalogue(speech.language)
    return "".join(_joined(message.paragraphs, own, speech)).strip()


def _joined(
    paragraphs: Iterable[Paragraph], own: Catalogue, speech: Speech
) -> Iterator[str]:
    for paragraph in paragraphs:
        catalogue = speech.catalogue(paragraph.language) if paragraph.language else own
        words = catalogue.say(paragraph.said, escape)
        if words:
            gap = "\n" if paragraph.style in CLOSE else "\n\n"
            yield gap + STYLES[paragraph.style].format(words)


def _button(button: Button, message: Message, speech: Speech) -> dict[str, str]:
    turn = message.turn or 0
    data = f"{speech.conversation}:{turn}:{button.question}:{button.answer}"
    if len(data) > MOST_DATA_BYTES or not data.isascii():
        raise DataError(button.question, button.answer)
    label = speech.catalogue(speech.language).say(button.label)
    return {"text": label, "callback_data": data}
