"""One change of meaning, and how much it weighs for who has to agree to it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qmsplan.diff.parts import Key


class Kind(StrEnum):
    """What happened."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class Weight(StrEnum):
    """What a change does to the promise. What makes it smaller stands first; then what may."""

    LOOSENED = "loosened"
    LATER = "later"
    UNCLEAR = "unclear"
    """A target or deadline changed, and the two can't be held side by side."""
    TIGHTENED = "tightened"
    EARLIER = "earlier"
    OTHER = "other"


class Where(NamedTuple):
    """A part as users know it: its kind (`plan`, `sections`, `objectives` …) and its id, or its number and title."""

    kind: str
    name: str
    key: Key
    """The same in both versions, and no other part's."""


class Place(NamedTuple):
    """Where a part stands: in a list of another one, after one of that list, or first."""

    parent: Where
    field: str
    after: Where | None


class Change(NamedTuple):
    """A change of one field, or of a part as a whole. `field` is () for the latter."""

    kind: Kind
    where: Where
    field: tuple[str, ...]
    old: object
    """The value of the field; the part without those in it; or its place."""
    new: object
    weight: Weight = Weight.OTHER
    text: str = ""
    """The words of the item it is about."""
    place: Place | None = None
    """Where an added part stands."""


ORDER = {weight: number for number, weight in enumerate(Weight)}
