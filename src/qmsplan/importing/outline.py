"""A Word file as a sequence of lines and tables, with tables that only lay out a page unfolded to what stands in them.
Lines whose columns are made with tabs or blanks are a table too.

Head and signature keep their two columns: the finder of components (`conformity.zones`) reads them by their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any, NamedTuple

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from qmsplan.conformity.pieces import END, OTHER_NATION, folded
from qmsplan.importing.column_words import header_score, is_closing
from qmsplan.importing.ending import heads_signature, is_signing
from qmsplan.importing.lines import (
    Block,
    CellContent,
    Grid,
    GridCell,
    GridRow,
    TextLine,
    cleaned,
    lines_of,
    notes_of,
    read_grid,
)
from qmsplan.phrases.people_find import person_name
from qmsplan.word.paragraph import CellPlace, WordParagraph, runs_by_line
from qmsplan.word.reader import WordContent

NATION = re.compile(rf"cong hoa xa hoi chu nghia|doc lap.*tu do.*hanh phuc|{OTHER_NATION.pattern}")
_HEAD = re.compile(rf"{NATION.pattern}|^so\s*[:.]?\s*[\d…. ]*(?:/|-\s*[a-z]+/[a-z])")
_INSIDE = re.compile(r"^(ke hoach|muc tieu chat luong|chuong trinh|can cu )")
_MOST_BOX_ROWS, _MOST_BOXES = 4, 5
_NOTES = (qn("w:footnoteReference"), qn("w:endnoteReference"))
_LONG = 160
"""Letters of a cell that reaches over a whole table, above which it is text and no heading of a group."""
_SYNTHETIC = 100_000
"""Where the numbers of tables begin that stand for parts of a layout table."""


class Outline(NamedTuple):
    """A file: its lines and tables in order, and its paragraphs as the finder of components reads them."""

    blocks: tuple[Block, ...]
    paragraphs: tuple[WordParagraph, ...]


def read_outline(content: WordContent) -> Outline:
    """The outline of a Word file."""
    return _Outliner(content).read()


class _Outliner:
    def __init__(self, content: WordContent) -> None:
        notes = notes_of(content)
        self.paragraphs = [part for one in _merged(content.paragraphs) for part in _parted(one)]
        self.lines = {paragraph: lines_of(paragraph, notes) for paragraph in self.paragraphs}
        self.cells = CellContent(self.lines.items())
        self.turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in content.document.sections]
        self.parts = _SYNTHETIC

    def read(self) -> Outline:
        blocks: list[Block] = []
        seen: set[Any] = set()
        tabbed: list[WordParagraph] = []
        inside = {paragraph for paragraph in self.paragraphs if paragraph.depth}  # unfolding changes depths
        for paragraph in self.paragraphs:
            if paragraph not in inside:
                if len(_texts(paragraph)) >= _LEAST and self.lines[paragraph]:
                    tabbed.append(paragraph)
                    continue
                blocks += self._tabbed(tabbed)
                blocks += self.lines[paragraph]
                continue
            blocks += self._tabbed(tabbed)
            table = next(reversed(list(paragraph.element.iterancestors(qn("w:tbl")))), None)
            if table is None or table in seen:
                continue
            seen.add(table)
            section = min(paragraph.section, len(self.turned) - 1)
            grid = read_grid(table, self.cells, is_landscape=self.turned[section] if section >= 0 else None)
            blocks += self.unfold(grid)
        blocks += self._tabbed(tabbed)
        return Outline(tuple(blocks), tuple(self.paragraphs))

    def _tabbed(self, waiting: list[WordParagraph]) -> Iterator[Block]:
        """Lines whose columns are made with tabs: as a table if they have headings, else as they are."""
        taken, waiting[:] = list(waiting), []
        grid = tabbed_grid(taken)
        if grid is not None:
            yield grid
            return
        for paragraph in taken:
            yield from self.lines[paragraph]

    def unfold(self, grid: Grid) -> Iterator[Block]:
        """A table as it is, or what stands in it if it only lays out the page."""
        if not any(True for _ in grid.lines()):
            return
        if not _lays_out(grid):
            yield grid
            return
        for start, end, kind in _stretches(grid):
            if kind == "data":
                yield grid.part(start, end)
            else:
                self.parts += 1
                for number, row in enumerate(grid.rows[start:end], start=1):
                    yield from self._unfold_row(row, number, keeps_columns=kind == "columns")

    def _unfold_row(self, row: GridRow, number: int, *, keeps_columns: bool) -> Iterator[Block]:
        for at, cell in enumerate(row.cells, start=1):
            place = CellPlace(self.parts, number, at) if keeps_columns else None
            for part in cell.content:
                if isinstance(part, Grid):
                    yield from self.unfold(part)
                    continue
                if part.paragraph is not None:
                    part.paragraph.place, part.paragraph.depth = place, int(keeps_columns)
                yield part


def is_layout_part(paragraph: WordParagraph) -> bool:
    """Whether a paragraph stands in a column of a layout table."""
    return paragraph.place is not None and paragraph.place.table >= _SYNTHETIC


def _merged(paragraphs: Sequence[WordParagraph]) -> list[WordParagraph]:
    """The paragraphs, each with the one below it where a tracked change took away the end between them."""
    found: list[WordParagraph] = []
    waiting: WordParagraph | None = None
    for paragraph in paragraphs:
        mark = paragraph.element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}")
        if waiting is not None and waiting.place == paragraph.place and waiting.in_box == paragraph.in_box:
            waiting.runs += paragraph.runs
            paragraph.runs = []
            found.append(paragraph)
            waiting = waiting if mark is not None else None
            continue
        found.append(paragraph)
        waiting = paragraph if mark is not None and paragraph.runs else None
    return found


def _parted(paragraph: WordParagraph) -> list[WordParagraph]:
    """The lines of a paragraph that line breaks part, each as a paragraph: `SỞ Y TẾ` and `BỆNH VIỆN` in one cell are
    two names. A paragraph with a note stays whole, as its note stands between its runs."""
    is_whole = not any("\n" in run.text for run in paragraph.runs)
    if is_whole or any(True for _ in paragraph.element.iter(*_NOTES)):
        return [paragraph]
    found = []
    for at, runs in enumerate(runs_by_line(paragraph.runs)):
        part = copy(paragraph)
        part.runs = runs
        if at:
            part.ordinal, part.lines = "", []
        found.append(part)
    return found


def _is_column_row(row: GridRow) -> bool:
    """Whether a row has the head of a paper, or its end, in columns."""
    if len(row.filled) > 3:
        return False
    lines = [line for cell in row.filled for line in cell.lines]
    return any(_HEAD.search(line.folded) or END.match(line.folded) or is_signing(line) for line in lines)


def _is_of_boxes(grid: Grid) -> bool:
    """Whether a table has nothing but those who sign side by side: `Người lập | Trưởng phòng | Giám đốc`, each with
    a post or a name that ends its column."""
    first, last = grid.rows[0].filled, grid.rows[-1].filled
    if len(grid.rows) > _MOST_BOX_ROWS or not 2 <= len(first) <= _MOST_BOXES:
        return False
    are_heads = [heads_signature(cell.lines[0]) for cell in first]
    return all(are_heads) or (any(are_heads) and all(person_name(cell.lines[-1].text) for cell in last))


def _lays_out(grid: Grid) -> bool:
    """Whether a table is a frame around text, or has the head or the end of the paper in it."""
    if grid.width == 1 or _is_of_boxes(grid):
        return True
    if any(_is_column_row(row) for row in grid.rows):
        return True
    nested = [part for row in grid.rows for cell in row.cells for part in cell.content if isinstance(part, Grid)]
    if any(header_score(part) >= 2 for part in nested) and header_score(grid) < 2:
        return True
    return any(_INSIDE.match(folded(cell.text)) for cell in grid.rows[0].cells) and header_score(grid) < 2


def _stretches(grid: Grid) -> Iterator[tuple[int, int, str]]:
    """The rows of a layout table, parted into `data`, `columns` (head or end) and `text`."""
    kinds: list[str] = []
    for index in range(len(grid.rows)):
        kinds.append(_kind(grid, index, kinds[-1] if kinds else ""))
    start = 0
    while start < len(grid.rows):
        kind = kinds[start]
        end = start + 1
        if kind == "data":
            while end < len(grid.rows) and not _ends_data(grid.rows[end], grid.width):
                end += 1
        else:
            while end < len(grid.rows) and kinds[end] == kind:
                end += 1
        yield start, end, kind
        start = end


def _kind(grid: Grid, index: int, before: str) -> str:
    row = grid.rows[index]
    if _is_column_row(row) or _is_of_boxes(grid):
        return "columns"
    if len(row.filled) >= 3 and header_score(grid.part(index, index + 2)) >= 2:
        return "data"
    are_short = all(len(line.text) < 90 for cell in row.filled for line in cell.lines)
    return "columns" if before == "columns" and 1 < len(row.filled) <= 3 and are_short else "text"


def _ends_data(row: GridRow, width: int) -> bool:
    if _is_column_row(row):
        return True
    whole_row: GridCell | None = row.cells[0] if len(row.cells) == 1 and row.cells[0].width >= width else None
    if whole_row is None or row.above:
        return False
    lines = whole_row.lines
    is_text = any(len(line.text) > _LONG or (is_closing(line.text) and not line.is_bold) for line in lines)
    return len(lines) > 2 or is_text


_GAP = re.compile(r"[ \u00a0]*\t\s*|[ \u00a0]{4,}")
"""What parts two columns: tabs, or many blanks."""
_LEAST = 3
"""Columns of such a table; two are a head or an end."""


def tabbed_grid(paragraphs: Sequence[WordParagraph]) -> Grid | None:
    """The table that lines make, the first of which has the headings; None if they make none."""
    if len(paragraphs) < 2:
        return None
    rows = [_texts(paragraph) for paragraph in paragraphs]
    if max(map(len, rows)) > len(rows[0]):
        return None
    made = []
    for paragraph, texts in zip(paragraphs, rows, strict=True):
        padded = [*texts, *[""] * (len(rows[0]) - len(texts))]
        made.append(GridRow(tuple(_cell(at, text, paragraph) for at, text in enumerate(padded)), {}))
    grid = Grid(made)
    return grid if header_score(grid.part(0, 1)) >= 2 else None


def _texts(paragraph: WordParagraph) -> list[str]:
    return [cleaned(part) for part in _GAP.split(paragraph.text.strip("\t \u00a0"))]


def _cell(at: int, text: str, paragraph: WordParagraph) -> GridCell:
    bold = sum(len(run.text) for run in paragraph.runs if run.look.bold) * 2 > len(paragraph.text)
    return GridCell(at, 1, [TextLine(text, "", paragraph, is_bold=bold)] if text else [])
