"""R28: whoever is no family in a private chat begins nothing, and nothing is kept."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.conversation.model import NotServed
from bot.library import Library
from bot.telegram.receive import Elsewhere, InChannel, packed, received, unpacked
from tests.emulator import Emulator, refusal
from tests.emulator.user import User
from tests.hostile.village import Home
from tests.telegram.conftest import Program, Telephone

SAID = "Kanarie_said_elsewhere"
PERSON = {"id": 77, "is_bot": False, "first_name": SAID}
BOT = {"id": 7, "is_bot": True, "first_name": "Drempel", "username": "drempel_bot"}
GROUP = {"id": -100_31, "type": "group", "title": SAID}
SUPERGROUP = {"id": -100_32, "type": "supergroup", "title": SAID}
CHANNEL: dict[str, Any] = {"id": -100_33, "type": "channel", "title": SAID}
NOBODY = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
"""GroupAnonymousBot: an administrator who does not show a name."""


def head(chat: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"message_id": 5, "from": PERSON, "chat": chat, "date": 1, **more}


def membership(chat: dict[str, Any], status: str) -> dict[str, Any]:
    old, new = ({"status": one, "user": BOT} for one in ("left", status))
    change = {"chat": chat, "from": PERSON, "date": 1}
    return {
        "my_chat_member": {**change, "old_chat_member": old, "new_chat_member": new}
    }


ANONYMOUS = {"from": NOBODY, "sender_chat": SUPERGROUP}
IN_TOPIC = {"message_thread_id": 9, "is_topic_message": True}
LINKED = {"from": {**NOBODY, "id": 777000}, "sender_chat": CHANNEL}
SILENT: dict[str, dict[str, Any]] = {
    "a group": {"message": head(GROUP, text=SAID)},
    "a supergroup": {"message": head(SUPERGROUP, text=SAID)},
    "an anonymous administrator": {"message": head(SUPERGROUP, text=SAID, **ANONYMOUS)},
    "a topic": {"message": head(SUPERGROUP, text=SAID, **IN_TOPIC)},
    "a post of the linked channel": {
        "message": head(SUPERGROUP, text=SAID, is_automatic_forward=True, **LINKED)
    },
    "a photo in a group": {"message": head(GROUP, photo=[], caption=SAID)},
    "an edit in a group": {"edited_message": head(GROUP, text=SAID, edit_date=2)},
    "a channel post": {"channel_post": head(CHANNEL, text=f"/start {SAID}")},
    "an edited channel post": {"edited_channel_post": head(CHANNEL, text=SAID)},
    "a business message": {
        "business_message": head(
            {"id": 77, "type": "private"}, text=SAID, business_connection_id="b"
        )
    },
    "a group that becomes a supergroup": {
        "message": head(GROUP, migrate_to_chat_id=SUPERGROUP["id"])
    },
    "a supergroup that was a group": {
        "message": head(SUPERGROUP, migrate_from_chat_id=GROUP["id"])
    },
    "added to a group": membership(GROUP, "member"),
    "out of a channel": membership(CHANNEL, "left"),
    "no posting in a channel": membership(CHANNEL, "kicked"),
    "an inline query": {"inline_query": {"id": "1", "from": PERSON, "query": SAID}},
}
ASKED: dict[str, dict[str, Any]] = {
    "a group": {"message": head(GROUP, text=f"/start {SAID}")},
    "a supergroup": {"message": head(SUPERGROUP, text=f"/start@drempel_bot {SAID}")},
    "an anonymous administrator": {
        "message": head(SUPERGROUP, text=f"/help {SAID}", **ANONYMOUS)
    },
    "a topic": {"message": head(SUPERGROUP, text=f"/help {SAID}", **IN_TOPIC)},
}


@pytest.mark.parametrize("update", SILENT.values(), ids=[*SILENT])
def test_what_was_not_said_to_us_asks_nothing(update: dict[str, Any]) -> None:
    assert received(update) is None


@pytest.mark.parametrize("update", ASKED.values(), ids=[*ASKED])
def test_of_a_command_in_a_group_only_the_place_is_kept(
    update: dict[str, Any],
) -> None:
    asked = received(update)
    assert asked == Elsewhere(update["message"]["chat"]["id"])
    assert SAID.encode() not in packed(asked)


@pytest.mark.parametrize("status", ["administrator", "member"])
def test_a_channel_is_left(status: str) -> None:
    asked = received(membership(CHANNEL, status))
    assert asked == InChannel(CHANNEL["id"])
    assert unpacked(packed(asked)) == asked


def test_a_forwarded_letter_is_no_answer(home: Home, library: Library) -> None:
    home.types("/start nl")
    before = home.conversation
    for kind in ("user", "hidden_user", "chat", "channel"):
        answer = home.types("huurachterstand", forward_origin={"type": kind, "date": 1})
        assert answer.asked.reply == NotServed("not_served_forwarded")
        assert answer.text == library.words["not_served_forwarded"].nl
        assert home.conversation == before


def test_words_put_in_by_another_bot_are_read_as_typed(home: Home) -> None:
    home.types("/start nl")
    home.types("huurachterstand", via_bot=BOT)
    current = home.conversation
    assert current is not None
    assert current.answers == {"situation": "arrears"}


# --- the real program --------------------------------------------------------------

in_one_loop = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(autouse=True)
def nobody_begins(request: pytest.FixtureRequest) -> Iterator[None]:
    if "program" not in request.fixturenames:
        yield
        return
    program: Program = request.getfixturevalue("program")
    before = program.conversations()
    yield
    assert program.conversations() == before
    assert SAID not in program.log
    assert program.emulator.violations == []


@in_one_loop
async def test_all_of_them_begin_nothing_and_hear_at_most_one_line(
    program: Program, telegram: Emulator
) -> None:
    rooms = [telegram.api.meet(chat) for chat in (GROUP, SUPERGROUP, CHANNEL)]
    for update in (*SILENT.values(), *ASKED.values()):
        telegram.deliver(dict(update))
    await program.rests()
    told = [[post.body["text"] for post in room.posts.values()] for room in rooms]
    assert [len(texts) for texts in told] == [1, 3, 0]
    assert all("t.me/drempel_test_bot" in text for texts in told for text in texts)


@in_one_loop
async def test_a_channel_is_left_over_http(
    program: Program, telegram: Emulator
) -> None:
    channel = telegram.api.meet({**CHANNEL, "id": -100_34})
    telegram.deliver(membership(channel.info, "administrator"))
    await program.rests()
    assert channel.left
    assert channel.posts == {}


@in_one_loop
async def test_a_channel_that_is_closed_already_holds_nobody_up(
    program: Program, telegram: Emulator
) -> None:
    channel = telegram.api.meet({**CHANNEL, "id": -100_35})
    no = refusal(403, "Forbidden: bot is not a member of the channel chat")
    telegram.fail("leaveChat", no, chat=-100_35)
    telegram.deliver(membership(channel.info, "member"))
    await program.rests()
    assert not channel.left


@in_one_loop
async def test_a_group_that_moved_meanwhile_is_told_at_its_new_place(
    program: Program, telegram: Emulator
) -> None:
    before = User(telegram, group=-100_36)
    after = telegram.api.meet({**SUPERGROUP, "id": -100_37})
    moved = refusal(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=-100_37,
    )
    telegram.fail("sendMessage", moved, chat=-100_36)
    before.say("/start")
    await program.rests()
    (line,) = after.posts.values()
    assert "t.me/drempel_test_bot" in line.body["text"]


@in_one_loop
async def test_a_group_and_a_family_do_not_mix(
    program: Program, telegram: Emulator
) -> None:
    telephone = Telephone(program)
    await telephone.begins()
    group = User(telegram, user_id=telephone.user.id, group=-100_38)
    group.say("huurachterstand")
    await program.rests()
    assert "arrears" in telephone.data("arrears")
    await telephone.says("/wis")
