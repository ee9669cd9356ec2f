"""`python -m tests.bench [part …]`: every figure in one table. Nothing is asserted."""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.bench import durable_turn, engine_turn
from tests.bench.table import Row, print_table

PARTS: Mapping[str, Callable[[Path], Iterator[Row]]] = {
    "engine": engine_turn.rows,
    "durable": durable_turn.rows,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("part", nargs="*", help=f"some of: {', '.join(PARTS)}")
    chosen = parser.parse_args().part or list(PARTS)
    # Beside the checkout's own files: /tmp may be memory, where a commit costs nothing.
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=Path.cwd()) as folder:
        print_table(
            row
            for name, rows in PARTS.items()
            if name in chosen
            for row in rows(Path(folder))
        )


if __name__ == "__main__":
    main()
