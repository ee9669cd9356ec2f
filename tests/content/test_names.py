"""A slip in a name is told once, where the name stands, and not at every use."""

import shutil
from pathlib import Path

import pytest

from bot.authoring.checking import checked
from bot.problems import Problem
from bot.settings import Settings
from tests.conftest import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("flows", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def slip(folder: Path, file: str, old: str, new: str) -> tuple[int, list[Problem]]:
    """The line of the slip, and all that is told of it."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    line = text.count("\n", 0, text.index(old)) + 1
    return line, list(checked(Settings(content=folder), release=False))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("municipality.yaml", "complained_on:", "complaind_on:", id="date"),
        pytest.param("registration.yaml", "other_town:", "othre_town:", id="answer"),
        pytest.param("family.yaml", "asks_landlord:", "asks_lanlord:", id="fact"),
        pytest.param("words.yaml", "  ticked:", "  tikced:", id="text"),
        pytest.param("start.yaml", "flow: start", "flow: strat", id="flow"),
        pytest.param("law/deadlines.yaml", "  first_talk:", "  frst_talk:", id="rule"),
    ],
)
def test_a_name_is_told_where_it_stands(
    folder: Path, file: str, old: str, new: str
) -> None:
    line, problems = slip(folder, f"flows/{file}", old, new)
    (problem,) = problems
    assert (problem.place.file, problem.place.line) == (f"flows/{file}", line)
    assert f"Did you mean “{old.split(': ')[-1].strip(' :')}”?" in problem.message


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        pytest.param(
            *(
                "registration.yaml",
                "flow: reg",
                "flow :reg",
                "mean: flow: registration",
            ),
            id="in a sign of its line",
        ),
        pytest.param(
            *("law/sources.yaml", "\n  Wmo 2015 art. 2.3.2 lid 1:"),
            *("\n  tmo 2015 art. 2.3.2 lid 1:", "mean “Wmo 2015 art. 2.3.2 lid 1”?"),
            id="in a source that is used once",
        ),
    ],
)
def test_a_slip_at_a_name_is_told_once(
    folder: Path, file: str, old: str, new: str, says: str
) -> None:
    _, (problem,) = slip(folder, f"flows/{file}", old, new)
    assert says in problem.message


def test_a_slip_where_a_name_is_used_is_told_there(folder: Path) -> None:
    old, new = "go: complained_on", "go: complaned_on"
    line, problems = slip(folder, "flows/municipality.yaml", old, new)
    assert [(one.place.line, one.code) for one in problems] == [
        (line, "no-such-question")
    ]


def test_names_in_a_scenario_must_stand_somewhere(folder: Path) -> None:
    old, new = "      advice: [reminder]\n", "      advice: [remidner]\n"
    path = folder / "flows/scenarios/arrears.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (problem,) = checked(Settings(content=folder), release=False)
    assert (problem.code, problem.place.source) == ("no-such-card", new.rstrip("\n"))
    assert "Did you mean “reminder”?" in problem.message


def test_a_new_name_is_no_slip_of_a_unit_of_time(folder: Path) -> None:
    path = folder / "flows/start.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("facts:\n", "facts:\n  mont: situation == arrears\n", 1)
    path.write_text(text, encoding="utf-8")
    assert checked(Settings(content=folder), release=False) == ()


def test_a_slip_in_the_municipalities_is_not_told_of_organisations(
    folder: Path,
) -> None:
    file = "flows/places/municipalities.csv"
    line, problems = slip(folder, file, "GM0150,Deventer", "GM0150.,Deventer")
    assert [(one.place.file, one.place.line) for one in problems] == [(file, line)]
