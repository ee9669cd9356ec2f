"""What every storage promises: in memory, in a SQLite file and in PostgreSQL."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.storage.base import SHARED_LANE, Ledger, Outgoing, Storage, StorageError
from tests.storage.conftest import Open
from tests.storage.given import (
    ANSWER,
    CHAT,
    NOON,
    OTHER,
    arrive,
    aside,
    bodies,
    edit,
    kept,
    plain,
    question,
    read,
    shown,
    updates,
    wait,
)
from tests.storage.model import Model

TWO_DAYS = 48 * 60


# --- the inbox ---------------------------------------------------------------------


async def test_updates_wait_in_the_order_of_arrival(storage: Storage) -> None:
    await storage.transact(arrive(8, 9))
    await storage.transact(arrive(3))
    assert await storage.transact(wait()) == [8, 9, 3]


async def test_an_update_waits_as_it_was_given(storage: Storage) -> None:
    await storage.transact(arrive(8, body=ANSWER))
    (one,) = await storage.transact(lambda box: box.waiting(box.lane(CHAT), 9))
    assert (one.update_id, one.body, one.tries) == (8, ANSWER, 0)


async def test_only_the_oldest_updates_are_given(storage: Storage) -> None:
    await storage.transact(arrive(8, 9, 7))
    found = await storage.transact(lambda box: box.waiting(box.lane(CHAT), 2))
    assert [one.update_id for one in found] == [8, 9]


async def test_each_new_update_names_its_lane_and_a_repeated_one_does_not(
    storage: Storage,
) -> None:
    first = await storage.transact(arrive(8, 8, 9))
    again = await storage.transact(arrive(9, 8))
    assert (len(first), again) == (2, [])
    assert await storage.transact(wait()) == [8, 9]


async def test_an_update_without_a_body_is_known_but_never_waits(
    storage: Storage,
) -> None:
    assert await storage.transact(arrive(8, body=None)) == []
    assert await storage.transact(arrive(8)) == []
    assert await storage.transact(wait()) == []


async def test_families_do_not_share_their_updates(storage: Storage) -> None:
    await storage.transact(arrive(8))
    await storage.transact(arrive(9, chat=OTHER))
    assert await storage.transact(wait()) == [8]
    assert await storage.transact(wait(OTHER)) == [9]


async def test_updates_of_no_chat_share_a_lane(storage: Storage) -> None:
    def work(ledger: Ledger) -> list[bytes]:
        one = replace(updates(ledger, 8)[0], lane=SHARED_LANE)
        return ledger.receive([one], NOON) + ledger.receive([one], NOON)

    assert await storage.transact(work) == [SHARED_LANE]


async def test_the_lane_that_waits_longest_comes_first(storage: Storage) -> None:
    await storage.transact(arrive(8, chat=OTHER))
    await storage.transact(arrive(9, 10))
    lanes = await storage.transact(lambda box: [box.lane(OTHER), box.lane(CHAT)])
    found = await storage.transact(lambda box: box.waiting_lanes(9))
    assert found == [(lanes[0], 1), (lanes[1], 2)]
    assert await storage.transact(lambda box: box.waiting_lanes(1)) == found[:1]


async def test_a_processed_update_is_known_but_waits_no_more(storage: Storage) -> None:
    def work(ledger: Ledger) -> None:
        ledger.processed(ledger.waiting(ledger.lane(CHAT), 1)[0])

    await storage.transact(arrive(8, 9))
    await storage.transact(work)
    assert await storage.transact(arrive(8)) == []
    assert await storage.transact(wait()) == [9]


async def test_a_failed_update_waits_and_its_tries_are_counted(
    storage: Storage,
) -> None:
    def work(ledger: Ledger) -> int:
        ledger.failed(ledger.waiting(ledger.lane(CHAT), 1)[0])
        return ledger.waiting(ledger.lane(CHAT), 1)[0].tries

    await storage.transact(arrive(8))
    assert [await storage.transact(work) for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("age", "known"),
    [
        pytest.param(TWO_DAYS, True, id="48 hours"),
        pytest.param(TWO_DAYS + 1, False, id="longer than 48 hours"),
    ],
)
async def test_an_id_is_remembered_for_48_hours(
    storage: Storage, age: int, known: bool
) -> None:
    now = NOON + age
    await storage.transact(arrive(8, body=None))
    await storage.transact(lambda box: box.forget_older(0, now - TWO_DAYS, 0))
    assert bool(await storage.transact(arrive(8, minute=now))) != known


async def test_what_still_waits_is_kept_as_long_as_a_conversation(
    storage: Storage,
) -> None:
    await storage.transact(arrive(8))
    await storage.transact(lambda box: box.forget_older(NOON, 9 * NOON, 9 * NOON))
    assert await storage.transact(wait()) == [8]
    await storage.transact(lambda box: box.forget_older(NOON + 1, 0, 0))
    assert await storage.transact(wait()) == []


async def test_a_call_is_kept_as_long_as_anything_else_of_its_chat(
    storage: Storage,
) -> None:
    def work(ledger: Ledger) -> list[int]:
        ledger.receive(updates(ledger, 8, body=None), NOON)
        ledger.send([plain()])
        left = []
        for age in (NOON, NOON + 1):
            ledger.forget_older(NOON, age, 0)
            left.append(len(ledger.lease(ledger.lane(CHAT))))
        return left

    assert await storage.transact(work) == [1, 0]


async def test_a_turn_holds_its_lane_as_often_as_it_likes(storage: Storage) -> None:
    def work(ledger: Ledger) -> list[bool]:
        lanes = [ledger.lane(chat) for chat in (CHAT, CHAT, OTHER)]
        return [ledger.hold(lane) for lane in lanes]

    assert await storage.transact(work) == [True, True, True]
    assert await storage.transact(work) == [True, True, True]


# --- the conversation --------------------------------------------------------------


async def test_a_conversation_is_read_as_it_was_kept(storage: Storage) -> None:
    assert await storage.transact(read()) is None
    await storage.transact(kept(b"first"))
    await storage.transact(kept(b"last"))
    assert await storage.transact(read()) == b"last"
    assert await storage.transact(read(OTHER)) is None


async def test_a_forgotten_family_still_reads_its_farewell(storage: Storage) -> None:
    def work(ledger: Ledger) -> tuple[bytes | None, list[int]]:
        ledger.keep(CHAT, ANSWER, NOON)
        shown(ledger, question(3), 40)
        ledger.forget(CHAT)
        (farewell,) = ledger.send([replace(plain(), closes=True)])
        return ledger.conversation(CHAT), ledger.sent(farewell, 41, NOON)

    assert await storage.transact(work) == (None, [40])


async def test_of_a_family_that_left_nothing_remains(storage: Storage) -> None:
    def work(ledger: Ledger) -> tuple[object, ...]:
        lane = ledger.lane(CHAT)
        ledger.keep(CHAT, ANSWER, NOON)
        shown(ledger, question(3), 40)
        ledger.lease(lane, ledger.send([plain()]))
        ledger.leave(lane)
        left = ledger.conversation(CHAT), ledger.messages(lane, 0), ledger.lease(lane)
        return *left, ledger.unsent_lanes(9)

    assert await storage.transact(work) == (None, [], [], [])


async def test_a_family_that_left_leaves_the_others_alone(storage: Storage) -> None:
    def work(ledger: Ledger) -> tuple[object, ...]:
        ledger.keep(OTHER, ANSWER, NOON)
        ledger.note_message(OTHER, 40, NOON)
        ledger.send([plain(chat=OTHER)])
        ledger.leave(ledger.lane(CHAT))
        lane = ledger.lane(OTHER)
        return ledger.messages(lane, 0), len(ledger.lease(lane))

    assert await storage.transact(work) == ([40], 1)
    assert await storage.transact(read(OTHER)) == ANSWER


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        pytest.param(NOON, NOON, [CHAT], id="in this minute"),
        pytest.param(NOON - 60, NOON - 1, [], id="later"),
        pytest.param(NOON + 1, NOON + 60, [], id="earlier"),
    ],
)
async def test_who_was_heard_lately_is_known(
    storage: Storage, since: int, until: int, found: list[int]
) -> None:
    await storage.transact(kept())
    assert await storage.transact(lambda box: box.recent(since, until)) == found


async def test_an_address_is_forgotten_before_the_conversation(
    storage: Storage,
) -> None:
    await storage.transact(kept())
    await storage.transact(lambda box: box.forget_older(NOON, 0, NOON + 1))
    assert await storage.transact(lambda box: box.recent(0, NOON)) == []
    assert await storage.transact(read()) == ANSWER
    await storage.transact(kept())
    assert await storage.transact(lambda box: box.recent(0, NOON)) == [CHAT]


async def test_only_conversations_that_are_too_old_are_forgotten(
    storage: Storage,
) -> None:
    await storage.transact(lambda box: box.keep(CHAT, b"old", NOON - 1))
    await storage.transact(lambda box: box.keep(OTHER, b"new", NOON))
    await storage.transact(lambda box: box.forget_older(NOON, 0, 0))
    assert await storage.transact(read()) is None
    assert await storage.transact(read(OTHER)) == b"new"


# --- the outbox --------------------------------------------------------------------


async def test_calls_come_back_as_they_were_given(storage: Storage) -> None:
    given = [
        question(3),
        aside(),
        edit(2),
        replace(plain(ANSWER + b" \x00\xff"), waits=False),
    ]
    placed = await storage.transact(lambda box: box.send(given))
    found = await storage.transact(lambda box: box.lease(box.lane(CHAT)))
    assert found == placed
    assert [replace(call, lane=b"", number=0, part=0) for call in found] == given


async def test_calls_are_placed_at_the_end_of_their_lane(storage: Storage) -> None:
    def work(ledger: Ledger, *words: bytes) -> list[bytes]:
        ledger.send([plain(word) for word in words])
        return bodies(ledger.lease(ledger.lane(CHAT)))

    await storage.transact(lambda box: work(box, b"1", b"2"))
    assert await storage.transact(lambda box: work(box, b"3")) == [b"1", b"2", b"3"]


async def test_calls_are_placed_right_after_another_one(storage: Storage) -> None:
    def work(ledger: Ledger) -> list[bytes]:
        first, _ = ledger.send([plain(b"1"), plain(b"9")])
        ledger.send([plain(b"2"), plain(b"3")], after=first)
        (more,) = ledger.send([plain(b"4")], after=first)
        ledger.sent(first, None, NOON)
        ledger.send([plain(b"5")], after=more)
        return bodies(ledger.lease(ledger.lane(CHAT)))

    assert await storage.transact(work) == [b"2", b"3", b"4", b"5", b"9"]


async def test_nothing_to_send_is_nothing(storage: Storage) -> None:
    def work(ledger: Ledger) -> list[object]:
        return [ledger.send([]), ledger.unsent_lanes(9), ledger.lease(ledger.lane(1))]

    assert await storage.transact(work) == [[], [], []]


async def test_who_begins_to_send_gets_all_that_is_unsent(storage: Storage) -> None:
    def work(ledger: Ledger) -> list[bytes]:
        ledger.send([plain(b"1")])
        return bodies(ledger.lease(ledger.lane(CHAT)))

    await storage.transact(lambda box: box.send([plain(b"0")]))
    assert await storage.transact(work) == [b"0", b"1"]


async def test_who_is_sending_already_gets_at_least_what_is_fresh(
    storage: Storage,
) -> None:
    def work(ledger: Ledger, word: bytes) -> list[bytes]:
        fresh = ledger.send([plain(word)])
        return bodies(ledger.lease(ledger.lane(CHAT), fresh))

    await storage.transact(lambda box: work(box, b"1"))
    assert (await storage.transact(lambda box: work(box, b"2")))[-1] == b"2"


async def test_lanes_with_calls_are_found_until_all_are_sent(storage: Storage) -> None:
    def work(ledger: Ledger) -> list[object]:
        lane = ledger.lane(CHAT)
        first, last = ledger.send([plain(), plain()])
        found: list[object] = [ledger.unsent_lanes(9) == [lane]]
        ledger.lease(lane)
        ledger.renew([lane])
        ledger.sent(first, None, NOON)
        found.append(ledger.release(lane) == [last])
        ledger.sent(last, None, NOON)
        return [*found, ledger.release(lane), ledger.unsent_lanes(9)]

    assert await storage.transact(work) == [True, True, [], []]


async def test_nobody_renews_nothing(storage: Storage) -> None:
    await storage.transact(lambda ledger: ledger.renew([]))


async def test_a_call_that_came_while_the_last_one_was_sent_is_not_left(
    storage: Storage,
) -> None:
    def work(ledger: Ledger) -> bool:
        lane = ledger.lane(CHAT)
        (first,) = ledger.lease(lane, ledger.send([plain()]))
        late = ledger.send([plain(b"late")])
        ledger.sent(first, None, NOON)
        return ledger.release(lane) == late

    assert await storage.transact(work)


# --- the messages that stand in the chat -------------------------------------------


async def test_an_edit_finds_the_message_of_its_question(storage: Storage) -> None:
    def work(ledger: Ledger) -> list[int | None]:
        lane = ledger.lane(CHAT)
        shown(ledger, question(3), 40)
        before = ledger.shown(lane, 3)
        shown(ledger, edit(3), 40)
        after = ledger.shown(lane, 3)
        return [before, after, ledger.shown(ledger.lane(OTHER), 3)]

    assert await storage.transact(work) == [40, None, None]


async def test_a_question_that_is_asked_again_stands_in_its_last_message(
    storage: Storage,
) -> None:
    def work(ledger: Ledger) -> int | None:
        shown(ledger, replace(question(3), closes=False), 40)
        shown(ledger, replace(question(3), closes=False), 44)
        return ledger.shown(ledger.lane(CHAT), 3)

    assert await storage.transact(work) == 44


async def test_a_new_question_closes_all_buttons_above_it(storage: Storage) -> None:
    def work(ledger: Ledger) -> list[list[int]]:
        said = (question(3), aside(), plain(), aside(), question(4), question(5))
        return [shown(ledger, call, id) for id, call in enumerate(said, 40)]

    expected: list[list[int]] = [[], [], [], [], [40, 41, 43], [44]]
    assert await storage.transact(work) == expected


async def test_a_question_closes_no_buttons_of_another_family(
    storage: Storage,
) -> None:
    def work(ledger: Ledger) -> list[int]:
        shown(ledger, question(3, OTHER), 40)
        return shown(ledger, question(3), 41)

    assert await storage.transact(work) == []


async def test_a_question_that_never_arrived_closes_nothing(storage: Storage) -> None:
    def work(ledger: Ledger) -> tuple[list[int], int | None]:
        shown(ledger, question(3), 40)
        return shown(ledger, question(4), None), ledger.shown(ledger.lane(CHAT), 3)

    assert await storage.transact(work) == ([], 40)


async def test_a_ticked_question_keeps_its_message(storage: Storage) -> None:
    def work(ledger: Ledger) -> int | None:
        shown(ledger, question(3), 40)
        shown(ledger, replace(edit(3), posts=3), 40)
        return ledger.shown(ledger.lane(CHAT), 3)

    assert await storage.transact(work) == 40


async def test_messages_of_both_sides_are_known_until_they_are_wiped(
    storage: Storage,
) -> None:
    def work(ledger: Ledger) -> list[list[int]]:
        lane = ledger.lane(CHAT)
        ledger.note_message(CHAT, 39, NOON)
        ledger.note_message(CHAT, 39, NOON)
        shown(ledger, question(3), 40)
        shown(ledger, plain(), 41)
        ledger.note_message(OTHER, 42, NOON)
        known = ledger.messages(lane, 0)
        ledger.wiped(lane, [39, 41, 42])
        others = ledger.messages(ledger.lane(OTHER), 0)
        return [known, ledger.messages(lane, 0), others]

    assert await storage.transact(work) == [[39, 40, 41], [40], [42]]


@pytest.mark.parametrize(
    ("since", "known"),
    [
        pytest.param(NOON, [39, 40], id="from its minute on"),
        pytest.param(NOON + 1, [40], id="later"),
    ],
)
async def test_messages_are_known_as_far_back_as_is_asked(
    storage: Storage, since: int, known: list[int]
) -> None:
    def work(ledger: Ledger) -> list[int]:
        ledger.note_message(CHAT, 39, NOON)
        ledger.note_message(CHAT, 40, NOON + 1)
        return ledger.messages(ledger.lane(CHAT), since)

    assert await storage.transact(work) == known


async def test_an_old_message_is_known_as_long_as_its_buttons_are_of_use(
    storage: Storage,
) -> None:
    def work(ledger: Ledger) -> list[list[int]]:
        lane, later = ledger.lane(CHAT), NOON + 1
        ledger.keep(CHAT, ANSWER, NOON)
        shown(ledger, question(3), 40)
        ledger.note_message(CHAT, 41, NOON)
        ledger.note_message(CHAT, 42, later)
        ledger.forget_older(0, later, 0)
        running = ledger.messages(lane, 0)
        ledger.forget_older(later, later, later)
        return [running, ledger.messages(lane, 0)]

    assert await storage.transact(work) == [[40, 42], [42]]


# --- the programs themselves -------------------------------------------------------


async def test_the_last_sign_of_life_is_remembered(storage: Storage) -> None:
    seconds = [100, 110, 105]
    found = [
        await storage.transact(lambda box, at=at: box.last_alive(at))  # type: ignore[misc]
        for at in seconds
    ]
    assert found == [None, 100, 110]


@pytest.mark.parametrize(
    ("second", "holder"),
    [
        pytest.param(109, "first", id="before it ends"),
        pytest.param(110, "second", id="when it ends"),
    ],
)
async def test_a_duty_is_taken_over_when_it_was_not_renewed(
    storage: Storage, second: int, holder: str
) -> None:
    def work(ledger: Ledger) -> str:
        ledger.claim("polling", "first", 100, 10)
        return ledger.claim("polling", "second", second, 10)

    assert await storage.transact(work) == holder


async def test_a_renewed_duty_stays_and_another_one_is_free(storage: Storage) -> None:
    def work(ledger: Ledger) -> list[str]:
        ledger.claim("polling", "first", 100, 10)
        ledger.claim("polling", "first", 109, 10)
        duties = ("polling", "sweeping")
        return [ledger.claim(duty, "second", 115, 10) for duty in duties]

    assert await storage.transact(work) == ["first", "second"]


async def test_sealing_again_goes_through_and_changes_nothing(
    storage: Storage,
) -> None:
    await storage.transact(kept())
    assert await storage.transact(lambda box: box.reseal(b"", 10)) == b""
    assert await storage.transact(read()) == ANSWER


# --- one transaction ---------------------------------------------------------------


def break_off(ledger: Ledger) -> None:
    """Some of everything, and then a bug."""
    ledger.receive(updates(ledger, 8, chat=OTHER), NOON)
    ledger.keep(OTHER, b"half", NOON)
    ledger.send([plain(chat=OTHER)])
    raise LookupError("a bug")


async def test_what_fails_leaves_no_trace_and_harms_no_neighbour(
    storage: Storage,
) -> None:
    works: list[Callable[[Ledger], object]] = [kept(b"1"), break_off, kept(b"2", 7)]
    together = [storage.transact(work) for work in works]
    found = await asyncio.gather(*together, return_exceptions=True)
    assert [type(one) for one in found] == [type(None), LookupError, type(None)]
    assert await storage.transact(read()) == b"1"
    assert await storage.transact(read(7)) == b"2"
    assert await storage.transact(read(OTHER)) is None
    assert await storage.transact(wait(OTHER)) == []
    assert await storage.transact(lambda box: box.unsent_lanes(9)) == []


async def test_a_value_that_cannot_be_kept_harms_no_neighbour(
    storage: Storage,
) -> None:
    def wrong(ledger: Ledger) -> None:
        (call,) = ledger.send([plain(chat=OTHER)])
        ledger.sent(call, "no number", NOON)  # type: ignore[arg-type]

    together = storage.transact(wrong), storage.transact(kept())
    bad, _ = await asyncio.gather(*together, return_exceptions=True)
    assert isinstance(bad, Exception)
    assert not isinstance(bad, StorageError)
    assert await storage.transact(read()) == ANSWER


async def test_trouble_said_by_a_turn_itself_undoes_that_turn(
    storage: Storage,
) -> None:
    def trouble(ledger: Ledger) -> None:
        ledger.keep(OTHER, b"half", NOON)
        raise StorageError("a key is missing")

    together = storage.transact(trouble), storage.transact(kept())
    bad, _ = await asyncio.gather(*together, return_exceptions=True)
    assert type(bad) is StorageError
    assert await storage.transact(read()) == ANSWER
    assert await storage.transact(read(OTHER)) is None


async def test_a_cancelled_caller_leaves_a_whole_turn(storage: Storage) -> None:
    task = asyncio.create_task(storage.transact(kept()))
    await asyncio.sleep(0)
    task.cancel()
    assert await storage.transact(read()) == ANSWER


async def test_turns_are_done_in_the_order_they_were_asked_for(
    storage: Storage,
) -> None:
    order: list[int] = []

    def work(number: int) -> Callable[[Ledger], None]:
        return lambda ledger: order.append(number)

    await asyncio.gather(*(storage.transact(work(number)) for number in range(200)))
    assert order == list(range(200))


async def test_a_closed_storage_refuses(opens: Open) -> None:
    storage = opens()
    await storage.close()
    with pytest.raises(StorageError, match="closed"):
        await storage.transact(kept())
    await storage.close()


async def test_what_was_asked_before_the_end_is_done(opens: Open) -> None:
    storage = opens()
    asked = asyncio.create_task(storage.transact(arrive(8, 9)))
    await asyncio.sleep(0)
    await storage.close()
    assert len(await asked) == 2


async def test_scrubbing_keeps_what_is_kept(storage: Storage) -> None:
    await storage.transact(kept())
    await storage.scrub()
    assert await storage.transact(read()) == ANSWER


# --- the same as the model ---------------------------------------------------------

CHATS = (CHAT, OTHER, -1_009_999_999_999)
chats = st.sampled_from(CHATS)
ids = st.integers(1, 6)
minutes = st.integers(NOON, NOON + 4)
words = st.sampled_from([b"", b"a", b"\x00 b"])
calls = st.builds(
    Outgoing,
    st.just(CHAT),
    st.sampled_from(["sendMessage", "editMessageText"]),
    words,
    posts=st.none() | st.integers(0, 3),
    edits=st.integers(0, 3),
    closes=st.booleans(),
    waits=st.booleans(),
)
Work = Callable[[Ledger], Any]
EMPTY = "TRUNCATE inbox, conversation, outbox, message, program, turn"


class LikeTheModel(RuleBasedStateMachine):
    """Whatever is done to both, the same is found in both."""

    def __init__(self, runner: asyncio.Runner, storage: Storage) -> None:
        super().__init__()
        self.runner = runner
        self.storage = storage
        lanes = self.run(lambda box: {chat: box.lane(chat) for chat in CHATS})
        self.model = Model(lanes)

    def run(self, work: Work) -> Any:
        return self.runner.run(self.storage.transact(work))

    def both(self, work: Work) -> None:
        assert self.run(work) == work(self.model)

    @rule(chat=chats, some=st.lists(st.tuples(ids, words | st.none())), minute=minutes)
    def receive(
        self, chat: int, some: list[tuple[int, bytes | None]], minute: int
    ) -> None:
        def work(box: Ledger) -> list[bytes]:
            rows = [updates(box, id, chat=chat, body=body)[0] for id, body in some]
            return box.receive(rows, minute)

        self.both(work)

    @rule(chat=chats, failed=st.booleans(), ending=words | st.none(), call=calls)
    def turn(
        self, chat: int, failed: bool, ending: bytes | None, call: Outgoing
    ) -> None:
        def work(box: Ledger) -> object:
            assert box.hold(box.lane(chat))
            found = box.waiting(box.lane(chat), 1)
            for one in found:
                box.failed(one) if failed else box.processed(one)
            if ending is not None:
                box.keep(chat, ending, NOON)
            return box.send([replace(call, chat=chat), question(1, chat)])

        self.both(work)

    @rule(chat=chats, body=words, minute=minutes)
    def keep(self, chat: int, body: bytes, minute: int) -> None:
        self.both(lambda box: box.keep(chat, body, minute))

    @rule(chat=chats, at=st.integers(0, 3), message=st.none() | ids, minute=minutes)
    def sent(self, chat: int, at: int, message: int | None, minute: int) -> None:
        def work(box: Ledger) -> object:
            unsent = box.lease(box.lane(chat))
            if not unsent:
                return None
            call = unsent[at % len(unsent)]
            closed = sorted(box.sent(call, message, minute))
            edits = [replace(edit(0), chat=chat) for _ in closed]
            return closed, box.send(edits, after=call), box.release(call.lane)

        self.both(work)

    @rule(chat=chats)
    def forget(self, chat: int) -> None:
        self.both(lambda box: box.forget(chat))

    @rule(chat=chats)
    def leave(self, chat: int) -> None:
        self.both(lambda box: box.leave(box.lane(chat)))

    @rule(chat=chats, message=ids, minute=minutes)
    def note_message(self, chat: int, message: int, minute: int) -> None:
        self.both(lambda box: box.note_message(chat, message, minute))

    @rule(chat=chats, messages=st.lists(ids))
    def wiped(self, chat: int, messages: list[int]) -> None:
        self.both(lambda box: box.wiped(box.lane(chat), messages))

    @rule(ages=st.tuples(minutes, minutes, minutes))
    def forget_older(self, ages: tuple[int, int, int]) -> None:
        self.both(lambda box: box.forget_older(*ages))

    @rule(holder=st.sampled_from("ab"), second=st.integers(0, 9))
    def claim(self, holder: str, second: int) -> None:
        self.both(lambda box: box.claim("duty", holder, second, 3))

    @rule(second=st.integers(0, 9))
    def last_alive(self, second: int) -> None:
        self.both(lambda box: box.last_alive(second))

    @rule(most=st.integers(1, 9))
    def reseal(self, most: int) -> None:
        self.both(lambda box: box.reseal(b"", most))

    @rule(chat=chats)
    def bug(self, chat: int) -> None:
        def broken(box: Ledger) -> None:
            box.receive(updates(box, 1, 2, 3, chat=chat), NOON)
            box.leave(box.lane(chat))
            box.keep(chat, b"half", NOON)
            raise LookupError

        with pytest.raises(LookupError):
            self.run(broken)

    @invariant()
    def same(self) -> None:
        def work(box: Ledger) -> list[object]:
            recent = sorted(box.recent(NOON, NOON + 2))
            seen: list[object] = [box.waiting_lanes(9), recent]
            seen.append(sorted(box.unsent_lanes(9)))
            for chat in CHATS:
                lane = box.lane(chat)
                seen += [box.waiting(lane, 9), box.conversation(chat), box.lease(lane)]
                seen += [
                    box.messages(lane, 0),
                    box.messages(lane, NOON + 2),
                    *(box.shown(lane, n) for n in range(4)),
                ]
            return seen

        self.both(work)

    def teardown(self) -> None:
        self.runner.run(self.storage.close())


@pytest.fixture
def empty(opens: Open, request: pytest.FixtureRequest) -> Open:
    """Each example begins with an empty storage; a new database would take longer."""
    sort = request.node.callspec.params["opens"]

    def empty() -> Storage:
        if sort == "sqlite":
            for one in Path(request.getfixturevalue("file")).parent.glob("*"):
                one.unlink()
        if sort == "postgres":
            with psycopg.connect(request.getfixturevalue("shared")) as connection:
                connection.execute(EMPTY)
        return opens()

    return empty


def test_every_storage_does_what_the_model_does(empty: Open) -> None:
    with asyncio.Runner() as runner:
        run_state_machine_as_test(
            lambda: LikeTheModel(runner, empty()),  # type: ignore[arg-type]
            settings=settings(max_examples=15, stateful_step_count=25),
        )
