"""The picture as a file: it can be read, it has everything, nothing breaks it."""

import re
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drawing.flow_graph import flow_graph
from bot.drawing.graph import Arrow, Graph, Marks, Node
from bot.drawing.svg import svg
from bot.library import Library
from bot.problems import Language
from tests.drawing.test_flow_graph import FLOWS

SVG = "{http://www.w3.org/2000/svg}"
ODD = "<b>\"Huur\" & 'gas'</b> 🏠 ]]> <!-- 日本 \x0b\x00 end"


def made(words: str, **marks: object) -> Graph:
    """One question and one way on, both with these words."""
    nodes = Node("a", "question", words, "name", words), Node("b", "flow", words)
    return Graph(words, nodes, (Arrow("a", "b", words, words),), "nl")


def of_kind(picture: str, kind: str) -> list[Xml.Element]:
    return [
        one
        for one in Xml.fromstring(picture).iter(f"{SVG}g")
        if kind in one.get("class", "").split()
    ]


def title_of(group: Xml.Element) -> str:
    return group.findtext(f"{SVG}title") or ""


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("flow", FLOWS)
def test_every_shipped_flow_is_drawn_whole(
    library: Library, flow: str, language: Language
) -> None:
    graph = flow_graph(library, library.flows[flow], Marks(), language)
    picture = svg(graph)
    assert len(of_kind(picture, "node")) == len(graph.nodes)
    assert len(of_kind(picture, "arrow")) == len(graph.arrows)


def test_odd_words_stay_as_they_are() -> None:
    (question,) = of_kind(svg(made(ODD)), "question")
    shown = ODD.replace("\x0b", "").replace("\x00", "")
    assert title_of(question) == f"name\n{shown}"


@given(st.text(max_size=80))
def test_no_words_break_the_picture(words: str) -> None:
    assert len(of_kind(svg(made(words)), "node")) == 2


def test_each_box_can_be_read_in_full_in_its_tooltip(library: Library) -> None:
    picture = svg(flow_graph(library, library.flows["municipality"],
                             Marks(), "nl"))  # fmt: skip
    titles = "".join(map(title_of, of_kind(picture, "question")))
    assert library.questions["threat"].ask.nl in titles
    assert "– 🚨 Binnen een week (week)" in titles


def test_marks_are_signs_and_not_colours_alone() -> None:
    node = Node("a", "question", "Vraag?", "name", "", True, "warning", True)
    graph = Graph("Test", (node,), (), "nl")
    (group,) = of_kind(svg(graph), "node")
    assert group.get("class") == "node question played warning changed"
    assert "".join(group.itertext()).endswith("name  ✓ ⚠ ✎")


def test_the_legend_explains_what_occurs_and_nothing_else(library: Library) -> None:
    marks = Marks(frozenset({"sender"}), {"sender": "error"})
    picture = svg(flow_graph(library, library.flows["arrears"], marks, "nl"))
    said = ["".join(one.itertext()) for one in of_kind(picture, "key")]
    assert said == [
        "✓nagespeeld in een scenario",
        "○nog in geen scenario",
        "✖fout, zie check",
        "een andere flow",
    ]


def test_the_last_piece_of_an_arrow_has_a_length(library: Library) -> None:
    """Else its tip would point elsewhere."""
    picture = svg(flow_graph(library, library.flows["lease"], Marks(), "nl"))
    for group in of_kind(picture, "arrow"):
        *_, last = group.iter(f"{SVG}path")
        *_, before, end = re.findall(r"[\d.]+ [\d.]+", last.get("d", ""))
        assert before != end
