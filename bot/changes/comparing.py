"""Two versions and many households: who hears or is asked something else now."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from bot.changes.advice import URGENCIES
from bot.changes.deciding import asking, tells, touched_cards
from bot.changes.effects import ASKED, PARTS, Effects
from bot.changes.fields import listed
from bot.changes.households import Draw, Hears, draws, hears
from bot.changes.lengths import Lengths, lengths
from bot.changes.renames import Renames, renames, with_new_names
from bot.changes.values import Version
from bot.conversation.conditions import holds
from bot.conversation.sampling import Household
from bot.library import Library
from bot.pasting import pasted
from bot.problems import NOTHING, Told, told

DRAWN: Final = 2_000
FEWER: Final = 1_000
"""So many where all of them have to be looked at twice: that takes seconds."""

SEED: Final = 1


def effects(
    before: Version, after: Version, today: date, drawn: int = DRAWN
) -> Effects | None:
    """None when one of the two has errors: nobody can talk with it."""
    old, new = before.library, after.library
    if not (old.machines and new.machines):
        return None
    called = renames(old, new)
    alike = with_new_names(before, called).library
    asks = asking(alike) != asking(new)
    touched = touched_cards(tells(alike), tells(new))
    if not (asks or called) and touched == frozenset():
        return Effects()
    compared = Compared(old, new, called, asks, touched)
    ways = (lengths(old, today), lengths(new, today)) if asks else None
    count = min(drawn, FEWER) if touched is None else drawn
    lots = islice(draws(old, new, called, today, SEED), count)
    return _counted(compared, lots, count, ways)


@dataclass(frozen=True, slots=True)
class Differs:
    """A household, and what it hears in both versions."""

    household: Household
    was: Hears
    now: Hears

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(
            name for name in PARTS if getattr(self.was, name) != getattr(self.now, name)
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """Two libraries, and what has to be looked at to find who hears something else."""

    old: Library
    new: Library
    called: Renames
    asks: bool
    touched: frozenset[str] | None

    def households(self, draw: Draw) -> tuple[Household, Household]:
        now = draw.in_version(self.new, before=False)
        if self.asks or self.called:
            return draw.in_version(self.old, before=True), now
        return now, now

    def asked(self, was: Household, now: Household) -> str:
        """How its questions are others now; "" when they are the same."""
        if self.called.path(was.path) == now.path:
            return ""
        more = len(now.path) - len(was.path)
        return "others" if not more else "more" if more > 0 else "fewer"

    def may_differ(self, was: Household, now: Household) -> bool:
        """Most households need no second look: that saves most of the time."""
        if self.touched is None or self.called.given(was.answers) != now.answers:
            return True
        return self._hears_touched(self.old, was) or self._hears_touched(self.new, now)

    def _hears_touched(self, library: Library, household: Household) -> bool:
        cards = [one for one in library.cards if one.id in (self.touched or ())]
        facts = household.facts(library)
        return any(holds(one.condition, facts) for one in cards)


def _counted(
    compared: Compared,
    drawn: Iterator[Draw],
    count: int,
    ways: tuple[Lengths | None, Lengths | None] | None,
) -> Effects:
    found: list[Differs] = []
    asked: Counter[str] = Counter()
    old, new = compared.old, compared.new
    for was, now in map(compared.households, drawn):
        asked[compared.asked(was, now)] += 1
        if compared.may_differ(was, now):
            one = Differs(now, hears(old, was), hears(new, now))
            if one.was != one.now:
                found.append(one)
    parts = Counter(part for one in found for part in one.parts)
    first, last = ways or (None, None)
    shown = min(found, key=_plainness, default=None)
    return Effects(
        drawn=count,
        different=len(found),
        parts={name: parts[name] for name in PARTS if parts[name]},
        asked={name: asked[name] for name in ASKED if asked[name]},
        example=tuple(_example(shown)) if shown else (),
        scenario=_scenario(compared.new, shown) if shown else "",
        lengths=(first, last) if first and last else None,
        loop=ways is not None and last is None,
    )


def _plainness(one: Differs) -> tuple[int, int]:
    """The fewest questions; of those, the answers that are shortest to read."""
    household = one.household
    return len(household.path), sum(map(len, household.answers.values()))


def _example(one: Differs) -> Iterator[Told]:
    yield told("The shortest of them heard: {what}.", what=_hears(one.was))
    yield told("Now it hears: {what}.", what=_hears(one.now))


def _hears(one: Hears) -> Told:
    urgency = URGENCIES[one.urgency] if one.urgency else told("no advice")
    days = ", ".join(f"*{name}* {day or '…'}" for name, day in one.dates.items())
    told_days = told("; {days}", days=days) if days else NOTHING
    return told(
        "{urgency}: {cards}; {organisations}{days}",
        urgency=urgency,
        cards=listed(one.cards),
        organisations=listed(one.organisations),
        days=told_days,
    )


def _scenario(library: Library, one: Differs) -> str:
    expect = {"urgency": one.now.urgency, "advice": one.now.cards}
    kept = {name: value for name, value in expect.items() if value}
    return pasted(library, one.household, "Hoort nu iets anders", kept)
