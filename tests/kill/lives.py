"""Starts lives of the program, hears where they are, and kills them from outside."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Self

from bot.settings import NEAR
from tests.conftest import ROOT
from tests.kill.program import Plan

LONGEST = 60.0


class EndedByItselfError(Exception):
    """A life ended before anybody killed it; its number."""


@dataclass(slots=True)
class Life:
    """One process of the program, from its first words to its death."""

    number: int
    pid: int = 0
    holder: str = ""
    at: str = ""
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    stands: asyncio.Event = field(default_factory=asyncio.Event)
    dead: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, name: str, *words: str) -> None:
        match name:
            case "life":
                self.pid = int(words[1])
                self.begun.set()
            case "holder":
                self.holder = words[0]
            case "at":
                self.at = words[0]
                self.stands.set()


class Lives:
    """`async with Lives(content) as lives:` and `await lives.start(…)`."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._numbers = count(1)
        self._lives: dict[int, Life] = {}
        self._desk: asyncio.Server | None = None
        self._nest: Process | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        self._desk = await asyncio.start_server(self._listen, "127.0.0.1", 0)
        self._port = self._desk.sockets[0].getsockname()[1]
        self._nest = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.kill.nest", str(self._content)),
            cwd=self._content,
            env=_environment(),
            stdin=PIPE,
            stdout=PIPE,
        )
        assert self._nest.stdout is not None
        assert await self._nest.stdout.readline() == b"ready\n"
        return self

    async def __aexit__(self, *_: object) -> None:
        for life in self._lives.values():
            if life.pid and not life.dead.is_set():
                os.kill(life.pid, signal.SIGKILL)
                await life.dead.wait()
        assert self._nest is not None
        assert self._nest.stdin is not None
        self._nest.stdin.close()
        await self._nest.wait()
        assert self._desk is not None
        self._desk.close()

    async def start(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *,
        point: str = "",
        passage: int = 1,
        cold: bool = False,
    ) -> Life:
        """A life that has just begun; `cold`: it reads all code and content itself."""
        life = Life(next(self._numbers))
        self._lives[life.number] = life
        log = str(folder / "log.txt")
        given = {"CONTENT": str(self._content), **environment}
        plan = Plan(
            life.number, self._port, str(folder), log, given, point, passage
        ).packed()
        await (self._start_cold(plan) if cold else self._start_warm(plan))
        async with asyncio.timeout(LONGEST):
            await life.begun.wait()
        return life

    async def comes_to(self, life: Life, point: str) -> None:
        """Wait until it stands still there."""
        async with asyncio.timeout(LONGEST):
            await life.stands.wait()
        if life.at != point:
            raise EndedByItselfError(life.number)

    async def kill(self, life: Life) -> None:
        """SIGKILL, and the end of the process."""
        if life.dead.is_set():
            raise EndedByItselfError(life.number)
        os.kill(life.pid, signal.SIGKILL)
        await self.ends(life)

    async def terminate(self, life: Life) -> None:
        """SIGTERM, and the end of the process."""
        os.kill(life.pid, signal.SIGTERM)
        await self.ends(life)

    async def ends(self, life: Life) -> None:
        async with asyncio.timeout(LONGEST):
            await life.dead.wait()
        del self._lives[life.number]

    async def _start_warm(self, plan: str) -> None:
        assert self._nest is not None
        assert self._nest.stdin is not None
        self._nest.stdin.write(plan.encode() + b"\n")
        await self._nest.stdin.drain()

    async def _start_cold(self, plan: str) -> None:
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.kill.program", plan), env=_environment()
        )

    async def _listen(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        life: Life | None = None
        try:
            async for line in reader:
                name, *words = line.decode().split()
                life = life or self._lives[int(words[0])]
                life.hear(name, *words)
        except ConnectionError:
            pass  # it died
        finally:
            writer.close()
            if life is not None:
                life.dead.set()
                life.stands.set()


def _environment() -> dict[str, str]:
    """Settings of the one who runs the tests must not reach the program."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(NEAR)}
    return {**ours, "PYTHONPATH": str(ROOT)}
