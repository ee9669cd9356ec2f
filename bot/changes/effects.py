"""What families notice of a change: who hears something else, how many questions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.changes.lengths import Lengths
from bot.problems import NOTHING, Told, told

PARTS: Final[Mapping[str, Told]] = {
    "cards": told("other advice"),
    "urgency": told("another urgency"),
    "organisations": told("other organisations"),
    "dates": told("other legal dates"),
}

ASKED: Final[Mapping[str, Told]] = {
    "more": told("more than before"),
    "fewer": told("fewer than before"),
    "others": told("as many, but others"),
}


@dataclass(frozen=True, slots=True)
class Effects:
    """`drawn` is 0 where nobody can hear or be asked something else.

    `parts` and `asked` count households that hear, and are asked, something else.
    `lengths` are of before and after, where the ways through the questions differ.
    """

    drawn: int = 0
    different: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)
    example: tuple[Told, ...] = ()
    scenario: str = ""
    """The household of the example, with what it hears now, to paste."""

    lengths: tuple[Lengths, Lengths] | None = None
    loop: bool = False
    """Whether the questions run in a circle, so that their ways have no length."""

    @property
    def touches_families(self) -> bool:
        return bool(self.different or self.asked)

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
                count=self.different,
                drawn=self.drawn,
                parts=_counts(PARTS, self.parts),
            )  # fmt: skip

    def _asked(self) -> Iterator[Told]:
        if self.asked:
            yield told(
                "Who gets other questions? {count} of {drawn} households (by lot):"
                " {parts}.",
                count=sum(self.asked.values()),
                drawn=self.drawn,
                parts=_counts(ASKED, self.asked),
            )  # fmt: skip
        if self.loop:
            yield told("The questions run in a circle: drempel check says where.")
        if self.lengths is not None:
            yield from _lengths(*self.lengths)


def _counts(called: Mapping[str, Told], counts: Mapping[str, int]) -> Told:
    """`other advice (30), other organisations (4)`."""
    said = NOTHING
    for name, count in counts.items():
        part = told("{part} ({count})", part=called[name], count=count)
        said = told("{some}, {part}", some=said, part=part) if said else part
    return said


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
