"""Something that is said to be done, and nothing shows it (ISO 9001:2015, 9.1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.audit_without_evidence import cited_audits, is_proven
from qmsplan.rules.base import Context, Finding, Place, Rule
from qmsplan.rules.coverage import cite

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: Context) -> Iterator[Finding]:
    """Completions without `evidence` and `files`; not those of audits and reviews, which have a rule of their own."""
    told: dict[str, str] | None = None
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            if is_proven(completion) or completion.item not in context.by_id:
                continue
            told = cited_audits(context) if told is None else told
            if completion.item not in told:
                yield Finding(
                    Place(record.file, ("completions", index, "item")),
                    say("'{id}' is recorded as done without any evidence", id=completion.item),
                    say("name what shows it under 'evidence', or keep it as 'files' ({cited})",
                        cited=cite(context, "measured")),
                )  # fmt: skip


RULE = Rule("QP505", "completed-without-evidence", Severity.WARNING, check)
