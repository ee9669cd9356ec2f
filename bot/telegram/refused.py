"""Why Telegram gives this program no updates, and how long it waits in trouble."""

from typing import Final

WRONG_TOKEN: Final = "wrong_token"
SECOND_PROGRAM: Final = "second_program"
WEBHOOK: Final = "webhook"
NO_PORT: Final = "no_port"

LONGEST_PAUSE = 30.0
"""Seconds between two tries when Telegram or the disk does not answer."""


class RefusedError(Exception):
    """WRONG_TOKEN, SECOND_PROGRAM, WEBHOOK or NO_PORT.

    `name`: the program that came first, or the port.
    """

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.name = name


def pause(trouble: int) -> float:
    return min(LONGEST_PAUSE, 0.5 * 2.0 ** min(trouble, 6))
