"""How high the rows of a table get: a guess, to tell which may break across pages."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from qmsplan.document.docx.inline import words_of
from qmsplan.document.docx.markup import points, twips

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qmsplan.document.blocks import Cell
    from qmsplan.document.docx.sheet import Sheet
    from qmsplan.document.grid import Slot

_LETTER_SHARE = 0.46
"""The width of a usual letter as a share of its size."""
_LINE_RATIO = 1.15
"""The height of a line of this font as a share of its size."""


class Heights:
    """Takes the rows of a table one after the other. All lengths are twips."""

    def __init__(self, widths: Sequence[int], sheet: Sheet) -> None:
        self.edges = list(accumulate(widths, initial=0))
        self.margins = 2 * twips(sheet.profile.table.cell_side)
        self.styles = {  # the width of a letter, the height of a line, and the gaps
            name: (
                points(style.size) * _LETTER_SHARE,
                points(style.size) * style.line * _LINE_RATIO,
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
        letter, line, gaps = styles[style]
        height += max(1, ceil(len(words_of(content)) * letter / width)) * line + gaps
    return height
