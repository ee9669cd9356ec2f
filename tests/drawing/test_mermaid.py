"""The text for GitHub says the same as the picture, and no words break it."""

import re

import pytest

from bot.drawing.flow_graph import flow_graph
from bot.drawing.graph import Arrow, Graph, Marks, Node
from bot.drawing.house_graph import house_graph
from bot.drawing.mermaid import mermaid
from bot.library import Library
from tests.drawing.test_flow_graph import FLOWS

NODE = re.compile(r'^  (n_\w+)(?:\(\[|\[\[|\{\{|\(|\[)"[^"]*"(?:\]\)|\]\]|\}\}|\)|\])$')
ARROW = re.compile(r'^  (n_\w+) -->(?:\|"[^"]+"\|)? (n_\w+)$')
OTHER = re.compile(r"^flowchart TD$|^  (?:accTitle: |classDef \w+ |class [\w,]+ |%% )")


def read(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The boxes and the arrows; every line is one of those that Mermaid knows."""
    lines = text.splitlines()
    assert [one for one in lines if not any(
        form.match(one) for form in (NODE, ARROW, OTHER))] == []  # fmt: skip
    boxes = [found[1] for line in lines if (found := NODE.match(line))]
    arrows = [(found[1], found[2]) for line in lines if (found := ARROW.match(line))]
    return boxes, arrows


def same(graph: Graph) -> bool:
    boxes, arrows = read(mermaid(graph))
    return boxes == [f"n_{one.id}" for one in graph.nodes] and arrows == [
        (f"n_{one.source}", f"n_{one.target}") for one in graph.arrows
    ]


@pytest.mark.parametrize("flow", FLOWS)
def test_it_has_the_boxes_and_arrows_of_the_picture(
    library: Library, flow: str
) -> None:
    assert same(flow_graph(library, library.flows[flow], Marks(), "nl"))


def test_it_has_all_flows(library: Library) -> None:
    assert same(house_graph(library, Marks(), "en"))


def test_what_mermaid_would_read_as_markup_is_written_as_numbers() -> None:
    odd = 'een "a" <b> & #35; `c` | {d} [e] %% \\ 🏠'
    node = Node("end", "question", odd, "end", covered=False)
    graph = Graph(odd, (node,), (Arrow("end", "end", odd),), "nl")
    text = mermaid(graph)
    read(text)
    assert (
        'een #34;a#34; #60;b#62; #38; #35;35; #96;c#96; #124; #123;d#125; #91;e#93;'
        " #37;#37; #92; 🏠<br>end ○"
    ) in text  # fmt: skip


def test_marks_are_classes_and_signs(library: Library) -> None:
    marks = Marks(frozenset({"sender"}), {"sender": "warning"}, frozenset({"sender"}))
    lines = mermaid(
        flow_graph(library, library.flows["arrears"], marks, "nl")
    ).splitlines()
    for name in ("played", "warning", "changed"):
        assert f"  class n_q_sender {name}" in lines
    assert any(line.endswith('<br>sender ✓ ⚠ ✎")') for line in lines)
