r"""Marks inside the texts of plans: `^[note]` is a footnote, `*words*` are italic, `\*` and `\^` print the sign itself.

A mark ends on the line it starts on. What is no mark stays as typed, so `2 * 3` and `(*)` need no escape. Documents
print the parts (`runs`), everything else reads the text without marks (`plain_text`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple, TypeAlias


class StyledText(NamedTuple):
    """A stretch of text in one style."""

    text: str
    italic: bool = False


class InlineNote(NamedTuple):
    """A footnote, at the place in the text where its number is printed."""

    runs: tuple[StyledText, ...]


InlinePart: TypeAlias = StyledText | InlineNote


def runs(text: str) -> tuple[InlinePart, ...]:
    """The parts of a text in order, none of them empty. Takes time linear in the text's length."""
    if not _may_have_marks(text):
        return (StyledText(text),) if text else ()
    writer = _Writer()
    last = 0
    for position, length, sign in _signs(text):
        writer.write(text[last:position])
        writer.obey(sign)
        last = position + length
    writer.write(text[last:])
    return writer.finish()


def plain_text(text: str) -> str:
    """The text without marks and footnotes, which names, deadlines and screens go by."""
    if not _may_have_marks(text):
        return text
    return "".join(part.text for part in runs(text) if isinstance(part, StyledText))


class _Sign(Enum):
    ITALIC = auto()
    UPRIGHT = auto()
    NOTE = auto()
    NOTE_END = auto()
    ESCAPE = auto()


class _Place(NamedTuple):
    """Characters of the text that are a mark: where they start, how many they are, what they do."""

    position: int
    length: int
    sign: _Sign


_SIGNS = re.compile(r"\\[*^]|\*|\^\[|[\[\]\n]")
_NOT_AFTER_OPENING = frozenset(" \t*)]},.;:!?")
_NOT_BEFORE_CLOSING = frozenset(" \t*([{")


def _may_have_marks(text: str) -> bool:
    return "*" in text or "^" in text


def _signs(text: str) -> Iterator[_Place]:
    """The marks in order. A star counts if it has its partner on the same line, inside the same footnote or outside of
    all."""
    notes = _notes(text)
    found: list[_Place | None] = []
    opening, outside = None, None
    for match in _SIGNS.finditer(text):
        position = match.start()
        if match[0] == "\n":
            opening = None
        elif len(match[0]) == 2 and match[0] != "^[":
            found.append(_Place(position, 1, _Sign.ESCAPE))
        elif sign := notes.get(position):
            found.append(_Place(position, len(match[0]), sign))
            opening, outside = (None, opening) if sign is _Sign.NOTE else (outside, None)
        elif match[0] == "*" and opening and _closes(text, position):
            found[opening[0]] = _Place(opening[1], 1, _Sign.ITALIC)
            found.append(_Place(position, 1, _Sign.UPRIGHT))
            opening = None
        elif match[0] == "*" and _opens(text, position):
            opening = (len(found), position)
            found.append(None)
    return (place for place in found if place)


def _notes(text: str) -> dict[int, _Sign]:
    """Where footnotes start and end. Brackets inside pair up, and a footnote in a footnote is text."""
    outermost: list[tuple[int, int]] = []
    for start, end in _brackets(text):
        if text.startswith("^", start) and text[start + 2 : end].strip():
            while outermost and outermost[-1][0] > start:
                outermost.pop()
            outermost.append((start, end))
    return {place: sign for pair in outermost for place, sign in zip(pair, (_Sign.NOTE, _Sign.NOTE_END), strict=True)}


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Pairs of brackets on one line, `[` or `^[` and `]`, inner ones first."""
    opened: list[int] = []
    for match in _SIGNS.finditer(text):
        if match[0] == "\n":
            opened.clear()
        elif match[0].endswith("["):
            opened.append(match.start())
        elif match[0] == "]" and opened:
            yield opened.pop(), match.start()


def _opens(text: str, position: int) -> bool:
    before, after = text[position - 1 : position] if position else "", text[position + 1 : position + 2]
    return bool(after) and after not in _NOT_AFTER_OPENING and not after.isspace() and not _is_inside(before)


def _closes(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position + 1 : position + 2]
    return before not in _NOT_BEFORE_CLOSING and not before.isspace() and not _is_inside(after)


def _is_inside(neighbour: str) -> bool:
    """True for a letter, a digit or another star: beside one a star is no mark (`2*3`)."""
    return neighbour.isalnum() or neighbour == "*"


class _Writer:
    """Collects the text between marks in the style that the marks so far give it."""

    def __init__(self) -> None:
        self.parts: list[InlinePart] = []
        self.note: list[StyledText] = []
        self.pieces: list[str] = []
        self.in_note = False
        self.italic = False
        self.italic_outside = False

    def write(self, text: str) -> None:
        if text:
            self.pieces.append(text)

    def obey(self, sign: _Sign) -> None:
        if sign is _Sign.ESCAPE:
            return
        self.flush()
        if sign is _Sign.NOTE:
            self.in_note, self.italic, self.italic_outside = True, False, self.italic
        elif sign is _Sign.NOTE_END:
            self.parts.append(InlineNote(tuple(self.note)))
            self.in_note, self.italic, self.note = False, self.italic_outside, []
        else:
            self.italic = sign is _Sign.ITALIC

    def flush(self) -> None:
        if self.pieces:
            run = StyledText("".join(self.pieces), self.italic)
            (self.note if self.in_note else self.parts).append(run)
            self.pieces.clear()

    def finish(self) -> tuple[InlinePart, ...]:
        self.flush()
        return tuple(self.parts)
