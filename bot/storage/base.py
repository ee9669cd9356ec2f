"""What every storage promises. One transaction holds one turn, whole or not at all.

A chat is known by its number only while a transaction runs; on the disk it is a lane,
its pseudonym (`sealing.Vault.lane`). Every table is kept and found by lane.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

T = TypeVar("T")

SHARED_LANE = bytes(32)
"""What belongs to no chat: the programs' own notes, and updates without a chat."""


class StorageError(Exception):
    """The storage could not keep something; nothing of the transaction remains."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that was received; without a body only its number is kept."""

    lane: bytes
    update_id: int
    body: bytes | None = field(repr=False)
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call to the channel that was not yet acknowledged.

    `posts`: it shows buttons, for the question with this number, 0 when they stand
    beside the questions, None for a message without buttons. `edits`: it changes the
    question with this number. `closes`: once it is shown, older buttons must go.
    Calls of one chat go out one after another; one that does not wait goes at once.
    `number` and `part` are its place in the lane, given when it is kept.
    """

    chat: int = field(repr=False)
    method: str
    body: bytes = field(repr=False)
    posts: int | None = None
    edits: int = 0
    closes: bool = False
    waits: bool = True
    lane: bytes = b""
    number: int = 0
    part: int = 0


class Ledger(Protocol):
    """What can be done inside one transaction. Minutes count since 1970."""

    def lane(self, chat: int) -> bytes:
        """The pseudonym of a chat."""
        ...

    # --- the inbox

    def receive(self, updates: Iterable[Waiting], minute: int) -> list[bytes]:
        """Keep updates; ids seen in the 48 hours before `minute` are left out.

        Returns the lane of each one that is new and has a body.
        """
        ...

    def waiting_lanes(self, most: int) -> list[tuple[bytes, int]]:
        """Lanes with updates to answer, and how many; the oldest first."""
        ...

    def hold(self, lane: bytes) -> bool:
        """The turns of this lane are ours until the transaction ends.

        False: another program is at one just now.
        """
        ...

    def waiting(self, lane: bytes, most: int) -> list[Waiting]:
        """The oldest unprocessed updates of a lane, in the order of arrival."""
        ...

    def processed(self, update: Waiting) -> None:
        """Its body is gone; the bare id stays."""
        ...

    def failed(self, update: Waiting) -> None:
        """One more try came to nothing."""
        ...

    # --- the conversation

    def conversation(self, chat: int) -> bytes | None: ...

    def keep(self, chat: int, conversation: bytes, heard: int) -> None:
        """`heard`: the minute in which the family last said something.

        A sealed address stays beside it for an hour, so that we can come back
        after a breakdown.
        """
        ...

    def forget(self, chat: int) -> None:
        """The conversation is gone; what is still to be said is said."""
        ...

    def leave(self, lane: bytes) -> None:
        """The family is gone: nothing of it remains, and nothing waits to be sent."""
        ...

    def recent(self, since: int, until: int) -> list[int]:
        """Chats last heard between these minutes, as far as their address is kept."""
        ...

    # --- the outbox and the messages that stand in the chat

    def send(
        self, calls: Iterable[Outgoing], after: Outgoing | None = None
    ) -> list[Outgoing]:
        """Keep calls of one chat, at the end of its lane or right `after` a call."""
        ...

    def unsent_lanes(self, most: int) -> list[bytes]:
        """Lanes with calls that no other program is sending."""
        ...

    def lease(self, lane: bytes, fresh: Sequence[Outgoing] = ()) -> list[Outgoing]:
        """The calls of this lane that this program has to send from now on, in order.

        None while another program sends them. Otherwise all that are unsent; when
        this program is sending for the lane already, at least the `fresh` ones.
        """
        ...

    def renew(self, lanes: Sequence[bytes]) -> None:
        """This program is still sending for these lanes."""
        ...

    def release(self, lane: bytes) -> list[Outgoing]:
        """This program sends no more for this lane; unless it has to: what is left."""
        ...

    def sent(self, call: Outgoing, message: int | None, minute: int) -> list[int]:
        """Acknowledged as this message. Returns messages whose buttons must go now."""
        ...

    def shown(self, lane: bytes, turn: int) -> int | None:
        """The message with the buttons of the question with this number."""
        ...

    def note_message(self, chat: int, message: int, minute: int) -> None:
        """The number of a message of the family, so that it can be wiped."""
        ...

    def messages(self, lane: bytes, since: int) -> list[int]:
        """The numbers of the messages of both sides, as far back as this minute."""
        ...

    def wiped(self, lane: bytes, messages: Iterable[int]) -> None:
        """These messages are gone from the chat."""
        ...

    # --- the programs themselves

    def forget_older(self, conversations: int, others: int, addresses: int) -> None:
        """Delete what is older than these minutes.

        `conversations`: the retention, also of updates that nobody answered.
        `others`: ids of updates, and numbers of messages. `addresses`: how long we
        can come back by ourselves. A call whose chat has nothing else left goes, too.
        """
        ...

    def last_alive(self, second: int) -> int | None:
        """Note that we are alive; the second noted before."""
        ...

    def noted_alive(self) -> int:
        """The second noted last; 0 when none ever was."""
        ...

    def claim(self, duty: str, holder: str, second: int, seconds: int) -> str:
        """Take or renew a duty that one program has at a time; who holds it now."""
        ...

    def reseal(self, after: bytes, most: int) -> bytes:
        """Seal conversations again with the newest key, by lane; b"" when through."""
        ...


class Storage(Protocol):
    """Keeps everything that must survive the end of the program."""

    @property
    def shared(self) -> bool:
        """Whether other programs may use it at the same time."""
        ...

    async def transact(self, work: Callable[[Ledger], T]) -> T:
        """Run `work` in one durable transaction.

        It returns after the commit. What `work` raises is raised here and leaves no
        trace; StorageError means that the storage itself failed. Only a server that
        goes away in the instant of the commit may have kept it, whole: look again
        before doing it twice. `work` is called again when another program was in its
        way, so it changes nothing but the ledger.
        """
        ...

    async def scrub(self) -> None:
        """What was deleted is gone from the files, too, as far as they are ours."""
        ...

    async def close(self) -> None:
        """Finish what was begun and let go of the files."""
        ...
