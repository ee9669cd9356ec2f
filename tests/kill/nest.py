"""`python -m tests.kill.nest FOLDER`: starts the program fast, as copies of itself.

To start costs two seconds, nearly all of it for reading code and content. This process
has read both and does nothing else; for each line on its input, a plan, it forks. The
copy opens the database, knows Telegram, and lives and dies as any process.
"""

import os
import signal
import sys
from pathlib import Path

from bot import app, operating
from bot.library import Library
from bot.settings import Settings
from bot.telegram import run, webhook
from tests.kill.program import Plan, live

READ = (run, webhook)
"""What the program imports only when it needs it."""


def main() -> None:
    _read_ahead(Path(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    print("ready", flush=True)
    for line in sys.stdin:
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            live(Plan.unpacked(line))
            sys.exit()


def _read_ahead(folder: Path) -> None:
    read = app.library_of(Settings(content=folder))

    def content_at_start(settings: Settings, watch: operating.Contents) -> Library:
        assert settings.content == folder
        return read

    operating.content_at_start = content_at_start


if __name__ == "__main__":
    main()
