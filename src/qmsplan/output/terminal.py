"""What all text for terminals and logs goes through: control characters out, commands of CI runners defused, lines
broken to fit the screen; with the colours of states and the console of rich."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Protocol, TypeAlias

from rich.console import Console
from rich.text import Text

from qmsplan.progress.measurement import Attainment, Direction
from qmsplan.progress.occurrences import State

Translate: TypeAlias = Callable[[str], str]
"""From an English sentence to the reader's language (`diagnostics.translator`)."""
Paint: TypeAlias = Callable[[str, str], str]
"""A text in one of a terminal's colours: `paint("answered", "32")`."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_COMMAND = re.compile(r"(?m)(?:^|(?<=\r))([^\S\r\n]*)::|##\[")


def clean(text: str) -> str:
    r"""One line without control characters: line ends and tabs become spaces, other ones are shown as `\x1b`."""
    return _CONTROL.sub(lambda match: " " if match[0] in "\n\t" else ascii(match[0])[1:-1], text)


def harmless(text: str) -> str:
    """Text that no CI runner takes for a command: a word joiner parts `::` at a line's start and `##[`."""
    return _COMMAND.sub(lambda match: f"{match[1]}:\u2060:" if match[1] is not None else "##\u2060[", text)


_QUOTED_COMMAND = re.compile(r"'qmsplan [^']*'|qmsplan [a-z]+ .*")
_GLUE = "\ue000"


def folded(text: str, width: int, indent: int) -> list[str]:
    """The lines of a text, each of at most `width` columns, those after the first indented. Width 0 means one line.

    A word longer than a line stays whole, and so does a command: a line break in it would be copied with it."""
    if not width or len(text) <= width:
        return [text]

    fold = textwrap.TextWrapper(
        width,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )
    glued = _QUOTED_COMMAND.sub(lambda command: command[0].replace(" ", _GLUE), text)
    return [line.replace(_GLUE, " ") for line in fold.wrap(glued)]


def hanging(text: str, width: int, first: int, more: int) -> list[str]:
    """A text as lines of at most `width` columns, the first one indented by `first` columns, the others by `more`.

    What does not fit into one line is broken between words, and within a word that is longer than a line."""
    if first + len(text) <= width:
        return [" " * first + text]
    lines = textwrap.wrap(text, width - more, break_on_hyphens=False, expand_tabs=False, replace_whitespace=False)
    return [" " * (more if number else first) + line for number, line in enumerate(lines)]


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
    least = min(len(before), len(after))
    same = next((n for n in range(least) if before[n] != after[n]), least)
    most = least - same
    ending = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return _cut(before, same, ending), _cut(after, same, ending)


def _cut(words: list[str], same: int, ending: int) -> str:
    start, end = max(same - AROUND, 0), max(len(words) - ending + AROUND, same)
    shown = " ".join(words[start:end])
    return f"{'… ' if start else ''}{shown}{' …' if end < len(words) else ''}"


STYLES: dict[State | Attainment, str] = {
    State.DONE: "green",
    State.DONE_LATE: "yellow",
    State.OVERDUE: "bold red",
    State.DUE: "bold yellow",
    State.UPCOMING: "dim",
    State.WAITING: "cyan",
    State.EVIDENCED: "green",
    State.NO_EVIDENCE: "yellow",
    State.NO_DEADLINE: "magenta",
    Attainment.ATTAINED: "green",
    Attainment.MISSED: "bold red",
    Attainment.NO_DATA: "dim",
    Attainment.NO_BASELINE: "yellow",
    Attainment.NO_CASES: "cyan",
    Attainment.NOT_MEASURABLE: "dim",
}
TRENDS = {Direction.BETTER: "green", Direction.WORSE: "red", Direction.SAME: "dim", Direction.UNKNOWN: "dim"}


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


def print_hanging(console: Console, text: Text, first: int, more: int) -> None:
    """Prints a text whose first line is indented by `first` columns and the others by `more`."""
    lines = text.wrap(console, console.width - first)
    if len(lines) > 1:
        lines = text.wrap(console, console.width - more)
    for number, line in enumerate(lines):
        line.rstrip()
        console.print(Text(" " * (more if number else first)) + line)
