"""Flows of 200 questions beside the shipped content, to measure the engine with."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.content.read_library import read_library
from bot.library import Library

ROOT = Path(__file__).parents[2]
QUESTIONS, WIDE = 200, 10
ANSWERS = {
    "paid": "💶 Ik heb betaald",
    "partly": "🪙 Een deel betaald",
    "later": "📅 Ik betaal later",
    "cannot": "🚫 Ik kan niet betalen",
}


def shipped() -> Library:
    return _read(ROOT)


def branching(folder: Path, questions: int = QUESTIONS) -> Library:
    """Ten ways side by side that cross: a family meets one in ten of the questions."""
    names = [f"w{number:03}" for number in range(questions)]
    return _with_flow(folder, "wide", _crossing(names))


def straight(folder: Path) -> Library:
    """200 questions in a row: far longer than any family would answer."""
    names = [f"s{number:03}" for number in range(QUESTIONS)]
    ways = zip(names, [*names[1:], "advice"], strict=True)
    return _with_flow(folder, "straight", {name: [to] for name, to in ways})


def _crossing(names: list[str]) -> dict[str, list[str]]:
    ways: dict[str, list[str]] = {}
    for number, name in enumerate(names):
        below = number - number % WIDE + WIDE
        columns = [(number * 3 + step) % WIDE for step in range(len(ANSWERS))]
        last = below >= len(names)
        ways[name] = ["advice"] if last else [names[below + c] for c in columns]
    return ways


def _with_flow(folder: Path, flow: str, ways: dict[str, list[str]]) -> Library:
    place = folder / flow
    for part in ("flows", "locales"):
        shutil.copytree(ROOT / part, place / part)
    written = "\n".join(_flow(flow, ways))
    (place / "flows" / f"{flow}.yaml").write_text(written, encoding="utf-8")
    return replace(_read(place), start=flow)


def _flow(flow: str, ways: dict[str, list[str]]) -> Iterator[str]:
    yield f"flow: {flow}\ntitle: Proef\nstart: {next(iter(ways))}\nquestions:"
    for number, (name, to) in enumerate(ways.items(), start=1):
        yield f"  {name}:"
        yield f"    ask: Vraag {number}. Wat past bij uw brief over de huur?"
        yield "    why: Dan weten wij hoeveel tijd u heeft."
        yield "    kind: choice"
        yield "    answers:"
        yield from (f"      {id}: {label}" for id, label in ANSWERS.items())
        yield "    next:"
        for answer, next_one in zip(ANSWERS, to[:-1], strict=False):
            yield f"      - if: {name} == {answer}"
            yield f"        go: {next_one}"
        yield f"      - go: {to[-1]}"


def _read(folder: Path) -> Library:
    library, problems = read_library(folder)
    if library is None:
        raise ValueError("\n".join(map(str, problems)))
    return library
