"""The bot talks to Telegram and to its database, and to nobody else.

The client of PostgreSQL is C and opens its connection without Python: it goes to the
address in DATABASE only, which Python never sees.
"""

import re

from tests.emulator import Emulator
from tests.privacy.conftest import Watched, Worker
from tests.telegram.conftest import Telephone

ASKED = re.compile(
    r"^socket\.(?:connect|getaddrinfo|gethostby\w+|sendto|sendmsg) \((.*)\)$"
)
WAY = ("/start nl", "iets", "huurachterstand", "verhuurder", "/gegevens", "/privacy")


def asked(program: Watched) -> set[str]:
    """Every address and every name that was asked for."""
    lines = program.sockets.read_text().splitlines()
    return {found[1] for line in lines if (found := ASKED.match(line))}


def strangers(program: Watched, *ports: int) -> set[str]:
    """What was asked for beside these ports of this machine."""
    ours = [f"'127.0.0.1', {port}" for port in ports]
    found = asked(program)
    return {one for one in found if not any(address in one for address in ours)}


async def talks(program: Watched) -> None:
    telephone = Telephone(program)
    await telephone.says(*WAY)
    await telephone.sends("photo")
    await telephone.says("/wis")
    await program.terminate()


async def test_with_sqlite_only_telegram_is_asked(
    emulator: Emulator, running: Watched
) -> None:
    await talks(running)
    assert asked(running)
    assert strangers(running, emulator.port) == set()


async def test_with_postgresql_and_a_webhook_nobody_else_is_asked_either(
    emulator: Emulator, worker: Worker
) -> None:
    await talks(worker)
    assert asked(worker)
    assert strangers(worker, emulator.port, worker.port) == set()
