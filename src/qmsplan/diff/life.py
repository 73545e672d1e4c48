"""What one step in the life of a plan did to one of its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diff.change import Kind
from qmsplan.diff.plans import alone, changes_between
from qmsplan.model.conventions import CONVENTIONS
from qmsplan.model.outline import outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmsplan.diff.change import Change
    from qmsplan.model.conventions import Conventions
    from qmsplan.model.plan import Plan

_PROMISES = frozenset({"target", "deadline"})
_OF_PLAN = frozenset({"period", "signoff", "earlier"})
"""Fields of the plan that belong to the life of each of its items."""


def step(
    before: Sequence[Plan | None], after: Plan | None, conventions: Conventions = CONVENTIONS
) -> tuple[Change, ...]:
    """What a plan has that none of the versions it was made from had. A plan that comes or goes does so with its items.

    A merge has two versions before it: what one of them had already is no change."""
    lists = [_changes(one, after, conventions) for one in before or (None,)]
    shared = set.intersection(*({_mark(change) for change in changes} for changes in lists))
    return tuple(change for change in lists[0] if _mark(change) in shared)


def _changes(before: Plan | None, after: Plan | None, conventions: Conventions) -> tuple[Change, ...]:
    known = after or before
    if known is None:
        return ()
    return changes_between(before or alone(known), after or alone(known), conventions)


def _mark(change: Change) -> object:
    return (change.kind, change.where.key, change.field)


def about(changes: Sequence[Change], item: str | None, plans: Sequence[Plan | None], *, every: bool) -> list[Change]:
    """The changes of targets and deadlines, or of every field, that are about an item, or about any."""
    lenders = set() if item is None else {name for plan in plans if plan for name in _lenders(plan, item)}
    return [change for change in changes if _is_about(change, item, lenders, every=every)]


def _is_about(change: Change, item: str | None, lenders: set[str], *, every: bool) -> bool:
    if change.where.kind == "plan":
        return bool(change.field) and (change.field[0] in _OF_PLAN or (every and item is None))
    if item is not None and change.where.name != item:
        return change.field == ("deadline",) and change.where.name in lenders
    is_item = change.where.key[0] == "item"
    return every or (is_item and (change.kind is not Kind.CHANGED or change.field[0] in _PROMISES))


def _lenders(plan: Plan, item: str) -> set[str]:
    """The items above that one, as far as it takes its deadline from them."""
    found = set()
    for node in outline(plan):
        above = node if node.item.id == item else None
        while above and above.item.deadline is None and above.parent:
            above = above.parent
            found.add(above.item.id)
    return found


def has_item(plan: Plan, item: str) -> bool:
    """Whether an item of this id stands in a plan."""
    return any(node.item.id == item for node in outline(plan))
