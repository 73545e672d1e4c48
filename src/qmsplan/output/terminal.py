"""What all text for terminals and logs goes through: control characters out, commands of CI runners defused, lines
broken to fit the screen; with the colours of states and the console of rich."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Protocol

from rich.console import Console

from qmsplan.model.text import shared_ends
from qmsplan.progress.readings import Direction

AROUND = 5
"""Words that are shown before and behind a difference."""


def differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """The lines that two texts do not share, what is gone beside what took its place."""
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before, after = list(old[first:last]), list(new[start:end])
        for index in range(max(len(before), len(after))):
            yield (before[index] if index < len(before) else None), (after[index] if index < len(after) else None)


def parted(old: str, new: str, longest: int = 72) -> tuple[str, str]:
    """Two lines that differ; of long ones the words in which they differ, with a few around them."""
    if max(len(old), len(new)) <= longest:
        return old, new
    before, after = old.split(), new.split()
    same, ending = shared_ends(before, after)
    return _cut(before, same, ending), _cut(after, same, ending)


def _cut(words: list[str], same: int, ending: int) -> str:
    start, end = max(same - AROUND, 0), max(len(words) - ending + AROUND, same)
    shown = " ".join(words[start:end])
    return f"{'… ' if start else ''}{shown}{' …' if end < len(words) else ''}"


TRENDS = {Direction.BETTER: "green", Direction.WORSE: "red", Direction.SAME: "dim", Direction.UNKNOWN: "dim"}


_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(share: float | None, width: int = 10) -> str:
    """A share of 0 to 1 as a bar of so many columns: `████▊░░░░░`; "" if it is not known."""
    if share is None:
        return ""
    eighths = int(min(max(share, 0), 1) * width * 8)
    whole, part = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[part] if part else "")).ljust(width, "░")


class Sized(Protocol):
    """What is known of the screen: a status view, a cascade view."""

    @property
    def width(self) -> int:
        """Columns."""

    @property
    def colours(self) -> bool:
        """Whether it shows colours."""


def console_of(view: Sized) -> Console:
    """A console of rich that writes into a text and never asks the terminal for its size."""
    return Console(
        file=io.StringIO(),
        width=view.width,
        height=25,  # with both given, rich does not ask the terminal for its size at each line
        force_terminal=view.colours,
        color_system="standard" if view.colours else None,
        no_color=not view.colours,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def written_on(console: Console) -> str:
    """The text that was written to such a console."""
    return console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
