"""The values that a target has in other periods: those that it is to have, numbers of `plan` (`{2026-Q1: 20}`) and
phrases of `horizons` (`{2026: "4,8%", 2028: "3%"}`), and the one that it starts from (`base: 50 cơ sở (năm 2025)`)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from qmsplan.diagnostics import UserError
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, parse_period
from qmsplan.model.structured import Comparator
from qmsplan.phrases.item_tree import Node, understand_in_unit
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_lexicon import number

_BARE = re.compile(r"\s*[0-9][0-9.,]*(?:\s*(?:-|–|đến)\s*[0-9][0-9.,]*)?(?:\s*[^\s0-9<>=≤≥].*)?")
"""A value without a word or sign that says which others are enough."""
_AS_BARE = {Comparator.MORE: Comparator.AT_LEAST, Comparator.LESS: Comparator.AT_MOST}


def planned_target(target: Target, value: Decimal) -> Target:
    """The target of a period for which `plan` has a value. Of a range the upper end stays: 80 planned of `85-90%` is
    from 80 to 90."""
    is_range = target.comparator is Comparator.BETWEEN and (target.upper or 0) >= value
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
    is_bare = bool(_BARE.fullmatch(text))
    if not found.is_measurable or found.quantity != target.quantity or not (is_bare or not target.is_relative):
        return None
    if not is_bare:
        return found._replace(population=target.population, per=target.per, unit=target.unit)
    comparator, upper = _AS_BARE.get(target.comparator, target.comparator), None
    if comparator is Comparator.BETWEEN:  # 80 on the way to `85-90%`: from 80 to 90
        upper = found.upper or max(found.value or Decimal(0), target.upper or Decimal(0))
    return target._replace(comparator=comparator, value=found.value, upper=upper, excludes_value=False)


class Base(NamedTuple):
    """The value that a target starts from, and the year it was measured in, None where nothing names one: 50 and 2025
    of `50 cơ sở (năm 2025)`."""

    value: Decimal
    year: int | None


_YEAR = re.compile(r"\bnăm\s+(?:học\s+)?(\d{4})\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.]*(?:,\d+)?(?!\w)")


@lru_cache(maxsize=4096)
def base_of(text: str) -> Base | None:
    """What `base` says; None unless it holds one number, and at most one year beside it."""
    years = _YEAR.findall(text)
    numbers = _NUMBER.findall(_YEAR.sub("", text))
    if len(numbers) != 1 or len(years) > 1:
        return None
    return Base(number(numbers[0]), int(years[0]) if years else None)
