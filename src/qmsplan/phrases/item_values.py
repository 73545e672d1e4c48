"""The values that an item gives beside its target: those of other periods, as targets of these (numbers of `plan`,
`{2026-Q1: 20}`; phrases of `horizons`, `{2026: "4,8%"}`), the one that a change starts from (`base`), and the one at
which to warn (`threshold`)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from qmsplan.diagnostics import UserError
from qmsplan.model.fields import SHARE_SIGNS
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, parse_period
from qmsplan.model.structured import Comparator
from qmsplan.phrases.item_tree import BARE, Node, understand_in_unit
from qmsplan.phrases.tables import Expression, filled_slots, table_beside
from qmsplan.phrases.target import MONEY, Target, multiplied_by, unit_ratio
from qmsplan.phrases.target_vocabulary import number

_AS_MEANT = {Comparator.MORE: Comparator.AT_LEAST, Comparator.LESS: Comparator.AT_MOST}


def planned_target(target: Target, value: Decimal) -> Target:
    """The target of a period for which `plan` has a value. Of a range the upper end stays: 80 planned of `85-90%` is
    from 80 to 90."""
    is_range = target.comparator is Comparator.BETWEEN and (target.upper or 0) >= value
    if target.comparator is Comparator.EQUAL and value != target.value:  # a step to exactly so many, or down to none
        target = target._replace(comparator=Comparator.AT_LEAST if target.value else Comparator.AT_MOST)
    return target._replace(value=value, upper=target.upper if target.time or is_range else None)


def horizon_targets(node: Node, target: Target, within: Period) -> dict[Period, Target]:
    """The targets of an item's other periods inside the plan's, by these; without those that are not understood."""
    found = {
        parse_period(code): horizon_target(text, target, node.item.unit or "")
        for code, text in (node.item.horizons or {}).items()
    }
    return {period: one for period, one in found.items() if one is not None and period in within and period != within}


@lru_cache(maxsize=4096)
def horizon_target(text: str, target: Target, unit: str) -> Target | None:
    """A value of another period as a target: `4,8%` of `giảm còn dưới 2%` is at most 4.8 %; None if it is not
    understood, or counts in another unit."""
    read = understand_in_unit(plain_text(text), unit or target.quantity)
    if isinstance(read, UserError) or len(read) != 1 or isinstance(read[0], UserError):
        return None
    found = read[0]
    is_bare = bool(BARE.fullmatch(text))
    if not found.is_measurable or found.quantity != target.quantity or not (is_bare or not target.is_relative):
        return None
    if not is_bare:
        return found._replace(population=target.population, per=target.per, unit=target.unit)
    comparator, upper = _AS_MEANT.get(target.comparator, target.comparator), None
    if comparator is Comparator.BETWEEN:  # 80 on the way to `85-90%`: from 80 to 90
        upper = found.upper or max(found.value or Decimal(0), target.upper or Decimal(0))
    return target._replace(comparator=comparator, value=found.value, upper=upper, excludes_value=False)


class Base(NamedTuple):
    """The value that a target starts from, and the year it was measured in, None where nothing names one: 50 and 2025
    of `50 cơ sở (năm 2025)`."""

    value: Decimal
    year: int | None


_PATTERNS = filled_slots(table_beside(__file__))
_YEAR, _MINUS, _MEASURED, _MEASURE, _INCLUDED, _ABOVE, _BELOW, _RANKED, _OF_PLAN = (
    Expression(_PATTERNS[name])
    for name in ("year", "minus", "measured", "measure", "included", "above", "below", "ranked", "of_plan")
)
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.]*(?:,\d+)?(?!\w)")


def _value_in(value: Decimal, text: str, unit: str) -> Decimal | None:
    """The value of `base` or `threshold`, typed as `text`, in the unit of a target: 2000 of `2 tỷ đồng` beside `triệu
    đồng`. None where the two surely count other things: `90 phút` beside `ngày`, `90%` beside `mẫu`."""
    found = _MEASURED.search(_YEAR.sub("", text))
    wanted = unit.lower().partition("/")[0]
    if not found or not wanted:
        return value
    own = found["unit"].lower()
    own = own if own in MONEY or f"{own} đồng" not in MONEY else f"{own} đồng"
    if times := unit_ratio(own, wanted):
        return multiplied_by(value, times)
    is_sure = own in SHARE_SIGNS or wanted in MONEY or _MEASURE.match(wanted)
    return value if wanted.startswith(own) or not is_sure else None


@lru_cache(maxsize=4096)
def base_of(text: str, unit: str = "") -> Base | None:
    """What `base` says, in a unit; None unless it holds one number of that kind without a minus, and at most one
    year beside it."""
    years = [found["year"] or found["bare"] for found in _YEAR.finditer(text)]
    numbers = _NUMBER.findall(_YEAR.sub("", text))
    if len(numbers) != 1 or len(years) > 1 or _MINUS.search(text):
        return None
    value = _value_in(number(numbers[0]), text, unit)
    return None if value is None else Base(value, int(years[0]) if years else None)


class Threshold(NamedTuple):
    """The value at which to warn: 90 of `< 90% kế hoạch quý`, which is a share of what is planned."""

    value: Decimal
    includes_value: bool
    """True if the value itself is one to warn of: `≤ 90%`, `từ 9% trở lên`."""
    of_plan: bool
    is_above: bool | None
    """True if more than the value is one to warn of (`> 5 vụ`), False if less is (`dưới 85%`), None if it does not
    say."""
    months: int | None
    """The length of the periods whose own plan is meant: 3 of `90% kế hoạch quý`; None if it names none."""


@lru_cache(maxsize=4096)
def threshold_of(text: str, unit: str = "") -> Threshold | None:
    """What `threshold` says, in the unit of its target; None unless it holds one number of that kind."""
    numbers = _NUMBER.findall(_YEAR.sub("", text))
    if len(numbers) != 1:
        return None
    of_plan = bool(_OF_PLAN.search(text))
    value = number(numbers[0]) if of_plan else _value_in(number(numbers[0]), text, unit)
    if value is None:
        return None
    is_below = bool(_BELOW.search(text))
    is_above = False if is_below else True if _ABOVE.search(text) else None
    if is_above is not None and _RANKED.search(text):
        is_above = not is_above
    months = next((length for words, length in _PERIODS if words in text.lower()), None) if of_plan else None
    return Threshold(value, bool(_INCLUDED.search(text)), of_plan, is_above, months)


_PERIODS = (("tháng", 1), ("quý", 3))
