"""`python -m tests.kill 2400`: the long run, and a table of what came of it."""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Iterable, Sequence
from math import ceil
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from tests.kill.lives import Lives
from tests.kill.program import POINTS
from tests.kill.runs import Record, killed, undisturbed
from tests.kill.world import RANDOM, SET_UPS
from tests.postgres import Postgres
from tests.sample import lay_out

IN_A_ROUND = 100
"""Kills in one world; then a new world begins, with an empty database."""

FIGURES = (
    ("families", "families"),
    ("updates", "updates"),
    ("lost", "lost"),
    ("twice", "twice"),
    ("out_of_order", "out of order"),
    ("wrong_edits", "wrong edits"),
    ("wrong_states", "wrong states"),
    ("repeated", "repeated messages"),
    ("without_death", "of these without a kill"),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.kill")
    parser.add_argument("kills", type=int, nargs="?", default=2400)
    parser.add_argument("--seed", type=int, default=random.randrange(2**31))
    chosen = parser.parse_args()
    print(f"--seed {chosen.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        records = asyncio.run(_run(chosen.kills, chosen.seed, Path(folder)))
    _print_tables(records)
    sys.exit(not all(record.verdict.is_clean for record in records))


async def _run(kills: int, seed: int, folder: Path) -> list[Record]:
    """A sixth of all kills at the named points, the others at random moments."""
    (folder / "content").mkdir()
    (folder / "quiet").mkdir()
    rounds = ceil(kills / len(SET_UPS) / IN_A_ROUND)
    each = ceil(kills / len(SET_UPS) / rounds)
    named = ceil(each / 6 / len(POINTS))
    at_random = max(0, each - named * len(POINTS))
    records: list[Record] = []
    with Postgres(fsync=False) as server:
        async with Lives(lay_out(folder / "content")) as lives:
            expected = await undisturbed(lives, folder / "quiet")
            for set_up in SET_UPS:
                whole: Record | None = None
                for number in range(rounds):
                    place = folder / f"{set_up.name} {number}"
                    place.mkdir()
                    record = await killed(
                        set_up,
                        lives,
                        expected,
                        folder=place,
                        address=(
                            server.database()
                            if set_up.postgres
                            else str(place / "drempel.db")
                        ),
                        named=named,
                        at_random=at_random,
                        seed=seed + number,
                    )
                    whole = record if whole is None else whole + record
                    print(f"{set_up.name}: {whole.kills.total()} kills", flush=True)
                assert whole is not None
                records.append(whole)
    return records


def _print_tables(records: Sequence[Record]) -> None:
    names = [record.set_up.name for record in records]
    points = (*POINTS, RANDOM)
    _print_table(
        "kills",
        names,
        [
            ("all", [record.kills.total() for record in records]),
            *((one, [record.kills[one] for record in records]) for one in points),
        ],
    )
    _print_table(
        "what came of it",
        names,
        [
            (words, [getattr(record.verdict, name) for record in records])
            for name, words in FIGURES
        ],
    )
    for record in records:
        for note in record.verdict.notes:
            print(f"{record.set_up.name}: {note}")


def _print_table(
    title: str, names: Sequence[str], rows: Iterable[tuple[str, Sequence[int]]]
) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(title)
    for name in names:
        table.add_column(name, justify="right")
    for words, figures in rows:
        table.add_row(words, *(f"{figure:,}" for figure in figures))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
