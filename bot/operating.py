"""What an operator runs: the bot itself, its keys and its database."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from datetime import date, time
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from bot.app import MEND, CouldNotRunError, clock_on, judged, library_of
from bot.content.watch import Watch, keep_good
from bot.library import Library
from bot.problems import Language, told
from bot.service import Service
from bot.settings import Settings

if TYPE_CHECKING:  # every command would load the ciphers with it
    from bot.live import Lost
    from bot.storage.base import Storage
    from bot.storage.sealing import Keys, Vault
    from bot.telegram.webhook import Address

T = TypeVar("T")

Contents = Watch[tuple[Library | None, Sequence[str]]]
"""What is judged anew whenever it changed."""

LOG_FIELDS = frozenset(
    {"event", "level", "timestamp", "kind", "method", "version", "where", "count"}
)
"""Fields that may stand in a log line. Anything else could be about a family."""

NEW_KEYS = (
    "New keys are in {path}: keep a copy elsewhere; without it the answers of the"
    " last 7 days cannot be read."
)
"""For standard error, once, when the first start made the key file."""

STILL_LAST_GOOD = told("Families keep the last good content. Mend this: drempel check")
"""For those who mend it: in Dutch, as `drempel check` says what is wrong."""

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


def program_name() -> str:
    """For people who look for the other program."""
    return f"{socket.gethostname()}, process {os.getpid()}"


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
    watch = Watch(settings.content, lambda: judged(settings, "nl"))
    library = content_at_start(settings, watch)
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
                new_content=lambda: _new_content(watch, settings),
            )
        finally:
            await storage.close()

    try:
        asyncio.run(work())
    except RefusedError as refusal:
        raise CouldNotRunError(_refused(refusal.reason, refusal.name)) from None


def content_at_start(settings: Settings, watch: Contents) -> Library:
    """The content, or the last that was good; what is wrong with it is told.

    Raises CouldNotRunError when there is neither.
    """
    library, wrong = judged(settings, "nl")
    if library is not None:
        _keep_good(settings, watch)
        return library
    last = settings.model_copy(update={"content": settings.last_good})
    kept, _ = judged(last)
    if kept is None:
        raise CouldNotRunError("\n".join([*wrong, MEND.words("nl")]))
    _refuse(wrong)
    return kept


def _new_content(watch: Contents, settings: Settings) -> Library | None:
    """Edited content without errors; errors are told once, and change nothing."""
    found = watch.look()
    if found is None:
        return None
    library, wrong = found
    if library is None:
        _refuse(wrong)
    else:
        _keep_good(settings, watch)
    return library


def _keep_good(settings: Settings, watch: Contents) -> None:
    try:
        keep_good(settings.content, settings.last_good, watch.known)
    except OSError:
        # A container that may write nothing has its content in its image.
        return


def _refuse(wrong: Sequence[str]) -> None:
    """To the operator, in the words of `drempel check`; content is about no family."""
    import structlog

    log = structlog.get_logger()
    lines = [*wrong, STILL_LAST_GOOD.words("nl")]
    print("\n".join(lines), file=sys.stderr, flush=True)
    log.error("content_refused", count=len(wrong))


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


def lost_by_change(settings: Settings, language: Language) -> "Sequence[Lost]":
    """What the content as it is now takes from families that are in the middle."""
    from bot.live import lost
    from bot.service import unpacked
    from bot.storage.base import StorageError

    library = library_of(settings, language)
    vault = _vault(settings)
    try:
        if settings.database_is_postgres:
            from bot.storage import postgres

            kept = postgres.conversations(settings.database, vault)
        else:
            from bot.storage import sqlite

            kept = sqlite.conversations(settings.database, vault)
    except StorageError as error:
        raise CouldNotRunError(f"DATABASE: {error}") from None
    return lost(library, map(unpacked, kept))


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


def talk(
    settings: Settings,
    today: date | None,
    hour: time | None,
    *,
    language: str,
    begin: str,
    answers: str,
) -> None:
    """The same conversation in the terminal; nothing of it is kept."""
    from bot.authoring.talking import where_to_start
    from bot.console import Console
    from bot.storage.sqlite import in_memory

    author: Language = "en" if language == "en" else "nl"
    library = library_of(settings, author)
    if language and language not in library.catalogues:
        message = told(
            "--lang: there is no “{language}” here, only {known}.",
            language=language,
            known=", ".join(library.catalogues),
        )
        raise CouldNotRunError(message)
    start, day = where_to_start(
        library, settings, begin, answers, today, language=author
    )
    console = Console(library, clock_on(day, hour))
    if begin or answers:
        language = language or "nl"
    # With its own handler asyncio would wait for one more line after Ctrl-C.
    signal.signal(signal.SIGINT, _interrupted)
    asyncio.run(console.run(in_memory(), language=language, start=start))


def _interrupted(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt
