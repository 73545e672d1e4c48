"""Targets: a comparator, a value, a unit and what they are compared with."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Literal, NamedTuple

from qmsplan.model.scalar import Flag, Measured
from qmsplan.model.shape import SCHEMA


class Comparator(StrEnum):
    """How a measured value is held against the target's."""

    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "="
    REDUCE = "reduce"
    INCREASE = "increase"
    RANK = "rank"


class Baseline(StrEnum):
    """What a reduction or an increase starts from."""

    PREVIOUS_YEAR = "previous_year"
    SAME_PERIOD = "same_period"
    STATUTORY = "statutory"
    UNSTATED = "unstated"


class Target(NamedTuple):
    """A target understood. `value` is in `unit` (`%`, `lần/năm`, `vụ` …); relative targets name a baseline."""

    phrase: str
    comparator: Comparator
    value: Decimal
    unit: str
    baseline: Baseline | None = None
    population: str = ""
    """What the value counts, in the phrase's words."""
    is_commitment: bool = False
    """Typed with `phấn đấu`: striven for rather than promised."""
    is_conditional: bool = False
    """Typed with `nếu có`: only if a case arises."""

    @property
    def is_relative(self) -> bool:
        """True if a reading means nothing without that of the baseline."""
        return self.comparator in {Comparator.REDUCE, Comparator.INCREASE}

    @property
    def counts_shares(self) -> bool:
        """True if readings give numerator and denominator."""
        return self.unit == "%" and not self.is_relative

    def is_met_by(self, value: Decimal) -> bool:
        """Whether a measured value attains the target; for relative targets the value is the change itself."""
        return _CHECKS[self.comparator](value, self.value)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetForm:
    """A target for which no phrase says enough."""

    __pydantic_config__: ClassVar[dict[str, Any]] = SCHEMA

    text: str = ""
    """The target in words."""
    comparator: Literal[">=", ">", "<=", "<", "=", "reduce", "increase", "rank"]
    """How a measured value is held against it."""
    value: Measured
    """The value to attain."""
    unit: str = "%"
    """The value's unit: `%`, `lần/năm`, `vụ`."""
    baseline: Literal["previous_year", "same_period", "statutory", "unstated"] | None = None
    """What a reduction or an increase starts from."""
    population: str = ""
    """What the value counts."""
    commitment: Flag = False
    """True if striven for rather than promised."""
    conditional: Flag = False
    """True if only asked for when a case arises."""


def read_target_form(form: TargetForm) -> Target:
    """The target that a structured form describes."""
    return Target(
        form.text or f"{form.comparator} {form.value} {form.unit}",
        Comparator(form.comparator),
        form.value,
        form.unit,
        Baseline(form.baseline) if form.baseline else None,
        form.population,
        is_commitment=form.commitment,
        is_conditional=form.conditional,
    )
