"""Validates YAML files against a JSON Schema with jsonschema-rs, a yardstick: `with_jsonschema_rs.py SCHEMA FILE…`."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml


def plain(value: Any) -> Any:
    """YAML 1.1 makes days of dates; the schema describes them as text."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


validator = jsonschema_rs.validator_for(json.loads(Path(sys.argv[1]).read_text("utf-8")))
for name in sys.argv[2:]:
    if not validator.is_valid(plain(yaml.load(Path(name).read_text("utf-8"), Loader=yaml.CSafeLoader))):
        raise SystemExit(f"{name} does not fit")
