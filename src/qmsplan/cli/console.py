"""Streams: UTF-8 whatever the locale says, colours only where they are welcome."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from qmsplan.cli.exits import BROKEN
from qmsplan.language import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.diagnostic import Text


class Stop(Exception):
    """The command can't go on: what to tell the user, and the exit code."""

    def __init__(self, text: Text, hint: Text | None = None, code: int = BROKEN) -> None:
        super().__init__(text.template)
        self.text, self.hint, self.code = text, hint, code


class PipeClosedError(Exception):
    """Nobody reads what we write any more: `qmsplan status | head`."""


def settle_streams() -> None:
    """A Vietnamese sentence must come out under any locale; what can't be encoded is escaped, never fatal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def wants_colours(stream: object = None) -> bool:
    """True on a terminal without NO_COLOR, or where FORCE_COLOR is set (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    file = stream or sys.stdout
    is_terminal = getattr(file, "isatty", None)
    return bool(is_terminal and is_terminal()) and os.environ.get("TERM") != "dumb"


def screen_width() -> int:
    """Columns of the terminal, or COLUMNS; 120 where there is neither."""
    import shutil

    return max(shutil.get_terminal_size((120, 24)).columns, 60)


def put(text: str) -> None:
    """Data goes to stdout."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise PipeClosedError from None


def tell(text: str) -> None:
    """Talk goes to stderr."""
    sys.stderr.write(text + "\n")


def say_error(text: Text, hint: Text | None, say: Callable[[str], str]) -> None:
    """One line on what stopped the work, one on what to do."""
    from qmsplan.output.clean import clean

    tell(f"qmsplan: {clean(sentence(text, say))}")
    if hint:
        tell(f"  {say('hint')}: {clean(sentence(hint, say))}")
