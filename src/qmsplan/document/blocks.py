"""What documents are made of. Every block knows the line of the template that made it, from 1.

Named tuples, here and in the profile: every start defines them all, and data classes take eight times as long."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Orientation: TypeAlias = Literal["portrait", "landscape"]
RowKind: TypeAlias = Literal["header", "group", "item"]
SectionKind: TypeAlias = Literal["section", "annex"]


class Run(NamedTuple):
    """Text in one look. A line feed breaks the line, a tab goes to the next tab stop."""

    text: str
    bold: bool = False
    italic: bool = False


class Footnote(NamedTuple):
    """A note at the foot of the page; its mark stands where it stands."""

    content: tuple[Run, ...]


Inline: TypeAlias = tuple[Run | Footnote, ...]


class Para(NamedTuple):
    """A paragraph in the style of a component."""

    line: int
    style: str
    content: Inline


class Heading(NamedTuple):
    """The title of a part, level 1 to 4."""

    line: int
    level: int
    content: Inline


class Day(NamedTuple):
    """A date of which the day and the month may still be open."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class Head(NamedTuple):
    """The head of the first page; None for what is left out, an empty text for what is still open."""

    line: int
    parent: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: Day | None = None
    stamp: str | None = None


class Title(NamedTuple):
    """The type of document and what it is about."""

    line: int
    type: str
    subject: tuple[str, ...] = ()


class Cell(NamedTuple):
    """A table cell that covers so many columns and rows."""

    line: int
    paras: tuple[Para, ...]
    columns: int = 1
    rows: int = 1


class Row(NamedTuple):
    """A table row."""

    line: int
    kind: RowKind
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """A table; `widths` are shares of the text width that add up to 1."""

    line: int
    widths: tuple[float, ...]
    rows: tuple[Row, ...]


class Signature(NamedTuple):
    """Recipients on the left, the signatory on the right; what is None or empty is left out."""

    line: int
    recipients: tuple[str, ...] = ()
    dateline: str | None = None
    position: tuple[str, ...] = ()
    instruction: str | None = None
    name: str | None = None


class PageBreak(NamedTuple):
    """What follows starts a page."""

    line: int


class Spacer(NamedTuple):
    """Empty lines of body text."""

    line: int
    lines: int


Flow: TypeAlias = Para | Heading | Head | Title | Table | Signature | PageBreak | Spacer


class Section(NamedTuple):
    """Pages of one orientation; an annex counts its pages anew."""

    line: int
    kind: SectionKind
    orientation: Orientation
    blocks: tuple[Flow, ...]


Block: TypeAlias = Flow | Section
