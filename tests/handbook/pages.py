"""The pages of the handbook, and what stands in them."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

HANDBOOK = ROOT / "bot" / "handbook"
BOOK = sorted(HANDBOOK.rglob("*.md"))
PAGES = [
    *BOOK,
    *(ROOT / name for name in ("README.md", "CHANGELOG.md")),
    *(ROOT / name / "README.md" for name in ("flows", "locales")),
]
BLOCK = re.compile(r"^```(\w+) *(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAME = re.compile(r"`(\w+)`")
ROW = re.compile(r"^\| `([^`]+)` \| (.*?) \|$", re.MULTILINE)


def page(name: str) -> str:
    return (HANDBOOK / name).read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, *sorts: str) -> Iterator[tuple[int, str, list[str], str]]:
    """Each block of these sorts: its line, its sort, the words behind it, its text."""
    words = path.read_text(encoding="utf-8")
    for found in BLOCK.finditer(words):
        if found[1] in sorts:
            line = words.count("\n", 0, found.start()) + 1
            yield line, found[1], found[2].split(), found[3]


def links(path: Path) -> set[Path]:
    """The files that this page leads to."""
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    own = (one.partition("#")[0] for one in targets if "://" not in one)
    return {(path.parent / one).resolve() for one in own if one}
