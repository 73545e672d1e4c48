"""An objective measured over a window of time and as of a day: each of its targets by its kind.

`measures(facts, window)` is the one place where a target is measured; status, reports, exports, rules and the audit
show what it says (docs/decisions/0024)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from qmsplan.model.period import Period, is_long, month_count, school_time, steps, within, year
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Aggregation
from qmsplan.phrases.item_tree import Threshold, planned_target
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import (
    Measurement,
    Reached,
    TargetKind,
    begun_by,
    days_behind,
    measurable,
    measured_over,
    multiplied,
    of_part,
    parts_met,
    put_together,
    reaching,
    share_gone,
    times_each,
    told_apart,
    warned,
)
from qmsplan.progress.objective_facts import ObjectiveFacts
from qmsplan.progress.occurrences import days_after
from qmsplan.progress.reading_faults import HorizonSteps, planned_values, steps_to
from qmsplan.progress.readings import TargetReadings, aggregate, covers, is_share
from qmsplan.progress.unclear import UnsureTarget
from qmsplan.progress.verdict import (
    BAD,
    DECIDING,
    GOOD,
    OPEN_RESULTS,
    SETTLED,
    WORST_FIRST,
    Attainment,
    at_end,
    is_limit,
    is_reached,
    of_sum,
)


def measures(facts: ObjectiveFacts, window: Period, *, trends: bool = False) -> tuple[Measurement, ...]:
    """An objective over a window, one entry for each target; one entry, `not_measurable`, if it has none."""
    found = tuple(measures_over(facts, (window,), trends=trends))
    return found or (Measurement(window, Attainment.NOT_MEASURABLE),)


def measures_over(facts: ObjectiveFacts, windows: Iterable[Period], *, trends: bool = False) -> Iterator[Measurement]:
    """An objective over each of some windows against each target that can be measured."""
    known, limits = subjects(facts), warned(facts.node)
    for window in windows:
        for number, subject in known.items():
            found = subject.told(window, limits.get(number - 1))._replace(number=number)
            yield found._replace(trend=subject.trend(window)) if trends else found


def attainments(facts: ObjectiveFacts) -> list[Attainment]:
    """What is known of its target with each reading of an item (`recorded_facts`): of a level what the reading alone
    says, of an amount what is reached by the end of the reading's period."""
    known = subjects(facts)
    return [
        known[number].alone(reading) if number in known else Attainment.NOT_MEASURABLE
        for reading, number in zip(facts.readings, facts.numbers, strict=True)
    ]


def subjects(facts: ObjectiveFacts) -> dict[int, Subject]:
    """The targets of an objective that can be measured, by their number from 1. They are made once: several rules ask
    for them. They hold the facts without them: a ring would stay until it is looked for, a tenth of a long run."""
    found: dict[int, Subject] = facts.subjects
    if found:
        return found
    apart = replace(facts)
    plan = planned_values(facts.node, facts.period)
    for at, (index, target) in enumerate(measurable(facts.node)):
        own, way = plan, HorizonSteps()
        if at or target.time:
            own = facts.timed(target)
        elif facts.period and not plan:
            way = steps_to(target, facts.node, facts.period)
        found[index + 1] = Subject(apart, facts.of_target(index), own or way.parts, way.targets)
    return found


class Subject(UnsureTarget):
    """A target measured over windows of time."""

    @cached_property
    def _reached(self) -> dict[Period, Attainment]:
        """What a sum says by the end of a period, once it was asked for: many units may report one period."""
        return {}

    def told(self, window: Period, limit: Threshold | None) -> Measurement:
        """The target over a window, with what is missing, and whether it is beyond a threshold."""
        found = self.measured(window)
        missing = self.missing(window, found)
        is_told = found.attainment is Attainment.EXCEEDED or (found.attainment not in OPEN_RESULTS and not missing)
        return found._replace(
            period=window,
            target=self.target,
            kind=self.kind,
            missing=missing,
            silent=tuple((time, units) for time in missing if (units := self.known.untold_by(time))),
            is_final=found.is_final and is_told,
            alarm=self.alarm(found, limit),
            item_unit=(self.facts.node.item.unit or "") if self.target.is_relative else "",
        )

    def measured(self, window: Period) -> Measurement:
        """The target over a window."""
        if self.facts.period and not self.facts.period.overlaps(window):
            return self.silent(window)
        reach = self.reach_of(window)
        if self.is_amount:
            return self._amount(window, reach)
        if self.is_planned_sum:
            return self._planned_amount(window, reach)
        return self._level_of(window, reach)

    def with_readings(self, readings: Sequence[Reading], units: Sequence[str]) -> Subject:
        """The same target with other readings, those of the items that carry it out."""
        known = TargetReadings(self.target, readings, units, self.known.base, self.facts.tellers)
        return Subject(self.facts, known, self.plan, self.horizons)

    def alone(self, reading: Reading) -> Attainment:
        """What is known of the target with one reading."""
        if not (self.is_amount or self.is_planned_sum):
            alone = self._level(reading.period, reading.period, self._with_others(reading)).attainment
            if alone in BAD and self.known.untold_by(reading.period):
                return self.unread(reading.period.end)
            if self.kind is TargetKind.LEVEL and self.is_asked(alone, [reading]):
                return Attainment.UNCLEAR
            return Attainment.UNDER_WAY if alone in BAD | GOOD and self.is_early(reading.period) else alone
        if reading.period not in self._reached:
            self._reached[reading.period] = self._by_the_end_of(reading.period)
        attainment = self._reached[reading.period]
        is_none = not (reading.value or reading.numerator)
        return Attainment.KEPT if attainment is Attainment.EXCEEDED and is_none else attainment

    def _with_others(self, reading: Reading) -> list[Reading]:
        """A reading with those of other units on its time, as far as they can be put together."""
        inside = self.known.inside(reading.period) if self.known.has_several or self.known.counts else []
        return [reading] if not inside or self.known.apart(inside) else inside

    def _by_the_end_of(self, period: Period) -> Attainment:
        """What a sum says by the end of a period, whatever comes later but what makes it unclear."""
        times = self.times_in(period)
        if len(times) == 1 and self.is_unclear(self.known.inside(times[0])):
            return Attainment.UNCLEAR
        sum_over = self._planned_amount if self.kind is TargetKind.PLANNED else self._amount
        return sum_over(period, period).attainment

    # Levels and changes

    def _level_of(self, window: Period, reach: Period) -> Measurement:
        """A level over the parts of a window that are measured each by itself; what adds up, over the whole of it. Of
        several years the last one is told unless the phrase asks for each."""
        is_evaluated = is_long(window) or (not self.rhythm and window in self.asked_for(window))
        read = self.known.inside(reach) or (self.known.ending_with(reach) if is_evaluated else [])
        inside, earlier = (read, []) if self._is_one(read) else _of_last_year(read)
        found = self._by_part(reach, inside)
        all_found = [*self._by_part(reach, earlier), *found] if earlier else found
        is_by_part = bool(found) and self._is_for_each(inside) and not self.is_beyond_plan(window)
        whole = self._each(window, found) if is_by_part else self._level(window, reach, inside)
        whole = whole._replace(parts=parts_met(all_found))
        is_missed = is_by_part and whole.attainment in BAD and self.is_last_step(whole, window)
        result = self._settled(whole, reach) if is_missed else self._closed(whole, window, reach)
        if inside and self.target.is_relative and self.is_unclear(inside):
            return self._unclear_so_far(window, inside, result.recorded)
        if self.is_asked(result.attainment, inside):
            result = result._replace(attainment=Attainment.UNCLEAR, is_final=False)
        if result.attainment not in OPEN_RESULTS:
            return result
        return result._replace(share_met=self._share_met(window, reach, read, all_found))

    def _unclear_so_far(self, window: Period, inside: Sequence[Reading], recorded: date | None) -> Measurement:
        """What is not clear to add up, with its last figure."""
        latest = aggregate(self.target._replace(aggregation=Aggregation.LATEST), inside).value
        return Measurement(window, Attainment.UNCLEAR, latest, recorded=recorded, is_final=False)

    def _is_sum(self, inside: Sequence[Reading]) -> bool:
        """Whether the readings of a level come to one figure: their cases, or counts that a change is asked of."""
        return all(map(is_share, inside)) or (self.known.adds_up and all(one.change is None for one in inside))

    def _is_one(self, inside: Sequence[Reading]) -> bool:
        """Whether readings of several years are told together."""
        return self.target.per_months is not None or self._is_sum(inside)

    def _is_for_each(self, inside: Sequence[Reading]) -> bool:
        """Whether the target has to be met in each part by itself."""
        is_one_figure = self._is_sum(inside) or self.known.takes_last
        return self.target.per_months is not None or bool(self.plan) or not is_one_figure

    def _by_part(self, reach: Period, inside: Sequence[Reading]) -> list[Measurement]:
        """What was measured in each of the parts that readings tell of, each by itself."""
        parts = self._parts(reach, inside)
        return [self._closed(self._level(part, part, read), part, part) for part, read in parts.items()]

    def _share_met(
        self, window: Period, reach: Period, inside: Sequence[Reading], found: Sequence[Measurement]
    ) -> Decimal | None:
        """The share of the times asked for at which it was attained; of a level that is asked for once, and read more
        often, the share of its months in which all that was read attained it; None of what else is asked for once."""
        times = len(self.asked_for(window))
        if times > 1:
            return min(Decimal(sum(one.attainment in GOOD for one in found)) / times, Decimal(1))
        if self.kind is not TargetKind.LEVEL:
            return None
        read: dict[Period, list[Reading]] = {}
        for reading in inside:
            read.setdefault(reading.period, []).append(reading)
        good = (one for one, found in read.items() if put_together(self.known, found, one).attainment in GOOD)
        months = {month for one in good for month in steps(one, 1)}
        return min(Decimal(len(months)) / month_count(reach), Decimal(1))

    def _closed(self, found: Measurement, window: Period, reach: Period) -> Measurement:
        """A result that more figures can still turn is none yet: what it is so far stands beside its state."""
        if found.attainment in BAD | GOOD:
            is_open = Attainment.UNDER_WAY if self.is_early(window) else self.still_open(window, reach)
            found = found._replace(attainment=is_open or found.attainment)
        return self._settled(found, reach)

    def _parts(self, reach: Period, inside: Sequence[Reading]) -> dict[Period, list[Reading]]:
        """The readings by the parts of a window for each of which the target is meant, by its phrase, else by its
        `frequency` or its deadline; a longer reading is a part of its own. Nothing if there is one part of one, or one
        reading tells of none; where values are planned, each reading is held against that of its own period."""
        is_planned = self.kind is TargetKind.PLANNED
        times = (() if is_planned else times_each(self.target, reach)) or self.asked_for(reach)
        found: dict[Period, list[Reading]] = {}
        for reading in inside:
            holds = next((time for time in times if reading.period in time), reading.period)
            if not (is_planned or any(holds.overlaps(time) for time in times)):
                return {}
            found.setdefault(holds, []).append(reading)
        has_more = len(times) > 1 and any(time in times for time in found)
        return found if len(found) > 1 or has_more or is_planned else {}

    def _level(self, window: Period, reach: Period, inside: Sequence[Reading]) -> Measurement:
        known = self.known
        if not inside:
            return self.silent(window)
        if known.takes_last and known.has_several:
            inside = known.of_last(self.expected(window), inside)
        if self.kind is TargetKind.PLANNED:
            held = self.held_in(window)
            if held is None:
                return measured_over(known, inside, window)._replace(attainment=Attainment.UNDER_WAY, planned=None)
            known = known.held_against(held)
        found = put_together(known, inside, window)
        return self._change(found, reach, inside) if self.kind is TargetKind.CHANGE else found

    def _change(self, found: Measurement, reach: Period, inside: Sequence[Reading]) -> Measurement:
        """A change over a time that the readings cover; over less of it, it is no result yet. What lacks a baseline of
        its own is a part of its year, whose result stands where the year is over."""
        time = self.time_of(reach.end)
        due = self.day_in(time)
        until = within(reach, Period(date.min, due))
        grows = self.known.adds_up or self.target.aggregation in {Aggregation.CUMULATIVE, Aggregation.FINAL}
        if not grows or covers((one.period for one in inside), until):
            is_whole = until == time or school_time(until) == (until.start.year, 0)  # a school year is a part of none
            lacks = found.attainment is Attainment.NO_BASELINE and not is_whole
            is_early = until.end < min(due, time.end)
            is_of_day = is_early and self.target.aggregation is Aggregation.FINAL
            is_of_all = not (is_whole or lacks) and self.is_of_all_its_time
            if not (is_of_day or is_of_all) and (not lacks or self.known.earlier(year(reach.end.year)) is None):
                return found
            if is_early:
                return found._replace(attainment=Attainment.UNDER_WAY)
            read = self.known.inside(time)
            return self._change(put_together(self.known, read, time), time, read)
        if found.attainment is Attainment.NO_BASELINE and self.known.earlier(year(reach.end.year)) is None:
            return found
        return found._replace(attainment=self.unread(until.end))

    def _settled(self, found: Measurement, reach: Period) -> Measurement:
        """A level or a change with whether anything can still change it."""
        is_told = found.attainment in BAD | GOOD | {Attainment.NO_CASES, Attainment.NOT_MEASURED}
        return found._replace(is_final=found.is_final and is_told and self.facts.as_of > reach.end)

    def _each(self, window: Period, found: Sequence[Measurement]) -> Measurement:
        """A target meant for each part of a window: attained if it is in every part with data. Of the parts the last
        one that decides is told. Where values are planned by period, the last one that was read decides: the others are
        steps on the way to it."""
        recorded = max((entry.recorded for entry in found if entry.recorded), default=None)
        decided = [entry for entry in reversed(found) if entry.attainment in DECIDING and entry.recorded]
        if self.plan and self.target.per_months is None:
            decided = [entry for entry in decided if entry.planned is not None][:1] or decided
        if not decided:
            silent = self.silent(window)
            so_far = next((entry for entry in reversed(found) if entry.has_figures), silent)
            told = silent if silent.attainment is Attainment.NOT_MEASURED else so_far
            return told._replace(period=window, attainment=silent.attainment, recorded=recorded, is_final=False)
        deciding = min(decided, key=lambda entry: DECIDING.index(entry.attainment))
        told = of_part(deciding, window)._replace(recorded=recorded)
        return told._replace(part=deciding.period) if deciding.attainment in GOOD and len(found) > 1 else told

    # Amounts

    def _amount(self, window: Period, reach: Period) -> Measurement:
        step, spans, apart = self.step_in(window, reach), self.times_in(reach), self.times_apart(reach)
        each = self._in_each(window, reach, apart) if apart and len(spans) > 1 else None
        if len(spans) == 1 and step:  # by the end of which so many are to be there
            found = self.summed(window, reach, Period(spans[0].start, reach.end), self.horizons[step])
        elif len(spans) == 1:
            found = self.summed(window, reach, spans[0], self.horizons.get(spans[0], self.target))
        elif each and (len(apart) == len(spans) or each.attainment in BAD):
            return each  # of some of its times only a miss, as the others have a longer figure in which none is told
        else:
            count = 1 if self.known.takes_last else len(spans)
            found = self.summed(window, reach, reach, multiplied(self.target, count))
        return self._of_all_times(found, reach, [found] * len(spans))

    def _in_each(self, window: Period, reach: Period, spans: Sequence[Period]) -> Measurement:
        """An amount that is meant for each of some times: the worst of those that have begun is told."""
        parts = [(within(reach, time), time) for time in spans]
        found = [self.summed(part, part, time, self.horizons.get(time, self.target)) for part, time in parts]
        recorded = max((entry.recorded for entry in found if entry.recorded), default=None)
        worst = min(reversed(found), key=lambda entry: WORST_FIRST.index(entry.attainment))
        if worst.attainment is Attainment.NOT_MEASURED:  # no time by itself, but the window as a whole may be
            return self.silent(window)
        settled = [entry for entry in found if entry.is_final]  # a limit may still be exceeded
        is_final = worst.attainment in BAD or len(settled) == len(found)
        told = of_part(worst, window)._replace(
            recorded=recorded, parts=parts_met(settled), is_final=worst.is_final and is_final
        )
        if told.parts and told.attainment in GOOD:  # 570 of the last month, while 1.650 were done in all
            told = told._replace(part=worst.period)
        return self._of_all_times(told, reach, found)

    def _of_all_times(self, told: Measurement, reach: Period, begun: Sequence[Measurement]) -> Measurement:
        """What the times of a window that have begun say of all of them: it is not good before the last one has begun,
        and those that have not are not done."""
        times = self.all_times_in(reach)
        if len(times) < 2:
            return told
        if told.attainment in GOOD and len(begun) < len(times):
            told = told._replace(attainment=Attainment.UNDER_WAY, is_final=False)
        kept = Decimal(str(sum(one._replace(kind=self.kind).kept or 0 for one in begun)))
        if told.attainment in OPEN_RESULTS and self.kind is TargetKind.AMOUNT and self.known.adds_up:
            is_more = any(one.value and one.planned and one.value > one.planned for one in begun)
            told = self._so_far(told, reach, times)
            told = told._replace(planned=None if is_more else told.planned)  # more in one time does nothing for others
        return told._replace(share_met=kept / len(times))

    def _so_far(self, told: Measurement, reach: Period, times: Sequence[Period]) -> Measurement:
        """What is not decided yet with what all of its times came to, of what is wanted of all of them."""
        added = self.known.inside(Period(times[0].start, reach.end))
        wanted = (self.horizons.get(time, self.target).value or Decimal(0) for time in times)
        here = self.known.told_since(reach.start, added)
        span = Period(times[0].start, times[-1].end)
        whole = self._sum(told.period, added, here, span, sum(wanted, Decimal(0)))
        return whole._replace(attainment=told.attainment, parts=told.parts, is_final=False)

    def summed(self, window: Period, reach: Period, time: Period, target: Target) -> Measurement:
        """What an amount came to from the start of its time to the end of a window."""
        end = min(reach.end, time.end)
        added = self.known.inside(Period(time.start, end))
        here = self.known.told_since(reach.start, added)
        due = self.day_in(time)
        found = self._sum(window, added, here, Period(time.start, max(due, time.start)), target.value)
        if not here and not self.expected(window):
            return found._replace(attainment=Attainment.NOT_MEASURED)
        if units := self.known.apart(added):  # running totals in per cent: no one of them is that of all
            parts = [(unit, self.with_readings(read, ())) for unit, read in units.items()]
            results = [(unit, part.summed(window, reach, time, target)) for unit, part in parts]
            return told_apart(window, results, WORST_FIRST)._replace(is_final=False)
        return self._judged(found, target, here, added, due)

    def _judged(
        self, found: Measurement, target: Target, here: Sequence[Reading], added: Sequence[Reading], due: date
    ) -> Measurement:
        """What a sum is beside its target (`verdict`): at once what more figures can't turn, else as of the day that it
        is due or the window ends, whichever comes first."""
        if self.is_unclear(added):
            return self._unclear_so_far(found.period, added, found.recorded)
        so_far = of_sum(target, found.value)
        if so_far in SETTLED:
            is_final = found.is_final or not self.is_planned_sum  # what is planned by period only until the next one
            late = 0 if so_far is Attainment.EXCEEDED else self._days_behind(target, added, due)
            return found._replace(attainment=so_far, is_final=is_final, days_late=late)
        if not here or found.time is None:
            return found._replace(attainment=self._beside(so_far, found.period, due))
        start, end = found.time.start, min(due, found.period.end)
        if self.facts.as_of <= end or (end < due and so_far is Attainment.UNDER_WAY):
            return found._replace(attainment=so_far)
        if lacks := self.lacking(added, start, end):
            return found._replace(attainment=lacks, share_met=self._told_of(target, start, end))
        return found._replace(attainment=at_end(target, found.value, so_far))

    def _days_behind(self, target: Target, added: Sequence[Reading], due: date) -> int:
        """How many days after its day an amount was reached by what was done only then; 0 of what is planned by period,
        and of what there is."""
        if self.is_planned_sum or self.known.takes_last or reaching(target, begun_by(due, added)):
            return 0
        return days_behind(due, reaching(target, added))

    def _beside(self, so_far: Attainment, window: Period, due: date) -> Attainment:
        """What is said of a window without figures of its own: none are asked for beside a sum that is complete."""
        is_complete = so_far is Attainment.UNDER_WAY and self.is_complete(due)
        return Attainment.NOT_MEASURED if is_complete else self.silent(window).attainment

    def _told_of(self, target: Target, start: date, end: date) -> Decimal | None:
        """Of a limit the share of the times asked for of which figures are there."""
        times = self.expected(Period(start, end)) if is_limit(target) else ()
        return Decimal(sum(not self.holes([time]) for time in times)) / len(times) if times else None

    def _planned_amount(self, window: Period, reach: Period) -> Measurement:
        """The sum so far against the sum planned so far: within a period that has its own value, of October in a plan
        by quarter, against what is planned by its end, before which it is not missed."""
        running = min((p.end for p in self.plan if p.start <= reach.end < p.end), default=None)
        planned = [p for p in self.plan if p.end <= (running or reach.end)]
        start = min((p.start for p in self.plan), default=reach.start)
        added = self.known.inside(Period(min(start, reach.start), reach.end))
        here = self.known.told_since(reach.start, added)
        due = max((p.end for p in planned), default=reach.end)
        is_whole_planned = is_reached(self.target, sum(self.plan.values(), Decimal(0)))
        if self.is_due_by(running or reach.end) and not is_whole_planned:  # the rest has until the day of the target
            due = max(due, self.day_in(self.time_of(due)))
        wanted = self.planned_by(running or reach.end)
        # how much has gone of the time that `wanted` is planned for
        last = due if planned else max(p.end for p in self.plan)
        found = self._sum(window, added, here, Period(start, last), wanted)
        if planned:  # by whose end so much is to be there
            gone = share_gone(Period(start, due), min(window.end, self.facts.as_of, due))
            found = found._replace(time_share=gone if gone < 100 else None)
        if not here and not self.expected(window):
            return found._replace(attainment=Attainment.NOT_MEASURED)
        if not planned:
            return found._replace(attainment=Attainment.UNDER_WAY if here else self.silent(window).attainment)
        target = planned_target(self.target, wanted)._replace(aggregation=None)  # by then, whatever comes later
        return self._judged(found, target, here, added, due)

    def _sum(
        self,
        window: Period,
        added: Sequence[Reading],
        here: Sequence[Reading],
        time: Period,
        planned: Decimal | None,
    ) -> Measurement:
        seen = min(window.end, self.facts.as_of, time.end)
        so_far = self.known.aggregate(added)
        return Measurement(
            window,
            Attainment.NO_DATA,
            *so_far[:3],
            recorded=max((reading.recorded for reading in added), default=None),
            own=self._own(so_far.value, here, Period(time.start, window.start)),
            planned=planned,
            time=time,
            time_share=share_gone(time, seen),
            is_final=seen >= time.end and self.facts.as_of > time.end,
        )

    def _own(self, so_far: Decimal | None, here: Sequence[Reading], before: Period) -> Decimal | None:
        """A window's own part of a sum: what its readings add, or by what a running total has grown in it; none of what
        is judged on its day alone."""
        if self.target.aggregation is Aggregation.FINAL and not self.is_planned_sum:
            return None
        if not self.known.takes_last or not here or so_far is None:
            return self.known.aggregate(here).value
        told = self.known.inside(before) if before.start < before.end else ()
        earlier = self.known.aggregate([reading for reading in told if reading.period.end < before.end])
        return so_far - (earlier.value or 0)

    def reached_by(self, due: date, as_of: date) -> Reached | None:
        """When the readings reached an amount in the time that a due day lies in; None if they do not.

        Figures of periods that began by the due day are late if they came after the reporting day. What was reached by
        later periods is late by its own days: the figures may be in time, the trees were not planted by then."""
        known = [reading for reading in self.known.inside(self.time_of(due)) if reading.recorded <= as_of]
        last = reaching(self.target, known)
        if last is None or self.is_unclear(known):
            return None
        if early := reaching(self.target, begun_by(due, known)):
            reported = days_after(due, self.facts.reporting)
            return Reached(early.recorded, max((early.recorded - reported).days, 0))
        return Reached(last.recorded, days_behind(due, last))


def _of_last_year(read: Sequence[Reading]) -> tuple[list[Reading], list[Reading]]:
    """The readings of the last year that was read, and those before."""
    last = read[-1].period.end.year
    return [one for one in read if one.period.end.year == last], [one for one in read if one.period.end.year != last]
