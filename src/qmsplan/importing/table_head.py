"""The head of a table: the rows that hold its headings, and the heading of each column with those above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from qmsplan.importing.column_words import field_of_heading, period_of
from qmsplan.importing.lines import Grid, GridCell, GridRow, TextLine

_NUMBERED = re.compile(r"\(?\s*(\d{1,2}|[A-Z])\s*\)?(\s*=.*)?")


_LEAST_UPRIGHT, _WIDEST_UPRIGHT = 3, 6
"""Known headings in the first column of a table that stands upright, and its columns."""

_LEAST_PERIODS = 3
"""Columns of a schedule."""


class TableHeading(NamedTuple):
    """A column by its headings: where it starts, how wide it is, its heading and the one above."""

    column: int
    width: int
    title: str
    under: str = ""

    def cell(self, row: GridRow) -> GridCell | None:
        """The cell of a row that belongs to the column: it starts below the heading."""
        return next((cell for cell in row.cells if self.is_over(cell.column)), None)

    def is_over(self, column: int) -> bool:
        """Whether a column of the grid lies below it."""
        return self.column <= column < self.column + self.width


class TableHead(NamedTuple):
    """The head of a table: the row it starts in, the row where what is below it begins, its columns, and whether a row
    numbers them."""

    start: int
    end: int
    headings: tuple[TableHeading, ...]
    is_numbered: bool


def find_head(grid: Grid) -> TableHead | None:
    """The head of a table; None if it has none."""
    start = next((at for at in range(min(4, len(grid.rows))) if _is_head(grid, at)), None)
    if start is None:
        return None
    end = start + 1
    while end < len(grid.rows) - 1 and end < start + 4 and _goes_on(grid, start, end):
        end += 1
    headings = _headings(grid, start, end)
    is_numbered = end < len(grid.rows) and _is_number_row(grid.rows[end])
    return TableHead(start, end + is_numbered, headings, is_numbered)


def _is_head(grid: Grid, at: int) -> bool:
    row = grid.rows[at]
    if len(row.filled) < 2 or len({cell.text for cell in row.filled}) < 2:
        return False
    known = sum(bool(_known(cell.text)) for cell in row.filled)
    if known >= 2 or (row.is_header and not _is_number_row(row)):
        return True
    bold = all(line.is_bold for cell in row.filled for line in cell.lines)
    short = all(len(cell.text) < 60 for cell in row.filled)
    below = grid.rows[at + 1].filled if at + 1 < len(grid.rows) else []
    plain_below = any(not line.is_bold for cell in below for line in cell.lines)
    return short and len(row.filled) >= 2 and (known == 1 or (bold and plain_below))


def _known(heading: str) -> bool:
    return bool(field_of_heading(heading)) or bool(period_of(heading, "", 2026))


def _goes_on(grid: Grid, start: int, end: int) -> bool:
    """Whether a row still belongs to the head: cells above reach into it, or it parts a wide one."""
    row, above = grid.rows[end], grid.rows[end - 1]
    if row.is_header and not _is_number_row(row):
        return True
    wide = [cell for cell in above.filled if cell.width > 1]
    over = [
        next((one for one in wide if one.column <= cell.column < one.column + one.width), None) for cell in row.filled
    ]
    if over and all(one and period_of(cell.text, one.text, 2026) for cell, one in zip(row.filled, over, strict=True)):
        return True  # `1` … `12` below `Tháng thực hiện` do not number the columns
    if row.above and any(cell in grid.rows[at].cells for at in range(start, end) for cell in row.above.values()):
        return len(row.filled) > 0  # also the numbers of months below `Tháng thực hiện`
    starts = {cell.column for cell in row.cells}
    parts = any(cell.column + 1 in starts for cell in wide)
    return parts and not _is_number_row(row) and any(_known(cell.text) for cell in row.filled)


def _is_number_row(row: GridRow) -> bool:
    """Whether a row numbers the columns: `(1) (2) (3)`, `A B 1 2`."""
    texts = [cell.text.strip() for cell in row.filled]
    if len(texts) < 3 or not all(_NUMBERED.fullmatch(text) for text in texts):
        return False
    found = [match[1] for text in texts if (match := _NUMBERED.fullmatch(text))]
    numbers = [int(text) for text in found if text.isdecimal()]
    letters = [text for text in found if not text.isdecimal()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else letters[:1] == ["A"]


def _headings(grid: Grid, start: int, end: int) -> tuple[TableHeading, ...]:
    found: list[TableHeading] = []
    column = 0
    while column < grid.width:
        path: list[GridCell] = []
        for row in grid.rows[start:end]:
            cell = row.at(column)
            if cell is not None and cell not in path and cell.lines:
                path.append(cell)
        if not path:
            last = next((row.at(column) for row in grid.rows[start:end] if row.at(column)), None)
            found.append(TableHeading(column, last.width if last else 1, ""))
        else:
            leaf = path[-1]
            width = leaf.column + leaf.width - column
            under = " - ".join(cell.text for cell in path[:-1])
            found.append(TableHeading(column, width, leaf.text, under))
        column += max(found[-1].width, 1)
    return tuple(found)


def rows_below(grid: Grid, head: TableHead) -> list[GridRow]:
    """The rows below the head, without the head where it stands again on the next page."""
    titles = [tuple(cell.text for cell in row.filled) for row in grid.rows[head.start : head.end]]
    return [row for row in grid.rows[head.end :] if not row.filled or tuple(c.text for c in row.filled) not in titles]


def upright(grid: Grid) -> Grid:
    """A table whose headings stand in its first column, turned so that they stand in its first row. Where the first one
    stands there again the form of another item begins."""
    titles = [cell.text.rstrip(" :") if (cell := row.at(0)) else "" for row in grid.rows]
    starts = [at for at, title in enumerate(titles) if title == titles[0]]
    ends = pairwise([*starts, len(titles)])
    forms = [dict(zip(titles[start:end], grid.rows[start:end], strict=True)) for start, end in ends]
    heads = list(dict.fromkeys(titles)) if sum(map(len, forms)) == len(titles) else []
    fields = [field for title in heads if (field := field_of_heading(title))]
    across = sum(bool(field_of_heading(cell.text)) for row in grid.rows[:2] for cell in row.filled[1:])
    are_pairs = grid.width == 2 and len(set(fields)) == len(heads)
    is_one = are_pairs or (len(fields) * 2 >= len(heads) and len(fields) > across + 1)
    if not is_one or len(fields) < _LEAST_UPRIGHT or grid.width > _WIDEST_UPRIGHT:
        return grid
    rows = [[grid.rows[titles.index(title)].at(0) for title in heads]]
    rows += [
        [form[title].at(at) if title in form else None for title in heads]
        for form in forms
        for at in range(1, grid.width)
    ]
    made = [[GridCell(at, 1, list(cell.content) if cell else []) for at, cell in enumerate(row)] for row in rows]
    return Grid([GridRow(tuple(row), {}) for row in made], is_landscape=grid.is_landscape)


_SAME = re.compile(r"[-–\s]*(?:n\.?\s?t|như trên|[\"”″〃]|'')[-–\s.]*", re.IGNORECASE)
_SAME_AS = re.compile(
    r"[-–\s]*như (?:mục|số|stt|tt|nội dung|nhiệm vụ)(?: số)? (?P<number>[\w.]+?)[-–\s.]*", re.IGNORECASE
)


def is_same(text: str) -> bool:
    """Whether a cell only says that what stands above, or in another row, holds here too: `nt`, `Như mục 1`."""
    return bool(_SAME.fullmatch(text) or _SAME_AS.fullmatch(text))


def repeat_above(rows: Sequence[GridRow], headings: Sequence[TableHeading]) -> None:
    """Gives cells that only say that another one holds for them too, the one above (`nt`) or that of a row with a
    number (`Như mục 1`), what stands there."""
    numbers = next((one for one in headings if field_of_heading(one.title) == "number"), None)
    for heading in headings:
        above: GridCell | None = None
        numbered_cells: dict[str, GridCell] = {}
        for row in rows:
            cell = heading.cell(row)
            if cell is None or not cell.lines:
                continue
            named = _SAME_AS.fullmatch(cell.text)
            source = numbered_cells.get(named["number"]) if named else above if _SAME.fullmatch(cell.text) else None
            if source:
                cell.content, cell.is_repeated = source.content, True
            elif not named:
                above = cell
            if numbers and (number := numbers.cell(row)):
                numbered_cells[number.text.strip(" .)")] = cell  # the nearest: each group may count from 1


def paint(rows: Sequence[GridRow], headings: Sequence[TableHeading], year: int) -> bool:
    """Puts marks into the cells of months and quarters that only their colour marks, as bars of a schedule; whether
    there are any. The colour of a whole row or column is none of a bar, nor one beside values."""
    periods = [one for one in headings if period_of(one.title, one.under, year)]
    if len(periods) < _LEAST_PERIODS:
        return False
    cells = {}
    for at, row in enumerate(rows):
        own = {cell.column for one in periods if (cell := one.cell(row))}
        usual = {cell.colour for cell in row.cells if cell.column not in own}
        for one in periods:
            cell = one.cell(row)
            if cell and cell.colour and cell.colour not in usual:
                cells[at, one.column] = cell
    marks = [cell for row in rows for one in periods if (cell := one.cell(row)) and cell.lines]
    if any(len(cell.text) > 1 or cell.text.isdigit() for cell in marks):
        return False
    whole = {
        one.column for one in periods if len(rows) > 2 and all((at, one.column) in cells for at in range(len(rows)))
    }
    bars = [cell for (_, column), cell in cells.items() if column not in whole and not cell.lines]
    for cell in bars:
        cell.content.append(TextLine("x"))
    return bool(bars)
