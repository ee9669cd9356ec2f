"""`python -m tests.faults.moved_clock FILE`: the real program, with clocks we can move.

The file holds two numbers: seconds to add to the clock on the wall, and seconds that
the machine slept or waited beyond what really passed.
"""

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from bot import app, cli

real_now, real_gettime = app.now, time.clock_gettime


def main() -> None:
    moved = Path(sys.argv[1])

    def now() -> datetime:
        wall, _ = moved.read_text(encoding="ascii").split()
        return real_now() + timedelta(seconds=float(wall))

    def gettime(clock: int) -> float:
        _, slept = moved.read_text(encoding="ascii").split()
        asleep = float(slept) if clock == time.CLOCK_BOOTTIME else 0.0
        return real_gettime(clock) + asleep

    app.now, time.clock_gettime = now, gettime
    sys.argv = ["drempel", "run"]
    cli.main()


if __name__ == "__main__":
    main()
