"""How long ago something was: a clock that nobody sets, and that a sleep does not stop.

`time.monotonic` stands still while a Linux machine sleeps. Telegram does not.
"""

import time

CLOCK: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def elapsed() -> float:
    """Seconds since some moment in the past."""
    return time.clock_gettime(CLOCK)
