"""Tables that are made with tabs or blanks, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qmsplan.importing.column_words import header_score
from qmsplan.importing.grids import Grid, GridCell, GridRow
from qmsplan.importing.lines import TextLine, cleaned
from qmsplan.word.paragraph import WordParagraph

_GAP = re.compile(r"[ \u00a0]*\t\s*|[ \u00a0]{4,}")
"""What parts two columns: tabs, or many blanks."""
_LEAST = 3
"""Columns of such a table; two are a head or an end."""


def stands_in_columns(paragraph: WordParagraph) -> bool:
    """Whether a paragraph has gaps between texts."""
    return len(_texts(paragraph)) >= _LEAST


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
