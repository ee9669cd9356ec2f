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

    `posts` is the number of the question it shows, `edits` of the one it replaces;
    0 for neither. Calls of one `lane` go out one after another; lane 0 waits for
    nobody.
    """

    lane: int = field(repr=False)
    method: str
    body: bytes = field(repr=False)
    posts: int = 0
    edits: int = 0
    id: int = 0


class Ledger(Protocol):
    """What can be done inside one transaction."""

    def receive(self, updates: Iterable[Waiting]) -> int:
        """Keep updates; ids seen in the last 48 hours are left out. Returns the new."""
        ...

    def waiting(self, most: int) -> list[Waiting]:
        """The oldest unprocessed updates, in the order of arrival."""
        ...

    def processed(self, update_id: int) -> None:
        """Its body is gone; the bare id stays, so that a repeat is known."""
        ...

    def conversation(self, chat: int) -> bytes | None: ...

    def keep(self, chat: int, conversation: bytes, heard: int) -> None:
        """`heard`: when the family last said something, minutes since 1970."""
        ...

    def forget(self, chat: int) -> None: ...

    def forget_older(self, minute: int) -> int:
        """Delete conversations last heard before this minute. Returns how many."""
        ...

    def send(self, calls: Iterable[Outgoing]) -> None: ...

    def outgoing(self, after: int, most: int) -> list[Outgoing]:
        """Calls with an id above `after`, oldest first."""
        ...

    def sent(self, call: Outgoing, message: int | None) -> None:
        """Acknowledged: the call is gone; a posted question's message is known."""
        ...

    def posted(self, chat: int) -> tuple[int, int] | None:
        """Number and message id of the question last shown in this chat."""
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
