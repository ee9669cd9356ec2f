"""A drawing has every question and every way on, of every flow."""

from collections import Counter
from pathlib import Path

import pytest

from bot.drawing.flow_graph import flow_graph
from bot.drawing.graph import Graph, Marks, backward
from bot.drawing.house_graph import house_graph
from bot.library import Library
from bot.problems import Language
from tests.conftest import ROOT
from tests.drawing.made import with_flow

FLOWS = sorted(
    path.stem
    for path in (ROOT / "flows").glob("*.yaml")
    if path.read_text(encoding="utf-8").find("\nquestions:\n") > 0
)
CIRCLE = """\
flow: made
title: Rond
start: first
questions:
  first:
    ask: Eerst?
    kind: yes_no
    next:
      - if: first
        go: second
      - go: first
  second:
    ask: Dan?
    kind: yes_no
    next:
      - if: second
        go: first
      - go: frist
"""


def drawn(library: Library, flow: str, marks: Marks | None = None) -> Graph:
    return flow_graph(library, library.flows[flow], marks or Marks(), "nl")


@pytest.mark.parametrize("flow", FLOWS)
def test_each_question_stands_in_the_drawing_once(library: Library, flow: str) -> None:
    found = [one.name for one in drawn(library, flow).nodes if one.sort == "question"]
    assert sorted(found) == sorted(library.flows[flow].questions)


@pytest.mark.parametrize("flow", FLOWS)
def test_each_way_on_stands_in_the_drawing_once(library: Library, flow: str) -> None:
    graph = drawn(library, flow)
    to = {node.id: node.name for node in graph.nodes}
    found = Counter(
        (to[one.source], to[one.target] or "advice") for one in graph.arrows
    )
    written = Counter(
        (question.id, route.to)
        for question in library.flows[flow].questions.values()
        for route in question.routes
    )
    assert found == written + Counter({("", library.flows[flow].start): 1})


def test_all_flows_are_in_the_test(library: Library) -> None:
    assert sorted(library.flows) == FLOWS


def test_a_way_out_stands_beside_its_own_question(library: Library) -> None:
    graph = drawn(library, "arrears")
    ways = [one.target for one in graph.arrows if one.target.startswith("flow_")]
    assert len(set(ways)) == len(ways) == 15


def test_what_leads_back_or_nowhere_is_an_error_of_its_own(tmp_path: Path) -> None:
    graph = drawn(with_flow(tmp_path, CIRCLE), "made")
    found = [(one.sort, one.words) for one in graph.nodes if one.problem == "error"]
    assert found == [
        ("again", "terug naar “first”"),
        ("again", "terug naar “first”"),
        ("lost", "“frist” bestaat niet"),
    ]


def test_a_question_carries_its_marks(library: Library) -> None:
    marks = Marks(frozenset({"sender"}), {"sender": "error"}, frozenset({"sender"}))
    found = {one.name: one for one in drawn(library, "arrears", marks).nodes}
    sender, other = found["sender"], found["court_letter"]
    assert (sender.covered, sender.problem, sender.changed) == (True, "error", True)
    assert (other.covered, other.problem, other.changed) == (False, None, False)


def test_the_tooltip_of_an_arrow_has_the_notation_and_its_facts(
    library: Library,
) -> None:
    tips = [one.tip for one in drawn(library, "family").arrows]
    assert f"if: asks_reported\nasks_reported: {source(library)}" in tips


def source(library: Library) -> str:
    return library.derived["asks_reported"].source


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_house_has_each_flow_once(library: Library, language: Language) -> None:
    graph = house_graph(library, Marks(), language)
    found = [one.id for one in graph.nodes if one.sort == "flow"]
    assert found == [f"flow_{name}" for name in library.flows]
    pairs = [(one.source, one.target) for one in graph.arrows]
    assert len(set(pairs)) == len(pairs)
    assert ("flow_arrears", "flow_summons") in pairs
    assert ("flow_family", "advice") in pairs


def test_a_flow_is_played_when_all_its_questions_are(library: Library) -> None:
    marks = Marks(frozenset(library.flows["door"].questions), {"door_why": "warning"})
    found = {one.id: one for one in house_graph(library, marks, "nl").nodes}
    assert (found["flow_door"].covered, found["flow_door"].problem) == (True, "warning")
    assert (found["flow_arrears"].covered, found["flow_arrears"].problem) == (
        False,
        None,
    )


def test_flows_that_run_in_a_circle_or_nowhere_are_errors(tmp_path: Path) -> None:
    flow = CIRCLE.replace("- go: first", "- flow: made").replace(
        "go: frist", "flow: no"
    )
    graph = house_graph(with_flow(tmp_path, flow), Marks(), "nl")
    found = [one.words for one in graph.nodes if one.sort in ("again", "lost")]
    assert found == ["terug naar “made”", "“no” bestaat niet"]


def test_a_circle_is_found_where_it_closes() -> None:
    ways = {"a": ["b", "c"], "b": ["d"], "c": ["d", "a"], "d": ["b"], "e": ["e"]}
    found = backward(ways)
    assert ("c", "a") in found
    assert ("e", "e") in found
    assert len(found & {("b", "d"), ("d", "b")}) == 1
    assert len(found) == 3
