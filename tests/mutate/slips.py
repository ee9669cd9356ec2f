"""One letter replaced, left out, put in, or swapped with the next: seeded."""

import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tests.mutate.letters import SIGN, Letter, letters
from tests.mutate.others import cells, marks

SIGNS = " :-,.'\"[]{}#"
WAYS = ("replace", "delete", "insert", "swap")


@dataclass(frozen=True, slots=True)
class Slip:
    """What the file says after it; `line` counts from 1."""

    file: str
    line: int
    column: int
    way: str
    part: str
    word: str
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column} {self.way} {self.part}"
        return f"{where}\n  - {self.before}\n  + {self.after}"


def letters_of(file: str, text: str) -> Sequence[Letter]:
    if file.endswith(".yaml"):
        return letters(file, text)
    return cells(file, text) if file.endswith(".csv") else marks(text)


def slips(texts: Mapping[str, str], dice: Random) -> Iterator[Slip]:
    """Without end; every file as often as every other one, whatever its length."""
    known = {file: letters_of(file, text) for file, text in texts.items()}
    files = [file for file, found in known.items() if found]
    while True:
        dice.shuffle(files)
        for file in files:
            slip = _slip(file, texts[file], dice.choice(known[file]), dice)
            if slip is not None:
                yield slip


def _slip(file: str, text: str, letter: Letter, dice: Random) -> Slip | None:
    lines = text.split("\n")
    before, way = lines[letter.row], dice.choice(WAYS)
    after = _changed(before, letter.column, way, letter.part, dice)
    if after is None or after == before:
        return None
    lines[letter.row] = after
    return Slip(
        file,
        letter.row + 1,
        letter.column + 1,
        way,
        letter.part,
        letter.word,
        before,
        after,
        "\n".join(lines),
    )


def _changed(line: str, at: int, way: str, part: str, dice: Random) -> str | None:
    old, rest = line[at], line[at + 1 :]
    if way == "delete":
        return line[:at] + rest
    if way == "swap":
        return line[:at] + rest[0] + old + rest[1:] if rest else None
    new = _typed(old, part, dice)
    return line[:at] + new + (rest if way == "replace" else old + rest)


def _typed(old: str, part: str, dice: Random) -> str:
    if old.isdigit():
        return dice.choice(string.digits)
    if part == SIGN:
        return dice.choice(SIGNS + string.ascii_lowercase[:12])
    return dice.choice(string.ascii_lowercase)
