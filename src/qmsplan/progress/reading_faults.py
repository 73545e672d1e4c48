"""Readings that say nothing that can be true: without a value, of another unit than their target, below nothing.

`validate` tells each as an error, by the code of its row in `FAULTS`. Such a reading counts nowhere, in no status, no
report and no export, until it is corrected; whoever shows figures names those that were left out (`left_out`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from itertools import combinations, islice, pairwise
from types import MappingProxyType
from typing import NamedTuple

from qmsplan.diagnostics import Message
from qmsplan.model.fields import SHARE_SIGNS, MeasuredNumber
from qmsplan.model.period import Period, by_end, parse_period
from qmsplan.model.progress import EarlierReading, Progress, Reading
from qmsplan.model.text import PeriodWords, number_text, plain
from qmsplan.phrases.aggregation import all_there_are, counts, counts_time, plan_adds_up
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node, horizon_targets
from qmsplan.phrases.target import MONEY, Target
from qmsplan.progress.measurement import measurable, target_numbers, times_each
from qmsplan.progress.occurrences import last_due


class ReadingFault(NamedTuple):
    """What is wrong with a reading: in which of its fields ("" is the whole), and what to do about it."""

    field: str
    message: Message
    hint: Message


@dataclass
class Measured:
    """A reading with the item that it is about and the target that it measures; None where there is none, or one that
    can't be measured."""

    reading: Reading
    node: Node | None
    target: Target | None
    number: int | None
    """Which of the item's targets it measures, from 1."""

    @cached_property
    def faults(self) -> tuple[tuple[str, ReadingFault], ...]:
        """What is wrong with it, each fault with its code."""
        return tuple((code, fault) for code, check in FAULTS.items() for fault in check(self))

    @property
    def fault(self) -> ReadingFault | None:
        """What keeps a reading that says something from counting anywhere; None of one that counts."""
        reading = self.reading
        told = (reading.numerator, reading.denominator, reading.value, reading.change)
        return self.faults[0][1] if self.faults and any(one is not None for one in told) else None


def all_measured(readings: Sequence[Reading], node: Node | None) -> list[Measured]:
    """Readings of an item, each with the target that it measures."""
    if node is None:
        return [Measured(reading, None, None, None) for reading in readings]
    targets = {index + 1: target for index, target in measurable(node)}
    numbers = target_numbers(readings, node)
    return [Measured(one, node, targets.get(of or 0), of) for one, of in zip(readings, numbers, strict=True)]


def measured_by(reading: Reading, node: Node | None) -> Measured:
    """A reading with the target of an item that it measures."""
    return all_measured((reading,), node)[0]


def _numerator_above_denominator(found: Measured) -> Iterable[ReadingFault]:
    """More cases that the target counts than cases; of what is held against a plan or an earlier year there may be
    more."""
    above, below = found.reading.numerator, found.reading.denominator
    whole = all_there_are(found.target) if found.target else None
    if found.reading.value is not None and whole is not None and found.reading.value > whole:
        message = Message("{value} is more than there are by the target, {whole}",
            value=_AsTyped(found.reading.value), whole=whole)  # fmt: skip
        return (ReadingFault("value", message, Message("check the number")),)
    if above is None or below is None or above <= below or may_be_above_all(found.node, found.target):
        return ()
    message = Message("the numerator {above} is above the denominator {below}", above=above, below=below)
    hint = Message("the numerator counts the cases that the target counts, the denominator all cases")
    if found.target and found.target.is_relative:
        hint = Message("of a change write the figure as 'value', and the one it starts from as 'baseline'")
    return (ReadingFault("numerator", message, hint),)


def may_be_above_all(node: Node | None, target: Target | None) -> bool:
    """Whether a share may be above 100 %: what is asked for is, or it is one of a plan, of an estimate, of an earlier
    year: `thu đạt 105% dự toán`, `không vượt 100% dự toán`."""
    if target is None or not target.counts_shares:
        return False
    is_asked = max(target.value or 0, target.upper or 0) > target.whole
    return is_asked or any(map(_OF_A_PLAN.search, (target.phrase, node.words if node else "")))


_PLANNED = (
    r"(?:kế hoạch|dự toán|định mức|công suất|cùng kỳ|năm trước|năm \d{4}|(?:chỉ tiêu|nhiệm vụ|số)\b[^,;%]*\bgiao\b"
    r"|(?:plan|budget|estimate|quota|last year|(?:the )?previous year))\b"
)
_OF_A_PLAN = re.compile(
    rf"[%‰] (?:so với |of |của |mức |số |tổng |the )*{_PLANNED}"
    rf"|^\W*(?:(?:tỷ|tỉ) lệ |mức )?(?:hoàn thành|thực hiện|đạt) {_PLANNED}",
    re.IGNORECASE,
)


def _without_value(found: Measured) -> Iterable[ReadingFault]:
    message = value_fault(found.reading)
    return (ReadingFault("", message, ONE_VALUE),) if message else ()


ONE_VALUE = Message("give numerator and denominator, or a value where there is no share, or the change alone")


def value_fault(reading: EarlierReading) -> Message | None:
    """What is wrong with a reading without a value, with half a fraction, or with a value and what it is computed
    from."""
    parts = [part for part in (reading.numerator, reading.denominator) if part is not None]
    if reading.value is not None and parts:
        return Message("the reading has a value and a fraction")
    if len(parts) == 1:
        return Message("the reading has only half of a fraction")
    is_measured = reading.value is not None or bool(parts)
    if reading.change is not None and is_measured:
        return Message("the reading has a change and what it is computed from")
    if reading.change is None and not is_measured:
        return Message("the reading has no value")
    return None


def _unknown_target(found: Measured) -> Iterable[ReadingFault]:
    """A target that the item does not have."""
    reading, node = found.reading, found.node
    if node is None or reading.target is None or 1 <= reading.target <= len(node.targets):
        return ()
    message = Message("'{id}' has {count} target(s), none with the number {number}",
        id=reading.item, count=len(node.targets), number=reading.target)  # fmt: skip
    hint = Message("targets are counted from 1, in the order of the plan; a phrase may hold several")
    return (ReadingFault("target", message, hint),)


def _fraction_of_count(found: Measured) -> Iterable[ReadingFault]:
    """Numerator and denominator of what is no share: `1.200 cây` is none of anything, nor are the `vụ` that are to be
    fewer by 10 %, a score of `8,5/10`, a rate of `20/100.000 trẻ`."""
    reading, target = found.reading, found.target
    if target is None or reading.denominator is None or may_be_share(target):
        return ()
    unit = target.measured_unit
    message = Message("the target of '{id}' is a number, no share", id=reading.item)
    if unit:
        message = Message("the target of '{id}' counts {unit}, it is no share", id=reading.item, unit=unit)
    hint = Message("give the number that was counted as 'value', without numerator and denominator")
    return (ReadingFault("numerator", message, hint),)


def may_be_share(target: Target) -> bool:
    """Whether a target may be held against cases: a share, what changes in a unit that is no count, and nothing of
    what has no unit (0 of 231)."""
    if target.is_relative:
        return not (counts(target) and target.measured_unit)
    return target.counts_shares or (not target.quantity and target.asks_for_none)


def _other_unit(found: Measured) -> Iterator[ReadingFault]:
    """Another unit than that of the target: `0,3 tỷ` beside a target in `triệu đồng`, `15 phút 30 giây` beside minutes.
    What is measured is a number in the target's unit, so that the words would be lost."""
    reading, node, target = found.reading, found.node, found.target
    typed = (reading.value, reading.baseline, reading.change)
    if target is None or node is None or MeasuredNumber not in map(type, typed):
        return
    measured = target.measured_unit or node.item.unit or ""
    if target.is_relative and not measured and (fault := _apart_from_start(reading) or _may_be_change(found)):
        yield fault
        return
    wanted = {"value": measured, "baseline": measured, "change": target.quantity}
    for (field, unit), value in zip(wanted.items(), typed, strict=True):
        if fault := unit_fault(value, target, unit):
            yield fault._replace(field=field)


def _apart_from_start(reading: Reading) -> ReadingFault | None:
    """What is wrong with a value and its baseline that were typed in two units, where nothing else names it: `8 ha`
    beside `10 vụ`."""
    start, unit, other = reading.baseline, *(getattr(one, "unit", "") for one in (reading.value, reading.baseline))
    if start is None or reading.value is None or not (unit and other) or is_unit(unit, other):
        return None
    message = Message("the value, {value}, and its baseline, {start}, are not in one unit",
        value=_AsTyped(reading.value), start=_AsTyped(start))  # fmt: skip
    return ReadingFault("baseline", message, Message("write both in the same unit"))


def _may_be_change(found: Measured) -> ReadingFault | None:
    """What is wrong with a value in per cent of which nobody can tell whether it is the change itself: `10,1%` of
    `Tăng trưởng GRDP 10%`, where neither a baseline nor a word says that a share changes."""
    value = found.reading.value
    if not isinstance(value, MeasuredNumber) or value.unit not in SHARE_SIGNS or found.reading.baseline is not None:
        return None
    if found.node is None or found.target is None or is_of_share(found.node, found.target):
        return None
    if _LEVEL.search(f"{found.node.words} {found.target.phrase}"):  # `Mức độ hài lòng` has no other figure
        return None
    message = Message("{value} may be the change itself, or the share that changes", value=_AsTyped(value))
    hint = Message("write it as 'change' if it is the change, else with its baseline, or without '%'")
    return ReadingFault("value", message, hint)


_SHARE = re.compile(r"\b(?:tỷ|tỉ) (?:lệ|trọng|suất)\b", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:mức|độ|chỉ số|công suất)\b", re.IGNORECASE)


def is_of_share(node: Node, target: Target) -> bool:
    """Whether what changes by so many per cent is said to be a share: `Tỷ lệ hộ nghèo`, from a base of `8%`, in `%`."""
    is_said = "%" in (node.item.base or "") or (node.item.unit in SHARE_SIGNS and not target.named_unit)
    return is_said or bool(_SHARE.search(f"{node.words} {target.phrase}"))


def unit_fault(value: Decimal | None, target: Target, wanted: str) -> ReadingFault | None:
    """What is wrong with the unit that a value was typed with. `wanted` is the unit of what is measured; "" where
    nothing names it, as for a score, or for what falls by 10 %, which may be a share itself."""
    typed = value.unit if isinstance(value, MeasuredNumber) else ""
    is_scaled = not _SCALES.isdisjoint(typed.lower().split()[:1])  # `86 triệu` is not 86
    is_odd = typed in SHARE_SIGNS or is_scaled or _MORE_OR_LESS.search(typed)
    if is_odd and not wanted and typed != target.quantity:
        return ReadingFault(
            "",
            Message("'{unit}' is not the unit of the target, which names none", unit=typed),
            Message("write the value as a number alone"),
        )
    wanted = target.unit if wanted == target.quantity else wanted  # with the time that it is for
    if typed and wanted and not is_unit(typed, wanted):
        return ReadingFault(
            "",
            Message("'{unit}' is not the unit of the target, which is '{wanted}'", unit=typed, wanted=wanted),
            Message("write the value in '{wanted}', as a number alone", wanted=wanted),
        )
    return None


_SHORT = {"h": "giờ", "p": "phút", "s": "giây", "đ": "đồng", "phần trăm": "%", "tr": "triệu", "hecta": "ha"}
_SHORT |= dict.fromkeys(("tr.đ", "trđ", "tr đ", "tr. đ", "tr. đồng", "tr đồng"), "triệu đồng")
_SHORT |= dict.fromkeys(("tỷ lệ %", "tỉ lệ %", "tỷ lệ"), "%")
"""Other ways to write a unit, and what they stand for."""
_RAISED = str.maketrans("²³", "23")
_SCALES = frozenset({"chục", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ"})


_MORE_OR_LESS = re.compile(
    r"(?<![\w.,])(?!(?<=/)10*(?:\.000)*\b)\d|\b(?:rưỡi|rưởi|khoảng|xấp xỉ|trở lên|trở xuống|and a half|or so)\b"
    r"|\((?:ước|gần|hơn)\b|\bước (?:tính|đạt)\b|\b(?:hơn|gần|nữa|(?<!bán )lẻ)$"
    r"|\b(?<!yếu )(?<!yếu, )(?<!lượng )kém$|\b(?<!đầu )(?<!vật )tư$"
    r"|\b(?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín|mười|(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ) năm)$",
    re.IGNORECASE,
)
"""What in a unit makes the number before it another one: a second number, but for the `10.000` of a rate such as `bác
sĩ/10.000 dân`, or words: `ngày rưỡi`, `triệu hai`, `ngày (ước)`; not words that end as these do: `dự án đầu tư`."""


def is_unit(typed: str, wanted: str) -> bool:
    """Whether a unit as typed is another one, or says less of it, or more behind it: `lượt` and `người` of `lượt
    người`, `lớp tập huấn` of `lớp`; not `lượt người` of `người`, not `đồng` of `triệu đồng`, nothing with a second
    number or what makes it another one, such as `giờ 5 phút` of `phút` and `ngày rưỡi` of `ngày`, and nothing that is
    counted for something else: `mg/m3` of `mg/l`."""
    (own, *own_per), (meant, *meant_per) = _unit_words(typed), _unit_words(wanted)
    if _MORE_OR_LESS.search(typed) and plain(typed) != plain(wanted):
        return False
    is_same = own[: len(meant)] == meant[: len(own)] or (own == meant[-len(own) :] and meant[0] not in _SCALES)
    pairs = zip(own_per, meant_per, strict=False)
    return is_same and all(one[: len(other)] == other[: len(one)] for one, other in pairs)


def _unit_words(unit: str) -> list[list[str]]:
    """The words of a unit, and those of what it is counted for: `giờ` of `h`, `lớp` and `năm` of `lớp/năm`, `m2` of
    `m²`."""
    found, *counted_for = plain(unit.translate(_RAISED).strip("()")).replace(",", "").split("/")
    return [one.split() for one in (_SHORT.get(found.strip(), found), *counted_for)]


def _below_nothing(found: Measured) -> Iterable[ReadingFault]:
    """Counts, lengths of time and scores below nothing: one takes away from the sum of the others. A difference of two
    numbers may be below nothing; of money only a warning is given (QP328)."""
    value, target = found.reading.value, found.target
    if value is None or value >= 0 or target is None or target.is_relative or target.is_rank:
        return ()
    is_counted = counts(target)
    is_from_nothing = is_counted or counts_time(target) or target.quantity in SCORES
    if not is_from_nothing or is_money(target) or is_balance(found.node, target):
        return ()
    message = Message("no count is {value}", value=value)
    if not is_counted:
        message = Message("nothing in '{unit}' is {value}", unit=target.quantity, value=value)
    return (ReadingFault("value", message, Message("check the number")),)


def is_balance(node: Node | None, target: Target) -> bool:
    """Whether what is measured may be below nothing: a loss, a difference of two numbers."""
    words = f"{node.words if node else ''} {target.phrase}"
    return bool(_DIFFERENCE.search(words)) or (is_money(target) and bool(_BALANCE.search(words)))


def is_money(target: Target) -> bool:
    """True for đồng and other currencies."""
    return counted_in(target) in MONEY or bool(_CURRENCY.search(counted_in(target)))


def counted_in(target: Target) -> str:
    """The unit without what it is counted for: `lớp` of `lớp/năm`."""
    return target.quantity.partition("/")[0]


_BALANCE = re.compile(
    r"\b(?:lợi nhuận|lãi|lỗ|thu nhập ròng|số dư|dòng tiền|cân đối|kết quả kinh doanh)\b", re.IGNORECASE
)
"""What is said of an amount of money that may be below nothing."""
_CURRENCY = re.compile(r"\b(?:usd|eur|đô la|đô-la)\b", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\b(?:chênh|thặng dư|cán cân|biến động|tăng thêm|tăng, giảm|tăng \(giảm\))", re.IGNORECASE)
"""What is said of the difference of two numbers, of whatever it is counted in."""
SCORES = frozenset({"điểm", "sao"})

FAULTS: dict[str, Callable[[Measured], Iterable[ReadingFault]]] = {
    "QP303": _numerator_above_denominator,
    "QP304": _without_value,
    "QP307": _unknown_target,
    "QP312": _fraction_of_count,
    "QP321": _other_unit,
    "QP341": _below_nothing,
}
"""The faults by the codes under which `validate` tells them."""


def plan_faults(node: Node) -> Iterator[tuple[str, ReadingFault]]:
    """What is wrong with values that are planned by period, so that nothing is held against any of them, each fault
    with its code: a unit that is not the target's, and parts of a sum that hold one another. The field is the
    period."""
    planned = node.item.plan or {}
    for _, target in measurable(node)[:1]:
        for code, value in planned.items():
            if fault := unit_fault(value, target, target.quantity):
                yield "QP321", fault._replace(field=code)
        is_sum = plan_adds_up(target) and not target.is_relative
        times = sorted((parse_period(code), code) for code in planned if is_sum)
        for (time, _), (later, code) in combinations(times, 2):
            if time.overlaps(later):
                yield (
                    "QP314",
                    ReadingFault(code, _OVERLAP.filled(one=PeriodWords(time), other=PeriodWords(later)), _APART),
                )


_OVERLAP = Message("the values of 'plan' are added up, and {one} and {other} have days in common")
_APART = Message("write what each period adds; what is to be reached by the end of each belongs to 'horizons'")


def planned_values(node: Node, whole: Period | None) -> dict[Period, Decimal]:
    """The values that are planned by period, if nothing is wrong with them. Of an amount for each month, quarter or
    year of the plan its own in the others: 6 in each of them where `6 lớp/quý` is planned with 4 in the second. What is
    planned for a part of such a time is a step in it: of 6 in the quarter with 3 in May the rest is due by its end."""
    if not node.item.plan or any(plan_faults(node)):
        return {}
    plan = {parse_period(code): value for code, value in node.item.plan.items()}
    target = next((target for _, target in measurable(node)), None)
    if target and target.value is not None and plan_adds_up(target) and not target.is_relative and whole:
        for time, parts in parts_of_times(target, tuple(plan), whole).items():
            rest = target.value - sum((plan[part] for part in parts), Decimal(0))
            end = _free_in(time, parts) or parts[-1]
            plan[end] = plan.get(end, Decimal(0)) + rest
    return plan


def parts_of_times(target: Target, planned: Sequence[Period], whole: Period) -> dict[Period, list[Period]]:
    """The times for each of which a target is meant, with the planned periods that are parts of them: of `6 lớp/quý`
    with a value for May the second quarter with May, the others with none; not one that has a value of its own."""
    return {
        time: sorted(period for period in planned if period in time)
        for time in times_each(target, whole)
        if not any(time.overlaps(period) and (time in period or period not in time) for period in planned)
    }


def _free_in(time: Period, parts: Sequence[Period]) -> Period | None:
    """The last stretch of a time that some of its parts leave free; None if they fill it."""
    end = time.end
    for part in reversed(parts):
        if part.end < end:
            return Period(part.end + timedelta(1), end)
        end = part.start - timedelta(1)
    return Period(time.start, end) if end >= time.start else None


class HorizonSteps(NamedTuple):
    """What `horizons` say of the way to a target: one of the two, or nothing."""

    parts: Mapping[Period, Decimal] = MappingProxyType({})
    """The values of a count that come to it together by its day: 1.000, 1.100 to 1.400 of 6.000."""
    targets: Mapping[Period, Target] = MappingProxyType({})
    """What is to be there by the end of each period, or is told anew for each."""
    unused: frozenset[Period] = frozenset()
    """The periods whose values contradict the target: another one for the time in which it is due. Of a count, where
    what is there by then only grows, all where one does, and where they fall: 3.500 and then 1.400 of 6.000."""


def steps_to(target: Target, node: Node, whole: Period) -> HorizonSteps:
    """How the `horizons` of an item inside its plan's period lead to its target."""
    steps, due = horizon_targets(node, target, whole), last_due(node.deadline)
    values = {period: steps[period].value or Decimal(0) for period in sorted(steps, key=by_end)}
    is_sum = plan_adds_up(target) and not target.is_relative
    is_whole = is_sum and len(values) > 1 and sum(values.values(), Decimal(0)) == target.value
    if is_whole and due and max(period.end for period in values) >= due:
        return HorizonSteps(parts=values)
    is_once = isinstance(node.deadline, Deadline) and len(node.deadline.occurrences) == 1 and not target.per
    is_of_day = due is not None and is_once and target.upper is None
    unused = frozenset(one for one, value in values.items() if is_of_day and due in one and value != target.value)
    is_falling = is_once and any(value > then for value, then in pairwise(values.values()))
    if is_sum and (unused or is_falling):
        unused = frozenset(values)
    return HorizonSteps(targets={period: one for period, one in steps.items() if period not in unused}, unused=unused)


def left_out(nodes: Iterable[Node], records: Iterable[Progress]) -> tuple[Message, ...]:
    """What of a plan and its records counts nowhere for its faults, and why, whatever the rules' settings: `MT1 in
    2026-Q1: -3 (no count is -3)`."""
    known = {node.item.id: node for node in nodes}
    planned = (
        _told(name, parse_period(fault.field), (node.item.plan or {})[fault.field], fault)
        for name, node in known.items()
        for _, fault in islice(plan_faults(node), 1)
    )
    readings = [one for record in records for one in record.readings if one.item in known]
    of_item: dict[str, list[Reading]] = defaultdict(list)
    for one in readings:
        of_item[one.item].append(one)
    measured = {item: iter(all_measured(own, known[item])) for item, own in of_item.items()}
    read = (_told(one.item, one.period, one, fault) for one in readings if (fault := next(measured[one.item]).fault))
    return tuple(dict.fromkeys((*planned, *read)))


def _told(item: str, period: Period, typed: Decimal | Reading, fault: ReadingFault) -> Message:
    return Message("{item} in {period}: {value} ({why})",
        item=item, period=PeriodWords(period), value=_AsTyped(typed), why=fault.message)  # fmt: skip


class _AsTyped(NamedTuple):
    """What was typed, in a message: `2600 triệu đồng`, `-3`, `101/100`."""

    typed: Decimal | Reading

    def in_words(self, language: str) -> str:
        """What stands in a message of a language."""
        one = self.typed
        if not isinstance(one, Reading):
            unit = getattr(one, "unit", "")
            return number_text(one, language) + (unit if not unit or unit in SHARE_SIGNS else f" {unit}")
        if one.numerator is not None or one.denominator is not None:
            return f"{one.numerator or ''}/{one.denominator or ''}"
        return _AsTyped(one.value if one.value is not None else one.change or Decimal(0)).in_words(language)
