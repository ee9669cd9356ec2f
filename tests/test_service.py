"""One turn end to end, with a channel that keeps what it was asked to say."""

from collections.abc import Iterator

import pytest

from bot.conversation.model import (
    Command,
    Conversation,
    Message,
    NotServed,
    Reply,
    Said,
)
from bot.library import Library
from bot.service import Inbound, Service, Speech, unpacked
from bot.storage.base import Outgoing
from bot.storage.sqlite import in_memory
from tests.conftest import TUESDAY, words_of

CHAT = 7
REMOVED = ("bsn",)


class Listener:
    """A channel and a family at once: sends replies, keeps what was said."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.said: tuple[Message, ...] = ()
        self._service = Service(library, self, lambda: TUESDAY)
        self._storage = in_memory()

    def calls(self, speech: Speech) -> Iterator[Outgoing]:
        self.said = speech.messages
        yield from ()

    async def sends(self, reply: Reply, *, removed: tuple[str, ...] = ()) -> None:
        inbound = Inbound(CHAT, reply, "nl", removed=removed)
        await self._storage.transact(
            lambda ledger: self._service.receive(ledger, inbound)
        )

    async def kept(self) -> Conversation | None:
        body = await self._storage.transact(lambda ledger: ledger.conversation(CHAT))
        return unpacked(body) if body else None

    @property
    def text(self) -> str:
        return "\n".join(words_of(self.library, self.said, "nl"))

    async def leaves(self) -> None:
        await self._storage.close()


@pytest.fixture
def listener(library: Library) -> Listener:
    return Listener(library)


async def test_what_was_left_out_is_told_before_the_answer(listener: Listener) -> None:
    await listener.sends(Command("start", "nl"))
    await listener.sends(Said("huurachterstand"), removed=REMOVED)
    kept = await listener.kept()
    assert kept is not None
    assert kept.at == "sender"
    first = "\n".join(words_of(listener.library, listener.said[:1], "nl"))
    assert "BSN" in first
    await listener.leaves()


async def test_when_nothing_is_left_only_that_is_told(listener: Listener) -> None:
    await listener.sends(Command("start", "nl"))
    await listener.sends(NotServed("personal_removed"), removed=REMOVED)
    assert len(listener.said) == 1
    assert "BSN" in listener.text
    await listener.leaves()


async def test_it_is_told_before_the_first_question_too(listener: Listener) -> None:
    await listener.sends(NotServed("personal_removed"), removed=REMOVED)
    assert listener.text.count("BSN") == 1
    assert "Kies uw taal" in listener.text
    await listener.leaves()


async def test_words_of_danger_are_answered_beside_it(listener: Listener) -> None:
    await listener.sends(Said("ik wil niet meer leven"), removed=REMOVED)
    assert "0800-0113" in listener.text
    await listener.leaves()


@pytest.mark.parametrize("reply", [Command("wis"), Said("wis alles")])
async def test_who_has_nothing_here_can_wipe_and_nothing_begins(
    listener: Listener, reply: Reply
) -> None:
    await listener.sends(reply)
    assert "gewist" in listener.text
    assert await listener.kept() is None
    await listener.leaves()


async def test_who_has_nothing_here_can_ask_what_is_held(listener: Listener) -> None:
    await listener.sends(Command("gegevens"))
    assert listener.said[0].file is not None
    assert "nog geen antwoorden" in listener.text
    assert "Kies uw taal" in listener.text
    await listener.leaves()
