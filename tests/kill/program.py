"""`python -m tests.kill.program PLAN`: the real program, watched from inside.

It tells the one who kills it where it is, and stands still where it shall die. What
is watched does all that it does otherwise: nothing is replaced.
"""

import functools
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

import orjson

from bot.cli import app
from bot.service import Service
from bot.storage.ledger import SqlLedger
from bot.storage.postgres import PostgresStorage, SharedLedger
from bot.telegram.intake import Intake
from bot.telegram.request import AiohttpRequest
from bot.telegram.send import Sender
from bot.telegram.turns import Turns

POINTS = (
    "received",  # Telegram gave us updates; nothing of them is kept
    "stored",  # they are kept; Telegram does not know it yet
    "locked",  # inside the transaction of a turn; nothing is read
    "computed",  # the turn is done, and not committed
    "committed",  # and nothing of it is sent
    "sending",  # a call is about to go out
    "sent",  # Telegram did it, and we have not noted that
    "acknowledged",  # noted
)
SENDS = ("sendMessage", "editMessageText", "editMessageReplyMarkup")


@dataclass(frozen=True, slots=True)
class Plan:
    """How one life of the program begins, and where it ends.

    `desk`: the port of the one who kills. Without a `point` it dies at no certain
    place; otherwise when it comes there for the time number `passage`.
    """

    life: int
    desk: int
    folder: str
    log: str
    environment: Mapping[str, str] = field(repr=False)
    point: str = ""
    passage: int = 1

    def packed(self) -> str:
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def unpacked(cls, words: str) -> Self:
        return cls(**orjson.loads(words))


class Watch:
    """Counts how often the program comes to its last point."""

    def __init__(self, plan: Plan) -> None:
        self._point = plan.point
        self._left = plan.passage
        # It stays open for as long as the process lives: its end tells the death.
        self._desk = socket.create_connection(("127.0.0.1", plan.desk))
        self.tell("life", str(plan.life), str(os.getpid()))

    def tell(self, *words: str) -> None:
        self._desk.sendall(" ".join(words).encode() + b"\n")

    def at(self, point: str) -> None:
        if point != self._point:
            return
        self._left -= 1
        if self._left == 0:
            self.tell("at", point)
            os.kill(os.getpid(), signal.SIGSTOP)
            time.sleep(3600)  # the signal may first reach another thread

    def install(self) -> None:
        """Around the real functions, each once."""
        _around_async(Intake, "take", self._before("received"), self._after("stored"))
        for ledger in (SqlLedger, SharedLedger):
            _after(ledger, "hold", lambda held: self.at("locked") if held else None)
        _after(Service, "receive", lambda calls: self.at("computed"))
        _around_async(Turns, "_next", _nothing, self._committed)
        _around_async(AiohttpRequest, "do_request", self._sending, self._sent)
        _around_async(Sender, "_one", _nothing, self._after("acknowledged"))
        self._tell_names()

    def _before(self, point: str) -> Callable[..., None]:
        return lambda *_, **__: self.at(point)

    _after = _before

    def _committed(self, outcome: Any, *_: Any) -> None:
        if outcome.state == "done":
            self.at("committed")

    def _sending(self, request: Any, url: str, *_: Any, **__: Any) -> None:
        if url.endswith(SENDS):
            self.at("sending")

    def _sent(self, _answer: Any, request: Any, url: str, *_: Any, **__: Any) -> None:
        if url.endswith(SENDS):
            self.at("sent")

    def _tell_names(self) -> None:
        """Under which name this life holds its leases."""
        plain = PostgresStorage.__init__

        @functools.wraps(plain)
        def told(storage: Any, *given: Any, program: str) -> None:
            self.tell("holder", program)
            plain(storage, *given, program=program)

        setattr(PostgresStorage, "__init__", told)  # noqa: B010 - mypy


def _nothing(*_: Any, **__: Any) -> None:
    """Only what comes after it is watched."""


def _after(owner: type, name: str, after: Callable[[Any], None]) -> None:
    plain = owner.__dict__[name]

    @functools.wraps(plain)
    def watched(*given: Any, **named: Any) -> Any:
        result = plain(*given, **named)
        after(result)
        return result

    setattr(owner, name, watched)


def _around_async(
    owner: type, name: str, before: Callable[..., None], after: Callable[..., None]
) -> None:
    plain = owner.__dict__[name]

    @functools.wraps(plain)
    async def watched(*given: Any, **named: Any) -> Any:
        before(*given, **named)
        result = await plain(*given, **named)
        after(result, *given, **named)
        return result

    setattr(owner, name, watched)


def live(plan: Plan) -> None:
    """`drempel run`, in this process and to its end."""
    os.chdir(plan.folder)
    os.environ.update(plan.environment)
    log = os.open(plan.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, file in ((0, nothing), (1, log), (2, log)):
        os.dup2(file, number)
    Watch(plan).install()
    sys.argv = ["drempel", "run"]
    app()


if __name__ == "__main__":
    live(Plan.unpacked(sys.argv[1]))
