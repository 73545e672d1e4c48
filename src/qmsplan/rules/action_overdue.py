"""A corrective action whose day passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Corrective actions due before the last day recorded and not done (ISO 9001:2015, 10.2)."""
    if not any(record.progress.corrective_actions for record in context.records):
        return
    until = context.known_until
    for record in context.records:
        for index, action in enumerate(record.progress.corrective_actions):
            if action.due and until and action.due < until and action.done is None:
                yield Finding(
                    Place(record.file, ("corrective_actions", index, "due")),
                    say("the corrective action for '{id}' was due on {due}; on {until} it is still not done",
                        id=action.item, due=action.due, until=until),
                    say("add 'done' with the day it was finished, or agree on a new 'due' (ISO 9001, 10.2)"),
                )  # fmt: skip


RULE = Rule("QP207", "action-overdue", Severity.WARNING, check)
