"""Where a file that records name as evidence lies."""

from __future__ import annotations

import os

HERE, ABSENT, OUTSIDE = "here", "absent", "outside"


def find_evidence(path: str, root: str) -> str:
    """HERE, ABSENT, or OUTSIDE the workspace, whether it exists or not. Links are followed."""
    try:
        real, inside = (os.path.normcase(os.path.realpath(place)) for place in (path, root))
        if os.path.commonpath([real, inside]) != inside:
            return OUTSIDE
    except (OSError, ValueError):  # a name that no disk can hold, or another drive
        return OUTSIDE
    return HERE if os.path.isfile(path) else ABSENT  # noqa: PTH113  never raises
