"""A plan's tree of items in document order, with what they inherit and how their phrases are understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qmsplan.model.deadline_phrases import understand_deadline
from qmsplan.model.target_phrases import understand_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.diagnostic import Fault, Path
    from qmsplan.model.deadline import Deadline, DeadlineForm
    from qmsplan.model.people import Assignment
    from qmsplan.model.plan import Annex, Item, Plan, Section
    from qmsplan.model.target import Target

    Branch: TypeAlias = "Plan | Section | Annex | Item"

LISTS = {"groups": "group", "objectives": "objective", "tasks": "task", "activities": "activity"}
"""The lists that hold items, in the order they are printed, and what their items are called."""


class Node(NamedTuple):
    """An item in its place. `deadline` and `lead` are inherited where the item itself is silent."""

    path: Path
    kind: str
    item: Item
    parent: Node | None
    is_leaf: bool
    deadline: Deadline | Fault | None
    targets: tuple[Target | Fault, ...]
    lead: tuple[str | Assignment, ...]

    @property
    def is_objective(self) -> bool:
        """True for what readings measure."""
        return self.kind == "objective"

    @property
    def depth(self) -> int:
        """How many items stand above it."""
        return 0 if self.parent is None else self.parent.depth + 1


def outline(plan: Plan) -> tuple[Node, ...]:
    """All items of a plan in document order: the tree, then the narrative's, then the annexes'."""
    return tuple(_branch(plan, plan, (), None))


def _branch(plan: Plan, branch: Branch, path: Path, parent: Node | None) -> Iterator[Node]:
    for name, kind in LISTS.items():
        for index, item in enumerate(getattr(branch, name)):
            node = _node(plan, kind, item, (*path, name, index), parent)
            yield node
            yield from _branch(plan, item, node.path, node)
    for name in ("sections", "annexes"):
        for index, section in enumerate(getattr(branch, name, ())):
            yield from _branch(plan, section, (*path, name, index), parent)


def _node(plan: Plan, kind: str, item: Item, path: Path, parent: Node | None) -> Node:
    typed = item.deadline
    inherited = parent.deadline if parent else None
    return Node(
        path,
        kind,
        item,
        parent,
        not any(getattr(item, name) for name in LISTS),
        inherited if typed is None else _deadline(typed, plan),
        tuple(understand_target(target) for target in item.target),
        item.lead or (parent.lead if parent else ()),
    )


def _deadline(typed: str | DeadlineForm, plan: Plan) -> Deadline | Fault | None:
    return understand_deadline(typed, plan.period) if plan.period else None
