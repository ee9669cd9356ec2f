"""Updates as Telegram sends them, and what they ask of us."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.model import Command, Edited, NotServed, Reply, Said, Tapped
from bot.redaction import KINDS as KINDS_REMOVED
from bot.service import Inbound
from bot.telegram.receive import (
    MOST_CHARACTERS,
    Asked,
    Away,
    Elsewhere,
    Flooded,
    Gone,
    LateTap,
    packed,
    received,
    tapped,
    unpacked,
)
from tests.emulator.user import KINDS

CHAT = 5_200_000_001
PERSON = {"id": CHAT, "is_bot": False, "first_name": "Ans", "language_code": "nl-BE"}
PRIVATE = {"id": CHAT, "type": "private", "first_name": "Ans"}
GROUP: dict[str, Any] = {"id": -100_2000, "type": "supergroup", "title": "Buren"}
BOT = {"id": 7, "is_bot": True, "first_name": "Drempel", "username": "drempel_bot"}
HEAD_ID = 4
HEAD = {"message_id": HEAD_ID, "from": PERSON, "chat": PRIVATE, "date": 1_790_000_000}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 874_100_001, "message": {**HEAD, **content}}


def in_group(**content: Any) -> dict[str, Any]:
    return message(chat=GROUP, **content)


def tap(**changed: Any) -> dict[str, Any]:
    asked = {"message_id": 3, "from": BOT, "chat": PRIVATE, "date": 1, "text": "Wat?"}
    query = {"id": "4382", "from": PERSON, "message": asked, "chat_instance": "-1"}
    data = {"data": "k7Qp2w:2:situation:arrears"}
    return {"update_id": 874_100_002, "callback_query": {**query, **data, **changed}}


def member(chat: dict[str, Any], status: str) -> dict[str, Any]:
    change = {
        "chat": chat,
        "from": PERSON,
        "date": 1,
        "old_chat_member": {"status": "member", "user": BOT},
        "new_chat_member": {"status": status, "user": BOT, "until_date": 0},
    }
    return {"update_id": 874_100_003, "my_chat_member": change}


def written(reply: Reply, *removed: str) -> Inbound:
    return Inbound(CHAT, reply, "nl", message=HEAD_ID, removed=removed)


def pressed(reply: Reply) -> Inbound:
    return Inbound(CHAT, reply, "nl", "4382")


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Verhuurder", Said("Verhuurder")),
        ("  /start", Said("  /start")),
        ("/start", Command("start")),
        ("/START", Command("start")),
        ("/start nl", Command("start", "nl")),
        ("/start\nnl ", Command("start", "nl")),
        ("/help@drempel_bot", Command("help")),
        ("/taal@drempel_bot en", Command("taal", "en")),
        ("/WIS@Drempel_Bot\nnu", Command("wis", "nu")),
        ("/", Command("")),
        ("/ ", Command("")),
        ("/start " + "x" * 99, Command("start", "x" * 64)),
        ("é" * 5000, Said("é" * MOST_CHARACTERS)),
    ],
)
def test_typed_text(text: str, reply: Reply) -> None:
    assert received(message(text=text)) == written(reply)


@pytest.mark.parametrize(
    ("text", "left", "removed"),
    [
        ("Mijn BSN is 111222333.", "Mijn BSN is.", ["bsn"]),
        ("bel 06-12345678, of an@mail.nl", "bel, of", ["email", "phone"]),
        ("€ 950, op 12-10-2026, in 3511", "€ 950, op 12-10-2026, in 3511", []),
    ],
    ids=["one", "several", "none"],
)
def test_what_nobody_should_send_us_is_left_out(
    text: str, left: str, removed: list[str]
) -> None:
    assert received(message(text=text)) == written(Said(left), *removed)


@pytest.mark.parametrize("text", ["an@mail.nl", " 111222333\n"])
def test_when_nothing_is_left_there_is_no_reply(text: str) -> None:
    assert received(message(text=text)) == written(NotServed("personal_removed"))


def test_it_is_left_out_behind_a_command_too() -> None:
    said = received(message(text="/start an@mail.nl"))
    assert said == written(Command("start"), "email")


def test_text_by_a_bot_is_read_as_typed() -> None:
    assert received(message(text="ja", via_bot=BOT)) == written(Said("ja"))


@pytest.mark.parametrize("kind", KINDS)
def test_each_other_kind_has_a_line_of_its_own(kind: str) -> None:
    assert received(message(**KINDS[kind])) == written(NotServed(f"not_served_{kind}"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"animation": {"file_id": "A"}, "document": {"file_id": "A"}}, "animation"),
        ({"video_note": {"file_id": "A", "length": 240, "duration": 2}}, "video_note"),
        ({"venue": {"title": "Huis"}, "location": {"latitude": 52.0}}, "location"),
        ({"story": {"id": 1}}, "other"),
        ({"a_kind_of_next_year": {}}, "other"),
    ],
)
def test_kinds_that_overlap_or_are_new(content: dict[str, Any], kind: str) -> None:
    assert received(message(**content)) == written(NotServed(f"not_served_{kind}"))


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": HEAD},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    ],
)
def test_news_about_the_chat_needs_no_answer(content: dict[str, Any]) -> None:
    assert received(message(**content)) is None


def edited(**content: Any) -> dict[str, Any]:
    return {"update_id": 1, "edited_message": {**HEAD, **content, "edit_date": 2}}


def test_an_edit_says_which_message_has_which_words_now() -> None:
    assert received(edited(text="nee")) == written(Edited("nee", 4))


@pytest.mark.parametrize("content", [{"text": "/start"}, {"caption": "nee"}])
def test_other_edits_are_explained(content: dict[str, Any]) -> None:
    assert received(edited(**content)) == written(NotServed("edited"))


def test_a_location_that_moves_needs_no_answer() -> None:
    moved = {"latitude": 52.1, "longitude": 5.1, "live_period": 900}
    assert received(edited(location=moved)) is None


def test_a_tap_says_which_button_of_which_question() -> None:
    arrears = Tapped("k7Qp2w", 2, "situation", "arrears")
    assert received(tap()) == pressed(arrears)


def test_a_tap_on_a_message_that_telegram_forgot_is_read() -> None:
    forgotten = {"chat": PRIVATE, "message_id": 3, "date": 0}
    arrears = Tapped("k7Qp2w", 2, "situation", "arrears")
    assert received(tap(message=forgotten)) == pressed(arrears)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"message": None, "inline_message_id": "Qx"}, id="inline"),
        pytest.param({"message": {**HEAD, "chat": GROUP}}, id="in a group"),
    ],
)
def test_of_a_tap_elsewhere_only_the_spinner_stops(changed: dict[str, Any]) -> None:
    assert received(tap(**changed)) == LateTap(CHAT, "4382")


@pytest.mark.parametrize(
    "data",
    ["", "x", "a:b:c", "a:-1:c:d", "a::c:d", "a:²:c:d", "a:٣:c:d", ":::", "🏠" * 16],
)
def test_data_that_we_did_not_write_belongs_to_no_conversation(data: str) -> None:
    assert tapped(data) == Tapped("", 0, "", "")


def test_a_huge_turn_is_just_another_turn() -> None:
    assert tapped("a:" + "9" * 40 + ":c:d").turn == 999_999_999


def test_a_tap_without_data_belongs_to_no_conversation() -> None:
    game = tap(game_short_name="chess")
    del game["callback_query"]["data"]
    assert received(game) == pressed(Tapped("", 0, "", ""))


def test_a_group_is_answered_when_someone_gives_a_command() -> None:
    assert received(in_group(text="/start")) == Elsewhere(GROUP["id"], "nl")


@pytest.mark.parametrize(
    "content",
    [
        {"text": "hallo"},
        {"text": "groet /start"},
        {"photo": [], "caption": "/start"},
        {"new_chat_members": [BOT]},
        {"left_chat_member": BOT},
    ],
)
def test_a_group_is_left_in_peace_otherwise(content: dict[str, Any]) -> None:
    assert received(in_group(**content)) is None


def test_an_edited_command_in_a_group_is_left_in_peace() -> None:
    edited = {**HEAD, "chat": GROUP, "text": "/start", "edit_date": 2}
    assert received({"update_id": 1, "edited_message": edited}) is None


def test_a_blocked_bot_knows_that_the_family_is_gone() -> None:
    assert received(member(PRIVATE, "kicked")) == Gone(CHAT)


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(member(PRIVATE, "member"), id="unblocked"),
        pytest.param(member(GROUP, "kicked"), id="out of a group"),
        pytest.param({"update_id": 1}, id="empty"),
        pytest.param({"update_id": 1, "new_in_11_0": {"chat": PRIVATE}}, id="unknown"),
    ],
)
def test_other_updates_need_no_answer(update: dict[str, Any]) -> None:
    assert received(update) is None


def test_a_person_without_a_language_is_served() -> None:
    nobody = {**HEAD, "from": {"id": CHAT, "is_bot": False}}
    update = {"update_id": 1, "message": {**nobody, "text": "ja"}}
    assert received(update) == Inbound(CHAT, Said("ja"), "", message=HEAD_ID)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CHATS = st.integers(-(2**52), 2**52)
REPLIES = st.one_of(
    st.builds(Said, WORDS),
    st.builds(Tapped, WORDS, st.integers(0, 999_999_999), WORDS, WORDS),
    st.builds(Command, WORDS, WORDS),
    st.builds(NotServed, WORDS),
)
NUMBERS = st.integers(0, 2**31)
REMOVED = st.lists(st.sampled_from(KINDS_REMOVED), unique=True).map(tuple)


@given(
    st.one_of(
        st.builds(Inbound, CHATS, REPLIES, WORDS, WORDS, NUMBERS, REMOVED),
        st.builds(Elsewhere, CHATS, WORDS),
        st.builds(Gone, CHATS),
        st.builds(LateTap, CHATS, WORDS),
        st.builds(Away, CHATS),
        st.builds(Flooded, CHATS, WORDS),
    )
)
def test_what_is_kept_is_read_again_as_it_was(one: Asked) -> None:
    assert unpacked(packed(one)) == one


def test_only_what_a_turn_needs_is_kept() -> None:
    kept = [
        packed(one) for one in (received(message(text="ja")), received(tap())) if one
    ]
    assert len(kept) == 2
    names = (b"Ans", b"drempel_bot", b"private", b"Wat?", b"1790000000")
    assert not any(name in body for name in names for body in kept)


def test_nothing_of_a_family_shows_in_a_traceback() -> None:
    shown = repr([received(message(text="geheim")), received(tap())])
    assert not any(word in shown for word in ("geheim", str(CHAT), "arrears", "4382"))
