"""Reads broken files; none may end in a traceback or take longer than two seconds."""

import faulthandler
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import process_time

from tests.mutate.house import House, shipped
from tests.mutate.noise import damaged, whole_files
from tests.mutate.shelves import Desk

LONGEST = 2.0
"""Seconds of work for one file."""

STUCK = 300
"""Seconds after which a process ends itself and shows where it was."""

WHOLE_CHECK = 1000
"""After so many files one goes through the whole of `drempel check`."""

SMALL, LARGE = 20, 1
"""The catalogue is as long as all other files together: it is drawn less often."""


@dataclass(slots=True)
class Breaking:
    """What came of the files; each has a name by which it can be made again."""

    files: int = 0
    longest: float = 0.0
    tracebacks: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)

    def __add__(self, other: "Breaking") -> "Breaking":
        return Breaking(
            self.files + other.files,
            max(self.longest, other.longest),
            self.tracebacks + other.tracebacks,
            self.slow + other.slow,
        )

    @property
    def is_clean(self) -> bool:
        return not self.tracebacks and not self.slow


def broken(dice: Random, count: int, folder: Path) -> Breaking:
    """So many shipped files, each with its own damage."""
    found, desk = Breaking(), Desk(folder / "desk")
    texts = {file: text.encode() for file, text in shipped().items()}
    weights = [LARGE if file.endswith(".po") else SMALL for file in texts]
    for number in range(1, count + 1):
        (file,) = dice.choices(list(texts), weights)
        body = damaged(texts[file], dice)
        reader: Desk | House = desk
        if number % WHOLE_CHECK == 0:
            reader = House(folder / f"house {number}")
        _read(found, reader, file, body, name=f"{file}, the {number}th")
    return found


def whole(files: Sequence[str], folder: Path) -> Breaking:
    """The largest files that can be, in place of these."""
    found, desk = Breaking(), Desk(folder)
    for number, body in enumerate(whole_files()):
        for file in files:
            _read(found, desk, file, body, name=f"{file}, whole file {number}")
    return found


def _read(
    found: Breaking, reader: Desk | House, file: str, body: bytes, *, name: str
) -> None:
    faulthandler.dump_traceback_later(STUCK, exit=True)
    begun = process_time()
    try:
        for problem in reader.check(file, body):
            problem.shown("en")
            problem.shown("nl")
    except Exception:  # whatever it is, it is counted
        found.tracebacks.append(f"{name}\n{traceback.format_exc()}")
    seconds = process_time() - begun
    faulthandler.cancel_dump_traceback_later()
    found.files += 1
    found.longest = max(found.longest, seconds)
    if seconds > LONGEST:
        found.slow.append(f"{name}: {seconds:.1f} s")
