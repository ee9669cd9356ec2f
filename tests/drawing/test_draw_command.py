"""`drempel draw` as a volunteer runs it."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from bot.drawing.marks import problems_of
from bot.library import Library
from bot.problems import Place, Problem
from tests.conftest import ROOT
from tests.test_architecture import command, loaded
from tests.test_cli import change, content, quiet, run

__all__ = ["content", "quiet"]

FINE, COULD_NOT_RUN = 0, 2


def run_alone(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "draw", *words],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


def test_a_flow_comes_out_as_a_picture() -> None:
    result = run_alone("door")
    assert (result.returncode, result.stderr) == (FINE, "")
    assert Xml.fromstring(result.stdout).tag == "{http://www.w3.org/2000/svg}svg"
    assert "✓" in result.stdout


def test_an_unknown_flow_is_answered_with_the_nearest_one() -> None:
    result = run_alone("arears")
    assert (result.returncode, result.stdout) == (COULD_NOT_RUN, "")
    assert result.stderr.startswith(
        "Er is geen flow “arears”. Bedoelt u “arrears”? Wel: arrears, auction_tenant,"
    )


def test_the_answer_is_english_when_asked() -> None:
    result = run("draw", "arears", "--lang", "en")
    assert result.exit_code == COULD_NOT_RUN
    assert "There is no flow “arears”. Did you mean “arrears”?" in result.output


def test_the_picture_goes_into_a_file(tmp_path: Path) -> None:
    path = tmp_path / "door.svg"
    result = run("draw", "door", "--svg", "--out", str(path))
    assert (result.exit_code, result.stdout.strip()) == (FINE, str(path))
    assert Xml.parse(path).getroot().tag.endswith("svg")


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    result = run("draw", "door", "--out", str(tmp_path / "nowhere" / "door.svg"))
    assert result.exit_code == COULD_NOT_RUN
    assert "nowhere" in result.output


def test_all_flows_are_drawn_when_none_is_named() -> None:
    result = run("draw", "--mermaid")
    assert result.exit_code == FINE
    assert "n_flow_start --> n_flow_arrears" in result.stdout


def test_content_with_errors_is_drawn_with_its_errors(content: Path) -> None:
    change(content, "arrears.yaml", "go: bailiff_letter", "go: bailif_letter")
    result = run("draw", "arrears", "--mermaid", content=content)
    assert result.exit_code == FINE
    assert "“bailif_letter” bestaat niet<br>✖" in result.stdout
    assert "sender ✖" in result.stdout


def test_content_that_cannot_be_read_at_all_is_told(content: Path) -> None:
    (content / "flows" / "words.yaml").write_text("[", encoding="utf-8")
    result = run("draw", "arrears", content=content)
    assert result.exit_code == COULD_NOT_RUN
    assert "flows/words.yaml:1" in result.output


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  sender:", {"sender": "warning"}, id="its name"),
        pytest.param("label: 🏠 Verhuurder", {"sender": "warning"}, id="a button"),
        pytest.param("go: letter_words", {"sender": "warning"}, id="its last line"),
        pytest.param("  landlord_letter:", {"landlord_letter": "warning"}, id="next"),
        pytest.param("title: Huurachterstand", {}, id="the title"),
        pytest.param("  rent_case: ", {}, id="a computed fact"),
    ],
)
def test_a_problem_belongs_to_the_question_it_stands_in(
    library: Library, text: str, expected: Mapping[str, str]
) -> None:
    lines = (ROOT / "flows/arrears.yaml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, one in enumerate(lines, 1) if text in one)
    problem = Problem(Place("flows/arrears.yaml", line), "x", "x", "warning")
    assert problems_of(library, [problem]) == expected


def test_an_error_counts_for_more_than_a_warning(library: Library) -> None:
    place = library.written_at["arrears.sender.ask"]
    found = [Problem(place, "x", "x", "error"), Problem(place, "x", "x", "warning")]
    assert problems_of(library, found) == {"sender": "error"}


def test_checking_never_loads_the_library_that_lays_out() -> None:
    assert "fast_sugiyama" not in loaded(command("check"))
