"""One wrong letter or sign is told once, at its own line, with the line as meant."""

import pytest

from bot.content.fit import fit
from bot.content.schema import FlowFile, ScenariosFile
from bot.content.typed.strict_yaml import read
from tests.conftest import ROOT

FLOW = """\
flow: arrears
title: Huurachterstand
start: letter

questions:
  letter:
    ask: Welke brief heeft u?
    # Wat staat erboven?
    kind: choice
    answers:
      summons:
        label: Dagvaarding
        words: [dagvaarding, gedagvaard]
      judgment: Vonnis
    next:
      - if: letter == summons
        flow: summons
      - flow: family

  money:
    ask: Hoeveel is het?
    kind: money
    limits: ["1", "900"]
"""


def told(old: str, new: str) -> list[tuple[int, str]]:
    assert old in FLOW
    document = read(FLOW.replace(old, new, 1), "flows/arrears.yaml")
    problems = fit(document, FlowFile).problems
    return [(one.place.line, one.message) for one in problems]


def mean(line: str) -> str:
    return f"This line cannot be read so. Did you mean: {line}"


@pytest.mark.parametrize(
    ("old", "new", "line", "meant"),
    [
        pytest.param("    kind: ch", "  g kind: ch", 9, "kind: choice", id="a letter"),
        pytest.param("    kind: ch", "    ]kind: ch", 9, "kind: choice", id="a sign"),
        pytest.param(
            "      - if: ", "   ,  - if: ", 16, "- if: letter == summons", id="before -"
        ),
        pytest.param(
            "- flow: family", "- flow :family", 18, "- flow: family", id="colon moved"
        ),
        pytest.param(
            "- flow: family", "- flo:w family", 18, "- flow: family", id="colon in key"
        ),
        pytest.param(
            "label: Dagvaarding",
            "label 📨 Dagvaarding",
            12,
            "label: 📨 Dagvaarding",
            id="before a picture",
        ),
        pytest.param("  letter:\n", "h letter:\n", 6, "letter:", id="at the margin"),
        pytest.param(
            "      judgment:",
            "    e judgment:",
            14,
            "judgment: Vonnis",
            id="lone letter",
        ),
        pytest.param(
            "    ask: Hoe", "    ask; Hoe", 21, "ask: Hoeveel is het?", id="semicolon"
        ),
        pytest.param(
            "label: Dag", "label :Dag", 12, "label: Dagvaarding", id="space and colon"
        ),
        pytest.param(
            "gedagvaard]",
            "gedagvaard",
            13,
            "words: [dagvaarding, gedagvaard]",
            id="bracket gone",
        ),
        pytest.param("    kind: money", "  # kind: money", 22, "kind: money", id="#"),
        pytest.param("flow: arr", "flow' arr", 1, "flow: arrears", id="first line"),
    ],
)
def test_a_slip_is_told_once_with_the_line_as_it_was(
    old: str, new: str, line: int, meant: str
) -> None:
    assert told(old, new) == [(line, mean(meant))]


def test_the_key_of_a_list_is_not_told_for_a_slip_in_the_list() -> None:
    file = "flows/scenarios/arrears.yaml"
    text = (ROOT / file).read_text(encoding="utf-8")
    lines = text.replace(
        "    expect: {crisis: child}", "  l  expect: {crisis: child}", 1
    )
    document = read(lines, file)
    (problem,) = fit(document, ScenariosFile).problems
    assert problem.place.source == "  l  expect: {crisis: child}"
    assert problem.message == mean("expect: {crisis: child}")


def test_a_line_that_moved_is_told_its_column() -> None:
    assert told("    ask: Hoeveel", "   ask: Hoeveel") == [
        (21, "Begin this line at column 5.")
    ]


def test_a_line_among_notes_has_lost_its_own_sign() -> None:
    text = FLOW.replace("flow: arrears", "# Huur.\n] Van de brief af.\nflow: arrears")
    problems = fit(read(text, "flows/arrears.yaml"), FlowFile).problems
    assert [one.message for one in problems] == [mean("# Van de brief af.")]


def test_two_slips_are_two_problems() -> None:
    text = FLOW.replace("    kind: choice", "  x kind: choice")
    text = text.replace("    kind: money", "  } kind: money")
    problems = fit(read(text, "flows/arrears.yaml"), FlowFile).problems
    assert [one.place.line for one in problems] == [9, 22]


def test_what_was_meant_can_be_read_on() -> None:
    document = read(FLOW.replace("    kind: ch", "  g kind: ch"), "flows/arrears.yaml")
    found = fit(document, FlowFile).found
    assert found is not None
    assert found.questions["letter"].kind == "choice"


def test_a_key_that_is_really_missing_is_told_as_before() -> None:
    (problem,) = told("    kind: money\n", "")
    assert problem == (20, "“money” lacks “kind”. Add a line “kind: …”.")


def test_a_file_without_mistakes_stays_as_it_is() -> None:
    document = read(FLOW, "flows/arrears.yaml")
    fitted = fit(document, FlowFile)
    assert (fitted.document, fitted.problems) == (document, ())
