"""Corrective actions that are still open as of a day: not done, late, done but not checked, or without effect.

ISO 9001:2015, 10.2 asks not only to act on a miss but to review whether the action helped (10.2.1 d). An action is
closed when a check found it effective, or when another one followed a check that did not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from qmsplan.model.progress import CorrectiveAction
from qmsplan.phrases.item_tree import LISTS, Node
from qmsplan.progress.plan import PlanProgress


class ActionState(StrEnum):
    """Where a corrective action stands as of a day."""

    LATE = "late"
    """Not done, and its day has passed."""
    OPEN = "open"
    """Not done; it is not due yet or has no day."""
    INEFFECTIVE = "ineffective"
    """Done and checked: it did not help, and no other action has followed."""
    UNVERIFIED = "unverified"
    """Done; nobody has checked yet whether it helped."""
    CLOSED = "closed"
    """Done and found effective, or followed by another one."""


_MOST_URGENT = (ActionState.LATE, ActionState.INEFFECTIVE, ActionState.OPEN, ActionState.UNVERIFIED)


class OpenAction(NamedTuple):
    """A corrective action that is not closed, with its item. `days` counts days late, 0 unless it is `late`.

    Its fields (`cause`, `action`, `lead`, `due`, `correction` …) are those of `action`; days in them that lie after the
    day asked for do not count, as `state` says."""

    plan: str
    node: Node
    action: CorrectiveAction
    state: ActionState
    days: int

    def alone(self) -> OpenAction:
        """The action with its item, without what stands above and below the item in the plan."""
        item = self.node.item.replaced(**dict.fromkeys(LISTS, ()))
        return self._replace(node=self.node._replace(item=item, parent=None))


def action_state(action: CorrectiveAction, others: Iterable[CorrectiveAction], as_of: date) -> ActionState:
    """Where an action stands as of a day; `others` are all actions on its item that were known by then."""
    checked = action.verified_on or action.recorded
    if action.effective is not None and checked <= as_of:
        followed = any(  # another action was taken on the same miss after the check
            other != action and other.period.overlaps(action.period) and other.recorded >= checked for other in others
        )
        return ActionState.CLOSED if action.effective or followed else ActionState.INEFFECTIVE
    if action.done and action.done <= as_of:
        return ActionState.UNVERIFIED
    return ActionState.LATE if action.due and action.due < as_of else ActionState.OPEN


def open_actions(plan: PlanProgress) -> tuple[OpenAction, ...]:
    """The corrective actions of a plan that are open as of its day: the most urgent first; in document order where
    nothing else tells them apart."""
    found = [
        OpenAction(
            plan.plan.id,
            item.node,
            action,
            state,
            (plan.as_of - action.due).days if state is ActionState.LATE and action.due else 0,
        )
        for item in plan.items
        for action in item.actions
        if (state := action_state(action, item.actions, plan.as_of)) is not ActionState.CLOSED
    ]
    return tuple(sorted(found, key=urgency))


def urgency(one: OpenAction) -> tuple[int, int, date]:
    """The order of what is open: late longest, then what did not help, then what is due soonest."""
    return _MOST_URGENT.index(one.state), -one.days, one.action.due or date.max
