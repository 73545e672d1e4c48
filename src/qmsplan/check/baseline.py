"""The findings that an old repository is known to have: only what is new is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Fault, say

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION = 1


class Entry(NamedTuple):
    """A finding as a baseline knows it: no line, no sentence. `file` is relative to the workspace."""

    file: str
    code: str
    fingerprint: str


def read_baseline(text: str) -> frozenset[Entry]:
    """The entries of a baseline file. A Fault if it is none."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not isinstance(content.get("findings"), list):
        raise Fault(say("this is no baseline file"), say("make it with '--write-baseline'"))
    if content.get("version") != VERSION:
        raise Fault(say("this baseline file is of another version"), say("make it anew with '--write-baseline'"))
    return frozenset(_entry(fields) for fields in content["findings"] if fields != {})


def _entry(fields: object) -> Entry:
    values = [fields.get(name) if isinstance(fields, dict) else None for name in Entry._fields]
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(values):
        raise Fault(say("an entry of the baseline file is not complete"), say("make it anew with '--write-baseline'"))
    return Entry(*texts)


def baseline_text(entries: Iterable[Entry]) -> str:
    """A file with a line for each entry, in order. The last line is empty braces: so each entry ends with a comma,
    and branches that add or remove entries merge line by line."""
    lines = [json.dumps(entry._asdict(), ensure_ascii=not entry.file.isprintable()) for entry in sorted(set(entries))]
    listed = ",\n".join(f"    {line}" for line in (*lines, "{}"))
    return f'{{\n  "version": {VERSION},\n  "findings": [\n{listed}\n  ]\n}}\n'
