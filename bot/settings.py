"""The environment as one frozen value. Nothing else reads the environment."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, PrivateAttr, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.problems import did_you_mean

FILE = "_FILE"
NEAR = ("TELEGRAM", "DREMPEL", "DATABASE", "CONTENT", "WEBHOOK", "KEYS_")
"""A setting that begins so, and that nobody knows, is a typing mistake.

KEYS_ with its underscore: KEYSTORE_PASSWORD and its like belong to other programs.
"""
POSTGRES = re.compile(r"postgres(ql)?://([^\s/?#@]*@)?[^\s/?#@]*/[^\s/?#]+(\?\S*)?")
PUBLIC = re.compile(r"https://[^\s/?#@:]+(:[0-9]+)?/?")
LOOPBACK = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?/?")
LISTEN = re.compile(r"(?:[^\s/:]+|\[[0-9a-fA-F:]+\]):([0-9]{1,5})")


class SettingsError(Exception):
    """One clear sentence for each setting that is wrong."""


def _shipped() -> Path:
    """The content that comes with the program: a checkout's, or a package's."""
    here = Path(__file__).parent
    checkout = here.parent
    return checkout if (checkout / "flows").is_dir() else here / "shipped"


def _usual_key_file() -> Path | None:
    """In the user's own folder, apart from the database; None for a user without."""
    given = os.environ.get("XDG_CONFIG_HOME", "")
    try:
        folder = Path(given) if os.path.isabs(given) else Path.home() / ".config"
    except RuntimeError:
        return None
    return folder / "drempel" / "keys"


def _state_folder() -> Path:
    """In the user's own folder for what a program may lose without harm."""
    given = os.environ.get("XDG_STATE_HOME", "")
    folder = Path(given) if os.path.isabs(given) else Path("~/.local/state")
    return Path(os.path.expanduser(folder)) / "drempel"


class Settings(BaseSettings):
    """What the operator may set; each also as `NAME_FILE`, a file that holds it."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_file=".env", hide_input_in_errors=True
    )

    telegram_token: SecretStr | None = None
    telegram_api: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] = (
        "https://api.telegram.org"
    )
    database: str = Field(default="drempel.db", repr=False)  # may hold a password
    content: Path = Field(default_factory=_shipped)
    webhook_url: str = ""
    listen: str = "127.0.0.1:8080"

    @property
    def last_good(self) -> Path:
        """Leads to a copy of the last content without errors, for a start without."""
        name = hashlib.sha256(str(self.content.resolve()).encode()).hexdigest()[:16]
        return _state_folder() / "content" / name

    @property
    def database_is_postgres(self) -> bool:
        return _names_postgres(self.database)

    @property
    def listens_at(self) -> tuple[str, int]:
        """The host and the port of `listen`."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    keys: SecretStr | None = None
    _key_file: Path | None = PrivateAttr(default_factory=_usual_key_file)

    @property
    def key_file(self) -> Path | None:
        """Where the keys stand; None when KEYS holds them itself, or no place is."""
        return self._key_file

    @field_validator("keys")
    @classmethod
    def _keys_are_there_or_not(cls, keys: SecretStr | None) -> SecretStr | None:
        return keys if keys is not None and keys.get_secret_value().strip() else None

    @field_validator("telegram_token")
    @classmethod
    def _token_has_the_form_of_one(cls, token: SecretStr | None) -> SecretStr | None:
        if token is None or not token.get_secret_value():
            return None
        number, colon, secret = token.get_secret_value().partition(":")
        if not (number.isdecimal() and colon and secret):
            raise PydanticCustomError("token", "must look like 12345:AbC-dEf")
        return token

    @field_validator("database")
    @classmethod
    def _database_is_one_we_have(cls, database: str) -> str:
        if _names_postgres(database) and not POSTGRES.fullmatch(database):
            raise PydanticCustomError(
                "database",
                "must look like postgresql://user:password@host/name, with %40 for @"
                " and %2F for / in the password",
            )
        if "://" in database and not _names_postgres(database):
            raise PydanticCustomError(
                "database", "must be the path of a SQLite file or begin postgresql://"
            )
        return database

    @field_validator("content")
    @classmethod
    def _content_holds_flows(cls, content: Path) -> Path:
        if not (content / "flows").is_dir():
            raise PydanticCustomError("content", "must be a folder that holds flows/")
        return content

    @field_validator("webhook_url")
    @classmethod
    def _webhook_can_be_reached_safely(cls, url: str) -> str:
        if url and not PUBLIC.fullmatch(url) and not LOOPBACK.fullmatch(url):
            raise PydanticCustomError(
                "webhook_url", "must look like https://bot.example.nl, without a path"
            )
        return url.removesuffix("/")

    @field_validator("listen")
    @classmethod
    def _listen_names_a_port(cls, listen: str) -> str:
        found = LISTEN.fullmatch(listen)
        if found is None or not 0 < int(found[1]) < 65536:
            raise PydanticCustomError("listen", "must look like 127.0.0.1:8080")
        return listen


def _names_postgres(database: str) -> bool:
    return database.startswith(("postgres:", "postgresql:"))


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Raises SettingsError with a sentence for every setting that is wrong."""
    given = os.environ if environment is None else environment
    wrong = list(_unknown(given))
    from_files: dict[str, Any] = {}
    for name in Settings.model_fields:
        if path := given.get(name.upper() + FILE):
            try:
                from_files[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                wrong.append(f"{name.upper()}{FILE}: this file cannot be read.")
    try:
        found = Settings(**from_files)
    except ValidationError as error:
        wrong += _sentences(error)
    if wrong:
        raise SettingsError("\n".join(wrong))
    if path := given.get("KEYS" + FILE):
        found._key_file = Path(path)
    elif found.keys is not None:
        found._key_file = None
    return found


def _unknown(given: Mapping[str, str]) -> Iterator[str]:
    names = [name.upper() for name in Settings.model_fields]
    known = {*names, *(name + FILE for name in names)}
    for name in sorted(given):
        if name.startswith(NEAR) and name not in known:
            yield f"{name} is not a setting.{did_you_mean(name, known)}"


def _sentences(error: ValidationError) -> Iterator[str]:
    for one in error.errors(include_input=False, include_url=False):
        name = str(one["loc"][0]).upper()
        said = one["msg"]
        if one["type"] == "string_pattern_mismatch":
            said = "must be an address such as https://api.telegram.org"
        yield f"{name} {said}."
