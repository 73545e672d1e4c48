"""A file by its path and the name that users are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class File(NamedTuple):
    """A file to read and the name it is shown under."""

    path: Path
    name: str
    content: bytes | None = None
    """Read instead of what is on the disk: a file as it would be."""
