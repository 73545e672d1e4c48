"""The plan that a file is about, read from its first fields and no further than needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from qmsplan.load.faults import Broken
from qmsplan.load.limits import DEEPEST
from qmsplan.load.text import read_bytes
from qmsplan.load.tree import events

if TYPE_CHECKING:
    from pathlib import Path

_FIELD = {"plan": "id", "progress": "plan"}
"""The field that names the plan, by kind of file."""


def key_of(path: Path) -> str | None:
    """The plan id that a file is about; None if it can't be told."""
    try:
        return key_in(read_bytes(path))
    except Broken:
        return None


def key_in(content: bytes) -> str | None:
    """The plan id that the bytes of a file are about."""
    try:
        text = content.decode("utf-8-sig")
        return _key(text)
    except (Broken, UnicodeDecodeError):
        return None


def _key(text: str) -> str | None:
    """Only the scalars of the outermost mapping are looked at."""
    found: dict[str, str] = {}
    depth, key = 0, None
    for event in events(text):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth, key = depth + 1, None
            if depth > DEEPEST:  # refused anyway, and brackets cost the parser the square of their depth
                return None
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        elif depth == 1 and isinstance(event, yaml.ScalarEvent):
            if key is None:
                key = event.value
                continue
            found[key], key = event.value, None
            wanted = found.get(_FIELD.get(found.get("kind", ""), ""))
            if wanted:
                return wanted
    return None
