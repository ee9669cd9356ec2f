"""One turn with no disk and no network, beside what PTB needs to decode its update."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import orjson
from telegram import Update

from bot.library import Library
from bot.storage.base import Ledger
from tests.bench import flows
from tests.bench.table import Goal, Row, percentile
from tests.bench.walk import Pocket, Recorded, recorded, service_of, turn

TURNS, PASSES = 1000, 3
MEDIAN, SLOWEST = Goal("≤", 60, of_ratio=False), Goal("≤", 150, of_ratio=False)


def rows(folder: Path) -> Iterator[Row]:
    yield from _measured("a flow of 200 questions", flows.branching(folder))
    yield from _measured("the shipped flows", flows.shipped())
    yield from _measured("200 questions in a row", flows.straight(folder), goal=False)


def _measured(name: str, library: Library, *, goal: bool = True) -> Iterator[Row]:
    turns = recorded(library, TURNS)
    ours, theirs = _times(library, turns)
    for share, word, bound in ((0.5, "median", MEDIAN), (0.99, "p99", SLOWEST)):
        yield Row(
            f"engine turn, {name}, {word}",
            percentile(ours, share),
            "µs",
            percentile(theirs, share),
            "PTB Update.de_json",
            bound if goal else None,
        )


def _times(library: Library, turns: list[Recorded]) -> tuple[list[float], list[float]]:
    """Microseconds of processor time of each turn and each decoding, in turns.

    Neither waits for anything, so what other programs take is not counted.
    """
    service, pocket = service_of(library), Pocket()
    ledger = cast(Ledger, pocket)
    ours: list[float] = []
    theirs: list[float] = []
    for one in turns * PASSES:
        pocket.body = one.before
        begun = time.thread_time()
        turn(service, ledger, one.update)
        between = time.thread_time()
        Update.de_json(orjson.loads(one.update), None)
        ended = time.thread_time()
        ours.append((between - begun) * 1e6)
        theirs.append((ended - between) * 1e6)
    warm = len(turns)
    return ours[warm:], theirs[warm:]
