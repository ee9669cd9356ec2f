"""`drempel check` on 200 questions in eight languages, beside plainly parsing them."""

import io
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import yaml
from babel.messages.pofile import read_po

from bot.checks import run_checks
from bot.content.read_library import read_draft
from bot.library import Library
from tests.bench import flows
from tests.bench.table import Goal, Row

OTHERS = ("de", "es", "fr", "pl", "tr", "uk")
"""Spoken in the words of the English catalogue: with Dutch and English, eight."""

PASSES = 3
SECOND = Goal("≤", 1, of_ratio=False)
START = "    next:\n"
WAY = "      - if: today >= 2020-01-01\n        flow: wide\n"


def rows(folder: Path) -> Iterator[Row]:
    place = eight_languages(folder)
    fresh = get_context("spawn")  # who has read a file once does not read it again
    with ProcessPoolExecutor(1, fresh, max_tasks_per_child=1) as processes:
        passes = list(processes.map(seconds, [place] * PASSES))
    parsing, reading, checking = map(min, zip(*passes, strict=True))
    beside = "PyYAML and Babel alone"
    what = "200 questions in 8 languages"
    yield Row(f"all checks, {what}", checking, "s", parsing, beside, SECOND)
    yield Row(f"reading, {what}", reading, "s", parsing, beside)
    both = reading + checking
    yield Row(f"reading and all checks, {what}", both, "s", parsing, beside, SECOND)


def eight_languages(folder: Path) -> Path:
    """The shipped flows, and a way from their first question to more: 200 in all."""
    missing = flows.QUESTIONS - len(flows.shipped().questions)
    flows.branching(folder, questions=missing + -missing % flows.WIDE)
    place = folder / "wide"
    start = place / "flows" / "start.yaml"
    text = start.read_text(encoding="utf-8")
    start.write_text(text.replace(START, START + WAY, 1), encoding="utf-8")
    for language in OTHERS:
        shutil.copytree(place / "locales" / "en", place / "locales" / language)
    return place


def read(place: Path) -> Library:
    library, _ = read_draft(place)
    if library is None or not library.machines:
        raise ValueError(place)
    return library


def parsed(place: Path) -> None:
    """As little as any program would do with these files."""
    for path in sorted((place / "flows").rglob("*.yaml")):
        yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    for path in sorted((place / "locales").rglob("*.po")):
        read_po(io.BytesIO(path.read_bytes()))


def seconds(place: Path) -> tuple[float, float, float]:
    """Of CPU: to parse the files, to read them for the first time, to check them."""
    begun = time.process_time()
    parsed(place)
    known = time.process_time()
    library = read(place)
    complete = time.process_time()
    list(run_checks(library, release=False))
    return known - begun, complete - known, time.process_time() - complete
