"""Tables with objectives, tasks and activities side by side: which item a detail belongs to follows from the rows that
its cell reaches over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qmsplan.importing.cells import Extras, fill_cell
from qmsplan.importing.columns import ChosenColumn
from qmsplan.importing.grids import GridCell, GridRow
from qmsplan.importing.lines import TextLine
from qmsplan.importing.making import Branch, Making, numbered, put


class _Reach(NamedTuple):
    """An item, the list it stands in, and the rows that its cell reaches over."""

    item: Branch
    level: str
    start: int
    end: int


_INHERITED = frozenset({"lead", "support", "deadline"})
"""Details that hold for the activities below too, so that they may stand with the objective."""
_LEVELS = ("objective", "task", "activities")


def side_by_side(rows: Sequence[GridRow], columns: Sequence[ChosenColumn], making: Making, branch: Branch) -> None:
    """Reads the rows of such a table into a branch."""
    _Sides(rows, columns, making, branch).read()


class _Sides:
    def __init__(
        self, rows: Sequence[GridRow], columns: Sequence[ChosenColumn], making: Making, branch: Branch
    ) -> None:
        self.rows, self.columns, self.making, self.branch = rows, columns, making, branch
        self.by_field = {column.field: column for column in columns}
        self.holder = branch
        self.reach: list[_Reach] = []
        self.objective: _Reach | None = None
        self.task: _Reach | None = None
        self.is_shared = False
        """True where several tasks of an objective stand in one cell, so that the activities beside are the
        objective's."""
        self.parted: set[str] = set()
        """Columns with several cells beside one objective: what stands in them is said of the activities."""
        self.extras = Extras({}, frozenset(self.by_field))

    def read(self) -> None:
        width = max((column.heading.column + column.heading.width for column in self.columns), default=1)
        for at, row in enumerate(self.rows):
            filled = row.filled
            if self._is_group(row, filled, width):
                self._open_group(filled)
                continue
            beside = self._cell(row, "group")
            if beside is not None and beside.lines:
                self._open_group([beside])
            if filled:
                self._items(at, row)
        details = [
            (at, cell, column)
            for at, row in enumerate(self.rows)
            if not self._is_group(row, row.filled, width)
            for column in self.columns
            if (cell := column.heading.cell(row)) is not None
            if cell.lines and column.field not in {*_LEVELS, "number", "group"}
        ]
        self.parted = {column.field for at, cell, column in details if self._is_part(at, at + cell.height)}
        for at, cell, column in details:
            self._detail(at, cell, column)
        self.branch["extras"] = {"also": self.extras.also}

    def _is_group(self, row: GridRow, filled: Sequence[GridCell], width: int) -> bool:
        if row.above or not filled or len(filled) > 2:
            return False
        return filled[-1].width * 2 > width and all(len(cell.text) < 8 for cell in filled[:-1])

    def _open_group(self, filled: Sequence[GridCell]) -> None:
        lines = filled[-1].lines
        number = filled[0].text if len(filled) > 1 else ""
        if not number:
            number, rest = numbered(lines[0])
            lines = [rest, *lines[1:]]
        group: Branch = {"number": number} if number else {}
        put(group, "text", lines)
        self.branch.setdefault("groups", []).append(group)
        self.holder, self.objective, self.task = group, None, None

    def _items(self, at: int, row: GridRow) -> None:
        cell = self._cell(row, "objective")
        number = self._cell(row, "number")
        if cell is not None and (cell.lines or (number and number.lines)):
            item: Branch = {"number": number.text} if number and number.lines else {}
            put(item, "text", cell.lines)
            self.holder.setdefault("objectives", []).append(item)
            self.objective = _Reach(item, "objectives", at, at + max(cell.height, number.height if number else 1))
            self.reach.append(self.objective)
            self.task, self.is_shared = None, False
        elif cell is not None and not cell.lines and self.objective and at >= self.objective.end:
            self.objective = None
        cell = self._cell(row, "task")
        if cell is not None and cell.lines:
            holder = self.objective.item if self.objective else self.holder
            tasks = _labelled(cell.lines)
            is_whole = self.objective is not None and at + cell.height >= self.objective.end
            self.is_shared = is_whole and len(tasks) > 1 and self.objective is not None and at == self.objective.start
            for item in tasks:
                if number and number.lines and "objective" not in self.by_field and "number" not in item:
                    item["number"] = number.text
                holder.setdefault("tasks", []).append(item)
                self.task = _Reach(item, "tasks", at, at + cell.height)
                self.reach.append(self.task)
        elif cell is not None and self.task and at >= self.task.end:
            self.task = None
        cell = self._cell(row, "activities")
        if cell is not None and cell.lines:
            owner = self.objective if self.is_shared else self.task or self.objective
            holder = owner.item if owner else self.holder
            for item in _labelled(cell.lines):
                holder.setdefault("activities", []).append(item)
                self.reach.append(_Reach(item, "activities", at, at + cell.height))

    def _cell(self, row: GridRow, field: str) -> GridCell | None:
        column = self.by_field.get(field)
        return column.heading.cell(row) if column else None

    def _is_part(self, start: int, end: int) -> bool:
        """Whether rows are some of those of an objective, but not all."""
        return any(
            reach.start <= start and end <= reach.end and (start, end) != (reach.start, reach.end)
            for reach in _of(self.reach, "objectives")
        )

    def _detail(self, at: int, cell: GridCell, column: ChosenColumn) -> None:
        """Gives a detail to the item whose rows are those of its cell."""
        end = at + cell.height
        inside = [reach for reach in self.reach if reach.start >= at and reach.end <= end]
        around = [reach for reach in self.reach if reach.start <= at and end <= reach.end]
        same = [reach for reach in inside if (reach.start, reach.end) == (at, end)]
        tasks, wider = _of(same, "tasks"), _of(same, "objectives")[:1]
        owners = wider if len(tasks) > 1 and wider else tasks[-1:] or wider
        alone = _of(same, "activities")
        if not tasks and len(alone) == 1 and column.field in self.parted - _INHERITED:
            owners = alone
        objective = next(iter(_of(around, "objectives")), None)
        if not owners and objective is not None and at == objective.start and end >= objective.end:
            owners = [objective]
        owners = owners or _of(inside, "tasks")
        if not owners:
            first = [reach for reach in around if reach.start == at]
            owners = _of(first, "tasks")[-1:] or _of(inside, "activities") or around[-1:]
        for owner in owners:
            fill_cell(owner.item, column, cell.lines, self.making, self.extras)


def _of(found: Sequence[_Reach], level: str) -> list[_Reach]:
    return [reach for reach in found if reach.level == level]


def _labelled(lines: Sequence[TextLine]) -> list[Branch]:
    """The items of a cell: one for each line that begins with a number, and the lines below it with it."""
    found: list[Branch] = []
    for line in lines:
        number, rest = numbered(line)
        if number or not found:
            item: Branch = {"number": number} if number else {}
            put(item, "text", [rest])
            found.append(item)
        else:
            put(found[-1], "text", [line])
    return found
