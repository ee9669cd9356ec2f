"""A whole run: nobody dies, and what families read then; all die, and are judged."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import orjson

from tests.kill.families import SCRIPTS
from tests.kill.lives import Lives
from tests.kill.verdict import Look, Verdict, chats, judge
from tests.kill.world import SET_UPS, SetUp, World, ends, world

EXPLAINED = frozenset(
    {"started", "stopped", "resealed", "came_back", "no_connection_yet",
     "polling_trouble", "webhook_not_set"}
)  # fmt: skip
"""What a log may tell; no kill explains anything else."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a family reads, look by look, and what is stored of it."""

    looks: Sequence[Sequence[Look]] = field(repr=False)
    conversation: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Record:
    """One set-up after its kills, by the points where lives ended."""

    set_up: SetUp
    kills: Counter[str]
    verdict: Verdict

    def __add__(self, other: "Record") -> "Record":
        verdict = self.verdict + other.verdict
        return Record(self.set_up, self.kills + other.kills, verdict)


async def undisturbed(lives: Lives, folder: Path) -> dict[str, Expected]:
    """One family for each script, by its name."""
    address = str(folder / "drempel.db")
    async with world(SET_UPS[0], lives, folder, address, Random(0)) as quiet:
        alive = await quiet.start_all()
        for script in SCRIPTS:
            await quiet.meet(script)
        await quiet.rest(alive)
        kept = await _kept(quiet)
        told = chats(quiet.emulator)
        return {
            family.script.name: Expected(
                [sent.looks for sent in told[family.user.chat_id]],
                kept[family.user.chat_id],
            )
            for family in quiet.families
        }


async def killed(
    set_up: SetUp,
    lives: Lives,
    expected: Mapping[str, Expected],
    *,
    folder: Path,
    address: str,
    named: int,
    at_random: int,
    seed: int,
) -> Record:
    """`named` lives end at each point, others at random."""
    dice = Random(seed)
    async with world(set_up, lives, folder, address, dice) as here:
        await here.kill_all(ends(named, at_random, dice))
        verdict = await judged(here, expected)
        return Record(set_up, here.kills, verdict)


async def judged(here: World, expected: Mapping[str, Expected]) -> Verdict:
    kept, told = await _kept(here), chats(here.emulator)
    verdict = Verdict(families=len(here.families))
    for family in here.families:
        chat, wanted = family.user.chat_id, expected[family.script.name]
        judge(verdict, told.get(chat, []), wanted.looks, here.deaths)
        verdict.wrong_states += kept[chat] != wanted.conversation
        verdict.updates += family.script.updates
    _judge_the_rest(verdict, here)
    return verdict


def _judge_the_rest(verdict: Verdict, here: World) -> None:
    """What belongs to no family: the inbox, all taps, Telegram's rules, the log."""
    if (known := here.database.received()) != verdict.updates:
        verdict.note(f"{verdict.updates} updates, {known} in the inbox")
    if left := here.database.at_work():
        verdict.note(f"{left} rows left in inbox and outbox")
    if spinning := _unanswered(here):
        verdict.note(f"{spinning} taps without an answer")
    for one in here.emulator.violations:
        verdict.note(f"{one.method}: {one.words}")
    for line in here.log.read_text(encoding="utf-8").splitlines():
        if _event(line) not in EXPLAINED:
            verdict.note(line)


async def _kept(here: World) -> dict[int, Mapping[str, Any]]:
    ids = [family.user.chat_id for family in here.families]
    return dict(zip(ids, await here.database.conversations(ids), strict=True))


def _unanswered(here: World) -> int:
    calls = here.emulator.calls_of("answerCallbackQuery")
    answered = {call.parameters["callback_query_id"] for call in calls}
    taps = [tap.id for family in here.families for tap in family.user.taps]
    return len([tap for tap in taps if tap not in answered])


def _event(line: str) -> str:
    try:
        return str(orjson.loads(line)["event"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ""
