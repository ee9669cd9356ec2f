"""What the tests of the storage begin with: two families, their updates and calls."""

from collections.abc import Callable

from bot.storage.base import Ledger, Outgoing, Waiting

CHAT, OTHER = 5_200_000_001, 5_200_000_002
NOON = 30_000_000
"""A minute since 1970."""

ANSWER = b"kanarie-antwoord"


def updates(
    ledger: Ledger, *numbers: int, chat: int = CHAT, body: bytes | None = b"{}"
) -> list[Waiting]:
    return [Waiting(ledger.lane(chat), number, body) for number in numbers]


def arrive(
    *numbers: int, chat: int = CHAT, body: bytes | None = b"{}", minute: int = NOON
) -> Callable[[Ledger], list[bytes]]:
    """These updates come in, in this order."""
    return lambda ledger: ledger.receive(
        updates(ledger, *numbers, chat=chat, body=body), minute
    )


def wait(chat: int = CHAT) -> Callable[[Ledger], list[int]]:
    """The ids that wait for an answer."""
    return lambda ledger: [
        one.update_id for one in ledger.waiting(ledger.lane(chat), 99)
    ]


def kept(body: bytes = ANSWER, chat: int = CHAT) -> Callable[[Ledger], None]:
    return lambda ledger: ledger.keep(chat, body, NOON)


def read(chat: int = CHAT) -> Callable[[Ledger], bytes | None]:
    return lambda ledger: ledger.conversation(chat)


def question(turn: int, chat: int = CHAT) -> Outgoing:
    return Outgoing(chat, "sendMessage", b"{}", posts=turn, closes=True)


def aside(body: bytes = b"{}", chat: int = CHAT) -> Outgoing:
    """A message with buttons beside the questions."""
    return Outgoing(chat, "sendMessage", body, posts=0)


def plain(body: bytes = b"{}", chat: int = CHAT) -> Outgoing:
    return Outgoing(chat, "sendMessage", body)


def edit(turn: int) -> Outgoing:
    return Outgoing(CHAT, "editMessageText", b"{}", edits=turn)


def shown(ledger: Ledger, call: Outgoing, message: int | None) -> list[int]:
    """This call was sent and became this message; what loses its buttons."""
    (one,) = ledger.send([call])
    return sorted(ledger.sent(one, message, NOON))


def bodies(calls: list[Outgoing]) -> list[bytes]:
    return [call.body for call in calls]
