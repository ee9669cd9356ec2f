"""`python -m tests.bench [part …]`: every figure in one table. Nothing is asserted."""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.bench import (
    checking,
    crowds,
    durable_turn,
    end_to_end,
    engine_turn,
    shared_database,
)
from tests.bench.table import Row, print_table
from tests.bench.users import SilentBotError

PARTS: Mapping[str, Callable[[Path], Iterator[Row]]] = {
    "checks": checking.rows,
    "engine": engine_turn.rows,
    "durable": durable_turn.rows,
    "shared": shared_database.rows,
    "speed": end_to_end.speed,
    "distance": crowds.distance,
    "flood": crowds.flood,
    "many": crowds.many,
    "start": end_to_end.start,
    "memory": end_to_end.memory,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("part", nargs="*", help=f"some of: {', '.join(PARTS)}")
    chosen = parser.parse_args().part or list(PARTS)
    # Beside the checkout's own files: /tmp may be memory, where a commit costs nothing.
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=Path.cwd()) as folder:
        (Path(folder) / ".gitignore").write_text("*\n", encoding="utf-8")
        print_table(row for part in chosen for row in measured(part, Path(folder)))


def measured(part: str, folder: Path) -> Iterator[Row]:
    """The rows of one part; a bot that stays silent does not end the others."""
    place = folder / part
    place.mkdir()
    try:
        yield from PARTS[part](place)
    except* SilentBotError:
        print(f"{part}: a bot gave no answer.", *said_last(place), sep="\n  ")


def said_last(folder: Path) -> list[str]:
    logs = (log.read_text(encoding="utf-8") for log in folder.rglob("*.log"))
    return [line for said in logs for line in said.splitlines()[-5:]]


if __name__ == "__main__":
    main()
