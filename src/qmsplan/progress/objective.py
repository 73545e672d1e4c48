"""An objective measured over a window of time and as of a day: each of its targets by its kind.

`measures(facts, window)` is the one place where a target is measured; status, reports, exports, rules and the audit
show what it says (docs/decisions/0024)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from qmsplan.model.period import Period, month_count, parse_period, steps, year
from qmsplan.model.plan import FREQUENCIES
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Comparator
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_times import time_periods
from qmsplan.progress.amounts import Reached, begun_by, days_behind, is_reached, reaching
from qmsplan.progress.measurement import (
    BAD,
    DECIDING,
    GOOD,
    WORST_FIRST,
    Attainment,
    Measurement,
    PartsMet,
    TargetKind,
    kind_of,
    level_attainment,
    measurable,
    measured_over,
    multiplied,
    put_together,
    target_numbers,
)
from qmsplan.progress.occurrences import days_after
from qmsplan.progress.readings import RunningTotal, TargetReadings, aggregate, covers, is_share, trend_of


class DueDay(NamedTuple):
    """A time at which an objective is to be evaluated: the period it is about, and the day, None while it waits for an
    event or goes on all the time."""

    period: Period
    due: date | None


@dataclass(frozen=True)
class ObjectiveFacts:
    """What is known of an objective as of a day."""

    node: Node
    readings: Sequence[Reading]
    units: Sequence[str]
    """The unit that recorded each reading; empty if all are of one."""
    dues: Sequence[DueDay]
    as_of: date
    period: Period | None
    """The plan's period."""
    reporting: int = 15
    """Days after a period in which its figures are on time."""

    def of_target(self, index: int) -> TargetReadings:
        """The readings on one of its targets, counted from 0."""
        target = self.node.targets[index]
        assert isinstance(target, Target)  # noqa: S101  only targets that can be measured are asked for
        mine = [at for at, number in enumerate(self.numbers) if number == index + 1]
        units = [self.units[at] for at in mine] if self.units else ()
        return TargetReadings(target, [self.readings[at] for at in mine], units)

    @cached_property
    def numbers(self) -> list[int | None]:
        """Which target each reading measures, from 1; None if none."""
        return target_numbers(self.readings, self.node)

    def subjects(self) -> dict[int, _Subject]:
        """The targets that can be measured, by their number from 1. They hold these facts, so that keeping them here
        would leave a circle for the garbage collector."""
        plan = {parse_period(code): value for code, value in (self.node.item.plan or {}).items()}
        return {
            index + 1: _Subject(self, self.of_target(index), self._timed(target) if at or target.time else plan)
            for at, (index, target) in enumerate(measurable(self.node))
        }

    def _timed(self, target: Target) -> dict[Period, Decimal]:
        """The value of a target that is meant for some periods alone, by these."""
        value = target.value or Decimal(0)
        return dict.fromkeys(time_periods(target, self.period), value) if self.period else {}


def recorded_facts(
    node: Node, readings: Sequence[Reading], period: Period | None, units: Sequence[str] = ()
) -> ObjectiveFacts:
    """An objective with its readings, whatever day it is, by its deadline alone. `period` is the plan's, `units` names
    the unit of each reading."""
    return ObjectiveFacts(node, readings, units, due_days(node, period), date.max, period, 0)


def due_days(node: Node, period: Period | None) -> tuple[DueDay, ...]:
    """The evaluation days of an objective by its deadline alone; one without a day where it has no deadline."""
    if isinstance(node.deadline, Deadline):
        return tuple(DueDay(occurrence.period, occurrence.due) for occurrence in node.deadline.occurrences)
    return (DueDay(period, None),) if period else ()


def measures(facts: ObjectiveFacts, window: Period, *, trends: bool = False) -> tuple[Measurement, ...]:
    """An objective over a window, one entry for each target; one entry, `not_measurable`, if it has none."""
    found = tuple(measures_over(facts, (window,), trends=trends))
    return found or (Measurement(window, Attainment.NOT_MEASURABLE),)


def measures_over(facts: ObjectiveFacts, windows: Iterable[Period], *, trends: bool = False) -> Iterator[Measurement]:
    """An objective over each of some windows against each target that can be measured."""
    known = facts.subjects()
    for window in windows:
        for number, subject in known.items():
            found = subject.measured(window)
            found = found._replace(
                period=window,
                target=subject.target,
                number=number,
                kind=subject.kind,
                missing=subject.missing(window, found),
            )
            yield found._replace(trend=trend_of(subject.known, window)) if trends else found


def reached_days(facts: ObjectiveFacts) -> dict[date, Reached]:
    """For each day on which the amounts of an objective are due, when all of them were reached. What is reached early
    is done: its day does not pass unmet. Nothing for an objective that has another target too."""
    found: dict[date, list[Reached | None]] = {}
    for index, target in measurable(facts.node):
        if kind_of(target) is not TargetKind.AMOUNT or facts.node.item.plan or target.time:
            return {}
        subject = _Subject(facts, facts.of_target(index), {})
        for due in (entry.due for entry in facts.dues if entry.due):
            found.setdefault(due, []).append(subject.reached_by(due, facts.as_of))
    days = {due: [entry for entry in reached if entry] for due, reached in found.items()}
    return {
        due: Reached(max(entry.day for entry in known), max(entry.days_late for entry in known))
        for due, known in days.items()
        if len(known) == len(found[due])
    }


def attainments(facts: ObjectiveFacts) -> list[Attainment]:
    """What is known of its target with each reading of an item (`recorded_facts`): of a level what the reading alone
    says, of an amount what is reached by the end of the reading's period."""
    subjects = facts.subjects()
    return [
        subjects[number].alone(reading) if number in subjects else Attainment.NOT_MEASURABLE
        for reading, number in zip(facts.readings, facts.numbers, strict=True)
    ]


def within(period: Period, other: Period) -> Period:
    """What two periods share; the first one if they share no day."""
    start, end = max(period.start, other.start), min(period.end, other.end)
    return Period(start, end) if start <= end else period


def _is_long(window: Period) -> bool:
    """True from a quarter on: a month's report does not ask for what is measured each quarter."""
    return (window.end - window.start).days > 80


def belongs_to(period: Period, window: Period) -> bool:
    """Whether what is measured over a period is a matter of a window: it lies in the window, or it is longer and ends
    with it, as the year ends with its fourth quarter."""
    if _is_long(window):
        return period in window or (period.end == window.end and period.start < window.start)
    return period in window


class _Subject:
    """One target of an objective with its readings and the values planned for it by period."""

    def __init__(self, facts: ObjectiveFacts, known: TargetReadings, plan: Mapping[Period, Decimal]) -> None:
        self.facts, self.known, self.plan, self.target = facts, known, plan, known.target
        self.kind = kind_of(self.target, plan)
        self.adds_up = known.adds_up and not self.target.is_relative
        self._reached: dict[Period, Attainment] = {}
        self._totals: dict[Period, RunningTotal] = {}
        self.is_amount = self.kind in {TargetKind.AMOUNT, TargetKind.AT_MOST_AMOUNT}

    def measured(self, window: Period) -> Measurement:
        """The target over a window."""
        if self.facts.period and not self.facts.period.overlaps(window):
            return self._silent(window)
        reach = within(window, self.facts.period) if self.facts.period else window
        if self.is_amount:
            return self._amount(window, reach)
        if self.kind is TargetKind.PLANNED and self.adds_up:
            return self._planned_amount(window, reach)
        return self._settled(self._level_of(window, reach), reach)

    def alone(self, reading: Reading) -> Attainment:
        """What is known of the target with one reading."""
        if self.kind is TargetKind.LEVEL:
            return level_attainment(self.target, aggregate(self.target, [reading]))
        if not self.is_amount and not (self.kind is TargetKind.PLANNED and self.adds_up):
            return self._level(reading.period, reading.period, [reading]).attainment
        if reading.period not in self._reached:  # many units may report one period
            self._reached[reading.period] = self._by_the_end_of(reading)
        attainment = self._reached[reading.period]
        return Attainment.KEPT if attainment is Attainment.EXCEEDED and not reading.value else attainment

    def _by_the_end_of(self, reading: Reading) -> Attainment:
        """What a sum says by the end of a reading's period, whatever comes later."""
        period = reading.period
        if self.kind is TargetKind.PLANNED:
            return self._planned_amount(period, period).attainment
        times = self._times_in(period)
        if len(times) > 1 or reading.value is None:
            return self._amount(period, period).attainment
        if times[0] not in self._totals:
            self._totals[times[0]] = self.known.running_total(times[0])
        value = self._totals[times[0]].by(period.end)
        if self.kind is TargetKind.AT_MOST_AMOUNT:
            return Attainment.KEPT if self.target.is_met_by(value) else Attainment.EXCEEDED
        if is_reached(self.target, value):
            return Attainment.ATTAINED
        return Attainment.UNDER_WAY if self.day_in(times[0]) > period.end else Attainment.MISSED

    # Levels and changes

    def _level_of(self, window: Period, reach: Period) -> Measurement:
        """A level over the parts of a window that are measured each by itself; what adds up, over the whole of it. Of
        several years the last one is told unless the phrase asks for each."""
        inside = self.known.inside(reach)
        is_each = self.target.per_months is not None
        is_sum = all(map(is_share, inside)) or (self.known.adds_up and all(one.change is None for one in inside))
        if not (is_each or is_sum):
            inside = [reading for reading in inside if reading.period.end.year == inside[-1].period.end.year]
        parts = self._parts(reach, inside)
        found = [self._settled(self._level(part, part, read), part) for part, read in parts.items()]
        is_by_part = parts and (is_each or not is_sum)
        whole = self._each(window, found) if is_by_part else self._level(window, reach, inside)
        return whole._replace(parts=_parts_met(found))

    def _parts(self, reach: Period, inside: Sequence[Reading]) -> dict[Period, list[Reading]]:
        """The readings by the parts of a window for each of which the target is meant, by its phrase, else by its
        `frequency` or its deadline; a longer reading is a part of its own. Nothing if there is one part, or a reading
        that tells of none."""
        times = steps(reach, self.target.per_months) if self.target.per_months in {1, 3, 6, 12} else ()
        times = times or (() if self.kind is TargetKind.PLANNED else self._asked_for(reach))
        found: dict[Period, list[Reading]] = {}
        for reading in inside:
            holds = next((time for time in times if reading.period in time), reading.period)
            if not any(holds.overlaps(time) for time in times):
                return {}
            found.setdefault(holds, []).append(reading)
        return found if len(found) > 1 else {}

    def _level(self, window: Period, reach: Period, inside: Sequence[Reading]) -> Measurement:
        known = self.known
        if not inside and _is_long(window):
            inside = known.ending_with(reach)
        if not inside:
            return self._silent(window)
        if self.kind is TargetKind.PLANNED:
            planned = [value for period, value in sorted(self.plan.items(), key=_by_end) if belongs_to(period, window)]
            if not planned:
                return measured_over(known, inside, window)._replace(attainment=Attainment.UNDER_WAY, planned=None)
            is_range = self.target.comparator is Comparator.BETWEEN and (self.target.upper or 0) >= planned[-1]
            upper = self.target.upper if self.target.time or is_range else None  # 80 planned of `85-90%`: from 80 to 90
            known = known.held_against(planned[-1], upper)
        found = put_together(known, inside, window)
        return self._change(found, reach, inside) if self.kind is TargetKind.CHANGE else found

    def _change(self, found: Measurement, reach: Period, inside: Sequence[Reading]) -> Measurement:
        """A change over a time that the readings cover; over less of it, it is no result yet."""
        due = self.day_in(self.time_of(reach.end))
        until = within(reach, Period(date.min, due))
        if covers(inside, until):
            lacks = found.attainment is Attainment.NO_BASELINE and until != self.time_of(reach.end)
            is_open = lacks and self.known.earlier(year(reach.end.year)) is not None
            return found._replace(attainment=Attainment.UNDER_WAY) if is_open else found
        if found.attainment is Attainment.NO_BASELINE and self.known.earlier(year(reach.end.year)) is None:
            return found
        return found._replace(attainment=self._unread(until.end))

    def _settled(self, found: Measurement, reach: Period) -> Measurement:
        """A level or a change with whether anything can still change it."""
        is_told = found.attainment in BAD | GOOD | {Attainment.NO_CASES, Attainment.NOT_MEASURED}
        return found._replace(is_final=found.is_final and is_told and self.facts.as_of > reach.end)

    def _each(self, window: Period, found: Sequence[Measurement]) -> Measurement:
        """A target meant for each part of a window: attained if it is in every part with data. Of the parts the last
        one that decides is told."""
        recorded = max((entry.recorded for entry in found if entry.recorded), default=None)
        decided = [entry for entry in reversed(found) if entry.attainment in DECIDING and entry.recorded]
        if not decided:
            return self._silent(window)._replace(recorded=recorded)
        deciding = min(decided, key=lambda entry: DECIDING.index(entry.attainment))
        return deciding._replace(period=window, recorded=recorded)

    # Amounts

    def _times_in(self, reach: Period) -> tuple[Period, ...]:
        """The times over each of which an amount adds up, as far as they touch a window and have begun."""
        whole, months = self.facts.period, self.target.per_months
        if months in {1, 3, 6, 12}:
            years = Period(date(reach.start.year, 1, 1), date(reach.end.year, 12, 31))
            found = steps(years, months)
        elif whole is None or (whole.start.year < whole.end.year and len(self.facts.dues) != 1):
            found = reach.years()
        else:
            found = (whole,)
        clipped = [within(time, whole) if whole else time for time in found if time.overlaps(reach)]
        begun = tuple(time for time in clipped if time.start <= self.facts.as_of)
        return begun or tuple(clipped[:1]) or (reach,)

    def time_of(self, day: date) -> Period:
        """The time over which an amount adds up that a day lies in."""
        return self._times_in(Period(day, day))[0]

    def day_in(self, time: Period) -> date:
        """The day on which an amount is due: the last day of evaluation in its time, else the end of the time."""
        return max((due.due for due in self.facts.dues if due.due and due.due in time), default=time.end)

    def _amount(self, window: Period, reach: Period) -> Measurement:
        spans = self._times_in(reach)
        if len(spans) == 1:
            return self._added(window, reach, spans[0], self.target)
        inside = self.known.inside(reach)
        if all(any(reading.period in time for time in spans) for reading in inside):
            parts = [(within(reach, time), time) for time in spans]
            found = [self._added(part, part, time, self.target) for part, time in parts]
            recorded = max((entry.recorded for entry in found if entry.recorded), default=None)
            worst = min(reversed(found), key=lambda entry: WORST_FIRST.index(entry.attainment))
            settled = [entry for entry in found if entry.is_final]  # a limit may still be exceeded
            return worst._replace(period=window, recorded=recorded, parts=_parts_met(settled))
        return self._added(window, reach, reach, multiplied(self.target, len(spans)))

    def _added(self, window: Period, reach: Period, time: Period, target: Target) -> Measurement:
        """What an amount came to from the start of its time to the end of a window."""
        end = min(reach.end, time.end)
        added = self.known.inside(Period(time.start, end))
        here = [reading for reading in added if reading.period.end >= reach.start and reading.value is not None]
        due = self.day_in(time)
        found = self._sum(window, added, here, Period(time.start, max(due, time.start)), target.value)
        if not here and not self._is_expected(window):
            return found._replace(attainment=Attainment.NOT_MEASURED)
        value = found.value
        if self.kind is TargetKind.AT_MOST_AMOUNT:
            if value is not None and not target.is_met_by(value):
                return found._replace(attainment=Attainment.EXCEEDED, is_final=True)
            silence = self._silent(window).attainment
            return found._replace(attainment=Attainment.KEPT if here else silence)
        if value is not None and is_reached(target, value):
            late = 0 if reaching(target, begun_by(due, added)) else days_behind(due, reaching(target, added))
            return found._replace(attainment=Attainment.ATTAINED, is_final=True, days_late=late)
        return found._replace(attainment=self._open(window, here, added, due))

    def _planned_amount(self, window: Period, reach: Period) -> Measurement:
        """The sum so far against the sum planned so far."""
        planned = {p: v for p, v in self.plan.items() if p.end <= reach.end}
        start = min((p.start for p in self.plan), default=reach.start)
        added = self.known.inside(Period(min(start, reach.start), reach.end))
        here = [reading for reading in added if reading.period.end >= reach.start and reading.value is not None]
        due = max((p.end for p in planned), default=reach.end)
        wanted = sum(planned.values(), Decimal(0))
        last = max(p.end for p in self.plan)
        found = self._sum(window, added, here, Period(start, last), wanted)
        if not here and not self._is_expected(window):
            return found._replace(attainment=Attainment.NOT_MEASURED)
        if not planned:
            return found._replace(attainment=Attainment.UNDER_WAY if here else self._silent(window).attainment)
        target, value = self.target._replace(value=wanted, upper=None), found.value
        if target.comparator in {Comparator.AT_MOST, Comparator.LESS}:
            if value is not None and not target.is_met_by(value):
                return found._replace(attainment=Attainment.EXCEEDED)
            return found._replace(attainment=Attainment.KEPT if here else self._silent(window).attainment)
        if value is not None and is_reached(target, value):
            return found._replace(attainment=Attainment.ATTAINED)
        return found._replace(attainment=self._open(window, here, added, due), is_final=reach.end >= last)

    def _sum(
        self,
        window: Period,
        added: Sequence[Reading],
        here: Sequence[Reading],
        time: Period,
        planned: Decimal | None,
    ) -> Measurement:
        seen = min(window.end, self.facts.as_of, time.end)
        gone = max((seen - time.start).days + 1, 0)
        return Measurement(
            window,
            Attainment.NO_DATA,
            aggregate(self.target, added).value,
            recorded=max((reading.recorded for reading in added), default=None),
            own=aggregate(self.target, here).value,
            planned=planned,
            time=time,
            time_share=Decimal(100 * gone) / ((time.end - time.start).days + 1),
            is_final=seen >= time.end and self.facts.as_of > time.end,
        )

    def _open(self, window: Period, here: Sequence[Reading], added: Sequence[Reading], due: date) -> Attainment:
        """The state of an amount that is not reached: missed only once its day has passed, and its last figures are
        there or the days to report them have passed."""
        if not here:
            return self._silent(window).attainment
        as_of = self.facts.as_of
        if due > window.end or as_of <= due:
            return Attainment.UNDER_WAY
        if self.known.have_all_told(added, due) or as_of > days_after(due, self.facts.reporting):
            return Attainment.MISSED
        return Attainment.AWAITED

    def reached_by(self, due: date, as_of: date) -> Reached | None:
        """When the readings reached an amount in the time that a due day lies in; None if they do not.

        Figures of periods that began by the due day are late if they came after the reporting day. What was reached by
        later periods is late by its own days: the figures may be in time, the trees were not planted by then."""
        known = [reading for reading in self.known.inside(self.time_of(due)) if reading.recorded <= as_of]
        last = reaching(self.target, known)
        if last is None:
            return None
        if early := reaching(self.target, begun_by(due, known)):
            reported = days_after(due, self.facts.reporting)
            return Reached(early.recorded, max((early.recorded - reported).days, 0))
        return Reached(last.recorded, days_behind(due, last))

    # Without readings

    def _asked_for(self, window: Period) -> tuple[Period, ...]:
        """The times of a window at which the objective is to be measured: those planned, else those of its frequency,
        else those of its evaluation."""
        whole, item = self.facts.period, self.facts.node.item
        if whole is None or not whole.overlaps(window):
            return ()
        if self.plan:
            return tuple(period for period in sorted(self.plan) if belongs_to(period, window))
        if item.frequency:
            return tuple(part for part in steps(whole, FREQUENCIES[item.frequency]) if belongs_to(part, window))
        return tuple(
            due.period
            for due in self.facts.dues
            if belongs_to(due.period, window) or (due.due is not None and due.due in window and _is_long(window))
        )

    def _is_expected(self, window: Period) -> bool:
        """Whether the objective is to be measured in a window."""
        return bool(self._asked_for(window))

    def missing(self, window: Period, found: Measurement) -> tuple[Period, ...]:
        """The times of a window, if there are several, whose figures did not come in the days to report them. An amount
        that is reached needs no more."""
        times = self._asked_for(window)
        if len(times) < 2 or (self.kind is TargetKind.AMOUNT and found.attainment is Attainment.ATTAINED):
            return ()
        told = [reading.period for reading in self.known.readings]
        return tuple(
            time
            for time in times
            if self._unread(time.end) is Attainment.NO_DATA and not any(time.overlaps(one) for one in told)
        )

    def _silent(self, window: Period) -> Measurement:
        """What it says that there is no reading in a window."""
        if not self._is_expected(window):
            return Measurement(window, Attainment.NOT_MEASURED)
        end = min(window.end, self.facts.period.end) if self.facts.period else window.end
        found = self._unread(end)
        return Measurement(window, found, is_final=False)

    def _unread(self, end: date) -> Attainment:
        """What is said of figures until a day that are not there."""
        if self.facts.as_of <= end:
            return Attainment.UNDER_WAY
        is_awaited = self.facts.as_of <= days_after(end, self.facts.reporting)
        return Attainment.AWAITED if is_awaited else Attainment.NO_DATA


def _parts_met(found: Sequence[Measurement]) -> PartsMet | None:
    results = [entry.attainment in GOOD for entry in found if entry.attainment in GOOD | BAD]
    lengths = [month_count(entry.period) for entry in found]
    return PartsMet(sum(results), len(results), min(lengths)) if len(results) > 1 else None


def _by_end(entry: tuple[Period, Decimal]) -> tuple[date, date]:
    return entry[0].end, entry[0].start
