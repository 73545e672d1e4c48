"""How wide the columns of a table get: as the template shares them out, but none narrower than its longest word."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from qmsplan.document.docx.inline import words_of
from qmsplan.document.docx.markup import points, twips
from qmsplan.document.docx.measure import SLACK, width_of
from qmsplan.document.wording import cased

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmsplan.document.docx.sheet import Sheet
    from qmsplan.document.grid import Slot

_BREAKS = str.maketrans({hyphen: f"{hyphen} " for hyphen in "-‐–—"})
"""After a hyphen a line may break inside a word."""


def column_widths(shares: Sequence[float], rows: Iterable[Sequence[Slot]], sheet: Sheet) -> list[int]:
    """The widths in twips; together they are the text width."""
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + share * sheet.text_width)
    return widened([round(right) - round(left) for left, right in pairwise(edges)], _least(len(shares), rows, sheet))


def widened(widths: Sequence[int], least: Sequence[int]) -> list[int]:
    """The widths, each at least so wide: what one lacks, the widest give. If not all can be, the longest go short."""
    total = sum(widths)
    floors = least if sum(least) <= total else _levelled([0] * len(least), least, total)
    if all(width >= floor for width, floor in zip(widths, floors, strict=True)):
        return list(widths)
    return _levelled(floors, widths, total)


def _levelled(floors: Sequence[int], widths: Sequence[int], total: int) -> list[int]:
    """The widths cut off at the level at which they are `total` together, none below its floor."""

    def cut(level: int) -> list[int]:
        return [max(floor, min(width, level)) for floor, width in zip(floors, widths, strict=True)]

    result = cut(bisect_right(range(max(widths) + 1), total, key=lambda level: sum(cut(level))) - 1)
    rest = total - sum(result)
    for index, width in enumerate(widths):
        if rest and width > result[index]:
            result[index] += 1
            rest -= 1
    return result


def _least(count: int, rows: Iterable[Sequence[Slot]], sheet: Sheet) -> list[int]:
    """For each column the width that its longest word needs. Cells over several columns ask for nothing."""
    texts: dict[tuple[int, str], set[str]] = defaultdict(set)
    for slots in rows:
        for cell, column, columns in slots:
            if cell and columns == 1:
                for para in cell.paras:
                    texts[column, para.style].add(words_of(para.content))
    margins = 2 * twips(sheet.profile.table.cell_side)
    least = [margins] * count
    for (column, name), found in texts.items():
        style = sheet.profile.styles[name]
        longest = max((width_of(cased(word, style), points(style.size)) for word in _words(found)), default=0)
        least[column] = max(least[column], ceil(longest * SLACK) + margins)
    return least


def _words(texts: Iterable[str]) -> Iterator[str]:
    return iter(set(" ".join(texts).translate(_BREAKS).split()))
