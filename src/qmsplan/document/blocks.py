"""What documents are made of. Every block knows the line of the template that made it, from 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Orientation: TypeAlias = Literal["portrait", "landscape"]
RowKind: TypeAlias = Literal["header", "group", "item"]
SectionKind: TypeAlias = Literal["section", "annex"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text in one look; `\\n` breaks the line, `\\t` goes to the next tab stop."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note at the foot of the page; its mark stands where it stands."""

    content: tuple[Run, ...]


Inline: TypeAlias = tuple[Run | Footnote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """A paragraph in the style of a component."""

    style: str
    content: Inline
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The title of a part, level 1 to 4."""

    level: int
    content: Inline
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date of which the day and the month may still be open."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of the first page; None for what is left out, an empty text for what is still open."""

    parent: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: Day | None = None
    stamp: str | None = None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The type of document and what it is about."""

    type: str
    subject: tuple[str, ...] = ()
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell that covers so many columns and rows."""

    paras: tuple[Para, ...]
    columns: int = 1
    rows: int = 1
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A table row."""

    kind: RowKind
    cells: tuple[Cell, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; `widths` are shares of the text width that add up to 1."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Recipients on the left, the signatory on the right."""

    recipients: tuple[str, ...] = ()
    dateline: str | None = None
    position: tuple[str, ...] = ()
    instruction: str | None = None
    name: str | None = None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows starts a page."""

    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacer:
    """Empty lines of body text."""

    lines: int
    line: int


Flow: TypeAlias = Para | Heading | Head | Title | Table | Signature | PageBreak | Spacer


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Pages of one orientation; an annex counts its pages anew."""

    kind: SectionKind
    orientation: Orientation
    blocks: tuple[Flow, ...]
    line: int


Block: TypeAlias = Flow | Section
