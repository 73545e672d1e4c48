"""One new entry of a list as YAML: on lines of its own, or in braces."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

from qmsplan.layout.fields import UNKNOWN, Field, Kind, fields_of
from qmsplan.layout.nodes import Leaf
from qmsplan.layout.texts import one_line, yaml_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STEP = 2
"""Spaces a level, where the file does not show its own."""
Typed: TypeAlias = "str | list[str]"
"""What stands behind a key: a text as typed, or a list of texts."""

_PLAIN_IN_BRACES = re.compile(r"[^\W_][\w.%/-]*")


def entry_lines(fields: Mapping[str, Typed], model: type, dash: int, offset: int) -> list[str]:
    """The lines of an entry whose dash stands at column `dash`, its keys `offset` columns further; ends left out."""
    lines = [line for name in fields for line in field_lines(name, fields[name], model, dash + offset)]
    return [" " * dash + "-".ljust(offset) + lines[0].lstrip(" "), *lines[1:]]


def field_lines(name: str, value: Typed, model: type, indent: int) -> Iterator[str]:
    """The lines of a key at column `indent` and its value."""
    kind = field_of(model, name).kind
    start, deeper = f"{' ' * indent}{name}:", indent + STEP
    if isinstance(value, str):
        first, *rest = yaml_lines(Leaf(value, "", 0), kind, len(start) + 1, deeper)
        yield f"{start} {first}"
        yield from rest
        return
    yield start
    yield from (f"{' ' * deeper}- {one_line(text, Kind.TEXT)}" for text in value)


def in_braces(fields: Mapping[str, Typed], model: type) -> str:
    """An entry on one line."""
    return f"{{{', '.join(pair_in_braces(name, value, model) for name, value in fields.items())}}}"


def pair_in_braces(name: str, value: Typed, model: type) -> str:
    """A key and its value on one line, safe in braces too."""
    kind = field_of(model, name).kind
    texts = [value] if isinstance(value, str) else value
    shown = ", ".join(_in_braces(text, kind) for text in texts)
    return f"{name}: {shown}" if isinstance(value, str) else f"{name}: [{shown}]"


def field_of(model: type, name: str) -> Field:
    """What the model says about a field."""
    return fields_of(model).get(name, UNKNOWN)


def _in_braces(text: str, kind: Kind) -> str:
    is_plain = _PLAIN_IN_BRACES.fullmatch(text) and one_line(text, kind) == text
    return text if is_plain else json.dumps(text, ensure_ascii=False)
