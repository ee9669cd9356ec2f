"""Where each box stands: in the direction of the arrows, nothing on top of another.

`fast_sugiyama` gives every box its column and its place among the others there, and
every long arrow its way between them. It takes all boxes for equally large, so the
rows are spread anew for their real sizes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import add
from typing import Final

from fast_sugiyama import from_edges

from bot.drawing.spread import spread

ROW: Final = 46
LANE: Final = 10
"""The height that an arrow takes on its way past boxes."""

NARROW: Final = 32.0
WIDE: Final = 120.0
"""The space between two columns; wide where arrows climb far."""

WIDER: Final = 1.6
"""How much wider than high a screen is."""

Point = tuple[float, float]
Size = tuple[float, float]
Pair = tuple[int, int]
Spot = int
"""The number of a box, or a higher one: where an arrow passes a column."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The middle of each box; the points of each arrow, from box to box.

    From the first point to the second it runs straight, from the second to the third it
    crosses a gap between columns, and so on.
    """

    middles: tuple[Point, ...]
    ways: tuple[tuple[Point, ...], ...]
    width: float
    height: float
    down: bool = False
    """Whether the arrows run down, not to the right."""


@dataclass(frozen=True, slots=True)
class _Sketch:
    """The column and row of each spot, and the spots of each arrow."""

    columns: Mapping[Spot, int]
    rows: Mapping[Spot, float]
    chains: Mapping[Pair, tuple[Spot, ...]]


def place(sizes: Sequence[Size], pairs: Sequence[Pair]) -> Placed:
    """To the right or down, whatever fits better on a screen.

    `pairs` are the arrows, by the numbers of their boxes: no circle, none twice.
    """
    across = _across(sizes, pairs)
    down = _turned(_across([_swapped(size) for size in sizes], pairs))
    return min(across, down, key=lambda one: max(one.width / WIDER, one.height))


def _turned(placed: Placed) -> Placed:
    return Placed(
        tuple(map(_swapped, placed.middles)),
        tuple(tuple(map(_swapped, way)) for way in placed.ways),
        placed.height,
        placed.width,
        down=True,
    )


def _swapped(point: Point) -> Point:
    return point[1], point[0]


def _across(sizes: Sequence[Size], pairs: Sequence[Pair]) -> Placed:
    sketch = _sketch(len(sizes), pairs)
    links = [link for chain in sketch.chains.values() for link in pairwise(chain)]
    columns = _columns(sketch)
    passing = (0.0, float(LANE))
    size = {spot: sizes[spot] if spot < len(sizes) else passing for spot in sketch.rows}
    wide = [max(size[spot][0] for spot in column) for column in columns]
    tall = {spot: high for spot, (_, high) in size.items()}
    level = [(a, b, _firm(tall[a]) * _firm(tall[b])) for a, b in links]
    rows = spread(columns, sketch.rows, tall, level)
    top = min(row - tall[spot] / 2 for spot, row in rows.items())
    bottom = max(row + tall[spot] / 2 for spot, row in rows.items())
    lefts = _lefts(sketch, wide, rows, links)

    def along(spot: Spot, width: float) -> Point:
        """On the row of a spot, so far from the middle of its column."""
        at = sketch.columns[spot]
        return lefts[at] + wide[at] / 2 + width, rows[spot] - top

    def way(chain: Sequence[Spot]) -> Iterator[Point]:
        """Straight as long as it is in a column, so that it meets nothing there."""
        yield along(chain[0], size[chain[0]][0] / 2)
        for here, there in pairwise(chain):
            yield along(here, wide[sketch.columns[here]] / 2)
            yield along(there, -wide[sketch.columns[there]] / 2)
        yield along(chain[-1], -size[chain[-1]][0] / 2)

    ways = (tuple(way(sketch.chains[pair])) for pair in pairs)
    middles = (along(box, 0) for box in range(len(sizes)))
    return Placed(tuple(middles), tuple(ways), lefts[-1] + wide[-1], bottom - top)


def _firm(height: float) -> float:
    """An arrow on its way past boxes had better not bend."""
    return 3.0 if height <= LANE else 1.0


def _sketch(count: int, pairs: Sequence[Pair]) -> _Sketch:
    """A root before all that nothing leads to keeps the whole in one piece."""
    led_to = {target for _, target in pairs}
    rooted = [*pairs, *((count, one) for one in range(count) if one not in led_to)]
    # A circle would end the whole process here, not raise an error.
    ((spots, _, height, links),) = from_edges(
        rooted,
        minimum_length=1,
        vertex_spacing=ROW,
        dummy_vertices=True,
        dummy_size=LANE,
        ranking_type="up",
        crossing_minimization="median",
        transpose=True,
    )
    following: dict[Spot, list[Spot]] = {}
    for source, target in links or ():
        following.setdefault(int(source), []).append(int(target))
    points = {int(spot): point for spot, point in spots if spot != count}
    mirror = -1 if _is_mirrored(points, pairs) else 1
    return _Sketch(
        {spot: round((height - y) / ROW) - 1 for spot, (_, y) in points.items()},
        {spot: mirror * x for spot, (x, _) in points.items()},
        dict(_chains(following, count)),
    )


def _chains(
    following: Mapping[Spot, Sequence[Spot]], count: int
) -> Iterator[tuple[Pair, tuple[Spot, ...]]]:
    """Each arrow from box to box, with the spots where it passes a column."""
    for box in range(count):
        for spot in following.get(box, ()):
            chain = [box, spot]
            while chain[-1] > count:
                chain += following[chain[-1]]
            yield (box, chain[-1]), tuple(chain)


def _is_mirrored(points: Mapping[Spot, Point], pairs: Sequence[Pair]) -> bool:
    """Whether most ways on from a box stand from the last to the first."""
    ways: dict[Spot, list[float]] = {}
    for source, target in pairs:
        ways.setdefault(source, []).append(points[target][0])
    steps = [b - a for rows in ways.values() for a, b in pairwise(rows)]
    return sum(step < 0 for step in steps) > sum(step > 0 for step in steps)


def _columns(sketch: _Sketch) -> list[list[Spot]]:
    """The spots of each column from top to bottom."""
    columns: list[list[Spot]] = [[] for _ in range(1 + max(sketch.columns.values()))]
    for spot in sorted(sketch.rows, key=lambda one: (sketch.rows[one], one)):
        columns[sketch.columns[spot]].append(spot)
    return columns


def _lefts(
    sketch: _Sketch,
    wide: Sequence[float],
    rows: Mapping[Spot, float],
    links: Sequence[Pair],
) -> list[float]:
    """Where each column begins: the further arrows climb, the more space before it."""
    climbs = [0.0] * len(wide)
    for source, target in links:
        at = sketch.columns[target]
        climbs[at] = max(climbs[at], abs(rows[source] - rows[target]))
    gaps = (min(WIDE, NARROW + climb / 7) for climb in climbs[1:])
    return list(accumulate(map(add, wide, gaps), initial=0.0))
