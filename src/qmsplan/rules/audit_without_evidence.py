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
    from qmsplan.model.record import Completion


def check(context: Context) -> Iterator[Finding]:
    """Completions of audits and reviews without `evidence` or `files`."""
    cited = cited_audits(context)
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            if completion.item in cited and not is_proven(completion):
                yield Finding(
                    Place(record.file, ("completions", index, "item")),
                    say("'{id}' is recorded as done without any evidence", id=completion.item),
                    say("cite the report or the minutes under 'evidence', or keep them as 'files' ({cited})",
                        cited=cited[completion.item]),
                )  # fmt: skip


def is_proven(completion: Completion) -> bool:
    """True if words or a file are named that show it."""
    return bool(completion.files) or any(map(str.strip, completion.evidence))


def cited_audits(context: Context) -> dict[str, str]:
    """The audits and reviews of a plan that follows an edition: ids, and where that asks for evidence of them."""
    edition = context.plan.plan.standard if context.plan else None
    if edition is None:
        return {}
    standard = load_standard(edition)
    return {leaf.item.id: standard.cite(name) for name in ("audit", "review") for leaf in _leaves(context, name)}


def _leaves(context: Context, name: str) -> Iterator[Node]:
    edition = context.plan.plan.standard if context.plan else None
    point = load_standard(edition or "").by_name[name]
    for node in context.nodes:
        if point.is_answered_by(node.item.clauses):
            yield from (node, *leaves(context, node))


RULE = Rule("QP710", "audit-without-evidence", Severity.WARNING, check)
