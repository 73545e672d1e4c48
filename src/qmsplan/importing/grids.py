"""Tables as grids: each cell with the column and row that it starts in, and how far it reaches.

A cell that Word merges downwards is one cell here. Rows that are deleted as a tracked change are not read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from qmsplan.importing.lines import TextLine
from qmsplan.word.looks import value_of, whole
from qmsplan.word.paragraph import WordParagraph

_HOLDERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo")))
"""Elements around rows, cells and tables that change nothing."""
_WIDEST = 64
"""Columns of a table; Word allows 63."""


class GridCell:
    """A cell: the lines in it and the tables inside it, in order; its first column and how many it reaches over."""

    def __init__(self, column: int, width: int, content: list[TextLine | Grid]) -> None:
        self.column, self.width, self.content = column, width, content
        self.height = 1

    @property
    def lines(self) -> list[TextLine]:
        """Its lines, with those of tables inside it a line a row."""
        found: list[TextLine] = []
        for part in self.content:
            if isinstance(part, TextLine):
                found.append(part)
            else:
                found += (line for row in part.rows for cell in row.cells for line in cell.lines)
        return found

    @property
    def text(self) -> str:
        """Its lines in one."""
        return " ".join(line.text for line in self.lines)


class GridRow(NamedTuple):
    """A row: the cells that start in it, and those that reach into it from above, by their first column."""

    cells: tuple[GridCell, ...]
    above: Mapping[int, GridCell]
    is_header: bool = False

    def at(self, column: int) -> GridCell | None:
        """The cell over a column, also one that reaches down from above."""
        for cell in (*self.cells, *self.above.values()):
            if cell.column <= column < cell.column + cell.width:
                return cell
        return None

    @property
    def filled(self) -> list[GridCell]:
        """The cells that start here and say something."""
        return [cell for cell in self.cells if cell.lines]


class Grid:
    """A table: its rows, the number of its columns, whether its page lies across, and the widths of its columns in
    twips, if the file says them."""

    def __init__(self, rows: list[GridRow], *, is_landscape: bool | None = None, widths: Sequence[int] = ()) -> None:
        self.rows, self.is_landscape, self.widths = rows, is_landscape, tuple(widths)
        self.width = max((cell.column + cell.width for row in rows for cell in row.cells), default=0)

    def lines(self) -> Iterator[TextLine]:
        """All lines in it."""
        for row in self.rows:
            for cell in row.cells:
                yield from cell.lines

    def part(self, start: int, end: int) -> Grid:
        """Some of its rows as a table."""
        return Grid(self.rows[start:end], is_landscape=self.is_landscape, widths=self.widths)


Block = TextLine | Grid


class CellContent:
    """What stands in each cell of a file: paragraphs by their innermost cell."""

    def __init__(self, paragraphs: Iterable[tuple[WordParagraph, list[TextLine]]]) -> None:
        self.by_paragraph: dict[Any, list[TextLine]] = defaultdict(list)
        for paragraph, lines in paragraphs:
            self.by_paragraph[paragraph.element] += lines  # a line break parts a paragraph into several
        self.boxed: dict[Any, list[TextLine]] = defaultdict(list)
        for element, lines in self.by_paragraph.items():
            outer = next((one for one in element.iterancestors(qn("w:p"))), None)
            if outer is not None:
                self.boxed[outer] += lines

    def of(self, cell: Any) -> list[TextLine | Grid]:
        """Lines and tables of a cell in order; text boxes stand before the paragraph that holds them."""
        found: list[TextLine | Grid] = []
        for child in _children(cell, {qn("w:p"), qn("w:tbl")}):
            if child.tag == qn("w:tbl"):
                found.append(read_grid(child, self))
            else:
                found += self.boxed.get(child, [])
                found += self.by_paragraph.get(child, [])
        return found


def _children(element: Any, tags: set[str]) -> Iterator[Any]:
    """The children with certain tags, also inside content controls and the like."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in _HOLDERS:
            yield from _children(child, tags)


def read_grid(table: Any, content: CellContent, *, is_landscape: bool | None = None) -> Grid:
    """The grid of a table."""
    rows: list[GridRow] = []
    open_cells: dict[int, GridCell] = {}
    for element in _children(table, {qn("w:tr")}):
        properties = element.find(qn("w:trPr"))
        if properties is not None and properties.find(qn("w:del")) is not None:
            continue
        rows.append(_row(element, properties, content, open_cells))
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")[:_WIDEST]
    widths = [max(whole(column.get(qn("w:w"))), 0) for column in columns]
    return Grid(rows, is_landscape=is_landscape, widths=widths)


def _row(element: Any, properties: Any, content: CellContent, open_cells: dict[int, GridCell]) -> GridRow:
    column = min(max(whole(value_of(properties, "gridBefore")), 0), _WIDEST)
    cells: list[GridCell] = []
    above: dict[int, GridCell] = {}
    for part in _children(element, {qn("w:tc")}):
        inner = part.find(qn("w:tcPr"))
        width = min(max(whole(value_of(inner, "gridSpan"), 1), 1), _WIDEST)
        merge = inner.find(qn("w:vMerge")) if inner is not None else None
        goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        found = content.of(part)
        upper = open_cells.get(column)
        if goes_on and upper is not None:
            upper.height += 1
            upper.content += found
            above[column] = upper
        else:
            cell = GridCell(column, width, found)
            cells.append(cell)
            for covered in range(column, column + width):
                open_cells.pop(covered, None)
            if merge is not None:
                open_cells[column] = cell
        column = min(column + width, 2 * _WIDEST)
    header = properties is not None and value_of(properties, "tblHeader") not in {"0", "false"}
    is_header = header and properties.find(qn("w:tblHeader")) is not None
    return GridRow(tuple(cells), above, is_header)
