"""A value as bytes: the same bytes for the same meaning, other bytes for another (docs/decisions/0015-seals.md).

Each value is a letter, the length of what follows, `:` and that. Fields go by name and not at all when they hold their
default, so neither their order in a class nor a field that a later version adds changes what is already sealed."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from qmsplan.model.period import Period
from qmsplan.model.shape import FileModel

if TYPE_CHECKING:
    pass


def canonical(value: object) -> bytes:
    """The canonical bytes of a text, number, day, period, list, table, or instance of a class of the file format."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple | list) and not isinstance(value, Period):
        return _framed(b"l", b"".join(map(canonical, value)))
    if isinstance(value, dict):
        return _pairs(value)
    if isinstance(value, FileModel):
        return _pairs(told(value))
    return _atom(value)


def told(value: FileModel) -> dict[str, object]:
    """The fields of an instance that say something: those that do not hold their default."""
    defaults = _defaults(type(value))
    return {name: part for name, part in value if part != defaults[name]}


@cache
def _defaults(kind: type[FileModel]) -> dict[str, object]:
    return {name: field.default for name, field in kind.model_fields.items()}


def _pairs(values: dict[str, object]) -> bytes:
    """Names and values in the order of the names' bytes."""
    pairs = sorted([(_text(name), canonical(part)) for name, part in values.items()])
    return _framed(b"m", b"".join(name + part for name, part in pairs))


@lru_cache(maxsize=1024)
def _text(value: str) -> bytes:
    """Names of fields and of units, words for deadlines come again and again."""
    return _framed(b"s", unicodedata.normalize("NFC", value).encode())


def _atom(value: object) -> bytes:
    if isinstance(value, bool):
        return _framed(b"b", b"1" if value else b"0")
    if isinstance(value, int | Decimal):
        return _framed(b"n", _number(Decimal(value)))
    if isinstance(value, Period):
        return _framed(b"p", f"{value.start.isoformat()}/{value.end.isoformat()}".encode())
    if isinstance(value, date):
        return _framed(b"d", value.isoformat().encode())
    if value is None:
        return _framed(b"z", b"")
    raise TypeError(type(value))


def _number(value: Decimal) -> bytes:
    """Without an exponent and without zeros at the end: 98.50 is 98.5."""
    text = f"{value:f}"
    shortened = text.rstrip("0").rstrip(".") if "." in text else text
    return (shortened if value else "0").encode()


def _framed(letter: bytes, content: bytes) -> bytes:
    return b"%b%d:%b" % (letter, len(content), content)
