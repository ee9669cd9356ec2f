"""What a page does in a terminal, done again in a folder with a copy of the content.

A page is followed from top to bottom. A block ```console holds lines “$ …” to run,
lines “> …” to type, and what comes back, with … for what may differ. A block ```diff
changes the file that it names; a block with `as` and a name is written to that file.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conftest import ROOT
from tests.handbook.commands import every_command, options_of
from tests.handbook.pages import blocks

OURS = ("drempel", ".venv/bin/drempel")
PROMPT = re.compile(r"^> ", re.MULTILINE)
COULD_DO_WITHOUT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Command:
    """One line that is run: what is typed into it, what it says, how it ends."""

    line: str
    typed: tuple[str, ...]
    says: str
    ends: int


@dataclass(frozen=True, slots=True)
class Terminal:
    """A folder in which the commands of one page are run."""

    folder: Path

    @classmethod
    def beside_copy(cls, folder: Path) -> "Terminal":
        """With one commit, as a volunteer has it."""
        for part in ("flows", "locales"):
            shutil.copytree(ROOT / part, folder / part)
        (folder / ".gitconfig").write_text(
            "[user]\n\tname = A volunteer\n\temail = volunteer@example.org\n"
        )
        terminal = cls(folder)
        terminal.git("init", "-q", "-b", "main")
        terminal.git("add", "flows", "locales")
        terminal.git("commit", "-q", "-m", "The content")
        return terminal

    def follow(self, page: Path) -> Iterator[tuple[Command, str, int]]:
        """Each command with what it really said and how it really ended."""
        for _, sort, marks, text in blocks(page, "console", "diff", "yaml", "text"):
            if sort == "diff":
                self.change(marks[0], text)
            elif sort == "console" and after("with", marks) in options():
                found = commands(text, int(after("exits", marks) or 0))
                yield from ((one, *self.run(one)) for one in found)
            elif "as" in marks:
                path = self.folder / after("as", marks)
                path.write_text(text, encoding="utf-8")

    def run(self, command: Command) -> tuple[str, int]:
        done = subprocess.run(
            started(shlex.split(command.line)),
            input="".join(f"{one}\n" for one in command.typed),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", cwd=self.folder, env=self.environment(), check=False,
        )  # fmt: skip
        return echoed(done.stdout, command.typed), done.returncode

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", *words], capture_output=True, text=True, check=True,
            cwd=self.folder, env=self.environment(),
        )  # fmt: skip
        return done.stdout

    def change(self, file: str, lines: str) -> None:
        """Lines with - go, lines with + come, the others stand around them."""
        old = "".join(one[1:] for one in lines.splitlines(True) if one[0] != "+")
        new = "".join(one[1:] for one in lines.splitlines(True) if one[0] != "-")
        path = self.folder / file
        words = path.read_text(encoding="utf-8")
        assert words.count(old) == 1, f"{file} has no (or more than one):\n{old}"
        path.write_text(words.replace(old, new), encoding="utf-8")

    def environment(self) -> Mapping[str, str]:
        """Nothing of the person who runs the tests."""
        home = str(self.folder)
        kept = {one: os.environ[one] for one in COULD_DO_WITHOUT if one in os.environ}
        return kept | {
            "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1",
            "HOME": home, "CONTENT": home, "DATABASE": f"{home}/drempel.db",
            "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "GIT_CONFIG_NOSYSTEM": "1",
        }  # fmt: skip


def after(mark: str, marks: Sequence[str]) -> str:
    """The word behind this mark: `exits 1`, `as flows/a.yaml`, `with --from`."""
    return marks[marks.index(mark) + 1] if mark in marks else ""


@cache
def options() -> frozenset[str]:
    """Every option that there is, and none."""
    found = (one for command in every_command().values() for one in options_of(command))
    return frozenset({"", *found})


def commands(text: str, ends: int) -> Iterator[Command]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, says = part.partition("\n")
        typed = re.findall(r"^> (.*)$", says, re.MULTILINE)
        yield Command(line, tuple(typed), says, ends)


def started(words: list[str]) -> list[str]:
    return [sys.executable, "-m", "bot", *words[1:]] if words[0] in OURS else words


def echoed(said: str, typed: Sequence[str]) -> str:
    """As it looks in a terminal, where what is typed stands behind the prompt."""
    lines = iter(typed)
    return PROMPT.sub(lambda _: f"> {next(lines, '')}\n", said)


def is_said(wanted: str, said: str) -> bool:
    """Whether it is what was said; a line “…” is any lines, else any characters."""
    lines = (one.rstrip() for one in wanted.rstrip().splitlines())
    parts = (
        r"(?:.*\n)*?" if one.strip() == "…" else rf"{_pattern(one)}\n" for one in lines
    )
    told = "".join(f"{one.rstrip()}\n" for one in said.rstrip().splitlines())
    return re.fullmatch("".join(parts), told) is not None


def _pattern(line: str) -> str:
    return ".*".join(map(re.escape, line.split("…")))
