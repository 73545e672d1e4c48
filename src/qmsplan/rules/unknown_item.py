"""Progress on an item that the plan does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS = ("readings", "completions", "corrective_actions")


def check(context: Context) -> Iterator[Finding]:
    """Entries of progress files whose item is unknown."""
    if not context.plan:
        return
    for record in context.records:
        for name in LISTS:
            for index, entry in enumerate(getattr(record.progress, name)):
                if entry.item not in context.by_id:
                    message = say("the plan '{plan}' has no item '{id}'", plan=record.progress.plan, id=entry.item)
                    yield Finding(Place(record.file, (name, index, "item")), message, _near(context, entry.item))


def _near(context: Context, name: str) -> Text:
    import difflib

    near = difflib.get_close_matches(name, context.by_id, 1)
    if near:
        return say("did you mean '{name}'?", name=near[0])
    return say("its items are: {names}", names=", ".join(sorted(context.by_id)[:12]))


RULE = Rule("QP104", "unknown-item", Severity.ERROR, check)
