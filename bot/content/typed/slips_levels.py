"""At which column a key or a list item may begin, and how one that may not is moved."""

from bot.content.typed.page import DEEPEST
from bot.content.typed.signs import gap_end
from bot.content.typed.slips_lines import Level, Lines
from bot.problems import NOTHING, Told, told


class Levels(Lines):
    """The levels that are open above a line, and the place of the line among them."""

    def settle(self, column: int, *, is_list: bool) -> int | None:
        """The column at which the item or key begins, mended if it fits nowhere."""
        top = self.levels[-1] if self.levels else Level(-1, 0, is_list)
        opened = -1 if self.open is None else self.open
        inside = self.open is not None and column > opened
        if inside or (is_list and column == opened and not top.is_list):
            if len(self.levels) == DEEPEST:
                self.hopeless(column, "too-deep")
                return None
            self.levels.append(Level(column, self.row, is_list))
            return column
        dropped = None
        while top.column > column or (
            top.column == column and top.is_list and not is_list
        ):
            dropped = self.levels.pop()
            top = self.levels[-1] if self.levels else Level(-1, 0, is_list)
        if top.column == column and top.is_list == is_list:
            top.lines += 1
            return column
        known = [one for one in (dropped, top) if one and one.column >= 0]
        return self._misplaced(column, known, is_list=is_list)

    def _misplaced(
        self, column: int, near: list[Level], *, is_list: bool
    ) -> int | None:
        fitting = [one for one in near if one.is_list == is_list]
        if not fitting:
            beside = near[-1] if near else Level(0, 0, not is_list)
            self._mixed(column, beside, is_list=is_list)
            return None
        nearest = min(fitting, key=lambda one: abs(one.column - column))
        if nearest not in self.levels:
            self.levels.append(nearest)
        parent = self.parent_column(nearest)
        is_first = len(self.levels) == 1 and nearest.column > column
        is_first = is_first and not nearest.has_moved
        if is_first or self.is_off(nearest, column, self.width_below(), parent):
            self.moved(nearest, column)
            return column
        self.report(column, "indentation", _begin_at(column, fitting))
        self.line = " " * nearest.column + self.line[column:]
        nearest.lines += 1
        return nearest.column

    def _mixed(self, column: int, level: Level, *, is_list: bool) -> None:
        """Told once for the lines of a level."""
        if not level.is_mixed:
            line = level.row + 1
            item = told(
                "This is a list item, but line {line} begins keys. Move or mend it.",
                line=line,
            )
            key = told(
                "This is a key, but line {line} begins list items. Move or mend it.",
                line=line,
            )
            self.report(column, "indentation", item if is_list else key)
        level.is_mixed = True
        self.drop(column)

    def is_off(self, level: Level, column: int, below: int, parent: int) -> bool:
        """Whether the only line of a level stands wrong, not the one at `column`."""
        on_dash = any(one.row == level.row and one.is_list for one in self.levels)
        if level.lines > 1 or level.is_list or level.has_moved or on_dash:
            return False
        return below == column or (below != level.column and (column - parent) == 2)

    def moved(self, first: Level, column: int) -> None:
        """The line that began a level is moved to where the next ones stand."""
        message = told(
            "Begin this line at column {column}, as line {line}.",
            column=column + 1,
            line=self.row + 1,
        )
        if first.row not in self.page.rows_with_errors:
            self.page.report(first.row, first.column, "indentation", message)
        extra = first.column - column
        for row in range(first.row, self.row if extra > 0 else first.row + 1):
            line = self.lines[row]
            if gap_end(line) >= extra:
                self.lines[row] = line[extra:] if extra > 0 else " " * -extra + line
        first.column, first.has_moved = column, True
        self.running = None

    def parent_column(self, level: Level) -> int:
        above = [one.column for one in self.levels if one.column < level.column]
        return above[-1] if above else 0


def _begin_at(column: int, fitting: list[Level]) -> Told:
    where = [
        told(
            "column {column} (as line {line})", column=one.column + 1, line=one.row + 1
        )
        for one in fitting
    ]
    first, *others = where
    other = told(" or {where}", where=others[0]) if others else NOTHING
    return told(
        "This line begins at column {column}. Begin it at {where}{other}.",
        column=column + 1,
        where=first,
        other=other,
    )
