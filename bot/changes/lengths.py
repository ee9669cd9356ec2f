"""How many questions families get: every way through the questions, counted exactly."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.conversation.path_advice import Known
from bot.conversation.paths import LoopError, Step, Walk
from bot.library import Library

Way = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lengths:
    """`ways`: a number of questions → how many different ways have so many.

    `median` is of families, were every answer as likely as the others.
    """

    ways: Mapping[int, int]
    median: int

    @property
    def longest(self) -> int:
        return max(self.ways, default=0)


def lengths(library: Library, today: date) -> Lengths | None:
    """None when the questions run in a circle."""
    found: defaultdict[tuple[str, Known], set[Way]] = defaultdict(set)

    def observe(walk: Walk, step: Step) -> None:
        before = found[step.stop.at, step.stop.known] or {()}
        found[step.to, step.known] |= {(*way, step.stop.at) for way in before}

    try:
        # Without cards nothing but the routes tells families apart: that is quick.
        walk = Walk(replace(library, cards=()), today, observe=observe)
    except LoopError:
        return None
    ends = {way for end in walk.ends for way in found[end.at, end.known]}
    return Lengths(Counter(map(len, ends)), _median(walk.lengths()))


def _median(shares: Mapping[int, float]) -> int:
    total = 0.0
    for length, share in shares.items():
        total += share
        # The shares are sums of many small parts: half is a little less than half.
        if total > 0.5 - 1e-9:
            return length
    return 0
