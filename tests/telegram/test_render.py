"""Messages become calls that Telegram accepts, in the family's language."""

from collections.abc import Mapping
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.model import Button, File, Message, Paragraph
from bot.service import Speech
from bot.storage.base import Outgoing
from bot.telegram.render import (
    STYLES,
    DataError,
    TelegramChannel,
    answer_tap,
    without_buttons,
)
from bot.telegram.send import TAGS
from bot.translations import DUTCH, Catalogue, Say, Text
from tests.emulator.text import write

CHAT = 5_200_000_001
ASK = Text("start.situation.ask", "Wat is er & waar?")
TYPED = Text("words.typed", "U typte {answer}.")
ENGLISH = Catalogue("en", {(ASK.context, ASK.nl): "What is wrong & where?"})
YES = ((Button("Ja", "situation", "yes"),),)


def catalogue(language: str) -> Catalogue:
    return ENGLISH if language == "en" else DUTCH


def spoken(
    *messages: Message, language: str = "nl", tap: str = "", conversation: str = "k7"
) -> list[Outgoing]:
    speech = Speech(CHAT, conversation, messages, catalogue, language, tap)
    return list(TelegramChannel().calls(speech))


def body(call: Outgoing) -> Mapping[str, Any]:
    found: dict[str, Any] = orjson.loads(call.body)
    return found


def message(*said: Any, **about: Any) -> Message:
    return Message(tuple(Paragraph(one) for one in said), **about)


def test_a_question_is_a_new_message_with_buttons() -> None:
    (call,) = spoken(message(ASK, rows=YES, turn=3))
    assert call.method == "sendMessage"
    assert body(call)["reply_markup"] == {
        "inline_keyboard": [[{"text": "Ja", "callback_data": "k7:3:situation:yes"}]]
    }


def test_a_new_question_takes_the_place_of_older_buttons() -> None:
    (call,) = spoken(message(ASK, rows=YES, turn=3))
    assert (call.chat, call.posts, call.edits, call.closes) == (CHAT, 3, 0, True)


def test_buttons_beside_the_questions_leave_the_question_alone() -> None:
    (call,) = spoken(message(ASK, rows=YES))
    assert (call.posts, call.closes) == (0, False)


def test_an_answered_question_is_edited_and_loses_its_buttons() -> None:
    (call,) = spoken(message(ASK, edits=2))
    assert (call.method, call.edits) == ("editMessageText", 2)
    assert body(call)["reply_markup"] == {"inline_keyboard": []}
    assert (call.posts, call.closes) == (None, False)


def test_a_tick_is_an_edit_that_keeps_the_buttons() -> None:
    (call,) = spoken(message(ASK, rows=YES, turn=2, edits=2))
    assert (call.method, call.posts, call.closes) == ("editMessageText", 2, False)


def test_without_words_only_the_buttons_change() -> None:
    (call,) = spoken(Message((), edits=2))
    assert call.method == "editMessageReplyMarkup"
    assert "text" not in body(call)


def test_a_file_is_sent_with_its_words_below_it() -> None:
    typed = Say(TYPED, {"answer": "<b> & €"})
    file = File("alles.txt", (Paragraph(ASK, "strong"), Paragraph(typed, "line")))
    (call,) = spoken(message(typed, rows=YES, file=file))
    assert (call.method, call.chat, call.posts) == ("sendDocument", CHAT, 0)
    assert body(call) == {
        "chat_id": CHAT,
        "caption": "U typte <b> & €.",
        "document": {
            "name": "alles.txt",
            "text": "Wat is er & waar?\nU typte <b> & €.\n",
        },
        "reply_markup": {
            "inline_keyboard": [[{"text": "Ja", "callback_data": "k7:0:situation:yes"}]]
        },
    }


def test_a_file_is_written_in_the_language_of_the_conversation() -> None:
    file = File("alles.txt", (Paragraph(ASK),))
    (call,) = spoken(message(ASK, file=file), language="en")
    assert body(call)["document"]["text"] == "What is wrong & where?\n"


def test_words_below_a_file_are_never_too_long() -> None:
    (call,) = spoken(message("ja " * 500, file=File("alles.txt", ())))
    assert len(body(call)["caption"]) == 1_024


def test_the_farewell_takes_all_buttons_with_it() -> None:
    _, call = spoken(message(ASK), conversation="")
    assert (call.posts, call.closes) == (None, True)


def test_before_the_farewell_the_chat_is_wiped() -> None:
    wipes, _ = spoken(message(ASK), conversation="")
    assert (wipes.chat, wipes.method, wipes.waits) == (CHAT, "deleteMessages", True)
    assert body(wipes) == {"chat_id": CHAT}


def test_a_tap_is_answered_before_anything_else() -> None:
    first, second = spoken(message(ASK), tap="4382")
    assert (first.chat, first.method) == (CHAT, "answerCallbackQuery")
    assert body(first) == {"callback_query_id": "4382"}
    assert (second.method, second.waits) == ("sendMessage", True)


def test_the_answer_to_a_tap_waits_for_no_message() -> None:
    assert not answer_tap(CHAT, "4382").waits


def test_a_toast_is_said_in_the_answer_to_the_tap() -> None:
    (call,) = spoken(message(ASK, toast=True), tap="4382")
    assert body(call)["text"] == "Wat is er & waar?"


def test_a_toast_is_never_too_long() -> None:
    assert len(body(answer_tap(CHAT, "1", "ja " * 500))["text"]) == 200


def test_words_are_said_in_the_language_of_the_conversation() -> None:
    (call,) = spoken(message(ASK), language="en")
    assert body(call)["text"] == "What is wrong &amp; where?"


def test_a_paragraph_can_have_a_language_of_its_own() -> None:
    each = Message((Paragraph(ASK, language="nl"), Paragraph(ASK, language="en")))
    (call,) = spoken(each)
    assert body(call)["text"].split("\n\n") == [
        "Wat is er &amp; waar?",
        "What is wrong &amp; where?",
    ]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_html_that_telegram_knows(style: str) -> None:
    (call,) = spoken(Message((Paragraph(ASK, style),)))  # type: ignore[arg-type]
    assert write(body(call)["text"], "HTML", None).text == "Wat is er & waar?"


@pytest.mark.parametrize("style", STYLES)
def test_a_style_can_be_taken_away_again(style: str) -> None:
    assert TAGS.sub("", STYLES[style].format("woorden")) == "woorden"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_what_a_family_typed_is_shown_as_typed(typed: str) -> None:
    answer = Say(TYPED, {"answer": f"[{typed}]"})
    (call,) = spoken(message(answer))
    shown = write(body(call)["text"], "HTML", None).text
    assert "".join(shown.split()) == "".join(f"U typte [{typed}].".split())


def test_no_preview_of_a_page_is_shown() -> None:
    (call,) = spoken(message(ASK))
    assert body(call)["link_preview_options"] == {"is_disabled": True}


def test_data_of_more_than_64_bytes_is_a_bug() -> None:
    long = ((Button("Ja", "situation", "é" * 30),),)
    with pytest.raises(DataError):
        spoken(message(ASK, rows=long, turn=3))


def test_old_buttons_are_taken_away_by_message() -> None:
    call = without_buttons(CHAT, 9)
    assert body(call) == {
        "chat_id": CHAT,
        "message_id": 9,
        "reply_markup": {"inline_keyboard": []},
    }
    assert (call.chat, call.posts, call.edits, call.closes) == (CHAT, None, 0, False)
