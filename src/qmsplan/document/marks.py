"""Marks of plan texts on their way through a template: single characters that no text holds (Unicode noncharacters).

A filter or operator of a template sees one character like any other, so marks survive whatever it does to the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmsplan.document.blocks import Footnote, Run
from qmsplan.model.inline import Note, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmsplan.model.inline import Part

_ITALIC, _UPRIGHT, _NOTE, _NOTE_END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_ANY = re.compile(f"([{_ITALIC}-{_NOTE_END}])")
_WHOLE_NOTE = re.compile(f"{_NOTE}[^{_NOTE}{_NOTE_END}]*{_NOTE_END}")


def marked(text: str) -> str:
    """A text of a plan for templates, its marks as single characters."""
    return "".join([_marked(part) for part in runs(bare(text))]) if "*" in text or "^" in text else bare(text)


def bare(text: str) -> str:
    """A text of a plan that has no marks."""
    return text if text.isprintable() else _ANY.sub("", text)


def unmarked(text: str) -> str:
    """What a template made, without footnotes and mark characters, for places that can print neither."""
    return _ANY.sub("", _WHOLE_NOTE.sub("", text)) if _ANY.search(text) else text


def obeyed(parts: Iterable[Run | Footnote]) -> Iterator[Run | Footnote]:
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
        elif isinstance(part, Footnote):
            yield part
        elif note is not None:
            note.append(Run(piece, italic=italic))
        elif piece != _NOTE_END:
            yield part._replace(text=piece, italic=part.italic or italic)
    if note:
        yield Footnote(tuple(note))


def _pieces(parts: Iterable[Run | Footnote]) -> Iterator[tuple[Run | Footnote, str]]:
    """Runs cut at mark characters; footnotes as they are."""
    for part in parts:
        pieces = _ANY.split(part.text) if isinstance(part, Run) else ("",)
        yield from ((part, piece) for piece in pieces if piece or isinstance(part, Footnote))


def _marked(part: Part) -> str:
    if isinstance(part, Note):
        return f"{_NOTE}{''.join(map(_marked, part.runs))}{_NOTE_END}"
    return f"{_ITALIC}{part.text}{_UPRIGHT}" if part.italic else part.text
