"""Families that talk while the content changes, and what each turn did to them."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from random import Random

from bot.conversation.model import OUTCOME, STOPPED, SUMMARY, Conversation
from bot.service import unpacked
from bot.storage.keys import read_key_file
from bot.storage.sealing import Vault
from tests.emulator import Emulator
from tests.emulator.user import Seen, User
from tests.reload.author import first_names

LONGEST = 300.0
"""On a machine that others use, too, half a second of work may take a minute."""

REPLIES = 60
TYPED: Mapping[str, tuple[str, ...]] = {
    "heating": ("gas", "hout"),
    "broken": ("schimmel en kou", "lek", "kou"),
    "alone": ("ja", "nee"),
    "pets": ("ja", "nee"),
    "rooms": ("vier", "3"),
    "rent_price": ("€ 1.250,50", "700"),
    "moved_in": ("1 november 2026", "3-11-2026"),
    "late_for": ("anderhalf jaar", "2 weken"),
    "place": ("3511 AB", "Utrecht"),
    "kids": ("geen", "een baby, 4 en 9"),
    "chimney": ("1 oktober 2026", "gisteren"),
}
ALWAYS = ("terug", "/help", "/gegevens", "stop", "hm xq", "verder")
MayLose = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Claim:
    """An answer that is not stored after a turn; it was before, or it was tapped."""

    may_lose: MayLose
    question: str
    stored: str
    note: str
    was_stored: bool


@dataclass(slots=True)
class Verdict:
    """What families met. All but the first four should be 0."""

    families: int = 0
    replies: int = 0
    credited: int = 0
    """Answers by a button of which it was proved that they count."""

    told: int = 0
    """How often a family heard that the questions changed."""

    silent: int = 0
    lost: int = 0
    uncounted: int = 0
    nowhere: int = 0
    notes: list[str] = field(default_factory=list)
    claims: "list[Claim]" = field(default_factory=list)
    """What is still to be judged, once the content of that moment is known."""

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(
            *(
                getattr(self, one.name) + getattr(other, one.name)
                for one in fields(self)
            )
        )

    def settles(self) -> None:
        """Every claim that no change of the content explains is a fault."""
        for one in self.claims:
            if not one.may_lose(one.question, one.stored):
                self.lost += one.was_stored
                self.uncounted += not one.was_stored
                self.notes.append(one.note)
        self.claims.clear()

    @property
    def is_clean(self) -> bool:
        wrong = (self.silent, self.lost, self.uncounted, self.nowhere)
        return not any(wrong) and not self.notes


class Kept:
    """What is stored of families, read beside the program that runs."""

    def __init__(self, folder: Path) -> None:
        self._vault = Vault(read_key_file(folder / "config" / "drempel" / "keys"))
        self._database = folder / "drempel.db"

    def conversation(self, chat: int) -> Conversation | None:
        lane = self._vault.lane(chat)
        rows = self._rows("SELECT body FROM conversation WHERE lane = ?", lane)
        return (
            unpacked(self._vault.open("conversation", lane, rows[0])) if rows else None
        )

    def waits(self, chat: int) -> bool:
        """Whether something is still to be sent to this family."""
        lane = self._vault.lane(chat)
        return bool(self._rows("SELECT body FROM outbox WHERE lane = ?", lane))

    def _rows(self, statement: str, lane: bytes) -> list[bytes]:
        source = f"file:{self._database}?mode=ro"
        with contextlib.closing(sqlite3.connect(source, uri=True)) as connection:
            return [row[0] for row in connection.execute(statement, (lane,))]


class Family:
    """One of them. `may_lose` tells what the content since a moment may take away."""

    def __init__(
        self,
        emulator: Emulator,
        kept: Kept,
        dice: Random,
        verdict: Verdict,
        since: Callable[[], MayLose],
    ) -> None:
        self._user = User(emulator)
        self._kept = kept
        self._dice = dice
        self._verdict = verdict
        self._since = since
        verdict.families += 1

    async def lives(self, enough: asyncio.Event) -> None:
        await self._says("/start nl")
        may_lose = self._since()
        for _ in range(REPLIES):
            if enough.is_set():
                return
            before = self._kept.conversation(self._user.chat_id)
            if before is None:
                self._verdict.nowhere += 1
                return
            try:
                done = await self._goes_on(before)
            except TimeoutError:
                self._verdict.silent += 1
                return
            after = self._kept.conversation(self._user.chat_id)
            self._verdict.replies += 1
            self._judge(before, after, done, may_lose)
            may_lose = self._since()
            await asyncio.sleep(self._dice.uniform(0, 0.2))

    async def _goes_on(self, before: Conversation) -> str:
        """One reply; what it was: `question=answer`, a word, or nothing to judge."""
        chance = self._dice.random()
        if before.at == STOPPED:
            return await self._says("verder")
        if chance < 0.12:
            return await self._says(self._dice.choice(ALWAYS))
        if chance < 0.16:
            self._user.send("photo")
            return await self._hears("")
        if chance < 0.20:
            return await self._taps_any()
        if before.at == OUTCOME:
            return await self._says("opnieuw" if chance < 0.5 else "dank u")
        if before.at == SUMMARY:
            return await self._taps_or_types(before, "ja", "@yes")
        if before.pending and before.at not in ("broken",):
            return await self._taps_or_types(before, "ja", "@yes")
        return await self._answers(before)

    async def _answers(self, before: Conversation) -> str:
        shown = [d for d in self._data() if d.split(":")[2] == before.at]
        buttons = [d for d in shown if "@" not in d]
        if before.at == "broken" and before.pending and self._dice.random() < 0.5:
            buttons = [d for d in shown if d.endswith(":@done")]
        if buttons and self._dice.random() < 0.6:
            return await self._taps(self._dice.choice(buttons))
        words = TYPED.get(first_names(before.at), ("verder",))
        return await self._says(self._dice.choice(words))

    async def _taps_or_types(self, before: Conversation, word: str, tap: str) -> str:
        found = [one for one in self._data() if one.endswith(f":{before.at}:{tap}")]
        if found and self._dice.random() < 0.6:
            return await self._taps(found[0])
        return await self._says(word)

    async def _taps_any(self) -> str:
        """A button of any message in the chat, however old."""
        every = [one for seen in self._chat() for one in _data(seen)]
        calm = [one for one in every if not one.endswith((":restart", ":wipe"))]
        return await self._taps(self._dice.choice(calm)) if calm else ""

    async def _says(self, text: str) -> str:
        self._user.say(text)
        return await self._hears(text)

    async def _taps(self, data: str) -> str:
        holds = [seen for seen in self._chat() if data in _data(seen)]
        tap = self._user.tap(data, holds[-1])
        async with asyncio.timeout(LONGEST):
            while tap.spinner is None:
                await asyncio.sleep(0.01)
        await self._all_comes()
        _, turn, question, answer = data.split(":")
        return f"{turn}:{question}={answer}"

    async def _hears(self, said: str) -> str:
        """Waits for the next words of the bot in this chat."""
        mine = self._user.room.serial
        async with asyncio.timeout(LONGEST):
            while not self._bot_wrote_after(mine):
                await self._user.room.bell.heard()
        await self._all_comes()
        return said

    def _bot_wrote_after(self, serial: int) -> bool:
        posts = self._user.room.posts.values()
        return any(p.changed > serial and p.body["from"]["is_bot"] for p in posts)

    async def _all_comes(self) -> None:
        async with asyncio.timeout(LONGEST):
            while self._kept.waits(self._user.chat_id):
                await asyncio.sleep(0.01)

    def _chat(self) -> list[Seen]:
        return [seen for seen in self._user.chat() if not seen.mine]

    def _data(self) -> list[str]:
        """The buttons of the newest question."""
        live = [seen for seen in self._chat() if seen.buttons]
        return _data(live[-1]) if live else []

    def _judge(
        self,
        before: Conversation,
        after: Conversation | None,
        done: str,
        may_lose: MayLose,
    ) -> None:
        """All that was answered is still there, and a tap on what is asked counts."""
        if after is None:
            self._verdict.nowhere += 1
            return
        free = done in ("opnieuw", "terug") or done.endswith(("=back", "=@change"))
        free = free or ":@change=" in done
        note = f"{done!r} at {before.at}, then at {after.at}"
        for question, stored in before.answers.items():
            asked = first_names(question) == first_names(before.at)
            if not free and not asked and not self._is_kept(after, question, stored):
                self._claims(may_lose, question, stored, note, was_stored=True)
        turn, _, tapped = done.partition(":")
        question, _, answer = tapped.partition("=")
        here = turn == str(before.turn) and question == before.at
        if not here or "@" in tapped or question == "broken":
            return
        if self._is_kept(after, question, answer):
            self._verdict.credited += 1
        else:
            self._claims(may_lose, question, answer, note, was_stored=False)

    def _claims(
        self,
        may_lose: MayLose,
        question: str,
        stored: str,
        note: str,
        *,
        was_stored: bool,
    ) -> None:
        whole = f"{question}={stored} is not kept: {note}"
        claim = Claim(may_lose, question, stored, whole, was_stored)
        self._verdict.claims.append(claim)

    def _is_kept(self, after: Conversation, question: str, stored: str) -> bool:
        now = {first_names(q): first_names(a) for q, a in after.answers.items()}
        return now.get(first_names(question)) == first_names(stored)


def _data(seen: Seen) -> list[str]:
    return [button.data or "" for row in seen.buttons for button in row]
