"""Workbooks as papers: each sheet with lines above, a table below its headings, lines below; merged cells are one cell.

openpyxl reads them; formulas count by the values that Excel saved. The lines above the first table and below the last
one are head, title and who signs: most agencies leave them without any look, so that only their words tell what they
are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from qmsplan.diagnostics import Message, UserError
from qmsplan.forms import codes
from qmsplan.forms.reading import SAVE_AS, WorkbookError, cell_parts, check_workbook, format_signs, reading_workbook
from qmsplan.forms.values import IDENTITY
from qmsplan.importing.column_words import field_of_heading, known_headings
from qmsplan.importing.ending import begins_ending, heads_signature, read_ending
from qmsplan.importing.lines import Block, Grid, GridCell, GridRow, TableHeading, TextLine, cleaned
from qmsplan.importing.making import split_ordinal
from qmsplan.importing.paper import HeadLines, PaperParts, read_dateline
from qmsplan.importing.sections import annex_starts
from qmsplan.importing.table_head import find_head

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx"})
_MOST_ROWS, _MOST_COLUMNS, _MOST_CELLS = 20_000, 120, 200_000
_LARGEST_ALL, _MOST_PARTS = 256 * 1024 * 1024, 2000
_FEWEST = 5
"""Words that a sheet without a table has at least, if it is a part of the paper."""
_LEAST_KNOWN = 2
"""Known headings of the row in which a table begins."""
_MOST_IN_NOTE = 2
"""Cells of a note below a table: a sign, and what it says."""
_GAP = 1
"""Empty rows that part two tables of one sheet."""


class WorkbookContent(NamedTuple):
    """What a workbook holds: blocks sheet by sheet, the text of every cell with its row, and what a reader may
    overlook: comments, rows and columns that are hidden, and what is struck out, or a hidden sheet, and not read."""

    blocks: list[Block]
    paragraphs: list[tuple[int, str]]
    comments: list[str]
    hidden: list[str]
    left_out: list[str]


def read_workbook(content: bytes) -> WorkbookContent:
    """A workbook's content. UserError if it is none, has a password, or is larger inside than any plan."""
    book = _checked_book(content)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    found = WorkbookContent([], [], [], [], [one.title for one in book.worksheets if one not in sheets])
    open_formulas = _open_formulas(content, sheets)
    for sheet in sheets:
        grid = _grid(sheet)
        blocks = list(_blocks(grid))
        found.paragraphs.extend(open_formulas.get(sheet.title, []))
        found.paragraphs.extend((at, c.text) for at, row in enumerate(grid.rows, start=1) for c in row.cells if c.lines)
        place = f"{sheet.title}!" if len(sheets) > 1 else ""
        found.comments.extend(place + text for text in _comments(sheet))
        found.hidden.extend(place + text for text in _hidden(sheet, grid))
        struck = ((cell.coordinate, _parts(cell)[1]) for row in sheet.iter_rows() for cell in row)
        found.left_out.extend(f"{place}{name}: {text}" for name, text in struck if text)
        words = sum(len(block.text.split()) if isinstance(block, TextLine) else _FEWEST for block in blocks)
        if found.blocks and words < _FEWEST:
            continue  # a word on a sheet of its own, `bỏ`: it is told as what found no place
        if found.blocks and blocks and isinstance(blocks[0], Grid):
            found.blocks.append(TextLine(cleaned(sheet.title), is_bold=True))
        found.blocks.extend(blocks)
    return found


_THREAD = re.compile(r"^\[[^\]]*\].*?/fwlink/\?\S+\s*", re.DOTALL)
"""What Excel puts before a comment that can be answered, for readers that know only notes."""


def _comments(sheet: Any) -> Iterator[str]:
    """The comments of a sheet, each with the name and the text of its cell: `D6 (Phòng CCVC): giao Phòng TCCB?`."""
    for row in sheet.iter_rows():
        for cell in row:
            if comment := getattr(cell, "comment", None):
                text = cleaned(" ".join(line.text for line in _lines(cell)))
                yield f"{cell.coordinate} ({text}): {' '.join(_THREAD.sub('', comment.text or '').split())}"


def _hidden(sheet: Any, grid: Grid) -> Iterator[str]:
    """The rows and columns of a sheet that are hidden, also by a filter, and say something."""
    for at, row in enumerate(grid.rows, start=1):
        if row.filled and at in sheet.row_dimensions and sheet.row_dimensions[at].hidden:
            yield f"{at}: {' | '.join(cell.text for cell in row.filled)}"
    texts: dict[int, list[str]] = {}
    for cell in (cell for row in grid.rows for cell in row.filled):
        texts.setdefault(cell.column + 1, []).append(cell.text)
    hidden = [form for form in sheet.column_dimensions.values() if form.hidden and form.min]
    for column, found in sorted(texts.items()):
        if any(form.min <= column <= form.max for form in hidden):
            yield f"{get_column_letter(column)}: {' | '.join(found)}"


_OPEN = re.compile(rb"""</f>(?:<v\s*/>|<v></v>)?</c>|<c [^>]*t=["']e["']""")
"""The end of a cell with a formula whose result was not saved, or the begin of one with an error."""


def _open_formulas(content: bytes, sheets: Sequence[Any]) -> dict[str, list[tuple[int, str]]]:
    """The formulas without a saved result, or with an error, by sheet, each with its row. What they come to is not
    known: the account tells them as what found no place."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pages = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(_OPEN.search(archive.read(name)) for name in pages):
            return {}
    found: dict[str, list[tuple[int, str]]] = {}
    typed = _book(content, has_results=False)
    for sheet in sheets:
        for row in typed[sheet.title].iter_rows():
            for cell in row:
                saved = sheet[cell.coordinate]
                is_open = cell.data_type == "f" and saved.value is None and saved.data_type != "str"  # a saved ""
                if is_open or saved.data_type == "e":
                    formula = f"{cell.coordinate}: {cell.value}"
                    found.setdefault(sheet.title, []).append((cell.row, formula))
    return found


def _checked_book(content: bytes) -> Any:
    try:
        check_workbook(content, _LARGEST_ALL, _MOST_PARTS)
    except WorkbookError as fault:
        if fault.code is codes.TOO_LARGE_INSIDE:
            raise _too_large(Message("check where it comes from")) from None
        raise UserError(fault.message, fault.hint if fault.code is codes.PROTECTED else SAVE_AS) from None
    book = _book(content, has_results=True)
    if IDENTITY in book.sheetnames:
        hint = Message("take over what a unit filled in with 'qmsplan form read'")
        raise UserError(Message("this is a form of qmsplan, no plan"), hint)
    return book


def _book(content: bytes, *, has_results: bool) -> Any:
    """The workbook, with the results of formulas or with the formulas themselves."""
    with reading_workbook():
        return openpyxl.load_workbook(io.BytesIO(content), data_only=has_results, keep_links=False, rich_text=True)


def _too_large(hint: Message) -> UserError:
    return UserError(Message("the workbook is larger inside than any plan"), hint)


def _grid(sheet: Any) -> Grid:
    """A sheet as a grid; hidden rows and columns are read, as they hold what the agency wrote."""
    last, width = sheet.max_row or 0, min(sheet.max_column or 0, _MOST_COLUMNS)
    if last > _MOST_ROWS or last * width > _MOST_CELLS:
        raise _too_large(Message("delete the empty rows and columns behind the table, and save it again"))
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row, area.min_col
        bottom, right = min(area.max_row, last), min(area.max_col, width)
        merged[top, left] = (bottom - top + 1, right - left + 1)
        for row in range(top, bottom + 1):
            covered |= {(row, column): (top, left) for column in range(left, right + 1)}
    cells: dict[tuple[int, int], GridCell] = {}
    rows: list[GridRow] = []
    for number, values in enumerate(sheet.iter_rows(max_row=last, max_col=width), start=1):
        own, above = [], {}
        for at, cell in enumerate(values, start=1):
            origin = covered.get((number, at), (number, at))
            if origin == (number, at):
                height, wide = merged.get((number, at), (1, 1))
                made = GridCell(at - 1, wide, list(_lines(cell)))
                made.height, made.colour = height, _colour(cell)
                cells[number, at] = made
                own.append(made)
            elif origin[0] < number and origin[1] == at and origin in cells:
                above[at - 1] = cells[origin]
        rows.append(GridRow(tuple(own), above))
    return Grid(rows)


_WHITE = r"rgb \w\wFFFFFF .*|theme 0 0|indexed (?:1|9|64|65) .*"
"""White as Excel names it: by itself, as the paper of the theme, or from its old list, where 64 and 65 are none."""


def _colour(cell: Any) -> str:
    """The colour of a cell; nothing for white or none."""
    fill = cell.fill
    if not cell.has_style or fill is None or fill.fill_type != "solid":
        return ""
    colour = f"{fill.fgColor.type} {fill.fgColor.value} {fill.fgColor.tint:g}"
    return "" if re.fullmatch(_WHITE, colour) else colour


def _parts(cell: Any) -> tuple[str, str]:
    """The text of a cell without what is struck out in it, and that."""
    if cell.data_type == "e":
        return "", ""
    parts = [(shown(part, str(cell.number_format or "")), is_struck) for part, is_struck in cell_parts(cell)]
    return "".join(text for text, is_out in parts if not is_out), " ".join(text for text, is_out in parts if is_out)


def _lines(cell: Any) -> Iterator[TextLine]:
    font, alignment = cell.font, cell.alignment
    look = {
        "is_bold": bool(font and font.b),
        "is_italic": bool(font and font.i),
        "is_centred": bool(alignment and alignment.horizontal in {"center", "centerContinuous"}),
    }
    for line in _parts(cell)[0].split("\n"):
        if found := cleaned(line):
            made = TextLine(found, "", None, **look)
            made.day_in = cell.coordinate if isinstance(cell.value, date) else ""
            yield made


def shown(value: object, form: str) -> str:
    """A value as Excel shows it in Vietnam: `31/3/2026`, `98,5%`, `1200`."""
    if value is None or isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime):
        return _day(value, form) if value.time() == time() else f"{_day(value, form)} {value:%H:%M}"
    if isinstance(value, date):
        return _day(value, form)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _number(value, form) if isinstance(value, (int, float)) else str(value)


def _day(day: date, form: str) -> str:
    """A day; where the format leaves them out, without the year, as a month if it is the first of one, or as a year."""
    parts = format_signs(form.lower())
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    if "d" in parts and "m" in parts and "y" not in parts:
        return f"{day.day}/{day.month}"
    if "y" in parts and "m" not in parts and "d" not in parts:
        return str(day.year)
    if "m" in parts and "y" in parts and "d" not in parts and day.day == 1:
        return f"{month}/{day.year}"
    return f"{day.day:02d}/{month}/{day.year}"


def _number(value: float, form: str) -> str:
    if "%" in form:
        return _plain(value * 100 if "%" in format_signs(form) else value) + "%"
    whole, comma, part = _plain(value).partition(",")
    return f"{int(whole):,}".replace(",", ".") + comma + part if "#,##0" in form else whole + comma + part


def _plain(value: float) -> str:
    rounded = round(float(value), 6)
    return str(int(rounded)) if rounded == int(rounded) else f"{rounded:f}".rstrip("0").replace(".", ",")


def _blocks(grid: Grid) -> Iterator[Block]:
    """The lines above a sheet's table, the table, and the lines below."""
    start = next((at for at in range(len(grid.rows)) if _begins_table(grid.rows, at)), None)
    if start is None:
        yield from _as_lines(grid.rows)
        return
    yield from _as_lines(grid.rows[:start])
    end = start + 1
    while end < len(grid.rows) and (grid.rows[end].filled or _goes_on(grid.rows, end)):
        if _begins_part(grid.rows, start, end):
            break
        end += 1
    head = find_head(grid.part(start, end))
    if head is not None:
        end = _end_of_items(grid.rows, start + head.end, end, head.headings[0].column)
        _show_days(grid.rows[start + head.end : end], head.headings)
    yield _without_edge(grid.part(start, end))
    yield from _blocks(grid.part(end, len(grid.rows)))


def _without_edge(grid: Grid) -> Grid:
    """A table without the columns at its right edge that say nothing, which the sheet has for others."""
    width = max(cell.column + cell.width for row in grid.rows for cell in row.filled)
    return Grid([row._replace(cells=tuple(one for one in row.cells if one.column < width)) for row in grid.rows])


def _begins_table(rows: Sequence[GridRow], at: int) -> bool:
    """Whether a row has headings: two that are known, or one of several above a row that fills their columns."""
    known, columns = known_headings(rows[at]), {cell.column for cell in rows[at].filled}
    below = {cell.column for row in rows[at + 1 : at + 2] for cell in row.filled}
    return known >= _LEAST_KNOWN or (known > 0 and len(columns) > _LEAST_KNOWN and len(columns & below) >= _LEAST_KNOWN)


_COUNTED_DAY = re.compile(r"[345]\d{4}")


def _show_days(rows: Sequence[GridRow], headings: Sequence[TableHeading]) -> None:
    """Shows days that Excel holds as their number, as nobody gave their cells the format of a day: `46387` below `Thời
    hạn` is 31/12/2026."""
    for heading in headings:
        if field_of_heading(heading.title) not in {"deadline", "start"}:
            continue
        for cell in filter(None, map(heading.cell, rows)):
            if _COUNTED_DAY.fullmatch(cell.text):
                cell.content[:] = [TextLine(_day(from_excel(int(cell.text)), "dd/mm/yyyy"))]


def _goes_on(rows: Sequence[GridRow], at: int) -> bool:
    """Whether a table goes on below an empty row."""
    below = rows[at + 1 : at + 1 + _GAP]
    return any(len(row.filled) > 2 for row in below) and not _begins_table(rows, at + 1)


def _begins_part(rows: Sequence[GridRow], start: int, at: int) -> bool:
    """Whether a row heads a part with a table of its own, as the row above the table's head does: `B. Đào tạo bên
    ngoài` above the same head."""
    above, row, below = rows[max(start - 1, 0)], rows[at], rows[at + 1 : at + 2]
    are_lone = start > 0 and len(above.filled) == len(row.filled) == 1
    are_numbered = are_lone and all(split_ordinal(one.filled[0].text)[0] for one in (above, row))
    return are_numbered and any(_texts(one) == _texts(rows[start]) for one in below)


def _texts(row: GridRow) -> list[str]:
    return [cell.text for cell in row.filled]


def _end_of_items(rows: Sequence[GridRow], start: int, end: int, first: int) -> int:
    """Where notes and those who sign begin below the last numbered row of a table, or at its end if no row has a
    number. No note stands above a row that fills more than two columns: `* Nhóm quy chế` heads such rows."""
    numbered = [at for at in range(start, end) if _is_numbered(rows[at])]
    if numbered:
        signed = next((at for at in range(numbered[-1] + 1, end) if _is_signed(rows[at])), end)
        last = max(at for at in range(start, signed) if at in numbered or len(rows[at].filled) > _MOST_IN_NOTE)
        return next((at for at in range(last + 1, end) if _is_note(rows[at], first)), end)
    while end > start + 1 and _is_note(rows[end - 1], first):
        end -= 1
    return end


def _is_numbered(row: GridRow) -> bool:
    """Whether a row begins with a number beside what it says."""
    return len(row.filled) > 1 and bool(re.fullmatch(r"[\w.]{1,6}[.)]?", row.filled[0].text))


def _is_signed(row: GridRow) -> bool:
    """Whether a row heads the columns of those who sign: `Người lập | Giám đốc`."""
    lines = [cell.lines[0] for cell in row.filled]
    return bool(lines) and all(begins_ending(line) or heads_signature(line) for line in lines)


def _is_note(row: GridRow, first: int) -> bool:
    """Whether a row below a table is a line of its own: `Người lập`, `Ghi chú: …`, `* Theo Kế hoạch số 15`."""
    lines = [cell.lines[0] for cell in row.filled]
    if not lines or _is_signed(row):
        return bool(lines)
    if len(lines) <= _MOST_IN_NOTE and (lines[0].folded.startswith("ghi chu") or lines[0].text.startswith(("*", "(*"))):
        return True
    return len(lines) == 1 and len(row.filled[0].text) > 120 and row.filled[0].column == first


def _as_lines(rows: Sequence[GridRow]) -> Iterator[TextLine]:
    for number, row in enumerate(rows):
        for cell in row.filled:
            for line in cell.lines:
                line.cell = (number, cell.column)
                yield line


def workbook_paper(blocks: Sequence[Block], types: Iterable[str]) -> PaperParts:
    """The paper that a workbook is. `types` are the names of types of documents: `Kế hoạch`."""
    paper = PaperParts()
    tables = [at for at, block in enumerate(blocks) if isinstance(block, Grid)]
    first, behind = (tables[0], tables[-1] + 1) if tables else (len(blocks), len(blocks))
    head = [block for block in blocks[:first] if isinstance(block, TextLine)]
    tail = [block for block in blocks[behind:] if isinstance(block, TextLine)]
    signs = next((at for at, line in enumerate(tail) if begins_ending(line)), len(tail))
    paper.end = read_ending(tail[signs:])
    if dateline := paper.end.pop("dateline", None):
        read_dateline(paper, str(dateline))
    rest = HeadLines(paper, types).read(head)
    body = [*rest, *blocks[first:behind], *tail[:signs]]
    # with a title of its own it is no annex, though it was issued `kèm theo Quyết định`
    starts = [start for start in annex_starts(body) if start or "type" not in paper.head]
    paper.body = body[: starts[0]] if starts else body
    paper.after = body[starts[0] :] if starts else []
    return paper
