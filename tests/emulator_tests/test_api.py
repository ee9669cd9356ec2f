"""The emulator refuses what the Bot API refuses, in its words, and forgives less."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden, InvalidToken

from tests.emulator import Emulator, Json
from tests.emulator.server import NOT_MODIFIED, TOO_OLD
from tests.emulator.updates import OTHER_POLLER
from tests.emulator.user import CANARY, KINDS, NoButtonError, User
from tests.emulator_tests.conftest import YES, Ask


def button(**keys: Any) -> Json:
    return {"inline_keyboard": [[{"text": "Ja", **keys}]]}


async def test_method_names_ignore_upper_and_lower_case(ask: Ask) -> None:
    assert (await ask("GETme"))["result"]["is_bot"] is True


@pytest.mark.parametrize("form", ["query", "urlencoded", "multipart", "json"])
async def test_every_kind_of_body_is_read(
    emulator: Emulator, http: aiohttp.ClientSession, family: User, form: str
) -> None:
    url = f"{emulator.base_url}{emulator.token}/sendMessage"
    plain = {"chat_id": str(family.id), "text": "Dag", "reply_markup": json.dumps(YES)}
    match form:
        case "query":
            await http.get(url, params=plain)
        case "urlencoded":
            await http.post(url, data=plain)
        case "multipart":
            with aiohttp.MultipartWriter("form-data") as body:
                for name, value in plain.items():
                    body.append(value).set_content_disposition("form-data", name=name)
            await http.post(url, data=body)
        case _:
            await http.post(url, json={**plain, "reply_markup": YES})
    assert family.chat()[-1].labels == ("Ja",)
    assert emulator.violations == []


async def test_another_token_opens_nothing(emulator: Emulator) -> None:
    stranger = Bot("1:other", base_url=emulator.base_url)
    with pytest.raises(InvalidToken):
        await stranger.initialize()


async def test_unknown_method_is_not_found(emulator: Emulator, ask: Ask) -> None:
    answer = await ask("sendMesage")
    assert answer["error_code"] == 404
    assert answer["description"] == "Not Found: method not found"
    assert len(emulator.violations) == 1


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        pytest.param({"colour": "red"}, 'no parameter "colour"', id="unknown"),
        pytest.param({"chat_id": "Ans"}, '"chat_id"', id="chat is a word"),
        pytest.param({"text": 5}, "expected a string", id="text is a number"),
        pytest.param({"protect_content": "si"}, "expected a boolean", id="boolean"),
        pytest.param({"reply_markup": "{"}, '"reply_markup"', id="broken JSON"),
        pytest.param({"reply_markup": []}, "expected an object", id="no object"),
    ],
)
async def test_wrong_parameters_are_violations(
    emulator: Emulator, ask: Ask, family: User, parameters: Json, words: str
) -> None:
    sent = {"chat_id": family.id, "text": "Dag", **parameters}
    answer = await ask("sendMessage", **sent)
    assert answer["error_code"] == 400
    assert words in answer["description"]
    assert [v.words for v in emulator.violations] == [answer["description"]]


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendMessage", {"text": "Dag"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("deleteMessage", {"chat_id": 1}, 'parameter "message_id" is required'),
        ("editMessageText", {"text": "Dag"}, "chat_id is empty"),
        (
            "editMessageText",
            {"chat_id": 1, "text": "Dag"},
            "message identifier is not specified",
        ),
    ],
)
async def test_missing_parameters_are_violations(
    emulator: Emulator, ask: Ask, method: str, parameters: Json, words: str
) -> None:
    answer = await ask(method, **parameters)
    assert answer["description"] == f"Bad Request: {words}"
    assert len(emulator.violations) == 1


async def test_sizes_in_the_table_are_limits(emulator: Emulator, ask: Ask) -> None:
    assert (await ask("setMyDescription", description="x" * 512))["ok"]
    assert not (await ask("setMyDescription", description="x" * 513))["ok"]
    assert not (await ask("getUpdates", limit=101))["ok"]
    assert len(emulator.violations) == 2


async def test_unknown_chat_is_not_found_and_no_violation(
    emulator: Emulator, ask: Ask
) -> None:
    answer = await ask("sendMessage", chat_id=404, text="Dag")
    assert answer["description"] == "Bad Request: chat not found"
    assert emulator.violations == []


async def test_journal_numbers_calls_and_keeps_answers(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    await ask("getMe")
    answer = await ask("sendMessage", chat_id=family.id, text="Dag")
    first, second = emulator.calls
    assert (first.number, second.number) == (1, 2)
    assert second.parameters == {"chat_id": family.id, "text": "Dag"}
    assert second.reply == answer


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("één<br>", 'Unsupported start tag "br" at byte offset 5'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a"'
            " at byte offset 0",
        ),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=h:>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("3 < 5", 'Unsupported start tag "" at byte offset 2'),
    ],
)
async def test_html_mistakes_get_the_words_of_the_server(
    ask: Ask, family: User, html: str, words: str
) -> None:
    answer = await ask("sendMessage", chat_id=family.id, text=html, parse_mode="HTML")
    assert answer["description"] == f"Bad Request: can't parse entities: {words}"


async def test_html_becomes_text_with_entities_in_utf16(ask: Ask, family: User) -> None:
    html = '🏠 <b>wat <i>nu</i></b> &amp; <a href="https://Example.org">hulp</a>'
    answer = await ask("sendMessage", chat_id=family.id, text=html, parse_mode="html")
    assert answer["result"]["text"] == "🏠 wat nu & hulp"
    assert answer["result"]["entities"] == [
        {"type": "bold", "offset": 3, "length": 6},
        {"type": "italic", "offset": 7, "length": 2},
        {"type": "text_link", "offset": 12, "length": 4, "url": "https://example.org/"},
    ]


async def test_pre_with_code_is_one_block_in_its_language(
    ask: Ask, family: User
) -> None:
    html = '<pre><code class="language-sql">x</code></pre><code class="language-a">y'
    html += "</code><blockquote expandable>z</blockquote>"
    answer = await ask("sendMessage", chat_id=family.id, text=html, parse_mode="HTML")
    assert answer["result"]["entities"] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "sql"},
        {"type": "code", "offset": 1, "length": 1},
        {"type": "expandable_blockquote", "offset": 2, "length": 1},
    ]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("&lt;&gt;&quot;", '<>"'),
        ("&lt x &#8364;&#x1F3E0;", "< x €🏠"),
        ("&nbsp;&euro;&#0;&", "&nbsp;&euro;&#0;&"),
    ],
)
async def test_only_four_named_references_are_known(
    ask: Ask, family: User, html: str, shown: str
) -> None:
    await ask("sendMessage", chat_id=family.id, text=html, parse_mode="HTML")
    assert family.chat()[-1].text == shown


async def test_blanks_at_both_ends_are_cut_and_entities_follow(
    ask: Ask, family: User
) -> None:
    html = "\n  <b> dag</b> \n"
    answer = await ask("sendMessage", chat_id=family.id, text=html, parse_mode="HTML")
    assert answer["result"]["text"] == "dag"
    bold = {"type": "bold", "offset": 0, "length": 3}
    assert answer["result"]["entities"] == [bold]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "message text is empty", id="nothing"),
        pytest.param(" \n ", "text must be non-empty", id="blanks"),
        pytest.param("\u200b\u200f", "text must be non-empty", id="invisible"),
        pytest.param("x" * 4097, "message is too long", id="characters"),
        pytest.param("🏠" * 2049, "message is too long", id="UTF-16 units"),
        pytest.param("é" * 16_385, "text is too long", id="bytes"),
    ],
)
async def test_texts_have_a_least_and_a_most(
    emulator: Emulator, ask: Ask, family: User, text: str, words: str
) -> None:
    answer = await ask("sendMessage", chat_id=family.id, text=text)
    assert answer["description"] == f"Bad Request: {words}"
    assert len(emulator.violations) == 1


async def test_length_counts_after_parsing(ask: Ask, family: User) -> None:
    text = "<b>" + "x" * 4096 + "</b>"
    sent = await ask("sendMessage", chat_id=family.id, text=text, parse_mode="HTML")
    assert sent["ok"]


@pytest.mark.parametrize("mode", ["MarkdownV2", "BBCode"])
async def test_other_parse_modes_are_refused(ask: Ask, family: User, mode: str) -> None:
    answer = await ask("sendMessage", chat_id=family.id, text="x", parse_mode=mode)
    assert answer["error_code"] == 400


async def test_a_link_that_would_be_dropped_fails(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    html = '<a href="tel:112">bel</a>'
    await ask("sendMessage", chat_id=family.id, text=html, parse_mode="HTML")
    assert "silently drop" in emulator.violations[0].words


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        pytest.param(button(callback_data="é" * 33), "BUTTON_DATA_INVALID", id="66 B"),
        pytest.param(button(callback_data=""), "Text buttons", id="empty data"),
        pytest.param(button(), "Text buttons", id="no action"),
        pytest.param(
            button(callback_data="a", url="https://example.org"), "2 actions", id="two"
        ),
        pytest.param(button(text=" ", callback_data="a"), "non-empty", id="blank"),
        pytest.param(button(url="ftp://example.org"), "is invalid", id="ftp"),
        pytest.param(button(callback_data="a", style="pink"), "style", id="style"),
        pytest.param(button(calback_data="a"), "no parameter", id="misspelt"),
        pytest.param(
            button(web_app={"url": "http://example.org"}), "is invalid", id="app"
        ),
        pytest.param(
            {"inline_keyboard": YES["inline_keyboard"][0]}, "expected a list", id="flat"
        ),
        pytest.param(
            {"inline_keyboard": [[{"text": "a", "callback_data": "a"}] * 9]},
            "more than 8 buttons in a row",
            id="nine in a row",
        ),
        pytest.param(
            {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]] * 101},
            "more than 100 buttons",
            id="101 in all",
        ),
    ],
)
async def test_bad_keyboards_are_violations(
    emulator: Emulator, ask: Ask, family: User, markup: Json, words: str
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=markup)
    assert words in emulator.violations[0].words
    assert family.chat() == []


async def test_64_bytes_of_data_fit(ask: Ask, family: User) -> None:
    markup = button(callback_data="é" * 32)
    assert (await ask("sendMessage", chat_id=family.id, text="?", reply_markup=markup))[
        "ok"
    ]


async def test_reply_keyboards_are_seen_but_make_a_message_final(
    ask: Ask, family: User
) -> None:
    markup = {"keyboard": [[{"text": "Ja"}, {"text": "Nee"}]]}
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=markup)
    assert family.chat()[-1].keyboard == ("Ja", "Nee")
    answer = await ask("editMessageText", chat_id=family.id, message_id=1, text="!")
    assert answer["description"] == "Bad Request: message can't be edited"


async def test_an_edit_changes_text_and_takes_the_keyboard_away(
    ask: Ask, family: User
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    await ask("editMessageText", chat_id=family.id, message_id=1, text="!")
    (seen,) = family.chat()
    assert (seen.text, seen.labels, seen.edited) == ("!", (), True)


@pytest.mark.parametrize(
    ("method", "more"),
    [("editMessageText", {"text": " ? "}), ("editMessageReplyMarkup", {})],
)
async def test_an_edit_that_changes_nothing_is_refused(
    emulator: Emulator, ask: Ask, family: User, method: str, more: Json
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    place = {"chat_id": family.id, "message_id": 1, "reply_markup": YES}
    answer = await ask(method, **place, **more)
    assert answer["description"] == f"Bad Request: {NOT_MODIFIED}"
    assert emulator.violations == []


async def test_edits_need_an_own_message_that_exists(ask: Ask, family: User) -> None:
    theirs = family.say("hallo")
    place = {"chat_id": family.id, "text": "!"}
    answer = await ask("editMessageText", message_id=theirs, **place)
    assert answer["description"] == "Bad Request: message can't be edited"
    answer = await ask("editMessageText", message_id=99, **place)
    assert answer["description"] == "Bad Request: message to edit not found"


async def test_commands_are_kept_by_language(emulator: Emulator, ask: Ask) -> None:
    commands = [{"command": "help", "description": "Hulp"}]
    await ask("setMyCommands", commands=commands, language_code="nl")
    assert (await ask("getMyCommands", language_code="nl"))["result"] == commands
    assert (await ask("getMyCommands"))["result"] == []
    bad = [{"command": "Help!", "description": "Hulp"}]
    answer = await ask("setMyCommands", commands=bad)
    assert answer["description"] == "Bad Request: BOT_COMMAND_INVALID"


async def test_a_tap_is_answered_once_and_the_spinner_is_timed(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    emulator.now = lambda: 100.0
    tap = family.tap("Ja")
    emulator.now = lambda: 100.5
    assert (await ask("answerCallbackQuery", callback_query_id=tap.id, text="Dank"))[
        "ok"
    ]
    assert (tap.spinner, tap.toast) == (0.5, "Dank")
    answer = await ask("answerCallbackQuery", callback_query_id=tap.id)
    assert answer["description"] == f"Bad Request: {TOO_OLD}"


async def test_a_late_or_unknown_answer_is_too_old(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    tap = family.tap("yes")
    later = emulator.now() + 16
    emulator.now = lambda: later
    for query in (tap.id, "12345"):
        answer = await ask("answerCallbackQuery", callback_query_id=query)
        assert answer["description"] == f"Bad Request: {TOO_OLD}"
    assert tap.spinner is None


async def test_a_waiting_tap_is_gone_after_150_seconds(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    family.tap("Ja")
    family.say("hallo")
    later = emulator.now() + 151
    emulator.now = lambda: later
    (update,) = (await ask("getUpdates"))["result"]
    assert update["message"]["text"] == "hallo"


async def test_an_old_button_still_works(ask: Ask, family: User) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    old = family.chat()[-1]
    await ask("editMessageText", chat_id=family.id, message_id=1, text="later")
    with pytest.raises(NoButtonError):
        family.tap("Ja")
    family.tap("Ja", old)
    (update,) = (await ask("getUpdates"))["result"]
    assert update["callback_query"]["data"] == "yes"
    assert update["callback_query"]["message"]["text"] == "later"


async def test_a_tap_on_a_deleted_message_shows_only_its_place(
    bot: Bot, ask: Ask, family: User
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    old = family.chat()[-1]
    await ask("deleteMessage", chat_id=family.id, message_id=1)
    family.tap("Ja", old)
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.message is not None
    assert update.callback_query.message.is_accessible is False


async def test_a_double_tap_is_two_queries(ask: Ask, family: User) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    first, second = family.double_tap("Ja")
    updates = (await ask("getUpdates"))["result"]
    queries = [update["callback_query"] for update in updates]
    assert [query["id"] for query in queries] == [first.id, second.id]
    assert {query["data"] for query in queries} == {"yes"}


async def test_an_offset_confirms_everything_below_it(ask: Ask, family: User) -> None:
    for text in ("een", "twee", "drie"):
        family.say(text)
    updates = (await ask("getUpdates", limit=2))["result"]
    assert [update["message"]["text"] for update in updates] == ["een", "twee"]
    assert (await ask("getUpdates", limit=2))["result"] == updates
    last = updates[-1]["update_id"]
    (update,) = (await ask("getUpdates", offset=last + 1))["result"]
    assert update["update_id"] == last + 1


async def test_a_negative_offset_forgets_the_rest(ask: Ask, family: User) -> None:
    for text in ("een", "twee", "drie"):
        family.say(text)
    (update,) = (await ask("getUpdates", offset=-1))["result"]
    assert update["message"]["text"] == "drie"
    assert len((await ask("getUpdates"))["result"]) == 1


async def test_a_long_poll_ends_with_the_first_update(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    polling = asyncio.create_task(ask("getUpdates", timeout=50))
    await emulator.call_bell.heard()
    family.say("hallo")
    (update,) = (await polling)["result"]
    assert update["message"]["text"] == "hallo"


async def test_a_second_poller_ends_the_older_one(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    older = asyncio.create_task(ask("getUpdates", timeout=50))
    await emulator.call_bell.heard()
    newer = asyncio.create_task(ask("getUpdates", timeout=50))
    answer = await older
    assert answer["error_code"] == 409
    assert answer["description"] == f"Conflict: {OTHER_POLLER}"
    family.say("hallo")
    assert len((await newer)["result"]) == 1


async def test_polling_conflicts_with_a_webhook(ask: Ask) -> None:
    await ask("setWebhook", url="https://example.org/hook")
    answer = await ask("getUpdates")
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: can't use getUpdates method")
    await ask("deleteWebhook", drop_pending_updates=True)
    assert (await ask("getUpdates"))["ok"]


async def test_allowed_updates_are_remembered(ask: Ask, family: User) -> None:
    await ask("getUpdates", allowed_updates=["message"])
    family.say("hallo")
    family.edit("hallo!")
    (update,) = (await ask("getUpdates"))["result"]
    assert "message" in update
    await ask("getUpdates", allowed_updates=[])
    family.edit("hallo?")
    assert "edited_message" in (await ask("getUpdates"))["result"][-1]


async def test_the_same_offset_is_throttled_only_on_request(
    http: aiohttp.ClientSession,
) -> None:
    async with Emulator(throttled=True) as slow:
        slow.now = lambda: 1000.0
        family = User(slow)
        family.say("een")
        family.say("twee")
        url = f"{slow.base_url}{slow.token}/getUpdates"
        seen = []
        for _ in range(2):
            async with http.post(url, json={"offset": 1}) as response:
                seen.append(len((await response.json())["result"]))
        assert seen == [2, 1]


async def test_a_confirmed_update_can_come_again(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    family.say("hallo")
    (update,) = (await ask("getUpdates"))["result"]
    behind = update["update_id"] + 1
    await ask("getUpdates", offset=behind)
    emulator.redeliver(update["update_id"])
    assert (await ask("getUpdates", offset=behind))["result"] == [update]
    assert (await ask("getUpdates", offset=behind))["result"] == []


async def test_update_ids_can_start_again_lower(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    family.say("een")
    (before,) = (await ask("getUpdates"))["result"]
    offset = before["update_id"] + 1
    await ask("getUpdates", offset=offset)
    emulator.reset_update_ids(to=1000)
    family.say("twee")
    (after,) = (await ask("getUpdates", offset=offset))["result"]
    assert after["update_id"] == 1000
    assert (await ask("getUpdates", offset=1001))["result"] == []


async def test_a_stopped_server_comes_back_on_its_port(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    port = emulator.port
    await emulator.stop()
    with pytest.raises(aiohttp.ClientError):
        await ask("getMe")
    await emulator.start()
    assert emulator.port == port
    assert (await ask("getMe"))["ok"]


async def test_a_blocked_bot_hears_of_it_and_cannot_send(
    emulator: Emulator, bot: Bot, family: User
) -> None:
    family.block()
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden):
        await bot.send_message(family.id, "Dag")
    family.unblock()
    await bot.send_message(family.id, "Dag")


@pytest.mark.parametrize("kind", KINDS)
async def test_everything_a_family_sends_can_be_read(
    bot: Bot, family: User, kind: str
) -> None:
    family.send(kind)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert getattr(update.message, kind)


async def test_people_carry_a_canary_and_a_language(
    bot: Bot, emulator: Emulator
) -> None:
    User(emulator, language_code="ar").say("/start poster")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.from_user.first_name == CANARY
    assert update.message.from_user.language_code == "ar"
    assert list(update.message.parse_entities().values()) == ["/start"]


async def test_two_people_share_a_group(emulator: Emulator, ask: Ask) -> None:
    one, other = User(emulator, group=-77), User(emulator, group=-77)
    one.say("hallo")
    await ask("sendMessage", chat_id=-77, text="Dag allemaal")
    assert (await other.next())[0].text == "Dag allemaal"
    assert one.chat() == other.chat()
    assert (await ask("leaveChat", chat_id=-77))["ok"]
    assert (await ask("sendMessage", chat_id=-77, text="x"))["error_code"] == 403


async def test_next_tells_only_what_is_new(ask: Ask, family: User) -> None:
    await ask("sendMessage", chat_id=family.id, text="een")
    assert [seen.text for seen in await family.next()] == ["een"]
    await ask("editMessageText", chat_id=family.id, message_id=1, text="uno")
    await ask("sendMessage", chat_id=family.id, text="twee")
    assert [seen.text for seen in await family.next()] == ["twee"]
    await ask("editMessageText", chat_id=family.id, message_id=1, text="un")
    assert [seen.text for seen in await family.next(edits=True)] == ["un"]


async def test_next_gives_up_in_the_end(family: User) -> None:
    with pytest.raises(TimeoutError):
        await family.next(timeout=0)


async def test_settled_waits_until_the_bot_has_answered(bot: Bot, family: User) -> None:
    async def echo() -> None:
        offset = 0
        while True:
            for update in await bot.get_updates(offset=offset, timeout=10):
                offset = update.update_id + 1
                assert update.message is not None
                await bot.send_message(family.id, update.message.text or "")

    running = asyncio.create_task(echo())
    family.say("een")
    family.say("twee")
    assert [seen.text for seen in await family.settled()] == ["een", "twee"]
    running.cancel()


async def test_ptb_sends_edits_and_answers(
    emulator: Emulator, bot: Bot, family: User
) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])
    await bot.send_message(family.id, "<b>?</b>", parse_mode="HTML", reply_markup=keys)
    family.tap("Ja")
    (update,) = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text("!")
    with pytest.raises(BadRequest, match="not modified"):
        await query.edit_message_text("!")
    assert [seen.text for seen in family.chat()] == ["!"]
    assert emulator.violations == []


async def test_ptb_reads_chats_profiles_and_webhooks(
    emulator: Emulator, bot: Bot, family: User
) -> None:
    assert (await bot.get_chat(family.id)).first_name == CANARY
    await bot.set_my_commands([("help", "Hulp")], language_code="nl")
    assert (await bot.get_my_commands(language_code="nl"))[0].command == "help"
    await bot.set_my_short_description("Hulp bij huisuitzetting")
    assert (await bot.get_my_short_description()).short_description
    assert (await bot.get_webhook_info()).url == ""
    await bot.send_chat_action(family.id, "typing")
    assert emulator.violations == []


async def test_a_loose_emulator_meets_everybody_and_remembers_little(
    http: aiohttp.ClientSession,
) -> None:
    async with Emulator(strict=False) as loose:
        url = f"{loose.base_url}{loose.token}/sendMessage"
        async with http.post(url, data={"chat_id": "9", "text": "x"}) as response:
            assert (await response.json())["ok"]
        assert loose.calls == []


async def test_another_process_can_put_updates_in(
    emulator: Emulator, http: aiohttp.ClientSession, ask: Ask
) -> None:
    desk = f"http://127.0.0.1:{emulator.port}/emulator"
    message = {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}}
    async with http.post(f"{desk}/deliver", json={"message": message}) as response:
        number = (await response.json())["update_id"]
    (update,) = (await ask("getUpdates"))["result"]
    assert update == {"update_id": number, "message": message}
    async with http.get(f"{desk}/state") as response:
        assert (await response.json())["waiting"] == 1
