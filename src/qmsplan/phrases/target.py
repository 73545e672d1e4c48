"""Targets as values: a comparator, a number, a unit, a baseline; and the range of measured values that attain one.

`target_parse` makes them from phrases (`understand_targets(">98%")`), `read_target_form` from the structured form.
Measuring, the cascade, `qmsplan diff` and the rules compare targets by `accepted` and `is_alike`.
`target_words` and `deadline_words` are what a document prints of structured forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.inline import plain_text
from qmsplan.model.period import TERM
from qmsplan.model.plan import Item
from qmsplan.model.structured import Aggregation, Baseline, Comparator, DeadlineForm, TargetForm
from qmsplan.model.table import money_text
from qmsplan.model.text import plain, short_date
from qmsplan.phrases.tables import Expression

PERIOD_MONTHS = {"tháng": 1, "quý": 3, "học kỳ": TERM, "năm": 12}
"""The periods for each of which a target may be meant (`per`), with their length for `steps`; `6 tháng` is six of one
month."""

PER_MANY = Expression(
    r"\b(?:cứ|trên) (?:(?:một|mỗi|1) )?(?:10{2,6}|1(?:0{0,2}\.000){1,2}|trăm|nghìn|ngàn|vạn|triệu) [^\W\d_]+",
)
"""By how many something is counted: `trên 10.000 dân`."""
OF_EACH = Expression(
    r"\b(?:mỗi (?!\d|(?:năm|quý|tháng|tuần|ngày|học kỳ|nhiệm kỳ|giai đoạn)\b)"
    r"|(?:each|every) (?!year|quarter|month|week|day))[^\W\d_]",
)
"""Of which each is to have the value: `mỗi phòng`; a time is none."""
NO_CHANGE = 50
"""Per cent from which on a share is a level that is held against a plan, and no change from it."""
LOWER_LIMITS = frozenset({Comparator.AT_LEAST, Comparator.MORE})
UPPER_LIMITS = frozenset({Comparator.AT_MOST, Comparator.LESS})
_CHANGES = frozenset({Comparator.REDUCE, Comparator.INCREASE})
MONEY = {"đồng": 1, "nghìn đồng": 1000, "ngàn đồng": 1000, "triệu đồng": 10**6, "tỷ đồng": 10**9, "tỉ đồng": 10**9}
"""Units of money, and how many đồng each of them is."""
_SCALES = (MONEY, {"giây": 1, "phút": 60, "giờ": 3600}, {"ngày": 1, "tuần": 7}, {"tháng": 1, "năm": 12})
"""Units that surely are so many of another one, their smallest first. A day is of 24 hours, or of 8 of work."""


def unit_ratio(unit: str, other: str) -> Decimal | None:
    """What a number in one unit is multiplied with to be in another: 1/1000 of `triệu đồng` beside `tỷ đồng`, 60 of
    `giờ` beside `phút`. None if nothing says so."""
    found = next((scale for scale in _SCALES if unit in scale and other in scale), None)
    return Decimal(found[unit]) / found[other] if found else None


def smallest_unit(unit: str) -> str:
    """The unit in which those that can be held side by side are the same: `đồng` of `triệu đồng`; else itself."""
    return next((next(iter(scale)) for scale in _SCALES if unit in scale), unit)


def multiplied_by(number: Decimal, times: Decimal | int) -> Decimal:
    """A number without zeros at its end: 0,9 of `900 triệu đồng`, where 0,900 might be read as 900."""
    found = round(number * times, 12)  # 90 phút are 1,5 giờ, though a minute is no decimal part of an hour
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()


_RANKS = frozenset({"bậc", "hạng", "thứ bậc", "vị trí"})


class Target(NamedTuple):
    """A target understood: `ít nhất 01 lần/năm` is AT_LEAST 1 `lần/năm`, each year."""

    phrase: str
    comparator: Comparator
    value: Decimal | None
    """The number, in `unit`; of a range the lower end. None for a direction without a number (`nâng cao chất
    lượng`)."""
    unit: str
    """`%`, `vụ`, `lần/năm`: with the period, if it is meant for each."""
    baseline: Baseline | None = None
    """What a reduction or an increase starts from; None for what asks for no change."""
    population: str = ""
    """What the value counts, in the phrase's words: `hồ sơ được giải quyết đúng hạn`."""
    is_striven_for: bool = False
    """True if typed with `phấn đấu`: striven for rather than promised."""
    is_conditional: bool = False
    """True if typed with `nếu có`: it is asked for only if a case arises."""
    upper: Decimal | None = None
    """The upper end of a range, included. Of a change it is no limit: it may be passed."""
    per: str = ""
    """The period in which the value is to be attained each time: `năm`, `quý`, `6 tháng`. It ends the unit too:
    `lần/năm`."""
    in_points: bool = False
    """True for a change by points of a percentage or of a score, not by per cent of the baseline."""
    excludes_value: bool = False
    """True for a change by more than the value, and for a range without its lower end: `giảm trên 10%`, `trên 80% đến
    90%`."""
    excludes_upper: bool = False
    """True for a range without its upper end: `từ 80% đến dưới 90%`."""
    baseline_text: str = ""
    """The baseline in the phrase's words: `năm trước`."""
    is_subset: bool = False
    """True if it is about a part of what the target before it counts (`trong số đó`)."""
    time: str = ""
    """The time for which alone the value is meant, where a phrase names several: `năm 2027` of `80% năm 2026, 90% năm
    2027`; "" for the plan's own."""
    aggregation: Aggregation | None = None
    """What its readings come to, where the item or its words surely say so; None where the unit alone does."""
    is_level: bool = False
    """True if its words say that each reading is a measure of its own, as a rate, a mean or a price is."""
    named_unit: str = ""
    """The unit that words name away from the number: `vụ` of `giảm 10% số vụ tai nạn`, `đơn khiếu nại` of `Số đơn khiếu
    nại: 10`; "" if none do, or if one stands behind the number."""
    criterion: Target | None = None
    """What each case counted has to attain: of `95% hồ sơ được xử lý nhanh hơn 10%` the 10%."""

    @property
    def is_relative(self) -> bool:
        """True if it asks for a change, so that a reading means nothing without the baseline."""
        return self.comparator in _CHANGES

    @property
    def is_measurable(self) -> bool:
        """True if readings can be held against it: it has a number, and says what values are enough."""
        return self.value is not None and self.comparator is not Comparator.ABOUT

    @property
    def is_reached(self) -> bool:
        """True if so much is to be reached, and not at most so much: `ít nhất 95%`, `bằng 100%`."""
        return self.comparator in LOWER_LIMITS | {Comparator.EQUAL}

    @property
    def asks_for_none(self) -> bool:
        """True if there is to be none: `0 vụ`, `không có hồ sơ quá hạn`."""
        return self.comparator is Comparator.EQUAL and self.value == 0

    @property
    def per_months(self) -> int | None:
        """The months of the period for each of which it is meant; None for the plan's own period."""
        return _months(self.per)

    @property
    def quantity(self) -> str:
        """The unit without the period: `%` of `%/năm`."""
        return self.unit.removesuffix(f"/{self.per}") if self.per else self.unit

    @property
    def counts_shares(self) -> bool:
        """True if readings give numerator and denominator."""
        return self.quantity in {"%", "‰"} and not self.is_relative

    @property
    def whole(self) -> int:
        """All cases, in the unit of a share: 100 of `%`, 1000 of `‰`."""
        return 1000 if self.quantity == "‰" else 100

    @property
    def is_per_many(self) -> bool:
        """True if it is counted by so many of something, or for each: `12 bác sĩ trên 10.000 dân`, `mỗi phòng 02 sáng
        kiến`; not where these are the value itself, `trên 1.000 lượt`."""
        own = f"trên {self.value or 0:f} {self.unit}" if self.comparator is Comparator.MORE else ""
        many = sum(1 for _ in PER_MANY.finditer(self.population))
        return many > bool(PER_MANY.search(own)) or OF_EACH.search(self.population) is not None

    @property
    def measured_unit(self) -> str:
        """The unit of what is measured: `vụ` of `giảm 5 vụ`; of `giảm 10%`, whose per cent are those of the change,
        that of what changes, "" where nothing says it."""
        return self.named_unit if self.is_relative and not self.is_difference else self.quantity

    @property
    def counted_unit(self) -> str:
        """What figures count, which says whether they add up: the unit of what is measured, or what a number without a
        unit is said to be of."""
        return self.measured_unit or self.named_unit

    @property
    def is_difference(self) -> bool:
        """True for a change in the unit of what is measured, False for one in per cent of the baseline."""
        return self.is_relative and (self.in_points or self.quantity != "%")

    @property
    def is_rank(self) -> bool:
        """True if ranks are measured, of which the first is the best."""
        return self.comparator is Comparator.RANK or self.quantity in _RANKS

    @property
    def falls(self) -> bool:
        """True if the change asked for makes the measured value smaller, as a rank gets when it gets better."""
        return self.comparator is Comparator.REDUCE or self.is_rank

    @property
    def baseline_year(self) -> int | None:
        """The year that the baseline names: 2025 of `so với năm 2025`."""
        words = self.baseline_text.replace("/", " ").split() if self.baseline is Baseline.YEAR else ()
        return next((int(word) for word in words if len(word) == 4 and word.isascii() and word.isdecimal()), None)

    def is_met_by(self, value: Decimal) -> bool:
        """Whether a measured value attains the target; for relative targets the value is the change itself."""
        return self.value is not None and self.is_measurable and value in _ends(self, self.value)


class TargetRange(NamedTuple):
    """The measured values that attain a target: `dưới 5%` is everything up to 5 without 5 itself.

    An end of minus or plus infinity is no end. An open end is not in the range itself."""

    low: Decimal
    high: Decimal
    low_is_open: bool = False
    high_is_open: bool = False

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, Decimal):
            return False
        above = value > self.low if self.low_is_open else value >= self.low
        return above and (value < self.high if self.high_is_open else value <= self.high)

    def includes(self, other: TargetRange) -> bool:
        """True if every value of the other range is in this one."""
        low = (self.low, self.low_is_open) <= (other.low, other.low_is_open)
        return low and (self.high, not self.high_is_open) >= (other.high, not other.high_is_open)


_NO_END = Decimal("Infinity")


def accepted(target: Target) -> TargetRange | None:
    """The values that attain a target; None if it names no number, or one only roughly (`khoảng 80%`).

    Two targets that accept the same values have equal ranges. A share of cases is never below 0 or above 100, so an
    end of 0 or 100 keeps nothing out and is left off: `từ 95% đến 100%` is `từ 95% trở lên`, `bằng 100%` is `100%`.
    """
    if target.value is None or not target.is_measurable:
        return None
    found = _ends(target, target.value)
    if not target.counts_shares:
        return found
    if found.low == 0 and not found.low_is_open:
        found = found._replace(low=-_NO_END)
    return found._replace(high=_NO_END) if found.high == target.whole and not found.high_is_open else found


def _ends(target: Target, value: Decimal) -> TargetRange:
    """The range as the target's own numbers say; the upper number of a change is no end, for a change may pass it."""
    is_open = target.excludes_value or target.comparator in {Comparator.MORE, Comparator.LESS}
    if target.comparator in LOWER_LIMITS | _CHANGES:
        return TargetRange(value, _NO_END, low_is_open=is_open)
    if target.comparator in UPPER_LIMITS | {Comparator.RANK}:
        return TargetRange(-_NO_END, value, high_is_open=is_open)
    high = value if target.upper is None else target.upper
    return TargetRange(value, high, low_is_open=target.excludes_value, high_is_open=target.excludes_upper)


def in_unit_of(target: Target, other: Target) -> Target:
    """A target in the unit of another one, where that is so many of its own: 0,9 of `900 triệu đồng` beside `2 tỷ
    đồng`."""
    times = unit_ratio(target.quantity, other.quantity) or 1
    if times == 1:
        return target
    value, upper = (None if one is None else multiplied_by(one, times) for one in (target.value, target.upper))
    return target._replace(value=value, upper=upper, unit=other.unit)


def is_alike(one: Target, other: Target) -> bool:
    """True if the values of two targets can be held side by side: both count in the same unit for the same time, and
    if they ask for a change, both in the same direction from the same baseline."""
    if _counted_in(one) != _counted_in(other):
        return False
    change = (one.comparator, one.baseline, one.baseline_year)
    return not one.is_relative or change == (other.comparator, other.baseline, other.baseline_year)


def _counted_in(target: Target) -> tuple[object, ...]:
    return (target.quantity, target.per, target.is_relative, target.in_points, target.is_rank, target.time)


def read_target_form(form: TargetForm) -> Target:
    """The target that a structured form describes. Fault if an upper end or the words of a baseline are missing."""
    comparator = Comparator(form.comparator)
    _refuse_form(form, comparator)
    return Target(
        target_words(form),
        comparator,
        form.value,
        _each(form.unit, form.per),
        Baseline(form.baseline or Baseline.UNSTATED) if comparator in _CHANGES else None,
        form.population,
        is_striven_for=form.commitment,
        is_conditional=form.conditional,
        upper=form.upper,
        per=form.per or _per(form.unit),
        in_points=form.points,
        excludes_value=form.excludes_value,
        excludes_upper=form.excludes_upper,
        baseline_text=form.baseline_text or ("kế hoạch" if form.baseline == "plan" else ""),
    )


def _refuse_form(form: TargetForm, comparator: Comparator) -> None:
    """UserError if a structured target lacks something, or has what its comparator does not know."""
    if comparator is Comparator.BETWEEN and (form.upper is None or form.upper < form.value):
        raise UserError(Message("a range needs an upper end that is not below its lower end"), Message("give 'upper'"))
    if form.baseline in {"year", "other"} and not form.baseline_text:
        raise UserError(Message("the baseline has to be named"), Message("give 'baseline_text', such as 'năm 2025'"))
    excludes_value = form.excludes_value and comparator not in {Comparator.BETWEEN, *_CHANGES}
    if excludes_value or (form.excludes_upper and comparator is not Comparator.BETWEEN):
        raise UserError(
            Message("'excludes_value' is for ranges and changes, 'excludes_upper' for ranges"),
            Message("write the comparator '>' or '<' instead"),
        )


def _per(unit: str) -> str:
    """The period that a unit ends in: `năm` of `lần/năm`; "" if none."""
    last = unit.rpartition("/")[2]
    return last if "/" in unit and _months(last) else ""


@cache
def _months(per: str) -> int | None:
    """The length of a period for `steps`: 12 of `năm`, 6 of `6 tháng`; None if it is none."""
    found = re.fullmatch(r"(?:([0-9]{1,2}) )?(.+)", per)
    months = PERIOD_MONTHS.get(found[2]) if found else None
    return months * int(found[1] or 1) if months and found else None


_MOST = 0.6
"""The share of the words of a target without a number that are enough to say it."""
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_EVERY = {"month": "Hàng tháng", "quarter": "Hàng quý", "half": "6 tháng một lần", "year": "Hàng năm"}
_ALWAYS = "Thường xuyên"
_BASELINES = {"previous_year": "năm trước", "same_period": "cùng kỳ", "statutory": "quy định", "plan": "kế hoạch"}


def deadline_words(form: DeadlineForm, events: Mapping[str, str]) -> str:
    """A structured deadline in words: its own, else `Chậm nhất ngày 30/9/2026`, `Hàng quý`, `Thường xuyên` or the text
    of the event; `events` holds the texts of the plan's events by their ids."""
    if form.text:
        return form.text
    if form.due:
        return f"Chậm nhất ngày {short_date(form.due, 'vi')}"
    if form.event:
        return events.get(form.event, form.event)
    return _EVERY[form.every] if form.every else _ALWAYS


def target_words(form: TargetForm) -> str:
    """A structured target in words: its own, else its values as a phrase that means the same: `từ 85% đến dưới 90%`,
    `phấn đấu giảm 2 điểm phần trăm so với năm 2025`. What it counts is left to the item's text."""
    if form.text:
        return form.text
    low = _amounts(form)
    asked = {
        ">=": f"từ {low} trở lên",
        ">": f"trên {low}",
        "<=": f"không quá {low}",
        "<": f"dưới {low}",
        "=": f"bằng {low}",
        "between": low,
        "reduce": f"giảm {low}",
        "increase": f"tăng {low}",
        "rank": f"xếp thứ {low} trở lên",
    }[form.comparator]
    baseline = form.baseline_text or _BASELINES.get(form.baseline or "", "")
    return (
        f"{'phấn đấu ' if form.commitment else ''}{asked}{f' so với {baseline}' if baseline else ''}"
        f"{' (nếu có)' if form.conditional else ''}"
    )


def _amounts(form: TargetForm) -> str:
    """`90%`, `trên 5 vụ/quý`, `từ 85% đến dưới 90%`: the numbers of a structured target with their unit."""
    unit = "điểm phần trăm" if form.points and form.unit == "%" else form.unit
    unit = _each(unit, form.per)
    joint = "" if unit[:1] in {"%", "‰"} or not unit else " "
    low, is_change = f"{money_text(form.value)}{joint}{unit}", form.comparator in {"reduce", "increase"}
    if form.upper is None or not (is_change or form.comparator == "between"):
        return f"trên {low}" if form.excludes_value and is_change else low
    start, below = "trên" if form.excludes_value else "từ", "dưới " if form.excludes_upper else ""
    first = low if unit in {"%", "‰"} else money_text(form.value)
    return f"{start} {first} đến {below}{money_text(form.upper)}{joint}{unit}"


def _each(unit: str, per: str | None) -> str:
    """A unit with the period for each of which it is meant: `vụ/quý`."""
    return f"{unit.removesuffix(f'/{per}')}/{per}" if per else unit


def target_text(item: Item) -> str:
    """The targets of an item as typed, with their unit where they give none: `≥ 95 %`; several joined by `; `."""
    return "; ".join(
        _with_unit(plain_text(typed), item.unit or "") if isinstance(typed, str) else plain_text(target_words(typed))
        for typed in item.target
    )


def unsaid_target(item: Item) -> str:
    """The targets of an item if its printed words do not say them, else an empty text. A target is said where all of
    its numbers occur, and one without a number where most of its words do."""
    words = target_text(item)
    if not words:
        return ""
    said = (*item.text, *item.measures, *item.deliverables, *item.evaluation, *item.note)
    text = plain(" ".join(map(plain_text, said)))
    return "" if is_said(plain(words), text) else words


def is_said(target: str, text: str) -> bool:
    """Whether a text says a target; both in plain letters (`model.text.plain`)."""
    numbers = {_number(found) for found in _NUMBERS.findall(target)}
    if numbers:
        return numbers <= {_number(found) for found in _NUMBERS.findall(text)}
    words = set(target.split())
    return len(words & set(text.split())) >= len(words) * _MOST


def _number(text: str) -> str:
    return text.lstrip("0") or "0"


def _with_unit(target: str, unit: str) -> str:
    if not unit or not target or re.search(r"[^\W\d_]|%|‰", re.sub(r"^\W*", "", target)):
        return target
    return f"{target}{unit}" if unit in {"%", "‰"} else f"{target} {unit}"
