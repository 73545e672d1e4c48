"""What is known of an objective as of a day, and at which times figures of each of its targets are asked for: by the
plan, its frequency, its phrase, its deadline, or a habit of measuring it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from qmsplan.model.period import (
    Period,
    by_end,
    is_long,
    is_over_two,
    month_count,
    previous,
    quarter_of,
    steps,
    within,
    year_before,
)
from qmsplan.model.plan import FREQUENCIES
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Aggregation
from qmsplan.phrases.aggregation import plan_adds_up
from qmsplan.phrases.item_tree import Base, Node, Threshold, base_of, planned_target
from qmsplan.phrases.people import NO_REGISTER, Register
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_times import time_periods
from qmsplan.progress.measurement import (
    Direction,
    Measurement,
    TargetKind,
    Trend,
    kind_of,
    measurable,
    share_of_plan,
    times_each,
    trend_of,
    warns_above,
)
from qmsplan.progress.occurrences import DueDay, due_days, last_due
from qmsplan.progress.reading_faults import Measured, all_measured
from qmsplan.progress.readings import NO_TELLERS, TargetReadings, Tellers, times_left_out
from qmsplan.progress.verdict import BAD, GOOD, Attainment, is_limit, is_reached, unread

QUARTER, YEAR = 3, 12
"""Months. What is meant for a longer time is not asked for each quarter."""
_MAY_WARN = BAD | GOOD | {Attainment.UNDER_WAY}


@dataclass(frozen=True)
class ObjectiveFacts:
    """What is known of an objective as of a day."""

    node: Node
    measured: Sequence[Measured]
    """Its readings, each with the target that it measures."""
    units: Sequence[str]
    """The unit that recorded each reading; empty if all are of one."""
    dues: Sequence[DueDay]
    as_of: date
    period: Period | None
    """The plan's period."""
    reporting: int = 15
    """Days after a period in which its figures are on time."""
    tellers: Tellers = NO_TELLERS

    def of_target(self, index: int) -> TargetReadings:
        """The readings on one of its targets, counted from 0."""
        target = self.node.targets[index]
        assert isinstance(target, Target)  # noqa: S101  only targets that can be measured are asked for
        mine = [at for at, number in enumerate(self.numbers) if number == index + 1]
        units = [self.units[at] for at in mine] if self.units else ()
        return TargetReadings(
            target, [self.measured[at].reading for at in mine], units, self._base(target), self.tellers
        )

    def _base(self, target: Target) -> Base | None:
        """The value that a change starts from, by the plan: of the year before the plan if it names no other. Beside
        several changes nobody knows which of them it is for. In a plan from one year to the next, as of a school year,
        that of the year before the plan is for all its times: which year these end in says nothing."""
        unit = target.quantity if target.is_difference else self.node.item.unit or ""
        base = base_of(self.node.item.base or "", unit) if target.is_relative else None
        if base is None or self.period is None or sum(one.is_relative for _, one in measurable(self.node)) > 1:
            return None
        before = self.period.start.year - 1
        of = base.year or target.baseline_year or before
        return base._replace(year=None if is_over_two(self.period) and of == before else of)

    @cached_property
    def readings(self) -> list[Reading]:
        """The readings on any of its targets, and those on none."""
        return [one.reading for one in self.measured]

    @cached_property
    def numbers(self) -> list[int | None]:
        """Which target each reading measures, from 1; None if none, as of one that has a fault."""
        return [None if one.fault else one.number for one in self.measured]

    @cached_property
    def subjects(self) -> dict[int, Any]:
        """The targets that can be measured, by their number from 1, once `objective.subjects` has made them."""
        return {}

    def timed(self, target: Target) -> dict[Period, Decimal]:
        """The value of a target that is meant for some periods alone, by these."""
        value = target.value or Decimal(0)
        return dict.fromkeys(time_periods(target, self.period), value) if self.period else {}


def recorded_facts(
    node: Node,
    readings: Sequence[Reading],
    period: Period | None,
    units: Sequence[str] = (),
    register: Register = NO_REGISTER,
) -> ObjectiveFacts:
    """An objective with its readings, whatever day it is, by its deadline alone. `period` is the plan's, `units` names
    the unit of each reading."""
    measured, dues = all_measured(readings, node), due_days(node, period)
    tellers = NO_TELLERS
    if len(set(units)) > 1:
        tellers = Tellers(register.leading(node), register.ends, register.heirs, register.names)
    return ObjectiveFacts(node, measured, units, dues, date.max, period, 0, tellers)


def belongs_to(period: Period, window: Period) -> bool:
    """Whether what is measured over a period is a matter of a window: it ends in the window, as the year ends with its
    fourth quarter, and the first term of a school year in a first quarter. In a month lies the whole of it."""
    return (period.end if is_long(window) else period) in window


class MeasuredTarget:
    """One target of an objective with its readings, the values planned for it by period, and the times at which figures
    of it are asked for."""

    def __init__(
        self,
        facts: ObjectiveFacts,
        known: TargetReadings,
        plan: Mapping[Period, Decimal],
        horizons: Mapping[Period, Target],
    ) -> None:
        self.facts, self.known, self.target = facts, known, known.target
        self.horizons = horizons
        """The targets of other periods (`horizons`), by these."""
        if self.horizons and (self.target.is_relative or not plan_adds_up(self.target)):
            last = max((due.period for due in facts.dues if due.due), key=lambda one: one.end, default=facts.period)
            self.horizons = {**({last: self.target} if last else {}), **self.horizons}
            plan = {period: one.value or Decimal(0) for period, one in self.horizons.items()}
        self.plan = plan
        """The value of each period that has its own; each of a level with `horizons`, too."""
        self.kind = kind_of(self.target, plan)
        self.adds_up = plan_adds_up(self.target) and not self.target.is_relative
        self.is_amount = self.kind in {TargetKind.AMOUNT, TargetKind.AT_MOST_AMOUNT}
        self.is_planned_sum = self.kind is TargetKind.PLANNED and self.adds_up

    def times_in(self, reach: Period) -> tuple[Period, ...]:
        """The times over each of which an amount adds up, as far as they touch a window and have begun."""
        times = self.all_times_in(reach)
        return tuple(time for time in times if time.start <= self.facts.as_of) or times[:1]

    def times_apart(self, reach: Period) -> tuple[Period, ...]:
        """Those of which no reading tells together with others."""
        read = self.known.inside(reach)
        times = self.times_in(reach)
        return tuple(time for time in times if all(one.period in time for one in read if one.period.overlaps(time)))

    def reach_of(self, window: Period) -> Period:
        """What is looked at of a window: what lies in the plan. Terms are no parts of quarters: of a quarter in which
        one ended, the whole of it, so that what began later is not mixed with it."""
        reach = within(window, self.facts.period) if self.facts.period else window
        asked = self.asked_for(window) if is_long(window) else ()
        is_across = any(time.start < window.start and time.end < window.end for time in asked)
        if not is_across or (self.known.inside(reach) and not self.rhythm):
            return reach
        return Period(min(time.start for time in asked), max(time.end for time in asked))

    def all_times_in(self, reach: Period) -> tuple[Period, ...]:
        """These times, with those that have not begun."""
        whole = self.facts.period
        if whole and (self.is_once if self.target.per_months is None else self.is_of_one_year):
            return (whole,) if whole.overlaps(reach) else (reach,)
        first, last = max(reach.start.year - 1, date.min.year), min(reach.end.year + 1, date.max.year)
        found = times_each(self.target, Period(date(first, 1, 1), date(last, 12, 31))) or reach.years()
        return tuple(within(time, whole) if whole else time for time in found if time.overlaps(reach)) or (reach,)

    def step_in(self, window: Period, reach: Period) -> Period | None:
        """The period of `horizons` by whose end, that of a window too, so many are to be there: the window's own, else
        the shortest that belongs to it."""
        if reach in self.horizons:
            return reach
        found = [one for one in self.horizons if one.end == reach.end and belongs_to(one, window)]
        return max(found, key=lambda one: one.start, default=None)

    @cached_property
    def is_once(self) -> bool:
        """True if an amount that names no time of its own adds up over the whole plan, not over each of its years."""
        return self.facts.period is not None and (month_count(self.facts.period) <= YEAR or len(self.facts.dues) == 1)

    @cached_property
    def is_of_one_year(self) -> bool:
        """True if a target for each year is one for the plan, which may be for a school year."""
        return self.facts.period is not None and month_count(self.facts.period) <= YEAR == self.target.per_months

    @cached_property
    def rhythm(self) -> int:
        """The length, for `steps`, of the times at which it is measured by its frequency, else by its phrase (`4
        lớp/quý`, `1 lần/2 tháng`); 0 if neither says it."""
        frequency = self.facts.node.item.frequency
        return FREQUENCIES[frequency] if frequency else self.target.per_months or 0

    def planned_target(self, period: Period) -> Target:
        """The target of a period that has its own value."""
        return self.horizons.get(period) or planned_target(self.target, self.plan[period])

    def promised_in(self, time: Period) -> Target | None:
        """What is promised for a time: of the whole, or of each of its times, the target; of a part what is planned for
        it. None of a part of which nothing is said."""
        whole = self.facts.period
        if whole is None or whole in time or self.target.per or self.target.time:
            return self.target
        if time in self.plan or time in self.horizons:
            return self.planned_target(time)
        parts = [value for period, value in self.plan.items() if period in time] if self.adds_up else []
        if parts:
            return planned_target(self.target, sum(parts, Decimal(0)))
        times = self.all_times_in(time) if self.is_amount else self.asked_for(time)
        return self.target if time in times and not self.plan else None

    def last_planned(self, window: Period) -> Period | None:
        """The last period with its own value that belongs to a window."""
        periods = [period for period in self.plan if belongs_to(period, window)]
        return max(periods, key=lambda period: (period.end, period.start), default=None)

    @property
    def is_of_whole(self) -> bool:
        """True if the target of what is planned by period is meant for all of the plan's time, not for parts of it."""
        is_one = self.is_once or not self.adds_up
        return bool(self.plan) and is_one and not (self.target.per or self.target.time or self.horizons)

    def held_in(self, window: Period) -> Target | None:
        """What a level that is planned by period is held against in a window: the value of its last period there; over
        all of the plan's time, and in its last part without a value, the target. None if nothing is planned."""
        last, whole = self.last_planned(window), self.facts.period
        if last is None and self.plan and whole and window.start <= whole.end <= window.end and self.is_of_whole:
            return self.target if max(one.end for one in self.plan) < window.start else None
        return self.target if self.is_beyond_plan(window) else last and self.planned_target(last)

    def is_last_step(self, found: Measurement, window: Period) -> bool:
        """Whether a part is held against what the whole window is held against."""
        held = self.held_in(window)
        return held is None or found.planned == held.value

    @property
    def reaches_end(self) -> bool:
        """True if the last of the values that are planned by period is that of the time in which the target is due."""
        last = max(period.end for period in self.plan)
        return last >= self.day_in(self.time_of(last))

    def is_beyond_plan(self, window: Period) -> bool:
        """Whether the whole of a plan's time is looked at, and its last planned value is not the target."""
        whole, last = self.facts.period, self.last_planned(window)
        if last is None or whole is None or whole not in window or not self.is_of_whole:
            return False
        return window not in self.plan and not (self.plan[last] == self.target.value and self.reaches_end)

    def is_due_by(self, day: date) -> bool:
        """Whether the day of the target has come, so that what is planned by period is held against the target itself,
        whatever its parts add up to."""
        last = max(period.end for period in self.plan)
        is_one = self.is_of_whole and self.target.upper is None and self.target.value is not None
        return is_one and day >= max(last, self.day_in(self.time_of(last)))

    def planned_by(self, day: date) -> Decimal:
        """What a sum that is planned by period is to come to by a day: what was planned until then, or the target."""
        if self.is_due_by(day) and self.target.value is not None:
            return self.target.value
        return sum((value for period, value in self.plan.items() if period.end <= day), Decimal(0))

    def time_of(self, day: date) -> Period:
        """The time over which an amount adds up that a day lies in."""
        return self.times_in(Period(day, day))[0]

    def judged_in(self, period: Period) -> Period:
        """The time that is missed with a reading over a period: of a sum that ends with it all of its time, the quarter
        whose third month is told; else the period itself."""
        times = self.plan if self.is_planned_sum else self.times_in(period) if self.is_amount else ()
        return next((time for time in times if period in time and time.end == period.end), period)

    def time_until(self, window: Period) -> Period:
        """The readings of which time are told in a window: of what adds up from the start of its time on."""
        if self.is_planned_sum:
            return Period(min(window.start, *(period.start for period in self.plan)), window.end)
        return Period(min(window.start, self.time_of(window.end).start), window.end) if self.is_amount else window

    def day_in(self, time: Period) -> date:
        """The day on which an amount is due: the last day of evaluation in its time, else the end of the time."""
        return max((due.due for due in self.facts.dues if due.due and due.due in time), default=time.end)

    def is_complete(self, day: date) -> bool:
        """Whether the amount of the time that a day lies in is reached by all its figures: it needs no more of them."""
        if self.is_planned_sum:
            target = planned_target(self.target, self.planned_by(date.max))
            is_open = not is_limit(self.target)
            time = Period(min(self.plan).start, max(period.end for period in self.plan))
        else:
            is_open = self.kind is TargetKind.AMOUNT and self.target.aggregation is not Aggregation.FINAL
            target, time = self.target, self.time_of(day)
        value = self.known.aggregate(self.known.inside(time)).value if is_open else None
        return value is not None and is_reached(target, value)

    def asked_for(self, window: Period) -> tuple[Period, ...]:
        """The times of a window at which the objective is to be measured: those planned, else those of its words; a
        period whose value stands in `horizons` too."""
        own = [period for period in self.plan or self.horizons if belongs_to(period, window)]
        is_by_plan = bool(self.plan) and not self.horizons
        found = tuple(self._asked_behind_plan(window) if is_by_plan else self._asked_by_words(window))
        if not (own or is_by_plan):
            return found
        return tuple(sorted({*own, *found}, key=by_end))

    def _asked_behind_plan(self, window: Period) -> Iterable[Period]:
        """The last evaluation of a level, if its planned values end before it and are not all that is asked for."""
        last = max((due.period for due in self.facts.dues if due.due), key=by_end, default=None)
        is_behind = last is not None and last.end > max(period.end for period in self.plan) and not self.target.time
        return [last] if last and is_behind and not self.adds_up and belongs_to(last, window) else ()

    def _asked_by_words(self, window: Period) -> tuple[Period, ...]:
        """The times of its frequency, else those of its phrase (`4 lớp/quý`) if they are more than those of its
        evaluation."""
        whole = self.facts.period
        if whole is None or not whole.overlaps(window):
            return ()
        times = steps(whole, self.rhythm) if self.rhythm else ()
        if times and (self.facts.node.item.frequency or len(times) > len(self.facts.dues)):
            return tuple(part for part in times if belongs_to(part, window))
        return tuple(
            due.period
            for due in self.facts.dues
            if belongs_to(due.period, window) or (due.due is not None and due.due in window and is_long(window))
        )

    def is_early(self, window: Period) -> bool:
        """Whether the objective is due in later years only, and nothing is asked of it in a window: what is read in it
        is a step on the way, and no miss."""
        first = min((due.due.year if due.due else 0 for due in self.facts.dues), default=0)
        return first > window.end.year and not self.asked_for(window)

    def still_open(self, window: Period, reach: Period) -> Attainment | None:
        """What a level or a change is while more figures are asked for in a window than were read: under way until its
        time is over, then awaited, then without data; None once all are there, on the last day at the earliest."""
        times = self.expected(window)
        end = max((min(time.end, reach.end) for time in times), default=reach.end)
        if self.facts.as_of < end:
            return Attainment.UNDER_WAY
        told = [reading.period for reading in self.known.readings]
        is_read = not times or any(one.start <= end <= one.end for one in told)
        is_whole = self.known.takes_last or all(any(time.overlaps(one) for one in told) for time in times)
        is_of_all = not any(map(self.known.silent, times)) and not self.known.told_with_more(reach)
        return None if is_read and is_whole and is_of_all else self.unread(end)

    def left_out(self, closed: date) -> tuple[Period, ...]:
        """The times that what is measured in two of them running leaves out, until the last day whose figures should be
        there: those of its frequency or its phrase, else the quarters of a habit."""
        return self._until(closed, self._left_out)

    def _until(self, closed: date, times: Iterable[Period]) -> tuple[Period, ...]:
        told = max((reading.period.end for reading in self.known.readings), default=date.min)
        return tuple(
            one
            for one in times
            if (one.end <= closed or one.start < told)
            if (not self.plan or any(time.overlaps(one) for time in self.plan)) and not self.is_complete(one.end)
        )

    @cached_property
    def _left_out(self) -> list[Period]:
        """These times, also those whose figures need not be there yet."""
        whole = self.facts.period
        if whole is None:
            return []
        last = min(last_due(self.facts.node.deadline) or whole.end, whole.end)
        return times_left_out(self.rhythm or QUARTER, self.known.readings, last)

    @cached_property
    def _habit(self) -> tuple[Period, ...]:
        """The quarters that should be there by the day, by the habit of all or of one of its units alone."""
        if self.rhythm > QUARTER:
            return ()
        ended = previous(quarter_of(self.facts.as_of))
        if ended and self.unread(ended.end) is not Attainment.NO_DATA:
            ended = previous(ended)
        whole = self.facts.period
        times = steps(whole, self.rhythm or QUARTER) if whole else ()
        return self._until(ended.end, sorted({*self._left_out, *filter(self.known.silent, times)})) if ended else ()

    def expected(self, window: Period) -> tuple[Period, ...]:
        """The times of a window at which figures are expected: what is asked for, and what a habit leaves out."""
        asked = self.asked_for(window)
        habit = (one for one in self._habit if belongs_to(one, window) and not any(time in one for time in asked))
        return (*asked, *habit)

    def missing(self, window: Period, found: Measurement) -> tuple[Period, ...]:
        """The times of a window whose figures did not come in the days to report them, but for the window itself, of
        which the result says so. An amount that is reached needs no more."""
        is_open = found.attainment is Attainment.NO_DATA or (
            found.attainment is Attainment.UNDER_WAY and not self.known.takes_last
        )
        is_sum = found.time is not None and found.own is not None and is_open
        span = Period(found.time.start, window.end) if found.time and is_sum else window
        times = self.expected(span)
        in_longer = filter(self.known.is_in_longer, times if self.known.told_with_more(span) else ())
        if set(times) <= {window} and found.attainment is Attainment.NO_DATA and not found.has_figures:
            return ()
        is_final = self.target.aggregation is Aggregation.FINAL  # a later figure stands for those before it
        told = max((one.period.end for one in self.known.readings if is_final), default=date.min)
        is_reached = self.kind in {TargetKind.AMOUNT, TargetKind.PLANNED} and found.attainment is Attainment.ATTAINED
        return tuple(
            time
            for time in (*self.holes(times), *in_longer)
            if time.end > told and self.unread(time.end) is Attainment.NO_DATA and not self.is_complete(time.end)
            if time in times or not is_reached
        )

    def alarm(self, found: Measurement, limit: Threshold | None) -> str | None:
        """The threshold that a result is beyond, as typed; None of a sum on its way, of which a number says nothing.
        `90% kế hoạch` is held against the share of what was planned."""
        only_grows = self.kind is TargetKind.AT_MOST_AMOUNT  # missing figures can but add to it
        is_sum = self.kind is TargetKind.AMOUNT or self.is_planned_sum
        is_shown = found.attainment is Attainment.NO_DATA and not is_sum  # what there is of a level is told beside it
        if limit is None or not (only_grows or is_shown or found.attainment in _MAY_WARN):
            return None
        value = found.change if self.target.is_relative else found.value
        value = share_of_plan(found, self.plan, limit.months) if limit.of_plan else value
        if value is None or (is_sum and (not limit.of_plan or found.attainment is Attainment.UNDER_WAY)):
            return None
        is_beyond = (value > limit.value) == warns_above(limit, self.target)
        if value == limit.value:
            is_beyond = limit.includes_value
        return self.facts.node.item.threshold if is_beyond else None

    def trend(self, window: Period) -> Trend:
        """How the value moved; a running total only grows, so that it is held against no window of the same time."""
        is_sum = self.known.adds_up and not self.target.is_relative
        found = trend_of(self.known, window, self.plan if is_sum else {})
        before = year_before(window)
        if before is None or self.target.aggregation is not Aggregation.CUMULATIVE:
            return found
        is_same = self.time_of(before.end) == self.time_of(window.end)
        return found._replace(year_before=Direction.UNKNOWN) if is_same else found

    def holes(self, times: Iterable[Period]) -> tuple[Period, ...]:
        """The times of which no reading tells; one of evaluation is told by what reaches to its end, as its day is. Of
        a quarter that counts tell of by months those months that are left out. A time without the part of a unit that
        told before is not told."""
        told = [reading.period for reading in self.known.readings]
        is_asked = self.plan or self.facts.node.item.frequency
        dues = set() if is_asked else {entry.period for entry in self.facts.dues}
        return tuple(one for time in times for one in self._holes_in(time, told, is_due=time in dues))

    def _holes_in(self, time: Period, told: Iterable[Period], *, is_due: bool) -> tuple[Period, ...]:
        if self.known.silent(time):
            return (time,)
        inside = [one for one in told if time.overlaps(one)]
        if inside and self.known.adds_up and month_count(time) == QUARTER and all(one in time for one in inside):
            return tuple(month for month in steps(time, 1) if not any(month.overlaps(one) for one in inside))
        return () if any(one.end >= time.end or not is_due for one in inside) else (time,)

    def lacking(self, added: Iterable[Reading], start: date, due: date) -> Attainment | None:
        """What a sum that is not decided is once its day has passed: awaited, while some unit has not told until that
        day, and without data where times from its start have no figures. None if nothing is missing."""
        times, found = self.expected(Period(start, due)), self.unread(due)
        if self.known.told_with_more(Period(start, due)):
            return found
        is_told = self.known.have_all_told(added, due)
        is_told = is_told and not any(self.known.silent(one) for one in times if one.end >= due)
        holes = () if is_told and self.known.takes_last else self.holes(times)
        holes = tuple(one for one in holes if not (is_told and one.end >= due))
        return found if holes or (found is Attainment.AWAITED and not is_told) else None

    def silent(self, window: Period) -> Measurement:
        """What it says that there is no reading in a window."""
        if not self.expected(window):
            return Measurement(window, Attainment.NOT_MEASURED)
        found = self.unread(self.reach_of(window).end)
        return Measurement(window, found, is_final=False)

    def unread(self, end: date) -> Attainment:
        """What is said of figures until a day that are not there."""
        return unread(end, self.facts.as_of, self.facts.reporting)
