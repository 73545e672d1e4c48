"""Texts that new files start from: those in the folder `starter`, and the line that names the schema to editors."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).with_name("starter")
_SCHEMAS = ("qmsplan.schema.json", "schema/qmsplan.schema.json")


def starter(name: str, **values: str) -> str:
    """The text of a starter file such as `plan.yaml`, its `{names}` filled in."""
    text = (_FOLDER / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def schema_line(root: Path, folder: Path) -> str:
    """The first line of a file in a folder, which names the workspace's schema to the YAML language server; nothing if
    the workspace has none."""
    schema = next((path for path in _SCHEMAS if (root / path).is_file()), None)
    if schema is None:
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(root / schema, folder)).as_posix()}\n"
