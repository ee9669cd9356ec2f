"""What every storage promises. One transaction holds one turn, whole or not at all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

T = TypeVar("T")


class StorageError(Exception):
    """The storage could not keep something; nothing of the transaction remains."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that was received and not yet processed."""

    update_id: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call to the channel that was not yet acknowledged.

    `posts`: it shows buttons, for the question with this number, 0 when they stand
    beside the questions, None for a message without buttons. `edits`: it changes the
    question with this number. `closes`: once it is shown, older buttons must go.
    Calls of one `lane` go out one after another; lane 0 waits for nobody.
    """

    lane: int = field(repr=False)
    method: str
    body: bytes = field(repr=False)
    posts: int | None = None
    edits: int = 0
    closes: bool = False
    id: int = 0


class Ledger(Protocol):
    """What can be done inside one transaction."""

    def receive(self, updates: Iterable[Waiting], minute: int) -> None:
        """Keep updates; ids seen in the 48 hours before `minute` are left out."""
        ...

    def waiting(self, most: int) -> list[Waiting]:
        """The oldest unprocessed updates, in the order of arrival."""
        ...

    def processed(self, update_id: int) -> bool:
        """Its body is gone; the bare id stays. False when that was so before."""
        ...

    def conversation(self, chat: int) -> bytes | None: ...

    def keep(self, chat: int, conversation: bytes, heard: int) -> None:
        """`heard`: when the family last said something, minutes since 1970."""
        ...

    def forget(self, chat: int) -> None:
        """The conversation is gone; what is still to be said is said."""
        ...

    def leave(self, chat: int) -> None:
        """The family is gone: nothing of it remains, nothing more is sent."""
        ...

    def forget_older(self, minute: int) -> None:
        """Delete conversations last heard before this minute."""
        ...

    def send(self, calls: Iterable[Outgoing]) -> None: ...

    def outgoing(self, after: int, most: int) -> list[Outgoing]:
        """Calls with an id above `after`, oldest first."""
        ...

    def sent(self, call: Outgoing, message: int | None) -> list[int]:
        """Acknowledged as this message. Returns messages whose buttons must go now."""
        ...

    def shown(self, chat: int, turn: int) -> int | None:
        """The message with the buttons of the question with this number."""
        ...


class Storage(Protocol):
    """Keeps everything that must survive the end of the program."""

    async def transact(self, work: Callable[[Ledger], T]) -> T:
        """Run `work` in one durable transaction.

        It returns after the commit. What `work` raises is raised here and leaves no
        trace; StorageError means that the storage itself failed.
        """
        ...

    async def close(self) -> None:
        """Finish what was begun and let go of the files."""
        ...
