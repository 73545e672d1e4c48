"""Where a file that records name as evidence lies."""

from __future__ import annotations

import os
import stat

HERE, ABSENT, OUTSIDE, EMPTY = "here", "absent", "outside", "empty"


def find_evidence(path: str, root: str) -> str:
    """HERE, ABSENT, EMPTY, or OUTSIDE the workspace, whether it exists or not. Links are followed."""
    try:
        real, inside = (os.path.normcase(os.path.realpath(place)) for place in (path, root))
        if os.path.commonpath([real, inside]) != inside:
            return OUTSIDE
    except (OSError, ValueError):  # a name that no disk can hold, or another drive
        return OUTSIDE
    try:
        found = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return ABSENT
    if not stat.S_ISREG(found.st_mode):
        return ABSENT
    return HERE if found.st_size else EMPTY
