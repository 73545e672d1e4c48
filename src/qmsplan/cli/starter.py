"""Files to start from."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).with_name("starter")


def starter(name: str, **values: str) -> str:
    """The text of a starter file, its `{names}` filled in."""
    text = (_FOLDER / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text
