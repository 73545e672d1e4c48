"""What a rule found, and where."""

from __future__ import annotations

from typing import NamedTuple

from qmsplan.diagnostics import Message, Path


class Location(NamedTuple):
    """A place in a file: `plans/a.yaml` and `("objectives", 0, "target")`."""

    file: str
    path: Path


class Finding(NamedTuple):
    """What a rule found: where, what is wrong, and what to do about it."""

    place: Location
    message: Message
    hint: Message | None = None
    first: Location | None = None
    """A second place that explains it, such as the first use of an id that is used twice."""
    words: str | None = None
    """The words meant where the place is a longer text, as the value has them and not as they are typed."""
    instead: str | None = None
    """What mends it in place of the words, or of the whole text without words."""
    is_guess: bool = False
    """True if something else may be meant: an id that is only near."""
    first_says: Message = Message("first used here")
    """What is said of the second place."""
