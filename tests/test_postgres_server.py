"""The PostgreSQL of the tests: databases stand apart, and commits outlive a death."""

from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.postgres import Postgres

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def tables(url: str) -> list[tuple[str]]:
    with psycopg.connect(url) as connection:
        return connection.execute(TABLES).fetchall()


def keep(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (number integer)")


def test_a_fresh_database_is_empty(database: str) -> None:
    assert tables(database) == []


def test_databases_are_apart(postgres: Postgres, database: str) -> None:
    other = postgres.database()
    keep(database)
    assert tables(other) == []
    postgres.drop(other)


@pytest.mark.parametrize("immediate", [True, False])
def test_what_was_committed_outlives_a_stop(
    postgres: Postgres, database: str, immediate: bool
) -> None:
    keep(database)
    postgres.stop(immediate=immediate)
    with pytest.raises(psycopg.OperationalError):
        tables(database)
    postgres.start()
    assert tables(database) == [("kept",)]


def test_what_was_committed_outlives_a_kill_and_nothing_else_does(
    postgres: Postgres, database: str
) -> None:
    keep(database)
    with psycopg.connect(database) as busy:
        busy.execute("CREATE TABLE not_kept (number integer)")
        postgres.kill()
        with pytest.raises(psycopg.OperationalError):
            busy.execute("SELECT 1")
    postgres.start()
    assert tables(database) == [("kept",)]


def test_a_dropped_database_is_gone_though_somebody_uses_it(
    postgres: Postgres,
) -> None:
    url = postgres.database()
    with psycopg.connect(url):
        postgres.drop(url)
    with pytest.raises(psycopg.OperationalError):
        tables(url)


def test_nothing_is_left_behind() -> None:
    with Postgres() as server:
        folder = Path(str(conninfo_to_dict(server.database())["host"]))
        assert folder.is_dir()
    assert not folder.exists()
