"""The parts of a plan under keys by which another version has them too, and what a change between two versions is.

Items and events are known by their id. Sections and annexes have none: they are matched by number and title, then by
one of both, then by their order, so that a new heading is a change of a heading and not another section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from qmsplan.diagnostics import Path
from qmsplan.model.plan import Annex, Plan, Section
from qmsplan.phrases.item_tree import LISTS

Titled: TypeAlias = "Section | Annex"

Key: TypeAlias = tuple[str, str, int]
"""A part's key: the list it stands in or its kind, its id or place, and which of several parts with one id it is."""

ROOT: Key = ("plan", "", 0)
SECTIONS = ("sections", "annexes")
CHILDREN = (*LISTS, *SECTIONS, "events")
"""Fields that hold parts. All other fields belong to the part itself."""


class PlanPart(NamedTuple):
    """A part of a plan: the way to it, the part it stands in, and the parts in each of its lists."""

    key: Key
    kind: str
    """The name of the list that it stands in; `plan` for the plan itself."""
    value: Any
    parent: Key | None
    path: Path
    children: dict[str, tuple[Key, ...]]


def plan_parts(old: Plan, new: Plan) -> tuple[dict[Key, PlanPart], dict[Key, PlanPart]]:
    """The parts of two versions of a plan in document order; what is the same part has the same key in both."""
    keys: tuple[dict[Path, Key], dict[Path, Key]] = ({}, {})
    _name_sections((old, new), ((), ()), "", keys)
    return _parts(old, keys[0]), _parts(new, keys[1])


def _name_sections(
    branches: tuple[Any, Any], paths: tuple[Path, Path], name: str, keys: tuple[dict[Path, Key], dict[Path, Key]]
) -> None:
    """Fills in the keys of all sections below a pair of branches, of which one may be None."""
    for field in SECTIONS:
        lists = tuple(getattr(branch, field, ()) for branch in branches)
        for number, pair in enumerate(_paired_sections(*lists)):
            inner = f"{name}{field[0]}{number}."
            below = [(*path, field, -1 if index is None else index) for path, index in zip(paths, pair, strict=True)]
            for known, path in zip(keys, below, strict=True):
                known[path] = (field, inner, 0)
            found = [None if index is None else entries[index] for entries, index in zip(lists, pair, strict=True)]
            _name_sections((found[0], found[1]), (below[0], below[1]), inner, keys)


def _paired_sections(old: Sequence[Titled], new: Sequence[Titled]) -> Iterator[tuple[int | None, int | None]]:
    """The indexes of sections that are the same one: by number and title, by title, by number, then by their order."""
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


def _parts(plan: Plan, sections: Mapping[Path, Key]) -> dict[Key, PlanPart]:
    """The parts of one version. The keys of sections are known; those of items are made on the way."""
    found: dict[Key, PlanPart] = {}
    counts: Counter[tuple[str, str]] = Counter()

    def key(name: str, value: Any, path: Path) -> Key:
        if name in SECTIONS:
            return sections[path]
        kind = "events" if name == "events" else "item"
        counts[kind, value.id] += 1
        return (kind, value.id, counts[kind, value.id] - 1)

    def take(kind: str, value: Any, parent: Key | None, path: Path, own: Key) -> None:
        children: dict[str, tuple[Key, ...]] = {}
        found[own] = PlanPart(own, kind, value, parent, path, children)
        for name in CHILDREN:
            held = [(one, (*path, name, index)) for index, one in enumerate(getattr(value, name, ()))]
            children[name] = tuple(key(name, one, place) for one, place in held)
            for (one, place), its_key in zip(held, children[name], strict=True):
                take(name, one, own, place, its_key)

    take("plan", plan, None, (), ROOT)
    return found


class ChangeKind(StrEnum):
    """What happened to a part or a field."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class Weight(StrEnum):
    """What a change does to what the plan promises; what makes it smaller comes first, then what may."""

    LOOSENED = "loosened"
    LATER = "later"
    UNCLEAR = "unclear"
    """A target or deadline changed, and the two can't be compared."""
    TIGHTENED = "tightened"
    EARLIER = "earlier"
    OTHER = "other"


class Where(NamedTuple):
    """A part as users know it: its kind (`plan`, `sections`, `objectives` …), and its id, or its number and title."""

    kind: str
    name: str
    key: Key
    """The part's key, the same in both versions."""


class ChangePlace(NamedTuple):
    """Where a part stands: in which list of another part, behind which of its parts (None: first)."""

    parent: Where
    field: str
    after: Where | None


class Change(NamedTuple):
    """A change of one field, or of a part as a whole, for which `field` is ()."""

    kind: ChangeKind
    where: Where
    field: tuple[str, ...]
    old: object
    """The value of the field before; for a part the part without those in it, or its place. `new` is the same after."""
    new: object
    weight: Weight = Weight.OTHER
    text: str = ""
    """The words of the item it is about."""
    place: ChangePlace | None = None
    """Where an added part stands."""


ORDER = {weight: number for number, weight in enumerate(Weight)}
