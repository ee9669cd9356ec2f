"""`python -m tests.reload 1000`: the long run, and a table of what came of it."""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Iterable
from math import ceil
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from tests.reload.runs import Record, reloaded

IN_A_ROUND = 50
"""Mistakes, and as many changes, in one world; then a new world begins."""

FAMILIES, COMPARED = 4, 20
FIGURES = (
    ("families", "families"),
    ("replies", "replies, each answered"),
    ("credited", "taps that were proved to count"),
    ("told", "times that a family heard of other questions"),
    ("silent", "replies without an answer"),
    ("lost", "answers lost"),
    ("uncounted", "taps that did not count"),
    ("nowhere", "conversations lost"),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.reload")
    parser.add_argument("changes", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))
    chosen = parser.parse_args()
    print(f"--seed {chosen.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        record = asyncio.run(_run(chosen.changes, chosen.seed, Path(folder)))
    _print_tables(record)
    sys.exit(not record.verdict.is_clean)


async def _run(changes: int, seed: int, folder: Path) -> Record:
    rounds = ceil(changes / IN_A_ROUND)
    whole = Record()
    for number in range(rounds):
        place = folder / str(number)
        place.mkdir()
        whole += await reloaded(
            place,
            spoiled=ceil(changes / rounds),
            swaps=ceil(changes / rounds),
            families=FAMILIES,
            seed=seed + number,
            each=COMPARED,
        )
        told = f"{whole.spoiled.total()} mistakes, {whole.swaps} changes"
        print(f"{told}, {whole.verdict.replies} replies", flush=True)
        for note in whole.verdict.notes:
            print(note, flush=True)
    return whole


def _print_tables(record: Record) -> None:
    refused = record.spoiled - record.served
    _print_table(
        "mistakes, and how many were no error",
        [(one, refused[one], record.served[one]) for one in sorted(record.spoiled)],
    )
    _print_table(
        "what came of it",
        [
            ("mistakes", record.spoiled.total()),
            ("changes", record.swaps),
            ("notices to the operator", record.notices),
            ("of these compared with drempel check", record.compared),
            *((words, getattr(record.verdict, name)) for name, words in FIGURES),
            ("other faults", len(record.verdict.notes)),
        ],
    )
    slow = sorted(record.seconds)
    _print_table(
        "seconds until it was told",
        [("half of them", round(slow[len(slow) // 2], 1)), ("the last", slow[-1])],
    )
    _print_table(
        "megabytes of the program",
        [("least", min(record.megabytes)), ("most", max(record.megabytes))],
    )


def _print_table(title: str, rows: Iterable[tuple[str, *tuple[float, ...]]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(title)
    for words, *figures in rows:
        table.add_row(words, *(f"{figure:,.10g}" for figure in figures))
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
