"""R12 to R16. Telegram takes a message late, twice, never, or not as it is."""

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.telegram.request import UnreachableError
from bot.telegram.send import LONGEST_PAUSE, Tries
from tests.conftest import few_by_day
from tests.emulator import (
    Emulator,
    Fault,
    blocked,
    broken,
    cut_after,
    cut_before,
    refusal,
    too_many,
)
from tests.emulator.user import User
from tests.faults.conftest import (
    ASKED,
    TYPED,
    Machine,
    heard,
    questions,
    read,
    says,
    texts,
)

A_QUARTER = 900
HOURS_24 = 86_400.0


def sent_to(emulator: Emulator, user: User) -> list[str]:
    """The words of every try, whatever came of it."""
    calls = emulator.calls_of("sendMessage")
    return [
        call.parameters["text"]
        for call in calls
        if call.parameters["chat_id"] == user.chat_id
    ]


# --- R12: too many requests ----------------------------------------------------------


async def test_a_chat_that_must_wait_lets_all_others_go_on(
    emulator: Emulator, machine: Machine
) -> None:
    """R12. It is not asked again before its time; order is kept, nothing is lost."""
    families = [User(emulator) for _ in range(40)]
    waiting, others = families[:5], families[5:]
    for family in waiting:
        emulator.fail("sendMessage", too_many(A_QUARTER), chat=family.chat_id)
    for family in families:
        says(family, *TYPED)
    await machine.up()
    await heard(emulator, lambda: all(questions(one) == ASKED for one in others))
    assert [len(sent_to(emulator, family)) for family in waiting] == [1] * 5
    assert [texts(family) for family in waiting] == [[]] * 5
    assert await machine.terminate() == 0
    await machine.up()
    await machine.rests()
    assert {questions(family) for family in families} == {ASKED}


def test_it_waits_as_long_as_telegram_says() -> None:
    """R12."""
    assert Tries("sendMessage").wait(RetryAfter(A_QUARTER)) == A_QUARTER


# --- R13: no connection, or an error there -------------------------------------------


async def test_a_message_goes_out_once_telegram_is_well_again(
    emulator: Emulator, machine: Machine
) -> None:
    """R13. Errors first, then no connection at all, then an answer; each once."""
    await machine.up()
    family, other = User(emulator), User(emulator)
    emulator.fail("sendMessage", broken(502), chat=family.chat_id)
    says(family, *TYPED[:2])
    other.say(TYPED[0])
    await heard(emulator, lambda: sent_to(emulator, family))
    await emulator.stop()
    await heard(emulator, lambda: "polling_trouble" in machine.log)
    await emulator.start()
    await machine.rests()
    assert questions(family) == ASKED[:2]
    assert questions(other) == ASKED[:1]
    assert len(texts(family)) == len(set(texts(family)))


@pytest.mark.parametrize("trouble", [UnreachableError("x"), NetworkError("x")])
def test_for_a_day_it_is_tried_again_and_seldom(trouble: NetworkError) -> None:
    """R13. Without a connection for longer still: nothing was ever refused."""
    tries, waited = Tries("sendMessage"), 0.0
    while waited < HOURS_24 - LONGEST_PAUSE:
        pause = tries.wait(trouble)
        assert pause is not None
        assert 0 < pause <= LONGEST_PAUSE
        waited += pause


def test_two_programs_do_not_come_back_at_the_same_moment() -> None:
    """R13. Jitter."""
    assert len({Tries("sendMessage").wait(NetworkError("x")) for _ in range(20)}) > 1


# --- R14: perhaps delivered ----------------------------------------------------------


@pytest.mark.parametrize(
    ("cuts", "copies"),
    [
        pytest.param([cut_after()], 2, id="delivered, then cut"),
        pytest.param([cut_before()], 1, id="cut, and not delivered"),
        pytest.param([cut_after(), cut_after()], 2, id="delivered and cut twice"),
    ],
)
async def test_a_message_that_may_have_arrived_is_repeated_once_at_most(
    emulator: Emulator, machine: Machine, cuts: list[Fault], copies: int
) -> None:
    """R14. The same words; what comes after it waits for it, and comes once."""
    await machine.up()
    family = User(emulator)
    emulator.fail("sendMessage", *cuts, chat=family.chat_id)
    family.say(TYPED[0])
    await machine.rests()
    first, *after = sent_to(emulator, family)
    assert after[0] == first
    assert after[1:].count(first) == 0
    assert texts(family)[:-1] == [texts(family)[0]] * copies
    assert questions(family) == ASKED[:1]


# --- R15: blocked --------------------------------------------------------------------


async def test_who_blocked_the_bot_is_forgotten_and_left_in_peace(
    emulator: Emulator, either: Machine
) -> None:
    """R15. Nothing is tried again, nothing of the family is kept, others go on."""
    await either.up()
    gone, other = User(emulator), User(emulator)
    says(gone, *TYPED[:2])
    says(other, *TYPED[:2])
    await either.rests()
    tried = len(sent_to(emulator, gone))
    emulator.fail("sendMessage", blocked(), chat=gone.chat_id)
    says(gone, *TYPED[2:])
    says(other, *TYPED[2:])
    await either.rests()
    assert questions(other) == ASKED
    assert either.conversations() in (1, 2)  # what came after the refusal begins anew
    assert all("Wat is er stuk?" not in text for text in texts(gone)[tried:])


async def test_a_block_that_telegram_tells_of_ends_all_at_once(
    emulator: Emulator, either: Machine
) -> None:
    """R15. Conversation, outbox and the numbers of messages are gone."""
    await either.up()
    gone = User(emulator)
    says(gone, *TYPED[:2])
    await either.rests()
    emulator.fail("sendMessage", too_many(A_QUARTER), chat=gone.chat_id)
    gone.say(TYPED[2])
    await heard(emulator, lambda: either.ask("SELECT count(*) FROM outbox"))
    gone.block()
    await heard(emulator, lambda: either.conversations() == 0)
    for table in ("outbox", "message", "conversation"):
        assert either.ask(f"SELECT count(*) FROM {table}") == 0


@pytest.mark.parametrize(
    "words",
    few_by_day(
        [
            "Forbidden: bot was blocked by the user",
            "Forbidden: user is deactivated",
            "Forbidden: bot can't initiate conversation with a user",
        ],
        1,
    ),
)
async def test_of_whom_telegram_forbids_to_write_to_nothing_is_kept(
    emulator: Emulator, machine: Machine, words: str
) -> None:
    """R15. One refusal, and no second try, also after a restart."""
    await machine.up()
    gone = User(emulator)
    emulator.fail("sendMessage", refusal(403, words), chat=gone.chat_id)
    gone.say(TYPED[0])
    await machine.rests()
    assert len(sent_to(emulator, gone)) == 1
    assert machine.conversations() == 0
    assert await machine.terminate() == 0
    await machine.up()
    await machine.rests()
    assert len(sent_to(emulator, gone)) == 1


# --- R16: not as it is ---------------------------------------------------------------

PARSE = "Bad Request: can't parse entities: unsupported start tag at byte offset 7"
BUTTONS = "Bad Request: BUTTON_DATA_INVALID"


async def test_words_that_telegram_cannot_parse_arrive_plain(
    emulator: Emulator, machine: Machine
) -> None:
    """R16. With their buttons; operators read that it happened, and no words."""
    await machine.up()
    family, calm = User(emulator), User(emulator)
    emulator.fail("sendMessage", *[refusal(400, PARSE)], chat=family.chat_id)
    for one in (family, calm):
        one.say(TYPED[0])
    await machine.rests()
    assert texts(family) == texts(calm)
    assert questions(family) == ASKED[:1]
    assert "send_refused" in machine.log
    assert texts(calm)[0][:20] not in machine.log


async def test_words_come_without_buttons_when_those_are_refused(
    emulator: Emulator, machine: Machine
) -> None:
    """R16. And the next question has its buttons again."""
    await machine.up()
    family = User(emulator)
    family.say(TYPED[0])
    await machine.rests()
    emulator.fail("sendMessage", *[refusal(400, BUTTONS)] * 2, chat=family.chat_id)
    says(family, TYPED[1])
    await machine.rests()
    assert questions(family) == ASKED[:2]
    assert read(family)[-1].buttons == ()
    says(family, TYPED[2])
    await machine.rests()
    assert read(family)[-1].buttons != ()
