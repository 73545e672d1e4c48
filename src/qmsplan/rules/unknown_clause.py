"""A clause that the plan's edition of the standard does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.model.standards import load_standard
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.model.standards import Standard


def check(context: Context) -> Iterator[Finding]:
    """Numbers under `clauses` that are none of the edition; where not all are known, of none of its chapters."""
    edition = context.plan.plan.standard if context.plan else None
    if edition is None:
        return
    standard = load_standard(edition)
    for node in context.nodes:
        for index, clause in enumerate(node.item.clauses):
            if not standard.has(clause):
                message = say("{standard} has no clause {clause}", standard=standard.name, clause=clause)
                yield Finding(context.at(node, "clauses", index), message, _hint(standard, clause))


def _hint(standard: Standard, clause: str) -> Text:
    """The longest beginning of the number that there is."""
    above = clause
    while "." in above and not standard.has(above):
        above = above.rpartition(".")[0]
    if standard.has(above):
        return say("did you mean {clause}? 9.2 is the internal audit, 9.3 the management review", clause=above)
    return say("chapters 4 to 10 have what is asked; 9.2 is the internal audit, 9.3 the management review")


RULE = Rule("QP709", "unknown-clause", Severity.WARNING, check)
