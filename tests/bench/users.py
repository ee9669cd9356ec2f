"""Families that write as soon as they are answered, in the process of the emulator."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.walk import answers_of
from tests.emulator import Emulator
from tests.emulator.server import Post

Json = dict[str, Any]
FIRST_PERSON = 5_300_000_001
BEGIN, HELP = "/start nl", "/help"
LONGEST_WAIT = 20.0
NOTHING_YET = Post({})


class SilentBotError(Exception):
    """The bot did not answer: the figure does not exist."""


class Family:
    """One chat. `walks`: types the answers it is offered, again and again."""

    def __init__(
        self,
        emulator: Emulator,
        number: int,
        *,
        walks: bool = False,
        buttons: bool = False,
        first: str = "",
    ) -> None:
        """`first`: what it says first; it is known already."""
        self.seconds: list[float] = []
        self._emulator = emulator
        self._walks = walks
        self._buttons = buttons
        person = {"id": FIRST_PERSON + number, "first_name": "Proef"}
        self._person = {**person, "is_bot": False, "language_code": "nl"}
        self._room = emulator.api.meet({**person, "type": "private"})
        self._chance = random.Random(number)
        self._screen: Json = {}
        self._said = 0
        self._messages = 0
        self._begun = bool(first)
        self._first = first

    @property
    def written(self) -> int:
        """How often the bot wrote or changed something in this chat."""
        return self._room.serial - self._messages

    async def talk(self, until: float) -> None:
        while time.perf_counter() < until:
            await self.goes_on()

    async def goes_on(self) -> None:
        """One more message, and its answer."""
        await self.say(self._next() if self._walks else HELP)

    async def say(self, text: str) -> None:
        """Write, and wait for what the bot shows then."""
        begun = time.perf_counter()
        self.write(text)
        await self.answered()
        self.seconds.append(time.perf_counter() - begun)

    def write(self, text: str) -> None:
        entities = [
            {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
        ]
        extra = {"entities": entities} if text.startswith("/") else {}
        mine = self._room.add(self._person, {"text": text, **extra})
        self._emulator.api.updates.put("message", mine.body)
        self._said = mine.created
        self._messages += 1

    async def answered(self) -> None:
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                while not self._complete(post := self._newest()):
                    await self._room.bell.heard()
        except TimeoutError:
            raise SilentBotError from None
        self._screen = post.body.get("reply_markup", {})
        self._begun = True

    def _newest(self) -> Post:
        """The bot's last message; of a list of answers the next page is an edit."""
        posts = reversed(self._room.posts.values())
        return next((p for p in posts if p.body["from"]["is_bot"]), NOTHING_YET)

    def _complete(self, post: Post) -> bool:
        """A turn of ours may be several messages; the last one has the buttons."""
        shown = post.body.get("reply_markup", {}).get("inline_keyboard")
        return post.changed > self._said and bool(shown or not self._buttons)

    def _next(self) -> str:
        if self._first:
            first, self._first = self._first, ""
            return first
        several = list(answers_of(self._screen))
        if not several:
            return "opnieuw" if self._begun else BEGIN
        chosen = self._chance.choice(several)
        return "ja" if chosen["callback_data"].endswith("@yes") else chosen["text"]


@dataclass(frozen=True, slots=True)
class Load:
    """What a crowd met in `lasting` seconds: how long each answer took, in seconds."""

    waits: Sequence[float]
    lasting: float
    written: int = 0
    """Messages and edits of the bot; one answer may be several."""

    processor: float = 0.0
    """Seconds of processor time that the bot used for all of them."""

    @property
    def a_second(self) -> float:
        return len(self.waits) / self.lasting

    @property
    def processor_each(self) -> float:
        return self.processor / len(self.waits)

    def __add__(self, other: "Load") -> "Load":
        return Load(
            (*self.waits, *other.waits),
            self.lasting + other.lasting,
            self.written + other.written,
            self.processor + other.processor,
        )


async def load(families: Sequence[Family], lasting: float) -> Load:
    """All of them at once; each finishes what it said."""

    async def work(begun: float) -> None:
        async with asyncio.TaskGroup() as group:
            for family in families:
                group.create_task(family.talk(begun + lasting))

    return await _measured(families, work)


async def paced(families: Sequence[Family], a_second: float, lasting: float) -> Load:
    """So many messages a second, each from the family that was quiet for longest."""

    async def work(begun: float) -> None:
        quiet = asyncio.Queue[Family]()
        for family in families:
            quiet.put_nowait(family)
        async with asyncio.TaskGroup() as group:
            for number in range(int(a_second * lasting)):
                await asyncio.sleep(begun + number / a_second - time.perf_counter())
                group.create_task(_one_more(await quiet.get(), quiet))

    return await _measured(families, work)


async def _one_more(family: Family, quiet: "asyncio.Queue[Family]") -> None:
    await family.goes_on()
    quiet.put_nowait(family)


async def _measured(
    families: Sequence[Family], work: Callable[[float], Awaitable[None]]
) -> Load:
    before = sum(family.written for family in families)
    begun = time.perf_counter()
    await work(begun)
    gone = time.perf_counter() - begun
    waits = [one for family in families for one in family.seconds]
    for family in families:
        family.seconds.clear()
    written = sum(family.written for family in families) - before
    return Load(waits, gone, written)
