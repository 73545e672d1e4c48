"""What a file holds as an import reads it: lines with text, inline marks and look, and tables as grids.

A line is a paragraph, or a part of one that ends with a line break. A cell of a grid has the column and row that it
starts in, and how far it reaches; one that Word merges downwards is one cell. Rows that are deleted as a tracked change
are not read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from qmsplan.conformity.pieces import folded
from qmsplan.load.files import LONGEST_SCALAR, LOOKALIKES, find_forbidden
from qmsplan.model.inline import plain_text
from qmsplan.word.looks import value_of, whole
from qmsplan.word.paragraph import WordParagraph, normal
from qmsplan.word.reader import WordContent

_NOTE_MARKS = {qn("w:footnoteReference"): qn("w:footnote"), qn("w:endnoteReference"): qn("w:endnote")}
_LOOKALIKES = str.maketrans({**LOOKALIKES, "\u2028": " ", "\u2029": " "})
_LONGEST = LONGEST_SCALAR - 500
"""Characters of a line; longer ones are parted at a blank."""

Notes = dict[tuple[str, str], str]
"""The texts of footnotes and endnotes by the tag of their element and their number."""


class TextLine:
    """A line with its look. `text` is composed, with single blanks and with the number that Word puts before it;
    `marked` is the same with the plan's marks for italics and footnotes."""

    def __init__(self, text: str, marked: str = "", paragraph: WordParagraph | None = None, **look: bool) -> None:
        self.text, self.marked, self.paragraph = text, marked or escaped(text), paragraph
        self.is_bold = look.get("is_bold", False)
        self.is_italic = look.get("is_italic", False)
        self.is_centred = look.get("is_centred", False)
        self.cell: tuple[int, int] | None = None
        """Of a line of a workbook beside its tables: row and column, which tell who signs where."""
        self.day_in = ""
        """The name of the cell in which Excel holds it as a day: `C7`."""

    @cached_property
    def folded(self) -> str:
        """The text in small letters without marks: `I. MỤC ĐÍCH` is `i. muc dich`."""
        return folded(self.text)

    def part(self, start: int, end: int | None = None) -> TextLine:
        """A part of the line by its letters, with the marks in it where they are surely the same."""
        text = self.text[start:end].strip()
        marked = self.marked.removeprefix(self.text[:start]).strip() if end is None else ""
        return TextLine(text, marked if plain_text(marked) == text else "", self.paragraph, is_bold=self.is_bold)

    def with_more(self, line: TextLine) -> TextLine:
        """The line with another one behind it."""
        look = {"is_bold": self.is_bold, "is_italic": self.is_italic, "is_centred": self.is_centred}
        return TextLine(f"{self.text} {line.text}", f"{self.marked} {line.marked}", self.paragraph, **look)

    @property
    def number(self) -> int:
        """The number of its paragraph in the file, from 1; 0 in a workbook."""
        return self.paragraph.number if self.paragraph is not None else 0

    @property
    def is_of_workbook(self) -> bool:
        """Whether it stands in a workbook, where most agencies leave titles and heads without any look."""
        return self.paragraph is None

    @property
    def is_upper(self) -> bool:
        """Whether it is in capitals."""
        return self.text == self.text.upper() and any(map(str.isalpha, self.text))


def cleaned(text: str) -> str:
    """A text as a plan may hold it: composed, single blanks, without characters that plans refuse."""
    found = normal(text.translate(_LOOKALIKES))
    while bad := find_forbidden(found):
        found = found.replace(bad[0], " " if bad[0].isspace() else "")
    return " ".join(found.split())


def escaped(text: str) -> str:
    r"""A text in which no sign is taken for a mark: `(*)` stays, `*x*` becomes `\*x\*`."""
    if plain_text(text) == text:
        return text
    return re.sub(r"([*^])", r"\\\1", text)


def parted(text: str) -> list[str]:
    """A text in pieces that are short enough for a plan, parted at blanks."""
    found = []
    while len(text) > _LONGEST:
        cut = text.rfind(" ", 1, _LONGEST)
        cut = cut if cut > 0 else _LONGEST
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*found, text]


def notes_of(content: WordContent) -> Notes:
    """The footnotes and endnotes of a file."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for paragraph in content.notes:
        owner = next((one for one in paragraph.element.iterancestors() if one.tag in _NOTE_MARKS.values()), None)
        if owner is not None:
            found[owner.tag, owner.get(qn("w:id"), "")].append(cleaned(paragraph.text))
    return {key: " ".join(filter(None, texts)) for key, texts in found.items()}


class _Piece(NamedTuple):
    text: str
    bold: bool
    italic: bool
    note: str = ""


def lines_of(paragraph: WordParagraph, notes: Notes) -> list[TextLine]:
    """The lines of a paragraph; none for an empty one."""
    pieces = list(_pieces(paragraph, notes))
    rows: list[list[_Piece]] = [[]]
    for piece in pieces:
        for index, text in enumerate(piece.text.split("\n")):
            if index:
                rows.append([])
            rows[-1].append(piece._replace(text=text, note="" if index else piece.note))
    return [line for row in rows for line in _line(row, paragraph)]


def _pieces(paragraph: WordParagraph, notes: Notes) -> Iterator[_Piece]:
    if paragraph.ordinal:
        first = next((run for run in paragraph.runs if run.text.strip()), None)
        yield _Piece(paragraph.ordinal.replace("\t", " "), bool(first and first.look.bold), italic=False)
    texts: dict[Any, list[Any]] = defaultdict(list)
    for run in paragraph.runs:
        texts[run.element].append(run)
    for element in dict.fromkeys([*(paragraph.element.iter(qn("w:r")) if notes else ()), *texts]):
        shown = (run for run in texts.get(element, ()) if not run.look.hidden)
        yield from (_Piece(run.text.replace("\t", " "), run.look.bold, run.look.italic) for run in shown)
        yield from (_Piece("", bold=False, italic=False, note=note) for note in _notes_at(element, notes))


def _notes_at(element: Any, notes: Notes) -> Iterator[str]:
    """The texts of the notes that a run of letters refers to."""
    for mark, owner in _NOTE_MARKS.items() if notes else ():
        numbers = (reference.get(qn("w:id"), "") for reference in element.iterchildren(mark))
        yield from (note for number in numbers if (note := notes.get((owner, number))))


def _line(row: Sequence[_Piece], paragraph: WordParagraph) -> Iterator[TextLine]:
    text = cleaned("".join(piece.text for piece in row))
    noted = [piece.note for piece in row if piece.note]
    if not text and not noted:
        return
    letters = [piece for piece in row if piece.text.strip()]
    total = sum(len(piece.text) for piece in letters)
    bold = sum(len(piece.text) for piece in letters if piece.bold)
    marked = _marked(row)
    look = {
        "is_bold": bold * 2 > total,
        "is_italic": bool(letters) and all(piece.italic for piece in letters),
        "is_centred": paragraph.look.align == "center",
    }
    parts = parted(text)
    if len(parts) == 1 and plain_text(marked) == text and len(marked) <= LONGEST_SCALAR:
        yield TextLine(text, marked, paragraph, **look)
        return
    for part in parts:
        yield TextLine(part, "", paragraph, **look)


def _marked(row: Sequence[_Piece]) -> str:
    """The text of a line with the plan's marks: `*words*` and `^[note]`."""
    found, italic = "", False
    for piece in row:
        wants = piece.italic and bool(piece.text.strip()) and not piece.note
        if wants != italic and (piece.text.strip() or piece.note):
            found, italic = _closed(found) if italic else found, False
        body = escaped(piece.text)
        if wants and not italic:
            lead = len(body) - len(body.lstrip())
            body, italic = f"{body[:lead]}*{body[lead:]}", True
        found += body + (f"^[{escaped(piece.note)}]" if piece.note else "")
    return cleaned(_closed(found) if italic else found)


def _closed(text: str) -> str:
    """A text whose italics end with its last letter."""
    kept = text.rstrip()
    return f"{kept}*{text[len(kept) :]}"


def joined(lines: Iterable[TextLine]) -> str:
    """The texts of lines in one line."""
    return " ".join(line.text for line in lines)


_HOLDERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo")))
"""Elements around rows, cells and tables that change nothing."""
_WIDEST = 64
"""Columns of a table; Word allows 63."""


class GridCell:
    """A cell: the lines in it and the tables inside it, in order; its first column and how many it reaches over."""

    def __init__(self, column: int, width: int, content: list[TextLine | Grid]) -> None:
        self.column, self.width, self.content = column, width, content
        self.height = 1
        self.is_repeated = False
        """Whether it says that what stands above holds here too: `nt`."""
        self.colour = ""
        """The colour behind it; nothing for white or none."""

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
        return joined(self.lines)


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


Block = TextLine | Grid


def lines_in(blocks: Iterable[Block]) -> Iterator[TextLine]:
    """All lines, also those of tables."""
    for block in blocks:
        yield from (block,) if isinstance(block, TextLine) else block.lines()


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


_WHITE = frozenset({"", "AUTO", "FFFFFF"})


def _colour(properties: Any) -> str:
    shading = properties.find(qn("w:shd")) if properties is not None else None
    fill = shading.get(qn("w:fill"), "").upper() if shading is not None else ""
    return "" if fill in _WHITE else fill


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
            cell.colour = _colour(inner)
            cells.append(cell)
            for covered in range(column, column + width):
                open_cells.pop(covered, None)
            if merge is not None:
                open_cells[column] = cell
        column = min(column + width, 2 * _WIDEST)
    header = properties is not None and value_of(properties, "tblHeader") not in {"0", "false"}
    is_header = header and properties.find(qn("w:tblHeader")) is not None
    return GridRow(tuple(cells), above, is_header)
