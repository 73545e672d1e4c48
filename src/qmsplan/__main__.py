"""Where the program starts: `qmsplan` and `python -m qmsplan`."""

from __future__ import annotations

import os
import sys

from qmsplan.cli.app import run
from qmsplan.cli.console import INTERRUPTED


def main() -> None:
    """Runs a command line and ends the process with its exit code."""
    code = run(sys.argv[1:])
    if code == INTERRUPTED:
        _leave_at_once()
    sys.exit(code)


def _leave_at_once() -> None:
    """After Ctrl-C nothing is waited for: the second process of a long run may have been caught half started."""
    multiprocessing = sys.modules.get("multiprocessing")
    for child in multiprocessing.active_children() if multiprocessing else ():
        child.kill()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
