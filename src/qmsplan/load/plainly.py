"""Text to values line by line, as long as all lines are plain: a key, a dash, a text behind them or a block below.

It knows no messages. At the first line that is not plainly right it gives up, and the parser of `tree.py`, which is the
authority, reads the whole text; tests hold the two to the same values (docs/decisions/0020). Plain is what
`qmsplan fmt` writes and most people type; it is read in a third of the parser's time."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from qmsplan.load.limits import DEEPEST, LONGEST_SCALAR, MOST_NODES, NULLS

_DEEPEST, _MOST_LINES = DEEPEST - 5, MOST_NODES // 5
"""Open containers and lines within which neither depth nor the number of values can be too large: a line opens two
containers and holds a key and a value at the most."""

_NOT_NULL = rf"(?!(?:{'|'.join(sorted(NULLS - {''}))})(?:[:\n]| ++[#\n]))"
_ENTRY = rf"( *+)(- ++)?+(?:({_NOT_NULL}\w[\w.-]{{0,99}}+):(?=[ \n]) *+)?+"
_PLAIN = _NOT_NULL + r"[^ \n\-?:,\[\]{}#&*!|>'\"%@`][^\n:#]*+(?:(?::(?=[^ \n])|(?<=[^ \n])#)[^\n:#]*+)*+"
_TEXT = rf"({_PLAIN}|\"[^\"\\\n]*+\"|'[^'\n]*+')?+(?: *+|(?<![^ \n])#[^\n]*+| ++#[^\n]*+)\n"
_BLOCK = r"([|>]-?+) *+\n( ++)(?=[^ \n])((?:[^\n]*+\n)(?:(?:\6[^\n]*+)?+\n)*+)(?! ++\n)"
_rows = re.compile(rf"{_ENTRY}(?:{_TEXT}|{_BLOCK})|([^\n]*+\n)").findall
"""Indent, dash, key and text, or the style, margin and lines of a block; or a line that is none of this."""
_QUOTES = "\"'"
_NOWHERE = -1
"""The column of keys where the next line has to be looked at first."""


class _Level(NamedTuple):
    """An open container, and where its keys or dashes stand."""

    column: int
    container: Any


class _NotPlain(Exception):
    """The parser has to read it."""


def read_plainly(text: str) -> dict[str, Any] | None:
    """The fields of a text in normal form C without forbidden characters; None if the parser has to look."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "\t" in text or text[-1:] != "\n" or _is_large(text):
        return None
    try:
        return _read(text)
    except _NotPlain:
        return None


def _is_large(text: str) -> bool:
    """Whether it may hold more than a plan may; short texts can't."""
    if len(text) <= LONGEST_SCALAR:
        return False
    return text.count("\n") > _MOST_LINES or max(map(len, text.split("\n"))) > LONGEST_SCALAR


def _read(text: str) -> dict[str, Any]:  # noqa: C901, PLR0912  one loop, every line passes through it
    """One pass. A key at `column` belongs to the open container; any other line may open or close some."""
    root: dict[str, Any] = {}
    level, outer = _Level(0, root), list[_Level]()
    column, container = level
    waiting = ""
    for indent, dash, key, typed, style, margin, body, other in _rows(text):
        if not (key or dash):
            if typed or style or other:
                raise _NotPlain
            continue
        if dash or len(indent) != column:
            level = _moved(outer, level, waiting, len(indent), len(dash))
            if dash and key:
                level = _entered(outer, level, len(dash))
            column, container = level
            waiting = ""
        if typed:
            value = typed[1:-1] if typed[0] in _QUOTES else typed.rstrip(" ")
        else:
            value = _block(style, margin, body, level.column) if style else None
        if key:
            if key in container:
                raise _NotPlain
            container[key] = value
            if value is None:
                waiting, column = key, _NOWHERE
        elif value is not None:
            container.append(value)
            column = _NOWHERE
        else:
            raise _NotPlain
    if waiting or not root:
        raise _NotPlain
    return root


def _moved(outer: list[_Level], level: _Level, waiting: str, at: int, dash: int) -> _Level:
    """The container that a line belongs to: one that opens below a waiting key, or one of the open ones."""
    if waiting:
        if at < level.column + (not dash):
            raise _NotPlain
        outer.append(level)
        below = _Level(at, [] if dash else {})
        level.container[waiting] = below.container
        level = below
    while at < level.column or (at == level.column and not dash and type(level.container) is list):
        level = outer.pop()
    if at != level.column or (type(level.container) is list) is not bool(dash) or len(outer) > _DEEPEST:
        raise _NotPlain
    return level


def _entered(outer: list[_Level], level: _Level, dash: int) -> _Level:
    """The fields that start behind a dash."""
    outer.append(level)
    fields: dict[str, Any] = {}
    level.container.append(fields)
    return _Level(level.column + dash, fields)


def _block(style: str, margin: str, body: str, column: int) -> str:
    """The text below `|` or `>`, in a container that starts at `column`."""
    if len(margin) <= column:
        raise _NotPlain
    value = body.replace("\n" + margin, "\n").rstrip("\n")
    if style[0] == ">":
        value = _folded(value)
    if len(value) > LONGEST_SCALAR:
        raise _NotPlain
    return value if style[-1] == "-" else value + "\n"


def _folded(body: str) -> str:
    """Lines joined by spaces; blank lines part paragraphs."""
    if "\n " in body:
        raise _NotPlain
    return re.sub("\n(\n*)", lambda match: match[1] or " ", body)
