"""Rules on numbers that can be read in two ways or can't be right: values planned by period, horizons, shares and units
(QP314, QP315, QP322, QP325 to QP327, QP346, QP357)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import zip_longest

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.fields import SHARE_SIGNS
from qmsplan.model.period import Period, parse_period, steps
from qmsplan.model.structured import Comparator
from qmsplan.model.text import PeriodWords
from qmsplan.phrases.aggregation import plan_adds_up
from qmsplan.phrases.item_tree import BARE, Node, horizon_target
from qmsplan.phrases.tables import Expression
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import measurable
from qmsplan.progress.objective import subjects
from qmsplan.progress.occurrences import last_due
from qmsplan.progress.reading_faults import is_unit, plan_faults, steps_to
from qmsplan.rules.base import Context, Rule
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


RULES = (
    Rule("QP314", "plan-as-reached", Severity.WARNING, plan_as_reached),
    Rule("QP315", "share-out-of-range", Severity.WARNING, share_out_of_range),
    Rule("QP322", "unit-not-of-target", Severity.WARNING, unit_not_of_target),
    Rule("QP325", "plan-apart-from-target", Severity.WARNING, plan_apart_from_target),
    Rule("QP326", "plan-outside-period", Severity.WARNING, plan_outside_period),
    Rule("QP327", "horizon-not-understood", Severity.WARNING, horizon_not_understood),
    Rule("QP357", "share-beside-number", Severity.WARNING, share_beside_number),
    Rule("QP346", "plan-in-parts", Severity.WARNING, plan_in_parts),
)
