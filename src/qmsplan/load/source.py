"""A text and the places in it. Positions are made only when something is wrong: a clean file never builds any."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

from qmsplan.diagnostic import START, Path, Span

if TYPE_CHECKING:
    from qmsplan.load.places import Located, Scalar

BLOCKS = ("|", ">")
"""The styles of texts that stand on lines of their own."""


class Source:
    """The text of one file and the name it is shown under."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    @cached_property
    def is_composed(self) -> bool:
        """Whether the text is in Unicode normal form C, as keyboards set to dựng sẵn type it."""
        return unicodedata.is_normalized("NFC", self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines without their ends."""
        return re.split("\r\n|[\r\n\x85\u2028\u2029]", self.text)  # as the parser counts them

    @cached_property
    def scalars(self) -> tuple[Scalar, ...]:
        """The scalars of a text that is YAML, keys too, in order."""
        from qmsplan.load.places import scalars_in

        return tuple(scalars_in(self.text))

    @cached_property
    def _places(self) -> dict[Path, Located]:
        from qmsplan.load.places import places_in

        return dict(places_in(self.text))

    def locate(self, path: Path) -> Span:
        """The place of the value at a path, or of the nearest value around it; containers are told by their key."""
        path = self._as_typed(path)
        for length in range(len(path), -1, -1):
            if place := self._places.get(path[:length]):
                key, value, style = place
                index = path[length] if length < len(path) else 0 if style == ">" else None
                if style in BLOCKS and isinstance(index, int):
                    return self._line_of_block(value, index, style)
                return self._first_line(key if key and value.line != value.end_line and style != "|" else value)
        return START

    def locate_key(self, path: Path) -> Span:
        """The place of the key at a path; of the value where there is no key."""
        place = self._places.get(self._as_typed(path))
        return self._first_line(place[0] or place[1]) if place else self.locate(path)

    def _as_typed(self, path: Path) -> Path:
        """The path without the indexes of values that stand alone where a list could."""
        typed: Path = ()
        for place, part in enumerate(path, 1):
            if part != 0 or place == len(path) or (*typed, part) in self._places:
                typed = (*typed, part)
        return typed

    def _first_line(self, span: Span) -> Span:
        if span.end_line == span.line:
            return span
        end = len(self.lines[span.line - 1].rstrip()) + 1
        return Span(span.line, span.column, span.line, max(end, span.column + 1))

    def _line_of_block(self, block: Span, index: int, style: str) -> Span:
        """The line where the paragraph with this index starts; folded ones are parted by blank lines."""
        after = block.end_line - (block.end_column == 1)  # a last line without a line end belongs to the block
        filled = [n for n in range(block.line, after) if self.lines[n].strip()]
        if style == ">":
            filled = [n for n in filled if n == filled[0] or not self.lines[n - 1].strip()]
        if index >= len(filled):
            return self._first_line(block)
        line = self.lines[filled[index]]
        return Span(filled[index] + 1, len(line) - len(line.lstrip()) + 1, filled[index] + 1, len(line.rstrip()) + 1)
