"""Where on the paper text stands: the areas of a file's pages, of its tables' cells, and what lies off the paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from qmsplan.word.looks import WordParagraphLook, cell_width, length, value_of, whole

_A4 = (595.3, 841.9)
"""Points of a page whose size a file does not say."""
_EDGE = 6.0
"""Points by which text may pass an edge, as that of cells does."""
_OVER = 30.0
"""Points by which text may pass the sides of its cell."""
_NARROWEST = 8.0
"""Points: a stretch that is less wide has no room for two figures."""
_LOWEST = 20.0
"""Points: a page with less height for its text shows none."""
_POINTS = 72 / 25.4


class PageArea(NamedTuple):
    """A stretch across the paper in which text stands, of a page or of a cell: points from the paper's left edge."""

    left: float
    width: float
    paper: float
    """How wide the paper is."""
    is_cell: bool = False
    has_height: bool = True

    def is_off(self, look: WordParagraphLook, *, has_tabs: bool) -> bool:
        """Whether some of a paragraph of this look would stand off the paper, or outside of its cell."""
        indent = (look.left + min(look.first, 0)) * _POINTS
        start, end = self.left + indent, self.left + self.width - look.right * _POINTS
        farthest = max(start, self.left + look.tab if has_tabs else 0)
        is_off_paper = start < -_EDGE or farthest > self.paper - _EDGE or end > self.paper + _EDGE
        is_out_of_cell = self.is_cell and (indent < -_OVER or look.right * _POINTS < -_OVER)
        return is_off_paper or is_out_of_cell or end - start < _NARROWEST or not self.has_height


def page_areas(root: Any) -> tuple[PageArea, ...]:
    """The areas of the sections of a file, in their order; of one that says none, an A4 page."""
    sections = [one for one in root.iter(qn("w:sectPr")) if one.getparent().tag != qn("w:sectPrChange")]
    return tuple(map(_page_area, sections)) or (PageArea(85.0, 425.3, _A4[0]),)


def _page_area(section: Any) -> PageArea:
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    wide, high = (_points(size, name, default) for name, default in zip("wh", _A4, strict=True))
    left, right, top, bottom = (_points(margins, side, 72.0) for side in ("left", "right", "top", "bottom"))
    left += _points(margins, "gutter", 0)
    return PageArea(left, wide - left - right, wide, has_height=high - abs(top) - abs(bottom) > _LOWEST)


def _points(element: Any, name: str, default: float) -> float:
    told = length(element.get(qn(f"w:{name}"))) if element is not None else None
    return default if told is None else told


class TableAreas:
    """The areas of the cells of one table, as far as the file says their widths."""

    def __init__(self, table: Any, around: PageArea) -> None:
        self.around = around
        grid = table.find(qn("w:tblGrid"))
        self._columns = [_points(one, "w", -1) for one in ([] if grid is None else grid.findall(qn("w:gridCol")))]
        properties = table.find(qn("w:tblPr"))
        align = value_of(properties, "jc") or "left"
        self._is_fixed = value_of(properties, "tblLayout", "type") == "fixed"
        """Whether its columns are as wide as its grid says; programs write any grid, and make it fit."""
        room = around.width - (sum(self._columns) if self._columns else around.width)
        shares = {"center": 0.5, "right": 1.0, "end": 1.0}
        indent = length(value_of(properties, "tblInd", "w")) or 0
        self._left = around.left + (room * shares[align] if align in shares else indent)

    def of_cell(self, cell: Any) -> PageArea:
        """The area of a cell; that of the page where a width before it is not told."""
        left, column = self._left, 0
        row = cell.getparent()
        for one in row.iterchildren(qn("w:tc")) if row is not None else ():
            width, column = self._width(one, column)
            if one is cell or width is None:
                break
            left += width
        if width is None or row is None:
            return self.around
        return PageArea(left, width, self.around.paper, is_cell=True, has_height=self.around.has_height)

    def _width(self, cell: Any, column: int) -> tuple[float | None, int]:
        """The width of a cell, and the column after it."""
        properties = cell.find(qn("w:tcPr"))
        end = column + max(1, min(whole(value_of(properties, "gridSpan"), 1), 100))
        if told := cell_width(properties):
            return told, end
        columns: Sequence[float] = self._columns[column:end]
        is_told = self._is_fixed and len(columns) == end - column and min(columns) > 0
        return (sum(columns) if is_told else None), end
