"""The YAML examples of the handbook, put into copies of the shipped content.

All right ones stand in one copy. The wrong ones are spread over a few copies: two of
them in one copy must not stand in the same file, nor hide each other.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.checks import ALL as CHECKS
from bot.checks import run_checks
from bot.content.read_library import read_draft
from bot.content.read_promises import read_promises
from bot.content.read_scenarios import read_scenarios
from bot.content.typed.strict_yaml import plain, read
from bot.problems import Problem
from tests.conftest import ROOT
from tests.handbook.codes import code_of
from tests.handbook.pages import HANDBOOK, PAGES, blocks, name_of

LINES = "lines"
"""A piece of a file, only to be read as YAML."""

OURS = "ours"
"""It changes a flow of ours, whose ways must be as they are."""

FILES = {
    "flow": "flows/handbook_{}.yaml",
    "advice": "flows/advice/handbook_{}.yaml",
    "organisations": "flows/organisations/handbook_{}.yaml",
    "municipality": "flows/organisations/municipalities/handbook_{}.yaml",
    "scenarios": "flows/scenarios/handbook_{}.yaml",
    "promises": "flows/promises.yaml",
    "spellings": "flows/places/spellings.yaml",
    "deadlines": "flows/law/deadlines.yaml",
    "sources": "flows/law/sources.yaml",
    "calendar": "flows/law/calendar.yaml",
    "words": "flows/words.yaml",
    "plain_words": "flows/plain_words.yaml",
    "facts": "flows/start.yaml",
    "questions": "flows/{}.yaml",
}
"""Where an example belongs; one that belongs in a file of ours is added to it."""

DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
TODAY = date(2026, 12, 1)
ALONE = frozenset({"unused", "never-named", "untold-period", "late-help"})
"""What is true of most examples: nothing of ours uses them."""

OF_CHECKS = frozenset(map(code_of, CHECKS))


@dataclass(frozen=True, slots=True)
class Example:
    """A YAML block of a page. `marks` are the words behind ```yaml."""

    page: Path
    line: int
    marks: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{name_of(self.page)}:{self.line}"

    @property
    def sort(self) -> str:
        return self.marks[0] if self.marks else ""

    @property
    def wrong(self) -> str:
        """The code of what is wrong in it; "" for a right one."""
        return self.after("wrong")

    @property
    def round(self) -> str:
        """With whom it may stand together: a flow that does not read hides the rest."""
        if "alone" in self.marks:
            return str(self)
        if self.sort == "questions":
            return OURS
        is_read = "reading" not in self.marks
        if is_read and (self.wrong in OF_CHECKS or self.sort == "promises"):
            return "whole"
        return "draft"

    @property
    def file(self) -> str:
        inside = self.page.is_relative_to(HANDBOOK)
        short = self.page.relative_to(HANDBOOK) if inside else self.page.name
        stem = str(short).removesuffix(".md").replace("/", "_").replace("-", "_")
        return FILES[self.sort].format(self.after("of") or f"{stem}_{self.line}")

    @property
    def entries(self) -> dict[str, object]:
        found = parsed(self.text)
        return {"questions": found} if self.sort == "questions" else found

    def after(self, mark: str) -> str:
        """The word behind this mark, as in `of family` or `wrong limits`."""
        marks = (*self.marks, "")
        return marks[marks.index(mark) + 1] if mark in marks else ""


def examples(page: Path) -> Iterator[Example]:
    for line, _, marks, text in blocks(page, "yaml"):
        yield Example(page, line, tuple(marks), text)


EVERY = [example for page in PAGES for example in examples(page)]
PIECES = [one for one in EVERY if one.sort == LINES]
RIGHT = [one for one in EVERY if not one.wrong and one.sort in FILES]
WRONG = [one for one in EVERY if one.wrong and one.sort in FILES]


def parsed(text: str) -> dict[str, object]:
    """A file as keys and texts, read as strictly as any author's."""
    document = read(text, "example")
    assert document.root is not None
    assert document.problems == ()
    found = plain(document.root)
    assert isinstance(found, dict)
    return dict(found)


def merged(old: object, new: object) -> object:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return new
    return {**old, **{key: merged(old.get(key, {}), new[key]) for key in new}}


@dataclass(frozen=True, slots=True)
class Content:
    """A folder with the shipped flows and some examples."""

    folder: Path

    def add(self, *chosen: Example) -> "Content":
        by_file: dict[str, list[Example]] = {}
        for example in chosen:
            by_file.setdefault(example.file, []).append(example)
        for file, those in by_file.items():
            self._put(self.folder / file, those)
        flows = [one for one in chosen if one.sort == "flow" and one.round != "draft"]
        rights = [one for one in chosen if one.sort == "flow" and not one.wrong]
        self._lead_to({str(one.entries["flow"]) for one in (*flows, *rights)})
        return self

    def problems(self) -> tuple[Problem, ...]:
        draft, problems = read_draft(self.folder)
        whole = draft if draft and draft.machines else None
        promises = read_promises(self.folder, whole)[1] if whole else ()
        scenarios = read_scenarios(self.folder, [])[1]
        found = run_checks(draft, release=True, today=TODAY) if draft else ()
        return (*problems, *scenarios, *promises, *found)

    def _put(self, path: Path, those: list[Example]) -> None:
        """Into a file of ours, or as a new file, character for character."""
        if not path.exists():
            (only,) = those
            path.write_text(only.text, encoding="utf-8")
            return
        entries: object = parsed(path.read_text(encoding="utf-8"))
        for example in those:
            texts = entries.get("texts") if isinstance(entries, dict) else None
            if isinstance(texts, dict):
                texts.pop(example.after("without"), None)
            entries = merged(entries, example.entries)
        self._write(path, entries)

    def _lead_to(self, flows: set[str]) -> None:
        """Ways from the first question, so that the examples can be reached."""
        path = self.folder / "flows/start.yaml"
        start = parsed(path.read_text(encoding="utf-8"))
        questions = start["questions"]
        assert isinstance(questions, dict)
        # The day is looked at, so that no other way is shut off by these.
        ways = [{"if": "today >= 2020-01-01", "flow": one} for one in sorted(flows)]
        questions[start["start"]]["next"][:0] = ways
        self._write(path, start)

    def _write(self, path: Path, entries: object) -> None:
        body = yaml.dump(
            entries, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=9999
        )
        path.write_text(body, encoding="utf-8")


HOMES: list[tempfile.TemporaryDirectory[str]] = []
"""Each goes when the tests end."""


def copied(flows: Path) -> Content:
    home = tempfile.TemporaryDirectory(prefix="handbook-")
    HOMES.append(home)
    shutil.copytree(flows, Path(home.name) / "flows")
    return Content(Path(home.name))


@cache
def shipped() -> frozenset[tuple[str, str]]:
    """What is wrong with the shipped content itself: not the handbook's fault."""
    found = Content(ROOT).problems()
    return frozenset((one.code, one.message) for one in found)


@cache
def with_all() -> Content:
    """The shipped content with every right example."""
    return copied(ROOT / "flows").add(*RIGHT)


def with_those_of(page: Path) -> Content:
    """The shipped content with the right examples of one page."""
    return copied(ROOT / "flows").add(*(one for one in RIGHT if one.page == page))


@cache
def rounds() -> tuple[tuple[Example, ...], ...]:
    found: list[list[Example]] = []
    for example in WRONG:
        for one in found:
            taken = {each.file for each in one}
            if one[0].round == example.round and example.file not in taken:
                one.append(example)
                break
        else:
            found.append([example])
    return tuple(map(tuple, found))


@cache
def new_problems(chosen: tuple[Example, ...] = ()) -> tuple[Problem, ...]:
    """What these wrong ones bring, beside all right ones."""
    is_ours = chosen and chosen[0].round == OURS
    base = ROOT if is_ours else with_all().folder
    content = copied(base / "flows").add(*chosen) if chosen else with_all()
    fresh = (o for o in content.problems() if (o.code, o.message) not in shipped())
    return tuple(fresh)


def round_of(example: Example) -> tuple[Example, ...]:
    return next(one for one in rounds() if example in one)
