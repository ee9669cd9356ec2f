"""Puts the parts together: the only place that knows them all, and the clock."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

from bot.content.read_library import MissingContentError, read_draft, read_library
from bot.content.read_scenarios import read_scenarios
from bot.library import Library
from bot.problems import Problem, Told
from bot.scenarios import Played, play
from bot.service import Service
from bot.settings import Settings
from bot.volunteer import Terminal, Unchecked, unchecked, walk

if TYPE_CHECKING:  # every command would load the ciphers with it
    from bot.storage.base import Storage
    from bot.storage.sealing import Keys, Vault
    from bot.telegram.webhook import Address

T = TypeVar("T")
Reader = Callable[[Path], tuple[Library | None, tuple[Problem, ...]]]

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")

LOG_FIELDS = frozenset(
    {"event", "level", "timestamp", "kind", "method", "version", "where", "count"}
)
"""Fields that may stand in a log line. Anything else could be about a family."""

NEW_KEYS = (
    "New keys are in {path}: keep a copy elsewhere; without it the answers of the"
    " last 7 days cannot be read."
)
"""For standard error, once, when the first start made the key file."""

REFUSED = {
    "wrong_token": "TELEGRAM_TOKEN: Telegram does not know this token."
    " Copy it once more from @BotFather.",
    "second_program": "Another program already answers for this bot. Only one may run:"
    " stop the other one, or ask @BotFather for a second bot.",
    "no_port": "This address cannot be used here. Give another one in LISTEN.",
    "webhook": "This bot has a webhook, so Telegram gives its messages to another"
    " program. Stop that one, and call deleteWebhook.",
}
"""Why Telegram gives us no messages, and what to do."""


class CouldNotRunError(Exception):
    """One clear message for the operator: why nothing could be run."""


def program_name() -> str:
    """For people who look for the other program."""
    return f"{socket.gethostname()}, process {os.getpid()}"


def now() -> datetime:
    return datetime.now(DUTCH_TIME)


def clock_on(today: date | None) -> Callable[[], datetime]:
    """A clock that shows the real time of another day, to try dates with."""
    if today is None:
        return now
    shift: timedelta = today - now().date()
    return lambda: now() + shift


def library_of(settings: Settings) -> Library:
    """Raises CouldNotRunError rather than talk with half a flow."""
    from bot.checks import run_checks

    library, problems = _read(settings)
    if library is not None:
        # A missing text or a circle would only show in the middle of a conversation.
        problems = tuple(run_checks(library, release=False))
    wrong = [str(one) for one in problems if one.severity == "error"]
    if library is None or wrong:
        raise CouldNotRunError("\n".join([*wrong, "Mend this first: drempel check"]))
    return library


def _read(
    settings: Settings, reader: Reader = read_library
) -> tuple[Library | None, tuple[Problem, ...]]:
    try:
        return reader(settings.content)
    except MissingContentError as error:
        message = f"CONTENT: {settings.content} has no {error}."
        raise CouldNotRunError(message) from None


def checked(settings: Settings, *, release: bool) -> tuple[Problem, ...]:
    """Everything that is wrong with the content, most of it by the checks."""
    from bot.checks import run_checks

    draft, problems = _read(settings, read_draft)
    _, in_scenarios = read_scenarios(settings.content, [])
    today = now().date()
    found = run_checks(draft, release=release, today=today) if draft else ()
    return (*problems, *in_scenarios, *found)


def played(
    settings: Settings, files: Sequence[Path]
) -> tuple[tuple[Played, ...], tuple[Problem, ...]]:
    """The scenarios, played; or what is wrong with the files themselves."""
    for path in files:
        if not path.is_file():
            raise CouldNotRunError(f"There is no file {path}.")
    library = library_of(settings)
    scenarios, problems = read_scenarios(settings.content, files)
    if problems:
        return (), problems
    return tuple(play(library, one) for one in scenarios), ()


def translations(settings: Settings) -> Sequence[tuple[str, int]]:
    """Each language with the number of its texts that are still to translate."""
    from bot.content.write_locales import update

    return update(settings.content / "locales", library_of(settings))


def unchecked_organisations(settings: Settings) -> tuple[Unchecked, ...]:
    """Whom a volunteer has to call, the most needed number first."""
    found = library_of(settings).organisations.values()
    return unchecked(found, now().date())


def check_organisations(settings: Settings, terminal: Terminal) -> None:
    """One round of calls; each answer goes into the file at once."""
    library = library_of(settings)
    today = now().date()

    def keep(name: str, changes: Mapping[str, str]) -> bool:
        written = library.written_at[f"organisations.{name}.name"]
        return _rewrite(settings.content / written.file, name, changes)

    walk(unchecked(library.organisations.values(), today), terminal, keep, today)


def _rewrite(path: Path, name: str, changes: Mapping[str, str]) -> bool:
    """Read anew each time: somebody may have the file open beside the terminal."""
    from bot.content.write_organisations import rewritten

    body = rewritten(path.read_bytes(), name, changes)
    if body is None:
        return False
    beside = path.with_suffix(".new")
    beside.write_bytes(body)
    beside.chmod(path.stat().st_mode)
    beside.replace(path)
    return True


def coverage_of(settings: Settings) -> Told | None:
    """How many municipalities have their own desk; nothing while there are errors."""
    from bot.coverage import coverage

    library, _ = _read(settings)
    return coverage(library, now().date()).told if library else None


def import_geonames(settings: Settings, postal: Path, cities: Path) -> Sequence[str]:
    from bot.content import run_imports

    return _imported(lambda: run_imports.geonames(settings.content, postal, cities))


def import_cbs(settings: Settings, addresses: Path) -> Sequence[str]:
    from bot.content import run_imports

    return _imported(lambda: run_imports.cbs(settings.content, addresses))


def import_register(settings: Settings, export: Path) -> Sequence[str]:
    from bot.content import run_imports

    day = now().date()
    return _imported(lambda: run_imports.register(settings.content, export, day))


def _imported(work: Callable[[], Sequence[str]]) -> Sequence[str]:
    """What a person should look at; one clear message when the file is another."""
    from bot.content.run_imports import UNFIT

    try:
        return work()
    except UNFIT as error:
        message = f"This file is not what was expected: {error}"
        raise CouldNotRunError(message) from None


def lawyer(settings: Settings) -> str:
    """The page on which a lawyer signs, made anew from the content."""
    from bot.lawyer import lawyer_page

    return lawyer_page(library_of(settings))


def write_lawyer(settings: Settings) -> Path:
    """Puts the page into the handbook of this checkout; an installed one has none."""
    root = Path(__file__).parents[1]
    if not (root / "pyproject.toml").is_file():
        raise CouldNotRunError("--write works in a checkout only. Leave it out here.")
    path = root / "bot" / "handbook" / "lawyer.md"
    path.write_text(lawyer(settings), encoding="utf-8")
    return path


def keys_of(settings: Settings) -> "tuple[Keys, Path | None, bool]":
    """The keys, their file if they stand in one, and whether it was made just now."""
    from bot.storage.keys import key_file, read_keys

    path = settings.key_file
    if path is None:
        return _keys_found(lambda: read_keys(_given_keys(settings))), None, False
    keys, made = _keys_found(lambda: key_file(path))
    return keys, path, made


def key_numbers(settings: Settings) -> Sequence[int]:
    """Which secrets there are; nothing of the secrets themselves."""
    from bot.storage.keys import read_key_file, read_keys

    path = settings.key_file
    if path is None:
        return sorted(_keys_found(lambda: read_keys(_given_keys(settings))).secrets)
    return sorted(_keys_found(lambda: read_key_file(path)).secrets)


def rotate_keys(settings: Settings) -> Sequence[int]:
    """A new secret in the key file; the numbers that it holds now."""
    from bot.storage.keys import rotate_key_file

    path = settings.key_file
    if path is None:
        raise CouldNotRunError(
            "KEYS: it holds the keys itself, so nothing can be changed here: put its"
            " text into a file (chmod 600), and give the path in KEYS_FILE instead."
        )
    return sorted(_keys_found(lambda: rotate_key_file(path)).secrets)


def _given_keys(settings: Settings) -> str:
    if settings.keys is None:
        raise CouldNotRunError(
            "KEYS: this user has no folder for a key file. Set XDG_CONFIG_HOME."
        )
    return settings.keys.get_secret_value()


def _keys_found(work: Callable[[], T]) -> T:
    from bot.storage.keys import KeysError

    try:
        return work()
    except KeysError as error:
        raise CouldNotRunError(f"KEYS: {error}") from None


def allowed_fields(
    logger: Any, name: str, event: MutableMapping[str, Any]
) -> Mapping[str, Any]:
    return {key: value for key, value in event.items() if key in LOG_FIELDS}


def set_up_logs() -> None:
    """One JSON line an event, with allowed fields only; libraries stay silent."""
    import structlog

    from bot.crashing import no_traces

    no_traces()
    # httpx and PTB would write URLs with the token, and whole updates.
    logging.disable(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            allowed_fields,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def run_telegram(settings: Settings, token: str, *, today: date | None = None) -> None:
    """Until SIGTERM; every import here is one that only the running bot needs."""
    from bot.crashing import watch_tasks
    from bot.telegram.refused import RefusedError
    from bot.telegram.render import TelegramChannel
    from bot.telegram.run import run

    set_up_logs()
    library = library_of(settings)
    # The content stays for good: looking through it for garbage stops a turn for long.
    gc.collect()
    gc.freeze()
    vault = _vault(settings)
    storage = storage_of(settings, vault)

    async def work() -> None:
        watch_tasks()
        try:
            await run(
                token=token,
                api=settings.telegram_api,
                storage=storage,
                service=Service(library, TelegramChannel(), clock_on(today)),
                version=version("drempel"),
                name=program_name(),
                address=_address(settings, vault),
                new_keys=lambda: _taken_over(settings, vault),
            )
        finally:
            await storage.close()

    try:
        asyncio.run(work())
    except RefusedError as refusal:
        raise CouldNotRunError(_refused(refusal.reason, refusal.name)) from None


def _address(settings: Settings, vault: "Vault") -> "Address | None":
    """None: no webhook, so the bot polls."""
    if not settings.webhook_url:
        return None
    from bot.telegram.webhook import Address

    return Address(
        settings.webhook_url,
        *settings.listens_at,
        path=vault.token("webhook path"),
        secret=vault.token("webhook secret"),
    )


def _refused(reason: str, name: str) -> str:
    return f"{name}: {REFUSED[reason]}" if name else REFUSED[reason]


def _vault(settings: Settings) -> "Vault":
    from bot.storage.sealing import Vault

    keys, path, made = keys_of(settings)
    if made:
        print(NEW_KEYS.format(path=path), file=sys.stderr, flush=True)
    return Vault(keys)


def _taken_over(settings: Settings, vault: "Vault") -> bool:
    """Whether the key file has other keys than those we seal with; now we do."""
    from bot.storage.keys import KeysError, read_key_file

    path = settings.key_file
    if path is None:
        return False
    try:
        keys = read_key_file(path)
    except KeysError:
        # The running program does without its file until the next start.
        return False
    if keys == vault.keys or keys.pepper != vault.keys.pepper:
        return False
    vault.keys = keys
    return True


def migrate(settings: Settings) -> Sequence[int]:
    """The numbers of the schema files that were run."""
    from bot.storage.base import StorageError

    try:
        if settings.database_is_postgres:
            from bot.storage import postgres

            return postgres.migrate(settings.database)
        from bot.storage import sqlite

        return sqlite.migrated(settings.database, _vault(settings))
    except StorageError as error:
        raise CouldNotRunError(f"DATABASE: {error}") from None


def storage_of(settings: Settings, vault: "Vault") -> "Storage":
    """Raises CouldNotRunError."""
    from bot.storage.base import StorageError

    try:
        if settings.database_is_postgres:
            from bot.storage.postgres import PostgresStorage

            return PostgresStorage(settings.database, vault, program=token_hex(8))
        from bot.storage.sqlite import SqliteStorage

        return SqliteStorage(settings.database, vault, holder=program_name())
    except StorageError as error:
        raise CouldNotRunError(f"DATABASE: {error}") from None


def talk(settings: Settings, *, today: date | None, language: str) -> None:
    """The same conversation in the terminal; nothing of it is kept."""
    from bot.console import Console
    from bot.storage.sqlite import in_memory

    library = library_of(settings)
    if language and language not in library.catalogues:
        known = ", ".join(library.catalogues)
        raise CouldNotRunError(f"--lang: there is no “{language}” here, only {known}.")
    console = Console(library, clock_on(today))
    # With its own handler asyncio would wait for one more line after Ctrl-C.
    signal.signal(signal.SIGINT, _interrupted)
    asyncio.run(console.run(in_memory(), language=language))


def _interrupted(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt
