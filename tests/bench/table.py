"""One line of the table: our figure, what stands beside it, the goal."""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rich import box
from rich.console import Console
from rich.table import Table

Unit = Literal["µs", "ms", "s", "/s", "MB", "bytes"]
Signs = Mapping[str, Callable[[float, float], bool]]
SIGNS: Final[Signs] = {"≤": operator.le, "≥": operator.ge}


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound for the ratio, or for our own figure."""

    sign: Literal["≤", "≥"]
    bound: float
    of_ratio: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """`ours` and `beside` were measured in the same run and have the same unit."""

    what: str
    ours: float
    unit: Unit
    beside: float | None = None
    beside_is: str = ""
    goal: Goal | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.beside if self.beside else None

    @property
    def met(self) -> bool | None:
        """None when there is no goal, or nothing to compare with."""
        if self.goal is None:
            return None
        figure = self.ratio if self.goal.of_ratio else self.ours
        return (
            None if figure is None else SIGNS[self.goal.sign](figure, self.goal.bound)
        )

    def cells(self) -> Sequence[str]:
        return (
            self.what,
            shown(self.ours, self.unit),
            "" if self.beside is None else shown(self.beside, self.unit),
            self.beside_is,
            "" if self.ratio is None else f"{self.ratio:.2f}×",
            self._goal(),
            {None: "", True: "yes", False: "NO"}[self.met],
        )

    def _goal(self) -> str:
        if self.goal is None:
            return ""
        if self.goal.of_ratio:
            return f"{self.goal.sign} {self.goal.bound:g}×"
        return f"{self.goal.sign} {shown(self.goal.bound, self.unit)}"


def shown(figure: float, unit: Unit) -> str:
    number = f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"
    return f"{number} {unit}"


def percentile(figures: Iterable[float], share: float) -> float:
    """The figure that this share of all does not exceed; `figures` is not empty."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def print_table(rows: Iterable[Row]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("what")
    for name in ("ours", "beside it"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("which is")
    for name in ("ratio", "goal", "met"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*row.cells())
    console = Console()
    # A file or a log has no width of its own: no figure may be cut there.
    Console(width=console.width if console.is_terminal else 140).print(table)
