"""Which blocks there are, what may stand in them, and what their attributes may say."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.document.profile import STYLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = "document"
MOST_COLUMNS = 63
"""Word has no more."""

_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?")


class Shape(NamedTuple):
    """What an element may have. An attribute is read by a function that raises ValueError with what is allowed."""

    attributes: Mapping[str, Callable[[str], object]] = MappingProxyType({})
    required: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    has_text: bool = False


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(typed: str) -> str:
        if typed not in choices:
            raise ValueError(", ".join(choices))
        return typed

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    @cache
    def read(typed: str) -> int:
        if not re.fullmatch(r"[0-9]{1,4}", typed) or not least <= int(typed) <= most:
            raise ValueError(f"{least} - {most}")
        return int(typed)

    return read


def _open_or(read: Callable[[str], int]) -> Callable[[str], int | None]:
    return lambda typed: read(typed) if typed else None


def read_widths(typed: str) -> tuple[float, ...]:
    """`6 26 30`, in any unit, as shares that add up to 1."""
    parts = typed.split()
    if not parts or len(parts) > MOST_COLUMNS or not all(_NUMBER.fullmatch(part) and float(part) for part in parts):
        raise ValueError("6 26 30 12 10 16")
    total = sum(map(float, parts))
    return tuple(float(part) / total for part in parts)


_STYLE = _one_of(*sorted(STYLES))
_ORIENTATION = _one_of("portrait", "landscape")
_DATE = {"year": _open_or(_whole(1, 9999)), "month": _open_or(_whole(1, 12)), "day": _open_or(_whole(1, 31))}
_SPAN = _whole(1, MOST_COLUMNS)
_WORDS = Shape(has_text=True)
_FLOW = frozenset({"head", "title", "heading", "para", "table", "signature", "page-break", "spacer"})
_INLINE = frozenset({"b", "i", "footnote"})

GRAMMAR: Mapping[str, Shape] = {
    ROOT: Shape(children=frozenset({"section", "annex"})),
    "section": Shape({"orientation": _ORIENTATION}, children=_FLOW),
    "annex": Shape({"orientation": _ORIENTATION}, children=_FLOW),
    "head": Shape(children=frozenset({"parent", "issuer", "number", "symbol", "place", "date", "stamp"})),
    "parent": _WORDS,
    "issuer": _WORDS,
    "number": _WORDS,
    "symbol": _WORDS,
    "place": _WORDS,
    "date": Shape(_DATE),
    "stamp": _WORDS,
    "title": Shape(children=frozenset({"type", "subject"})),
    "type": _WORDS,
    "subject": _WORDS,
    "heading": Shape({"level": _whole(1, 4)}, frozenset({"level"}), _INLINE, has_text=True),
    "para": Shape({"style": _STYLE}, children=_INLINE, has_text=True),
    "b": Shape(children=_INLINE, has_text=True),
    "i": Shape(children=_INLINE, has_text=True),
    "footnote": Shape(children=frozenset({"b", "i"}), has_text=True),
    "table": Shape({"widths": read_widths}, frozenset({"widths"}), frozenset({"row"})),
    "row": Shape({"kind": _one_of("header", "group", "item")}, children=frozenset({"cell"})),
    "cell": Shape({"columns": _SPAN, "rows": _whole(1, 9999)}, children=frozenset({"para"})),
    "signature": Shape(children=frozenset({"recipient", "dateline", "position", "instruction", "name"})),
    "recipient": _WORDS,
    "dateline": _WORDS,
    "position": _WORDS,
    "instruction": _WORDS,
    "name": _WORDS,
    "page-break": Shape(),
    "spacer": Shape({"lines": _whole(1, 40)}, frozenset({"lines"})),
}
"""The block language. An element never stands inside another of its name."""
