"""`python -m tests.privacy.noisy [day]`: the real program, as talkative as it can be.

Every logger writes everything, and each address that a socket asks for is written
into the file that SOCKETS_FILE names.
"""

import logging
import os
import sys
from datetime import date

from bot.cli import main
from bot.operating import run_telegram
from bot.settings import settings


def listen_to_sockets(path: str) -> None:
    """One line an event: connects, names that are looked up, addresses bound."""
    book = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith("socket.") and event != "socket.__new__":
            about = arguments[1:] if event in ASKED_OF_A_SOCKET else arguments
            os.write(book, f"{event} {about!r}\n".encode())

    sys.addaudithook(hear)


ASKED_OF_A_SOCKET = ("socket.connect", "socket.bind", "socket.sendto")


def run() -> None:
    logging.basicConfig(level=1, stream=sys.stderr)
    if path := os.environ.get("SOCKETS_FILE"):
        listen_to_sockets(path)
    if len(sys.argv) == 1:
        sys.argv = ["drempel", "run"]
        main()
        return
    chosen = settings()
    assert chosen.telegram_token is not None
    token = chosen.telegram_token.get_secret_value()
    run_telegram(chosen, token, today=date.fromisoformat(sys.argv[1]))


if __name__ == "__main__":
    run()
