"""What the handbook says about a code that `check` printed, for in a terminal."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

HANDBOOK = Path(__file__).with_name("handbook")
CODE = re.compile(r"`([a-z0-9-]+)`")
SECTION = re.compile(r"^## (`.*)\n((?:(?!## |\[Alle).*\n)*)", re.MULTILINE)
BACK = re.compile(r"^\[Alle controles\]\(.*\)\n?", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
HEADING = re.compile(r"^#+ ")
ROW = re.compile(r"^\| (.+?) \| (.+) \|$")
LEFT_OUT = re.compile(r"^\| code \||^\|-|^\*\*(?:Fout|Goed)\*\*$")


@cache
def explanations() -> Mapping[str, str]:
    """Code → its page or its part of one, as Markdown; a page of its own wins."""
    shared = (
        (code, f"## {codes}\n{words}")
        for path in sorted((HANDBOOK / "mistakes").glob("*.md"))
        for codes, words in SECTION.findall(path.read_text(encoding="utf-8"))
        for code in CODE.findall(codes)
    )
    own = (
        (path.stem, path.read_text(encoding="utf-8"))
        for path in sorted((HANDBOOK / "checks").glob("*.md"))
    )
    return {**dict(shared), **dict(own)}


def overview() -> str:
    """Every code in a few words."""
    return for_terminal((HANDBOOK / "checks.md").read_text(encoding="utf-8"))


def for_terminal(page: str) -> str:
    """Markdown without the signs that only a browser needs."""
    shown = "\n".join(_lines(BACK.sub("", page))).strip()
    return re.sub(r"\n{3,}", "\n\n", shown)


def _lines(page: str) -> Iterator[str]:
    inside = False
    for line in page.splitlines():
        if line.startswith("```"):
            inside = not inside
            if inside and line.startswith("```yaml"):
                yield "Fout:" if " wrong " in line else "Goed:"
        elif inside:
            yield f"    {line}".rstrip()
        elif not LEFT_OUT.match(line):
            yield _plain(line)


def _plain(line: str) -> str:
    words = HEADING.sub("", LINK.sub(r"\1", line)).replace("**", "")
    return ROW.sub(r"  \1: \2", words)
