"""The same conversation in a terminal; the smallest example of a channel."""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from textwrap import fill
from typing import TextIO

import orjson

from bot.conversation.model import (
    Button,
    Command,
    Conversation,
    Message,
    Reply,
    Said,
    Tapped,
)
from bot.library import Library
from bot.service import Inbound, Service, Speech, unpacked
from bot.starting import NOWHERE, Start
from bot.storage.base import Ledger, Outgoing, Storage
from bot.translations import Catalogue

CHAT = 1
WIDTH = 78
BEFORE = {"quote": "    ", "small": "  "}


class Console:
    """Shows messages as text; a tapped button is its number or its words."""

    def __init__(
        self,
        library: Library,
        clock: Callable[[], datetime],
        *,
        source: TextIO = sys.stdin,
        target: TextIO = sys.stdout,
    ) -> None:
        self._service = Service(library, self, clock)
        self._source = source
        self._target = target
        self._buttons: list[tuple[str, Button]] = []
        self._taps: list[Tapped] = []

    def calls(self, speech: Speech) -> Iterator[Outgoing]:
        """Only new messages are printed: a terminal has nothing to edit."""
        for message in speech.messages:
            if not message.edits or message.turn:
                catalogue = speech.catalogue(speech.language)
                self._remember(message, speech)
                text = "\n".join(self._lines(message, speech, catalogue))
                yield Outgoing(CHAT, "print", orjson.dumps(text))

    async def run(
        self, storage: Storage, *, language: str, start: Start = NOWHERE
    ) -> None:
        shown = await self._turn(storage, Command("start", language))
        if start != NOWHERE:
            shown = await self._ahead(storage, start) or shown
        self._print(shown)
        while line := await self._read():
            words = line.strip()
            if words:
                self._print(await self._turn(storage, self._reply(words)))
        await storage.close()

    async def _ahead(self, storage: Storage, start: Start) -> list[str]:
        """Types what is given, unseen, and gives what the last of it brought."""
        shown: list[str] = []
        if start.says:
            shown = await self._turn(storage, Said(start.says))
        asked = set[str]()
        while (current := await self._conversation(storage)) is not None:
            answer = start.answers.get(current.at)
            if answer is None or current.at in {start.at, *asked}:
                break
            asked.add(current.at)
            print(f"> {current.at}: {answer}", file=self._target)
            shown = await self._turn(storage, Said(answer))
            confirmed = await self._conversation(storage)
            if confirmed and confirmed.pending:
                shown = await self._turn(storage, Said("ja"))
        print(file=self._target)
        return shown

    async def _conversation(self, storage: Storage) -> Conversation | None:
        kept = await storage.transact(lambda ledger: ledger.conversation(CHAT))
        return unpacked(kept) if kept else None

    async def _read(self) -> str:
        print("> ", end="", file=self._target, flush=True)
        return self._source.readline()

    async def _turn(self, storage: Storage, reply: Reply) -> list[str]:
        """The texts that this reply brings."""
        calls = await storage.transact(
            lambda ledger: self._service.receive(ledger, Inbound(CHAT, reply))
        )
        for call in calls:
            await storage.transact(partial(_printed, call))
        return [orjson.loads(call.body) for call in calls]

    def _print(self, texts: Iterable[str]) -> None:
        for text in texts:
            print(text + "\n", file=self._target, flush=True)

    def _reply(self, words: str) -> Reply:
        """The name of a button shown last is a tap; anything else is typed."""
        if words.startswith("/"):
            name, _, payload = words[1:].partition(" ")
            return Command(name, payload)
        for (name, _), tap in zip(self._buttons, self._taps, strict=True):
            if name and words.casefold() == name:
                return tap
        return Said(words)

    def _remember(self, message: Message, speech: Speech) -> None:
        if not message.rows:
            return
        shown = [button for row in message.rows for button in row]
        names = self._names(message)
        self._buttons = list(zip(names, shown, strict=True))
        self._taps = [
            Tapped(speech.conversation, message.turn, b.question, b.answer)
            for b in shown
        ]

    def _names(self, message: Message) -> list[str]:
        """Numbers for answers, unless digits are an answer themselves: then letters."""
        names: list[str] = []
        for row in message.rows:
            if len(row) > 1:
                names += ["" for _ in row]
                continue
            number = len(names) + 1
            names.append(str(number) if message.numbered else chr(96 + number))
        return names

    def _lines(
        self, message: Message, speech: Speech, catalogue: Catalogue
    ) -> Iterator[str]:
        inside = message.file.paragraphs if message.file else ()
        for paragraph in (*message.paragraphs, *inside):
            own = (
                speech.catalogue(paragraph.language)
                if paragraph.language
                else catalogue
            )
            for line in own.say(paragraph.said).splitlines():
                yield fill(
                    line,
                    WIDTH,
                    initial_indent=BEFORE.get(paragraph.style, ""),
                    subsequent_indent=BEFORE.get(paragraph.style, "") + "  ",
                )
        names = iter(self._names(message))
        for row in message.rows:
            yield from self._row(row, names, catalogue)

    def _row(
        self, row: Iterable[Button], names: Iterator[str], catalogue: Catalogue
    ) -> Iterator[str]:
        shown = [(next(names), catalogue.say(button.label)) for button in row]
        if len(shown) == 1:
            yield f"  {shown[0][0]}) {shown[0][1]}"
        else:
            yield "  " + " · ".join(label for _, label in shown)


def _printed(call: Outgoing, ledger: Ledger) -> None:
    ledger.sent(call, None, 0)
