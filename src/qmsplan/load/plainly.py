"""Text to values line by line, as long as all lines are plain: a key, a dash, a text behind them or a block below.

It knows no messages. At the first line that is not plainly right it gives up, and the parser of `tree.py`, which is the
authority, reads the whole text; tests hold the two to the same values (docs/decisions/0020). Plain is what
`qmsplan fmt` writes and most people type; it is read in a quarter of the parser's time."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from qmsplan.load.limits import LONGEST_SCALAR, NULLS

_DEEPEST, _MOST_LINES = 15, 40_000
"""Open containers and lines within which neither depth nor the number of values can be too large."""

_ENTRY = r"( *+)(- ++)?+(?:(\w[\w.-]{0,99}+):(?=[ \n]) *+)?+"
_PLAIN = r"[^ \n\-?:,\[\]{}#&*!|>'\"%@`][^\n:#]*+(?:(?::(?=[^ \n])|(?<=[^ \n])#)[^\n:#]*+)*+"
_TEXT = rf"({_PLAIN}|\"[^\"\\\n]*+\"|'[^'\n]*+')?+(?: *+|(?<![^ \n])#[^\n]*+| ++#[^\n]*+)\n"
_BLOCK = r"([|>]-?+) *+\n( ++)(?=[^ \n])((?:[^\n]*+\n)(?:(?:\6[^\n]*+)?+\n)*+)(?! ++\n)"
_rows = re.compile(rf"{_ENTRY}(?:{_TEXT}|{_BLOCK})|([^\n]*+\n)").findall
"""Indent, dash, key and text, or the style, margin and lines of a block; or a line that is none of this."""


class _Level(NamedTuple):
    """An open container, and where its keys or dashes stand."""

    column: int
    container: Any


class _NotPlain(Exception):
    """The parser has to read it."""


def read_plainly(text: str) -> dict[str, Any] | None:
    """The fields of a text that holds no forbidden character; None if the parser has to look."""
    text = text.replace("\r\n", "\n")
    if "\t" in text or text[-1:] != "\n" or text.count("\n") > _MOST_LINES:
        return None
    if not unicodedata.is_normalized("NFC", text) or _has_long_line(text):
        return None
    try:
        return _read(text)
    except _NotPlain:
        return None


def _has_long_line(text: str) -> bool:
    """Whether a line holds more characters than one text may."""
    return len(text) > LONGEST_SCALAR and max(map(len, text.split("\n"))) > LONGEST_SCALAR


def _read(text: str) -> dict[str, Any]:  # noqa: C901  one loop, every line passes through it
    """One pass. The open container has its keys or dashes at `column`; the value of the key `waiting` stands below."""
    root: dict[str, Any] = {}
    outer: list[_Level] = []
    level = _Level(0, root)
    column, container = level
    waiting = ""
    for indent, dash, key, typed, style, margin, body, other in _rows(text):
        if not (key or dash):
            if other or typed or style:
                raise _NotPlain
            continue
        if waiting or dash or len(indent) != column or type(container) is list:
            level = _moved(outer, level, waiting, len(indent), len(dash))
            if dash and key:
                level = _entered(outer, level, len(dash))
            column, container = level
            waiting = ""
        value = _scalar(typed) if typed else _block(style, margin, body, column) if style else None
        if not key:
            if value is None:
                raise _NotPlain
            container.append(value)
        elif key in container or key in NULLS:
            raise _NotPlain
        else:
            container[key] = value
            if value is None:
                waiting = key
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
    level.container.append({})
    return _Level(level.column + dash, level.container[-1])


def _scalar(typed: str) -> str:
    """A text on its line."""
    if typed[0] in "\"'":
        return typed[1:-1]
    value = typed.rstrip(" ")
    if value in NULLS:
        raise _NotPlain
    return value


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
