"""Who may know whom, read from the imports. A test names the file that breaks a rule.

The rules stand in tables: a new file needs a row, a new library needs a home.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

BOT = ROOT / "bot"
OURS = "bot"

HOMES: Mapping[str, tuple[str, ...]] = {
    "telegram": ("telegram/",),
    "aiohttp": ("telegram/request.py",),
    "yaml": ("content/typed/strict_yaml.py",),
    "transitions": ("conversation/machine.py",),
    "sqlite3": ("storage/sqlite.py",),
    "psycopg": ("storage/postgres.py",),
    "cryptography": ("storage/sealing.py",),
    "starlette": ("telegram/webhook.py",),
    "uvicorn": ("telegram/webhook.py",),
    "pydantic": ("settings.py", "content/"),
    "pydantic_core": ("settings.py", "content/"),
    "pydantic_settings": ("settings.py",),
    "typer": ("cli.py", "commands/", "reports.py"),
    "structlog": ("operating.py", "crashing.py", "telegram/"),
    "orjson": ("service.py", "console.py", "telegram/"),
    "babel": ("translations.py", "conversation/reading_dates.py", "content/"),
    "dateutil": ("law/",),
    "fast_sugiyama": ("drawing/layout.py",),
}
"""Each outside library and the files or folders that may import it."""

CALLS: Mapping[str, tuple[str, ...]] = {
    "os.environ": ("settings.py",),
    "os.getenv": ("settings.py",),
    "datetime.now": ("app.py",),
    "datetime.today": (),
    "datetime.utcnow": (),
    "date.today": (),
    "time.time": ("storage/",),
}
"""Where the environment and the clock may be read."""

TALKING = frozenset({"conversation.acting", "conversation.advising",
                     "conversation.answering", "conversation.calling",
                     "conversation.carrying", "conversation.continuing",
                     "conversation.correcting", "conversation.engine",
                     "conversation.hearing", "conversation.holding",
                     "conversation.path_advice", "conversation.path_answers",
                     "conversation.path_trees", "conversation.paths",
                     "conversation.posting", "conversation.sampling",
                     "conversation.speaking", "conversation.walking"})  # fmt: skip
INSIDE = frozenset({"advice", "conversation", "desks", "fitting", "law", "opening",
                    "organisations", "places", "translations"})  # fmt: skip

ROOMS: Mapping[str, frozenset[str]] = {
    "problems": frozenset({"problems_dutch"}),
    "problems_dutch": frozenset({"dutch"}),
    "dutch": frozenset(),
    "translations": frozenset(),
    "law.calendar": frozenset(),
    "law": frozenset({"law", "translations"}),
    "places": frozenset({"conversation.reading", "law.calendar"}),
    "redaction": frozenset(),
    "crashing": frozenset(),
    "opening": frozenset({"law"}),
    "organisations": frozenset({"conversation", "law", "opening", "problems",
                                "translations"}),
    "desks": frozenset({"opening", "organisations", "problems",
                        "translations"}),
    "fitting": frozenset({"conversation", "organisations", "translations"}),
    # What a conversation is; how it moves and speaks stands below, after the library.
    "conversation.facts": frozenset(),
    "conversation.needed": frozenset(),
    "conversation.reading": frozenset(),
    "conversation": frozenset({"conversation", "places", "problems", "translations"}),
    "advice": frozenset({"conversation", "law", "translations"}),
    "library": INSIDE | {"problems"},
    "own_desks": frozenset({"library", "places", "problems"}),
    "outcome": (INSIDE | {"library"}) - {"opening"},
    **dict.fromkeys(TALKING, INSIDE | TALKING | {"library", "outcome", "promises"}),
    "promises": frozenset({"advice", "conversation", "organisations", "problems"}),
    **dict.fromkeys(("proving", "past_days", "proofs"), INSIDE | {
        "conversation.path_advice", "conversation.path_trees", "conversation.paths",
        "conversation.sampling", "library", "outcome", "past_days", "problems",
        "promises", "proving"}),
    "changes": INSIDE | {
        "changes", "conversation.path_advice", "conversation.paths",
        "conversation.sampling", "conversation.walking", "library", "outcome",
        "pasting", "problems", "promises", "scenarios"},
    "chats": frozenset({"conversation", "conversation.speaking", "library",
                        "translations"}),
    "review": frozenset({"changes", "chats", "coverage", "coverage_told", "library",
                         "problems", "scenarios"}),
    "starting": frozenset({"conversation", "conversation.path_advice",
                           "conversation.paths", "conversation.sampling", "library",
                           "pasting", "problems", "proving", "scenarios"}),
    "pasting": frozenset({"conversation", "conversation.sampling", "library"}),
    "scenarios": frozenset(
        {"conversation", "conversation.engine", "conversation.hearing",
         "conversation.sampling", "library", "outcome", "problems"}
    ),
    "coverage": frozenset({"advice", "conversation", "conversation.sampling", "library",
                           "outcome", "scenarios"}),
    "coverage_told": frozenset({"conversation", "coverage", "library", "problems"}),
    "missing": frozenset({"advice", "conversation", "conversation.path_answers",
                          "conversation.path_trees", "conversation.paths",
                          "conversation.sampling", "conversation.walking", "coverage",
                          "library", "pasting", "scenarios"}),
    "missing_told": frozenset({"coverage", "coverage_told", "library", "missing",
                               "pasting", "problems"}),
    "checks": frozenset({"advice", "checks", "conversation", "conversation.walking",
                         "law", "library", "organisations", "outcome", "problems",
                         "translations"}),
    "content.read_version": frozenset({"changes.values", "content", "problems"}),
    "content": INSIDE | {"content", "library", "own_desks", "problems", "promises",
                         "scenarios"},
    "drawing": frozenset({"conversation", "drawing", "library", "problems",
                          "translations"}),
    "settings": frozenset({"problems"}),
    "storage": frozenset({"storage"}),
    "service": frozenset({"conversation", "conversation.correcting",
                          "conversation.engine", "conversation.holding", "library", "storage.base",
                          "translations"}),
    "telegram": frozenset({"conversation", "conversation.engine", "library",
                           "redaction", "service",
                           "storage.base", "telegram", "translations"}),
    "console": frozenset({"conversation", "library", "service", "starting",
                          "storage.base", "translations"}),
    "lawyer": INSIDE | {"conversation.sampling", "library", "outcome"},
    "live": frozenset({"conversation", "conversation.carrying", "library",
                       "problems"}),
    "reports": frozenset({"changes", "coverage", "coverage_told", "library", "live",
                          "missing", "missing_told", "problems", "proving",
                          "scenarios"}),
    "explaining": frozenset(),
    "volunteer": frozenset({"opening", "organisations", "problems"}),
    "app": frozenset({"checks", "content", "library", "problems", "settings"}),
    "authoring": frozenset({"app", "authoring", "changes", "checks", "content",
                            "coverage", "drawing", "lawyer", "library", "missing",
                            "own_desks", "pasting", "problems", "promises", "proofs",
                            "proving", "review", "scenarios", "settings", "starting",
                            "volunteer"}),
    "commands": frozenset({"app", "authoring", "commands", "coverage", "explaining",
                           "missing_told", "operating", "problems", "reports",
                           "review", "settings", "volunteer"}),
    "cli": frozenset({"commands"}),
    "__main__": frozenset({"cli"}),
}  # fmt: skip
"""Each room of bot/ and the rooms it may know."""

PUTS_TOGETHER = ("__init__", "operating")
"""`operating` puts together the running bot."""


def files() -> list[Path]:
    return sorted(BOT.rglob("*.py"))


def within(path: Path) -> str:
    return path.relative_to(BOT).as_posix()


def module(path: Path) -> str:
    """`conversation.kinds.day`, as it is called inside bot."""
    return within(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def imports(path: Path) -> tuple[tuple[int, str], ...]:
    """Every module that a file names, at the top or inside a function, with its line."""
    return tuple(_imports(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def attributes(path: Path) -> tuple[tuple[ast.Attribute, str], ...]:
    """What is written with a dot, and how."""
    found = (node for node in nodes(path) if isinstance(node, ast.Attribute))
    return tuple((node, ast.unparse(node)) for node in found)


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{within(path)}: a relative import"
            source = node.module or ""
            yield from ((node.lineno, _named(source, n.name)) for n in node.names)


def _named(source: str, name: str) -> str:
    """`from bot.conversation import engine` names bot.conversation.engine."""
    inner = ROOT.joinpath(*source.split("."), name)
    is_module = inner.with_suffix(".py").is_file() or inner.is_dir()
    return f"{source}.{name}" if source.startswith(OURS) and is_module else source


def room(name: str) -> str:
    """The longest row of the table that this module stands in; "" for none."""
    parts = name.split(".")
    rows = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((row for row in rows if row in ROOMS), "")


def ours(path: Path) -> Iterator[tuple[int, str]]:
    for line, name in imports(path):
        if name.startswith(f"{OURS}."):
            yield line, name.removeprefix(f"{OURS}.")


@pytest.mark.parametrize("library", HOMES)
def test_an_outside_library_is_imported_at_home_only(library: str) -> None:
    strangers = [
        f"bot/{within(path)}:{line} imports {name}"
        for path in files()
        for line, name in imports(path)
        if name.split(".")[0] == library and not within(path).startswith(HOMES[library])
    ]
    assert strangers == []


def test_every_outside_library_has_a_home() -> None:
    known = {*HOMES, OURS, *sys.stdlib_module_names}
    homeless = [
        f"bot/{within(path)}:{line} imports {name}"
        for path in files()
        for line, name in imports(path)
        if name.split(".")[0] not in known
    ]
    assert homeless == []


@pytest.mark.parametrize("call", CALLS)
def test_clock_and_environment_are_read_in_one_place(call: str) -> None:
    strangers = [
        f"bot/{within(path)}:{node.lineno} uses {call}"
        for path in files()
        if not within(path).startswith(CALLS[call] or ("-",))
        for node, written in attributes(path)
        if written.endswith(call)
    ]
    assert strangers == []


def test_every_file_has_a_row() -> None:
    unknown = [f"bot/{within(p)}" for p in files() if module(p) not in PUTS_TOGETHER
               and not room(module(p))]  # fmt: skip
    assert unknown == []


def test_no_room_knows_one_it_should_not() -> None:
    wrong = [
        f"bot/{within(path)}:{line} knows {name}; {room(module(path))} may know only"
        f" {', '.join(sorted(ROOMS[room(module(path))])) or 'nobody'}"
        for path in files()
        if module(path) not in PUTS_TOGETHER
        for line, name in ours(path)
        if not _may_know(room(module(path)), name)
    ]
    assert wrong == []


def _may_know(knower: str, name: str) -> bool:
    """A room includes its files, but the talking ones must be named."""
    allowed = ROOMS[knower]
    if name in TALKING:
        return name in allowed
    return any(f"{name}.".startswith(f"{row}.") for row in allowed)


def test_only_operating_chooses_storage_and_channel() -> None:
    chosen = ("storage.sqlite", "telegram.", "console")
    choosing = {
        module(path)
        for path in files()
        for _, name in ours(path)
        if name.startswith(chosen) and not module(path).startswith("telegram")
    }
    assert choosing == {"operating"}


def test_no_import_runs_in_a_circle() -> None:
    graph = {module(path): {name for _, name in ours(path)} for path in files()}
    done: set[str] = set()
    while ready := {
        name for name, needs in graph.items() if needs & set(graph) <= done
    }:
        done |= ready
        graph = {name: needs for name, needs in graph.items() if name not in ready}
    assert sorted(graph) == []


# --- what really gets loaded -------------------------------------------------------


def loaded(code: str) -> set[str]:
    """The modules that a fresh Python has after this code."""
    told = "print('\\n' + '\\n'.join(__import__('sys').modules))"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{told}"],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    return set(run.stdout.split())


def command(*words: str) -> str:
    return (
        "from bot.cli import app\n"
        f"try:\n    app({list(words)!r})\n"
        "except SystemExit:\n    pass"
    )


@pytest.mark.parametrize("words", [("check",), ("test",)], ids=" ".join)
def test_checking_never_loads_telegram_or_a_database(words: tuple[str, ...]) -> None:
    modules = loaded(command(*words))
    assert "bot.content.read_library" in modules
    assert modules.isdisjoint({"telegram", "aiohttp", "httpx", "sqlite3"})


def test_the_terminal_never_loads_telegram() -> None:
    modules = loaded(command("talk", "--lang", "nl"))
    assert "bot.console" in modules
    assert modules.isdisjoint({"telegram", "aiohttp", "httpx"})


def test_the_engine_loads_no_file_reader_no_storage_and_no_channel() -> None:
    modules = loaded("import bot.conversation.engine, bot.scenarios")
    assert modules.isdisjoint({"yaml", "pydantic", "sqlite3", "telegram", "typer"})
    assert not any(name.startswith("bot.content") for name in modules)
