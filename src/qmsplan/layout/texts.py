"""One text as YAML: plain where that is safe, in quotes where it is not, folded at words where it is long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmsplan.layout.fields import Kind
from qmsplan.load.limits import NULLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.layout.nodes import Leaf

WIDTH = 110
"""Columns of a line, where words allow it."""
LEAST = 40
"""Columns that folded text has at any depth."""

_STARTS_PLAIN = re.compile(r"[^ \t\-?:,\[\]{}#&*!|>'\"%@`]|[-?:](?=[^ \t])")
_HOLDS_SYNTAX = re.compile(r":(?=[ \t]|$)|[ \t]#|\n")
_NUMBER_LIKE = re.compile(
    r"[-+]?\.?[0-9][0-9_.:+-]*(?:[eE][-+]?[0-9]+)?|0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)", re.IGNORECASE
)
_TIME_LIKE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[Tt ].*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "=", "<<"})
_JOINT = re.compile(r"(?<=\S) (?=\S)")


def yaml_lines(leaf: Leaf, kind: Kind, column: int, indent: int, *, stays_plain: bool = False) -> list[str]:
    """What stands behind a key or dash that ends before `column`, then the lines below it, at their indent."""
    value = _settled(leaf, kind)
    if value is None:
        return [""]
    if "\n" in value:
        folded = _folded(value, indent) if leaf.style == ">" else []
        return folded or _literal(value, indent) or [_escaped(value)]
    line = one_line(value, Kind.TYPED if stays_plain else kind)
    if stays_plain or column + len(line) <= WIDTH or value != value.strip() or not _JOINT.search(value):
        return [line]
    return [">-", *_at_words(value, indent)]


def one_line(value: str, kind: Kind) -> str:
    """A text on one line: plain if no reader of YAML can take it for anything else."""
    if _may_be_plain(value, kind):
        return value
    if ('"' in value or "\\" in value) and not ("\t" in value or "\n" in value):
        return "'" + value.replace("'", "''") + "'"
    return _escaped(value)


def _may_be_plain(value: str, kind: Kind) -> bool:
    if not _STARTS_PLAIN.match(value) or _HOLDS_SYNTAX.search(value) or value[-1] in " \t" or value in NULLS:
        return False
    return kind is Kind.TYPED or not (looks_typed(value) or value != value.strip() or "\t" in value)


def looks_typed(value: str) -> bool:
    """True for what YAML 1.1 or 1.2 takes for a number, a date or a choice of two when it is not quoted."""
    return value.lower() in _WORDS or bool(_NUMBER_LIKE.fullmatch(value) or _TIME_LIKE.fullmatch(value))


def _escaped(value: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        value = value.replace(plain, escaped)
    return f'"{value}"'


def _settled(leaf: Leaf, kind: Kind) -> str | None:
    """The text without what means nothing in it: in paragraphs, white space at the ends and doubled blank lines."""
    value = leaf.value
    if value is None or kind is not Kind.LINES or "\n" not in value or not value.strip():
        return value
    if leaf.style == "|":
        return "\n".join(_dedented(_tidied(value))) + "\n"
    paragraphs = [line.strip() for line in value.split("\n") if line.strip()]
    return paragraphs[0] if len(paragraphs) == 1 else "\n".join(paragraphs) + "\n"


def _tidied(value: str) -> list[str]:
    """Lines without trailing white space, none of them blank at the ends, no two blank ones together."""
    lines = [line.rstrip() for line in value.split("\n")]
    kept = [line for above, line in zip(["", *lines], lines, strict=False) if line or above]
    return kept if kept[-1] else kept[:-1]


def _dedented(lines: list[str]) -> list[str]:
    """The lines moved left together; the first one starts at the margin, and only spaces indent."""
    margin = min(_indent(line) for line in lines if line)
    moved = [line[margin:] if _indent(line) == len(line) - len(line.lstrip()) else line.lstrip() for line in lines]
    return [moved[0].lstrip(), *moved[1:]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _literal(value: str, indent: int) -> list[str]:
    """A block whose lines are the text's; nothing where white space would hide in it."""
    body = value.removesuffix("\n")
    lines = body.split("\n")
    first = body.lstrip("\n")
    if not first or first[0] == " " or not lines[-1]:
        return []
    if any(line != line.rstrip() or line.startswith("\t") for line in lines):
        return []
    return ["|" if body != value else "|-", *(" " * indent + line if line else "" for line in lines)]


def _folded(value: str, indent: int) -> list[str]:
    """A block of paragraphs, each folded at words; nothing where its rules would change the text."""
    body = value.removesuffix("\n")
    lines = body.split("\n")
    if not lines[-1] or any(line != line.strip() for line in lines):
        return []
    folded = [part for line in lines for part in ("", *_at_words(line, indent))]
    return [">" if body != value else ">-", *folded[1:]]


def _at_words(text: str, indent: int) -> Iterator[str]:
    """A paragraph on lines of at most `WIDTH` columns; only a single space between words may end a line."""
    room = max(WIDTH - indent, LEAST)
    line = ""
    for word in _JOINT.split(text):
        if line and len(line) + 1 + len(word) > room:
            yield " " * indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield " " * indent + line
