"""`python -m tests.mutate 1000`: slips and broken files, and what was told of them."""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from random import Random

from rich import box
from rich.console import Console
from rich.table import Table

from tests.mutate.breaking import Breaking, broken
from tests.mutate.house import House, shipped
from tests.mutate.judging import Figures, Found, judged
from tests.mutate.meanings import MISTAKE, Meanings
from tests.mutate.slips import Slip, slips

WORKERS = 2
SHOWN = 40
"""Misses that are shown in full; the table counts all."""

PART = 25
"""After so many slips it is told how far it is."""

NOISE = 100
"""So many broken files for each slip."""

FIGURES = (
    ("mistakes", "slips that are mistakes"),
    ("placed", "told first at their own line"),
    ("alone", "told once, and nothing else"),
    ("to_name", "of which the right word can be known"),
    ("named", "told with that word"),
)

houses: list[tuple[House, Meanings]] = []
"""In a worker: its own copy of the content."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutate")
    parser.add_argument("slips", type=int, nargs="?", default=1000)
    parser.add_argument("--noise", type=int)
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))
    chosen = parser.parse_args()
    print(f"--seed {chosen.seed}", flush=True)
    noise = chosen.slips * NOISE if chosen.noise is None else chosen.noise
    with tempfile.TemporaryDirectory() as folder:
        found = _slips(chosen.slips, chosen.seed, folder) if chosen.slips else None
        breaking = _noise(noise, chosen.seed, folder) if noise else None
    if found is not None:
        _print_slips(found)
    if breaking is not None:
        _print_noise(breaking)
    sys.exit(breaking is not None and not breaking.is_clean)


def _slips(count: int, seed: int, folder: str) -> Figures:
    """So many mistakes; what no program can call one is counted beside them."""
    texts = shipped()
    meanings, figures = Meanings(texts), Figures(of_signs=Figures())
    drawn = islice(_mistakes(slips(texts, Random(seed)), meanings, figures), count)
    with ProcessPoolExecutor(WORKERS, initializer=_move_in, initargs=(folder,)) as pool:
        for found in pool.map(_judge, drawn, chunksize=4):
            figures.add(found)
            if figures.mistakes % PART == 0:
                print(
                    f"{figures.mistakes:,} slips, {figures.placed:,} told there",
                    flush=True,
                )
    return figures


def _mistakes(
    drawn: Iterator[Slip], meanings: Meanings, figures: Figures
) -> Iterator[Slip]:
    for slip in drawn:
        verdict = meanings.verdict(slip.file, slip.text)
        if verdict == MISTAKE:
            yield slip
        else:
            figures.no_mistakes[verdict] += 1


def _move_in(folder: str) -> None:
    house = House(Path(tempfile.mkdtemp(dir=folder)))
    houses.append((house, Meanings(shipped())))


def _judge(slip: Slip) -> Found:
    house, meanings = houses[-1]
    problems = house.check(slip.file, slip.text.encode())
    return judged(slip, problems, meanings.is_same)


def _noise(count: int, seed: int, folder: str) -> Breaking:
    """In parts, so that a worker that dies takes only its own part with it."""
    part = max(1, min(1000, count // WORKERS))
    seeds = [(seed + number, part, folder) for number in range(count // part)]
    whole = Breaking()
    with ProcessPoolExecutor(WORKERS) as pool:
        for found in pool.map(_break, seeds):
            whole += found
            print(f"{whole.files:,} files", flush=True)
    return whole


def _break(work: tuple[int, int, str]) -> Breaking:
    seed, count, folder = work
    return broken(Random(seed), count, Path(tempfile.mkdtemp(dir=folder)))


def _print_slips(figures: Figures) -> None:
    table = _table("one letter", "all", "%", "signs", "%")
    for name, words in FIGURES:
        table.add_row(words, *_share(figures, name), *_share(figures.of_signs, name))
    for words, number in figures.no_mistakes.items():
        table.add_row(f"not counted: {words}", f"{number:,}", "", "", "")
    Console(width=120).print(table)
    for found in figures.misses[:SHOWN]:
        print(found, end="\n\n")


def _share(figures: "Figures | None", name: str) -> tuple[str, str]:
    assert figures is not None
    of = figures.to_name if name == "named" else figures.mistakes
    number = getattr(figures, name)
    return f"{number:,}", f"{100 * number / of:.1f}" if of else ""


def _print_noise(found: Breaking) -> None:
    table = _table("broken files", "all")
    table.add_row("files", f"{found.files:,}")
    table.add_row("tracebacks", f"{len(found.tracebacks):,}")
    table.add_row("longer than 2 s", f"{len(found.slow):,}")
    table.add_row("longest, seconds", f"{found.longest:.2f}")
    Console(width=120).print(table)
    for one in (*found.tracebacks, *found.slow):
        print(one)


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if number else "left")
    return table


if __name__ == "__main__":
    main()
