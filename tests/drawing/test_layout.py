"""Boxes stand beside each other, never on top of one another."""

import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.drawing.layout import Pair, Placed, Size, place
from bot.drawing.spread import GAP, fitted
from tests.conftest import ROOT

Drawing = tuple[list[Size], list[Pair]]


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Boxes of many sizes; each may lead to any that comes after it."""
    size = st.tuples(st.integers(20, 240), st.integers(16, 110))
    sizes = draw(st.lists(size, min_size=1, max_size=24))
    pairs = list(combinations(range(len(sizes)), 2))
    some = (
        st.lists(st.sampled_from(pairs), unique=True, max_size=30)
        if pairs
        else st.just([])
    )
    chosen = draw(some)
    return [(float(wide), float(high)) for wide, high in sizes], chosen


def touching(placed: Placed, sizes: Sequence[Size]) -> list[Pair]:
    boxes = list(zip(placed.middles, sizes, strict=True))
    return [
        (first, other)
        for first, other in combinations(range(len(boxes)), 2)
        if all(
            abs(boxes[first][0][side] - boxes[other][0][side])
            < (boxes[first][1][side] + boxes[other][1][side]) / 2
            for side in (0, 1)
        )
    ]


@given(drawings())
@settings(max_examples=80)
def test_no_two_boxes_touch(drawing: Drawing) -> None:
    sizes, pairs = drawing
    assert touching(place(sizes, pairs), sizes) == []


@given(drawings())
@settings(max_examples=80)
def test_every_box_lies_within_the_drawing(drawing: Drawing) -> None:
    sizes, pairs = drawing
    placed = place(sizes, pairs)
    for (x, y), (wide, high) in zip(placed.middles, sizes, strict=True):
        assert wide / 2 - 0.01 <= x <= placed.width - wide / 2 + 0.01
        assert high / 2 - 0.01 <= y <= placed.height - high / 2 + 0.01


@given(drawings())
@settings(max_examples=80)
def test_each_arrow_runs_from_its_box_to_its_box_in_one_direction(
    drawing: Drawing,
) -> None:
    sizes, pairs = drawing
    placed = place(sizes, pairs)
    side = 1 if placed.down else 0
    for (source, target), way in zip(pairs, placed.ways, strict=True):
        ends = placed.middles[source][side], placed.middles[target][side]
        along = [ends[0], *(point[side] for point in way), ends[1]]
        assert all(before <= after + 0.01 for before, after in pairwise(along))


@given(drawings())
@settings(max_examples=40)
def test_an_arrow_passes_beside_every_other_box(drawing: Drawing) -> None:
    """It bends in the gaps only; here is where it does not."""
    sizes, pairs = drawing
    placed = place(sizes, pairs)
    crossed = [
        (pair, number)
        for pair, way in zip(pairs, placed.ways, strict=True)
        for start, end in zip(way[::2], way[1::2], strict=True)
        for number, (middle, size) in enumerate(zip(placed.middles, sizes, strict=True))
        if all(
            min(start[side], end[side]) < middle[side] + size[side] / 2 - 0.01
            and max(start[side], end[side]) > middle[side] - size[side] / 2 + 0.01
            for side in (0, 1)
        )
    ]
    assert crossed == []


def test_ways_from_a_box_keep_their_order() -> None:
    placed = place([(100, 40)] * 5, [(0, 1), (0, 2), (0, 3), (0, 4)])
    side = 0 if placed.down else 1
    rows = [middle[side] for middle in placed.middles[1:]]
    assert rows == sorted(rows)


def test_a_deep_drawing_runs_down_and_a_broad_one_to_the_right() -> None:
    box = (200.0, 60.0)
    deep = place([box] * 9, [(one, one + 1) for one in range(8)])
    broad = place([box] * 9, [(0, one) for one in range(1, 9)])
    assert (deep.down, broad.down) == (True, False)


def test_things_that_stand_too_near_move_as_little_as_they_can() -> None:
    tall = {"a": 20.0, "b": 20.0, "c": 20.0}
    found = fitted(
        "abc", {"a": 0.0, "b": 0.0, "c": 500.0}, tall, dict.fromkeys("abc", 1)
    )
    assert found == {"a": -(20 + GAP) / 2, "b": (20 + GAP) / 2, "c": 500.0}


def test_a_drawing_is_the_same_in_every_process() -> None:
    code = (
        "from bot.drawing.layout import place\n"
        "pairs = [(a, b) for b in range(30) for a in range(b) if a * b % 7 == 3]\n"
        "print(place([(100.0, 40.0)] * 30, pairs))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT,
            check=True, env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(found) == 1
