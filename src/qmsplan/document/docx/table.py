"""Tables: real ones with a grid and repeated header rows, and those without lines that hold two columns apart."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from qmsplan.document.blocks import Run
from qmsplan.document.docx.columns import column_widths
from qmsplan.document.docx.heights import Heights
from qmsplan.document.docx.inline import inline
from qmsplan.document.docx.markup import PLAIN, Layout, paragraph
from qmsplan.document.grid import slots_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmsplan.document.blocks import Para, Row, Table
    from qmsplan.document.docx.sheet import Sheet
    from qmsplan.document.grid import Slot

_EMPTY = paragraph("table-text", "")
_KEPT = Layout(keep_next=True)


def plain_table(widths: Sequence[int], rows: Iterable[Sequence[str]]) -> str:
    """A table without lines; widths in twips, cells as paragraphs. Its rows don't break and stay together."""
    cells = ((_cell(width, "", content or _EMPTY) for width, content in zip(widths, row, strict=True)) for row in rows)
    body = "".join(_row("<w:cantSplit/>", "".join(row)) for row in cells)
    return _table("TableNormal", widths, body)


def table(block: Table, sheet: Sheet, layout: Layout = PLAIN) -> str:
    """A table with lines. `layout` is for the last row: to keep it with what follows."""
    placed = list(slots_of(block))
    widths = column_widths(block.widths, (slots for _, slots in placed), sheet)
    heights = Heights(widths, sheet)
    edges = list(accumulate(widths, initial=0))
    limit = sheet.text_height * sheet.profile.table.keep_rows_up_to
    body = []
    for number, (row, slots) in enumerate(placed, 1):
        keep = _KEPT if row.kind != "item" else layout if number == len(placed) else PLAIN
        cells = "".join([_slot(slot, row, edges, sheet, keep) for slot in slots])
        body.append(_row(_row_properties(row, is_short=heights.next(slots) <= limit), cells))
    return _table("TableGrid", widths, "".join(body)) if body else ""


def _table(style: str, widths: Sequence[int], body: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def _row(properties: str, cells: str) -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def _row_properties(row: Row, *, is_short: bool) -> str:
    """Header rows repeat; high rows, and those that a cell from above makes high, may break across pages."""
    if row.kind == "header":
        return "<w:cantSplit/><w:tblHeader/>"
    return "<w:cantSplit/>" if is_short else ""


def _cell(width: int, properties: str, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def _slot(slot: Slot, row: Row, edges: Sequence[int], sheet: Sheet, layout: Layout) -> str:
    cell, column, columns = slot
    width = edges[column + columns] - edges[column]
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    if cell is None:
        return _cell(width, f"{span}<w:vMerge/>", _nothing(layout))
    merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    middle = '<w:vAlign w:val="center"/>' if row.kind == "header" else ""
    content = "".join([_para(para, sheet, layout) for para in cell.paras]) or _nothing(layout)
    return _cell(width, span + merge + middle, content)


def _nothing(layout: Layout) -> str:
    return _EMPTY if layout is PLAIN else paragraph("table-text", "", layout)


def _para(para: Para, sheet: Sheet, layout: Layout) -> str:
    _, style, content = para
    if layout is not PLAIN or len(content) != 1 or not isinstance(content[0], Run):
        return paragraph(style, inline(content, sheet.profile.styles[style], sheet), layout)
    known, key = sheet.counters.paragraphs, (style, content[0])
    if key not in known:
        known[key] = paragraph(style, inline(content, sheet.profile.styles[style], sheet))
    return known[key]
