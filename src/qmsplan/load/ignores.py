"""Comments that let a finding pass: `# qmsplan: ignore[QP203] reason`. The parser's events hold no comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Span
from qmsplan.load.lint import IGNORE
from qmsplan.load.source import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmsplan.load.places import Scalar
    from qmsplan.load.source import Source

_START = r"(?:^|(?<=[ \t]))#"
_COMMENT = _START + rf"\s*{IGNORE}\b(?:\s*\[(?P<codes>[^\]]*)\](?P<reason>.*))?"


class Ignore(NamedTuple):
    """One comment: its place, the lines whose findings it is about, the codes and the reason as typed.

    Nobody can comment inside a block of text, so a comment about the line where one opens is about its lines too."""

    span: Span
    lines: tuple[int, ...]
    codes: tuple[str, ...]
    reason: str


def read_ignores(source: Source) -> Iterator[Ignore]:
    """The ignore comments of a text that is YAML, in order."""
    if IGNORE not in source.text:
        return
    scalars, below = _Scalars(source.scalars), _code_below(source.lines)
    for number, line in enumerate(source.lines, 1):
        start = scalars.comment_in(line, number) if IGNORE in line else None
        if start is None or not (match := re.search(_COMMENT, line[start:])):
            continue
        stands_alone = not line[:start].strip()
        about = below[number - 1] if stands_alone else number
        codes = (code.strip() for code in (match["codes"] or "").split(","))
        yield Ignore(
            Span(number, start + match.start() + 1, number, len(line.rstrip()) + 1),
            (*((number, about) if stands_alone else (number,)), *scalars.block_below(about)),
            tuple(dict.fromkeys(code for code in codes if code)),
            (match["reason"] or "").strip(" \t:-–"),
        )


def _code_below(lines: Sequence[str]) -> list[int]:
    """For each line the number of the next one that is neither blank nor a comment; its own if there is none."""
    result = list(range(1, len(lines) + 1))
    below = None
    for index in range(len(lines) - 1, -1, -1):
        result[index] = below or index + 1
        text = lines[index].strip()
        if text and not text.startswith("#"):
            below = index + 1
    return result


class _Scalars:
    """Where texts stand: a `#` inside one starts no comment."""

    def __init__(self, scalars: Sequence[Scalar]) -> None:
        spans = [_inside(scalar) for scalar in scalars]
        self._is_block = [scalar.style in BLOCKS for scalar in scalars]
        self._starts = [span[:2] for span in spans]
        self._ends = [span[2:] for span in spans]

    def comment_in(self, line: str, number: int) -> int | None:
        """The index at which a line's comment starts."""
        starts = (match.start() for match in re.finditer(_START, line))
        return next((start for start in starts if not self._cover((number, start + 1))), None)

    def block_below(self, number: int) -> range:
        """The lines of the block of text that opens on a line."""
        index = bisect_right(self._starts, (number + 1, 1)) - 1
        if index < 0 or not self._is_block[index] or self._starts[index] != (number + 1, 1):
            return range(0)
        end, column = self._ends[index]
        return range(number + 1, end + (column > 1))

    def _cover(self, place: tuple[int, int]) -> bool:
        index = bisect_right(self._starts, place) - 1
        return index >= 0 and place < self._ends[index]


def _inside(scalar: Scalar) -> Span:
    """The place of a text; that of a block starts below its `|`, behind which a comment may stand."""
    span = scalar.span
    return Span(span.line + 1, 1, *span[2:]) if scalar.style in BLOCKS else span
