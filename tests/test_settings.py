"""A wrong setting is one clear sentence and exit 2; a right one is used."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.app import CouldNotRunError
from bot.cli import app
from bot.operating import keys_of
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
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


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
            "KEYS_FIEL",
            "x",
            "KEYS_FIEL is not a setting. Did you mean “KEYS_FILE”?",
        ),
        (
            "KEYS_FILE",
            "nowhere/keys",
            "KEYS_FILE: this file cannot be read.",
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


# --- keys --------------------------------------------------------------------------

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
KEYS = f"pepper {KEY}\nkey1 {KEY}"


def test_keys_are_kept_in_the_user_s_own_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere")
    assert settings().key_file == Path("/somewhere/drempel/keys")
    monkeypatch.setenv("HOME", "/home/me")
    for unset in ("", "not/absolute"):
        monkeypatch.setenv("XDG_CONFIG_HOME", unset)
        assert settings().key_file == Path("/home/me/.config/drempel/keys")


def test_settings_alone_make_no_keys(tmp_path: Path) -> None:
    settings()
    assert list(tmp_path.iterdir()) == []


def test_keys_that_are_set_need_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYS", KEYS)
    found = settings()
    assert found.key_file is None
    assert KEY[:8] not in repr(found)
    keys, path, made = keys_of(found)
    assert (sorted(keys.secrets), path, made) == ([1], None, False)


def test_a_key_file_wins_over_keys_that_are_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "keys"
    path.write_text(f"{KEYS}\nkey2 {KEY}")
    path.chmod(0o600)
    monkeypatch.setenv("KEYS", KEYS)
    monkeypatch.setenv("KEYS_FILE", str(path))
    keys, found, made = keys_of(settings())
    assert (sorted(keys.secrets), found, made) == ([1, 2], path, False)


def test_the_first_start_makes_keys_and_the_next_one_finds_them(tmp_path: Path) -> None:
    first, path, made = keys_of(settings())
    assert (path, made) == (tmp_path / "config" / "drempel" / "keys", True)
    assert keys_of(settings()) == (first, path, False)


@pytest.mark.parametrize("text", ["", "\n", f"pepper {KEY}"])
def test_a_named_file_without_keys_is_not_taken_for_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    (tmp_path / "keys").write_text(text)
    (tmp_path / "keys").chmod(0o600)
    monkeypatch.setenv("KEYS_FILE", str(tmp_path / "keys"))
    with pytest.raises(CouldNotRunError, match=r"^KEYS: .* no line "):
        keys_of(settings())


def test_a_user_without_a_folder_is_told_what_to_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    found = settings()
    assert found.key_file is None
    with pytest.raises(CouldNotRunError, match="Set XDG_CONFIG_HOME"):
        keys_of(found)


@pytest.mark.parametrize("name", ["KEYSTORE_PASSWORD", "KEYSERVER", "KEY_FILE"])
def test_keys_of_other_programs_stop_nothing(name: str) -> None:
    assert settings({name: "x"}).key_file is not None


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
    keys, sentence = program.log.splitlines()
    assert keys.startswith("New keys")
    assert sentence.startswith(f"DATABASE: {nowhere}: ")
