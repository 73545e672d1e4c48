"""Rules on slips that make a record or a value say what can't be: counts below nothing, days out of order, records that
count for nothing (QP216, QP328 to QP331, QP343, QP637)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from qmsplan.diagnostics import Message, Path, Severity
from qmsplan.model.period import month_count
from qmsplan.model.plan import FREQUENCIES, Plan
from qmsplan.model.progress import Reading
from qmsplan.model.text import PeriodWords, bare, citations
from qmsplan.phrases.aggregation import adds_up, takes_last
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import measurable
from qmsplan.progress.readings import is_share
from qmsplan.rules.base import Context, Finding, LocatedEntry, Rule, below

_MEASURED = re.compile(
    r"(?:nghìn|ngàn|triệu|tỷ|tỉ)\b.*|đồng|tấn|tạ|yến|kg|k?m[²³23]?|mm|cm|ha|héc-?ta|công|sào|mẫu|lít|ml|m?g|[kmg]?wh?"
    r"|usd|giờ.*|phút|ngày.*|tháng|năm|tuần|hạng",
    re.IGNORECASE,
)
"""Units of which there are halves; of people, cases and things there are none."""


_BELOW_ZERO = re.compile(r"độ\b.*|°?[cf]|oc|m?[vw]|dbm?|%|‰|.*(?:đồng|usd)\b.*|", re.IGNORECASE)
"""Units of which there is less than nothing: degrees, levels, losses; "" is a number without a unit."""


def impossible_count(context: Context) -> Iterator[Finding]:
    """Counts, lengths and scores below nothing, counts of a part of a thing, and ranks before the first."""
    for found, value, target in context.measured_values:
        if target.is_relative:
            continue
        is_counted = adds_up(target) or target.is_rank
        if target.is_rank and value < 1:
            yield Finding(found.at("value"), Message("no rank is {value}", value=value), Message("check the number"))
        elif value < 0 and not _BELOW_ZERO.fullmatch(target.quantity):
            yield Finding(found.at("value"), Message("no count is {value}", value=value), Message("check the number"))
        elif is_counted and value % 1 and not _MEASURED.fullmatch(target.quantity.partition("/")[0]):
            message = Message("'{unit}' are counted, and {value} is no whole number", unit=target.quantity, value=value)
            yield Finding(found.at("value"), message, Message("check the number"))


_OF = re.compile(r"\d\s*/\s*(4|5|10|20|100)\b(?![/.,]?\d)")
_FAR, _FAR_SCORE = 100, 5
"""So many times the target is no result but another unit, or a number too many; of points a comma left out."""


def out_of_scale(context: Context) -> Iterator[Finding]:
    """Values beyond the end of a scale (5,6 of `4,2/5`, 65 of `6,5 điểm`), and of a hundred times the target: 97200
    beside `100 tỷ đồng` was meant in `triệu đồng`."""
    for found, value, target in context.measured_values:
        if target.is_relative or not target.value or target.is_rank:
            continue
        end = _scale_of(target)
        if end is not None and value > end:
            message = Message("{value} is beyond the scale of the target, which ends at {end}", value=value, end=end)
            yield Finding(found.at("value"), message, Message("check the number and its point or comma"))
        times = _FAR_SCORE if target.quantity.lower() == "điểm" and not target.in_points else _FAR
        if (end is None or value <= end) and value >= times * (target.upper or target.value):
            yield Finding(
                found.at("value"),
                Message("{value} is at least {times} times the target, which is {target}",
                    value=value, times=times, target=target.upper or target.value),
                Message("check the number and its unit: values are written in the unit of the target"),
            )  # fmt: skip


def _scale_of(target: Target) -> Decimal | None:
    """The end of the scale that a score is of, as its phrase says (`4,2/5`); of stars 5. None where nothing says it."""
    unit, most = target.quantity.lower(), max(target.value or Decimal(0), target.upper or Decimal(0))
    stated = _OF.search(target.phrase) if unit in {"", "điểm", "sao"} else None
    if stated and most <= int(stated[1]):
        return Decimal(stated[1])
    return Decimal(5) if unit == "sao" and most <= 5 else None


def other_length(context: Context) -> Iterator[Finding]:
    """Readings of a level over another time than it is measured over: a longer one hides those in it, a shorter one is
    no figure of its time."""
    for (item, _), entries in context.readings_by_target.items():
        node = context.by_id.get(item)
        if node is None or not node.is_objective:
            continue
        asked = {_asked(node, target) for _, target in measurable(node)} - {None}
        for found in entries:
            if not any(_is_odd(found, entries, months) for months in asked if months):
                continue  # most: which target they are about takes longer to find
            target = context.measured_target(found.entry)
            months = _months(node, target) if target else None
            if months and _is_odd(found, entries, months):
                yield Finding(
                    found.at("period"),
                    Message("'{id}' is measured every {months} month(s), and this is a reading of {period}",
                        id=item, months=months, period=PeriodWords(found.entry.period)),
                    Message("a longer reading takes the place of those within it; correct 'period', or leave it out"),
                )  # fmt: skip


def _months(node: Node, target: Target) -> int | None:
    """How long the times are over each of which a level is measured; None where nothing says it, and of counts."""
    return None if adds_up(target) or takes_last(target) or node.item.plan else _asked(node, target)


def _asked(node: Node, target: Target) -> int | None:
    return FREQUENCIES[node.item.frequency] if node.item.frequency else target.per_months


def _is_odd(found: LocatedEntry[Reading], entries: Sequence[LocatedEntry[Reading]], months: int) -> bool:
    period = found.entry.period
    length = month_count(period)
    if length < months:  # one at its end may stand for it
        return bool(period.end.month % months) and (not is_share(found.entry) or _beside(found, entries))
    return length > months and _beside(found, entries)


def _beside(found: LocatedEntry[Reading], entries: Sequence[LocatedEntry[Reading]]) -> bool:
    """Whether another reading in the file is about a part of its time, or about a time that it is a part of."""
    own = found.entry.period
    return any(
        one.record is found.record and one.entry.period != own and one.entry.period.overlaps(own) for one in entries
    )


def value_beside_cases(context: Context) -> Iterator[Finding]:
    """Plain percentages beside readings with numerator and denominator: the share of the year can't be added up."""
    for (item, _), entries in context.readings_by_target.items():
        cases = [one for one in entries if is_share(one.entry)]
        for found in (one for one in entries if cases and one.entry.value is not None):
            target = context.measured_target(found.entry)
            is_other = any(not one.entry.period.overlaps(found.entry.period) for one in cases)
            if target and target.counts_shares and not takes_last(target) and is_other:
                yield Finding(
                    found.at("value"),
                    Message("'{id}' has numerators and denominators in other readings, and only a value here", id=item),
                    Message("give both numbers here too: else the cases of the year can't be added up"),
                )


def counts_for_nothing(context: Context) -> Iterator[Finding]:
    """Readings of what is no objective, and completions of a group whose items have deadlines of their own."""
    for found in context.readings:
        node = context.by_id.get(found.entry.item)
        if node and not node.is_objective:
            message = Message("'{id}' is no objective: a reading of it counts for nothing", id=node.item.id)
            hint = Message(
                "name the objective that was measured; what has a target of its own belongs under 'objectives'"
            )
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
        if action.due and action.due < action.recorded:
            message = Message("the corrective action was due on {due}, before it was recorded on {day}",
                due=action.due, day=action.recorded)  # fmt: skip
            yield Finding(found.at("due"), message, Message("check the year"))


def _late_basis(context: Context) -> Iterator[Finding]:
    plan = context.plan
    if plan is None or plan.period is None or plan.first_signed:  # QP608 knows the day
        return
    for index, line in enumerate(plan.basis):
        for cited in citations(line):
            if cited.day > plan.period.end:
                message = Message("the plan is based on a document of {day}, after it", day=cited.day)
                yield Finding(context.in_plan("basis", index), message, Message("check the year"), words=cited.words)


def _odd_hours(context: Context) -> Iterator[Finding]:
    for node in context.nodes:
        hours = node.item.hours or ""
        times = map(_time, _HOURS.findall(hours))
        spans = ((_time(one[:2]), _time(one[2:])) for one in _SPAN.findall(hours))
        is_odd = any(hour > 24 or minute > 59 for hour, minute in times)
        if is_odd or any(end <= start < _EVENING for start, end in spans):
            message = Message("'{hours}' are no hours of a day", hours=node.item.hours)
            yield Finding(context.at(node, "hours"), message, Message("write such as 7h30 - 11h30"))


def _late_originals(context: Context) -> Iterator[Finding]:
    """What is said to have been recorded before a correction, with a later day: a status of a day between is wrong."""
    for found in context.entries("readings", "completions", "events"):
        days = [*(old.recorded for old in found.entry.earlier), found.entry.recorded]
        for at, (before, after) in enumerate(pairwise(days)):
            if before and after and before > after:
                yield Finding(
                    found.at("earlier", at),
                    Message("what was corrected was recorded on {day}, after its correction of {later}",
                        day=before, later=after),
                    Message("'earlier' holds what was said before, oldest first"),
                )  # fmt: skip


def _time(typed: Sequence[str]) -> tuple[int, int]:
    """`13h30` as its hour and minute."""
    return int(typed[0]), int(typed[1] or 0)


_MONEY = ("đồng", "nghìn đồng", "ngàn đồng", "triệu đồng", "tỷ đồng", "tỉ đồng", "USD")
_POSTS = (
    *("giám đốc", "phó giám đốc", "tổng giám đốc", "chủ tịch", "phó chủ tịch", "hiệu trưởng", "phó hiệu trưởng"),
    *("viện trưởng", "phó viện trưởng", "trưởng phòng", "phó trưởng phòng", "chánh văn phòng", "chi cục trưởng"),
    *("cục trưởng", "trưởng ban", "trưởng khoa", "bộ trưởng", "phó chi cục trưởng", "phó cục trưởng"),
)
"""Posts that no other one is like but for its marks, as `thứ trưởng` is like `thủ trưởng`."""
_BARE = {bare(word): word for word in (*_MONEY, *_POSTS)}


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


RULES = (
    Rule("QP216", "days-out-of-order", Severity.WARNING, days_out_of_order),
    Rule("QP328", "impossible-count", Severity.WARNING, impossible_count),
    Rule("QP329", "other-length", Severity.WARNING, other_length),
    Rule("QP330", "counts-for-nothing", Severity.ERROR, counts_for_nothing),
    Rule("QP331", "value-beside-cases", Severity.WARNING, value_beside_cases),
    Rule("QP343", "out-of-scale", Severity.WARNING, out_of_scale),
    Rule("QP637", "misplaced-marks", Severity.WARNING, check_plan=misplaced_marks),
)
