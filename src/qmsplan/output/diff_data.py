"""What changed between two versions, for programs: the shape is described in docs/json.md."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qmsplan.diff.change import Place
from qmsplan.model.period import Period
from qmsplan.model.shape import FileModel
from qmsplan.output.dump import dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.diff.change import Change
    from qmsplan.diff.pairs import PlanDiff, Version
    from qmsplan.output.diff_words import Comparison, Side
    from qmsplan.progress.standing import Turn

VERSION = 1


def diff_json(comparison: Comparison) -> str:
    """All changes, plan by plan."""
    return dump(
        {
            "version": VERSION,
            "old": _side(comparison.old),
            "new": _side(comparison.new),
            "as_of": comparison.as_of.isoformat(),
            "plans": [_plan(diff) for diff in comparison.plans],
            "changes": [change_data(diff, change) for diff in comparison.plans for change in diff.changes],
            "states": [_turn(plan, turn) for plan, turn in comparison.turns],
            "unread": list(comparison.unread),
        }
    )


def _side(side: Side) -> dict[str, object]:
    return {"revision": side.name or None, "commit": side.commit}


def _plan(diff: PlanDiff) -> dict[str, object]:
    return {"plan": diff.id, "old": _version(diff.old), "new": _version(diff.new)}


def _version(version: Version | None) -> dict[str, object] | None:
    return {"id": version.plan.id, "file": version.file} if version else None


def change_data(diff: PlanDiff, change: Change) -> dict[str, object]:
    """One change; docs/json.md."""
    return {
        "plan": diff.id,
        "kind": change.kind.value,
        "weight": change.weight.value,
        "part": change.where.kind,
        "item": None if change.where.kind == "plan" else change.where.name,
        "field": ".".join(change.field) or None,
        "old": plain(change.old),
        "new": plain(change.new),
        "text": change.text or None,
    }


def _turn(plan: str, turn: Turn) -> dict[str, object]:
    return {
        "plan": plan,
        "item": turn.item,
        "old": turn.old.value if turn.old else None,
        "new": turn.new.value if turn.new else None,
    }


def plain(value: Any) -> object:
    """A value of a plan as JSON has it: periods and days as codes, numbers as text, fields that say something."""
    if write := _WRITERS.get(type(value)):
        return write(value)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, FileModel):
        return {name: plain(part) for name, part in value if part is not False and part not in _NOTHING}
    return value


def _place(place: Place) -> dict[str, object]:
    after = place.after.name if place.after else None
    return {"parent": place.parent.name, "list": place.field, "after": after}


_NOTHING: tuple[object, ...] = (None, (), "")
_WRITERS: dict[type, Callable[[Any], object]] = {
    Place: _place,
    Period: lambda period: period.code,
    date: date.isoformat,
    Decimal: str,
}
