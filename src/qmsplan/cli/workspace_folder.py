"""The folder of a workspace: where `qmsplan.yaml` stands, and the language that a line of it names.

Help and mistakes in the arguments are told in the workspace's language; this finds it without loading a YAML reader."""

from __future__ import annotations

import os
import re
from pathlib import Path

MARK = "qmsplan.yaml"
"""The settings file, which marks a folder as a workspace."""

_LANGUAGE = re.compile(rb"^language: *(vi|en) *(?:#.*)?\r?$", re.MULTILINE)


def find_workspace(start: Path | None = None) -> Path | None:
    """The nearest folder at or above `start` (the current folder if not given) that holds qmsplan.yaml."""
    here = (start or Path.cwd()).absolute()
    return next((folder for folder in (here, *here.parents) if (folder / MARK).is_file()), None)


def language_line(root: Path) -> str | None:
    """`vi` or `en` if exactly one plain line `language: vi` of the settings says so; None if only a YAML reader can
    tell."""
    try:
        lines = _LANGUAGE.findall((root / MARK).read_bytes())
    except OSError:
        return None
    return lines[0].decode() if len(lines) == 1 else None


def shown(path: Path) -> str:
    """A path as users are told it: relative to the current folder, with forward slashes."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()
