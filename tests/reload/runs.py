"""A whole run: content is spoiled and changed so many times under talking families."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from random import Random
from time import monotonic

import orjson

from bot.app import judged
from bot.authoring.checking import checked
from bot.library import Library
from bot.settings import Settings
from tests.emulator import Emulator
from tests.reload.author import Author, Variant, first_names
from tests.reload.families import LONGEST, Family, Kept, MayLose, Verdict
from tests.telegram.conftest import Program

CHANGED, REFUSED, BUG = "content_changed", "content_refused", "content_not_read"
EXPLAINED = frozenset({"started", "stopped", "resealed", CHANGED, REFUSED})
OUR_FAULT, TOLD = "Er ging bij ons iets mis", "Onze vragen zijn veranderd"


@dataclass(slots=True)
class Record:
    """`served`: spoiled content that was still without errors, by how it was."""

    verdict: Verdict = field(default_factory=Verdict)
    spoiled: Counter[str] = field(default_factory=Counter)
    served: Counter[str] = field(default_factory=Counter)
    swaps: int = 0
    notices: int = 0
    compared: int = 0
    seconds: list[float] = field(default_factory=list)
    """From each change until the operator was told."""

    megabytes: list[float] = field(default_factory=list)

    def __add__(self, other: "Record") -> "Record":
        return Record(
            *(
                getattr(self, one.name) + getattr(other, one.name)
                for one in fields(self)
            )
        )


class Notices:
    """What the operator of the program reads, line by line."""

    def __init__(self, log: Path) -> None:
        self._log = log.open("rb")
        self._half = b""

    def new(self) -> Sequence[str]:
        """Whole lines since the last look."""
        *lines, self._half = (self._half + self._log.read()).split(b"\n")
        return [line.decode() for line in lines]


class Run:
    """One program, its families, and the volunteer."""

    def __init__(self, folder: Path, emulator: Emulator, seed: int, record: Record):
        self._dice = Random(seed)
        self._author = Author(folder / "content", self._dice)
        self._settings = Settings(content=folder / "content")
        self.program = Program(
            emulator, folder, CONTENT=str(folder / "content"), PYTHONHASHSEED="0"
        )
        self.program.entry = ("tests.reload.program",)
        self._emulator = emulator
        self._record = record
        self._contents: list[Variant | Library] = [self._author.variant]
        self._served = 0

    async def goes(self, spoiled: int, swaps: int, families: int, each: int) -> None:
        """`each`: of so many refusals one is compared with `drempel check`."""
        await self.program.start()
        await self.program.polls()
        enough = asyncio.Event()
        kept, notices = (
            Kept(self.program.folder),
            Notices(self.program.folder / "log.txt"),
        )
        async with asyncio.TaskGroup() as group:
            for _ in range(families):
                group.create_task(self._families(kept, enough))
            try:
                await self._changes(notices, spoiled, swaps, each)
            finally:
                enough.set()

    async def _families(self, kept: Kept, enough: asyncio.Event) -> None:
        """One after another, so that no chat becomes endless."""
        verdict = self._record.verdict
        while not enough.is_set():
            dice = Random(self._dice.random())
            family = Family(self._emulator, kept, dice, verdict, self._since)
            await family.lives(enough)

    async def _changes(
        self, notices: Notices, spoiled: int, swaps: int, each: int
    ) -> None:
        left = ["spoil"] * spoiled + ["swap"] * swaps
        self._dice.shuffle(left)
        for number, what in enumerate(left):
            notices.new()
            begun = monotonic()
            if what == "swap":
                await asyncio.to_thread(self._author.swaps)
                self._contents.append(self._author.variant)
                await self._told(notices, {CHANGED, BUG})
                self._record.swaps += 1
            else:
                await self._spoils(notices, compare=number % each == 0)
            self._record.seconds.append(monotonic() - begun)
            self._record.verdict.settles()
            self._served = len(self._contents) - 1
            if number % 50 == 0:
                self._record.megabytes.append(self._resident())

    async def _spoils(self, notices: Notices, *, compare: bool) -> None:
        how = self._author.spoils()
        self._record.spoiled[how] += 1
        said = await self._told(notices, {CHANGED, REFUSED, BUG})
        event = _event(said[-1])
        if event == CHANGED:
            self._record.served[how] += 1
            library, _ = await asyncio.to_thread(judged, self._settings)
            assert library is not None
            self._contents.append(library)
            return
        self._record.notices += event == REFUSED
        if event == BUG:
            self._record.verdict.notes.append(f"{how}: {said[-1]}")
        elif event == REFUSED and compare:
            await self._compare(said)

    async def _compare(self, said: Sequence[str]) -> None:
        """Each line to the operator is one of `drempel check`, and none is missing."""
        self._record.compared += 1
        words = await asyncio.to_thread(_checked, self._settings)
        told = [line for line in said if not line.startswith("{")][:-1]
        if strange := [line for line in told if line not in words]:
            self._record.verdict.notes.append(f"check does not say: {strange}")

    async def _told(self, notices: Notices, events: set[str]) -> list[str]:
        """All lines until one of these events; other events are passed over."""
        said: list[str] = []
        until = monotonic() + LONGEST
        while monotonic() < until:
            for line in notices.new():
                said.append(line)
                if _event(line) in events:
                    return said
            await asyncio.sleep(0.01)
        self._record.verdict.notes.append("a change was not told")
        return [*said, ""]

    def _since(self) -> MayLose:
        """What a content of now or later does not have."""
        begun = self._served

        def may_lose(question: str, stored: str) -> bool:
            later = self._contents[begun:]
            return any(_is_gone(one, question, stored) for one in later)

        return may_lose

    def _resident(self) -> float:
        status = Path(f"/proc/{self.program.pid}/status")
        lines = status.read_text().splitlines() if status.is_file() else []
        found = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
        return int(next(found, "0")) / 1024

    def ends(self) -> None:
        """What belongs to no family: the log, the calls, every word that was sent."""
        verdict = self._record.verdict
        for line in self.program.log.splitlines():
            event = _event(line)
            if event and event not in EXPLAINED:
                verdict.notes.append(line)
        for one in self._emulator.violations:
            verdict.notes.append(f"{one.method}: {one.words}")
        for call in self._emulator.calls_of("sendMessage"):
            text = call.parameters.get("text", "")
            verdict.told += TOLD in text
            if OUR_FAULT in text:
                verdict.notes.append("a family read that it went wrong here")


def _is_gone(content: Variant | Library, question: str, stored: str) -> bool:
    if isinstance(content, Variant):
        return first_names(question) in content.gone
    asked = content.questions.get(question)
    return asked is None or not asked.kind.accepts(stored)


def _checked(settings: Settings) -> set[str]:
    from bot.app import CouldNotRunError

    try:
        found = checked(settings, release=False)
    except CouldNotRunError as error:
        return set(error.words("nl").splitlines())
    return {line for one in found for line in one.shown("nl").splitlines()}


def _event(line: str) -> str:
    try:
        return str(orjson.loads(line)["event"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ""


async def reloaded(
    folder: Path,
    *,
    spoiled: int,
    swaps: int,
    families: int,
    seed: int,
    each: int = 1,
) -> Record:
    """The real program on SQLite, over HTTP with an emulated Telegram."""
    record = Record()
    async with Emulator() as emulator:
        run = Run(folder, emulator, seed, record)
        try:
            await run.goes(spoiled, swaps, families, each)
            await run.program.terminate()
        finally:
            await run.program.kill()
        run.ends()
    return record
