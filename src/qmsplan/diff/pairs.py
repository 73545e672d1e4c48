"""All plans of two sides: which is which, and what changed in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diff.change import Change, Kind, Weight, Where
from qmsplan.diff.parts import ROOT
from qmsplan.diff.plans import changes_between
from qmsplan.model.conventions import CONVENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qmsplan.model.conventions import Conventions
    from qmsplan.model.plan import Plan

_OF_STATUS = frozenset({"target", "deadline", "period", "form", "signoff", "text"})
"""Fields that the state of an item may follow from; the text of an event is what deadlines call it."""


class Version(NamedTuple):
    """A plan and the file it stands in, as git calls it."""

    file: str
    plan: Plan


class PlanDiff(NamedTuple):
    """What changed in a plan. A side is None where the plan is not there."""

    old: Version | None
    new: Version | None
    changes: tuple[Change, ...]

    @property
    def id(self) -> str:
        """The id that the plan has now, or had."""
        version = self.new or self.old
        return version.plan.id if version else ""

    @property
    def may_turn(self) -> bool:
        """Whether the state of an item may be another one."""
        return any(change.kind is not Kind.CHANGED or _is_of_status(change) for change in self.changes)


def _is_of_status(change: Change) -> bool:
    return change.field[0] in _OF_STATUS and (change.field[0] != "text" or change.where.kind == "events")


def compare(
    old: Sequence[Version],
    new: Sequence[Version],
    moved: Mapping[str, str],
    conventions: Conventions = CONVENTIONS,
) -> tuple[PlanDiff, ...]:
    """What changed, in the order of the plans' ids. `moved` has the new path of files that have another one now."""
    found = [_compared(before, after, conventions) for before, after in _pairs(old, new, moved)]
    return tuple(sorted((diff for diff in found if diff.changes), key=lambda diff: diff.id))


def _pairs(
    old: Sequence[Version], new: Sequence[Version], moved: Mapping[str, str]
) -> Iterator[tuple[Version | None, Version | None]]:
    """Plans with one id are one plan; of those left, what stands in the same file has another id now."""
    left = {version.plan.id: version for version in reversed(new)}
    rest = []
    for before in old:
        if before.plan.id in left:
            yield before, left.pop(before.plan.id)
        else:
            rest.append(before)
    by_file = {version.file: version for version in left.values()}
    for before in rest:
        after = by_file.pop(moved.get(before.file, before.file), None)
        yield before, after
    yield from ((None, version) for version in by_file.values())


def _compared(old: Version | None, new: Version | None, conventions: Conventions) -> PlanDiff:
    if old and new:
        return PlanDiff(old, new, changes_between(old.plan, new.plan, conventions))
    version = new or old
    where = Where("plan", version.plan.id if version else "", ROOT)
    if new:
        return PlanDiff(old, new, (Change(Kind.ADDED, where, (), None, new.plan, Weight.TIGHTENED),))
    return PlanDiff(old, new, (Change(Kind.REMOVED, where, (), old and old.plan, None, Weight.LOOSENED),))
