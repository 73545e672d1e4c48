"""Tables: real ones with a grid and repeated header rows, and those without lines that hold two columns apart.

Columns get the widths that the template shares out, but none is narrower than its longest word. How high rows get is a
guess: it decides which of them may break across pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, islice, pairwise
from math import ceil
from typing import NamedTuple

from qmsplan.documents.blocks import Cell, Inline, Para, Row, Run, Slot, Table
from qmsplan.documents.word_xml import (
    NO_BREAK,
    PLAIN,
    SLACK,
    ParagraphLayout,
    Sheet,
    cased,
    inline,
    lines_of,
    points,
    twips,
    unbroken,
    width_of,
    words_of,
)
from qmsplan.word.looks import SINGLE

_BREAKS = str.maketrans({hyphen: f"{hyphen} " for hyphen in "-‐–—"})
"""After a hyphen a line may break inside a word."""
_LONGEST_WORD = 30
"""Letters of the longest word that has to stay whole; what is longer is a link and may break anywhere."""
_TIGHT_COLUMNS, _TIGHT_LETTERS, _TIGHT_SIDE = 6, 3, 0.5
"""So many columns with words of at most so many letters, as the months of a schedule, have margins of so many mm: the
usual ones would take the room of the text."""
_READABLE = 0.6
"""The share of its wished width that the widest column keeps before the others get no more than they need."""
_LINK_SHARE = 1 / 6
"""The share of the text width that a link asks for: more would leave no room for the other columns."""


class Columns(NamedTuple):
    """The columns of a table: their widths in twips, together the text width, and those with narrow margins."""

    widths: list[int]
    tight: frozenset[int]


def columns_of(shares: Sequence[float], rows: Sequence[Sequence[Slot]], sheet: Sheet) -> Columns:
    """The columns of rows. Where their words have no room with the usual margins, all columns have narrow ones."""
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + share * sheet.text_width)
    wished = [round(right) - round(left) for left, right in pairwise(edges)]
    tight = tight_columns(rows)
    words = _longest_words(len(shares), rows, sheet)
    least = _with_sides(words, tight, sheet)
    if sum(least) > sum(wished):
        tight = frozenset(range(len(shares)))
        least = _with_sides(words, tight, sheet)
    return Columns(widened(wished, least), tight)


def tight_columns(rows: Iterable[Sequence[Slot]]) -> frozenset[int]:
    """The columns whose words are all short, if there are many of them."""
    columns_there, wide = set(), set()
    for cell, column, columns in chain.from_iterable(rows):
        if cell and columns == 1 and column not in wide:
            columns_there.add(column)
            words = (word for para in cell.paras for word in words_of(para.content).split())
            if any(len(word) > _TIGHT_LETTERS for word in words):
                wide.add(column)
    found = frozenset(columns_there - wide)
    return found if len(found) >= _TIGHT_COLUMNS else frozenset()


def widened(widths: Sequence[int], least: Sequence[int]) -> list[int]:
    """The widths, each at least so wide: what one lacks, the widest give. If not all can be, the longest go short."""
    total = sum(widths)
    floors = least if sum(least) <= total else _levelled([0] * len(least), least, total)
    if all(width >= floor for width, floor in zip(widths, floors, strict=True)):
        return list(widths)
    levelled = _levelled(floors, widths, total)
    widest = max(range(len(widths)), key=widths.__getitem__)
    return levelled if levelled[widest] >= widths[widest] * _READABLE else _scaled(floors, widths, total)


def _scaled(floors: Sequence[int], widths: Sequence[int], total: int) -> list[int]:
    """The widths made smaller by one share, none below its floor: what was wider is not narrower afterwards."""
    most = max(widths)
    result = _cut(lambda width, widest: width * widest // most, floors, widths, total)
    result[widths.index(most)] += total - sum(result)
    return result


def _cut(by: Callable[[int, int], int], floors: Sequence[int], widths: Sequence[int], total: int) -> list[int]:
    """The widths cut by the greatest level at which they are `total` together at most, none below its floor."""

    def cut(level: int) -> list[int]:
        return [max(floor, by(width, level)) for floor, width in zip(floors, widths, strict=True)]

    return cut(bisect_right(range(max(widths) + 1), total, key=lambda level: sum(cut(level))) - 1)


def _levelled(floors: Sequence[int], widths: Sequence[int], total: int) -> list[int]:
    """The widths cut off at the level at which they are `total` together, none below its floor."""
    result = _cut(min, floors, widths, total)
    rest = total - sum(result)
    for index, width in enumerate(widths):
        if rest and width > result[index]:
            result[index] += 1
            rest -= 1
    return result


def _longest_words(count: int, rows: Iterable[Sequence[Slot]], sheet: Sheet) -> list[int]:
    """For each column the width of its longest word. Cells over several columns ask for nothing."""
    texts: dict[tuple[int, str], set[str]] = defaultdict(set)
    for cell, column, columns in chain.from_iterable(rows):
        for para in cell.paras if cell and columns == 1 else ():
            texts[column, para.style].add(words_of(para.content))
    longest = [0] * count
    limit = sheet.text_width * _LINK_SHARE
    for (column, name), found in texts.items():
        style = sheet.profile.styles[name]
        widths = ((word, width_of(cased(word, style), points(style.size))) for word in _words(found))
        width = max((min(width, limit) if len(word) > _LONGEST_WORD else width for word, width in widths), default=0)
        longest[column] = max(longest[column], ceil(width * SLACK))
    return longest


def _with_sides(words: Sequence[int], tight: frozenset[int], sheet: Sheet) -> list[int]:
    """The width that each column needs for its longest word and its margins."""
    side = sheet.profile.table.cell_side
    return [width + 2 * twips(_TIGHT_SIDE if at in tight else side) for at, width in enumerate(words)]


def _words(texts: Iterable[str]) -> set[str]:
    """The pieces that should not break: words up to their hyphens, whole document numbers, a sign with its number
    (`≥ 95%`), and what a no-break space holds together (`1,08 điểm`)."""
    pieces = re.split("(?<![≥≤<>=]) ", unbroken(" ".join(texts)).translate(_BREAKS))
    return {piece.replace(NO_BREAK, "-") for piece in pieces}


_LETTER_SHARE = 0.46
"""The width of a usual letter as a share of its size."""


class Heights:
    """Takes the rows of a table one after the other. All lengths are twips."""

    def __init__(self, widths: Sequence[int], sheet: Sheet) -> None:
        self.edges = list(accumulate(widths, initial=0))
        self.margins = 2 * twips(sheet.profile.table.cell_side)
        self.styles = {  # the size of letters, the height of a line, and the gaps
            name: (
                points(style.size),
                points(style.size) * style.line * SINGLE,
                points(style.before + style.after),
            )
            for name, style in sheet.profile.styles.items()
        }
        self.row = 0
        self.top = 0.0
        self.reaching: dict[int, list[float]] = defaultdict(list)
        """How far down the cells reach that end in a row to come."""

    def next(self, slots: Sequence[Slot]) -> float:
        """The height of the next row. A cell over several rows makes the last of them as high as it needs."""
        lowest = self.top
        for cell, column, columns in slots:
            if cell:
                width = max(self.edges[column + columns] - self.edges[column] - self.margins, 1)
                bottom = self.top + _height(cell, width, self.styles)
                if cell.rows > 1:
                    self.reaching[self.row + cell.rows - 1].append(bottom)
                elif bottom > lowest:
                    lowest = bottom
        for bottom in self.reaching.pop(self.row, []):
            lowest = max(lowest, bottom)
        height, self.top, self.row = lowest - self.top, lowest, self.row + 1
        return height


def _height(cell: Cell, width: int, styles: Mapping[str, tuple[float, float, float]]) -> float:
    height = 0.0
    for _, style, content in cell.paras:
        size, line, gaps = styles[style]
        text = words_of(content)
        is_head = style == "table-header"  # few, and bold: they are measured
        lines = len(lines_of(text, size, width)) if is_head else ceil(len(text) * size * _LETTER_SHARE / width)
        height += max(1, lines) * line + gaps
    return height


TABLE_PLAIN, TABLE_GRID = "table-normal", "table-grid"
"""The styles of tables without and with lines."""
_NONE = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
_NO_MARGINS = f"<w:tblCellMar>{_NONE}</w:tblCellMar>"
"""Said of each table without lines: a base document of somebody else's may have a style for it that has margins."""
_TABLE_END = "</w:tbl>"
_MOST_KEPT = 10_000
"""Table paragraphs that are kept to be written again: a report on a province has a hundred thousand."""
_KEPT = ParagraphLayout(keep_next=True)


def plain_table(
    widths: Sequence[int], rows: Iterable[Iterable[tuple[int, str]]], sheet: Sheet, *, has_lines: bool = False
) -> str:
    """A table without lines, or with those of a grid; widths in twips. A cell is the number of columns that it spans,
    and its paragraphs. Rows don't break and stay together."""
    start = _table_start(sheet.ids[TABLE_GRID], widths) if has_lines else ""
    body = "".join(_row("<w:cantSplit/>", "".join(_spanning(widths, row, sheet))) for row in rows)
    return (start or _table_start(sheet.ids[TABLE_PLAIN], widths, _NO_MARGINS)) + body + _TABLE_END


def _spanning(widths: Sequence[int], row: Iterable[tuple[int, str]], sheet: Sheet) -> Iterator[str]:
    left = iter(widths)
    for columns, content in row:
        yield _cell(sum(islice(left, columns)), _span(columns), content or _nothing(sheet, PLAIN))


def table(block: Table, sheet: Sheet, layout: ParagraphLayout = PLAIN) -> Iterator[str]:
    """A table with lines, row by row; nothing if it has no rows. `layout` is for the last row: to keep it with what
    follows."""
    if not block.rows:
        return
    widths, tight = columns_of(block.widths, [row.slots for row in block.rows], sheet)
    heights = Heights(widths, sheet)
    limit = sheet.text_height * sheet.profile.table.keep_rows_up_to
    yield _table_start(sheet.ids[TABLE_GRID], widths)
    headers = [slot.cell for row in block.rows if row.kind == "header" for slot in row.slots if slot.cell]
    is_merged = any(cell.rows > 1 for cell in headers)
    last = len(block.rows)
    for number, row in enumerate(block.rows, 1):
        height = heights.next(row.slots)
        is_short = height <= limit
        below = block.rows[number].kind if number < last else ""
        is_last_but_one = number == last - 1  # neither a sum nor the last row begins a page
        is_kept = row.kind in {"header", "group"} or (is_short and (below == "total" or is_last_but_one))
        keep = _KEPT if is_kept else layout if number == last else PLAIN
        properties = _header_row(height if is_merged else 0) if row.kind == "header" else "<w:cantSplit/>" * is_short
        yield _row(properties, "".join([_slot(slot, row, heights.edges, tight, sheet, keep) for slot in row.slots]))
    yield _TABLE_END


def _header_row(height: float) -> str:
    """The properties of a row of headings. Where cells reach down into the next, it says how high it is: LibreOffice
    asks only cells of one row, where the row repeats."""
    high = f'<w:trHeight w:val="{ceil(height)}" w:hRule="atLeast"/>' if height else ""
    return f"<w:cantSplit/>{high}<w:tblHeader/>"


def _table_start(style: str, widths: Sequence[int], more: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{more}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _row(properties: str, cells: str) -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def _cell(width: int, properties: str, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def _span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""


_TIGHT = "".join(f'<w:{side} w:w="{twips(_TIGHT_SIDE)}" w:type="dxa"/>' for side in ("left", "right"))
_TIGHT = f"<w:tcMar>{_TIGHT}</w:tcMar>"


def _slot(
    slot: Slot, row: Row, edges: Sequence[int], tight: frozenset[int], sheet: Sheet, layout: ParagraphLayout
) -> str:
    cell, column, columns = slot
    width = edges[column + columns] - edges[column]
    span = _span(columns)
    if cell is None:
        return _cell(width, f"{span}<w:vMerge/>", _nothing(sheet, layout))
    merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    margins = _TIGHT if column in tight and columns == 1 else ""
    middle = '<w:vAlign w:val="center"/>' if row.kind == "header" else ""
    content = "".join([_para(para, sheet, layout) for para in cell.paras]) or _nothing(sheet, layout)
    return _cell(width, span + merge + margins + middle, content)


def _nothing(sheet: Sheet, layout: ParagraphLayout) -> str:
    """The empty paragraph that every cell must have."""
    return sheet.paragraph("table-text", "", layout)


def _para(para: Para, sheet: Sheet, layout: ParagraphLayout) -> str:
    _, style, content = para
    if layout is not PLAIN or len(content) != 1 or not isinstance(content[0], Run):
        return _written(content, style, sheet, layout)
    known, key = sheet.counters.paragraphs, (style, content[0])
    if key not in known:
        if len(known) >= _MOST_KEPT:
            known.clear()
        known[key] = _written(content, style, sheet, layout)
    return known[key]


def _written(content: Inline, style: str, sheet: Sheet, layout: ParagraphLayout) -> str:
    return sheet.paragraph(style, inline(content, sheet.profile.styles[style], sheet), layout)
