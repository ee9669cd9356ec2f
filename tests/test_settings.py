"""A wrong setting is one clear sentence and exit 2; a right one is used."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.settings import Settings, SettingsError, settings
from tests.emulator import Emulator
from tests.telegram.conftest import Program

TOKEN = "12345:AbC-dEf"


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also no `.env` of the developer."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)


def run(**environment: str) -> Result:
    return CliRunner().invoke(app, ["run"], env=environment)


def test_nothing_needs_to_be_set() -> None:
    found = settings({})
    assert found.telegram_token is None
    assert found.database == "drempel.db"
    assert (found.content / "flows" / "start.yaml").is_file()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "TELEGRAM_TOKNE",
            TOKEN,
            "TELEGRAM_TOKNE is not a setting. Did you mean “TELEGRAM_TOKEN”?",
        ),
        (
            "DATABASE_FIEL",
            "x",
            "DATABASE_FIEL is not a setting. Did you mean “DATABASE_FILE”?",
        ),
        (
            "TELEGRAM_TOKEN",
            "AbC-dEf",
            "TELEGRAM_TOKEN must look like 12345:AbC-dEf.",
        ),
        (
            "TELEGRAM_TOKEN_FILE",
            "nowhere/token",
            "TELEGRAM_TOKEN_FILE: this file cannot be read.",
        ),
        (
            "TELEGRAM_API",
            "api.telegram.org",
            "TELEGRAM_API must be an address such as https://api.telegram.org.",
        ),
        (
            "DATABASE",
            "mysql://localhost/drempel",
            "DATABASE must be the path of a SQLite file or begin postgresql://.",
        ),
        (
            "WEBHOOK_ULR",
            "https://bot.example.nl",
            "WEBHOOK_ULR is not a setting. Did you mean “WEBHOOK_URL”?",
        ),
        (
            "LISTEN",
            "8080",
            "LISTEN must look like 127.0.0.1:8080.",
        ),
        (
            "CONTENT",
            "nowhere",
            "CONTENT must be a folder that holds flows/.",
        ),
    ],
)
def test_a_wrong_setting_is_one_clear_sentence(
    name: str, value: str, sentence: str
) -> None:
    ended = run(**{name: value})
    assert ended.output.splitlines() == [sentence]
    assert ended.exit_code == 2


def test_a_wrong_token_is_not_printed() -> None:
    ended = run(TELEGRAM_TOKEN="geheim-zonder-getal")
    assert "geheim" not in ended.output
    assert ended.exit_code == 2


def test_all_wrong_settings_are_named_at_once() -> None:
    ended = run(TELEGRAM_TOKNE=TOKEN, DATABASE="mysql://x", CONTENT="nowhere")
    assert len(ended.output.splitlines()) == 3


def test_a_token_does_not_show_in_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    assert TOKEN not in repr(settings())


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://drempel:geheim@db/drempel",
        "postgres://drempel:ge%40heim@db.example.nl:5433/drempel?sslmode=verify-full",
        "postgresql://one:5432,two:5433/drempel",
        "postgresql://drempel@/drempel?host=%2Frun%2Fpostgresql",
        "postgresql:///drempel",
    ],
)
def test_a_database_may_be_postgresql(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE", url)
    assert settings().database == url
    assert settings().database_is_postgres


def test_a_database_is_a_file_unless_it_names_postgresql() -> None:
    assert not settings({}).database_is_postgres
    assert not Settings(database="postgres.db").database_is_postgres


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://drempel:geheim@db",
        "postgresql://drempel:geheim@db/",
        "postgresql://drempel:ge@heim@db/drempel",
        "postgresql://drempel:ge/heim@db/drempel",
        "postgresql:drempel:geheim@db/drempel",
        "postgresql://drempel:ge heim@db/drempel",
    ],
)
def test_a_wrong_database_is_one_sentence_without_its_password(url: str) -> None:
    ended = run(DATABASE=url)
    assert ended.output.splitlines() == [
        "DATABASE must look like postgresql://user:password@host/name,"
        " with %40 for @ and %2F for / in the password."
    ]
    assert ended.exit_code == 2


def test_a_password_does_not_show_in_the_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE", "postgresql://drempel:geheim@db/drempel")
    assert "geheim" not in f"{settings()!r} {settings()}"


def test_a_password_does_not_show_in_an_error() -> None:
    with pytest.raises(ValueError, match="must look like") as caught:
        Settings(database="postgresql://drempel:geheim@db")
    assert "geheim" not in str(caught.value)


def test_a_database_in_a_file_is_read_whole(tmp_path: Path) -> None:
    url = "postgresql://drempel:geheim@db/drempel"
    (tmp_path / "database").write_text(f"{url}\n", encoding="utf-8")
    assert settings({"DATABASE_FILE": str(tmp_path / "database")}).database == url


@pytest.mark.parametrize(
    "url",
    [
        "https://bot.example.nl",
        "https://bot.example.nl:8443/",
        "http://127.0.0.1:8080",
        "http://localhost",
        "http://[::1]:8080",
    ],
)
def test_a_webhook_has_an_address_without_a_slash_at_the_end(url: str) -> None:
    assert Settings(webhook_url=url).webhook_url == url.removesuffix("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://bot.example.nl",
        "https://bot.example.nl/path",
        "https://bot.example.nl?query",
        "https://user:geheim@bot.example.nl",
        "http://localhost.example.nl",
        "bot.example.nl",
    ],
)
def test_a_webhook_without_encryption_or_with_a_path_is_refused(url: str) -> None:
    ended = run(WEBHOOK_URL=url)
    assert ended.output.splitlines() == [
        "WEBHOOK_URL must look like https://bot.example.nl, without a path."
    ]
    assert ended.exit_code == 2


@pytest.mark.parametrize(
    ("listen", "address"),
    [
        ("0.0.0.0:8080", ("0.0.0.0", 8080)),
        ("localhost:1", ("localhost", 1)),
        ("[::]:65535", ("::", 65535)),
    ],
)
def test_a_port_to_listen_at_stands_behind_its_host(
    listen: str, address: tuple[str, int]
) -> None:
    assert Settings(listen=listen).listens_at == address


@pytest.mark.parametrize(
    "listen", ["", ":8080", "host", "host:", "host:0", "host:65536", "::1:8080"]
)
def test_a_port_to_listen_at_that_cannot_be_is_refused(listen: str) -> None:
    with pytest.raises(ValueError, match=r"must look like 127\.0\.0\.1:8080"):
        Settings(listen=listen)


def test_a_file_that_is_no_text_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="TELEGRAM_TOKEN_FILE: this file"):
        settings({"TELEGRAM_TOKEN_FILE": str(tmp_path / "token")})


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        yield running


async def test_a_token_in_a_file_opens_telegram(
    emulator: Emulator, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(f"{emulator.token}\n", encoding="utf-8")
    named = {"TELEGRAM_TOKEN_FILE": str(tmp_path / "token")}
    program = Program(emulator, tmp_path, TELEGRAM_TOKEN="", **named)
    await program.start()
    await program.polls()
    await program.kill()


async def test_a_database_that_cannot_be_opened_is_one_clear_sentence(
    emulator: Emulator, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    nowhere = str(tmp_path / "file" / "drempel.db")
    program = Program(emulator, tmp_path, DATABASE=nowhere)
    await program.start()
    assert await program.ends() == 2
    (sentence,) = program.log.splitlines()
    assert sentence.startswith(f"DATABASE: {nowhere}: ")
