"""Whether a slip was found where it was made, and whether the right word was named."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.problems import Problem
from tests.mutate.letters import SIGN
from tests.mutate.slips import Slip

QUOTES = ("“{}”", '"{}"')
SHOWN = 119
"""Letters of a line that a report shows."""

TOUCHED = re.compile(r"[^\s,:\[\]{}\"'#-][^\s,:\[\]{}\"'#]*(?: [^\s,:\[\]{}\"'#-]+)*")


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one slip; `named` is None where nobody can know the right word."""

    slip: Slip
    problems: tuple[Problem, ...]
    placed: bool
    named: bool | None

    @property
    def alone(self) -> bool:
        return len(self.problems) == 1

    def __str__(self) -> str:
        return "\n".join([str(self.slip), *(f"  {one}" for one in self.problems)])


@dataclass(slots=True)
class Figures:
    """Counted over the slips that are mistakes; the others are counted by why not."""

    mistakes: int = 0
    placed: int = 0
    alone: int = 0
    to_name: int = 0
    named: int = 0
    no_mistakes: Counter[str] = field(default_factory=Counter)
    misses: list[Found] = field(default_factory=list)
    of_signs: "Figures | None" = None
    """The same, of slips in a sign: a colon, a dash, the spaces before a line."""

    def add(self, found: Found) -> None:
        self.mistakes += 1
        self.placed += found.placed
        self.alone += found.alone
        self.to_name += found.named is not None
        self.named += bool(found.named)
        if not found.placed or found.named is False or not found.alone:
            self.misses.append(found)
        if found.slip.part == SIGN and self.of_signs is not None:
            self.of_signs.add(found)


def judged(
    slip: Slip, problems: Sequence[Problem], says_the_same: Callable[[str, str], bool]
) -> Found:
    """Placed: what the volunteer reads first stands at the line of the slip.

    `says_the_same` tells whether a file with this text means what it meant before.
    """
    first = problems[0].place if problems else None
    placed = first is not None and (first.file, first.line) == (slip.file, slip.line)
    named: bool | None = None
    if slip.word:
        named = any(
            _names(slip, one.message) or _mends(slip, one.message, says_the_same)
            for one in problems
        )
    return Found(slip, tuple(problems), placed, named)


def _names(slip: Slip, message: str) -> bool:
    """The word itself in quotes, or the line as it was.

    For a sign also a word that it touches, or the column at which the line begins.
    """
    line = slip.before.strip()
    shown = _shown(message)
    if line[:SHOWN] in message or (len(shown) > 20 and shown.strip("…") in line):
        return True
    words = [slip.word] if slip.part != SIGN else list(_touched(slip))
    if any(quotes.format(word) in message for word in words for quotes in QUOTES):
        return True
    column = len(slip.before) - len(slip.before.lstrip(" ")) + 1
    moved = slip.part == SIGN and slip.after.strip() == line
    return moved and re.search(rf"column {column}\b", message) is not None


def _mends(slip: Slip, message: str, says_the_same: Callable[[str, str], bool]) -> bool:
    """Whether the line that the message shows would be right."""
    shown = _shown(message)
    if not shown or "…" in shown:
        return False
    lines = slip.text.split("\n")
    indent = len(slip.before) - len(slip.before.lstrip(" "))
    lines[slip.line - 1] = " " * indent + shown
    return says_the_same(slip.file, "\n".join(lines))


def _shown(message: str) -> str:
    for words in ("Did you mean: ", "Write: ", "Put quotes around the text: "):
        if words in message:
            return message.partition(words)[2]
    return ""


def _touched(slip: Slip) -> Iterator[str]:
    for found in TOUCHED.finditer(slip.before):
        if found.start() <= slip.column <= found.end() + 1:
            yield found[0]
