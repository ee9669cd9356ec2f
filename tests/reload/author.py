"""A volunteer with a heavy hand: writes good content, and spoils it."""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import sleep

from bot.content.watch import READ
from tests.sample import lay_out

PETS = ("pets", "animals", "beasts")
ASKED = ("Heeft u een huisdier?", "Heeft u een dier in huis?", "Woont er een dier?")
NAMES = {"animals": "pets", "beasts": "pets", "natural": "gas", "chill": "cold"}
"""Each name a question or an answer may have, and what it is called at first."""

NO_PETS = re.compile(r"  pets:\n    ask: .*\n    short: Huisdier\n    kind: yes_no\n\n")
CHIMNEY = re.compile(r"    notes:\n      - if: known chimney\n        say: .*\n")
ALONE = """start: alone

questions:
  alone:
    ask: Woont u alleen?
    short: Alleen
    kind: yes_no
    next: heating
"""
ENGLISH = """\
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgctxt "start.heating.ask"
msgid "Waarmee verwarmt u uw huis?"
msgstr "How do you heat your home?"
"""
START, ADVICE, STOVE = "start.yaml", "advice/sample.yaml", "stove.yaml"
HALF_SAVED = 0.03
FOLDER = "a folder in its place"


def first_names(words: str) -> str:
    """The ids in it by their first names."""
    return " ".join(NAMES.get(word, word) for word in words.split())


@dataclass(frozen=True, slots=True)
class Variant:
    """One good content. `pets`: what that question is called, or that it is gone."""

    pets: str = "pets"
    gas: str = "gas"
    cold: str = "cold"
    alone: bool = False
    stove: bool = True
    asked: str = ASKED[0]

    @classmethod
    def drawn(cls, dice: Random) -> "Variant":
        return cls(
            dice.choice((*PETS, "")),
            dice.choice(("gas", "natural")),
            dice.choice(("cold", "chill")),
            alone=dice.random() < 0.5,
            stove=dice.random() < 0.7,
            asked=dice.choice(ASKED),
        )

    @property
    def gone(self) -> frozenset[str]:
        """Questions that it does not have, by their first names."""
        there = {"pets": self.pets, "chimney": self.stove, "alone": self.alone}
        return frozenset(name for name, is_there in there.items() if not is_there)

    def written(self, first: Mapping[str, str]) -> Mapping[str, str]:
        """The files that differ, from what stands in them at first."""
        start, advice = first[START], first[ADVICE]
        if not self.stove:
            start = start.replace("flow: stove", "go: broken")
            advice = CHIMNEY.sub("", advice)
        if not self.pets:
            start = NO_PETS.sub("", start).replace("next: pets", "next: rooms")
            advice = advice.replace(" and pets == no", "")
        start = start.replace("      gas:", f"      {self.gas}:")
        start = start.replace("      cold:", f"      {self.cold}:")
        start = start.replace(ASKED[0], self.asked)
        if self.alone:
            start = start.replace("start: heating\n\nquestions:\n", f"{ALONE}\n")
        start = f"{start[: start.index('renamed:')]}{self._renamed()}"
        if self.pets:
            start = re.sub(r"\bpets:(?=\n)", f"{self.pets}:", start)
            start = start.replace("next: pets", f"next: {self.pets}")
            advice = re.sub(r"\bpets\b", self.pets, advice)
        found = {START: start, ADVICE: advice}
        return found | ({STOVE: first[STOVE]} if self.stove else {})

    def _renamed(self) -> str:
        gas = "natural" if self.gas == "gas" else "gas"
        cold = "chill" if self.cold == "cold" else "cold"
        questions = ["fuel: heating", "defects: broken"]
        if self.pets:
            questions += [f"{old}: {self.pets}" for old in PETS if old != self.pets]
        answers = [
            f"heating.lpg: {self.gas}",
            f"heating.{gas}: {self.gas}",
            f"broken.{cold}: {self.cold}",
        ]
        rows = [("  questions:", questions), ("  answers:", answers)]
        lines = [
            line for head, own in rows for line in (head, *(f"    {o}" for o in own))
        ]
        return "\n".join(["renamed:", *lines, ""])


class Author:
    """Everything it writes lies in `folder`, which holds flows/ and locales/."""

    def __init__(self, folder: Path, dice: Random) -> None:
        self.folder = folder
        self.variant = Variant()
        self._dice = dice
        folder.mkdir()
        lay_out(folder)
        # Reading these takes half of the time, and no family here lives anywhere else.
        shutil.rmtree(folder / "flows" / "organisations" / "municipalities")
        english = folder / "locales" / "en" / "LC_MESSAGES" / "drempel.po"
        english.parent.mkdir(parents=True)
        english.write_text(ENGLISH, encoding="utf-8")
        self._first = {
            name: self._path(name).read_text(encoding="utf-8")
            for name in (START, ADVICE, STOVE)
        }
        self._good = self._on_disk()

    def swaps(self) -> None:
        """Other good content; each file is saved whole, or in two parts."""
        before = self.variant.written(self._first)
        while self.variant.written(self._first) == before:
            self.variant = Variant.drawn(self._dice)
        for name in (START, ADVICE, STOVE):
            self._good.pop(self._path(name), None)
        written = self.variant.written(self._first)
        self._good |= {self._path(one): text.encode() for one, text in written.items()}
        self._mend()

    def _mend(self) -> None:
        """What is on the disk becomes what is good."""
        for path in self._on_disk().keys() - self._good.keys():
            path.unlink()
        for folder in self.folder.rglob("*.*"):
            if folder.is_dir():
                folder.rmdir()
        for path, body in self._good.items():
            if not path.is_file() or path.read_bytes() != body:
                self._save(path, body)

    def _save(self, path: Path, body: bytes) -> None:
        if self._dice.random() < 0.3:
            path.write_bytes(body[: self._dice.randrange(len(body))])
            sleep(self._dice.uniform(0, HALF_SAVED))
        if self._dice.random() < 0.5:
            beside = path.with_suffix(".new")
            beside.write_bytes(body)
            beside.replace(path)
            return
        path.write_bytes(body)

    def spoils(self) -> str:
        """One more file is no longer what it was; how it was spoiled."""
        name = self._dice.choice([*SPOILED])
        sound = [path for path, body in self._on_disk().items() if self._is(path, body)]
        own = [path for path in sound if path.name in ("start.yaml", "sample.yaml")]
        path = self._dice.choice([*sound, *own * 6])
        good = self._good[path]
        body: bytes | None = good
        while body == good:
            body = SPOILED[name](good, self._dice)
        if body is not None:
            path.write_bytes(body)
            return name
        path.unlink()
        if name == FOLDER:
            path.mkdir()
        return name

    def _is(self, path: Path, body: bytes) -> bool:
        return self._good.get(path) == body

    def _path(self, name: str) -> Path:
        return self.folder / "flows" / name

    def _on_disk(self) -> dict[Path, bytes]:
        tops = (self.folder / "flows", self.folder / "locales")
        every = (path for top in tops for path in sorted(top.rglob("*.*")))
        read = (path for path in every if path.suffix in READ and path.is_file())
        return {path: path.read_bytes() for path in read}


def _flipped(body: bytes, dice: Random) -> bytes:
    place = dice.randrange(len(body))
    return body[:place] + bytes([dice.randrange(256)]) + body[place + 1 :]


def _cut(body: bytes, dice: Random) -> bytes:
    return body[: dice.randrange(len(body))]


def _lines_swapped(body: bytes, dice: Random) -> bytes:
    lines = body.splitlines(keepends=True)
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _line_lost(body: bytes, dice: Random) -> bytes:
    lines = body.splitlines(keepends=True)
    del lines[dice.randrange(len(lines))]
    return b"".join(lines)


def _line_twice(body: bytes, dice: Random) -> bytes:
    lines = body.splitlines(keepends=True)
    place = dice.randrange(len(lines))
    return b"".join([*lines[:place], lines[place], *lines[place:]])


def _word_changed(body: bytes, dice: Random) -> bytes:
    """A name that is changed at one of its places only."""
    words = [*re.finditer(rb"[a-z_]{3,}", body)]
    chosen = dice.choice(words)
    return body[: chosen.start()] + b"renamed_here" + body[chosen.end() :]


SPOILED: Mapping[str, Callable[[bytes, Random], bytes | None]] = {
    "a byte changed": _flipped,
    "cut off": _cut,
    "lines swapped": _lines_swapped,
    "a line lost": _line_lost,
    "a line twice": _line_twice,
    "a name changed": _word_changed,
    "emptied": lambda body, dice: b"",
    "gone": lambda body, dice: None,
    FOLDER: lambda body, dice: None,
}
