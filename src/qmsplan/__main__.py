"""The way in: `qmsplan` and `python -m qmsplan`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Runs the command line. `--version` is answered before anything is loaded."""
    if sys.argv[1:] == ["--version"]:
        from qmsplan import __version__

        sys.stdout.write(f"qmsplan {__version__}\n")
        return
    from qmsplan.cli.app import run

    code = run(sys.argv[1:])
    if code == 130:
        _leave_at_once()
    sys.exit(code)


def _leave_at_once() -> None:
    """After Ctrl-C nothing is waited for: workers may have been caught half started."""
    multiprocessing = sys.modules.get("multiprocessing")
    for child in multiprocessing.active_children() if multiprocessing else ():
        child.kill()
    os._exit(130)


if __name__ == "__main__":
    main()
