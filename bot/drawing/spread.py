"""Rows for things of different heights: as near as can be to what they belong to."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final, TypeVar

GAP: Final = 12.0
"""Free space between two things above one another."""

SWEEPS: Final = 24

K = TypeVar("K", bound=Hashable)
Link = tuple[K, K, float]
"""Two things that should stand level, and how much that matters."""


def spread(
    columns: Sequence[Sequence[K]],
    wanted: Mapping[K, float],
    tall: Mapping[K, float],
    links: Sequence[Link[K]],
) -> dict[K, float]:
    """The middle of each thing. In a column they keep their order and do not touch."""
    beside: dict[K, list[tuple[K, float]]] = {one: [] for one in wanted}
    for first, other, weight in links:
        beside[first].append((other, weight))
        beside[other].append((first, weight))
    weights = {one: sum((w for _, w in found), 0.1) for one, found in beside.items()}
    rows = dict(wanted)
    for sweep in range(SWEEPS):
        for column in columns[:: -1 if sweep % 2 else 1]:
            near = {one: _level(one, beside[one], rows) for one in column}
            rows |= fitted(column, near, tall, weights)
    return rows


def _level(one: K, beside: Sequence[tuple[K, float]], rows: Mapping[K, float]) -> float:
    """The row at which its arrows climb least; a little of where it stands now."""
    sums = sum((rows[other] * weight for other, weight in beside), rows[one] * 0.1)
    return sums / sum((weight for _, weight in beside), 0.1)


def fitted(
    column: Sequence[K],
    wanted: Mapping[K, float],
    tall: Mapping[K, float],
    weights: Mapping[K, float],
) -> dict[K, float]:
    """The rows nearest to the wanted ones that leave the gaps, by least squares.

    What would stand too near is pooled and moved together, so one pass is enough.
    """
    steps = ((tall[a] + tall[b]) / 2 + GAP for a, b in pairwise(column))
    down = list(accumulate(steps, initial=0.0))
    pools: list[tuple[float, float, int]] = []
    for one, offset in zip(column, down, strict=True):
        row, weight, count = wanted[one] - offset, weights[one], 1
        while pools and pools[-1][0] > row:
            above, heavy, many = pools.pop()
            row = (above * heavy + row * weight) / (heavy + weight)
            weight, count = heavy + weight, many + count
        pools.append((row, weight, count))
    moved = [row for row, _, count in pools for _ in range(count)]
    return {
        one: row + offset for one, row, offset in zip(column, moved, down, strict=True)
    }
