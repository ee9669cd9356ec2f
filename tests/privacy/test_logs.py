"""The log is for operators: what happened, never to whom, never in which words."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operating import LOG_FIELDS, REFUSED
from bot.storage.base import StorageError
from tests.conftest import ROOT
from tests.emulator import Emulator, Json, broken, refusal
from tests.emulator.user import CANARY
from tests.privacy import traces
from tests.privacy.conftest import Watched, Worker
from tests.telegram.conftest import Telephone

CODE = sorted((ROOT / "bot").rglob("*.py"))
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log", "bind"}
FIELDS = {"kind", "method", "version", "where", "count"}
TELLING = ("str(trouble)",)
"""What may be put into `kind` beside the name of a class and a constant."""

SAYS_A_KIND = "type({}).__name__"


def calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def log_calls() -> list[tuple[str, ast.Call]]:
    return [
        (f"{path.relative_to(ROOT)}:{call.lineno}", call)
        for path in CODE
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) in ("log", "logger", "logging", "structlog")
        and call.func.attr in LEVELS
    ]


LOG_CALLS = log_calls()


def test_there_are_log_calls_to_look_at() -> None:
    assert len(LOG_CALLS) > 20


@pytest.mark.parametrize(("place", "call"), LOG_CALLS, ids=[p for p, _ in LOG_CALLS])
def test_each_event_is_a_constant_name_with_fields_that_are_allowed(
    place: str, call: ast.Call
) -> None:
    (event,) = call.args
    assert isinstance(event, ast.Constant)
    assert str(event.value).isidentifier()
    names = {word.arg for word in call.keywords}
    assert names <= FIELDS <= LOG_FIELDS


@pytest.mark.parametrize(("place", "call"), LOG_CALLS, ids=[p for p, _ in LOG_CALLS])
def test_of_an_error_only_its_kind_is_told(place: str, call: ast.Call) -> None:
    for word in call.keywords:
        if word.arg != "kind" or isinstance(word.value, ast.Constant):
            continue
        said = ast.unparse(word.value)
        names = {n.id for n in ast.walk(word.value) if isinstance(n, ast.Name)}
        kinds = {SAYS_A_KIND.format(name) for name in names}
        assert said in kinds or said in TELLING
        if said in TELLING:
            assert caught_as(place, "trouble") == "StorageError"


def caught_as(place: str, name: str) -> str:
    """What the handler around this line catches."""
    file, _, line = place.rpartition(":")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    handlers = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and node.name == name
        and node.lineno <= int(line) <= (node.end_lineno or 0)
    ]
    return ast.unparse(handlers[-1].type or ast.Constant(None))


ALLOWED_IN_TROUBLE = (
    "type(", "path", "strerror", "NEWER", "NOT_REACHED", "said", "trouble", "missing",
)  # fmt: skip


def test_a_storage_error_is_a_sentence_of_ours_or_names_a_kind() -> None:
    """SQLite names tables and columns in an error, never a value; nobody else may."""
    for path in sorted((ROOT / "bot/storage").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "StorageError":
                (said,) = node.args
                inner = [n for n in ast.walk(said) if isinstance(n, ast.FormattedValue)]
                told = [ast.unparse(one.value) for one in inner]
                if path.name != "sqlite.py":
                    assert all(one.startswith("type(") for one in told), told
                assert all(one.startswith(ALLOWED_IN_TROUBLE) for one in told), told
    assert str(StorageError("x")) == "x"


# --- provoked -----------------------------------------------------------------------


ODD: tuple[Json, ...] = (
    {"message": 7},
    {"message": {"text": CANARY}},
    {"callback_query": {}},
)


def log_of(program: Watched) -> list[dict[str, object]]:
    """The events; the new keys and the warnings of Python stand beside them."""
    lines = [one for one in program.log.splitlines() if one.startswith("{")]
    events: list[dict[str, object]] = [json.loads(line) for line in lines]
    assert {key for event in events for key in event} <= LOG_FIELDS
    return events


def events(program: Watched) -> set[object]:
    return {event["event"] for event in log_of(program)}


async def test_all_that_goes_wrong_on_sqlite_is_told_without_a_word_of_a_family(
    emulator: Emulator, running: Watched
) -> None:
    telephone = Telephone(running)
    chat = telephone.user.chat_id
    known = traces.of_family(chat, emulator.token, traces.TYPED, CANARY)
    await telephone.begins()
    says_all = f"Bad Request: {CANARY} {chat} {emulator.token}"
    emulator.fail("sendMessage", refusal(400, says_all), broken(500), chat=chat)
    emulator.fail("getUpdates", broken(502), refusal(500, says_all))
    await telephone.says(traces.TYPED)
    for odd in ODD:
        emulator.api.updates.deliver(dict(odd))
    not_json = running.vault.seal("conversation", running.lane(telephone.user), b"{")
    running.change("UPDATE conversation SET body = ?", not_json)
    telephone.user.say(traces.TYPED)
    await running.until(lambda: "turn_failed" in running.log)
    await running.rests()
    running.change("ALTER TABLE inbox RENAME TO gone")
    telephone.user.say(traces.TYPED)
    await running.until(lambda: "storage_trouble" in running.log)
    await running.terminate()
    assert traces.found(known, [running.folder / "log.txt"]) == []
    assert events(running) >= {
        "started", "polling_trouble", "send_refused", "storage_trouble",
        "turn_failed", "update_unreadable",
    }  # fmt: skip


async def test_a_database_that_is_gone_is_told_without_its_address(
    emulator: Emulator, worker: Worker
) -> None:
    telephone = Telephone(worker)
    await telephone.begins()
    known = traces.of_family(telephone.user.chat_id, emulator.token, worker.url)
    worker.change("ALTER TABLE conversation RENAME TO gone")
    telephone.user.say(traces.TYPED)
    await worker.until(
        lambda: "turn_failed" in worker.log or "storage_trouble" in worker.log
    )
    await worker.terminate()
    assert traces.found(known, [worker.folder / "log.txt"]) == []
    assert log_of(worker)


async def test_a_wrong_token_is_not_shown(emulator: Emulator, tmp_path: Path) -> None:
    wrong = "7000000009:KanarieDieNergensOpent"
    program = Watched(emulator, tmp_path / "program", TELEGRAM_TOKEN=wrong)
    await program.start()
    assert await program.ends() == 2
    assert REFUSED["wrong_token"] in program.log
    known = traces.of_words((wrong, wrong.partition(":")[2]))
    assert traces.found(known, program.places) == []
