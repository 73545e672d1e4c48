"""All plans of two revisions: which is which, and what changed in each. And one step in the history of a plan, for
`qmsplan log`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from qmsplan.diff.changes import ROOT, Change, ChangeKind, Weight, Where
from qmsplan.diff.plans import changes_between, without_parts
from qmsplan.model.plan import Plan
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.phrases.item_tree import outline

_OF_STATUS = frozenset({"target", "deadline", "period", "form", "signoff", "text"})
"""Fields that the state of an item may follow from. The text of an event is among them: deadlines name events by it."""


class Version(NamedTuple):
    """A plan and the file it stands in, as git calls it."""

    file: str
    plan: Plan


class PlanDiff(NamedTuple):
    """What changed in a plan. A side is None where the plan is not there."""

    old: Version | None
    new: Version | None
    changes: tuple[Change, ...]

    @property
    def id(self) -> str:
        """The id that the plan has now, or had."""
        version = self.new or self.old
        return version.plan.id if version else ""

    @property
    def may_change_states(self) -> bool:
        """Whether the state of an item may be another one."""
        return any(change.kind is not ChangeKind.CHANGED or _is_of_status(change) for change in self.changes)


def _is_of_status(change: Change) -> bool:
    return change.field[0] in _OF_STATUS and (change.field[0] != "text" or change.where.kind == "events")


def compare(
    old: Sequence[Version],
    new: Sequence[Version],
    moved: Mapping[str, str],
    conventions: Conventions = CONVENTIONS,
) -> tuple[PlanDiff, ...]:
    """What changed, in the order of the plans' ids. `moved` has the new paths of renamed files."""
    found = [_compared(before, after, conventions) for before, after in _pairs(old, new, moved)]
    return tuple(sorted((diff for diff in found if diff.changes), key=lambda diff: diff.id))


def _pairs(
    old: Sequence[Version], new: Sequence[Version], moved: Mapping[str, str]
) -> Iterator[tuple[Version | None, Version | None]]:
    """Plans with one id are one plan; of the others, one in the same file is the same plan with another id."""
    left = {version.plan.id: version for version in reversed(new)}
    rest = []
    for before in old:
        if before.plan.id in left:
            yield before, left.pop(before.plan.id)
        else:
            rest.append(before)
    by_file = {version.file: version for version in left.values()}
    for before in rest:
        after = by_file.pop(moved.get(before.file, before.file), None)
        yield before, after
    yield from ((None, version) for version in by_file.values())


def _compared(old: Version | None, new: Version | None, conventions: Conventions) -> PlanDiff:
    if old and new:
        return PlanDiff(old, new, changes_between(old.plan, new.plan, conventions))
    version = new or old
    where = Where("plan", version.plan.id if version else "", ROOT)
    if new:
        return PlanDiff(old, new, (Change(ChangeKind.ADDED, where, (), None, new.plan, Weight.TIGHTENED),))
    return PlanDiff(old, new, (Change(ChangeKind.REMOVED, where, (), old and old.plan, None, Weight.LOOSENED),))


_PROMISES = frozenset({"target", "deadline"})
_OF_PLAN = frozenset({"period", "signoff", "earlier"})
"""Fields of the plan that belong to the history of each of its items."""


def step(
    before: Sequence[Plan | None], after: Plan | None, conventions: Conventions = CONVENTIONS
) -> tuple[Change, ...]:
    """What a version of a plan has that none of the versions it was made from had. A plan that comes or goes does so
    with its items.

    A merge has two versions before it: what one of them had already is no change."""
    lists = [_changes(one, after, conventions) for one in before or (None,)]
    shared = set.intersection(*({_mark(change) for change in changes} for changes in lists))
    return tuple(change for change in lists[0] if _mark(change) in shared)


def _changes(before: Plan | None, after: Plan | None, conventions: Conventions) -> tuple[Change, ...]:
    known = after or before
    if known is None:
        return ()
    return changes_between(before or without_parts(known), after or without_parts(known), conventions)


def _mark(change: Change) -> object:
    return (change.kind, change.where.key, change.field)


def about(changes: Sequence[Change], item: str | None, plans: Sequence[Plan | None], *, every: bool) -> list[Change]:
    """The changes of targets and deadlines, or of every field, that concern an item; of all items, if none is named."""
    lenders = set() if item is None else {name for plan in plans if plan for name in _lenders(plan, item)}
    return [change for change in changes if _is_about(change, item, lenders, every=every)]


def _is_about(change: Change, item: str | None, lenders: set[str], *, every: bool) -> bool:
    if change.where.kind == "plan":
        return bool(change.field) and (change.field[0] in _OF_PLAN or (every and item is None))
    if item is not None and change.where.name != item:
        return change.field == ("deadline",) and change.where.name in lenders
    is_item = change.where.key[0] == "item"
    return every or (is_item and (change.kind is not ChangeKind.CHANGED or change.field[0] in _PROMISES))


def _lenders(plan: Plan, item: str) -> set[str]:
    """The ids of the items above an item, as far as it inherits its deadline from them."""
    found = set()
    for node in outline(plan):
        above = node if node.item.id == item else None
        while above and above.item.deadline is None and above.parent:
            above = above.parent
            found.add(above.item.id)
    return found


def has_item(plan: Plan, item: str) -> bool:
    """Whether a plan has an item with an id."""
    return any(node.item.id == item for node in outline(plan))
