"""Where a cursor stands in a YAML text, told by indentation alone, so that half-typed text has places too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from qmsplan.diagnostics import Path

_KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s:#'"\[\]{},|>%@`-][^:#]*?)\s*:(?=\s|$)""")
_DASH = re.compile(r"-(?=\s|$)")
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_BLANK = re.compile(r"\s*(?:#.*)?$")


class Cursor(NamedTuple):
    """A place in a text: `("objectives", 0, "deadline")`, with what is typed there up to the cursor.

    On the name of a field the path is that of the mapping that the field is in."""

    path: Path
    typed: str
    start: int
    """The column, from 0, where the typed text starts."""
    is_key: bool
    key: str = ""
    """The whole name of the field that the cursor is on; "" on a value."""
    beside: frozenset[str] = frozenset()
    """On the name of a field the other fields of the mapping."""


class _Frame(NamedTuple):
    """A field or an entry of a list that is open: its column, and its name or its index."""

    column: int
    name: str | int


class _Line(NamedTuple):
    """A line in parts: the columns of its dashes, its field with its column, and where the value starts."""

    dashes: tuple[int, ...]
    column: int
    """Of the field, or of the value where there is none."""
    key: str | None
    value: int


def cursor_at(lines: Sequence[str], line: int, column: int) -> Cursor:
    """The cursor before a column of a line, both from 0."""
    frames: list[_Frame] = []
    text_below: int | None = None
    """The column of a field whose text stands on the lines below it (`|`, `>`)."""
    for number, typed in enumerate(lines[: line + 1]):
        indent = len(typed) - len(typed.lstrip())
        if text_below is not None:
            is_inside = indent > text_below or (not typed.strip() and (number < line or column > text_below))
            if is_inside and number == line:
                return Cursor(_path(frames), typed[indent:column], min(indent, column), is_key=False)
            if is_inside:
                continue
            text_below = None
        if number < line and _BLANK.match(typed):
            continue
        parts = _parts(typed)
        if number == line:
            found = _here(frames, parts, typed, column)
            return found._replace(beside=_beside(lines, line, found.start)) if found.is_key else found
        _open(frames, parts)
        if _BLOCK.match(typed[parts.value :]):
            text_below = frames[-1].column if frames else -1
    return Cursor((), "", 0, is_key=True)


def _parts(typed: str) -> _Line:
    column, dashes = len(typed) - len(typed.lstrip()), []
    while _DASH.match(typed, column):
        dashes.append(column)
        column += 1 + len(typed[column + 1 :]) - len(typed[column + 1 :].lstrip())
    found = _KEY.match(typed, column)
    if found is None:
        return _Line(tuple(dashes), column, None, column)
    value = found.end() + len(typed[found.end() :]) - len(typed[found.end() :].lstrip())
    return _Line(tuple(dashes), column, found[1].strip("'\""), value)


def _open(frames: list[_Frame], line: _Line) -> None:
    """Closes what ends above a line and opens what starts on it."""
    for column in line.dashes:
        while frames and frames[-1].column > column:
            frames.pop()
        last = frames[-1] if frames else None
        if last and last.column == column and isinstance(last.name, int):
            frames[-1] = _Frame(column, last.name + 1)
        else:
            frames.append(_Frame(column, 0))
    if line.key is not None:
        _close(frames, line.column)
        frames.append(_Frame(line.column, line.key))


def _beside(lines: Sequence[str], line: int, column: int) -> frozenset[str]:
    """The fields of the mapping whose fields stand in a column, but for the one on the line itself."""
    found: set[str] = set()
    above = () if _parts(lines[line]).dashes else range(line - 1, -1, -1)  # behind a dash the mapping starts
    for numbers, upwards in ((above, True), (range(line + 1, len(lines)), False)):
        for number in numbers:
            if _BLANK.match(lines[number]):
                continue
            parts = _parts(lines[number])
            left = parts.dashes[0] if parts.dashes else parts.column
            if parts.column == column and parts.key and (upwards or not parts.dashes):
                found.add(parts.key)
            if left < column:
                break
    return frozenset(found)


def _close(frames: list[_Frame], column: int) -> None:
    """Closes what can't hold a field in a column: fields in it or right of it, and lists whose dashes stand there."""
    while frames and frames[-1].column >= column:
        frames.pop()


def _here(frames: list[_Frame], line: _Line, typed: str, column: int) -> Cursor:
    """The cursor on its own line, with what is open above it."""
    if not typed[:column].strip() and line.key is None:  # an empty line: its column says what is wished for
        _close(frames, column)
        return Cursor(_path(frames), "", column, is_key=True)
    before = _Line(tuple(dash for dash in line.dashes if dash < column), line.column, None, line.value)
    _open(frames, before)
    if line.key is None:
        value, start = typed[line.value : column], min(line.value, column)
        if _flows(value):
            return _in_flow(_path(frames), value, start)
        if not line.dashes:  # behind a dash a word is in the entry just opened
            _close(frames, line.column)
        return Cursor(_path(frames), value, start, is_key=True, key=typed[line.value :].strip())
    _close(frames, line.column)
    if column <= typed.index(":", line.column + len(line.key)):
        start = min(line.column, column)
        return Cursor(_path(frames), typed[start:column], start, is_key=True, key=line.key)
    frames.append(_Frame(line.column, line.key))
    value, start = typed[line.value : column], min(line.value, column)
    return _in_flow(_path(frames), value, start) if _flows(value) else Cursor(_path(frames), value, start, is_key=False)


def _path(frames: Sequence[_Frame]) -> Path:
    return tuple(frame.name for frame in frames)


def _flows(value: str) -> bool:
    return value[:1] in {"[", "{"}


def _in_flow(path: Path, value: str, start: int) -> Cursor:
    """The cursor behind an opened `[` or `{` of its line: `[NV, HC` or `{item: MT01, per`."""
    open_parts: list[tuple[str, str | int | None]] = []  # the bracket, and the field or index that is open in it
    word = 0
    for index, sign in enumerate(value):
        if sign in "[{":
            open_parts.append((sign, 0 if sign == "[" else None))
        elif sign in "]}" and open_parts:
            open_parts.pop()
        elif sign == "," and open_parts:
            bracket, name = open_parts[-1]
            open_parts[-1] = (bracket, name + 1 if isinstance(name, int) else None)
        elif sign == ":" and open_parts and open_parts[-1][0] == "{" and open_parts[-1][1] is None:
            open_parts[-1] = ("{", value[word:index].strip())
        else:
            continue
        word = index + 1
    blanks = len(value[word:]) - len(value[word:].lstrip())
    inner = tuple(name for _, name in open_parts if name is not None)
    is_key = bool(open_parts) and open_parts[-1] == ("{", None)
    typed = value[word + blanks :]
    return Cursor((*path, *inner), typed, start + word + blanks, is_key=is_key, key=typed if is_key else "")
