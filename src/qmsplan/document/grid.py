"""Where the cells of a table stand when some cover several columns or rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qmsplan.diagnostic import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.document.blocks import Cell, Row, Table

    Open: TypeAlias = dict[int, tuple[int, int]]


class Slot(NamedTuple):
    """A stretch of a row: a cell that starts here, or None below a cell of a row above."""

    cell: Cell | None
    column: int
    columns: int


class Misfit(Exception):
    """Cells do not fill their table; `line` is the template's."""

    def __init__(self, line: int, message: Text) -> None:
        super().__init__(message.template)
        self.line = line
        self.message = message


def slots_of(table: Table) -> Iterator[tuple[Row, tuple[Slot, ...]]]:
    """Each row with its slots from left to right. Misfit at the first row that does not fit."""
    covered: Open = {}
    for row in table.rows:
        yield row, tuple(_place(row, covered, len(table.widths)))
    if covered:
        raise Misfit(table.rows[-1].line, say("a cell reaches down below the table's last row"))


def _place(row: Row, covered: Open, wanted: int) -> Iterator[Slot]:
    """The slots of one row; `covered` has, by column, how many rows and columns cells from above still take."""
    cells = iter(row.cells)
    column = 0
    while column < wanted:
        cell = None
        if column in covered:
            rows, columns = covered.pop(column)
        elif cell := next(cells, None):
            rows, columns = cell.rows, cell.columns
        else:
            break
        if columns > 1 and any(column < other < column + columns for other in covered):
            raise Misfit(row.line, say("a cell of this row covers one that reaches down from above"))
        if rows > 1:
            covered[column] = (rows - 1, columns)
        yield Slot(cell, column, columns)
        column += columns
    column += sum(cell.columns for cell in cells)
    if column != wanted:
        message = say("the table has {wanted} columns, this row fills {found}", wanted=wanted, found=column)
        raise Misfit(row.line, message)
