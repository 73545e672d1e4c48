"""What each unit owes and what falls due for it soon: one digest a unit, with what the unit leads and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from qmsplan.model.period import Period
from qmsplan.model.progress import CorrectiveAction
from qmsplan.model.settings import Unit
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.corrective import ActionState
from qmsplan.progress.occurrences import State
from qmsplan.progress.overview import Overview
from qmsplan.progress.owed import owed_times
from qmsplan.progress.verdict import Attainment


class ReminderKind(StrEnum):
    """Why a unit is reminded, the most urgent first."""

    OVERDUE = "overdue"
    """Work whose day has passed."""
    MISSED = "missed"
    """A target that is missed, about which no corrective action is recorded."""
    FIGURES = "figures"
    """Figures or evidence of a quarter that are not there."""
    ACTION = "action"
    """A corrective action that is late, did not help, or was not checked."""
    COMING = "coming"
    """Work, an evaluation or a corrective action that falls due soon."""


class Reminder(NamedTuple):
    """One thing that a unit is reminded of."""

    kind: ReminderKind
    plan: str
    node: Node
    due: date | None = None
    days: int = 0
    """Days late; 0 if it is not late."""
    period: Period | None = None
    """The time that a missed target, or figures that are not there, are about."""
    state: State | Attainment | ActionState | None = None
    action: CorrectiveAction | None = None
    """The corrective action, or the finding of an audit, that it is about."""

    @property
    def is_late(self) -> bool:
        """True for what is overdue or missed, and for an action whose day has passed."""
        return self.kind in {ReminderKind.OVERDUE, ReminderKind.MISSED} or self.days > 0


class Digest(NamedTuple):
    """What one unit is reminded of, the most urgent first."""

    unit: Unit
    reminders: tuple[Reminder, ...]

    @property
    def items(self) -> frozenset[tuple[str, str]]:
        """The items whose due days are the unit's own, by plan and id: not those of which it only has an action."""
        return frozenset((one.plan, one.node.item.id) for one in self.reminders if not one.action)


def digests_of(overview: Overview, register: Register, *, only_late: bool = False) -> tuple[Digest, ...]:
    """The digest of each unit that has something to do, in the order of the register. `overview` is about the quarter
    of its day; `only_late` leaves out what is not late yet.

    What a group leads, each of its members is reminded of; the group itself only if it has an address. For a unit that
    there is no more those are reminded that took its work over."""
    owed: dict[str, list[Reminder]] = {}
    for reminder, units in _reminders(overview, register):
        if reminder.is_late or not only_late:
            for unit in register.answering(units, overview.status.as_of):
                owed.setdefault(unit, []).append(reminder)
    rank = list(ReminderKind)
    return tuple(
        Digest(unit, tuple(sorted(owed[unit.code], key=lambda one: (rank.index(one.kind), one.due or date.max))))
        for unit in register.units
        if unit.code in owed and (unit.email or not unit.members)
    )


def _reminders(overview: Overview, register: Register) -> Iterator[tuple[Reminder, frozenset[str]]]:
    """Each reminder with the codes of the units that it is for."""
    for row in overview.status.overdue:
        for line in row.lines:  # the report of March is still to come, whatever that of June says
            if line.state is State.OVERDUE:
                found = Reminder(ReminderKind.OVERDUE, row.plan, row.node, line.due, line.days, state=State.OVERDUE)
                yield found, register.leading(row.node)
    for (plan, _), item in overview.items.items():
        for owed in owed_times(item, overview.periods[plan], overview.status.as_of):
            kind = ReminderKind.MISSED if owed.is_missed else ReminderKind.FIGURES
            found = Reminder(kind, plan, item.node, period=owed.period, state=owed.state)
            yield found, owed.units & register.by_code.keys() or register.leading(item.node)
    for entry in overview.status.actions:
        if entry.state is not ActionState.OPEN:
            found = Reminder(
                ReminderKind.ACTION,
                entry.plan,
                entry.node,
                entry.action.due,
                entry.days,
                state=entry.state,
                action=entry.action,
            )
            yield found, _acting(entry.action, entry.node, register)
    for day in overview.coming:
        found = Reminder(ReminderKind.COMING, day.plan, day.node, day.due, action=day.action)
        yield found, _acting(day.action, day.node, register)


def _acting(action: CorrectiveAction | None, node: Node, register: Register) -> frozenset[str]:
    """The units that are to do something: who acts on a corrective action or a finding, else the item's lead."""
    actor = action.actor if action else None
    return (register.involved([actor]) if actor else frozenset()) or register.leading(node)
