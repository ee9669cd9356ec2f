"""A world: Telegram, a database, families, and programs that die all the time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

from tests.emulator import Emulator
from tests.kill.database import Database
from tests.kill.families import SCRIPTS, Family, Script
from tests.kill.lives import LONGEST, Life, Lives
from tests.kill.program import POINTS
from tests.kill.proxy import Proxy
from tests.kill.verdict import Death

CROWD = 12
"""So many families are under way at every moment."""

SOON, MOST_CALLS, MOST_PASSAGES = 0.5, 40, 8
"""Seconds, calls or passages of a point until the end of a life, at most."""

COLD = 25
"""One life in so many reads all code and content itself."""

RANDOM = "random"


@dataclass(frozen=True, slots=True)
class SetUp:
    """How the programs run; two of them only where the database is shared."""

    name: str
    webhook: bool
    postgres: bool
    workers: int = 1


SET_UPS = (
    SetUp("polling, SQLite", webhook=False, postgres=False),
    SetUp("webhook, SQLite", webhook=True, postgres=False),
    SetUp("polling, PostgreSQL", webhook=False, postgres=True),
    SetUp("webhook, PostgreSQL, 2 workers", webhook=True, postgres=True, workers=2),
)


def ends(named: int, at_random: int, dice: Random) -> list[str]:
    """Where lives end: so many times at each point, and at random; shuffled."""
    found = [*POINTS * named, *[RANDOM] * at_random]
    dice.shuffle(found)
    return found


class World:
    """One set-up on a database of its own."""

    def __init__(
        self,
        set_up: SetUp,
        emulator: Emulator,
        proxy: Proxy,
        *,
        lives: Lives,
        database: Database,
        folder: Path,
        dice: Random,
    ) -> None:
        self.emulator = emulator
        self.database = database
        self.log = folder / "log.txt"
        self.families: list[Family] = []
        self.kills: Counter[str] = Counter()
        self.deaths: list[Death] = []
        self._set_up = set_up
        self._proxy = proxy
        self._lives = lives
        self._folder = folder
        self._dice = dice
        self._dead: list[str] = []

    async def meet(self, script: Script) -> None:
        """One family, through its whole script."""
        family = Family(self.emulator, script)
        self.families.append(family)
        await family.lives()

    async def kill_all(self, points: Sequence[str]) -> None:
        """Every life ends at one of these, with families under way all the time."""
        enough = asyncio.Event()
        crowd = asyncio.create_task(self._crowd(enough))
        freeing = asyncio.create_task(self._keep_freeing())
        try:
            await self._end_at(list(points))
            enough.set()
            alive = await self.start_all()
            # A family whose update was lost waits for ever; it is judged as it is.
            await asyncio.wait([crowd], timeout=LONGEST)
        finally:
            crowd.cancel()
            freeing.cancel()
        await self.rest(alive)

    async def rest(self, alive: Sequence[Life]) -> None:
        """Every update is confirmed and answered; then the programs are stopped."""
        async with asyncio.timeout(LONGEST):
            await self.emulator.settled(quiet=0.1, timeout=LONGEST)
            while self.database.at_work():
                await self.emulator.settled(quiet=0.1, timeout=LONGEST)
        for life in alive:
            await self._lives.terminate(life)

    async def start(self, port: int, *, end: str = RANDOM) -> Life:
        return await self._lives.start(
            self._folder,
            self._environment(port),
            point="" if end == RANDOM else end,
            passage=self._dice.randint(1, MOST_PASSAGES),
            cold=self.kills.total() % COLD == 1,
        )

    async def start_all(self) -> Sequence[Life]:
        return [await self.start(port) for port in self._proxy.ports]

    async def _crowd(self, enough: asyncio.Event) -> None:
        """For each family that is through a new one comes, until there are enough."""
        scripts = cycle(SCRIPTS)

        async def one_after_another() -> None:
            while not enough.is_set():
                await self.meet(next(scripts))

        async with asyncio.TaskGroup() as group:
            for _ in range(CROWD):
                group.create_task(one_after_another())

    async def _end_at(self, points: list[str]) -> None:
        """Each worker lives and dies by itself; both take from the same points."""

        async def one_after_another(port: int) -> None:
            while points:
                end = points.pop()
                calls = len(self.emulator.calls)
                life = await self.start(port, end=end)
                if end == RANDOM:
                    await self._any_moment(calls)
                else:
                    await self._lives.comes_to(life, end)
                await self._kill(life, end)

        async with asyncio.TaskGroup() as group:
            for port in self._proxy.ports:
                group.create_task(one_after_another(port))

    async def _any_moment(self, calls: int) -> None:
        if self._dice.random() < 0.5:
            await asyncio.sleep(self._dice.uniform(0, SOON))
            return
        calls += self._dice.randint(1, MOST_CALLS)
        async with asyncio.timeout(LONGEST):
            while len(self.emulator.calls) < calls:
                await self.emulator.call_bell.heard()

    async def _kill(self, life: Life, end: str) -> None:
        before = len(self.emulator.calls)
        await self._lives.kill(life)
        self.kills[end] += 1
        self._dead.append(life.holder)
        await self._free()
        await asyncio.sleep(0.02)  # what it gave to the network may still arrive
        self.deaths.append(Death(before, len(self.emulator.calls)))

    async def _keep_freeing(self) -> None:
        """A commit may outlive its program for a moment, and lease something."""
        while True:
            await asyncio.sleep(0.5)
            await self._free()

    async def _free(self) -> None:
        polling = not self._set_up.webhook
        free = self.database.free
        await asyncio.to_thread(free, tuple(self._dead), polling=polling)

    def _environment(self, port: int) -> dict[str, str]:
        chosen = {
            "TELEGRAM_TOKEN": self.emulator.token,
            "TELEGRAM_API": f"http://127.0.0.1:{self.emulator.port}",
            "DATABASE": self.database.address,
            "KEYS_FILE": str(self.database.keys),
        }
        if self._set_up.webhook:
            chosen["WEBHOOK_URL"] = f"http://127.0.0.1:{self._proxy.port}"
            chosen["LISTEN"] = f"127.0.0.1:{port}"
        return chosen


@asynccontextmanager
async def world(
    set_up: SetUp, lives: Lives, folder: Path, address: str, dice: Random
) -> AsyncIterator[World]:
    """`address` of an empty database; the log and the keys lie in the folder."""
    async with Emulator() as emulator, Proxy(set_up.workers) as proxy:
        yield World(
            set_up,
            emulator,
            proxy,
            lives=lives,
            database=Database(address, folder / "keys"),
            folder=folder,
            dice=dice,
        )
