"""What the readings on a target come to over the parts of its time: they add up, the last one stands, or each is a
level of its own.

The field `aggregation` of an item says so; else the words of its target and its statement, where they are sure (a row
of `aggregation.toml`, whose example is its test); else the unit (`adds_up`). Where neither is sure `is_unsure` says so.
Of a change (`giảm 10%`) all this is asked of what changes: of tỷ lệ lỗi, of vụ tai nạn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from qmsplan.model.structured import Aggregation
from qmsplan.phrases.tables import Expression, filled_slots, table_beside
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_vocabulary import number

_TABLE = table_beside(__file__)
_LENGTHS, _LEVELS, _TIMES, _EVENTS = (
    frozenset(_TABLE["units"][name].split("|")) for name in ("lengths", "levels", "times", "events")
)
"""Units of time; of what is measured anew each time, so that two readings do not add up ("" is a number without a
unit); of what happens again, so that `duy trì 4 cuộc họp` is four in all; and of what arises and is over, so that what
two quarters count adds up."""

MEAN = re.compile(r"\b(?:bình quân|trung bình)\b", re.IGNORECASE)
_SCALE = re.compile(r"^(?:(?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ) )+")
_EVENTS_COUNTED = "|".join(sorted(_EVENTS | {"người", "hộ", "xã"}, key=len, reverse=True))
_PARTS: dict[str, str] = _TABLE["parts"]
_PATTERNS = filled_slots(_TABLE["patterns"], {"events": _EVENTS_COUNTED, "doing": _PARTS["doing"]})
_KEPT, _CHANGING, _UNIT_BEHIND, _COUNTED, _NAMED, _LOST = (
    Expression(_PATTERNS[name]) for name in ("kept", "changing", "unit_behind", "counted", "named", "lost")
)


class AggregationCue(NamedTuple):
    """Words that surely say what readings come to."""

    example: str
    """A statement or a target with them, and its target behind a bar."""
    aggregation: Aggregation | None
    """None of a level: a rate, a mean, a price, which is measured anew each time and never added up."""
    words: Expression
    of: str
    """The targets that they are about: `count`, `share`, `length` (of time), `change`, `none` (of what has no number or
    no unit: `không để xảy ra cháy`), or `any`."""


def _cue(row: dict[str, str]) -> AggregationCue:
    words = row["words"]
    for name, part in _PARTS.items():
        words = words.replace(f"{{{name}}}", part)
    aggregation = Aggregation(row["aggregation"]) if "aggregation" in row else None
    return AggregationCue(row["example"], aggregation, Expression(words), row["of"])


TURNOVER = Expression(_PARTS["turnover"])
"""What adds up within a year, and is told anew for each."""
CUES = tuple(map(_cue, _TABLE["cues"]))
"""The first row that fits decides."""


def with_aggregation(
    target: Target, statement: str, given: Aggregation | None = None, unit: str = "", base: str = ""
) -> Target:
    """A target with what its readings come to, as its item says, or else as its words surely do, and with the unit of
    what changes.

    `statement` is what the item says of this target alone, `unit` and `base` are its fields."""
    if target.is_relative and not target.is_difference:
        target = target._replace(named_unit=_changed_unit(target, statement, unit, base))
    elif not target.unit and not target.is_relative:
        target = target._replace(named_unit=_named_unit(target.population or statement))
    if target.is_rank:
        return target._replace(aggregation=given)
    cue = next(_cues(target, statement), None)
    if cue is None:
        is_each = counts_time(target) and target.per and not target.is_relative and not MEAN.search(target.phrase)
        return target._replace(aggregation=given or (Aggregation.SUM if is_each else None))  # `40 giờ/người/năm`
    return target._replace(aggregation=given or cue.aggregation, is_level=cue.aggregation is None)


def _cues(target: Target, statement: str) -> Iterator[AggregationCue]:
    """The rows that fit, the first one first."""
    kinds = {"any", "share" if target.counts_shares else "count" if counts(target) else ""}
    texts = [text for text in (target.phrase, statement) if text]
    kinds |= {"length"} if counts_time(target) else set()
    is_none = target.asks_for_none and not target.counts_shares and (target.population or not target.unit)
    kinds |= {"none"} if is_none else set()
    if target.is_relative:
        kinds.add("change")
        texts = [piece for text in texts for piece in _changing(text)]
    else:
        texts = [text for text in texts if not MEAN.search(text)]
    return (cue for cue in CUES if cue.of in kinds and any(map(cue.words.search, texts)))


def _changing(text: str) -> Iterator[str]:
    """What a text says from the word on that changes: behind each change, and from its beginning, unless there it says
    what is done about it (`Xây dựng giải pháp giảm …`)."""
    ends = [found.end() for found in _CHANGING.finditer(text)]
    yield from (text[end:] for end in ends)
    if not ends or not _BEGINS_DOING.search(text):
        yield text


_BEGINS_DOING = Expression(rf"^\W*(?:{_PARTS['doing']})\b")


def _changed_unit(target: Target, statement: str, unit: str, base: str) -> str:
    """The unit of what changes by so many per cent: as `unit` says, or `base` (`20 ngày (năm 2025)`), or the words
    (`số vụ`); "" if none does. `%` as `unit` may be that of the change."""
    if unit and unit.strip("() ") not in {"%", "‰"}:
        return unit.strip("() ")
    found = _UNIT_BEHIND.search(base) or _COUNTED.search(target.population) or _COUNTED.search(statement)
    return found["unit"].partition(" năm")[0].strip() if found else ""


def _named_unit(words: str) -> str:
    """What a number without a unit counts, as the words before it name it: `đơn khiếu nại` of `Số đơn khiếu nại`; of
    what is measured anew each time the measure alone, `giờ` of `Tổng số giờ đào tạo`; "" if they name none."""
    found = _NAMED.search(words)
    unit = found["unit"].strip().lower() if found else ""
    first = unit.partition(" ")[0]
    return first if first in _LEVELS else unit


def counts(target: Target) -> bool:
    """True for counts by their unit: those of several units add up, those of a year's quarters if they tell of what
    arose. Shares, ranks, rates, scores, lengths of time, degrees, means (`thu nhập bình quân 60 triệu đồng`) and what
    is kept (`duy trì 12 phòng`) are none. What changes in a unit that nobody names is one."""
    unit = _EACH_TIME.sub("", target.counted_unit.lower())
    if target.is_rank or target.in_points or target.is_level or "/" in unit:
        return False
    if target.is_relative:
        return not unit or unit not in _LEVELS
    if unit in _LEVELS:
        return False
    is_kept = target.aggregation is None and unit not in _TIMES and _KEPT.search(target.phrase)
    is_mean = MEAN.search(target.phrase) and not target.per
    return not (target.is_per_many or is_kept or is_mean)


_EACH_TIME = re.compile(r"/(?:năm|quý|tháng|kỳ)$")
"""For which time a count is: `120 vụ/năm`, which is no rate."""


def counts_time(target: Target) -> bool:
    """True for lengths of time, also for each of something: `giờ`, `giờ/người`."""
    return target.counted_unit.lower().partition("/")[0] in _LENGTHS


def adds_up(target: Target) -> bool:
    """True if the figures of a year are those of its quarters together: as `aggregation` says, else for counts, and for
    that of which there is to be none, whatever it is (`không có tội phạm`)."""
    if target.aggregation:
        return target.aggregation is Aggregation.SUM
    return counts(target) or (target.asks_for_none and not target.unit and not target.is_level)


def takes_last(target: Target) -> bool:
    """True if `aggregation` says that the last reading stands for the whole."""
    return target.aggregation not in {None, Aggregation.SUM}


def plan_adds_up(target: Target) -> bool:
    """True if the values that are planned by period are parts of a sum: `{2026-Q1: 20, 2026-Q2: 25}` of counts, also
    where the readings are running totals."""
    return adds_up(target) or (target.aggregation is Aggregation.CUMULATIVE and counts(target))


def all_there_are(target: Target) -> Decimal | None:
    """How many there are of what a target counts, where its words say it, so that no figure is more: 19 of `17/19 tiêu
    chí`, `17 trên tổng số 19 tiêu chí`."""
    if target.value is None or target.is_relative or not counts(target):
        return None
    pairs = ((number(found["some"]), number(found["all"])) for found in _OF_ALL.finditer(target.phrase))
    return next((whole for some, whole in pairs if some == target.value <= whole), None)


_OF_ALL = Expression(r"(?<![\d.,/])(?P<some>\d[\d.]*)(?: ?/ ?| (?:trên|trong)(?: tổng số)? )(?P<all>\d[\d.]*)(?![\d/])")


def days_of_each(target: Target) -> int:
    """The days for each of which a target asks for so many things that happen: 7 of `2 buổi/tuần`, 1 of `3 tin/ngày`. 0
    of another one, and of what is no such thing: `5.000 m3/ngày` is measured."""
    counted, _, time = target.quantity.lower().partition("/")
    return _DAYS.get(time, 0) if _SCALE.sub("", counted) in _EVENTS | _TIMES else 0


_DAYS = {"tuần": 7, "ngày": 1, "ngày làm việc": 1, "week": 7, "day": 1}


def is_unsure(target: Target) -> bool:
    """Whether nothing surely says if readings add up: counts of what may stay (`giường`, `ha`, `tỷ đồng`), also where a
    change of them is asked for, and lengths of time that are to be reached (`ít nhất 12.000 giờ`, `40 giờ/người`)."""
    unit = target.counted_unit.lower()
    if target.aggregation or target.time or (target.per and not target.is_relative):
        return False
    if adds_up(target):
        unit = _SCALE.sub("", unit)
        return unit not in _EVENTS and unit.partition(" ")[0] not in _EVENTS
    if target.is_relative:
        return False
    return counts_time(target) and target.is_reached and not MEAN.search(target.phrase)


def may_be_lost_time(target: Target, statement: str) -> bool:
    """Whether a limit of time may be that of each case, or of all that is lost: `Thời gian dừng máy ≤ 20 giờ`."""
    is_said = target.aggregation or target.is_level or target.per or target.is_relative or "/" in target.quantity
    is_limit = counts_time(target) and not target.is_reached
    return is_limit and not is_said and _LOST.search(f"{statement} {target.phrase}") is not None
