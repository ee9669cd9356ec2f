"""What PostgreSQL adds to the contract: many programs, and one that dies."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from bot.storage import postgres as postgresql
from bot.storage import schemas
from bot.storage.base import Ledger, Outgoing, StorageError
from bot.storage.postgres import PostgresStorage
from bot.storage.sealing import Keys, Vault
from tests.postgres import Postgres
from tests.storage.given import (
    CHAT,
    NOON,
    OTHER,
    arrive,
    bodies,
    kept,
    plain,
    read,
    wait,
)

Start = Callable[[str], PostgresStorage]

OVER = "UPDATE turn SET until = extract(epoch FROM now())::bigint - 1"
"""Every lease has ended: nobody renewed it."""

OTHERS = (
    "FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
STRICT = "SET default_transaction_isolation = serializable"
CUT_OFF = f"SELECT pg_terminate_backend(pid) {OTHERS}"
BLOCKED = f"SELECT pid {OTHERS} AND wait_event_type = 'Lock'"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


@pytest.fixture
async def start(shared: str, vault: Vault) -> AsyncIterator[Start]:
    """Any number of programs on one database."""
    opened: list[PostgresStorage] = []

    def start(name: str) -> PostgresStorage:
        opened.append(PostgresStorage(shared, vault, program=name))
        return opened[-1]

    yield start
    for one in opened:
        await one.close()


@pytest.fixture
def a(start: Start) -> PostgresStorage:
    return start("a")


@pytest.fixture
def b(start: Start) -> PostgresStorage:
    return start("b")


def sql(url: str, statement: str) -> list[Any]:
    with psycopg.connect(url, autocommit=True) as connection:
        done = connection.execute(statement.encode())
        return done.fetchall() if done.description else []


@asynccontextmanager
async def during(
    storage: PostgresStorage, work: Callable[[Ledger], object]
) -> AsyncIterator["asyncio.Task[None]"]:
    """This program has done the work and stands still before it commits."""
    here, go = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def turn(ledger: Ledger) -> None:
        work(ledger)
        loop.call_soon_threadsafe(here.set)
        go.wait()

    turning = asyncio.create_task(storage.transact(turn))
    await here.wait()
    try:
        yield turning
    finally:
        go.set()
        await asyncio.wait([turning])


async def until(url: str, statement: str, *, found: bool = True) -> None:
    while bool(sql(url, statement)) != found:
        await asyncio.sleep(0.01)


async def meanwhile(storage: PostgresStorage, task: "asyncio.Task[Any]") -> None:
    """The task was tried and has to wait; other chats of its program go on."""
    await asyncio.sleep(0)  # it has asked
    await storage.transact(hold(7))
    assert not task.done()


def hold(chat: int = CHAT) -> Callable[[Ledger], bool]:
    return lambda ledger: ledger.hold(ledger.lane(chat))


def say(word: bytes) -> Callable[[Ledger], list[bytes]]:
    """A turn that says this; the words this program has to send now."""

    def work(ledger: Ledger) -> list[bytes]:
        lane = ledger.lane(CHAT)
        assert ledger.hold(lane)
        return bodies(ledger.lease(lane, ledger.send([plain(word)])))

    return work


def lease(ledger: Ledger) -> list[bytes]:
    return bodies(ledger.lease(ledger.lane(CHAT)))


def renew(ledger: Ledger) -> None:
    ledger.renew([ledger.lane(CHAT)])


def release(ledger: Ledger) -> list[bytes]:
    return bodies(ledger.release(ledger.lane(CHAT)))


def unsent(ledger: Ledger) -> bool:
    return ledger.unsent_lanes(9) == [ledger.lane(CHAT)]


# --- turns -------------------------------------------------------------------------


async def test_a_turn_of_one_program_is_left_alone_by_another(
    a: PostgresStorage, b: PostgresStorage
) -> None:
    await a.transact(arrive(8))
    async with during(a, hold()):
        assert not await b.transact(hold())
        assert await b.transact(hold(OTHER))
    assert await b.transact(hold())


async def test_a_turn_that_failed_holds_nothing(
    a: PostgresStorage, b: PostgresStorage
) -> None:
    def broken(ledger: Ledger) -> None:
        assert hold()(ledger)
        raise LookupError

    await a.transact(arrive(8))
    with pytest.raises(LookupError):
        await a.transact(broken)
    assert await b.transact(hold())


async def test_a_lane_thought_idle_while_an_update_comes_in_is_not_stuck(
    a: PostgresStorage, b: PostgresStorage, shared: str
) -> None:
    await a.transact(hold())
    async with during(a, arrive(8)):
        await b.transact(lambda ledger: ledger.forget_older(0, 0, 0))
    assert sql(shared, "SELECT lane FROM turn") == []
    assert await b.transact(hold())
    assert await b.transact(wait()) == [8]


async def test_a_lane_is_forgotten_when_nothing_is_left_of_it(
    a: PostgresStorage, shared: str
) -> None:
    await a.transact(arrive(8, body=None))
    await a.transact(lambda ledger: ledger.forget_older(0, NOON + 1, 0))
    assert sql(shared, "SELECT lane FROM turn") == []


async def test_two_programs_that_add_calls_of_one_chat_do_not_get_in_each_others_way(
    a: PostgresStorage, b: PostgresStorage
) -> None:
    def send(ledger: Ledger) -> list[int]:
        return [call.number for call in ledger.send([plain(), plain()])]

    await a.transact(hold())
    async with during(a, send):
        later = asyncio.create_task(b.transact(send))
        await meanwhile(b, later)
    assert await later == [3, 4]


async def test_only_one_of_two_programs_that_start_together_polls(
    a: PostgresStorage, b: PostgresStorage, shared: str
) -> None:
    def claim(name: str) -> Callable[[Ledger], str]:
        return lambda ledger: ledger.claim("polling", name, 100, 20)

    async with during(a, claim("a")):
        later = asyncio.create_task(b.transact(claim("b")))
        await until(shared, BLOCKED)
    assert await later == "a"


async def test_only_one_program_hears_of_an_outage(
    a: PostgresStorage, b: PostgresStorage, shared: str
) -> None:
    await a.transact(lambda ledger: ledger.last_alive(100))
    async with during(a, lambda ledger: ledger.last_alive(900)):
        later = asyncio.create_task(b.transact(lambda box: box.last_alive(901)))
        await until(shared, BLOCKED)
    assert await later == 900


# --- leases ------------------------------------------------------------------------


async def test_calls_that_one_program_sends_are_not_sent_by_another(
    a: PostgresStorage, b: PostgresStorage
) -> None:
    assert await a.transact(say(b"1")) == [b"1"]
    assert await b.transact(say(b"2")) == []
    assert await b.transact(lease) == []
    assert not await b.transact(unsent)
    assert await b.transact(release) == []
    assert await a.transact(lease) == [b"1", b"2"]


async def test_what_another_program_said_between_two_turns_goes_out_between_them(
    a: PostgresStorage, b: PostgresStorage
) -> None:
    await a.transact(say(b"1"))
    await b.transact(say(b"2"))
    assert await a.transact(say(b"3")) == [b"1", b"2", b"3"]


async def test_a_lease_that_nobody_renewed_is_taken_over(
    a: PostgresStorage, b: PostgresStorage, shared: str
) -> None:
    await a.transact(say(b"1"))
    sql(shared, OVER)
    assert await b.transact(unsent)
    assert await b.transact(lease) == [b"1"]
    assert await a.transact(lease) == []
    assert await a.transact(release) == []
    assert await b.transact(lease) == [b"1"]


async def test_a_renewed_lease_is_not_taken_over(
    a: PostgresStorage, b: PostgresStorage, shared: str
) -> None:
    await a.transact(say(b"1"))
    sql(shared, OVER)
    await a.transact(renew)
    assert await b.transact(lease) == []


async def test_a_lease_of_another_program_cannot_be_renewed(
    a: PostgresStorage, b: PostgresStorage, shared: str
) -> None:
    await a.transact(say(b"1"))
    sql(shared, OVER)
    await b.transact(renew)
    assert await b.transact(unsent)


@pytest.mark.parametrize("over", [False, True], ids=["still held", "over"])
async def test_calls_that_this_program_lost_sight_of_are_found_again(
    a: PostgresStorage, shared: str, over: bool
) -> None:
    await a.transact(say(b"1"))
    if over:
        sql(shared, OVER)
    assert await a.transact(unsent)
    assert await a.transact(lease) == [b"1"]
    assert await a.transact(say(b"2")) == [b"1", b"2"]


async def test_a_released_lane_is_free_and_one_with_calls_is_not_released(
    a: PostgresStorage, b: PostgresStorage
) -> None:
    def acknowledge(ledger: Ledger) -> list[bytes]:
        ledger.sent(ledger.lease(ledger.lane(CHAT))[0], None, NOON)
        return release(ledger)

    await a.transact(say(b"1"))
    await b.transact(say(b"2"))
    assert await a.transact(acknowledge) == [b"2"]
    assert await a.transact(acknowledge) == []
    assert await b.transact(say(b"3")) == [b"3"]


async def test_a_call_added_while_the_lane_is_released_is_sent(
    a: PostgresStorage, b: PostgresStorage
) -> None:
    (first,) = await a.transact(_said)

    def acknowledge(ledger: Ledger) -> list[bytes]:
        ledger.sent(first, None, NOON)
        return release(ledger)

    async with during(b, say(b"2")):
        releasing = asyncio.create_task(a.transact(acknowledge))
        await meanwhile(a, releasing)
    assert await releasing == [b"2"]


def _said(ledger: Ledger) -> list[Outgoing]:
    return ledger.lease(ledger.lane(CHAT), ledger.send([plain(b"1")]))


async def test_a_program_that_ends_does_first_what_it_had_to_wait_for(
    a: PostgresStorage, b: PostgresStorage
) -> None:
    await a.transact(hold())
    async with during(b, hold()):
        sending = asyncio.create_task(a.transact(lambda box: box.send([plain()])))
        await meanwhile(a, sending)
        ending = asyncio.create_task(a.close())
    assert len(await sending) == 1
    await ending


async def test_a_family_that_left_and_comes_again_is_answered_by_any_program(
    a: PostgresStorage, b: PostgresStorage
) -> None:
    await a.transact(say(b"1"))
    await a.transact(lambda ledger: ledger.leave(ledger.lane(CHAT)))
    assert await b.transact(say(b"2")) == [b"2"]


# --- a server that goes away -------------------------------------------------------


async def test_a_connection_that_was_cut_is_made_again(
    a: PostgresStorage, shared: str
) -> None:
    await a.transact(kept())
    sql(shared, CUT_OFF)
    with pytest.raises(StorageError, match=r"^[A-Za-z]+$"):
        await a.transact(read())
    assert await a.transact(read()) is not None


async def test_a_turn_that_was_cut_off_leaves_nothing_and_holds_nothing(
    a: PostgresStorage, b: PostgresStorage, shared: str
) -> None:
    def work(ledger: Ledger) -> None:
        assert hold()(ledger)
        kept()(ledger)

    await b.transact(arrive(8))
    async with during(a, work) as turning:
        sql(shared, CUT_OFF)
    assert isinstance(turning.exception(), StorageError)
    with pytest.raises(StorageError):
        await b.transact(read())
    assert await b.transact(hold())
    assert await a.transact(read()) is None


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_a_server_that_was_away_is_found_again(
    a: PostgresStorage, postgres: Postgres, how: str
) -> None:
    await a.transact(kept(b"before"))
    async with during(a, kept(b"half")) as turning:
        getattr(postgres, how)()
    assert isinstance(turning.exception(), StorageError)
    for _ in range(3):
        with pytest.raises(StorageError):
            await a.transact(kept(b"while away"))
    postgres.start()
    assert await a.transact(read()) == b"before"
    await a.transact(kept(b"after"))
    assert await a.transact(read()) == b"after"


async def test_a_program_that_hangs_in_a_turn_is_thrown_out(
    a: PostgresStorage, b: PostgresStorage, shared: str
) -> None:
    def work(ledger: Ledger) -> None:
        assert hold()(ledger)
        kept()(ledger)
        ledger._run("SET idle_in_transaction_session_timeout = 1")  # type: ignore[attr-defined]

    await a.transact(arrive(8))
    async with during(a, work) as turning:
        await until(
            shared, f"SELECT pid {OTHERS} AND state LIKE 'idle in%'", found=False
        )
        assert await b.transact(hold())
    assert isinstance(turning.exception(), StorageError)
    assert await a.transact(read()) is None


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("idle_in_transaction_session_timeout", "10s"),
        ("lock_timeout", "5s"),
        ("statement_timeout", "30s"),
        ("transaction_isolation", "read committed"),
    ],
)
async def test_no_program_can_stand_in_the_way_for_long(
    a: PostgresStorage, shared: str, setting: str, value: str
) -> None:
    sql(shared, f"ALTER DATABASE {_name(shared)} {STRICT}")
    sql(shared, CUT_OFF)
    with pytest.raises(StorageError):
        await a.transact(read())
    found = await a.transact(lambda box: box._run(f"SHOW {setting}").fetchone())  # type: ignore[attr-defined]
    assert found == (value,)


def _name(url: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])


# --- the tables --------------------------------------------------------------------

ALL = list(range(1, schemas.latest("postgres") + 1))


def test_programs_that_migrate_at_once_run_each_file_once(database: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(postgresql.migrate, [database] * 4))
    assert sorted(number for numbers in done for number in numbers) == ALL
    assert postgresql.migrate(database) == []


async def test_a_migration_that_was_cut_off_leaves_nothing_and_is_resumed(
    database: str,
) -> None:
    with psycopg.connect(database) as before:
        before.execute("CREATE TABLE turn (in_the_way integer)")
        migrating = asyncio.create_task(asyncio.to_thread(postgresql.migrate, database))
        await until(database, BLOCKED)
        sql(database, f"{CUT_OFF} AND wait_event_type = 'Lock'")
        with pytest.raises(StorageError, match="PostgreSQL: AdminShutdown"):
            await migrating
        before.rollback()
    assert sql(database, TABLES) == [("schema_version",)]
    assert postgresql.migrate(database) == ALL


def test_a_database_of_a_newer_program_is_refused(shared: str, vault: Vault) -> None:
    sql(shared, "UPDATE schema_version SET version = 99")
    with pytest.raises(StorageError, match="newer program"):
        postgresql.migrate(shared)
    with pytest.raises(StorageError, match="newer program"):
        PostgresStorage(shared, vault, program="a")


def test_a_database_without_our_tables_says_what_to_do(
    database: str, vault: Vault
) -> None:
    with pytest.raises(StorageError, match="drempel migrate"):
        PostgresStorage(database, vault, program="a")
    assert sql(database, TABLES) == []


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"host": "127.0.0.1", "port": 1}, id="host"),
        pytest.param({"user": "nobody"}, id="name"),
        pytest.param({"dbname": "nothing"}, id="database"),
    ],
)
def test_a_database_that_cannot_be_reached_is_one_sentence_without_the_password(
    shared: str, vault: Vault, wrong: dict[str, Any]
) -> None:
    url = make_conninfo(shared, password="kanarie", **wrong)
    for reach in (
        lambda: PostgresStorage(url, vault, program="a"),
        lambda: postgresql.migrate(url),
    ):
        with pytest.raises(StorageError) as refused:
            reach()
        assert str(refused.value) == postgresql.NOT_REACHED
        assert refused.value.__cause__ is None


# --- the keys ----------------------------------------------------------------------


async def test_other_keys_are_refused(
    a: PostgresStorage, shared: str, vault: Vault
) -> None:
    ours, others = vault.keys, Keys.fresh()
    wrong = [
        Keys(others.pepper, ours.secrets),
        Keys(ours.pepper, others.secrets),
        Keys(ours.pepper, {**others.secrets, 2: b"2" * 32}),
    ]
    for keys in wrong:
        with pytest.raises(StorageError, match="other keys"):
            PostgresStorage(shared, Vault(keys), program="b")
    more = Keys(ours.pepper, {**ours.secrets, 2: b"2" * 32})
    await PostgresStorage(shared, Vault(more), program="b").close()


async def test_a_second_secret_must_be_the_same_everywhere(
    shared: str, vault: Vault
) -> None:
    def rotated(secret: bytes) -> Vault:
        return Vault(Keys(vault.keys.pepper, {**vault.keys.secrets, 2: secret}))

    await PostgresStorage(shared, rotated(b"a" * 32), program="a").close()
    with pytest.raises(StorageError, match="other keys"):
        PostgresStorage(shared, rotated(b"b" * 32), program="b")
