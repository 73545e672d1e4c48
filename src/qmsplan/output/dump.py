"""Values as JSON that is safe in any log: nothing that a terminal obeys or a CI runner takes for a command."""

from __future__ import annotations

import json
import re

_UNSAFE = "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]|#(?=#\\[)"
"""Only strings can hold these; escaped there, they are the same strings."""


def dump(value: object) -> str:
    """A JSON text with a line end; letters stay letters."""
    return harmless_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def harmless_json(text: str) -> str:
    """The same JSON, with what is not safe escaped."""
    return re.sub(_UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", text)
