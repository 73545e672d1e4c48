"""A value as bytes: the same bytes for the same meaning, other bytes for another (docs/decisions/0015-seals.md).

Each value is a letter, the length of what follows, `:` and that. Fields go by name and not at all when they hold their
default, so neither their order in a class nor a field that a later version adds changes what is already sealed."""

from __future__ import annotations

import dataclasses
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from qmsplan.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Hashable


def canonical(value: object) -> bytes:
    """The canonical bytes of a text, number, day, period, list, table, or instance of a class of the file format."""
    if dataclasses.is_dataclass(value):
        return _pairs(told(value))
    if isinstance(value, dict):
        return _pairs(value)
    if isinstance(value, tuple | list) and not isinstance(value, Period):
        return _framed(b"l", b"".join(map(canonical, value)))
    return _atom(value)


def told(value: Any) -> dict[str, object]:
    """The fields of an instance that say something: those that do not hold their default."""
    return {name: part for name, default in _fields(value.__class__) if (part := getattr(value, name)) != default}


@cache
def _fields(kind: Hashable) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))  # type: ignore[arg-type]


def _pairs(values: dict[str, object]) -> bytes:
    """Names and values in the order of the names' bytes."""
    pairs = sorted((_atom(name), canonical(part)) for name, part in values.items())
    return _framed(b"m", b"".join(name + part for name, part in pairs))


def _atom(value: object) -> bytes:
    if isinstance(value, str):
        return _framed(b"s", unicodedata.normalize("NFC", value).encode())
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
