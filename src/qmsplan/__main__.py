"""Where the program starts: `qmsplan` and `python -m qmsplan`."""

from __future__ import annotations

import gc
import os
import signal
import sys

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# Plugins of other packages have no business in plans; looking for them among all that is installed costs a fifth of a
# start, so pydantic has to know before it is imported.
gc.set_threshold(250_000)
# Models and plans are many small objects that stay. Looking for dead ones among them every 700 costs a start 5 % and
# `record` a third of its time; once more before the work begins costs `render` a tenth. Imports are most of a start, so
# it is set before them.
_interrupt = signal.getsignal(signal.SIGINT)
if _interrupt is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C during the imports ends the process without a traceback

from qmsplan.cli.app import run  # noqa: E402
from qmsplan.cli.console import Exit  # noqa: E402

signal.signal(signal.SIGINT, _interrupt)


def main() -> None:
    """Runs a command line and ends the process with its exit code."""
    code = run(sys.argv[1:])
    if code == Exit.INTERRUPTED:
        _leave_at_once()
    gc.freeze()  # the process ends: looking through all objects once more took a quarter of a long run
    sys.exit(code)


def _leave_at_once() -> None:
    """After Ctrl-C nothing is waited for: the second process of a long run may have been caught half started."""
    multiprocessing = sys.modules.get("multiprocessing")
    for child in multiprocessing.active_children() if multiprocessing else ():
        child.kill()
    os._exit(Exit.INTERRUPTED)


if __name__ == "__main__":
    main()
