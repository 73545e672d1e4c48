"""Rules on slips that make a record or a value say what can't be: faults of readings (`progress.reading_faults`),
counts below nothing, days out of order, records that count for nothing (QP216, QP303, QP304, QP307, QP312, QP321,
QP328 to QP331, QP338 to QP341, QP354, QP359, QP637)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import pairwise

from qmsplan.diagnostics import Message, Path, Severity
from qmsplan.model.fields import SHARE_SIGNS, MeasuredNumber
from qmsplan.model.period import Period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Baseline
from qmsplan.model.text import PeriodWords, bare, citations
from qmsplan.phrases.aggregation import counts, takes_last
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import MONEY, Target
from qmsplan.phrases.target_vocabulary import number
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.objective import Subject, subjects
from qmsplan.progress.reading_faults import (
    ONE_VALUE,
    SCORES,
    counted_in,
    is_balance,
    is_money,
    is_of_share,
    is_unit,
    plan_faults,
    value_fault,
)
from qmsplan.progress.readings import is_share
from qmsplan.rules.base import Context, LocatedEntry, Rule, below, of_plan
from qmsplan.rules.findings import Finding


def _with_fault(context: Context, code: str) -> Iterator[Finding]:
    """The readings with the fault of a code, and what is wrong with each."""
    for found, measured in context.measured:
        for own, fault in measured.faults:
            if own == code:
                yield Finding(found.at(*([fault.field] if fault.field else [])), fault.message, fault.hint)


def reading_without_value(context: Context) -> Iterator[Finding]:
    """Readings without a value, with half a fraction, or with a value and what it is computed from; also as they were
    before they were corrected, which a status of an earlier day shows."""
    yield from _with_fault(context, "QP304")
    for found in context.readings:
        for at, old in enumerate(found.entry.earlier):
            if message := value_fault(old):
                yield Finding(found.at("earlier", at), message, ONE_VALUE)


def other_unit(context: Context) -> Iterator[Finding]:
    """Values typed with another unit than that of their target, those planned by period and those of readings."""
    for node in context.nodes:
        for code, fault in plan_faults(node):
            if code == "QP321":
                yield Finding(context.at(node, "plan", fault.field), fault.message, fault.hint)
    yield from _with_fault(context, "QP321")


_CHECK = Message("check the number")
_CHECK_UNIT = Message("check the number, and its unit: the target counts in '{unit}'")
_MEASURED = re.compile(
    r"(?:nghìn|ngàn|triệu|tỷ|tỉ)\b.*|đồng|tấn|tạ|yến|kg|k?m[²³23]?|mm|cm|ha|héc-?ta|công|sào|mẫu|lít|ml|m?g|[kmg]?wh?"
    r"|usd|giờ.*|phút|ngày.*|tháng|năm|tuần|hạng",
    re.IGNORECASE,
)
"""Units of which there are halves; of people, cases and things there are none."""


def _valued_readings(context: Context) -> Iterator[tuple[LocatedEntry[Reading], Decimal, Target]]:
    """The readings with a value, each with it and the target that it is about."""
    valued = ((one, one.entry.value, of.target) for one, of in context.measured)
    return ((one, value, target) for one, value, target in valued if value is not None and target)


def impossible_count(context: Context) -> Iterator[Finding]:
    """Counts of a part of a thing, ranks before the first, and money below nothing, which may be what was paid back."""
    for found, value, target in _valued_readings(context):
        message = None if target.is_relative else _impossible(value, target)
        if message and not is_balance(context.by_id[found.entry.item], target):
            yield Finding(found.at("value"), message, _CHECK)


def _impossible(value: Decimal, target: Target) -> Message | None:
    if value < 0 and is_money(target):
        return Message("nothing in '{unit}' is {value}", unit=target.quantity, value=value)
    if value < 0 and not target.is_rank:
        return None  # QP341 tells it
    if target.is_rank and value < 1:
        return Message("no rank is {value}: the first is 1", value=value)
    if (counts(target) or target.is_rank) and value % 1 and not _MEASURED.fullmatch(counted_in(target)):
        return Message("'{unit}' are counted, and {value} is no whole number", unit=target.quantity, value=value)
    return None


_SCALE = re.compile(r"(?P<value>\d[\d.]*(?:,\d+)?)\s*/\s*(?P<scale>\d+)(?!\d|[.,]\d)|thang\s*(?:điểm\s*)?(?P<of>\d+)")
_STARS = Decimal(5)


def value_out_of_scale(context: Context) -> Iterator[Finding]:
    """Scores above their scale (5,6 of `4,2/5`), values that attain a target many times over, and those that may be in
    the larger of its two units: another unit may have been typed, or a comma left out."""
    for found, value, target in _valued_readings(context):
        is_other_unit = isinstance(value, MeasuredNumber) and not is_unit(value.unit, target.quantity)  # QP321 tells it
        if target.is_relative or target.value is None or is_other_unit:
            continue
        scale = _scale_of(target, context.by_id[found.entry.item].words)
        often = target.value * (10 if target.quantity in SCORES else 100)
        if scale and value > scale:
            message, hint = Message("{value} is more than the scale of '{id}' has, {scale}", scale=scale), _CHECK
        elif target.is_reached and 0 < often <= value:
            message = Message("{value} is {times} times the target of '{id}'", times=int(value / target.value))
            hint = _CHECK_UNIT.filled(unit=target.quantity) if target.quantity else _CHECK
        elif larger := _may_be_in_larger_unit(target, value):
            message = Message("{value} counts {unit}, and the target of '{id}' is written in {larger} too",
                unit=target.quantity, larger=larger)  # fmt: skip
            hint = Message("write '{value} {unit}' if that is meant, else convert it", value=value,
                unit=target.quantity)  # fmt: skip
        else:
            continue
        yield Finding(found.at("value"), message.filled(value=value, id=found.entry.item), hint)


def _may_be_in_larger_unit(target: Target, value: Decimal) -> str:
    """The larger unit of a target in two units that a number alone may have been typed in: `giờ` of `không quá 2 giờ 30
    phút`, where 3 is told; "" if none may."""
    found = _TWO_UNITS.search(target.phrase)
    if found is None or isinstance(value, MeasuredNumber) or not target.quantity.startswith(found["smaller"]):
        return ""
    return found["larger"] if 0 < value <= 4 * number(found["many"]) else ""


_TWO_UNITS = re.compile(r"(?P<many>\d[\d.]*) (?P<larger>[^\W\d]+) \d[\d.]* (?P<smaller>[^\W\d]+)")


def _scale_of(target: Target, statement: str) -> Decimal | None:
    """The highest value that there is: 5 of `từ 4,2/5 trở lên`, 10 of `thang điểm 10`; None where nothing says it."""
    if target.quantity == "sao":
        return _STARS
    if target.quantity not in {"điểm", ""} or target.is_rank or target.value is None:
        return None
    for match in (found for text in (target.phrase, statement) for found in _SCALE.finditer(text)):
        if match["of"] or number(match["value"]) in {target.value, target.upper}:
            scale = Decimal(match["of"] or match["scale"])
            return scale if scale >= target.value else None
    return None


def change_against_its_words(context: Context) -> Iterator[Finding]:
    """Changes told with a sign: `-12` of `giảm 10%` says that it rose by 12."""
    for found, measured in context.measured:
        change, target = found.entry.change, measured.target
        if change is not None and change < 0 and target and target.is_relative:
            message = Message("'{id}' asks for less, and a change of {value} says that it became more")
            if not target.falls:
                message = Message("'{id}' asks for more, and a change of {value} says that it became less")
            hint = Message("a change is told in the direction asked for, without a sign: 12 for 12 less of 'giảm 10%'")
            yield Finding(found.at("change"), message.filled(id=found.entry.item, value=change), hint)


def two_baselines(context: Context) -> Iterator[Finding]:
    """Readings whose baseline is not the plan's `base`: what changes since one year starts from one value, but a count
    over a part of the year, whose own baseline is a part of it, and what the same period is compared with."""
    for found, measured in context.measured:
        reading, target, start = found.entry, measured.target, found.entry.baseline
        if start is None or target is None or not target.is_relative or target.baseline is Baseline.SAME_PERIOD:
            continue
        known = subjects(context.recorded_facts(context.by_id[reading.item]))[measured.number or 0].known
        is_part = known.adds_up and reading.period not in reading.period.years()
        if known.base is None or is_part or start == known.base.value:
            continue
        yield Finding(
            found.at("baseline"),
            Message("the baseline of '{id}' is {value} here, and 'base' of the plan is {base}",
                id=reading.item, value=start, base=known.base.value),
            Message("correct the one that is wrong; leave 'baseline' out where 'base' is meant"),
        )  # fmt: skip


def percent_or_points(context: Context) -> Iterator[Finding]:
    """Changes of shares in per cent that are attained as per cent of the share and missed as points of it, or the other
    way round: 7 % to 6,8 % of `giảm 1,5%`."""
    for node, index, target in context.measurable:
        if not target.is_relative or target.is_difference:
            continue
        facts = context.recorded_facts(node)
        if not is_of_share(node, target) and not any(map(_tells_share, facts.readings)):
            continue
        subject = subjects(facts)[index + 1]
        if any(_hangs_on_points(target, subject.measured(reading.period)) for reading in facts.readings):
            yield Finding(
                context.at_target(node, index),
                Message("the result of '{id}' depends on whether {value}% are points of the share or a part of it",
                    id=node.item.id, value=target.value),
                Message("write '{points}' if points are meant",
                    points=re.sub(r" ?(?:%|phần trăm)", " điểm phần trăm", target.phrase, count=1)),
            )  # fmt: skip


def _tells_share(reading: Reading) -> bool:
    """Whether a reading tells cases of cases, or per cent and from how many."""
    signs = [getattr(one, "unit", "") in SHARE_SIGNS for one in (reading.value, reading.baseline)]
    return is_share(reading) or all(signs)


def _hangs_on_points(target: Target, found: Measurement) -> bool:
    """Whether a change is attained in one of the two ways alone; no share falls by more points than it has, or rises to
    more than all."""
    wanted, start = target.value or Decimal(0), found.baseline
    if found.value is None or not start or (wanted > start if target.falls else start + wanted > 100):
        return False
    points = (start - found.value) * (1 if target.falls else -1)
    return target.is_met_by(points) is not target.is_met_by(100 * points / abs(start))


def other_length(context: Context) -> Iterator[Finding]:
    """Readings over another time than those at which a target is measured: what fits none of them counts for none; of a
    level a longer one hides those in it, a shorter one is no figure of its time."""
    for node, entries in context.measured_objectives:
        if node.item.plan or context.period is None:
            continue
        facts = context.recorded_facts(node)
        known = {at: (of, _times_measured(of, context.period)) for at, of in subjects(facts).items()}
        for found, target in zip(entries, facts.numbers, strict=True):
            subject, asked = known.get(target or 0, (None, ()))
            times = tuple(time for time in asked if time.overlaps(found.entry.period))
            if subject and times and _is_odd(found, entries, times, subject):
                yield Finding(
                    found.at("period"),
                    Message("the figures of '{id}' are for {times}, and this is a reading of {period}",
                        id=node.item.id, times=tuple(map(PeriodWords, times)), period=PeriodWords(found.entry.period)),
                    Message("give the time at which it is measured as 'period'; a longer one hides those within it"),
                )  # fmt: skip


def _times_measured(subject: Subject, plan: Period) -> tuple[Period, ...]:
    """The times at which a target is measured, where its frequency, its phrase or several due days say them."""
    return subject.asked_for(plan) if subject.rhythm or len(subject.facts.dues) > 1 else ()


def _is_odd(
    found: LocatedEntry[Reading], entries: Sequence[LocatedEntry[Reading]], times: Sequence[Period], subject: Subject
) -> bool:
    period = found.entry.period
    if not any(period in time or time in period for time in times):
        return True
    if period in times or subject.known.adds_up or subject.known.takes_last or not subject.rhythm:
        return False
    if any(period in time for time in times):  # one at its end may stand for it
        is_end = any(period.end == time.end for time in times)
        return not is_end and (not is_share(found.entry) or _has_part_beside(found, entries))
    return _has_part_beside(found, entries)


def _has_part_beside(found: LocatedEntry[Reading], entries: Sequence[LocatedEntry[Reading]]) -> bool:
    """Whether another reading in the file is about a part of its time, or about a time that it is a part of."""
    own = found.entry.period
    return any(
        one.record is found.record and one.entry.period != own and one.entry.period.overlaps(own) for one in entries
    )


def value_beside_cases(context: Context) -> Iterator[Finding]:
    """Plain percentages beside readings with numerator and denominator: the share of the year can't be added up."""
    cases: dict[tuple[str, int | None], list[Period]] = defaultdict(list)
    for reading in (found.entry for found in context.readings if is_share(found.entry)):
        cases[reading.item, reading.target].append(reading.period)
    for found, measured in context.measured if cases else ():
        reading, target = found.entry, measured.target
        if reading.value is None or target is None or not target.counts_shares or takes_last(target):
            continue
        if not all(one.overlaps(reading.period) for one in cases[reading.item, reading.target]):
            yield Finding(
                found.at("value"),
                Message("'{id}' has numerators and denominators in other readings, and only a value here",
                    id=reading.item),
                Message("give both numbers here too: else the cases of the year can't be added up"),
            )  # fmt: skip


def counts_for_nothing(context: Context) -> Iterator[Finding]:
    """Readings of what is no objective, and completions of a group whose items have deadlines of their own."""
    for found in context.readings:
        node = context.by_id.get(found.entry.item)
        if node and not node.is_objective:
            message = Message("'{id}' is no objective: a reading of it counts for nothing", id=node.item.id)
            hint = Message("name the objective that was measured")
            if node.targets:
                hint = Message("put it under 'objectives', which are measured; of work say when it was done")
            yield Finding(found.at("item"), message, hint)
    for done in context.completions:
        node = context.by_id.get(done.entry.item)
        parts = below(context, node) if node and node.kind == "group" else ()
        if node and parts and all(_has_own_deadline(one, node) for one in parts if one.is_leaf):
            names = ", ".join(one.item.id for one in parts if one.is_leaf)
            yield Finding(
                done.at("item"),
                Message("'{id}' only holds items together: its completion counts for none of them", id=node.item.id),
                Message("record each of them: {names}", names=names),
            )


def _has_own_deadline(node: Node, group: Node) -> bool:
    holder = node.holder("deadline")
    return node.is_objective or holder is None or holder.depth > group.depth


_HOUR = r"(\d{1,2})\s*(?:h|g|giờ|:)\s*(\d{2})?(?!\d)"
_HOURS = re.compile(_HOUR, re.IGNORECASE)
_SPAN = re.compile(rf"{_HOUR}\s*(?:-|–|đến|tới)\s*{_HOUR}", re.IGNORECASE)
_EVENING = (18, 0)
"""What begins from then on may end the next morning: `22h - 6h`."""


def days_out_of_order(context: Context) -> Iterator[Finding]:
    """Days that can't be: an action due before it was recorded, a correction from before what it corrects, a basis of
    after the plan's time, hours after 24."""
    yield from _late_actions(context)
    yield from _late_originals(context)
    yield from _late_basis(context)
    yield from _odd_hours(context)


def _late_actions(context: Context) -> Iterator[Finding]:
    for found in context.entries("corrective_actions", "audit"):
        action = found.entry
        first = action.earlier[0].recorded if action.earlier else action.recorded
        if action.due and action.due < first:
            message = Message("the corrective action was due on {due}, before it was recorded on {day}",
                due=action.due, day=first)  # fmt: skip
            yield Finding(found.at("due"), message, Message("check the year"))


def _late_basis(context: Context) -> Iterator[Finding]:
    plan = context.plan
    if plan is None or plan.period is None or plan.first_signed:  # QP608 knows the day
        return
    for place, line in context.lines("basis"):
        for cited in citations(line):
            if cited.day > plan.period.end:
                message = Message("the plan is based on a document of {day}, after it", day=cited.day)
                yield Finding(place, message, Message("check the year"), words=cited.words)


def _odd_hours(context: Context) -> Iterator[Finding]:
    for node in context.nodes:
        hours = node.item.hours or ""
        times = map(_hour_and_minute, _HOURS.findall(hours))
        spans = ((_hour_and_minute(one[:2]), _hour_and_minute(one[2:])) for one in _SPAN.findall(hours))
        is_odd = any(hour > 24 or minute > 59 for hour, minute in times)
        if is_odd or any(end <= start < _EVENING for start, end in spans):
            message = Message("'{hours}' are no hours of a day", hours=node.item.hours)
            yield Finding(context.at(node, "hours"), message, Message("write such as 7h30 - 11h30"))


def _late_originals(context: Context) -> Iterator[Finding]:
    """What is said to have been recorded before a correction, with a later day: a status of a day between is wrong."""
    for found in context.entries("readings", "completions", "events", "corrective_actions", "audit"):
        days = [*(old.recorded for old in found.entry.earlier), found.entry.recorded]
        for at, (before, after) in enumerate(pairwise(days)):
            if before and after and before > after:
                yield Finding(
                    found.at("earlier", at),
                    Message("what was corrected was recorded on {day}, after its correction of {later}",
                        day=before, later=after),
                    Message("'earlier' holds what was said before, oldest first"),
                )  # fmt: skip


def _hour_and_minute(typed: Sequence[str]) -> tuple[int, int]:
    """`13h30` as its hour and minute."""
    return int(typed[0]), int(typed[1] or 0)


_POSTS = (
    *("giám đốc", "phó giám đốc", "tổng giám đốc", "chủ tịch", "phó chủ tịch", "hiệu trưởng", "phó hiệu trưởng"),
    *("viện trưởng", "phó viện trưởng", "trưởng phòng", "phó trưởng phòng", "chánh văn phòng", "chi cục trưởng"),
    *("cục trưởng", "trưởng ban", "trưởng khoa", "bộ trưởng", "phó chi cục trưởng", "phó cục trưởng"),
)
"""Posts that no other one is like but for its marks, as `thứ trưởng` is like `thủ trưởng`."""
_BARE = {bare(word): word for word in (*MONEY, "USD", *_POSTS)}


def misplaced_marks(context: Context, plan: Plan) -> Iterator[Finding]:
    """Units of money and posts with other tone marks than the words that they must be: `triêu đồng`, `GIAM ĐỐC`."""
    signatory = plan.signatory
    told: list[tuple[Path, str]] = [(("money_unit",), plan.money_unit or "")]
    told += [(("signatory", "position", at), line) for at, line in enumerate(signatory.position if signatory else ())]
    for path, text in told:
        words = re.sub(r"^(?:TM|KT|TL|TUQ|Q)\.\s*", "", text.strip(), flags=re.IGNORECASE)
        right = _BARE.get(bare(words))
        if right and words.lower() != right:
            word = right.upper() if words.isupper() else right
            message = Message("'{words}' is not spelt right", words=words)
            yield Finding(context.in_plan(*path), message, Message("did you mean '{name}'?", name=word), words=words,
                instead=word, is_guess=True)  # fmt: skip


_LETTER_IN_NUMBER = re.compile(r"(?<![\w.,])(?=\d[\d.,OoIl]*(?:[OoIl]\d|[Oo](?!\w)))[\d.,OoIl]+(?!\w)")
"""A number with a letter that looks like a digit: `9O%`, `1O0`; not `5l`, five litres."""


def letter_in_number(context: Context) -> Iterator[Finding]:
    """Values that are printed, and taken as they are, with a letter among their digits."""
    for node in context.nodes:
        for place, text in _printed_values(node):
            if found := _LETTER_IN_NUMBER.search(text):
                number_meant = found[0].translate(str.maketrans("OoIl", "0011"))
                message = Message("'{text}' has a letter among its digits", text=found[0])
                hint, where = Message("write '{text}'", text=number_meant), context.at(node, *place)
                yield Finding(where, message, hint, words=found[0], instead=number_meant, is_guess=True)


def _printed_values(node: Node) -> Iterator[tuple[tuple[str, ...], str]]:
    item = node.item
    yield from (((name,), text) for name in ("base", "score") if (text := getattr(item, name)))
    for name in ("results", "horizons"):
        yield from (((name, code), text) for code, text in (getattr(item, name) or {}).items())


RULES = (
    Rule("QP303", "numerator-above-denominator", Severity.ERROR, partial(_with_fault, code="QP303")),
    Rule("QP304", "reading-without-value", Severity.ERROR, reading_without_value),
    Rule("QP307", "unknown-target", Severity.ERROR, partial(_with_fault, code="QP307")),
    Rule("QP312", "fraction-of-count", Severity.ERROR, partial(_with_fault, code="QP312")),
    Rule("QP321", "other-unit", Severity.ERROR, other_unit),
    Rule("QP341", "below-nothing", Severity.ERROR, partial(_with_fault, code="QP341")),
    Rule("QP216", "days-out-of-order", Severity.WARNING, days_out_of_order),
    Rule("QP328", "impossible-count", Severity.WARNING, impossible_count),
    Rule("QP329", "other-length", Severity.WARNING, other_length),
    Rule("QP330", "counts-for-nothing", Severity.ERROR, counts_for_nothing),
    Rule("QP331", "value-beside-cases", Severity.WARNING, value_beside_cases),
    Rule("QP338", "value-out-of-scale", Severity.WARNING, value_out_of_scale),
    Rule("QP339", "change-against-its-words", Severity.WARNING, change_against_its_words),
    Rule("QP359", "two-baselines", Severity.WARNING, two_baselines),
    Rule("QP340", "percent-or-points", Severity.WARNING, percent_or_points),
    Rule("QP354", "letter-in-number", Severity.WARNING, letter_in_number),
    Rule("QP637", "misplaced-marks", Severity.WARNING, of_plan(misplaced_marks)),
)
