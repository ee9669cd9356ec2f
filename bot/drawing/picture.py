"""What `drempel draw` shows: one flow or all, as a picture or as text for GitHub."""

from bot.drawing.flow_graph import flow_graph
from bot.drawing.graph import Marks
from bot.drawing.house_graph import house_graph
from bot.drawing.mermaid import mermaid as as_mermaid
from bot.drawing.svg import svg
from bot.library import Library
from bot.problems import Language


def picture(
    library: Library, flow: str, marks: Marks, language: Language, *, mermaid: bool
) -> str:
    """No flow named: all of them together."""
    if flow:
        graph = flow_graph(library, library.flows[flow], marks, language)
    else:
        graph = house_graph(library, marks, language)
    return as_mermaid(graph) if mermaid else svg(graph)
