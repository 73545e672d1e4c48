"""A console of rich that writes into a text, as wide as the screen it is for, and what rich has no name for."""

from __future__ import annotations

import io
from typing import Protocol

from rich.console import Console
from rich.text import Text


class Sized(Protocol):
    """What is known of the screen."""

    @property
    def width(self) -> int:
        """In columns."""

    @property
    def colours(self) -> bool:
        """Whether it shows any."""


def console_of(view: Sized) -> Console:
    """A console that writes into a text."""
    return Console(
        file=io.StringIO(),
        width=view.width,
        force_terminal=view.colours,
        color_system="standard" if view.colours else None,
        no_color=not view.colours,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def written_on(console: Console) -> str:
    """What was written to such a console."""
    return console.file.getvalue() if isinstance(console.file, io.StringIO) else ""


def print_hanging(console: Console, text: Text, first: int, more: int) -> None:
    """A text whose further lines stand deeper than its first; both are columns from the left."""
    lines = text.wrap(console, console.width - first)
    if len(lines) > 1:
        lines = text.wrap(console, console.width - more)
    for number, line in enumerate(lines):
        line.rstrip()
        console.print(Text(" " * (more if number else first)) + line)
