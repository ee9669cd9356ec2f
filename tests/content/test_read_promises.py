"""Promises are read as strictly as all else: each mistake with its line and a hint."""

from pathlib import Path

import pytest

from bot.content.read_promises import FILE, read_promises
from bot.library import Library
from bot.promises import Promised
from tests.conftest import ROOT

GOOD = """\
promises:
  - name: Wie weg moet, hoort van het loket
    if: eviction_planned and days_left <= 14
    expect: {urgency: now, organisations: [legal_desk], number_at_once: yes}
"""


def put(folder: Path, text: str) -> Path:
    path = folder / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_promise_is_read_with_its_place(tmp_path: Path, library: Library) -> None:
    (promise,), problems = read_promises(put(tmp_path, GOOD), library)
    assert problems == ()
    assert promise.expect == Promised(
        urgency="now", organisations=("legal_desk",), number_at_once=True
    )
    assert promise.condition.names == {"eviction_planned", "days_left"}
    assert (promise.place.file, promise.place.line) == (FILE, 2)


def test_without_a_file_nothing_is_promised(tmp_path: Path, library: Library) -> None:
    assert read_promises(tmp_path, library) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "said"),
    [
        ("legal_desk", "legal_dsk", 4, "no-such-organisation", "legal_desk"),
        ("urgency: now", "advice: [demnd]", 4, "no-such-card", "demand"),
        ("urgency: now", "deadlines: [apeal]", 4, "no-such-deadline", "appeal"),
        ("urgency: now", "urgency: nou", 4, "unknown-word", "now"),
        ("urgency:", "urgncy:", 4, "unknown-key", "urgency"),
        ("days_left", "days_lft", 3, "condition", "days_left"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_meant(
    tmp_path: Path,
    library: Library,
    old: str,
    new: str,
    line: int,
    code: str,
    said: str,
) -> None:
    _, problems = read_promises(put(tmp_path, GOOD.replace(old, new)), library)
    (problem,) = problems
    assert (problem.place.file, problem.place.line) == (FILE, line)
    assert problem.code == code
    assert f"Did you mean “{said}”?" in problem.message


def test_a_promise_of_nothing_and_a_double_name_are_told(
    tmp_path: Path, library: Library
) -> None:
    again = GOOD.removeprefix("promises:\n").replace("{urgency: now, ", "{")
    empty = again.replace("organisations: [legal_desk], number_at_once: yes", "")
    _, problems = read_promises(put(tmp_path, GOOD + empty), library)
    assert [one.code for one in problems] == ["double-id", "no-promise"]


def test_the_promises_that_ship_have_no_mistake(library: Library) -> None:
    promises, problems = read_promises(ROOT, library)
    assert problems == ()
    assert len({one.name for one in promises}) == len(promises) >= 12
