"""An event that the plan does not declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.model.structured import DeadlineForm
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Structured deadlines and progress entries that name an unknown event."""
    if not context.plan:
        return
    known = {event.id for event in context.plan.plan.events}
    for node in context.nodes:
        deadline = node.item.deadline
        if isinstance(deadline, DeadlineForm) and deadline.event and deadline.event not in known:
            yield Finding(context.at(node, "deadline", "event"), _message(deadline.event), _CURE)
    for record in context.records:
        for index, happening in enumerate(record.progress.events):
            if happening.event not in known:
                yield Finding(Place(record.file, ("events", index, "event")), _message(happening.event), _CURE)


def _message(name: str) -> Text:
    return say("the plan declares no event '{name}'", name=name)


_CURE = say("declare it under 'events' of the plan, with an id and a text")

RULE = Rule("QP106", "unknown-event", Severity.ERROR, check)
