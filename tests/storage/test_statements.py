"""Every table and statement goes by lane, so that a database can be spread out."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

import psycopg
import pytest

from bot.storage import ledger, postgres, schemas
from bot.storage.sealing import Vault
from bot.storage.sqlite import migrate

SQL = re.compile(r"(SELECT|INSERT|UPDATE|DELETE)\b")
ONE_LANE = re.compile(r"\blane = \?|^INSERT INTO \w+\s*\(lane,.*?\) VALUES \(\?,")
VERSION = postgres.VERSION
"""About no family: how far the tables are."""

OURS = {"turn", "schema_version"}
"""PostgreSQL alone has these: whose turn it is, and how far its tables are."""

Tables = Mapping[str, Mapping[str, bool]]
"""For each table its columns, and whether they must have a value."""


def statements() -> Iterator[tuple[str, str]]:
    for module in (ledger, postgres):
        for name, value in vars(module).items():
            if isinstance(value, str) and SQL.match(value) and value != VERSION:
                yield f"{module.__name__.split('.')[-1]}.{name}", value


STATEMENTS = dict(statements())
EVERY_LANE = (*ledger.EVERY_LANE, *postgres.EVERY_LANE)


def over_all_lanes() -> list[str]:
    return sorted(name for name, text in STATEMENTS.items() if text in EVERY_LANE)


def test_statements_are_found() -> None:
    assert {"ledger.KEEP", "ledger.UNSENT_LANES", "postgres.LEASE"} <= set(STATEMENTS)
    assert len(STATEMENTS) > 35


@pytest.mark.parametrize("name", sorted(set(STATEMENTS) - set(over_all_lanes())))
def test_a_statement_touches_one_lane(name: str) -> None:
    assert ONE_LANE.search(STATEMENTS[name])


@pytest.mark.parametrize("name", over_all_lanes())
def test_a_statement_over_all_lanes_is_one_that_has_to_be(name: str) -> None:
    assert not ONE_LANE.search(STATEMENTS[name])


def test_statements_over_all_lanes_only_look_for_work_forget_and_seal_again() -> None:
    assert over_all_lanes() == [
        "ledger.ALL_CALLS",
        "ledger.ALL_CONVERSATIONS",
        "ledger.ALL_UPDATES",
        "ledger.NEXT_LANES",
        "ledger.OLD_ADDRESSES",
        "ledger.OLD_CALLS",
        "ledger.OLD_CONVERSATIONS",
        "ledger.OLD_IDS",
        "ledger.OLD_MESSAGES",
        "ledger.OLD_UPDATES",
        "ledger.RECENT",
        "ledger.UNSENT_LANES",
        "ledger.WAITING_LANES",
        "postgres.IDLE_LANES",
        "postgres.RELEASE_ALL",
        "postgres.RENEW",
        "postgres.UNSENT_LANES",
    ]


@pytest.mark.parametrize("name", STATEMENTS)
def test_tables_meet_by_lane_only(name: str) -> None:
    text = STATEMENTS[name]
    joins = re.findall(r"JOIN \w+ ON ([\w.]+) = ([\w.]+)", text)
    inner = re.findall(r"\(SELECT \w+ FROM \w+ WHERE ([\w.]+) = ([\w.]+|\?)", text)
    columns = {side.split(".")[-1] for pair in joins + inner for side in pair}
    assert columns <= {"lane", "?", "ANY"}
    assert (text.count("JOIN"), text.count("(SELECT")) == (len(joins), len(inner))


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_value_is_written_into_a_statement(name: str) -> None:
    texts = re.findall(r"'[^']*'", STATEMENTS[name])
    assert texts == []


# --- the tables --------------------------------------------------------------------


@pytest.fixture
def sqlite(vault: Vault) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, ":memory:", vault)
        yield connection


@pytest.fixture
def server(shared: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with psycopg.connect(shared) as connection:
        yield connection


def in_sqlite(connection: sqlite3.Connection) -> Tables:
    names = connection.execute(
        "SELECT name FROM sqlite_schema"
        " WHERE type = 'table' AND name <> 'sqlite_sequence'"
    )
    return {
        name: {
            column: bool(needed or key)
            for _, column, _, needed, _, key in connection.execute(
                f"PRAGMA table_info({name})"
            )
        }
        for (name,) in names.fetchall()
    }


def in_postgres(connection: "psycopg.Connection[tuple[object, ...]]") -> Tables:
    rows = connection.execute(
        "SELECT table_name, column_name, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    ).fetchall()
    return {
        str(table): {str(c): may == "NO" for t, c, may in rows if t == table}
        for table, _, _ in rows
    }


def test_both_databases_have_the_same_tables(
    sqlite: sqlite3.Connection, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    theirs = in_postgres(server)
    assert set(theirs) - OURS == set(in_sqlite(sqlite))
    assert {name: theirs[name] for name in set(theirs) - OURS} == in_sqlite(sqlite)


def test_every_row_has_a_lane(
    sqlite: sqlite3.Connection, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    tables = {**in_postgres(server), **in_sqlite(sqlite)}
    without = {name for name, columns in tables.items() if not columns.get("lane")}
    assert without == {"schema_version"}


def test_the_lane_comes_first_in_every_key_of_postgresql(
    server: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    firsts = server.execute(
        "SELECT indrelid::regclass::text, attname FROM pg_index JOIN pg_attribute"
        " ON attrelid = indrelid AND attnum = indkey[0] WHERE indisunique"
        " AND indrelid::regclass::text IN"
        " (SELECT tablename FROM pg_tables WHERE schemaname = 'public')"
    ).fetchall()
    assert {name for name, _ in firsts} == set(in_postgres(server)) - {"schema_version"}
    assert {first for _, first in firsts} == {"lane"}


def test_the_lane_comes_first_in_every_key_of_sqlite(
    sqlite: sqlite3.Connection,
) -> None:
    firsts = {
        (table, sqlite.execute(f"PRAGMA index_info({index})").fetchone()[2])
        for table in in_sqlite(sqlite)
        for _, index, unique, *_ in sqlite.execute(f"PRAGMA index_list({table})")
        if unique
    }
    assert firsts == {(table, "lane") for table in in_sqlite(sqlite)}


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_schema_files_are_numbered_without_a_gap(dialect: str) -> None:
    numbers = [int(name[:4]) for name in schemas._names(dialect)]
    assert numbers == list(range(1, schemas.latest(dialect) + 1))
