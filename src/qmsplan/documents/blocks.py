"""What documents are made of. Every block knows the line of the template that made it, from 1; rows and cells that no
template wrote, those of a plan's table, have line 0.

Named tuples, here and in the profile: every start defines them all, and data classes take eight times as long.

Where the cells of a table stand when some cover several columns or rows.

Marks of plan texts on their way through a template: single characters that no text holds (Unicode noncharacters).

A filter or operator of a template sees one character like any other, so marks survive whatever it does to the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from qmsplan.diagnostics import Message
from qmsplan.model.inline import InlineNote, InlinePart, runs

Orientation: TypeAlias = Literal["portrait", "landscape"]
RowKind: TypeAlias = Literal["header", "group", "item", "total"]
SectionKind: TypeAlias = Literal["section", "annex"]


class Run(NamedTuple):
    """Text in one look. A line feed breaks the line, a tab goes to the next tab stop."""

    text: str
    bold: bool = False
    italic: bool = False


class Footnote(NamedTuple):
    """A note at the foot of the page; its mark stands where it stands."""

    content: tuple[Run, ...]


class DrawnBar(NamedTuple):
    """A bar in a line of text, drawn as shapes: how far it is filled and where its goal stands, in per cent of its
    length."""

    value: int
    goal: int | None
    words: str
    """What it shows, for who can't see it."""


Inline: TypeAlias = tuple[Run | Footnote | DrawnBar, ...]


class Para(NamedTuple):
    """A paragraph in the style of a component."""

    line: int
    style: str
    content: Inline


class Day(NamedTuple):
    """A date of which the day and the month may still be open."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class HeadBlock(NamedTuple):
    """The head of the first page; None for what is left out, an empty text for what is still open. Here and in the
    blocks of the end, fields are called as the elements that they are read from."""

    line: int
    parent: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: Day | None = None
    stamp: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    """Lines for the foot of the first page."""


class Title(NamedTuple):
    """The type of document and what it is about."""

    line: int
    type: str | None = None
    subject: tuple[str, ...] = ()


class Cell(NamedTuple):
    """A table cell that covers so many columns and rows."""

    line: int
    paras: tuple[Para, ...]
    columns: int = 1
    rows: int = 1


class Slot(NamedTuple):
    """A stretch of a row: a cell that starts here, or None below a cell of a row above."""

    cell: Cell | None
    column: int
    columns: int


class Row(NamedTuple):
    """A table row; one of a table knows its slots from left to right."""

    line: int
    kind: RowKind
    cells: tuple[Cell, ...]
    slots: tuple[Slot, ...] = ()


CELL_STYLES: dict[RowKind, str] = {
    "header": "table-header",
    "group": "table-group",
    "total": "table-group",
    "item": "table-text",
}
"""The style of the paragraphs of a row that names no other."""


class Table(NamedTuple):
    """A table; `widths` are shares of the text width that add up to 1."""

    line: int
    widths: tuple[float, ...]
    rows: tuple[Row, ...]


class Signer(NamedTuple):
    """Who signs; what is None or empty is left out. `label` stands above those who sign beside others: `Người lập`."""

    label: str | None = None
    position: tuple[str, ...] = ()
    instruction: str | None = None
    second_position: tuple[str, ...] = ()
    name: str | None = None


class Signature(NamedTuple):
    """Recipients on the left, the signatory on the right; what is None or empty is left out."""

    line: int
    recipient: tuple[str, ...] = ()
    dateline: str | None = None
    signer: Signer = Signer()


class Signers(NamedTuple):
    """Several who sign side by side, in boxes with lines or without."""

    line: int
    has_lines: bool
    signers: tuple[Signer, ...]
    below: Signature | None = None
    """Recipients and date of a joint document, which stand in the same table: they never begin a page."""


class PageBreak(NamedTuple):
    """What follows starts a page."""

    line: int


Flow: TypeAlias = Para | HeadBlock | Title | Table | Signature | Signers | PageBreak


class SectionBlock(NamedTuple):
    """Pages of one orientation; an annex counts its pages anew."""

    line: int
    kind: SectionKind
    orientation: Orientation
    blocks: tuple[Flow, ...]


Block: TypeAlias = Flow | SectionBlock


class MarkupFault(Exception):
    """What a template made can't be printed, such as cells that do not fill their table; `line` is the template's."""

    def __init__(self, line: int, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.template)
        self.line, self.message, self.hint = line, message, hint


_COUNT_CELLS = Message("count the cells, their columns, and the cells above that reach down by rows")


def with_slots(rows: Sequence[Row], columns: int) -> Iterator[Row]:
    """The rows of a table with their slots. MarkupFault at the first that does not fit."""
    covered: dict[int, tuple[int, int]] = {}
    for row in rows:
        yield row._replace(slots=tuple(_place(row, covered, columns)))
    if covered:
        message = Message("a cell reaches down below the table's last row")
        raise MarkupFault(rows[-1].line, message, _COUNT_CELLS)


def _place(row: Row, covered: dict[int, tuple[int, int]], wanted: int) -> Iterator[Slot]:
    """The slots of one row; `covered` has, by column, how many rows and columns cells from above still take."""
    cells = iter(row.cells)
    column = 0
    while column < wanted:
        cell = None
        if column in covered:
            rows, columns = covered.pop(column)
        elif cell := next(cells, None):
            rows, columns = cell.rows, cell.columns
        else:
            break
        if columns > 1 and any(column < other < column + columns for other in covered):
            message = Message("a cell of this row covers one that reaches down from above")
            raise MarkupFault(row.line, message, _COUNT_CELLS)
        if rows > 1:
            covered[column] = (rows - 1, columns)
        yield Slot(cell, column, columns)
        column += columns
    column += sum(cell.columns for cell in cells)
    if column != wanted:
        message = Message("the table has {wanted} column(s), this row fills {found}", wanted=wanted, found=column)
        raise MarkupFault(row.line, message, _COUNT_CELLS)


_ITALIC, _UPRIGHT, _NOTE, _NOTE_END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_ANY = re.compile(f"([{_ITALIC}-{_NOTE_END}])")
_NO_TEXT = re.compile("[\ufdd0-\ufdef]")
"""What Unicode keeps for programs; no text has it (The Unicode Standard, 23.7)."""
_WHOLE_NOTE = re.compile(f"{_NOTE}[^{_NOTE}{_NOTE_END}]*{_NOTE_END}")


def marked(text: str) -> str:
    """A text of a plan for templates, its marks as single characters."""
    return "".join([_marked(part) for part in runs(bare(text))]) if "*" in text or "^" in text else bare(text)


def bare(text: str) -> str:
    """A text of a plan that has no marks."""
    return text if text.isprintable() else _NO_TEXT.sub("", text)


def unmarked(text: str) -> str:
    """What a template made, without footnotes and mark characters, for places that can print neither."""
    return _ANY.sub("", _WHOLE_NOTE.sub("", text)) if _ANY.search(text) else text


def text_lines(text: str, *, is_bold: bool = False) -> tuple[Inline, ...]:
    """The content of a text line by line, its marks obeyed; nothing at all is no line."""
    if text.replace("\n", "").isprintable():  # the usual case, without marks and at once
        return tuple([(Run(line, is_bold),) if line else () for line in text.split("\n")]) if text else ()
    return lines_of(obeyed([Run(text, is_bold)]))


def lines_of(parts: Iterable[Run | Footnote | DrawnBar]) -> tuple[Inline, ...]:
    """The content line by line; nothing at all is no line."""
    lines: list[list[Run | Footnote | DrawnBar]] = [[]]
    for part in parts:
        if not isinstance(part, Run):
            lines[-1].append(part)
            continue
        first, *others = part.text.split("\n")
        lines[-1] += [part._replace(text=first)] if first else []
        lines += [[part._replace(text=text)] if text else [] for text in others]
    return () if lines == [[]] else tuple(map(tuple, lines))


def obeyed(parts: Iterable[Run | Footnote | DrawnBar]) -> Iterator[Run | Footnote | DrawnBar]:
    """The parts of one paragraph with their mark characters obeyed. What a template tore open ends with them."""
    italic = False
    note: list[Run] | None = None
    for part, piece in _pieces(parts):
        if piece == _NOTE:
            note = note or []
        elif piece == _NOTE_END and note is not None:
            yield Footnote(tuple(note))
            note = None
        elif piece in {_ITALIC, _UPRIGHT}:
            italic = piece == _ITALIC
        elif not isinstance(part, Run):
            yield part
        elif note is not None:
            note.append(Run(piece, italic=italic))
        elif piece != _NOTE_END:
            yield part._replace(text=piece, italic=part.italic or italic)
    if note:
        yield Footnote(tuple(note))


def _pieces(parts: Iterable[Run | Footnote | DrawnBar]) -> Iterator[tuple[Run | Footnote | DrawnBar, str]]:
    """Runs cut at mark characters; footnotes and bars as they are."""
    for part in parts:
        pieces = _ANY.split(part.text) if isinstance(part, Run) else ("",)
        yield from ((part, piece) for piece in pieces if piece or not isinstance(part, Run))


def _marked(part: InlinePart) -> str:
    if isinstance(part, InlineNote):
        return f"{_NOTE}{''.join(map(_marked, part.runs))}{_NOTE_END}"
    return f"{_ITALIC}{part.text}{_UPRIGHT}" if part.italic else part.text
