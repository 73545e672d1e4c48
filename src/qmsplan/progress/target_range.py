"""Whether a target promises less than another: whether it accepts a value that the other does not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from qmsplan.model.structured import Comparator
from qmsplan.phrases.target import Target
from qmsplan.progress.readings import adds_up

_OPEN = frozenset({Comparator.MORE, Comparator.LESS})
_UP = frozenset({Comparator.AT_LEAST, Comparator.MORE, Comparator.REDUCE, Comparator.INCREASE})
_DOWN = frozenset({Comparator.AT_MOST, Comparator.LESS, Comparator.RANK})


class TargetRange(NamedTuple):
    """The values that a target accepts; an open end is not accepted itself."""

    low: Decimal
    high: Decimal
    low_is_open: bool = False
    high_is_open: bool = False

    def holds(self, other: TargetRange) -> bool:
        """True if it accepts all that the other accepts."""
        reaches_down = self.low < other.low or (self.low == other.low and (other.low_is_open or not self.low_is_open))
        reaches_up = self.high > other.high or (
            self.high == other.high and (other.high_is_open or not self.high_is_open)
        )
        return reaches_down and reaches_up


def is_below(target: Target, above: Target) -> bool:
    """True if a target promises less than the one above it; false where the two measure different things."""
    found, wanted = accepted(target), accepted(above)
    return is_alike(target, above) and found is not None and wanted is not None and not wanted.holds(found)


def is_alike(target: Target, other: Target) -> bool:
    """True if two targets measure in the same unit, over the same time, and a change from the same baseline."""
    if (target.quantity, target.per, target.is_relative) != (other.quantity, other.per, other.is_relative):
        return False
    change = (target.comparator, target.in_points, target.baseline, target.baseline_year)
    return not target.is_relative or change == (other.comparator, other.in_points, other.baseline, other.baseline_year)


def accepted(target: Target) -> TargetRange | None:
    """The values that attain a target; of shares none below 0 or above 100. None if it names no number."""
    if target.value is None:
        return None
    least, most = (Decimal(0), Decimal(100)) if target.counts_shares else (Decimal("-Infinity"), Decimal("Infinity"))
    is_open = target.is_strict or target.comparator in _OPEN
    if target.comparator in _UP:
        return TargetRange(target.value, most, low_is_open=is_open)
    if target.comparator in _DOWN:
        return TargetRange(least, target.value, high_is_open=is_open)
    return TargetRange(target.value, target.value if target.upper is None else target.upper)


def together(targets: Sequence[Target], above: Target) -> Target | None:
    """What targets of counts promise as one: their numbers add up. None if they do not, or are not of one kind."""
    if not targets or not adds_up(above) or above.is_relative:
        return None
    if any(other.comparator is not above.comparator or not is_alike(other, above) for other in targets):
        return None
    values = [target.value for target in targets if target.value is not None]
    uppers = [target.upper for target in targets if target.upper is not None]
    if len(values) < len(targets) or len(uppers) not in {0, len(targets)}:
        return None
    return above._replace(value=sum(values, Decimal(0)), upper=sum(uppers, Decimal(0)) if uppers else None)
