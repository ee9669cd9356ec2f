"""Which households hear something else now, and how many questions they get."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from bot.changes.advice import URGENCIES
from bot.changes.deciding import asking, tells, touched_cards
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
SEED: Final = 1

PARTS: Final[Mapping[str, Told]] = {
    "cards": told("other advice"),
    "urgency": told("another urgency"),
    "organisations": told("other organisations"),
    "dates": told("other legal dates"),
}


@dataclass(frozen=True, slots=True)
class Effects:
    """`drawn` is 0 where nobody can hear or be asked something else.

    `parts` and `asked` count households. `lengths` are of before and after, where the
    ways through the questions are others.
    """

    drawn: int = 0
    different: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    asked: int = 0
    example: tuple[Told, ...] = ()
    scenario: str = ""
    """The household of the example, with what it hears now, to paste."""

    lengths: tuple[Lengths, Lengths] | None = None
    loop: bool = False
    """Whether the questions run in a circle, so that their ways have no length."""

    @property
    def told(self) -> tuple[Told, ...]:
        return (*self._heard(), *self._asked())

    def _heard(self) -> Iterator[Told]:
        if not self.drawn:
            yield told("Who is asked what, and who hears what, stays the same.")
        elif not self.different:
            yield told(
                "None of {drawn} households (by lot) hears something else at the end.",
                drawn=self.drawn,
            )
        else:
            yield told(
                "Who hears something else now? {count} of {drawn} households (by lot):"
                " {parts}.",
                count=self.different, drawn=self.drawn, parts=self._parts(),
            )  # fmt: skip

    def _parts(self) -> Told:
        """`other advice (30), other organisations (4)`."""
        said = NOTHING
        for name, count in self.parts.items():
            part = told("{part} ({count})", part=PARTS[name], count=count)
            said = told("{some}, {part}", some=said, part=part) if said else part
        return said

    def _asked(self) -> Iterator[Told]:
        if self.asked:
            yield told(
                "Who gets other questions? {count} of {drawn} households (by lot).",
                count=self.asked, drawn=self.drawn,
            )  # fmt: skip
        if self.loop:
            yield told("The questions run in a circle: drempel check says where.")
        if self.lengths is not None:
            yield from _lengths(*self.lengths)


def _lengths(was: Lengths, now: Lengths) -> Iterator[Told]:
    longest, count = now.longest, now.ways.get(now.longest, 0)
    if longest > was.longest:
        yield _longer(count, longest, was.longest)
    elif longest < was.longest:
        yield told(
            "The longest way has {new} questions now (was {old}).",
            new=longest, old=was.longest,
        )  # fmt: skip
    if now.median != was.median:
        yield told(
            "Half of the families get at most {new} questions now (was {old}).",
            new=now.median, old=was.median,
        )  # fmt: skip


def _longer(count: int, longest: int, old: int) -> Told:
    if count == 1:
        return told(
            "1 way has {new} questions now; the longest had {old}.",
            new=longest, old=old,
        )  # fmt: skip
    return told(
        "{count} ways have {new} questions now; the longest had {old}.",
        count=count, new=longest, old=old,
    )  # fmt: skip


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
    pairs = islice(draws(old, new, called, today, SEED), drawn)
    return _counted(compared, pairs, drawn, ways)


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

    def is_asked_alike(self, was: Household, now: Household) -> bool:
        return self.called.path(was.path) == now.path

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
    asked = 0
    old, new = compared.old, compared.new
    for was, now in map(compared.households, drawn):
        asked += not compared.is_asked_alike(was, now)
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
        asked=asked,
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
