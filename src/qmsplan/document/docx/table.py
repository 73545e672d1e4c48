"""Tables: real ones with a grid and repeated header rows, and those without lines that hold two columns apart."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from qmsplan.document.blocks import Run
from qmsplan.document.docx.inline import inline
from qmsplan.document.docx.markup import PLAIN, Layout, paragraph, points, twips
from qmsplan.document.grid import slots_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmsplan.document.blocks import Cell, Para, Row, Table
    from qmsplan.document.docx.sheet import Sheet
    from qmsplan.document.grid import Slot

_EMPTY = paragraph("table-text", "")
_KEPT = Layout(keep_next=True)
_LETTER_SHARE = 0.46
"""The width of a usual letter as a share of its size, to guess how high rows get."""
_LINE_RATIO = 1.15
"""The height of a line of this font as a share of its size."""


def plain_table(widths: Sequence[int], rows: Iterable[Sequence[str]]) -> str:
    """A table without lines; widths in twips, cells as paragraphs. Its rows don't break and stay together."""
    cells = ((_cell(width, "", content or _EMPTY) for width, content in zip(widths, row, strict=True)) for row in rows)
    body = "".join(_row("<w:cantSplit/>", "".join(row)) for row in cells)
    return _table("TableNormal", widths, body)


def table(block: Table, sheet: Sheet, layout: Layout = PLAIN) -> str:
    """A table with lines. `layout` is for the last row: to keep it with what follows."""
    widths = _columns(block, sheet)
    last = block.rows[-1] if block.rows else None
    body = "".join(
        _content_row(row, slots, widths, sheet, layout if row is last else PLAIN) for row, slots in slots_of(block)
    )
    return _table("TableGrid", widths, body) if body else ""


def _columns(block: Table, sheet: Sheet) -> list[int]:
    edges = [0.0]
    for width in block.widths:
        edges.append(edges[-1] + width * sheet.text_width)
    return [round(right) - round(left) for left, right in pairwise(edges)]


def _table(style: str, widths: Sequence[int], body: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def _row(properties: str, cells: str) -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def _cell(width: int, properties: str, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def _content_row(row: Row, slots: Sequence[Slot], widths: Sequence[int], sheet: Sheet, layout: Layout) -> str:
    keep = layout if row.kind == "item" else _KEPT
    cells = "".join(_slot(slot, row, widths, sheet, keep) for slot in slots)
    return _row(_row_properties(row, slots, widths, sheet), cells)


def _row_properties(row: Row, slots: Sequence[Slot], widths: Sequence[int], sheet: Sheet) -> str:
    if row.kind == "header":
        return "<w:cantSplit/><w:tblHeader/>"
    limit = sheet.text_height * sheet.profile.table.keep_rows_up_to
    is_short = all(_height(slot, widths, sheet) <= limit for slot in slots)
    return "<w:cantSplit/>" if is_short else ""


def _slot(slot: Slot, row: Row, widths: Sequence[int], sheet: Sheet, layout: Layout) -> str:
    width = sum(widths[slot.column : slot.column + slot.columns])
    span = f'<w:gridSpan w:val="{slot.columns}"/>' if slot.columns > 1 else ""
    if slot.cell is None:
        return _cell(width, f"{span}<w:vMerge/>", paragraph("table-text", "", layout))
    merge = '<w:vMerge w:val="restart"/>' if slot.cell.rows > 1 else ""
    middle = '<w:vAlign w:val="center"/>' if row.kind == "header" else ""
    return _cell(width, span + merge + middle, _paras(slot.cell, sheet, layout))


def _paras(cell: Cell, sheet: Sheet, layout: Layout) -> str:
    return "".join(_para(para, sheet, layout) for para in cell.paras) or paragraph("table-text", "", layout)


def _para(para: Para, sheet: Sheet, layout: Layout) -> str:
    return paragraph(para.style, inline(para.content, sheet.profile.styles[para.style], sheet), layout)


def _height(slot: Slot, widths: Sequence[int], sheet: Sheet) -> float:
    """A guess at how high a cell of one row gets, in twips."""
    if slot.cell is None or slot.cell.rows > 1:
        return 0
    width = sum(widths[slot.column : slot.column + slot.columns]) - 2 * twips(sheet.profile.table.cell_side)
    return sum(_para_height(para, width, sheet) for para in slot.cell.paras)


def _para_height(para: Para, width: int, sheet: Sheet) -> float:
    style = sheet.profile.styles[para.style]
    letters = sum(len(part.text) for part in para.content if isinstance(part, Run))
    lines = max(1, ceil(letters * points(style.size) * _LETTER_SHARE / max(width, 1)))
    return lines * points(style.size) * style.line * _LINE_RATIO + points(style.before + style.after)
