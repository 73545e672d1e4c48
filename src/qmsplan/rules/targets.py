"""Rules on targets and their readings: what is not understood, missed, late, counted twice, or easier than what was
attained the year before (QP301, QP305, QP306, QP308 to QP311, QP313, QP318, QP319)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from qmsplan.diagnostics import Message, Severity, UserError, listed
from qmsplan.model.period import TERM, Period, previous, quarter_of, steps
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Aggregation, Baseline, Comparator
from qmsplan.model.text import PeriodWords, decimal_text
from qmsplan.phrases.aggregation import MEAN
from qmsplan.phrases.item_tree import Node, base_of
from qmsplan.phrases.tables import Expression
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_times import time_periods
from qmsplan.progress.cut_off import Calendar, next_period, window_of
from qmsplan.progress.objective import Subject, attainments, subjects
from qmsplan.progress.objective_facts import QUARTER
from qmsplan.progress.reading_faults import Measured
from qmsplan.progress.verdict import BAD, Attainment
from qmsplan.rules.base import Context, LocatedEntry, Rule, cite
from qmsplan.rules.deadlines import closes
from qmsplan.rules.findings import Finding, PlanFacts, TargetResult


def _targets(context: Context) -> Iterator[tuple[Node, int, Target | UserError]]:
    """All targets of a plan, each with its item and its index there."""
    return ((node, index, target) for node in context.nodes for index, target in enumerate(node.targets))


def target_not_understood(context: Context) -> Iterator[Finding]:
    """Target phrases that no form fits, and those of which nobody can say what each of several years has to attain."""
    for node, index, target in _targets(context):
        if isinstance(target, UserError):
            yield Finding(context.at_target(node, index), target.message, target.hint)
        elif doubt := _doubt_of_each_time(target, context.period, node.words if len(node.targets) == 1 else ""):
            yield Finding(context.at_target(node, index), *doubt)


def _doubt_of_each_time(target: Target, plan: Period | None, statement: str) -> tuple[Message, Message] | None:
    """Why nobody can say what each of several times has to attain, and what to do; None if it is clear."""
    if plan and target.per in {"học kỳ", "năm học"} and plan.end.year != plan.start.year + 1:
        message = Message(
            "'{phrase}' is for times of a school year, and the plan's period is none", phrase=target.phrase
        )
        return message, Message("write the plan's 'period' as 'năm học 2026-2027', or what is asked for in each year")
    if plan is None or not target.per_months or len(steps(plan, target.per_months)) < 2:
        return None
    grows = _GROWS.search(target.phrase) or _GROWS.search(statement)
    if grows or MEAN.search(target.phrase):
        message = Message("'{phrase}' may be the mean of all times, or what each of them has to attain",
            phrase=target.phrase)  # fmt: skip
        return message, _OF_GROWTH if grows else _OF_MEAN
    if target.baseline is Baseline.YEAR:
        message = Message("'{phrase}' may be held against '{base}' each time, or against the time before",
            phrase=target.phrase, base=target.baseline_text)  # fmt: skip
        return message, Message("write 'so với năm trước', or what each year is to attain as 'horizons'")
    return None


_GROWS = Expression(r"\btăng(?: trưởng)? .*\b(?:bình quân|trung bình)\b|\b(?:bình quân|trung bình) tăng\b")
_OF_MEAN = Message("leave 'bình quân' out if each is to attain it; else write the sum of all of them")
_OF_GROWTH = Message("leave 'bình quân' out if each is to attain it; else write what the last one is to reach")


def target_outside_plan(context: Context) -> Iterator[Finding]:
    """Values for a time outside the plan's period: last year's in `năm 2025 đạt 65%, năm 2026 đạt 70%`."""
    plan = context.period
    if plan is None:
        return
    for node, index, target in _targets(context):
        if isinstance(target, UserError):
            continue
        times = time_periods(target, plan)
        if times and not any(time.overlaps(plan) for time in times):
            message = Message("the value for '{time}' lies outside the plan's period", time=target.time)
            hint = Message("write what was reached before as 'base' or 'results', and later values as 'horizons'")
            yield Finding(context.at_target(node, index), message, hint)


def _readings_with(
    context: Context, *wanted: Attainment
) -> Iterator[tuple[LocatedEntry[Reading], Measured, Attainment]]:
    """The readings with which an objective has one of some attainments (missed, say), with these.

    Readings from before the plan's period are left out: they are there as baselines."""
    for node, entries in context.measured_items:
        facts = context.recorded_facts(node)
        for reading, measured, attainment in zip(entries, facts.measured, attainments(facts), strict=True):
            if attainment in wanted and not (context.period and reading.entry.period.end < context.period.start):
                yield reading, measured, attainment


def missed_without_action(context: Context) -> Iterator[Finding]:
    """Readings with which a target is missed without a corrective action (ISO 9001:2015, 10.2); an amount that is under
    way is not missed."""
    actions = [found.entry for found in context.entries("corrective_actions")]
    for found, measured, attainment in _readings_with(context, *BAD):
        reading = found.entry
        if attainment is Attainment.MISSED and _may_turn(reading, context):
            continue  # the status says "under way"
        subject = subjects(context.recorded_facts(context.by_id[reading.item]))[measured.number or 0]
        time = subject.judged_in(reading.period)
        if any(one.item == reading.item and one.answers(time) for one in actions):
            continue
        message = Message("'{id}' missed its target in {period}, and no corrective action is recorded")
        if attainment is Attainment.MISSED and reading.recorded <= time.end:  # the report comes before the end
            message = Message(
                "'{id}' falls short of its target for {period} so far, and no corrective action is recorded"
            )
        hint = cite(context, "action", _action_hint(measured))
        yield Finding(found.at(), message.filled(id=reading.item, period=PeriodWords(time)), hint)


def _may_turn(reading: Reading, context: Context) -> bool:
    """Whether the report on the time of a reading was not closed when something was last recorded. The form of a period
    is that report. Behind the last time of a plan no record need ever follow: there a figure is that of the report if
    it was recorded in the days to report before it."""
    if context.reported and reading.period.end in context.reported:
        return False
    closed = closes(reading.period, context.calendar)
    is_last = context.period is None or reading.period.end >= context.period.end
    is_reported = is_last and (closed - reading.recorded).days <= context.settings.reporting.days
    return not is_reported and (context.known_until or date.min) < closed


_ADD_ACTION = Message("add an entry to corrective_actions: cause, action, lead and due")


def _action_hint(measured: Measured) -> Message:
    """What to do about a miss; of what there is at the end of a period, and of a share without its cases, which may
    grow over the year, how to say so too."""
    item, target = measured.node and measured.node.item, measured.target
    if target is None or item is None or item.plan or item.aggregation:
        return _ADD_ACTION
    if target.aggregation is Aggregation.LATEST:
        return Message("add an entry to corrective_actions: cause, action, lead and due; of what is to be there by the"
            " day of evaluation, and not before, write 'aggregation: final'")  # fmt: skip
    is_alone = measured.reading.value is not None and target.counts_shares and not target.aggregation
    if not is_alone or not target.is_reached:
        return _ADD_ACTION
    return Message("add an entry to corrective_actions: cause, action, lead and due; of a share that grows over the"
        " year write 'aggregation: cumulative', or 'plan' with the value of each period")  # fmt: skip


def baseline_missing(context: Context) -> Iterator[Finding]:
    """Readings on a reduction or an increase without a baseline, their own or that of an earlier reading."""
    if not any(isinstance(target, Target) and target.is_relative for _, _, target in _targets(context)):
        return
    for found, _, _ in _readings_with(context, Attainment.NO_BASELINE):
        yield Finding(
            found.at(),
            Message("the change of '{id}' in {period} can't be computed: its baseline is not known",
                id=found.entry.item, period=PeriodWords(found.entry.period)),
            _baseline_hint(context.by_id[found.entry.item]),
        )  # fmt: skip


def _baseline_hint(node: Node) -> Message:
    if node.item.base and base_of(node.item.base) is None:
        return Message(
            "'base' is not used, as '{text}' is not one number from 0 on; give 'baseline', or 'change' instead of"
            " 'value'",
            text=node.item.base,
        )
    baselines = {target.baseline for target in node.targets if isinstance(target, Target) and target.is_relative}
    if baselines & {Baseline.PREVIOUS_YEAR, Baseline.SAME_PERIOD, Baseline.YEAR}:
        return Message(
            "give 'baseline', or a reading of the earlier year, or 'base: 50 (năm 2025)' in the plan, or 'change'"
            " instead of 'value'"
        )
    return Message(
        "give 'baseline', the value that it is compared with, or 'base' in the plan, or 'change' instead of 'value'"
    )


def late_reading(context: Context) -> Iterator[Finding]:
    """Readings recorded after the report on the next quarter was closed: no report could hold them any more.

    Those of earlier years are there as baselines, and never late."""
    for found in context.readings:
        reading = found.entry
        if reading.recorded <= quarter_of(reading.period.end).end:
            continue  # in time; the last quarter of year 9999 has no next one
        closed = closing_day(reading.period.end, context.calendar)
        if reading.recorded > closed and (context.period is None or reading.period.overlaps(context.period)):
            yield Finding(
                found.at("recorded"),
                Message("the reading of {code} is recorded on {day}, after the last report for it closed on {closed}",
                    code=PeriodWords(reading.period), day=reading.recorded, closed=closed),
                Message("check the day, and its year; if it is right, say in 'note' why it came late"),
            )  # fmt: skip


def closing_day(day: date, calendar: Calendar) -> date:
    """The cut-off of the quarter that follows the one of a day: 14/6 for a day of the first quarter, by the decree's
    calendar."""
    following = next_period(quarter_of(day))
    return window_of(following, calendar).end if following else date.max


def missing_reading(context: Context) -> Iterator[Finding]:
    """Times without a reading of what was measured in two of them running, once the records go on past them."""
    period, until = context.period, context.known_until
    if period is None or until is None:
        return
    closed = _closed_before(until, context.calendar)
    if closed is None:
        return
    for node, entries in context.measured_items:
        facts = context.recorded_facts(node)
        for number, subject in subjects(facts).items():
            if missing := subject.left_out(closed.end):
                of_target = [one for one, of in zip(entries, facts.numbers, strict=True) if of == number]
                yield _missing_finding(node.item.id, of_target, missing, subject)


_TIMES = {
    1: Message("month"),
    2: Message("two months"),
    3: Message("quarter"),
    4: Message("four months"),
    TERM: Message("term"),
    6: Message("half-year"),
    12: Message("year"),
}


def _closed_before(until: date, calendar: Calendar) -> Period | None:
    """The last quarter for which a reading recorded now would be late."""
    ended = previous(quarter_of(until))
    return ended if ended is None or closing_day(ended.end, calendar) < until else previous(ended)


def _missing_finding(
    item: str, entries: list[LocatedEntry[Reading]], missing: Sequence[Period], subject: Subject
) -> Finding:
    """The finding, at the last reading before the gap. Of a figure that stands on, such as a running total, 0 would be
    wrong."""
    start = missing[0].start
    before = max(entries, key=lambda found: (found.entry.period.end < start, found.entry.period.end))
    codes = listed(one.code for one in missing)
    hint = Message(
        "add the reading; where nothing arose, give the value 0, or numerator 0 and denominator 0 of a share"
    )
    if subject.known.takes_last:
        hint = Message("add the reading; where nothing changed, give the figure of before once more")
    return Finding(
        before.at("period"),
        Message("'{id}' was measured each {time}, but has no reading for {codes}",
            id=item, time=_TIMES[subject.rhythm or QUARTER], codes=codes),
        hint,
    )  # fmt: skip


def unit_left_out(context: Context) -> Iterator[Finding]:
    """Times of which fewer units told than of the time of the same length before, once the records go on past them.
    Whether one lead answers for all nobody can tell; one that told before and does not any more is missed, unless
    it ended."""
    for (item, _), entries in context.readings_by_target.items():
        node = context.by_id.get(item)
        if node is None or not node.is_objective or len({_unit_of(found) for found in entries}) < 2:
            continue
        for unit, missing in _silent_units(entries, context).items():
            last = max((one for one in entries if _unit_of(one) == unit), key=lambda one: one.entry.period.end)
            codes = listed(one.code for one in missing)
            yield Finding(
                last.at("period"),
                Message("'{id}' has readings of others for {codes}, and none of {unit}",
                    id=item, codes=codes, unit=unit or last.record.file),
                Message("add the unit's reading: what the others told is not the whole"),
            )  # fmt: skip


def _silent_units(entries: Sequence[LocatedEntry[Reading]], context: Context) -> Mapping[str, list[Period]]:
    """The units that told of a time and not of the one after it, with these times."""
    found: dict[str, list[Period]] = defaultdict(list)
    until = context.known_until or date.min
    for period in sorted({one.entry.period for one in entries}):
        then, now = (
            {_unit_of(one) for one in entries if time and one.entry.period.overlaps(time)}
            for time in (previous(period), period)
        )
        if len(now) < len(then) and closing_day(period.end, context.calendar) < until:
            for unit in sorted(then - now):
                if context.register.ends.get(unit, date.max) >= period.end:
                    found[unit].append(period)
    return found


def _unit_of(found: LocatedEntry[Reading]) -> str:
    return found.record.progress.unit or ""


def counted_twice(context: Context) -> Iterator[Finding]:
    """In one file a second reading of the same target and period, or one that shares only some days with another.

    A reading of a whole year stands for those of its quarters, and files of several units add up: both are right."""
    for entries in context.readings_by_target.values():
        for _, of_file in groupby(entries, lambda found: found.record.file):
            yield from _doubles(list(of_file))


def _doubles(entries: Sequence[LocatedEntry[Reading]]) -> Iterator[Finding]:
    known = {found.number: found for found in entries}
    for first, second in _crossing({index: found.entry.period for index, found in known.items()}):
        reading = known[second].entry
        yield Finding(
            known[second].at("period"),
            Message(
                "another reading of '{id}' counts days of {code} too", id=reading.item, code=PeriodWords(reading.period)
            ),
            Message("keep one reading for each period of a target; correct the period, or 'target', of the other"),
            known[first].at("period"),
            first_says=Message("the other reading"),
        )


def _crossing(periods: dict[int, Period]) -> Iterator[tuple[int, int]]:
    """Pairs of readings that are of the same period, or share days while neither lies in the other."""
    around: list[int] = []  # readings whose period is still open
    for index in sorted(periods, key=lambda index: _by_start(periods[index])):
        start, end = periods[index]
        while around and periods[around[-1]].end < start:
            around.pop()
        outer = periods[around[-1]] if around else None
        if outer and (outer.end < end or outer == (start, end)):
            yield min(around[-1], index), max(around[-1], index)
        around.append(index)


def _by_start(period: Period) -> tuple[date, int]:
    """In order of their start; of periods that start together the longer one first."""
    return period.start, -period.end.toordinal()


_SIGN = {Comparator.AT_LEAST: "+", Comparator.MORE: "+", Comparator.AT_MOST: "-", Comparator.LESS: "-"}
_NUMBERS = re.compile(r"[\d%<>=≥≤][\d%<>=≥≤.,\s]*")


class _KnownResults:
    """Targets of plans by their agency and a time, such as the last day of the plan, and there by their statements."""

    def __init__(self) -> None:
        self._known: dict[object, dict[tuple[str, str], list[TargetResult]]] = defaultdict(lambda: defaultdict(list))

    def add(self, fact: PlanFacts, time: Period | date | None) -> None:
        """Keeps the targets of a plan, if its agency and the time are known."""
        for target in fact.target_results if fact.issuer and time else ():
            self._known[fact.issuer, time][target.statement].append(target)

    def alike(self, fact: PlanFacts, time: Period | date | None) -> dict[tuple[str, str], TargetResult]:
        """The targets of the agency at a time by statement; only those that are the only ones of either plan to have
        it."""
        known = self._known.get((fact.issuer, time), {})
        own = Counter(target.statement for target in fact.target_results) if known else {}
        return {said: known[said][0] for said, count in own.items() if len(known.get(said, ())) == 1 == count}


def target_below_result(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """Targets without a note that are easier than the result of the same objective in the time right before.

    The same objective is the one that `refs` names, or the one of the agency's earlier plan whose statement differs in
    nothing but its numbers."""
    facts = tuple(fact for fact in everything if fact.target_results)
    plans = {fact.plan: fact for fact in facts}
    by_end = _KnownResults()
    for fact in facts:
        by_end.add(fact, fact.period and fact.period.end)
    for fact in facts:
        named, alike = _referred(fact, plans), by_end.alike(fact, _day_before(fact.period))
        for target in fact.target_results if named or alike else ():
            old = named.get((target.item, target.key)) or alike.get(target.statement)
            if old and old.result is not None and not target.has_note and _is_easier(target, old.result):
                yield _easier_finding(target, old.result)


def _day_before(period: Period | None) -> date | None:
    return period.start - timedelta(1) if period and period.start > date.min else None


def two_results(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """Objectives with the same words in two plans of an agency for the same time whose results differ: what is measured
    twice has no result that a reader can trust."""
    before = _KnownResults()
    for fact in everything:
        alike = before.alike(fact, fact.period)
        before.add(fact, fact.period)
        for target in fact.target_results:
            other, unit = alike.get(target.statement), target.key[1:]
            if other and target.result is not None and other.result not in (None, target.result):
                yield Finding(
                    target.place,
                    Message("the result of '{id}' is {result}, that of the same objective '{other}' is {second}",
                        id=target.item, result=_Value(target.result, unit), other=other.item,
                        second=_Value(other.result, unit)),
                    Message("measure it in one of the two plans, and name it under 'refs' in the other"),
                    other.place,
                    first_says=Message("the other objective"),
                )  # fmt: skip


def _referred(fact: PlanFacts, plans: Mapping[str | None, PlanFacts]) -> dict[tuple[str, str], TargetResult]:
    """The targets of earlier plans' objectives that items name under `refs`, by item and key."""
    items = {target.place.path[:-2]: target.item for target in fact.target_results} if fact.refs else {}
    found: dict[tuple[str, str], TargetResult] = {}
    for place, ref in fact.refs:
        item = items.get(place.path[:-2]) if place.path[-2] == "refs" else None
        plan, _, old = ref.partition("/")
        other = plans.get(plan) if item and old else None
        if item and other and other.period and fact.period and other.period.end < fact.period.start:
            found |= {(item, target.key): target for target in other.target_results if target.item == old}
    return found


def _is_easier(target: TargetResult, result: Decimal) -> bool:
    return target.value < result if target.key.startswith("+") else target.value > result


def _easier_finding(target: TargetResult, result: Decimal) -> Finding:
    unit = target.key[1:]
    return Finding(
        target.place,
        Message("the target {given} of '{id}' is easier than the result of the time before, {reached}",
            given=_Value(target.value, unit), id=target.item, reached=_Value(result, unit)),
        Message("raise the target, or say in 'note' why it is enough"),
    )  # fmt: skip


class _Value(NamedTuple):
    """A value with its unit in a message: `97.5%`, in Vietnamese `97,5%`."""

    number: Decimal
    unit: str

    def in_words(self, language: str) -> str:
        """What stands in a message of a language."""
        gap = "" if self.unit == "%" else " "
        return f"{decimal_text(self.number, language)}{gap}{self.unit}".rstrip()


def target_results_of(context: Context) -> tuple[TargetResult, ...]:
    """What a plan's objectives are to reach and what their readings came to over its period, where that is a number."""
    plan = context.plan
    if plan is None or plan.form or plan.period is None:
        return ()
    nodes = (node for node in context.nodes if node.is_objective and node.targets)
    return tuple(found for node in nodes for found in _results_of_targets(context, node, plan.period))


def _results_of_targets(context: Context, node: Node, period: Period) -> Iterator[TargetResult]:
    facts = context.recorded_facts(node)
    known = subjects(facts) if facts.readings else {}
    results = {number: subject.measured(period).value for number, subject in known.items()}
    words = _NUMBERS.sub("#", node.words.lower()).strip(" .;")
    for index, target in enumerate(node.targets):
        sign = _SIGN.get(target.comparator) if isinstance(target, Target) else None
        if sign and isinstance(target, Target) and target.value is not None and not target.is_rank:
            place, result = context.at_target(node, index), results.get(index + 1)
            yield TargetResult(
                place, node.item.id, words, sign + target.unit, target.value, result, bool(node.item.note)
            )


MISSED_WITHOUT_ACTION = Rule("QP305", "missed-without-action", Severity.WARNING, missed_without_action)
RULES = (
    Rule("QP301", "target-not-understood", Severity.ERROR, target_not_understood),
    MISSED_WITHOUT_ACTION,
    Rule("QP306", "baseline-missing", Severity.WARNING, baseline_missing),
    Rule("QP309", "late-reading", Severity.WARNING, late_reading),
    Rule("QP310", "missing-reading", Severity.WARNING, missing_reading),
    Rule("QP311", "counted-twice", Severity.WARNING, counted_twice),
    Rule("QP313", "target-outside-plan", Severity.WARNING, target_outside_plan),
    Rule("QP318", "unit-left-out", Severity.WARNING, unit_left_out),
)
BETWEEN_PLANS = (
    Rule("QP308", "target-below-result", Severity.WARNING, target_below_result),
    Rule("QP319", "two-results", Severity.WARNING, two_results),
)
