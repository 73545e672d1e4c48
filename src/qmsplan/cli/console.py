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
    return is_terminal(stream or sys.stdout) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: object) -> bool:
    """True if a person sits at the other end."""
    asked = getattr(stream, "isatty", None)
    return bool(asked and asked())


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
    """What stopped the work, and what to do; on a terminal broken between words."""
    from qmsplan.output.clean import clean
    from qmsplan.output.fold import folded

    width = screen_width() if is_terminal(sys.stderr) else 0
    lines = folded(f"qmsplan: {clean(sentence(text, say))}", width, 2)
    if hint:
        head = f"  {say('hint')}: "
        lines += folded(head + clean(sentence(hint, say)), width, len(head))
    tell("\n".join(lines))
