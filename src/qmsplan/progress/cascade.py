"""The cascade of objectives: which items of a plan are carried out by items of plans below it (`implements`), what
their results come to together, and where a plan below promises less than was asked of it.

What counts once, and how, is told in docs/decisions/0017-weights-and-cascade.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from qmsplan.model.period import Period, by_end, within
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Reading
from qmsplan.phrases.aggregation import adds_up, counts, is_unsure
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import (
    Target,
    accepted,
    in_unit_of,
    is_alike,
    multiplied_by,
    smallest_unit,
    unit_ratio,
)
from qmsplan.progress.measurement import Measurement, TargetKind, measurable, multiplied, times_each
from qmsplan.progress.objective import Subject, subjects
from qmsplan.progress.plan import ItemProgress, PlanProgress
from qmsplan.progress.readings import covers
from qmsplan.progress.status import StatusRow, deciding, rows_of
from qmsplan.progress.verdict import BAD, Attainment


class BrokenReference(NamedTuple):
    """A reference to a plan or item that is not there. `item` is "" where the plan itself refers."""

    plan: str
    item: str
    ref: str


class Links:
    """All items by `plan/item`, and for each the items that carry it out (`implements` it) or support it, in the order
    of plans and documents."""

    def __init__(self, plans: Iterable[PlanProgress]) -> None:
        self.plans = {progress.plan.id: progress for progress in plans if not progress.plan.form}
        self.items: dict[str, ItemProgress] = {}
        for name, progress in self.plans.items():
            self.items.update({f"{name}/{item.node.item.id}": item for item in progress.items})
        self.carriers: dict[str, list[str]] = defaultdict(list)
        self.supporters: dict[str, list[str]] = defaultdict(list)
        for ref, item in self.items.items():
            _add(self.carriers, item.node.item.implements, ref)
            _add(self.supporters, item.node.item.supports, ref)
        self._below: dict[str, frozenset[str]] = {}

    def parents(self) -> list[str]:
        """The ids of plans that another plan or its items implement, in order."""
        named = {ref for progress in self.plans.values() for ref in progress.plan.implements}
        named.update(ref for refs in (self.carriers, self.supporters) for ref, found in refs.items() if found)
        return sorted({ref.partition("/")[0] for ref in named} & self.plans.keys())

    def dangling(self) -> tuple[BrokenReference, ...]:
        """References to plans or items that are not there."""
        known = self.plans.keys() | self.items.keys()
        return tuple(found for found in self._references() if found.ref not in known)

    def _references(self) -> Iterator[BrokenReference]:
        for name, progress in self.plans.items():
            yield from (BrokenReference(name, "", ref) for ref in progress.plan.implements)
            for item in progress.items:
                refs = (*item.node.item.implements, *item.node.item.supports)
                yield from (BrokenReference(name, item.node.item.id, ref) for ref in refs)

    def below(self, ref: str) -> frozenset[str]:
        """All items that carry an item out, directly or by steps; never the item itself, even where references go in a
        circle."""
        if ref not in self._below:
            found: set[str] = set()
            left = list(self.carriers.get(ref, ()))
            while left:
                carrier = left.pop()
                if carrier not in found:
                    found.add(carrier)
                    left += self.carriers.get(carrier, ())
            self._below[ref] = frozenset(found - {ref})
        return self._below[ref]


def _add(links: dict[str, list[str]], refs: Iterable[str], ref: str) -> None:
    for wanted in dict.fromkeys(refs):
        if wanted != ref:
            links[wanted].append(ref)


class CarrierResult(NamedTuple):
    """What one item below measured of a target above it."""

    ref: str
    """`plan/item`."""
    measurement: Measurement
    """Its readings in the window held against its own target."""
    is_added: bool
    """False where its cases are among those of another item that it carries out, or where its results do not add up."""


class Conflict(NamedTuple):
    """A target below that promises less than the one above: of one item, or of all carriers together."""

    refs: tuple[str, ...]
    target: Target
    above: Target
    """What is promised above for their time."""
    time: Period


class TargetRollup(NamedTuple):
    """A target of an item above: its own result beside what the items below it come to together."""

    target: Target
    own: Measurement
    total: Measurement | None
    """None where nothing was measured below, or where results of this kind do not add up."""
    parts: tuple[CarrierResult, ...]
    missing: tuple[str, ...]
    """Direct carriers that measured nothing of this target, neither by themselves nor below them."""
    shorter: tuple[str, ...]
    """Those whose plan is for a part of the time that the target is measured over."""
    conflicts: tuple[Conflict, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether the own result and the total are the same; None unless both are known, no carrier is missing and all
        are about the same time."""
        if self.total is None or self.missing or self.shorter or self.own.value is None:
            return None
        if self.total.denominator is not None and self.own.denominator is not None:
            return (self.own.numerator, self.own.denominator) == (self.total.numerator, self.total.denominator)
        return self.own.value == self.total.value


def rollups_of(ref: str, links: Links, window: Period) -> Iterator[TargetRollup]:
    """What the items below an item come to: one rollup for each of its targets that can be measured."""
    node, facts = links.items[ref].node, links.items[ref].facts
    own = {found.number: found for found in links.items[ref].measured(window)}
    above = subjects(facts) if facts else {}
    for index, target in measurable(node):
        reach = above[index + 1].time_until(window)
        found = _found_below(ref, index, links, reach)
        added = _counted_once({name: entry for name, entry in found.items() if _adds_up(target, entry)}, links)
        parts = tuple(
            CarrierResult(name, _measured(links.items[name], entry.at + 1, window), name in added)
            for name, entry in found.items()
        )
        carriers = links.carriers.get(ref, ())
        parts += tuple(_measured_otherwise(carriers, found, links, window))
        missing = tuple(name for name in carriers if not ({name} | links.below(name)) & found.keys())
        shorter = tuple(name for name in added if not _covers(links, name, ref, reach))
        silent = {name for name in missing if counterpart(node, index, links.items[name].node) is not None}
        told = [_below(links.items[name], node, index, window) for name in sorted({*added, *silent})]
        total = _with_lacks(_rolled(above[index + 1], added, window), [one for one in told if one])
        conflicts = tuple(_conflicts(ref, index, above[index + 1], links))
        yield TargetRollup(target, own[index + 1], total, parts, missing, shorter, conflicts)


def _measured_otherwise(
    carriers: Iterable[str], found: Collection[str], links: Links, window: Period
) -> Iterator[CarrierResult]:
    """What direct carriers measured by a target of another kind, such as `không quá 12 vụ` below `giảm 20%`: each by
    itself, as the status says it."""
    for name in carriers:
        result = deciding(links.items[name].measured(window)) if name not in found else None
        if result and result.has_figures:
            yield CarrierResult(name, result, is_added=False)


def _covers(links: Links, name: str, ref: str, reach: Period) -> bool:
    """Whether the plan of an item below is for all of a time, as far as the plan above is."""
    below, above = (links.plans[one.partition("/")[0]].plan.period for one in (name, ref))
    return below is None or (within(reach, above) if above else reach) in below


class _Found(NamedTuple):
    at: int
    readings: list[Reading]


def _found_below(ref: str, index: int, links: Links, window: Period) -> dict[str, _Found]:
    """The items below that have readings in a time on the same target, by name, in the unit of the target above."""
    found: dict[str, _Found] = {}
    wanted = dict(measurable(links.items[ref].node))[index]
    for name, at in _answering(ref, index, links):
        item = links.items[name]
        if readings := item.facts.of_target(at).inside(window) if item.facts else []:
            times = unit_ratio(dict(measurable(item.node))[at].quantity, wanted.quantity) or Decimal(1)
            found[name] = _Found(at, [_scaled(one, times) for one in readings] if times != 1 else readings)
    return found


def _answering(ref: str, index: int, links: Links) -> Iterator[tuple[str, int]]:
    """The items below, those nearest first, with the index of their target that answers one above; each once, also
    where references go in a circle."""
    seen, left = {ref}, [(ref, index)]
    for above, at in left:  # grows on the way
        for name in links.carriers.get(above, ()):
            match = counterpart(links.items[above].node, at, links.items[name].node)
            if name not in seen and match is not None:
                seen.add(name)
                left.append((name, match))
    yield from left[1:]


def counterpart(above: Node, index: int, node: Node) -> int | None:
    """The index of the target of an item below that answers one above: of its targets in the same unit the one in the
    same place. None if there is none."""
    wanted = next(target for at, target in measurable(above) if at == index)
    place = [at for at, target in measurable(above) if _kind(target) == _kind(wanted)].index(index)
    same = [at for at, target in measurable(node) if _kind(target) == _kind(wanted)]
    return same[place] if place < len(same) else None


def _kind(target: Target) -> tuple[str, bool]:
    return smallest_unit(target.quantity), target.is_relative


def _scaled(reading: Reading, times: Decimal) -> Reading:
    given = {name: getattr(reading, name) for name in ("value", "baseline")}
    return reading.model_copy(
        update={name: multiplied_by(one, times) for name, one in given.items() if one is not None}
    )


def _counted_once(found: dict[str, _Found], links: Links) -> dict[str, list[Reading]]:
    """Without the items whose cases are among those of another one that they carry out."""
    return {
        name: entry.readings
        for name, entry in found.items()
        if not any(_stands_for(other, name, links) for other in found)
    }


def _stands_for(other: str, name: str, links: Links) -> bool:
    """Whether one item counts instead of another. Of two that carry out each other, in a circle, the first by name
    does."""
    return name in links.below(other) and (other not in links.below(name) or other < name)


def _adds_up(target: Target, found: _Found) -> bool:
    """A share adds up only with its numerator and denominator: percentages are never averaged."""
    if target.counts_shares:
        return all(reading.denominator is not None for reading in found.readings)
    return target.asks_for_none or (counts(target) and not target.is_relative)


def _rolled(above: Subject, added: dict[str, list[Reading]], window: Period) -> Measurement | None:
    """What was read below, measured as if the item above had read it, each carrier as a unit of its own: by the same
    time, plan and day."""
    readings = [reading for entries in added.values() for reading in entries]
    units = [name for name, entries in added.items() for _ in entries]
    if not readings:
        return None
    return above.with_readings(readings, units).measured(window)._replace(target=above.target, kind=above.kind)


def _below(item: ItemProgress, above: Node, index: int, window: Period) -> Measurement | None:
    """What an item below measured of a target above; None of one that has no such target."""
    at = counterpart(above, index, item.node)
    return _measured(item, at + 1, window) if at is not None else None


def _with_lacks(total: Measurement | None, told: Sequence[Measurement]) -> Measurement | None:
    """A total with the times that some carriers did not tell of: no result yet, unless more figures can't turn it."""
    missing = tuple(sorted({time for one in told for time in one.missing}, key=by_end))
    total = total and total._replace(missing=missing)
    states = [Attainment.NO_DATA if one.missing else one.attainment for one in told]
    lacks = [state for state in states if state in _NOT_TOLD]
    is_turned = total is not None and total.attainment in {Attainment.MISSED, Attainment.ATTAINED, Attainment.KEPT}
    is_reached = total is not None and total.attainment is Attainment.ATTAINED and total.kind is TargetKind.AMOUNT
    if total is None or not lacks or not is_turned or is_reached:
        return total
    state = Attainment.NO_DATA if Attainment.NO_DATA in lacks else lacks[0]
    return total._replace(attainment=state, is_final=False)


_NOT_TOLD = frozenset({Attainment.NO_DATA, Attainment.AWAITED})


def _measured(item: ItemProgress, number: int, window: Period) -> Measurement:
    return next(entry for entry in item.measured(window) if entry.number == number)


class _Carrier(NamedTuple):
    """What an item below promises of a target above: its own target that answers it, None where there is none, with the
    plan that it stands in."""

    name: str
    plan: Plan
    subject: Subject | None

    def promised_in(self, time: Period, above: Target) -> Target | None:
        """What it promises for a time, of counts as one number for the whole of it, in the unit of the target above."""
        found = self.subject.promised_in(time) if self.subject else None
        own = self.plan.period
        return found and in_unit_of(over_all(found, within(time, own) if own else time), above)


def _conflicts(ref: str, index: int, above: Subject, links: Links) -> Iterator[Conflict]:
    """Where less is promised below for the time of a plan there, or of the plan above. Shares and levels are compared
    one by one; counts together, for each carrier has a part of them."""
    carriers = [_carrier(links, ref, index, name) for name in links.carriers.get(ref, ())]
    for time in dict.fromkeys((*(one.plan.period for one in carriers), above.facts.period)):
        wanted = above.promised_in(time) if time else None
        if time is None or wanted is None:
            continue
        if counts(wanted) and not wanted.is_relative:
            wanted = over_all(wanted, within(time, above.facts.period or time))
            inside = [one for one in carriers if one.plan.period and one.plan.period.overlaps(time)]
            below = [(tuple(one.name for one in inside), _together(inside, time, wanted, above.facts.period))]
        else:
            below = [((one.name,), one.promised_in(time, wanted)) for one in carriers if one.plan.period == time]
        yield from (Conflict(names, one, wanted, time) for names, one in below if one and is_below(one, wanted))


def _carrier(links: Links, ref: str, index: int, name: str) -> _Carrier:
    item, plan = links.items[name], links.plans[name.partition("/")[0]].plan
    at = counterpart(links.items[ref].node, index, item.node)
    return _Carrier(name, plan, subjects(item.facts)[at + 1] if item.facts and at is not None else None)


def _together(carriers: Sequence[_Carrier], time: Period, above: Target, whole: Period | None) -> Target | None:
    """What carriers promise together for a time; None if one of them does not say it, or an agency has no plan yet for
    a part of the time. What may stay (300 beds in each half-year) does not add up over its parts."""
    time_above = within(time, whole) if whole else time
    of_agency: dict[object, list[Period]] = defaultdict(list)
    for one in carriers:
        head = one.plan.head
        of_agency[head.issuer or head.issuer_text or one.plan.id].append(one.plan.period or time)
    is_by_parts = any(time_above not in period for periods in of_agency.values() for period in periods)
    is_open = not all(covers(periods, time_above) for periods in of_agency.values())
    promised = [one.promised_in(time, above) for one in carriers]
    targets = tuple(target for target in promised if target)
    if is_open or len(targets) < len(promised) or (is_by_parts and (not adds_up(above) or is_unsure(above))):
        return None
    return targets[0] if len(targets) == 1 else added_up(targets, above)


def over_all(target: Target, time: Period) -> Target:
    """A count for each part of a time as one for the whole of it: `1 lớp/quý` is `4 lớp` of a year."""
    parts = times_each(target, time)
    if not parts or not adds_up(target) or target.is_relative or Period(parts[0].start, parts[-1].end) != time:
        return target
    return multiplied(target, len(parts))._replace(per="", unit=target.quantity)


def is_below(target: Target, above: Target) -> bool:
    """True if a target promises less than the one above it; false where the two measure different things."""
    found, wanted = accepted(target), accepted(above)
    return found is not None and wanted is not None and is_alike(target, above) and not wanted.includes(found)


def added_up(targets: Sequence[Target], above: Target) -> Target | None:
    """Targets of counts as one, their numbers added up: 5 and 7 cases below are 12 beside the target above.

    None if there is nothing to add up, or if they are not all of the kind of the one above."""
    if not targets or not counts(above) or above.is_relative:
        return None
    if any(other.comparator is not above.comparator or not is_alike(other, above) for other in targets):
        return None
    values = [target.value for target in targets if target.value is not None]
    uppers = [target.upper for target in targets if target.upper is not None]
    if len(values) < len(targets) or len(uppers) not in {0, len(targets)}:
        return None
    value, upper = (multiplied_by(sum(found, Decimal(0)), 1) for found in (values, uppers))
    return above._replace(value=value, upper=upper if uppers else None)


class CascadeBranch(NamedTuple):
    """An item of a plan that others carry out or should carry out."""

    plan: str
    node: Node
    carriers: tuple[str, ...]
    supporters: tuple[str, ...]
    rollups: tuple[TargetRollup, ...]
    """One for each target of an objective that can be measured."""
    states: dict[str, StatusRow]
    """The row of the status for it and for each carrier, `plan/item`, where it is no objective; of what concerns
    another time that of its next day, else of its last: done, or still to come."""
    is_covered: bool
    """Whether it is carried out: by itself, with an item above it, or through one below it."""

    @property
    def ref(self) -> str:
        """`plan/item`."""
        return f"{self.plan}/{self.node.item.id}"


class Cascade(NamedTuple):
    """Plans and those below them, in a window as of a day."""

    window: Period
    as_of: date
    branches: tuple[CascadeBranch, ...]
    """Of each plan that another one implements: its objectives, and what else somebody carries out or supports."""
    unlinked: tuple[str, ...]
    """Objectives of plans below that carry out and support nothing: `plan/item`."""
    dangling: tuple[BrokenReference, ...]

    @property
    def uncovered(self) -> tuple[CascadeBranch, ...]:
        """Objectives that nobody carries out."""
        return tuple(branch for branch in self.branches if not branch.is_covered)

    @property
    def totals(self) -> dict[str, int]:
        """How many objectives there are above, how many are carried out or not, and how many targets or results do not
        fit."""
        objectives = sum(branch.node.is_objective for branch in self.branches)
        differing = sum(entry.agrees is False for branch in self.branches for entry in branch.rollups)
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
        """Whether the total of a target misses it."""
        rollups = (entry.total for branch in self.branches for entry in branch.rollups)
        return any(total.attainment in BAD for total in rollups if total)

    @property
    def conflicts(self) -> tuple[tuple[CascadeBranch, TargetRollup, Conflict], ...]:
        """Where less is promised below than above."""
        return tuple((b, s, conflict) for b in self.branches for s in b.rollups for conflict in s.conflicts)


def cascade(
    plans: Iterable[PlanProgress], window: Period, as_of: date, wanted: frozenset[str] = frozenset()
) -> Cascade:
    """The cascade of all plans that others implement, or of the wanted ones."""
    links = Links(plans)
    parents = [name for name in links.parents() if not wanted or name in wanted]
    branches = tuple(branch for name in parents for branch in _branches(name, links, window))
    below = frozenset(parents)
    unlinked = tuple(ref for name in links.plans for ref in _unlinked(name, links, below))
    dangling = tuple(found for found in links.dangling() if not wanted)
    return Cascade(window, as_of, branches, unlinked, dangling)


def _branches(name: str, links: Links, window: Period) -> Iterator[CascadeBranch]:
    covered = _covered(name, links)
    for item in links.plans[name].items:
        ref = f"{name}/{item.node.item.id}"
        carriers, supporters = links.carriers.get(ref, ()), links.supporters.get(ref, ())
        if item.node.is_objective or carriers or supporters:
            rollups = tuple(rollups_of(ref, links, window)) if item.node.is_objective else ()
            states = {} if item.node.is_objective else dict(_states((ref, *carriers), links, window))
            is_covered = ref in covered or not item.node.is_objective
            yield CascadeBranch(name, item.node, tuple(carriers), tuple(supporters), rollups, states, is_covered)


def _states(refs: Iterable[str], links: Links, window: Period) -> Iterator[tuple[str, StatusRow]]:
    for ref in refs:
        progress = links.plans[ref.partition("/")[0]]
        yield from ((ref, row) for row in rows_of(progress, [links.items[ref]], window))


def _covered(name: str, links: Links) -> set[str]:
    """The items of a plan that are carried out: by themselves, with an item above them, or through one below them."""
    covered: set[str] = set()
    for item in links.plans[name].items:
        line = [f"{name}/{node.item.id}" for node in item.node.upward]
        if any(links.carriers.get(ref) for ref in line):
            covered.add(line[0])
        if links.carriers.get(line[0]):
            covered.update(line)
    return covered


def _unlinked(name: str, links: Links, parents: frozenset[str]) -> Iterator[str]:
    progress = links.plans[name]
    if not parents.intersection(ref.partition("/")[0] for ref in progress.plan.implements):
        return
    for item in progress.items:
        entry = item.node.item
        if item.node.is_objective and not entry.implements and not entry.supports:
            yield f"{name}/{entry.id}"
