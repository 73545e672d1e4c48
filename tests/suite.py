"""The cases of the public YAML test suite (tests/data/yaml-test-suite.json, MIT licence inside)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

_DATA = Path(__file__).with_name("data") / "yaml-test-suite.json"


class Case(NamedTuple):
    """A text, whether it is no YAML, and its value where it has one that JSON can hold."""

    id: str
    text: str
    is_wrong: bool
    json: str | None


def cases() -> tuple[Case, ...]:
    """All cases, by their ids."""
    data: dict[str, Any] = json.loads(_DATA.read_text("utf-8"))
    return tuple(Case(*row) for row in data["cases"])
