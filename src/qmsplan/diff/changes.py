"""A plan taken apart: every part under a key by which it is found again in another version of the plan.

Items and events are found by their id. Sections have none: they are found by number and title, and what is left by its
order, so that a new heading is a new heading and not another section.

One change of meaning, and how much it weighs for who has to agree to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from qmsplan.diagnostics import Path
from qmsplan.model.plan import Annex, Plan, Section
from qmsplan.phrases.item_tree import LISTS

Titled: TypeAlias = "Section | Annex"

Key: TypeAlias = tuple[str, str, int]
"""The list that a part stands in, or what it is; its id or place; and which of several with one id it is."""

ROOT: Key = ("plan", "", 0)
SECTIONS = ("sections", "annexes")
CHILDREN = (*LISTS, *SECTIONS, "events")
"""Fields that hold parts; all other fields are a part's own."""


class PlanPart(NamedTuple):
    """A part in its place: the parts of each of its lists, and the path that leads to it."""

    key: Key
    kind: str
    """The name of the list that it stands in; `plan` for the plan itself."""
    value: Any
    parent: Key | None
    path: Path
    children: dict[str, tuple[Key, ...]]


def plan_parts(old: Plan, new: Plan) -> tuple[dict[Key, PlanPart], dict[Key, PlanPart]]:
    """The parts of two versions of a plan in document order, what belongs together under one key."""
    keys: tuple[dict[Path, Key], dict[Path, Key]] = ({}, {})
    _name_sections((old, new), ((), ()), "", keys)
    return _PartWalker(keys[0]).parts(old), _PartWalker(keys[1]).parts(new)


def _name_sections(
    branches: tuple[Any, Any], paths: tuple[Path, Path], name: str, keys: tuple[dict[Path, Key], dict[Path, Key]]
) -> None:
    """Writes the keys of all sections below a pair of branches; one of a pair may be None."""
    for field in SECTIONS:
        lists = tuple(getattr(branch, field, ()) for branch in branches)
        for number, pair in enumerate(_pairs(*lists)):
            inner = f"{name}{field[0]}{number}."
            below = [(*path, field, -1 if index is None else index) for path, index in zip(paths, pair, strict=True)]
            for side, index in enumerate(pair):
                if index is not None:
                    keys[side][below[side]] = (field, inner, 0)
            found = [None if index is None else entries[index] for entries, index in zip(lists, pair, strict=True)]
            _name_sections((found[0], found[1]), (below[0], below[1]), inner, keys)


def _pairs(old: Sequence[Titled], new: Sequence[Titled]) -> Iterator[tuple[int | None, int | None]]:
    """The indexes of sections that are the same one: by number and title, by title, by number, by their order."""
    left, right = list(range(len(old))), list(range(len(new)))
    for mark in _MARKS:
        known: dict[object, list[int]] = {}
        for index in right:
            known.setdefault(mark(new[index]), []).append(index)
        for index in tuple(left):
            if same := known.get(mark(old[index])):
                other = same.pop(0)
                left.remove(index)
                right.remove(other)
                yield index, other
    yield from ((index, None) for index in left)
    yield from ((None, index) for index in right)


_MARKS: tuple[Callable[[Titled], object], ...] = (
    lambda section: (section.number, section.title),
    lambda section: section.title or section,
    lambda section: section.number or section,
    lambda _: None,
)


class _PartWalker:
    """Walks one version. The keys of its sections are known; those of items are made as they are met."""

    def __init__(self, keys: dict[Path, Key]) -> None:
        self.keys = keys
        self.found: dict[Key, PlanPart] = {}
        self.counts: Counter[tuple[str, str]] = Counter()

    def parts(self, plan: Plan) -> dict[Key, PlanPart]:
        self.take("plan", plan, None, (), ROOT)
        return self.found

    def take(self, kind: str, value: Any, parent: Key | None, path: Path, key: Key) -> None:
        children: dict[str, tuple[Key, ...]] = {}
        self.found[key] = PlanPart(key, kind, value, parent, path, children)
        for name in CHILDREN:
            held = getattr(value, name, ())
            below = [(*path, name, index) for index in range(len(held))]
            children[name] = tuple(self.key(name, child, place) for child, place in zip(held, below, strict=True))
            for child, place, own in zip(held, below, children[name], strict=True):
                self.take(name, child, key, place, own)

    def key(self, name: str, value: Any, path: Path) -> Key:
        if name in SECTIONS:
            return self.keys[path]
        kind = "events" if name == "events" else "item"
        self.counts[kind, value.id] += 1
        return (kind, value.id, self.counts[kind, value.id] - 1)


class ChangeKind(StrEnum):
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


class ChangePlace(NamedTuple):
    """Where a part stands: in a list of another one, after one of that list, or first."""

    parent: Where
    field: str
    after: Where | None


class Change(NamedTuple):
    """A change of one field, or of a part as a whole. `field` is () for the latter."""

    kind: ChangeKind
    where: Where
    field: tuple[str, ...]
    old: object
    """The value of the field; the part without those in it; or its place."""
    new: object
    weight: Weight = Weight.OTHER
    text: str = ""
    """The words of the item it is about."""
    place: ChangePlace | None = None
    """Where an added part stands."""


ORDER = {weight: number for number, weight in enumerate(Weight)}
