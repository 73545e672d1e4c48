"""What is asked of a workspace before it is read: the language that a line of `qmsplan.yaml` names, names as shown.

Help and mistakes in the arguments are told in the workspace's language; this finds it without loading a YAML reader."""

from __future__ import annotations

import os
import re
from pathlib import Path

from qmsplan.load.files import MARK

_LANGUAGE = re.compile(rb"^language: *(vi|en) *(?:#.*)?\r?$", re.MULTILINE)


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
