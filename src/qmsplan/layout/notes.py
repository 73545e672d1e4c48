"""What a YAML text holds besides its values: comments and blank lines, which the parser drops."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from qmsplan.load.source import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NOTE = re.compile(r"^(?:[ \t]*\n)+|#[^\n]*", re.MULTILINE)
_HEADER = re.compile(r"[|>](?P<marks>[-+0-9]*)[ \t]*(?P<comment>#[^\n]*)?")


class Note(NamedTuple):
    """A comment, or blank lines together (their text is empty), and where it starts."""

    start: int
    column: int
    text: str
    is_alone: bool
    """Nothing else stands on its line."""
    behind: int
    """Where the spaces before it start."""


def find_notes(text: str, parsed: Iterable[Any]) -> Iterator[Note]:
    """The comments and blank lines of a text with LF line ends, in order; `parsed` are its events.

    Between scalars stand only indicators, white space and comments: there, every `#` starts a comment."""
    at = 0
    scalars: Iterator[Any] = (event for event in parsed if isinstance(event, yaml.ScalarEvent))
    for scalar in scalars:
        start = scalar.start_mark.index
        yield from _between(text, at, start)
        header = _HEADER.match(text, start) if scalar.style in BLOCKS else None
        if header and header["comment"]:
            yield _note(text, header.start("comment"), header["comment"])
        at = end_of(scalar, text)
    yield from _between(text, at, len(text))


def end_of(scalar: Any, text: str) -> int:
    """Where a scalar ends. The parser counts blank lines to the block above; they are its own only with `|+`."""
    start: int = scalar.start_mark.index
    end: int = scalar.end_mark.index
    header = _HEADER.match(text, start)
    if scalar.style not in BLOCKS or (header and "+" in header["marks"]):
        return end
    return min(end, len(text[start:end].rstrip()) + start + 1)


def _between(text: str, start: int, end: int) -> Iterator[Note]:
    for match in _NOTE.finditer(text, start, end):
        yield _note(text, match.start(), match[0].rstrip())


def _note(text: str, index: int, found: str) -> Note:
    line = text[text.rfind("\n", 0, index) + 1 : index]
    behind = index - len(line) + len(line.rstrip(" "))
    return Note(index, len(line), found.rstrip(), not line.strip(), behind)
