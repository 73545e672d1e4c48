"""An internal audit or a management review that is said to be done, and nothing shows it (ISO 9001:2015, 9.2, 9.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.standards import load_standard
from qmsplan.rules.base import Context, Finding, Place, Rule
from qmsplan.rules.quality import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.outline import Node


def check(context: Context) -> Iterator[Finding]:
    """Completions of audits and reviews without `evidence` or `files`."""
    edition = context.plan.plan.standard if context.plan else None
    if edition is None:
        return
    standard = load_standard(edition)
    cited = {leaf.item.id: standard.cite(name) for name in ("audit", "review") for leaf in _leaves(context, name)}
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            if completion.item in cited and not (completion.evidence or completion.files):
                yield Finding(
                    Place(record.file, ("completions", index, "item")),
                    say("'{id}' is recorded as done without any evidence", id=completion.item),
                    say("cite the report or the minutes under 'evidence', or keep them as 'files' ({cited})",
                        cited=cited[completion.item]),
                )  # fmt: skip


def _leaves(context: Context, name: str) -> Iterator[Node]:
    edition = context.plan.plan.standard if context.plan else None
    point = load_standard(edition or "").by_name[name]
    for node in context.nodes:
        if point.is_answered_by(node.item.clauses):
            yield from (node, *leaves(context, node))


RULE = Rule("QP710", "audit-without-evidence", Severity.WARNING, check)
