"""Where the head of a table ends and what its columns are called; a table whose headings stand in its first column."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from qmsplan.importing.column_words import field_of_heading, period_of
from qmsplan.importing.lines import Grid, GridCell, GridRow, TableHeading

_NUMBERED = re.compile(r"\(?\s*(\d{1,2}|[A-Z])\s*\)?(\s*=.*)?")


_LEAST_UPRIGHT, _WIDEST_UPRIGHT = 3, 6
"""Known headings in the first column of a table that stands upright, and its columns."""
_SURE_OF_A_HEAD = 3
"""Known headings of a row that is surely a head, whatever signs stand behind them."""


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
    headings = headings_of(grid, start, end)
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
    if len(over) > 1 and all(over) and not any(map(str.isdigit, "".join(cell.text for cell in row.filled))):
        return True  # `Tỷ lệ` and `Số lượng` below `Kết quả 6 tháng`, and nothing beside them
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


def headings_of(grid: Grid, start: int, end: int) -> tuple[TableHeading, ...]:
    """What stands above each column in the rows of a head."""
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


def is_form(grid: Grid) -> bool:
    """Whether a table has labels instead of a head, with values beside or below them: `Mã số: | BM-01`. Not where the
    labels are headings of items: `STT | Nội dung: | Chủ trì:`."""
    titles = [cell.text for row in grid.rows[:1] for cell in row.filled]
    known = sum(bool(field_of_heading(title.rstrip(" :"))) for title in titles)
    return known < _SURE_OF_A_HEAD and any(title.endswith(":") for title in titles)


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
