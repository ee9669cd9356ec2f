"""A drawing as boxes and arrows: values, and nothing drawn yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.problems import Language, Severity

Sort = Literal["begin", "question", "flow", "advice", "again", "lost"]
"""`again` leads back to where the way came from, `lost` to what does not exist."""

BEGIN: Final = "begin"


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of each question, by id. `covered` None: nothing was played."""

    covered: frozenset[str] | None = None
    problems: Mapping[str, Severity] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()

    def worst(self, questions: Iterable[str]) -> Severity | None:
        found = {self.problems[one] for one in questions if one in self.problems}
        return "error" if "error" in found else "warning" if found else None


@dataclass(frozen=True, slots=True)
class Node:
    """One box: `name` is what authors call it, `tip` all that there is to say."""

    id: str
    sort: Sort
    words: str
    name: str = ""
    tip: str = ""
    covered: bool | None = None
    problem: Severity | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """`words` say when it is taken; the tip has the author's own notation."""

    source: str
    target: str
    words: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """Never with a circle: what would close one leads to a node `again`."""

    title: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    language: Language


def backward(following: Mapping[str, Iterable[str]]) -> frozenset[tuple[str, str]]:
    """The ways that lead back to a place on their own way, found depth first."""
    found = set[tuple[str, str]]()
    done = set[str]()
    for first in following:
        way: list[str] = []
        waiting = [(first, 0)]
        while waiting:
            name, depth = waiting.pop()
            done.update(way[depth:])
            del way[depth:]
            if name in done:
                continue
            way.append(name)
            for to in following.get(name, ()):
                if to in way:
                    found.add((name, to))
                else:
                    waiting.append((to, depth + 1))
        done.update(way)
    return frozenset(found)
