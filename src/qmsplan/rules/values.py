"""Rules on numbers that can be read in two ways or can't be right: values planned by period, shares, values of several
units, means, changes, horizons, and what readings come to (QP314 to QP317, QP322, QP325 to QP327, QP332 to
QP334, QP346, QP357, QP358)."""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.fields import SHARE_SIGNS
from qmsplan.model.period import Period, parse_period, steps
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Aggregation, Comparator
from qmsplan.model.text import PeriodWords
from qmsplan.phrases.aggregation import MEAN, adds_up, counts_time, plan_adds_up
from qmsplan.phrases.item_tree import BARE, Node, horizon_target
from qmsplan.phrases.tables import Expression
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_vocabulary import number
from qmsplan.progress.measurement import measurable
from qmsplan.progress.objective import subjects
from qmsplan.progress.objective_facts import ObjectiveFacts
from qmsplan.progress.occurrences import last_due
from qmsplan.progress.reading_faults import is_unit, plan_faults, steps_to
from qmsplan.progress.readings import TargetReadings, covers, is_share, without_doubles
from qmsplan.progress.unclear import UnsureTarget
from qmsplan.rules.base import Context, LocatedEntry, Rule
from qmsplan.rules.findings import Finding


def plan_as_reached(context: Context) -> Iterator[Finding]:
    """Values planned by period that come to another sum than the target, while the last of them is the target, or whose
    periods hold one another: they may be meant as what is reached by then, and are added up."""
    overlaps = ((node, one) for node in context.nodes for code, one in plan_faults(node) if code == "QP314")
    for node, one in overlaps:
        yield Finding(context.at(node, "plan", one.field), one.message, one.hint)
    for node, _, target, plan in _planned_items(context):
        if _is_state_reached(target, plan):
            values = _in_order(plan)
            yield Finding(
                context.at(node, "plan"),
                Message("the values of 'plan' are added up, to {total}, and the target is {target}",
                    total=sum(values, Decimal(0)), target=values[-1]),
                Message("write what each period adds; {last} as the state reached by then is {added} in its period",
                    last=values[-1], added=values[-1] - values[-2]),
            )  # fmt: skip


def plan_apart_from_target(context: Context) -> Iterator[Finding]:
    """Values planned by period that do not come to the target, those of counts together, of a level the last one: the
    year is judged by the target, its parts by these."""
    hint = Message("correct the value of a period, or the target; the whole is judged by the target")
    for node, index, target, plan in _planned_items(context) if context.period else ():
        subject, values = subjects(context.recorded_facts(node))[index + 1], _in_order(plan)
        total = sum(values, Decimal(0))
        is_met_in_part = target.per or target.time or subject.horizons or target.value in values
        if (is_met_in_part and not subject.is_of_whole) or _is_state_reached(target, plan):
            continue
        is_level = not plan_adds_up(target) or target.is_relative
        if not is_level:
            message = Message("the values of 'plan' come to {total}, and the target is {target}",
                total=total, target=target.phrase)  # fmt: skip
        elif subject.reaches_end and total != target.value:
            message = Message("the last value of 'plan' is {last}, and the target is {target}",
                last=values[-1], target=target.phrase)  # fmt: skip
            total = values[-1]
        else:
            continue
        if not _comes_to(target, total, is_level=is_level):
            yield Finding(context.at(node, "plan"), message, hint)


def plan_in_parts(context: Context) -> Iterator[Finding]:
    """Values of a level planned by period that come to the target only together: what each period adds was meant, and
    each is held against the figure of its own period alone."""
    for node, _, target, plan in _planned_items(context):
        values = _in_order(plan)
        is_sum = plan_adds_up(target) and not target.is_relative
        if not is_sum and len(values) > 1 and sum(values, Decimal(0)) == target.value != values[-1]:
            yield Finding(
                context.at(node, "plan"),
                Message("each value of 'plan' is held against the figure of its period, and only together do they come"
                    " to the target, {target}", target=target.value),
                Message("write what is to be reached by the end of each period: {first}, then {second}",
                    first=values[0], second=values[0] + values[1]),
            )  # fmt: skip


def _in_order(plan: Mapping[str, Decimal]) -> list[Decimal]:
    return [plan[code] for code in sorted(plan, key=parse_period)]


def _planned_items(context: Context) -> Iterator[tuple[Node, int, Target, Mapping[str, Decimal]]]:
    """Items with values planned by period without a fault, with their first target, its index, and these values."""
    for node in context.nodes:
        for index, target in measurable(node)[:1] if node.item.plan and not any(plan_faults(node)) else ():
            yield node, index, target, node.item.plan or {}


def _is_state_reached(target: Target, plan: Mapping[str, Decimal]) -> bool:
    """Whether planned values look like what is reached by the end of each period: the last one is the target, and they
    come to more. `5 lớp/quý` planned by quarter is not meant: each quarter is a time of its own."""
    last = max(plan, key=parse_period)
    is_each = target.per_months and bool(steps(parse_period(last), target.per_months))
    return (
        plan_adds_up(target)
        and not (is_each or target.is_relative)
        and len(plan) > 1
        and sum(plan.values(), Decimal(0)) != target.value == plan[last]
    )


def _comes_to(target: Target, total: Decimal, *, is_level: bool) -> bool:
    """Whether parts come to the target: a level, a range or an open end to a value that is enough, a sum to its number,
    or to more where that is said: 60 of `ít nhất 50 lớp`, not of `50 lớp`, in which one of the values may be wrong."""
    is_open = target.comparator in {Comparator.MORE, Comparator.LESS, Comparator.BETWEEN}
    is_said = target.comparator in {Comparator.AT_LEAST, Comparator.AT_MOST} and not BARE.fullmatch(target.phrase)
    return target.is_met_by(total) if is_level or is_open or is_said else total == target.value


def plan_outside_period(context: Context) -> Iterator[Finding]:
    """Values planned for a time outside the plan's period, in which nothing is held against them."""
    whole = context.period
    if whole is None:
        return
    planned = [(node, code, parse_period(code)) for node in context.nodes for code in node.item.plan or {}]
    paid = [(node, at, one.period) for node in context.nodes for at, one in enumerate(node.item.budget) if one.period]
    odd = [(context.at(node, "plan", code), time, _LATER) for node, code, time in planned if time not in whole]
    odd += [
        (context.at(node, "budget", at, "period"), time, Message("correct the period"))
        for node, at, time in paid
        if not time.overlaps(whole)
    ]
    for place, time, hint in odd:
        yield Finding(place, Message("{period} is not within the plan's period", period=PeriodWords(time)), hint)


_LATER = Message("correct the period; write values of later years as 'horizons'")


def horizon_not_understood(context: Context) -> Iterator[Finding]:
    """Values under `horizons` for a time of the plan that can't be held against the figures of that time."""
    whole = context.period
    for node in context.nodes if whole else ():
        if whole and node.item.horizons and (targets := measurable(node)):
            yield from _unused_horizons(context, node, targets[0][1], whole)


def _unused_horizons(context: Context, node: Node, target: Target, whole: Period) -> Iterator[Finding]:
    due, unused = last_due(node.deadline), steps_to(target, node, whole).unused
    of_day = {period for period in unused if due and due in period}
    if unused and not of_day and not node.item.plan:
        message = Message("the values of 'horizons' neither come to 'target' together nor grow up to it, so that none"
            " of them is used")  # fmt: skip
        yield Finding(context.at(node, "horizons"), message, _OTHER)
    for code in node.item.horizons or ():
        period = parse_period(code)
        if period in whole and (told := _unused(node, target, code, whole)):
            yield Finding(context.at(node, "horizons", code), *told)
        elif period in of_day:
            message = Message("'target' is due in {period} itself, and this is another value",
                period=PeriodWords(period))  # fmt: skip
            yield Finding(context.at(node, "horizons", code), message, _OTHER)


def _unused(node: Node, target: Target, code: str, whole: Period) -> tuple[Message, Message] | None:
    """What is said of a value under `horizons` beside `plan`, for the whole of the plan's period, or that is not
    understood; None of another, or where it is the same."""
    text, period = (node.item.horizons or {})[code], parse_period(code)
    read = horizon_target(text, target, node.item.unit or "")
    if node.item.plan:
        message = Message("figures are held against 'plan', so that 'horizons' within the plan's period is not used")
        return message, Message("write the values of these periods in 'plan' alone")
    is_same = read is not None and (read.comparator, read.value, read.upper) == (
        target.comparator, target.value, target.upper)  # fmt: skip
    if period == whole and not is_same:
        return Message("the whole of the plan's period is held against 'target', and this is another value"), _OTHER
    if read is None:
        message = Message("'{text}' can't be held against the figures of {period}",
            text=text, period=PeriodWords(period))  # fmt: skip
        return message, Message("write a number in the unit of the target, such as 4,8% or không quá 4,8%")
    return None


_OTHER = Message("correct 'target', or leave this value out")


_NO_CASES = Expression(
    r"kế hoạch|chỉ tiêu|dự toán|nhiệm vụ|định mức|công suất|so với|cùng kỳ|năm trước|giao\b|tăng|giảm|trưởng|lợi nhuận"
    r"|chênh|vượt|mục tiêu|quy mô|giá trị"
)
"""Words beside a percentage that is no share of cases: `đạt 120% kế hoạch`, `tốc độ tăng trưởng 8%`."""
_WHOLE, _HALF = Decimal(100), Decimal(50)


def share_out_of_range(context: Context) -> Iterator[Finding]:
    """Shares of cases above 100 % or below 0, as readings, as targets and planned by period; and 0,97 where 97 % may be
    meant."""
    asked = [(node, index, target) for node, index, target in context.measurable if _counts_cases(node, target)]
    yield from _odd_shares_of_plan(context, asked)
    shares = {(node.item.id, index + 1): target for node, index, target in asked}
    for found, measured in context.measured if shares else ():
        value, share = found.entry.value, shares.get((found.entry.item, measured.number or 0))
        if share and value is not None and (message := _odd_share(value, share)):
            yield Finding(found.at("value"), message, Message("check the number, or give numerator and denominator"))


def _odd_shares_of_plan(context: Context, asked: Iterable[tuple[Node, int, Target]]) -> Iterator[Finding]:
    """The odd ones among the shares of cases that the plan asks for, and among those that it plans by period."""
    for node, index, target in asked:
        highest = max(target.value or Decimal(0), target.upper or Decimal(0))
        if highest > _WHOLE:
            yield Finding(
                context.at_target(node, index),
                Message("no share of cases is {value}%", value=highest),
                Message("check the number; of a plan that is exceeded say so: 'đạt 120% kế hoạch'"),
            )
        for field, code, odd in _odd_by_period(node, target) if index == measurable(node)[0][0] else ():
            yield Finding(context.at(node, field, code), odd, Message("check the number"))


def _odd_by_period(node: Node, target: Target) -> Iterator[tuple[str, str, Message]]:
    """What is odd of the shares that `plan` and `horizons` say of periods: the field, the period, and why."""
    read = (
        (code, horizon_target(text, target, node.item.unit or "")) for code, text in (node.item.horizons or {}).items()
    )
    ahead = {code: found.value for code, found in read if found is not None and found.value is not None}
    for field, told in (("plan", dict(node.item.plan or {})), ("horizons", ahead)):
        codes = sorted(told, key=parse_period)
        for code, after in zip_longest(codes, codes[1:]):
            is_beginning = told[code] <= 1 < told.get(after, 0) < told[code] * _WHOLE  # 1%, then 30%
            if not is_beginning and (message := _odd_share(told[code], target)):
                yield field, code, message


def _counts_cases(node: Node, target: Target) -> bool:
    """True for a percentage that is a share of cases."""
    is_share = not target.is_relative and target.quantity == "%"
    return is_share and not _NO_CASES.search(f"{node.words} {target.phrase}")


def _odd_share(value: Decimal, target: Target) -> Message | None:
    """What is said of a share that can't be right, or is the fraction of what is asked for: 0,97 of 97 %."""
    if not 0 <= value <= _WHOLE:
        return Message("no share of cases is {value}%", value=value)
    is_high = target.comparator in {Comparator.AT_LEAST, Comparator.MORE} and (target.value or 0) >= _HALF
    return (
        Message("{value}% is no more than one case in a hundred", value=value) if is_high and 0 < value <= 1 else None
    )


def share_beside_number(context: Context) -> Iterator[Finding]:
    """A share where what the change starts from is a number alone, or the other way round: 80% beside 10. Both may be
    shares, where nothing says it."""
    for found, measured in context.measured:
        value, node, target = found.entry.value, measured.node, measured.target
        if value is None or node is None or target is None or not target.is_relative:
            continue
        start = found.entry.baseline if found.entry.baseline is not None else node.item.base
        is_asked = start is not None and not (target.measured_unit or target.is_level)
        signs = [getattr(one, "unit", "") for one in (value, start)]
        if is_asked and "" in signs and not SHARE_SIGNS.isdisjoint(signs):
            yield Finding(
                found.at("value"),
                Message("one of {value} and {start} is a share, and the other a number alone",
                    value=f"{value}{signs[0]}", start=f"{start}{signs[1]}"),
                Message("write both with the same unit, or both as numbers alone"),
            )  # fmt: skip


def unit_not_of_target(context: Context) -> Iterator[Finding]:
    """Items whose target counts in another unit than `unit` says: `20 người` beside `lớp`. Beside the % of a change
    stands the unit of what changes: `giảm 10% so với năm 2025` of `vụ`."""
    for node, index, target in context.measurable:
        given, counted = node.item.unit, "" if target.is_rank else target.measured_unit
        if given and counted and not is_unit(given, counted):
            yield Finding(
                context.at_target(node, index),
                Message("the target counts in '{counted}', and 'unit' is '{unit}'", counted=counted, unit=given),
                Message("correct the one that is wrong: tables print both"),
            )


_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


def mean_added_up(context: Context) -> Iterator[Finding]:
    """Means by their statement whose target does not say so: their readings are added up."""
    for node, index, target in context.measurable:
        if not node.is_objective or not adds_up(target) or target.is_relative or target.per:
            continue
        mean = MEAN.search(node.words)
        behind = _NUMBER.search(node.words, mean.end()) if mean else None
        is_other = behind and number(behind[0]) != target.value  # `4 lớp, trung bình 30 học viên`
        if mean and not is_other:
            yield Finding(
                context.at_target(node, index),
                Message("'{id}' speaks of a mean, and its readings are added up", id=node.item.id),
                Message("write 'bình quân' into the target: 'bình quân 60 triệu đồng'"),
            )


def values_not_together(context: Context) -> Iterator[Finding]:
    """Readings of several units on one period whose values can't be put together."""
    for node, entries in context.measured_objectives:
        if len({found.record.progress.unit or "" for found in entries}) > 1:
            yield from _values_apart(context, node, entries)


def _values_apart(context: Context, node: Node, entries: list[LocatedEntry[Reading]]) -> Iterator[Finding]:
    facts = context.recorded_facts(node)
    of_number = subjects(facts)
    told: set[tuple[int | None, str]] = set()
    for found, asked in zip(entries, facts.numbers, strict=True):
        subject, period = of_number.get(asked or 0), found.entry.period
        result = subject.measured(period) if subject else None
        if result is None or not result.by_unit or (asked, period.code) in told:
            continue
        told.add((asked, period.code))
        yield Finding(
            found.at(),
            Message("the values of {units} in {period} can't be put together to one result",
                units=", ".join(entry.unit or "–" for entry in result.by_unit), period=PeriodWords(period)),
            Message("give numerator and denominator in each; where one unit answers for all, keep its reading alone"),
        )  # fmt: skip


def aggregation_unclear(context: Context) -> Iterator[Finding]:
    """Readings of which nothing says whether they add up, where the result hangs on it."""
    for node, _ in context.measured_objectives:
        for at, subject in subjects(context.recorded_facts(node)).items():
            may_be = subject.is_unsure or subject.may_be_of_years or subject.target.counts_shares
            ends = [reading.period.end for reading in subject.known.readings if may_be]
            spans = subject.times_in(Period(min(ends), max(ends))) if ends else ()
            times = [subject.known.inside(time) for time in spans]
            if any(map(subject.is_unclear, times)):
                yield Finding(
                    context.at_target(node, at - 1),
                    Message("nothing says whether the figures of '{id}' add up, and its result depends on it",
                        id=node.item.id),
                    _aggregation_hint(node, subject, times),
                )  # fmt: skip


def _aggregation_hint(node: Node, subject: UnsureTarget, times: Sequence[Sequence[Reading]]) -> Message:
    if any(map(subject.is_of_same_cases, times)):
        return Message(
            "write 'aggregation: sum' if each period has cases of its own; if they are the same ones each time,"
            " 'cumulative', and record how many of them there are so far (50 of 50)"
        )
    if any(map(subject.is_turned_by_years, times)):
        return Message(
            "write '/năm' behind the number if each year is judged by its own figures, 'aggregation: sum' if those of"
            " all years add up"
        )
    if len(node.targets) > 1:
        return Message("write one for each target, in a list: 'aggregation: [sum, latest]'")
    return Message(
        "write 'aggregation: sum' if each figure is what arose in its period, 'latest' if it is what there was at its"
        " end, 'cumulative' if it is a running total"
    )


def running_total_falls(context: Context) -> Iterator[Finding]:
    """Running totals that are less than before: what each period adds may have been typed, and the last figure stands
    for the year."""
    for node, entries in context.measured_objectives:
        yield from _falling_totals(context.recorded_facts(node), entries)


def _falling_totals(facts: ObjectiveFacts, entries: Sequence[LocatedEntry[Reading]]) -> Iterator[Finding]:
    known = {of: one for of, one in subjects(facts).items() if one.target.aggregation is Aggregation.CUMULATIVE}
    told = zip(entries, facts.numbers, strict=True) if known else ()
    last: dict[tuple[object, ...], tuple[Decimal, Period]] = {}
    for found, of in sorted(told, key=lambda one: one[0].entry.period.end):
        subject, reading = known.get(of or 0), found.entry
        value = reading.value if reading.numerator is None else Decimal(reading.numerator)
        if subject is None or value is None:
            continue
        kind = (of, found.record.progress.unit, subject.time_of(reading.period.end), reading.numerator is None)
        before, period = last.get(kind, (value, reading.period))
        if value < before and period.end < reading.period.end:
            yield Finding(
                found.at("value" if reading.numerator is None else "numerator"),
                Message("'{id}' is a running total, and it falls from {before} in {period} to {value}",
                    id=reading.item, before=before, period=PeriodWords(period), value=value),
                Message("check the number; if each figure is what arose in its period, write 'aggregation: sum',"
                    " of a share without cases 'aggregation: latest'"),
            )  # fmt: skip
        last[kind] = value, reading.period


def whole_against_parts(context: Context) -> Iterator[Finding]:
    """Readings over a time that can't be true beside those of its parts in the same file: a part is more than the
    whole, all parts come to another sum, or what there is on one day is told twice (docs/decisions/0030)."""
    for node, entries in context.measured_objectives:
        facts = context.recorded_facts(node)
        known, told = subjects(facts), defaultdict[tuple[str, int], list[LocatedEntry[Reading]]](list)
        for found, of in zip(entries, facts.numbers, strict=True):
            if of in known and _figures(found.entry):
                told[found.record.file, of].append(found)
        for (_, of), of_file in told.items():
            for whole in of_file:
                parts = [one for one in of_file if one.entry.period in whole.entry.period and one is not whole]
                yield from _contradiction(known[of].known, whole, parts)


def _figures(reading: Reading) -> tuple[Decimal, ...]:
    """What can be added up of a reading: its cases, else its value."""
    cases = (reading.numerator, reading.denominator)
    numbers = cases if is_share(reading) else (reading.value,)
    return tuple(Decimal(number) for number in numbers if number is not None)


def _contradiction(
    known: TargetReadings, whole: LocatedEntry[Reading], parts: Sequence[LocatedEntry[Reading]]
) -> Iterator[Finding]:
    reading, wanted = whole.entry, _figures(whole.entry)
    parts = [one for one in parts if len(_figures(one.entry)) == len(wanted) and one.entry.period != reading.period]
    grows = known.adds_up or is_share(reading) or known.target.aggregation is Aggregation.CUMULATIVE
    larger = [one for one in parts if grows and any(map(operator.gt, _figures(one.entry), wanted))]
    same_day = [one for one in parts if known.takes_last and one.entry.period.end == reading.period.end]
    pattern = Message("'{id}' is {value} in {period}, and {other} in {part}, which is a part of it")
    other = next((one for one in (*larger, *same_day) if _figures(one.entry) != wanted), None)
    apart = without_doubles([one.entry for one in parts])
    if other:
        shown = _shown(_figures(other.entry))
    elif known.takes_last or not grows or not covers((one.period for one in apart), reading.period):
        return
    else:
        added = tuple(sum(numbers, Decimal(0)) for numbers in zip(*map(_figures, apart), strict=True))
        is_of_same = len(wanted) > 1 and all(_figures(one)[1] == wanted[1] for one in apart)  # of 50 people each time
        if added == wanted or is_of_same:
            return
        pattern, other = Message("'{id}' is {value} in {period}, and its parts come to {other}"), parts[0]
        shown = _shown(added)
    yield Finding(
        whole.at("numerator" if is_share(reading) else "value"),
        pattern.filled(id=reading.item, value=_shown(wanted), other=shown,
            period=PeriodWords(reading.period), part=PeriodWords(other.entry.period)),
        Message("correct one of them; what is typed for the longer period stands for its parts"),
        other.at(),
        first_says=Message("the other reading"),
    )  # fmt: skip


def _shown(figures: Sequence[Decimal]) -> Decimal | str:
    """`9`, or `37/40` of cases."""
    return figures[0] if len(figures) == 1 else "/".join(map(str, figures))


def aggregation_without_target(context: Context) -> Iterator[Finding]:
    """More values of `aggregation` than targets, and sums of what never adds up: ranks, values for each of something,
    and shares told in per cent alone."""
    for node in context.nodes:
        given, targets = node.item.aggregation, node.targets
        if len(given) > max(len(targets), 1) or (given and not targets):
            yield Finding(
                context.at(node, "aggregation"),
                Message("'{id}' has {count} target(s), and 'aggregation' says {given}",
                    id=node.item.id, count=len(targets), given=len(given)),
                Message("write one value for all targets, or one for each in their order"),
            )  # fmt: skip
    for node, _, target in context.measurable:
        is_said = bool(node.item.aggregation) and target.aggregation is Aggregation.SUM
        if is_said and (hint := _instead_of_sum(context, node, target)):
            message = Message("figures in '{unit}' do not add up", unit=target.quantity or "hạng")
            yield Finding(context.at(node, "aggregation"), message, hint)


def _instead_of_sum(context: Context, node: Node, target: Target) -> Message | None:
    """What to write of figures that never add up; None of those that do."""
    measured = context.recorded_facts(node).measured if target.counts_shares else ()
    if any(one.reading.value is not None and one.target is target for one in measured):
        return Message("give numerator and denominator, whose cases add up; or write 'latest', or 'cumulative'")
    is_for_each = "/" in target.quantity and not counts_time(target)  # hours of each person add up
    return Message("write 'latest', or leave 'aggregation' out") if target.is_rank or is_for_each else None


RULES = (
    Rule("QP314", "plan-as-reached", Severity.WARNING, plan_as_reached),
    Rule("QP315", "share-out-of-range", Severity.WARNING, share_out_of_range),
    Rule("QP316", "values-not-together", Severity.WARNING, values_not_together),
    Rule("QP317", "mean-added-up", Severity.WARNING, mean_added_up),
    Rule("QP322", "unit-not-of-target", Severity.WARNING, unit_not_of_target),
    Rule("QP325", "plan-apart-from-target", Severity.WARNING, plan_apart_from_target),
    Rule("QP326", "plan-outside-period", Severity.WARNING, plan_outside_period),
    Rule("QP327", "horizon-not-understood", Severity.WARNING, horizon_not_understood),
    Rule("QP332", "aggregation-unclear", Severity.WARNING, aggregation_unclear),
    Rule("QP333", "aggregation-without-target", Severity.WARNING, aggregation_without_target),
    Rule("QP334", "running-total-falls", Severity.WARNING, running_total_falls),
    Rule("QP357", "share-beside-number", Severity.WARNING, share_beside_number),
    Rule("QP358", "whole-against-parts", Severity.WARNING, whole_against_parts),
    Rule("QP346", "plan-in-parts", Severity.WARNING, plan_in_parts),
)
