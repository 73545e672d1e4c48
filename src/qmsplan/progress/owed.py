"""What figures and answers are owed by a day: times without figures, misses about which nothing is done; forms ask for
them. And what each unit is reminded of: what it owes and what falls due for it soon, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from qmsplan.model.period import Period, by_end, month_count, previous, quarter_of, steps, year
from qmsplan.model.progress import CorrectiveAction
from qmsplan.model.settings import Unit
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.measurement import Measurement, TargetKind
from qmsplan.progress.objective import Subject, subjects
from qmsplan.progress.objective_facts import YEAR
from qmsplan.progress.occurrences import State
from qmsplan.progress.overview import Overview
from qmsplan.progress.plan import ActionState, ItemProgress
from qmsplan.progress.status import deciding
from qmsplan.progress.verdict import BAD, Attainment

NO_FIGURES = frozenset({Attainment.NO_DATA, Attainment.AWAITED, Attainment.NO_BASELINE})
_SUMS = frozenset({TargetKind.AMOUNT, TargetKind.AT_MOST_AMOUNT})


class OwedTime(NamedTuple):
    """A month, a quarter or a longer time for which a unit owes something, and why: `missed` or `exceeded` without a
    corrective action, `no_evidence`, or figures that are not there."""

    period: Period
    state: Attainment | State
    units: frozenset[str] = frozenset()
    """Of a sum of several units those whose part is not there; empty where all that lead the item owe it."""

    @property
    def is_missed(self) -> bool:
        """True if a corrective action is owed, False for figures or evidence."""
        return self.state in BAD


def owed_since(day: date, plan: Period) -> date:
    """From when on it is asked for what was left out: the start of the year of the quarter before a day, for its report
    is still to come; of a school year, that is a plan's, its own start."""
    before = previous(quarter_of(day)) or quarter_of(day)
    is_open = month_count(plan) <= YEAR and plan.start <= before.end and plan.end >= before.start
    return min(plan.start, year(before.start.year).start) if is_open else year(before.start.year).start


def owed_times(item: ItemProgress, plan: Period, day: date, *, from_start: bool = False) -> tuple[OwedTime, ...]:
    """What is owed on a day for the quarters of a plan that have begun, in order of time; `from_start` for those of
    earlier years too."""
    found: dict[tuple[Period, bool], OwedTime] = {}
    since = min(owed_since(day, plan), quarter_of(plan.start).start) if from_start else owed_since(day, plan)
    quarters = [one for one in steps(Period(quarter_of(since).start, quarter_of(day).end), 3) if one.overlaps(plan)]
    for one in (*_measured(item, quarters, day), *_unproven(item)):
        if one.period.end >= since:
            found.setdefault((one.period, one.is_missed), one)
    return tuple(found[key] for key in sorted(found))


def _measured(item: ItemProgress, quarters: Sequence[Period], day: date) -> Iterator[OwedTime]:
    """What is said of each time that is asked for in some quarters, a month of one or the half-year that ends with it;
    of a quarter in which nothing is asked for, of what was read in it. A sum that is missed is told once: later times
    only repeat it. Of what is judged on its day alone the last figure is enough."""
    known = subjects(item.facts) if item.facts else {}
    asked = {number: _asked(of, quarters) for number, of in known.items()} if quarters else {}
    by_time: dict[Period, list[Measurement]] = {one: [] for one in sorted(set().union(*asked.values()), key=by_end)}
    measured = [one for one in item.measured_over(by_time) if one.number and one.period in asked[one.number]]
    ended = [one for one in measured if one.period.end < day and one.attainment is not Attainment.NOT_MEASURED]
    last = {one.number: one.period for one in ended if one.is_judged_once}
    for measurement in measured:
        if measurement.period.end >= last.get(measurement.number, measurement.period).start:
            by_time[measurement.period].append(measurement)
    told_sums: set[tuple[int | None, date | None]] = set()
    for period, found in by_time.items():
        yield from _without_figures(item, period, found, day, known)
        result = deciding(tuple(one for one in found if _sum_of(one) not in told_sums))
        if result and result.attainment in BAD:
            told_sums.update(_sum_of(one) for one in found if one.attainment in BAD and one.kind in _SUMS)
            if not any(action.answers(period) for action in item.actions):
                yield OwedTime(period, result.attainment)


def _asked(subject: Subject, quarters: Sequence[Period]) -> set[Period]:
    """The times asked for that end in some quarters, a term of school too, and the quarters in which none ends; in the
    place of one that only a longer figure tells of (the half-year) the time of that."""
    whole, (start, end) = subject.facts.period, Period(quarters[0].start, quarters[-1].end)
    times = {time for time in subject.expected(whole or Period(start, end)) if start <= time.end <= end}
    return times | {_told_with(subject, one) for one in quarters if not any(time.end in one for time in times)}


def _told_with(subject: Subject, quarter: Period) -> Period:
    """The time of the reading over the shortest time that began before a quarter and ends with it, where none tells of
    the quarter alone; else the quarter."""
    told = {one.period for one in subject.known.readings if one.period.end == quarter.end and quarter in one.period}
    return min(told, key=by_end, default=quarter)


def _sum_of(found: Measurement) -> tuple[int | None, date | None]:
    """Which sum it is: of which target, and from which day on. `4 lớp/quý` has another one each quarter."""
    return found.number, found.time.start if found.time else None


def _without_figures(
    item: ItemProgress, period: Period, found: Sequence[Measurement], day: date, known: Mapping[int, Subject]
) -> Iterator[OwedTime]:
    """The figures of a time that are not there, of each target, whatever another one or an earlier time says:
    what the status calls missing is asked for, of the unit that left it out."""
    blank = [one for one in found if one.attainment in NO_FIGURES and not (one.missing and one.has_figures)]
    missing = [
        (time, one)
        for one in found
        if one not in blank
        for time in one.missing
        if time in period and not (one.number and known[one.number].known.is_in_longer(time))
    ]
    for time in sorted({time for time, _ in missing}):
        lacking = tuple(one for at, one in missing if at == time)
        yield OwedTime(time, Attainment.NO_DATA, _left_out_by(lacking, time, known))
    read = zip(item.facts.numbers, item.facts.readings, strict=True) if item.facts else ()
    told = {number for number, one in read if period in one.period}  # a longer reading stands for its parts
    lacking = tuple(one for one in blank if one.number not in told or _left_out_by([one], period, known))
    result = deciding(lacking)
    if result and (period.end < day or result.attainment is Attainment.NO_DATA):
        yield OwedTime(period, result.attainment, _left_out_by(lacking, period, known))


def _left_out_by(found: Iterable[Measurement], time: Period, known: Mapping[int, Subject]) -> frozenset[str]:
    """The units whose part of some targets is not there for a time; none if a target lacks more than such parts."""
    silent = [known[one.number].known.silent(time) if one.number else [] for one in found]
    return frozenset(code for codes in silent for code in codes if code) if all(silent) else frozenset()


def _unproven(item: ItemProgress) -> Iterator[OwedTime]:
    for line in item.occurrences:
        if line.state is State.NO_EVIDENCE:
            yield OwedTime(line.occurrence.period, line.state)


class ReminderKind(StrEnum):
    """Why a unit is reminded, the most urgent first."""

    OVERDUE = "overdue"
    """Work whose day has passed."""
    MISSED = "missed"
    """A target that is missed, about which no corrective action is recorded."""
    FIGURES = "figures"
    """Figures or evidence of a quarter that are not there."""
    ACTION = "action"
    """A corrective action that is late, did not help, or was not checked."""
    COMING = "coming"
    """Work, an evaluation or a corrective action that falls due soon."""


class Reminder(NamedTuple):
    """One thing that a unit is reminded of."""

    kind: ReminderKind
    plan: str
    node: Node
    due: date | None = None
    days: int = 0
    """Days late; 0 if it is not late."""
    period: Period | None = None
    """The time that a missed target, or figures that are not there, are about."""
    state: State | Attainment | ActionState | None = None
    action: CorrectiveAction | None = None
    """The corrective action, or the finding of an audit, that it is about."""

    @property
    def is_late(self) -> bool:
        """True for what is overdue or missed, and for an action whose day has passed."""
        return self.kind in {ReminderKind.OVERDUE, ReminderKind.MISSED} or self.days > 0


class Digest(NamedTuple):
    """What one unit is reminded of, the most urgent first."""

    unit: Unit
    reminders: tuple[Reminder, ...]

    @property
    def items(self) -> frozenset[tuple[str, str]]:
        """The items whose due days are the unit's own, by plan and id: not those of which it only has an action."""
        return frozenset((one.plan, one.node.item.id) for one in self.reminders if not one.action)


def digests_of(overview: Overview, register: Register, *, only_late: bool = False) -> tuple[Digest, ...]:
    """The digest of each unit that has something to do, in the order of the register. `overview` is about the quarter
    of its day; `only_late` leaves out what is not late yet.

    What a group leads, each of its members is reminded of; the group itself only if it has an address. For a unit that
    there is no more those are reminded that took its work over."""
    owed: dict[str, list[Reminder]] = {}
    for reminder, units in _reminders(overview, register):
        if reminder.is_late or not only_late:
            for unit in register.answering(units, overview.status.as_of):
                owed.setdefault(unit, []).append(reminder)
    rank = list(ReminderKind)
    return tuple(
        Digest(unit, tuple(sorted(owed[unit.code], key=lambda one: (rank.index(one.kind), one.due or date.max))))
        for unit in register.units
        if unit.code in owed and (unit.email or not unit.members)
    )


ForUnits: TypeAlias = tuple[Reminder, frozenset[str]]
"""A reminder with the codes of the units that it is for."""


def _reminders(overview: Overview, register: Register) -> Iterator[ForUnits]:
    yield from _overdue(overview, register)
    yield from _owed(overview, register)
    for entry in overview.status.actions:
        if entry.state is not ActionState.OPEN:
            action = entry.action
            found = Reminder(ReminderKind.ACTION, entry.plan, entry.node, action.due, entry.days,
                state=entry.state, action=action)  # fmt: skip
            yield found, _acting(action, entry.node, register)
    for day in overview.coming:
        found = Reminder(ReminderKind.COMING, day.plan, day.node, day.due, action=day.action)
        yield found, _acting(day.action, day.node, register)


def _overdue(overview: Overview, register: Register) -> Iterator[ForUnits]:
    """The report of March is still to come, whatever that of June says: each day by itself."""
    for row in overview.status.overdue:
        for line in row.lines:
            if line.state is State.OVERDUE:
                found = Reminder(ReminderKind.OVERDUE, row.plan, row.node, line.due, line.days, state=State.OVERDUE)
                yield found, register.leading(row.node)


def _owed(overview: Overview, register: Register) -> Iterator[ForUnits]:
    for (plan, _), item in overview.items.items():
        for owed in owed_times(item, overview.periods[plan], overview.status.as_of):
            kind = ReminderKind.MISSED if owed.is_missed else ReminderKind.FIGURES
            found = Reminder(kind, plan, item.node, period=owed.period, state=owed.state)
            yield found, owed.units & register.by_code.keys() or register.leading(item.node)


def _acting(action: CorrectiveAction | None, node: Node, register: Register) -> frozenset[str]:
    """The units that are to do something: who acts on a corrective action or a finding, else the item's lead."""
    actor = action.actor if action else None
    return (register.involved([actor]) if actor else frozenset()) or register.leading(node)
