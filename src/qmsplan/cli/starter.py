"""Files to start from."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).with_name("starter")


def starter(name: str, **values: str) -> str:
    """The text of a starter file, its `{names}` filled in."""
    text = (_FOLDER / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def schema_line(root: Path, folder: Path) -> str:
    """The line that names the workspace's schema to the YAML language server; nothing if there is none."""
    schema = next((path for path in _SCHEMAS if (root / path).is_file()), None)
    if schema is None:
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(root / schema, folder)).as_posix()}\n"


_SCHEMAS = ("qmsplan.schema.json", "schema/qmsplan.schema.json")
