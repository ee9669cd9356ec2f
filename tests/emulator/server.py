"""What the server remembers, and what each method of the Bot API does with it."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import orjson

from tests.emulator.spec import (
    Json,
    RefusedError,
    Upload,
    check_keyboard,
    refused,
    wrong,
)
from tests.emulator.text import Written, write, write_caption
from tests.emulator.updates import Bell, Clock, Updates
from tests.emulator.webhook import USUAL_CONNECTIONS, Hook, Sender, is_loopback

DELETABLE_SECONDS, DICE_STAYS_SECONDS = 48 * 3600, 24 * 3600
ACTIONS = (
    "typing", "upload_photo", "record_video", "upload_video", "record_voice",
    "upload_voice", "upload_document", "choose_sticker", "find_location",
    "record_video_note", "upload_video_note",
)  # fmt: skip
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)
HOOK_PORTS = (None, 80, 88, 443, 8443)
SECONDS_BETWEEN_HOOKS = 1
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


@dataclass(slots=True)
class Post:
    """One message; `body` is replaced, never changed, so old copies stay true."""

    body: Json
    editable: bool = True
    keyboard: Json | None = None
    file: Upload | None = None
    created: int = 0
    changed: int = 0


@dataclass(slots=True)
class Chat:
    """The messages that exist now; message ids count from 1 in every chat."""

    info: Json
    now: Clock
    keep: int | None = None
    posts: dict[int, Post] = field(default_factory=dict)
    bell: Bell = field(default_factory=Bell)
    blocked: bool = False
    left: bool = False
    serial: int = 0
    last_id: int = 0

    def add(self, sender: Json, content: Json, keyboard: Json | None = None) -> Post:
        self.last_id += 1
        self.serial += 1
        head = {"message_id": self.last_id, "from": sender, "chat": self.info}
        body = {**head, "date": int(self.now()), **content}
        post = Post(body, created=self.serial, changed=self.serial, keyboard=keyboard)
        self.posts[self.last_id] = post
        if self.keep and len(self.posts) > self.keep:
            del self.posts[next(iter(self.posts))]
        self.bell.ring()
        return post

    def change(self, post: Post, content: Json) -> None:
        self.serial += 1
        parts = ("text", "entities", "reply_markup", "edit_date")
        kept = {key: value for key, value in post.body.items() if key not in parts}
        post.body = {**kept, "edit_date": int(self.now()), **content}
        post.changed = self.serial
        self.bell.ring()


@dataclass(slots=True)
class Tap:
    """A pressed button: its spinner turns until the bot answers."""

    id: str
    data: str
    at: float
    answered_at: float | None = None
    toast: str = ""
    alert: bool = False

    @property
    def spinner(self) -> float | None:
        """Seconds that the family saw it turn; None while it still does."""
        return None if self.answered_at is None else self.answered_at - self.at


class BotApi:
    """One bot and its chats. Effects are immediate; only getUpdates waits."""

    def __init__(
        self,
        bot_id: int,
        now: Clock,
        *,
        strict: bool,
        throttled: bool,
        answer_within: float,
        webhook_pace: float,
        webhook_timeout: float,
    ) -> None:
        self.bot: Json = {
            "id": bot_id,
            "is_bot": True,
            "first_name": "Drempel",
            "username": "drempel_test_bot",
        }
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, Tap] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.webhook = ""
        self.updates = Updates(now, throttled=throttled)
        self.sender = Sender(
            self.updates, now, pace=webhook_pace, answer_within=webhook_timeout
        )
        self.sender.keeps_deliveries = strict
        self._now = now
        self._strict = strict
        self._answer_within = answer_within
        self._file_numbers = count(1)
        self._hook_came_at = float("-inf")
        self._methods: Mapping[str, Callable[[Json], Any]] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "sendMessage": self._send_message,
            "sendDocument": self._send_document,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "answerCallbackQuery": self._answer_tap,
            "deleteMessage": self._delete_message,
            "deleteMessages": self._delete_messages,
            "setMyCommands": self._set_commands,
            "getMyCommands": lambda p: self.commands.get(_place(p), []),
            "deleteMyCommands": self._delete_commands,
            "setMyName": lambda p: self._set_profile("name", p),
            "setMyDescription": lambda p: self._set_profile("description", p),
            "setMyShortDescription": lambda p: self._set_profile(
                "short_description", p
            ),
            "getMyDescription": lambda p: self._get_profile("description", p),
            "getMyShortDescription": lambda p: self._get_profile(
                "short_description", p
            ),
            "sendChatAction": self._chat_action,
            "setWebhook": self._set_webhook,
            "deleteWebhook": lambda p: self._set_webhook({**p, "url": ""}),
            "getWebhookInfo": self._webhook_info,
            "leaveChat": self._leave,
            "getChat": self._get_chat,
        }

    async def call(self, method: str, parameters: Json) -> Any:
        result = self._methods[method](parameters)
        return await result if asyncio.iscoroutine(result) else result

    def meet(self, info: Json) -> Chat:
        """The chat, made known to the bot when it was not."""
        keep = None if self._strict else 50
        return self.chats.setdefault(info["id"], Chat(info, self._now, keep))

    def tap(self, number: str, data: str) -> Tap:
        return self.taps.setdefault(number, Tap(number, data, self._now()))

    def _chat(self, chat_id: int | str) -> Chat:
        if isinstance(chat_id, int):
            if not self._strict:
                self.meet({"id": chat_id, "type": "private", "first_name": "Bench"})
            if chat_id in self.chats:
                return self.chats[chat_id]
        raise refused("chat not found")

    def _open_chat(self, chat_id: int | str) -> Chat:
        chat = self._chat(chat_id)
        if chat.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        if chat.left:
            raise RefusedError(403, "Forbidden: bot is not a member of the group chat")
        return chat

    def _get_me(self, _: Json) -> Json:
        return {
            **self.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def _get_updates(self, p: Json) -> Awaitable[list[Json]]:
        if self.webhook:
            raise RefusedError(409, f"Conflict: {WEBHOOK_SET}")
        return self.updates.get(p)

    def _send_message(self, p: Json) -> Json:
        chat = self._open_chat(p["chat_id"])
        return self._add(chat, self._content(chat, p), p).body

    def _send_document(self, p: Json) -> Json:
        chat = self._open_chat(p["chat_id"])
        upload = _file(p["document"])
        written = _caption(p)
        content = _document(upload, next(self._file_numbers))
        if written.text:
            content["caption"] = written.text
        if written.entities:
            content["caption_entities"] = list(written.entities)
        post = self._add(chat, content | self._markup(chat, p.get("reply_markup")), p)
        post.file = upload
        return post.body

    def _add(self, chat: Chat, content: Json, p: Json) -> Post:
        """A new message of the bot, with what every kind of message may carry."""
        content = content | self._reply(chat, p)
        if p.get("protect_content"):
            content["has_protected_content"] = True
        if "link_preview_options" in p:
            content["link_preview_options"] = p["link_preview_options"]
        markup = p.get("reply_markup", {})
        post = chat.add(
            self.bot, content, None if "inline_keyboard" in markup else markup
        )
        post.editable = not {"keyboard", "force_reply"} & markup.keys()
        return post

    def _content(self, chat: Chat, p: Json) -> Json:
        if "text" not in p:
            raise wrong("message text is empty")
        if self._strict or "parse_mode" in p:
            given = p.get("entities")
            written = write(p["text"], p.get("parse_mode", ""), given)
        else:
            written = Written(p["text"])
        content: Json = {"text": written.text}
        if written.entities:
            content["entities"] = list(written.entities)
        return content | self._markup(chat, p.get("reply_markup"))

    def _markup(self, chat: Chat, markup: Json | None) -> Json:
        """The inline keyboard, if any, as it stands in a message."""
        if not markup:
            return {}
        if self._strict:
            check_keyboard(markup, private=chat.info["type"] == "private")
        rows = [row for row in markup.get("inline_keyboard", []) if row]
        return {"reply_markup": {"inline_keyboard": rows}} if rows else {}

    def _reply(self, chat: Chat, p: Json) -> Json:
        wanted = p.get("reply_parameters")
        if not wanted:
            return {}
        if post := chat.posts.get(wanted["message_id"]):
            older = {k: v for k, v in post.body.items() if k != "reply_to_message"}
            return {"reply_to_message": older}
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise refused("message to be replied not found")

    def _edit_text(self, p: Json) -> Json:
        chat, post = self._target(p)
        if "text" not in post.body:
            raise wrong("there is no text in the message to edit")
        return self._edited(chat, post, self._content(chat, p))

    def _edit_markup(self, p: Json) -> Json:
        chat, post = self._target(p)
        kept = {k: post.body[k] for k in ("text", "entities") if k in post.body}
        return self._edited(
            chat, post, kept | self._markup(chat, p.get("reply_markup"))
        )

    def _target(self, p: Json) -> tuple[Chat, Post]:
        if "chat_id" not in p:
            raise wrong("chat_id is empty")
        if "message_id" not in p:
            raise wrong("message identifier is not specified")
        chat = self._chat(p["chat_id"])
        post = chat.posts.get(p["message_id"])
        if post is None:
            raise refused("message to edit not found")
        if not (post.editable and post.body["from"]["is_bot"]):
            raise refused("message can't be edited")
        return chat, post

    def _edited(self, chat: Chat, post: Post, content: Json) -> Json:
        parts = ("text", "entities", "reply_markup")
        if all(post.body.get(part) == content.get(part) for part in parts):
            raise refused(NOT_MODIFIED)
        chat.change(post, content)
        return post.body

    def _answer_tap(self, p: Json) -> bool:
        tap = self.taps.get(p["callback_query_id"])
        now = self._now()
        if tap is None or tap.answered_at is not None:
            raise refused(TOO_OLD)
        if now - tap.at > self._answer_within:
            raise refused(TOO_OLD)
        tap.answered_at = now
        tap.toast, tap.alert = p.get("text", ""), p.get("show_alert", False)
        return True

    def _delete_message(self, p: Json) -> bool:
        chat = self._chat(p["chat_id"])
        if p["message_id"] not in chat.posts:
            raise refused("message to delete not found")
        return self._delete(chat, [p["message_id"]])

    def _delete_messages(self, p: Json) -> bool:
        chat = self._chat(p["chat_id"])
        return self._delete(chat, [n for n in p["message_ids"] if n in chat.posts])

    def _delete(self, chat: Chat, numbers: list[int]) -> bool:
        """All of them, or none when one of them has to stay."""
        for number in numbers:
            self._check_deletable(chat, chat.posts[number])
        for number in numbers:
            chat.posts.pop(number, None)
        chat.bell.ring()
        return True

    def _check_deletable(self, chat: Chat, post: Post) -> None:
        private = chat.info["type"] == "private"
        age = self._now() - post.body["date"]
        fresh_dice = private and "dice" in post.body and age <= DICE_STAYS_SECONDS
        if age >= DELETABLE_SECONDS or fresh_dice:
            raise refused("message can't be deleted for everyone")
        if not private and not post.body["from"]["is_bot"]:
            raise refused("message can't be deleted")

    def _set_commands(self, p: Json) -> bool:
        if len(p["commands"]) > 100:
            raise wrong("emulator: more than 100 commands")
        if not all(_COMMAND.fullmatch(c["command"]) for c in p["commands"]):
            raise wrong("BOT_COMMAND_INVALID")
        self.commands[_place(p)] = p["commands"]
        return True

    def _delete_commands(self, p: Json) -> bool:
        self.commands.pop(_place(p), None)
        return True

    def _set_profile(self, key: str, p: Json) -> bool:
        self.profile[key, p.get("language_code", "")] = p.get(key, "")
        return True

    def _get_profile(self, key: str, p: Json) -> Json:
        return {key: self.profile.get((key, p.get("language_code", "")), "")}

    def _chat_action(self, p: Json) -> bool:
        if p["action"] not in ACTIONS:
            raise wrong("wrong parameter action in request")
        self._open_chat(p["chat_id"])
        return True

    def _set_webhook(self, p: Json) -> bool:
        hook = _hook(p)
        if hook and self._strict:
            self._check_pace_of_hooks()
        self.updates.allow(p)
        if drop := p.get("drop_pending_updates", False):
            self.updates.drop()
        self.webhook = p["url"]
        if hook:
            self.updates.end_poll("terminated by setWebhook request")
        if drop or hook != self.sender.hook:
            self.sender.send_to(hook)
        return True

    def _check_pace_of_hooks(self) -> None:
        before, self._hook_came_at = self._hook_came_at, self._now()
        if 0 <= self._hook_came_at - before < SECONDS_BETWEEN_HOOKS:
            self._hook_came_at = before
            words = "Too Many Requests: retry after 1"
            raise RefusedError(429, words, parameters={"retry_after": 1})

    def _webhook_info(self, _: Json) -> Json:
        info: Json = {
            "url": self.webhook,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
        }
        if self.sender.hook is not None:
            info["max_connections"] = self.sender.hook.connections
        if self.updates.allowed:
            info["allowed_updates"] = self.updates.allowed
        return info | self.sender.last_error

    def _leave(self, p: Json) -> bool:
        chat = self._open_chat(p["chat_id"])
        if chat.info["type"] == "private":
            raise wrong("chat member status can't be changed in private chats")
        chat.left = True
        return True

    def _get_chat(self, p: Json) -> Json:
        gifts = ("unlimited", "limited", "unique")
        accepted = {f"{kind}_gifts": True for kind in gifts}
        return {
            **self._chat(p["chat_id"]).info,
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": accepted
            | {"premium_subscription": True, "gifts_from_channels": True},
        }


def _place(p: Json) -> tuple[str, str]:
    """Commands are kept by scope and language."""
    scope = p.get("scope", {"type": "default"})
    key = orjson.dumps(scope, option=orjson.OPT_SORT_KEYS).decode()
    return key, p.get("language_code", "")


def _file(sent: Any) -> Upload:
    if isinstance(sent, str):
        raise wrong("emulator: a document comes as a named file in a form")
    if not isinstance(sent, Upload) or not sent.name.strip():
        raise wrong("emulator: a document needs a file name")
    if not sent.content:
        raise wrong("file must be non-empty")
    return sent


def _caption(p: Json) -> Written:
    given = p.get("caption_entities")
    return write_caption(p.get("caption", ""), p.get("parse_mode", ""), given)


def _document(upload: Upload, number: int) -> Json:
    about = {
        "file_name": upload.name,
        "mime_type": upload.mime,
        "file_size": len(upload.content),
        "file_id": f"BQACAgQAAx{number}",
        "file_unique_id": f"AgAD{number}",
    }
    return {"document": about}


def _hook(p: Json) -> Hook | None:
    """The address that was asked for; plain http only inside this machine."""
    if not (url := p["url"]):
        return None
    near = is_loopback(url)
    if not url.startswith("https://") and not (near and url.startswith("http://")):
        raise wrong("bad webhook: An HTTPS URL must be provided for webhook")
    if not near and urlsplit(url).port not in HOOK_PORTS:
        ports = "Webhook can be set up only on ports 80, 88, 443 or 8443"
        raise wrong(f"bad webhook: {ports}")
    secret = p.get("secret_token", "")
    if not _SECRET.fullmatch(secret):
        raise wrong("secret token contains unallowed characters")
    return Hook(url, secret, p.get("max_connections", USUAL_CONNECTIONS))
