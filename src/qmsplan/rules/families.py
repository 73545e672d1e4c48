"""All rules, from the families that hold them."""

from __future__ import annotations

from qmsplan.rules import (
    components,
    deadlines,
    documents,
    evidence,
    iso9001,
    names,
    objectives,
    settings,
    signing,
    slips,
    statements,
    tables,
    targets,
    values,
)

RULES = (
    *names.RULES,
    *deadlines.RULES,
    *targets.RULES,
    *statements.RULES,
    *values.RULES,
    *objectives.RULES,
    *evidence.RULES,
    *documents.RULES,
    *components.RULES,
    *tables.RULES,
    *iso9001.RULES,
    *signing.RULES,
    *slips.RULES,
    *settings.RULES,
)
