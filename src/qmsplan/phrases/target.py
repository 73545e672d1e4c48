"""Targets: a comparator, a value, a unit and what they are compared with."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.structured import Baseline, Comparator, TargetForm

PERIOD_MONTHS = {"tháng": 1, "quý": 3, "năm": 12}
"""The periods `per` which a target may be meant, with their months; `6 tháng` is six of one."""

_CHANGES = frozenset({Comparator.REDUCE, Comparator.INCREASE})
_RANKS = frozenset({"bậc", "hạng", "thứ bậc", "vị trí"})


class Target(NamedTuple):
    """A target understood. `value` is in `unit` (`%`, `lần/năm`, `vụ` …); relative targets name a baseline."""

    phrase: str
    comparator: Comparator
    value: Decimal | None
    """None for a direction without a number; for BETWEEN the lower end."""
    unit: str
    baseline: Baseline | None = None
    population: str = ""
    """What the value counts, in the phrase's words."""
    is_commitment: bool = False
    """Typed with `phấn đấu`: striven for rather than promised."""
    is_conditional: bool = False
    """Typed with `nếu có`: only if a case arises."""
    upper: Decimal | None = None
    """The upper end of a range; it is inclusive, and a change may pass it."""
    per: str = ""
    """`năm`, `quý` …: the period in which the value is to be attained each time; it ends the unit too: `lần/năm`."""
    in_points: bool = False
    """A change by points of a percentage or of a score, not by per cent of the baseline."""
    is_strict: bool = False
    """A change by more than the value (`giảm trên 10%`)."""
    baseline_text: str = ""
    """The baseline in the phrase's words."""
    is_subset: bool = False
    """On a part of the population of the target before it (`trong số đó`)."""
    criterion: Target | None = None
    """What each case counted has to attain: the second of `95% hồ sơ được xử lý nhanh hơn 10%`."""

    @property
    def is_relative(self) -> bool:
        """True if a reading means nothing without that of the baseline."""
        return self.comparator in _CHANGES

    @property
    def is_measurable(self) -> bool:
        """True if readings can be held against it."""
        return self.value is not None

    @property
    def per_months(self) -> int | None:
        """The months of the period `per` which it is meant; None for the plan's own period."""
        return _months(self.per)

    @property
    def quantity(self) -> str:
        """The unit without the period: `%` of `%/năm`."""
        return self.unit.removesuffix(f"/{self.per}") if self.per else self.unit

    @property
    def counts_shares(self) -> bool:
        """True if readings give numerator and denominator."""
        return self.quantity == "%" and not self.is_relative

    @property
    def is_difference(self) -> bool:
        """True for a change in the unit of what is measured, false for one in per cent of the baseline."""
        return self.is_relative and (self.in_points or self.quantity != "%")

    @property
    def is_rank(self) -> bool:
        """True if ranks are measured, of which the first is the best."""
        return self.comparator is Comparator.RANK or self.quantity in _RANKS

    @property
    def falls(self) -> bool:
        """True if the change asked for makes the measured value smaller, as it does a rank that gets better."""
        return self.comparator is Comparator.REDUCE or self.is_rank

    @property
    def baseline_year(self) -> int | None:
        """The year that the baseline names."""
        words = self.baseline_text.replace("/", " ").split() if self.baseline is Baseline.YEAR else ()
        return next((int(word) for word in words if len(word) == 4 and word.isascii() and word.isdecimal()), None)

    def is_met_by(self, value: Decimal) -> bool:
        """Whether a measured value attains the target; for relative targets the value is the change itself."""
        if self.value is None:
            return False
        if self.comparator is Comparator.BETWEEN:
            return self.value <= value <= (self.value if self.upper is None else self.upper)
        return value > self.value if self.is_strict else _CHECKS[self.comparator](value, self.value)


_CHECKS: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.MORE: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.LESS: operator.lt,
    Comparator.EQUAL: operator.eq,
    Comparator.REDUCE: operator.ge,
    Comparator.INCREASE: operator.ge,
    Comparator.RANK: operator.le,
}


def read_target_form(form: TargetForm) -> Target:
    """The target that a structured form describes. Fault if an upper end or the words of a baseline are missing."""
    comparator = Comparator(form.comparator)
    if comparator is Comparator.BETWEEN and (form.upper is None or form.upper < form.value):
        raise UserError(Message("a range needs an upper end that is not below its lower end"), Message("give 'upper'"))
    if form.baseline in {"year", "other"} and not form.baseline_text:
        raise UserError(Message("the baseline has to be named"), Message("give 'baseline_text', such as 'năm 2025'"))
    unit = form.unit if form.per is None else f"{form.unit.removesuffix('/' + form.per)}/{form.per}"
    return Target(
        form.text or f"{form.comparator} {form.value} {unit}",
        comparator,
        form.value,
        unit,
        Baseline(form.baseline or Baseline.UNSTATED) if comparator in _CHANGES else None,
        form.population,
        is_commitment=form.commitment,
        is_conditional=form.conditional,
        upper=form.upper,
        per=form.per or _per(form.unit),
        in_points=form.points,
        baseline_text=form.baseline_text or ("kế hoạch" if form.baseline == "plan" else ""),
    )


def _per(unit: str) -> str:
    """The period that a unit such as `lần/năm` ends in."""
    last = unit.rpartition("/")[2]
    return last if "/" in unit and _months(last) else ""


def _months(per: str) -> int | None:
    """The months of `năm`, `quý`, `6 tháng`."""
    count, _, name = per.rpartition(" ")
    months = PERIOD_MONTHS.get(name)
    return months * int(count or 1) if months and (count or "1").isdecimal() and len(count) < 3 else None
