"""Where on the paper things stand: lines that are drawn (shapes, flat pictures, old drawings, borders of cells), boxes,
the areas of pages and of the cells of tables, and what lies off the paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from qmsplan.word.looks import POINTS_PER_MM, Looks, WordParagraphLook, cell_width, child_of, length, value_of, whole
from qmsplan.word.paragraph import DrawnLine, WordParagraph

LINE_SHAPES = frozenset({"line", "straightConnector1", "#_x0000_t32", "#_x0000_t20"})
"""Names of shapes that are lines, in new and old drawings."""
EMUS = 12700
"""A point in the units of drawings."""
_FLAT, _LONG = 3.0, 8
"""Points: what is no higher, and so many times as long, is a line, though it be a rectangle or a picture."""
_NONE = frozenset({None, "none", "nil"})
_COLUMNS = 100
"""Columns of a table that are told apart."""
_PLACED = {"left": 0.0, "right": 300.0}
"""Points from the left at which a box begins that is placed at one side."""


def shape_line(shape: Any) -> DrawnLine:
    """A line of a new drawing."""
    around = shape.getparent()
    extent, stroke = around.find(".//{*}ext"), around.find("{*}ln")
    length_told = whole(extent.get("cx"), 0) / EMUS if extent is not None else None
    if stroke is None:
        return DrawnLine(length_told)
    dash = stroke.find("{*}prstDash")
    is_dashed = stroke.find("{*}custDash") is not None or (dash is not None and dash.get("val", "solid") != "solid")
    return DrawnLine(length_told, not is_dashed and stroke.get("cmpd", "sng") == "sng")


def flat_length(drawing: Any) -> float | None:
    """The length in points of a drawing so flat that it is seen as a line; None if it is none, or has a line in it."""
    extent = drawing.find(qn("wp:extent"))
    if extent is None or any(one.get("prst") in LINE_SHAPES for one in drawing.iter("{*}prstGeom")):
        return None
    wide, high = (whole(extent.get(side)) / EMUS for side in ("cx", "cy"))
    return wide if _is_flat(wide, high) else None


def _is_flat(wide: float, high: float) -> bool:
    return high <= _FLAT and wide > _LONG * max(high, 1)


def _style(element: Any) -> dict[str, str]:
    """The style of an element of an old drawing: `width` is `120pt`."""
    parts = (part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in parts}


def vml_line(element: Any) -> DrawnLine:
    """A line of an old drawing."""
    stroke = element.find("{*}stroke")
    looks = {} if stroke is None else stroke.attrib
    is_solid = looks.get("dashstyle", "solid") == "solid" and looks.get("linestyle", "single") == "single"
    return DrawnLine(_vml_length(element), is_solid)


def _vml_length(element: Any) -> float | None:
    """Its length in points: from `width:120pt`, or from its two ends."""
    width = _style(element).get("width", "")
    if (found := length(width or None)) and "pt" in width:
        return found
    ends = [part.split(",")[0].strip() for part in (element.get("from", ""), element.get("to", ""))]
    lengths = [length(end) for end in ends]
    return abs(lengths[1] - lengths[0]) if None not in lengths else None  # type: ignore[operator]


def is_vml_line(element: Any) -> bool:
    """Whether an element of an old drawing is a line: by its name or type, as Word's own, or by how flat it is."""
    is_rule = element.get("{urn:schemas-microsoft-com:office:office}hr") == "t"
    if element.tag.endswith("}line") or element.get("type") in LINE_SHAPES or is_rule:
        return True
    wide, high = (length(_style(element).get(side)) for side in ("width", "height"))
    return wide is not None and high is not None and _is_flat(wide, high)


def left_of(box: Any) -> float | None:
    """Points from the left at which what is around the text of a box stands, from whatever it is measured; None if the
    file does not say it."""
    for around in box.iterancestors():
        if around.tag == qn("wp:anchor"):
            names = (f"{qn('wp:positionH')}/{qn(name)}" for name in ("wp:posOffset", "wp:align"))
            offset, align = map(around.findtext, names)
            return _PLACED.get(align) if align else whole(offset) / EMUS
        if style := _style(around) if "vml" in str(around.tag) else {}:
            align = style.get("mso-position-horizontal", "absolute")
            return length(style.get("margin-left")) if align == "absolute" else _PLACED.get(align)
    return None


def frame_left(properties: Any) -> float | None:
    """The same of a paragraph in a frame."""
    if (frame := child_of(properties, "framePr")) is None:
        return None
    align = frame.get(qn("w:xAlign"))
    return _PLACED.get(align) if align else length(frame.get(qn("w:x")))


def is_solid_border(kind: str) -> bool:
    """Whether a border of this kind is one line without gaps: `single`, and not `dashed` or `double`."""
    return kind in {"single", "thick"}


class WordTable:
    """A table that is open. Borders of cells draw lines, which belong to the last paragraph above them."""

    def __init__(self, element: Any, looks: Looks) -> None:
        properties = element.find(qn("w:tblPr"))
        self.style = value_of(properties, "tblStyle")
        own = child_of(properties, "tblBorders")
        self.borders = [*([] if own is None else [own]), *reversed(looks.table_borders(self.style))]
        """What is said of the borders of its cells, what counts most first."""
        self.is_turned = child_of(properties, "bidiVisual") is not None
        """Whether its first cell stands at the right."""
        self.cells: list[tuple[int, Any]] = []
        """The cell that is open, and how many paragraphs stand before it."""
        self.row: list[WordParagraph | None] = []
        self.above: list[WordParagraph | None] = []
        """The last paragraphs in the columns of this row and of the row above."""

    def next_row(self) -> None:
        """A row begins."""
        self.row, self.above = [], self.row

    def is_covered(self) -> bool:
        """Whether the cell that is open is merged with the one above it, which hides what it holds."""
        merged = child_of(child_of(self.cells[-1][1], "tcPr"), "vMerge")
        return bool(self.above) and merged is not None and merged.get(qn("w:val"), "continue") == "continue"

    def end_cell(self, found: list[WordParagraph]) -> None:
        """A cell ends; `found` are the paragraphs of the file up to here."""
        start, cell = self.cells.pop()
        column, own, properties = len(self.row), found[start:], cell.find(qn("w:tcPr"))
        span = whole(value_of(properties, "gridSpan"), 1)
        self.row += [own[-1] if own else None] * max(1, min(span, _COLUMNS))
        drawn = self._drawn(cell, child_of(properties, "tcBorders"))
        if not drawn or not own:
            return
        target: WordParagraph | None = own[-1]
        if "top" in drawn:
            over = self.above[column] if column < len(self.above) else None
            is_inner = start and own[-1].depth > 1 and not self.above
            is_empty = not any(one.plain for one in own)
            target = over or (own[-1] if is_empty else found[start - 1] if is_inner else None)
        if target is not None:
            kind = drawn.get("top") or drawn["bottom"]
            target.lines.append(DrawnLine(cell_width(properties) or None, is_solid_border(kind)))

    def _drawn(self, cell: Any, own: Any) -> dict[str, str]:
        """The kinds of borders at the `top` and `bottom`, where one is drawn; neither of a cell that has borders at its
        sides too: a box."""
        if own is None and not self.borders:
            return {}
        row = cell.getparent()
        ends = {"top": row.getprevious(), "bottom": row.getnext(), "left": cell.getprevious(), "right": cell.getnext()}
        found: dict[str, str] = {}
        for side, beside in ends.items():
            inner = "insideH" if side in {"top", "bottom"} else "insideV"
            name = inner if beside is not None and beside.tag in {qn("w:tr"), qn("w:tc")} else side
            other = {"left": "start", "right": "end"}.get(side, side)
            given = [value_of(own, each) for each in (side, other)]
            given += [value_of(one, each) for one in self.borders for each in (name, other if name == side else name)]
            if (kind := next((value for value in given if value is not None), None)) not in _NONE:
                found[side] = str(kind)
        return {} if found.keys() & {"left", "right"} else found


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
        indent = (look.left + min(look.first, 0)) * POINTS_PER_MM
        start, end = self.left + indent, self.left + self.width - look.right * POINTS_PER_MM
        farthest = max(start, self.left + look.tab if has_tabs else 0)
        is_off_paper = start < -_EDGE or farthest > self.paper - _EDGE or end > self.paper + _EDGE
        is_out_of_cell = self.is_cell and (indent < -_OVER or look.right * POINTS_PER_MM < -_OVER)
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
