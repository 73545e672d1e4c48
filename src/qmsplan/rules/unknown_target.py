"""A reading of a target that the objective does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Readings whose `target` is no number of a target of their item."""
    for record in context.records:
        for index, reading in enumerate(record.progress.readings):
            node = context.by_id.get(reading.item)
            if node and reading.target is not None and not 1 <= reading.target <= len(node.targets):
                yield Finding(
                    Place(record.file, ("readings", index, "target")),
                    say("'{id}' has {count} target(s), none with the number {number}",
                        id=reading.item, count=len(node.targets), number=reading.target),
                    say("targets are counted from 1, in the order of the plan; a phrase may hold several"),
                )  # fmt: skip


RULE = Rule("QP307", "unknown-target", Severity.ERROR, check)
