"""`python -m tests.reload.program`: the real program; it looks at once for changes."""

import sys

from bot.cli import main
from bot.telegram import run

OFTEN = 0.02
"""Seconds. Two thousand changes would take hours if each was sought once a second."""

if __name__ == "__main__":
    run.LOOK_SECONDS = OFTEN
    sys.argv = ["drempel", "run"]
    main()
