"""The way in: `qmsplan` and `python -m qmsplan`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line. `--version` is answered before anything is loaded."""
    if sys.argv[1:] == ["--version"]:
        from qmsplan import __version__

        sys.stdout.write(f"qmsplan {__version__}\n")
        return
    from qmsplan.cli.run import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
