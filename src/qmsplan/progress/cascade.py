"""Plans of units beside the plan that they carry out: who carries what, what their results add up to, and where a
unit promises less than was asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.progress.links import Dangling, Links
from qmsplan.progress.measure import Attainment
from qmsplan.progress.rollup import Conflict, Sum, sums_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from qmsplan.model.outline import Node
    from qmsplan.model.period import Period
    from qmsplan.progress.plan import PlanProgress


class Branch(NamedTuple):
    """An item of a plan that others carry out."""

    plan: str
    node: Node
    carriers: tuple[str, ...]
    supporters: tuple[str, ...]
    sums: tuple[Sum, ...]
    """One for each target of an objective that can be measured."""
    is_covered: bool
    """Whether somebody carries it out: it, an item above it or one below it."""

    @property
    def ref(self) -> str:
        """`plan/item`."""
        return f"{self.plan}/{self.node.item.id}"


class Cascade(NamedTuple):
    """Plans and those below them, in a window as of a day."""

    window: Period
    as_of: date
    branches: tuple[Branch, ...]
    """Of each plan that others are derived from: its objectives, and what else somebody carries out or supports."""
    unlinked: tuple[str, ...]
    """Objectives of derived plans that carry out and support nothing: `plan/item`."""
    dangling: tuple[Dangling, ...]

    @property
    def uncovered(self) -> tuple[Branch, ...]:
        """Objectives that nobody carries out."""
        return tuple(branch for branch in self.branches if not branch.is_covered)

    @property
    def totals(self) -> dict[str, int]:
        """Objectives above, how many of them are carried out or not, and what does not fit."""
        objectives = sum(branch.node.is_objective for branch in self.branches)
        differing = sum(entry.agrees is False for branch in self.branches for entry in branch.sums)
        uncovered, conflicts = len(self.uncovered), len(self.conflicts)
        return {
            "objectives": objectives,
            "covered": objectives - uncovered,
            "uncovered": uncovered,
            "conflicts": conflicts,
            "differing": differing,
        }

    @property
    def missed(self) -> bool:
        """Whether a sum from below misses its target."""
        sums = (entry.rolled for branch in self.branches for entry in branch.sums)
        return any(rolled.attainment is Attainment.MISSED for rolled in sums if rolled)

    @property
    def conflicts(self) -> tuple[tuple[Branch, Sum, Conflict], ...]:
        """Where less is promised below than above."""
        return tuple((b, s, conflict) for b in self.branches for s in b.sums for conflict in s.conflicts)


def cascade(
    plans: Iterable[PlanProgress], window: Period, as_of: date, wanted: frozenset[str] = frozenset()
) -> Cascade:
    """The cascade of all plans that others carry out, or of the wanted ones."""
    links = Links(plans)
    parents = [name for name in links.parents() if not wanted or name in wanted]
    branches = tuple(branch for name in parents for branch in _branches(name, links, window))
    below = frozenset(parents)
    unlinked = tuple(ref for name in links.plans for ref in _unlinked(name, links, below))
    dangling = tuple(found for found in links.dangling() if not wanted)
    return Cascade(window, as_of, branches, unlinked, dangling)


def _branches(name: str, links: Links, window: Period) -> Iterator[Branch]:
    covered = _covered(name, links)
    for item in links.plans[name].items:
        ref = f"{name}/{item.node.item.id}"
        carriers, supporters = links.carriers.get(ref, ()), links.supporters.get(ref, ())
        if item.node.is_objective or carriers or supporters:
            sums = tuple(sums_of(ref, links, window)) if item.node.is_objective else ()
            is_covered = ref in covered or not item.node.is_objective
            yield Branch(name, item.node, tuple(carriers), tuple(supporters), sums, is_covered)


def _covered(name: str, links: Links) -> set[str]:
    """The items of a plan that are carried out: by themselves, with an item above them, or through one below them."""
    covered: set[str] = set()
    for item in links.plans[name].items:
        line = list(_line(name, item.node))
        if any(links.carriers.get(ref) for ref in line):
            covered.add(line[0])
        if links.carriers.get(line[0]):
            covered.update(line)
    return covered


def _line(name: str, node: Node) -> Iterator[str]:
    """An item and those above it."""
    entry: Node | None = node
    while entry:
        yield f"{name}/{entry.item.id}"
        entry = entry.parent


def _unlinked(name: str, links: Links, parents: frozenset[str]) -> Iterator[str]:
    progress = links.plans[name]
    if not parents.intersection(ref.partition("/")[0] for ref in progress.plan.implements):
        return
    for item in progress.items:
        entry = item.node.item
        if item.node.is_objective and not entry.implements and not entry.supports:
            yield f"{name}/{entry.id}"
