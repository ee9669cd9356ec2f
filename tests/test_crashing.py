"""A crash says what and where, and not a word of what the program knew."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.emulator import Emulator
from tests.telegram.conftest import Program

CANARY = "kanarie-7Qp2"
BEGINS = f"""
import asyncio, sys, threading
from bot.operating import set_up_logs
from bot.crashing import watch_tasks
from bot.law.calendar import Calendar
set_up_logs()

class SaysTooMuch(Exception):
    pass

secret = "{CANARY}"

def crash():
    raise SaysTooMuch(f"the answer was {{secret}}") from ValueError(secret)

async def crash_later():
    crash()
"""

ENDS = {
    "the main part": "crash()",
    "what a command calls": """
import typer
typer.Typer(pretty_exceptions_enable=False).command()(crash)
app = typer.Typer(pretty_exceptions_enable=False)
app.command()(crash)
app([])
""",
    "a thread": """
threading.Thread(target=crash).start()
threading.Event().wait()
""",
    "a daemon thread": """
threading.Thread(target=crash, daemon=True).start()
threading.Event().wait()
""",
    "a task": "asyncio.run(crash_later())",
    "a task of a group": """
async def both():
    async with asyncio.TaskGroup() as group:
        group.create_task(crash_later())
        group.create_task(asyncio.sleep(60))
asyncio.run(both())
""",
}
GOES_ON = {
    "a task that nobody waits for": """
async def forgets():
    watch_tasks()
    task = asyncio.create_task(crash_later())
    await asyncio.wait([task])
    del task
asyncio.run(forgets())
""",
    "a callback": """
async def calls():
    watch_tasks()
    asyncio.get_running_loop().call_soon(crash)
    await asyncio.sleep(0)
asyncio.run(calls())
""",
    "the end of an object": """
class Ends:
    def __del__(self):
        crash()
Ends()
""",
}


def run(code: str) -> subprocess.CompletedProcess[str]:
    """This code in a process of its own."""
    return subprocess.run(
        [sys.executable, "-X", "dev", "-c", BEGINS + code],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("part", ENDS)
def test_a_crash_ends_the_program_without_its_words(part: str) -> None:
    ended = run(ENDS[part])
    assert CANARY not in ended.stdout + ended.stderr
    (event,) = map(json.loads, ended.stderr.splitlines())
    assert (event["event"], event["kind"]) == ("crashed", "SaysTooMuch")
    assert ended.returncode == 1


@pytest.mark.parametrize("part", GOES_ON)
def test_what_goes_wrong_aside_is_told_without_its_words(part: str) -> None:
    ended = run(GOES_ON[part])
    assert CANARY not in ended.stdout + ended.stderr
    (event,) = map(json.loads, ended.stderr.splitlines())
    assert (event["event"], event["kind"]) == ("crashed", "SaysTooMuch")
    assert ended.returncode == 0


def test_a_crash_names_the_innermost_line_of_ours() -> None:
    """The exception itself comes from Python, called by a line of ours."""
    ended = run(f"Calendar.next_working(None, '{CANARY}')")
    (event,) = map(json.loads, ended.stderr.splitlines())
    file, _, line = event["where"].partition(":")
    lines = (ROOT / "bot" / file).read_text(encoding="utf-8").splitlines()
    assert file == "law/calendar.py"
    assert "self" in lines[int(line) - 1]


def test_a_crash_outside_our_files_names_none() -> None:
    (event,) = map(json.loads, run("crash()").stderr.splitlines())
    assert event["where"] == ""


def test_an_interrupt_is_no_crash() -> None:
    ended = run(f"raise KeyboardInterrupt('{CANARY}')")
    assert ended.stdout + ended.stderr == ""


def test_a_crash_that_cannot_be_told_stays_silent() -> None:
    ended = run("sys.stderr.close()\ncrash()")
    assert (ended.stdout + ended.stderr, ended.returncode) == ("", 1)


def test_no_core_file_can_be_written() -> None:
    code = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    assert run(code).stdout.split() == ["(0,", "0)"]


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_memory_cannot_be_dumped() -> None:
    dumpable = "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    assert run(dumpable).stdout.split() == ["0"]


# --- the real program ----------------------------------------------------------------


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        yield running


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
async def test_the_running_bot_writes_no_core_file(
    emulator: Emulator, tmp_path: Path
) -> None:
    program = Program(emulator, tmp_path)
    await program.start()
    await program.polls()
    limits = Path(f"/proc/{program.pid}/limits").read_text().splitlines()
    await program.kill()
    (core,) = [line.split() for line in limits if line.startswith("Max core file size")]
    assert core[4:6] == ["0", "0"]
