"""Many families, far away, or one that floods: what the others meet."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from tests.bench import flows
from tests.bench.end_to_end import WARM_SECONDS, emulated, fill, up
from tests.bench.processes import running
from tests.bench.table import Goal, Row, percentile
from tests.bench.users import FIRST_PERSON, Family, Load, load, paced
from tests.bench.walk import recorded

USERS, ROUND_TRIP = 64, 0.060
CEILING = USERS / ROUND_TRIP
SECONDS = 4.0

OTHERS, A_SECOND = 16, 50
ROUNDS, FLOOD, FLOOD_SECONDS = 4, 300, 3.0

STORED, MANY_A_SECOND, MANY_SECONDS = 10_000, 100, 15.0


def distance(folder: Path) -> Iterator[Row]:
    """Telegram is 60 ms away, and shows a message before it answers."""
    found = asyncio.run(_far_away(folder))
    most = f"{USERS} families, one round trip each"
    what = f"{ROUND_TRIP * 1000:.0f} ms away, {USERS} families"
    near = Goal("≥", 0.85)
    yield Row(f"{what}, messages", found.a_second, "/s", CEILING, most, near)
    slowest = percentile(found.waits, 0.99) * 1000
    yield Row(f"{what}, p99 wait", slowest, "ms", goal=Goal("≤", 130, of_ratio=False))


async def _far_away(folder: Path) -> Load:
    async with up("drempel", folder) as (emulator, _):
        emulator.latency = ROUND_TRIP
        crowd = [Family(emulator, one, buttons=True) for one in range(1, USERS + 1)]
        await load(crowd, WARM_SECONDS)
        return await load(crowd, SECONDS)


def flood(folder: Path) -> Iterator[Row]:
    """One family sends 300 messages at once; the others go on."""
    found = {flooded: Load((), 0.0) for flooded in (False, True)}
    for _ in range(ROUNDS):
        for flooded in found:
            found[flooded] += asyncio.run(_beside_one(folder, flooded=flooded))
    for share, word in ((0.5, "median wait"), (0.99, "p99 wait")):
        alone, beside = (percentile(one.waits, share) * 1000 for one in found.values())
        goal = Goal("≤", 1.1)
        what = f"beside a flood of {FLOOD}, {word}"
        yield Row(what, beside, "ms", alone, "without the flood", goal)


async def _beside_one(folder: Path, *, flooded: bool) -> Load:
    async with up("drempel", folder) as (emulator, _):
        crowd = [Family(emulator, one, buttons=True) for one in range(1, OTHERS + 1)]
        await paced(crowd, A_SECOND, WARM_SECONDS)
        family = Family(emulator, OTHERS + 1)
        for number in range(FLOOD if flooded else 0):
            family.write(f"hallo {number}")
        return await paced(crowd, A_SECOND, FLOOD_SECONDS)


def many(folder: Path) -> Iterator[Row]:
    """10,000 families in the middle of it, each of which now writes something."""
    found, resident = asyncio.run(_many(folder))
    what = f"{STORED:,} families, {MANY_A_SECOND} messages a second"
    slow = percentile(found.waits, 0.95) * 1000
    yield Row(f"{what}, p95 wait", slow, "ms", goal=Goal("≤", 1000, of_ratio=False))
    yield Row(f"{what}, answered", found.a_second, "/s", MANY_A_SECOND, "what was sent")
    yield Row(f"{what}, memory", resident, "MB")


async def _many(folder: Path) -> tuple[Load, float]:
    walked = recorded(flows.shipped(), 4_000)
    # The next page of answers would be an edit of a message that is not there.
    said = [one for one in walked if one.typed and not one.answer.startswith("@")]
    numbers = range(STORED)
    each = [said[number % len(said)] for number in numbers]
    before = (one.before for one in each)
    chats = range(FIRST_PERSON, FIRST_PERSON + STORED)
    await fill(folder, zip(chats, before, strict=True))
    async with emulated() as emulator, running("drempel", emulator, folder) as process:
        crowd = [
            Family(emulator, number, walks=True, buttons=True, first=one.typed)
            for number, one in zip(numbers, each, strict=True)
        ]
        await crowd.pop().goes_on()
        found = await paced(crowd, MANY_A_SECOND, MANY_SECONDS)
        return found, process.resident_megabytes()
