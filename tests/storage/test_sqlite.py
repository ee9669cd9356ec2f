"""What the storage promises, kept by SQLite: whole turns, and nothing left behind."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.storage.base import Ledger, Outgoing, StorageError, Waiting
from bot.storage.sqlite import REMEMBER_MINUTES, SqliteStorage

CHAT, OTHER = 5_200_000_001, 5_200_000_002
NOON = 30_000_000
ANSWER = "kanarie-antwoord"


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "data" / "drempel.db")


@pytest.fixture
async def storage(file: str) -> AsyncIterator[SqliteStorage]:
    opened = SqliteStorage(file)
    yield opened
    await opened.close()


async def reopened(storage: SqliteStorage, file: str) -> SqliteStorage:
    await storage.close()
    return SqliteStorage(file)


def updates(*numbers: int) -> list[Waiting]:
    return [Waiting(number, b"{}") for number in numbers]


def question(turn: int) -> Outgoing:
    return Outgoing(CHAT, "sendMessage", b"{}", posts=turn, closes=True)


def aside() -> Outgoing:
    return Outgoing(CHAT, "sendMessage", b"{}", posts=0)


def closing(turn: int) -> Outgoing:
    return Outgoing(CHAT, "editMessageText", b"{}", edits=turn)


# --- the inbox ---------------------------------------------------------------------


async def test_updates_wait_in_the_order_of_arrival(storage: SqliteStorage) -> None:
    await storage.transact(lambda ledger: ledger.receive(updates(8, 9), NOON))
    await storage.transact(lambda ledger: ledger.receive(updates(3), NOON))
    waiting = await storage.transact(lambda ledger: ledger.waiting(10))
    assert [one.update_id for one in waiting] == [8, 9, 3]


async def test_a_repeated_update_is_known(storage: SqliteStorage) -> None:
    def twice(ledger: Ledger) -> list[bool]:
        ledger.receive(updates(8), NOON)
        first = ledger.processed(8)
        ledger.receive(updates(8), NOON)
        return [first, ledger.processed(8), bool(ledger.waiting(10))]

    assert await storage.transact(twice) == [True, False, False]


async def test_an_id_is_remembered_for_48_hours(storage: SqliteStorage) -> None:
    def later(minutes: int) -> Callable[[Ledger], int]:
        def work(ledger: Ledger) -> int:
            ledger.receive(updates(8), NOON + minutes)
            found = len(ledger.waiting(10))
            ledger.processed(8)
            return found

        return work

    ages = (0, REMEMBER_MINUTES, REMEMBER_MINUTES + 1)
    assert [await storage.transact(later(age)) for age in ages] == [1, 0, 1]


async def test_what_still_waits_is_never_dropped(storage: SqliteStorage) -> None:
    much_later = NOON + 10 * REMEMBER_MINUTES
    await storage.transact(lambda ledger: ledger.receive(updates(8), NOON))
    await storage.transact(lambda ledger: ledger.receive(updates(9), much_later))
    assert len(await storage.transact(lambda ledger: ledger.waiting(10))) == 2


# --- the outbox and what is shown --------------------------------------------------


async def test_calls_come_back_as_they_were_given(storage: SqliteStorage) -> None:
    given = [question(3), aside(), closing(3), Outgoing(0, "answerCallbackQuery", b"")]
    await storage.transact(lambda ledger: ledger.send(given))
    found = await storage.transact(lambda ledger: ledger.outgoing(0, 10))
    assert [one.id for one in found] == [1, 2, 3, 4]
    assert [one.posts for one in found] == [3, 0, None, None]
    assert [one.closes for one in found] == [True, False, False, False]
    assert [one.edits for one in found] == [0, 0, 3, 0]


async def test_an_acknowledged_call_is_gone_and_its_number_is_not_used_again(
    storage: SqliteStorage,
) -> None:
    def send(ledger: Ledger) -> Outgoing:
        ledger.send([aside()])
        (call,) = ledger.outgoing(0, 10)
        ledger.sent(call, 1)
        return call

    assert [(await storage.transact(send)).id for _ in range(3)] == [1, 2, 3]


async def test_an_edit_finds_the_message_of_its_question(
    storage: SqliteStorage,
) -> None:
    def work(ledger: Ledger) -> list[int | None]:
        ledger.sent(question(3), 40)
        before = ledger.shown(CHAT, 3)
        ledger.sent(closing(3), 40)
        return [before, ledger.shown(CHAT, 3), ledger.shown(OTHER, 3)]

    assert await storage.transact(work) == [40, None, None]


async def test_a_new_question_closes_all_buttons_above_it(
    storage: SqliteStorage,
) -> None:
    def work(ledger: Ledger) -> list[list[int]]:
        shown = [ledger.sent(question(3), 40), ledger.sent(aside(), 41)]
        shown += [ledger.sent(aside(), 42), ledger.sent(question(4), 43)]
        return [*shown, ledger.sent(question(5), 44)]

    assert await storage.transact(work) == [[], [], [], [40, 41, 42], [43]]


async def test_a_question_that_never_arrived_closes_nothing(
    storage: SqliteStorage,
) -> None:
    def work(ledger: Ledger) -> tuple[list[int], int | None]:
        ledger.sent(question(3), 40)
        return ledger.sent(question(4), None), ledger.shown(CHAT, 3)

    assert await storage.transact(work) == ([], 40)


async def test_a_ticked_question_keeps_its_message(storage: SqliteStorage) -> None:
    tick = Outgoing(CHAT, "editMessageText", b"{}", posts=3, edits=3)

    def work(ledger: Ledger) -> int | None:
        ledger.sent(question(3), 40)
        ledger.sent(tick, 40)
        return ledger.shown(CHAT, 3)

    assert await storage.transact(work) == 40


# --- one transaction ---------------------------------------------------------------


async def test_what_fails_leaves_no_trace_and_harms_no_neighbour(
    storage: SqliteStorage,
) -> None:
    def broken(ledger: Ledger) -> None:
        ledger.keep(OTHER, b"half", NOON)
        raise LookupError("a bug")

    good = storage.transact(lambda ledger: ledger.keep(CHAT, b"whole", NOON))
    with pytest.raises(LookupError):
        await asyncio.gather(storage.transact(broken), good)
    kept = await storage.transact(lambda ledger: ledger.conversation(CHAT))
    half = await storage.transact(lambda ledger: ledger.conversation(OTHER))
    assert (kept, half) == (b"whole", None)


async def test_a_value_that_cannot_be_kept_harms_no_neighbour(
    storage: SqliteStorage,
) -> None:
    wrong = storage.transact(lambda ledger: ledger.keep(OTHER, None, NOON))  # type: ignore[arg-type]
    good = storage.transact(lambda ledger: ledger.keep(CHAT, b"whole", NOON))
    found = await asyncio.gather(wrong, good, return_exceptions=True)
    assert [type(one) for one in found] == [sqlite3.IntegrityError, type(None)]


async def test_trouble_with_the_disk_is_one_exception_and_undoes_the_turn(
    storage: SqliteStorage,
) -> None:
    def full(ledger: Ledger) -> None:
        ledger.keep(CHAT, b"half", NOON)
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(StorageError, match="OperationalError"):
        await storage.transact(full)
    assert await storage.transact(lambda ledger: ledger.conversation(CHAT)) is None


async def test_a_cancelled_caller_leaves_a_whole_turn(storage: SqliteStorage) -> None:
    def work(ledger: Ledger) -> None:
        ledger.keep(CHAT, b"whole", NOON)

    task = asyncio.create_task(storage.transact(work))
    await asyncio.sleep(0)
    task.cancel()
    kept = await storage.transact(lambda ledger: ledger.conversation(CHAT))
    assert kept == b"whole"


async def test_a_locked_database_is_waited_for(
    storage: SqliteStorage, file: str
) -> None:
    outside = sqlite3.connect(file, isolation_level=None)
    outside.execute("BEGIN IMMEDIATE")
    kept = asyncio.create_task(
        storage.transact(lambda ledger: ledger.keep(CHAT, b"whole", NOON))
    )
    await asyncio.sleep(0)
    assert not kept.done()
    outside.execute("ROLLBACK")
    await kept
    outside.close()


# --- the file ----------------------------------------------------------------------


async def test_everything_survives_the_end_of_the_program(
    storage: SqliteStorage, file: str
) -> None:
    def work(ledger: Ledger) -> None:
        ledger.receive(updates(8), NOON)
        ledger.keep(CHAT, b"whole", NOON)
        ledger.send([question(3)])

    await storage.transact(work)
    again = await reopened(storage, file)
    assert await again.transact(lambda ledger: ledger.conversation(CHAT)) == b"whole"
    assert len(await again.transact(lambda ledger: ledger.waiting(9))) == 1
    assert len(await again.transact(lambda ledger: ledger.outgoing(0, 9))) == 1
    await again.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        pytest.param("journal_mode", "wal", id="readers do not wait"),
        pytest.param("synchronous", 2, id="a power cut loses nothing"),
        pytest.param("secure_delete", 1, id="what is deleted is overwritten"),
    ],
)
async def test_the_file_is_safe(
    storage: SqliteStorage, pragma: str, value: object
) -> None:
    found = storage._connection.execute(f"PRAGMA {pragma}").fetchone()
    assert found == (value,)


async def test_a_second_program_is_refused_until_the_first_has_ended(
    storage: SqliteStorage, file: str
) -> None:
    with pytest.raises(StorageError, match="another program is using it"):
        SqliteStorage(file)
    again = await reopened(storage, file)
    await again.close()


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Geachte heer, mevrouw, " * 99)
    with pytest.raises(StorageError, match="not a database"):
        SqliteStorage(str(letter))


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"drempel\.db: "):
        SqliteStorage(str(tmp_path / "file" / "drempel.db"))


async def test_a_database_of_a_newer_program_is_refused(
    storage: SqliteStorage, file: str
) -> None:
    await storage.close()
    newer = sqlite3.connect(file)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(StorageError, match="newer program"):
        SqliteStorage(file)


# --- forgetting --------------------------------------------------------------------


async def test_a_family_that_left_leaves_nothing_behind(
    storage: SqliteStorage, file: str
) -> None:
    def all_of_it(ledger: Ledger) -> None:
        ledger.keep(CHAT, ANSWER.encode(), NOON)
        ledger.send([Outgoing(CHAT, "sendMessage", ANSWER.encode())])
        ledger.sent(question(3), 40)

    await storage.transact(all_of_it)
    await storage.transact(lambda ledger: ledger.leave(CHAT))
    await storage.close()
    assert ANSWER.encode() not in Path(file).read_bytes()
    rows = [rows_of(file, table) for table in ("conversation", "outbox", "shown")]
    assert rows == [0, 0, 0]


def rows_of(file: str, table: str) -> int:
    connection = sqlite3.connect(file)
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return int(count)


async def test_the_update_of_a_processed_turn_is_gone_but_for_its_id(
    storage: SqliteStorage, file: str
) -> None:
    body = [Waiting(8, ANSWER.encode())]
    await storage.transact(lambda ledger: ledger.receive(body, NOON))
    await storage.transact(lambda ledger: ledger.processed(8))
    await storage.close()
    assert ANSWER.encode() not in Path(file).read_bytes()
    assert rows_of(file, "inbox") == 1


async def test_only_conversations_that_are_too_old_are_forgotten(
    storage: SqliteStorage,
) -> None:
    def work(ledger: Ledger) -> list[object]:
        ledger.keep(CHAT, b"old", NOON - 1)
        ledger.keep(OTHER, b"new", NOON)
        ledger.sent(question(3), 40)
        ledger.forget_older(NOON)
        gone = ledger.conversation(CHAT), ledger.shown(CHAT, 3)
        return [*gone, ledger.conversation(OTHER)]

    assert await storage.transact(work) == [None, None, b"new"]


async def test_a_forgotten_family_still_reads_its_farewell(
    storage: SqliteStorage,
) -> None:
    farewell = Outgoing(CHAT, "sendMessage", b"{}", closes=True)

    def work(ledger: Ledger) -> list[int]:
        ledger.keep(CHAT, b"all", NOON)
        ledger.sent(question(3), 40)
        ledger.forget(CHAT)
        return ledger.sent(farewell, 41)

    assert await storage.transact(work) == [40]
    assert await storage.transact(lambda ledger: ledger.shown(CHAT, 3)) is None


async def test_nobody_else_may_read_the_database(tmp_path: Path) -> None:
    path = tmp_path / "family.db"
    storage = SqliteStorage(str(path))
    await storage.transact(lambda ledger: ledger.forget(1))
    kept = [path, *tmp_path.glob("family.db-*")]
    modes = {oct(one.stat().st_mode & 0o077) for one in kept}
    await storage.close()
    assert modes == {"0o0"}
