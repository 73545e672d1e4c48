"""Files that tools write: which of them are stale, and the command line that all of these tools have."""  # noqa: INP001

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1]


def differing(wanted: Mapping[Path, str]) -> dict[Path, str]:
    """The files that are not as they should be, with what they should say."""
    return {path: text for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text}


def write(description: str | None, found: Mapping[Path, str]) -> int:
    """Writes the stale files; 0 if all is well. With `--check` it writes nothing, and 1 says that a file is stale."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    for path, text in found.items():
        sys.stdout.write(f"{'stale: ' if check else ''}{path.relative_to(ROOT).as_posix()}\n")
        if not check:
            path.write_bytes(text.encode())
    return int(check and bool(found))
