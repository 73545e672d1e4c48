"""The cascade for programs: JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qmsplan.output.status_data import VERSION, measurement_data
from qmsplan.output.words import leads_of, text_of

if TYPE_CHECKING:
    from qmsplan.progress.cascade import Branch, Cascade
    from qmsplan.progress.rollup import Sum


def cascade_json(found: Cascade) -> str:
    """The shape is described in docs/json.md."""
    value = {
        "version": VERSION,
        "period": found.window.code,
        "as_of": found.as_of.isoformat(),
        "branches": [_branch(branch) for branch in found.branches],
        "totals": found.totals,
        "uncovered": [branch.ref for branch in found.uncovered],
        "unlinked": list(found.unlinked),
        "dangling": [entry._asdict() for entry in found.dangling],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _branch(branch: Branch) -> dict[str, object]:
    return {
        "plan": branch.plan,
        "item": branch.node.item.id,
        "kind": branch.node.kind,
        "text": text_of(branch.node),
        "lead": leads_of(branch.node),
        "covered": branch.is_covered,
        "carriers": list(branch.carriers),
        "supporters": list(branch.supporters),
        "targets": [_sum(entry) for entry in branch.sums],
    }


def _sum(entry: Sum) -> dict[str, object]:
    return {
        "target": entry.target.phrase,
        "own": measurement_data(entry.own),
        "rolled_up": measurement_data(entry.rolled) if entry.rolled else None,
        "agrees": entry.agrees,
        "parts": [
            {"item": part.ref, "added": part.is_added, "measurement": measurement_data(part.measurement)}
            for part in entry.parts
        ],
        "missing": list(entry.missing),
        "conflicts": [
            {"items": list(conflict.refs), "target": conflict.target.phrase, "value": str(conflict.target.value)}
            for conflict in entry.conflicts
        ],
    }
