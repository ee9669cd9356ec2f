"""What is about a family opens only here, only in its place, and only with our keys."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.base import Ledger, Storage, StorageError
from bot.storage.postgres import PostgresStorage
from bot.storage.sealing import (
    HEAD_BYTES,
    SALT_BYTES,
    Keys,
    SealError,
    UnknownKeyError,
    Vault,
)
from bot.storage.sqlite import SqliteStorage
from tests.storage.given import (
    ANSWER,
    CHAT,
    NOON,
    OTHER,
    arrive,
    bodies,
    kept,
    plain,
    question,
    read,
    shown,
)

VAULT = Vault(Keys.fresh())
TABLES = ("address", "conversation", "inbox", "outbox")
tables = st.sampled_from(TABLES)
rows = st.binary(max_size=40)
chats = st.integers(-(2**52), 2**52)


# --- one row -----------------------------------------------------------------------


@given(tables, rows, st.binary(max_size=2_000))
def test_what_was_sealed_opens_again(table: str, row: bytes, body: bytes) -> None:
    sealed = VAULT.seal(table, row, body)
    assert VAULT.open(table, row, sealed) == body
    assert len(body) < 4 or body not in sealed


@given(tables, rows, tables, rows)
def test_it_does_not_open_in_another_place(
    table: str, row: bytes, other_table: str, other_row: bytes
) -> None:
    sealed = VAULT.seal(table, row, ANSWER)
    if (table, row) != (other_table, other_row):
        with pytest.raises(SealError):
            VAULT.open(other_table, other_row, sealed)


@given(st.data())
def test_one_changed_bit_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(VAULT.seal("inbox", b"row", ANSWER))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(SealError):
        VAULT.open("inbox", b"row", bytes(sealed))


@pytest.mark.parametrize("length", range(HEAD_BYTES + len(ANSWER) + 16))
def test_a_part_does_not_open(length: int) -> None:
    sealed = VAULT.seal("inbox", b"row", ANSWER)
    for part in (sealed[:length], sealed[len(sealed) - length :]):
        with pytest.raises(SealError):
            VAULT.open("inbox", b"row", part)


@pytest.mark.parametrize("number", [0, 2, 255])
def test_the_number_of_another_secret_is_not_ours(number: int) -> None:
    sealed = VAULT.seal("inbox", b"row", ANSWER)
    with pytest.raises(UnknownKeyError):
        VAULT.open("inbox", b"row", bytes([number]) + sealed[1:])


def test_a_row_cannot_be_passed_off_as_sealed_with_another_of_our_secrets() -> None:
    same = b"s" * 32
    vault = Vault(Keys(b"p" * 32, {1: same, 2: same}))
    sealed = vault.seal("inbox", b"row", ANSWER)
    with pytest.raises(SealError):
        vault.open("inbox", b"row", b"\1" + sealed[1:])


def test_the_same_words_never_look_the_same() -> None:
    heads = {VAULT.seal("inbox", b"row", ANSWER)[1:HEAD_BYTES] for _ in range(2_000)}
    assert len(heads) == 2_000
    assert len({head[:SALT_BYTES] for head in heads}) == 2_000


@given(chats, chats)
def test_a_pseudonym_is_of_one_chat_and_these_keys_only(one: int, other: int) -> None:
    assert (VAULT.lane(one) == VAULT.lane(other)) == (one == other)
    assert VAULT.lane(one) != Vault(Keys.fresh()).lane(one)
    assert len(VAULT.lane(one)) == 32


def test_keys_do_not_show_themselves() -> None:
    keys = Keys(b"kanarie-" * 4, {1: b"geheim--" * 4})
    shown = f"{keys!r}{keys}{Vault(keys).marks()}"
    secrets = ("kanarie", "geheim", (b"kanarie-" * 4).hex(), (b"geheim--" * 4).hex())
    assert [one for one in secrets if one in shown] == []


# --- whole databases ---------------------------------------------------------------


class Database:
    """One of today's databases, and what somebody with the disk can do to it."""

    def __init__(self, place: str) -> None:
        self._place = place

    def open(self, vault: Vault, program: str = "a") -> Storage:
        if self._place.startswith("postgresql"):
            return PostgresStorage(self._place, vault, program=program)
        return SqliteStorage(self._place, vault)

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        if self._place.startswith("postgresql"):
            with psycopg.connect(self._place, autocommit=True) as server:
                done = server.execute(statement.replace("?", "%s").encode(), values)
                return done.fetchall() if done.description else []
        with closing(sqlite3.connect(self._place, isolation_level=None)) as file:
            return file.execute(statement, values).fetchall()

    def sealed(self) -> list[bytes]:
        """Everything in it that is sealed."""
        found = self.run("SELECT body FROM conversation")
        found += self.run("SELECT address FROM conversation WHERE address IS NOT NULL")
        found += self.run("SELECT body FROM inbox WHERE body IS NOT NULL")
        found += self.run("SELECT body FROM outbox")
        return [bytes(one) for (one,) in found]

    def set(self, table: str, vault: Vault, chat: int, body: bytes) -> None:
        statement = f"UPDATE {table} SET body = ? WHERE lane = ?"
        self.run(statement, (body, vault.lane(chat)))

    def body(self, table: str, vault: Vault, chat: int) -> bytes:
        statement = f"SELECT body FROM {table} WHERE lane = ?"
        ((body,),) = self.run(statement, (vault.lane(chat),))
        return bytes(body)


@pytest.fixture(params=["sqlite", "postgres"])
def database_of(request: pytest.FixtureRequest) -> Database:
    name = "file" if request.param == "sqlite" else "shared"
    return Database(request.getfixturevalue(name))


@pytest.fixture
async def storage(database_of: Database, vault: Vault) -> AsyncIterator[Storage]:
    opened = database_of.open(vault)
    yield opened
    await opened.close()


def fill(*chats: int) -> Callable[[Ledger], None]:
    """A conversation, an update, a call and messages of each."""

    def work(ledger: Ledger) -> None:
        for chat in chats:
            arrive(8, chat=chat, body=b"update %d" % chat)(ledger)
            ledger.keep(chat, b"kept %d" % chat, NOON)
            shown(ledger, question(3, chat), 40)
            ledger.send([plain(b"call %d" % chat, chat)])

    return work


def found(chat: int) -> Callable[[Ledger], list[object]]:
    def work(ledger: Ledger) -> list[object]:
        lane = ledger.lane(chat)
        return [
            ledger.conversation(chat),
            [one.body for one in ledger.waiting(lane, 9)],
            bodies(ledger.lease(lane)),
        ]

    return work


def whole(chat: int) -> list[object]:
    return [b"kept %d" % chat, [b"update %d" % chat], [b"call %d" % chat]]


async def test_nothing_readable_stands_in_any_row(
    storage: Storage, database_of: Database
) -> None:
    await storage.transact(fill(CHAT, OTHER, -1_009_999_999_999))
    rows = [
        value if isinstance(value, bytes) else str(value).encode()
        for table in ("inbox", "conversation", "outbox", "message", "program")
        for row in database_of.run(f"SELECT * FROM {table}")
        for value in row
    ]
    traces = [b"kept", b"update", b"call"]
    for chat in (CHAT, OTHER, 1_009_999_999_999, -1_009_999_999_999):
        traces += [b"%d" % chat, b"%x" % chat]
        traces += [chat.to_bytes(8, order, signed=True) for order in ("big", "little")]
    assert [trace for trace in traces if any(trace in row for row in rows)] == []


async def test_no_two_rows_share_their_salt_and_nonce(
    storage: Storage, database_of: Database
) -> None:
    chats = range(5_200_000_000, 5_200_000_040)
    await storage.transact(fill(*chats))
    heads = [one[1:HEAD_BYTES] for one in database_of.sealed()]
    assert len(set(heads)) == len(heads) == 4 * len(chats)


# --- somebody changes the database -------------------------------------------------


@pytest.mark.parametrize("table", ["conversation", "inbox", "outbox"])
async def test_bodies_that_changed_places_are_not_believed(
    storage: Storage, database_of: Database, vault: Vault, table: str
) -> None:
    await storage.transact(fill(CHAT, OTHER))
    here, there = (database_of.body(table, vault, chat) for chat in (CHAT, OTHER))
    database_of.set(table, vault, CHAT, there)
    database_of.set(table, vault, OTHER, here)
    nothing = {"conversation": None, "inbox": [None], "outbox": []}[table]
    at = ["conversation", "inbox", "outbox"].index(table)
    for chat in (CHAT, OTHER):
        expected = whole(chat)
        expected[at] = nothing
        assert await storage.transact(found(chat)) == expected


@pytest.mark.parametrize("source", ["conversation", "inbox", "outbox"])
@pytest.mark.parametrize("table", ["conversation", "inbox", "outbox"])
async def test_a_body_of_another_table_is_not_believed(
    storage: Storage, database_of: Database, vault: Vault, table: str, source: str
) -> None:
    await storage.transact(fill(CHAT))
    body = database_of.body(source, vault, CHAT)
    database_of.set(table, vault, CHAT, body if source != table else body[:-1])
    read = await storage.transact(found(CHAT))
    at = ["conversation", "inbox", "outbox"].index(table)
    assert read[at] == [None, [None], []][at]


async def test_a_family_whose_rows_were_damaged_begins_again(
    storage: Storage, database_of: Database, vault: Vault
) -> None:
    await storage.transact(fill(CHAT))
    for table in ("conversation", "inbox", "outbox"):
        body = database_of.body(table, vault, CHAT)
        database_of.set(table, vault, CHAT, body[:-1])
    (damaged,) = await storage.transact(lambda box: box.waiting(box.lane(CHAT), 9))
    await storage.transact(lambda box: box.processed(damaged))
    await storage.transact(found(CHAT))
    assert await storage.transact(lambda box: box.unsent_lanes(9)) == []
    await storage.transact(kept(b"again"))
    assert await storage.transact(found(CHAT)) == [b"again", [], []]


async def test_an_address_of_another_family_is_not_written_to(
    storage: Storage, database_of: Database, vault: Vault
) -> None:
    await storage.transact(fill(CHAT, OTHER))
    database_of.run(
        "UPDATE conversation SET address = (SELECT address FROM conversation"
        " WHERE lane = ?) WHERE lane = ?",
        (vault.lane(OTHER), vault.lane(CHAT)),
    )
    assert await storage.transact(lambda box: box.recent(0, NOON)) == [OTHER]


# --- new keys ----------------------------------------------------------------------

MANY = range(5_200_000_000, 5_200_000_030)


def rotated(keys: Keys) -> Keys:
    return Keys(keys.pepper, {**keys.secrets, keys.newest + 1: Keys.fresh().secrets[1]})


def newest_only(keys: Keys) -> Keys:
    return Keys(keys.pepper, {keys.newest: keys.secrets[keys.newest]})


async def reseal(storage: Storage, most: int = 7) -> int:
    """How many transactions it took."""
    after, count = b"", 1
    while after := await storage.transact(lambda box: box.reseal(after, most)):
        count += 1
    return count


async def test_after_a_new_key_everything_opens_with_it_and_nothing_with_the_old_one(
    storage: Storage, database_of: Database, vault: Vault
) -> None:
    await storage.transact(fill(*MANY))
    old = vault.keys
    vault.keys = rotated(old)
    assert await reseal(storage) > len(MANY) // 7
    assert {one[0] for one in database_of.sealed()} == {2}
    vault.keys = newest_only(vault.keys)
    for chat in MANY:
        assert await storage.transact(found(chat)) == whole(chat)
    vault.keys = old
    for work in (read(MANY[0]), found(MANY[0]), lambda box: box.recent(0, NOON)):
        with pytest.raises(StorageError, match="a key that is not here"):
            await storage.transact(work)


async def test_a_missing_key_makes_nothing_lost(storage: Storage, vault: Vault) -> None:
    await storage.transact(fill(CHAT))
    ours = vault.keys
    vault.keys = Keys(ours.pepper, {9: b"9" * 32})
    with pytest.raises(StorageError):
        await storage.transact(found(CHAT))
    vault.keys = ours
    assert await storage.transact(found(CHAT)) == whole(CHAT)


async def test_other_keys_never_seal_again(storage: Storage, vault: Vault) -> None:
    await storage.transact(fill(CHAT))
    ours = vault.keys
    vault.keys = Keys(ours.pepper, {1: b"1" * 32, 2: b"2" * 32})
    with pytest.raises(StorageError, match="other keys"):
        await reseal(storage)
    vault.keys = ours
    assert await storage.transact(found(CHAT)) == whole(CHAT)


async def test_sealing_again_comes_to_an_end_though_rows_are_damaged(
    storage: Storage, database_of: Database, vault: Vault
) -> None:
    await storage.transact(fill(*MANY))
    for chat in MANY[:10]:
        for table in ("conversation", "inbox", "outbox"):
            body = database_of.body(table, vault, chat)
            database_of.set(table, vault, chat, body[:-1])
    vault.keys = rotated(vault.keys)
    await reseal(storage, most=4)
    vault.keys = newest_only(vault.keys)
    for chat in MANY[10:]:
        assert await storage.transact(found(chat)) == whole(chat)


async def test_turns_go_on_while_a_new_key_comes(
    storage: Storage, database_of: Database, vault: Vault
) -> None:
    def turn(number: int, chat: int) -> Callable[[Ledger], None]:
        def work(ledger: Ledger) -> None:
            before = ledger.conversation(chat) or b""
            ledger.keep(chat, b"%b %d" % (before, number), NOON)
            ledger.send([plain(b"%d" % number, chat)])

        return work

    async def talk(chat: int) -> None:
        for number in range(10):
            await storage.transact(turn(number, chat))

    await storage.transact(fill(*MANY))
    talking = [asyncio.create_task(talk(chat)) for chat in MANY]
    await asyncio.sleep(0)
    vault.keys = rotated(vault.keys)
    await asyncio.gather(reseal(storage), *talking)
    assert {one[0] for one in database_of.sealed()} == {2}
    vault.keys = newest_only(vault.keys)
    said = b" ".join(b"%d" % number for number in range(10))
    for chat in MANY:
        assert await storage.transact(read(chat)) == b"kept %d %b" % (chat, said)


async def test_a_row_that_another_program_is_at_is_not_left_behind(
    shared: str, vault: Vault
) -> None:
    """It is changed, but keeps the seal of the old key."""
    database = Database(shared)
    storage = database.open(vault)
    await storage.transact(fill(CHAT, OTHER))
    vault.keys = rotated(vault.keys)
    with psycopg.connect(shared) as other:
        for table in ("conversation", "inbox", "outbox"):
            other.execute(f"SELECT lane FROM {table} LIMIT 1 FOR UPDATE".encode())
        resealing = asyncio.create_task(reseal(storage))
        while {one[0] for one in database.sealed()} == {1}:
            await asyncio.sleep(0.01)
        assert not resealing.done()
        other.rollback()
    await resealing
    assert {one[0] for one in database.sealed()} == {2}
    await storage.close()
