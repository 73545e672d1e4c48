"""Whether a new target asks for less than the old one, more, or something else."""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diff.change import ORDER, Weight
from qmsplan.model.structured import Comparator
from qmsplan.model.target import Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmsplan.diagnostic import Fault

_END = Decimal("Infinity")


class _Range(NamedTuple):
    """The measured values that attain a target. An end is a value and whether it is left out, so that ends compare."""

    low: tuple[Decimal, bool]
    high: tuple[Decimal, bool]
    """Whether the value itself is in it."""


def weigh_targets(old: Sequence[Target | Fault], new: Sequence[Target | Fault]) -> Weight:
    """What the change of an item's targets weighs: the heaviest of its parts."""
    weights = [_weigh(before, after) for before, after in zip_longest(old, new)]
    return min(weights, key=ORDER.__getitem__, default=Weight.OTHER)


def _weigh(old: Target | Fault | None, new: Target | Fault | None) -> Weight:
    if old is None or new is None:
        return Weight.TIGHTENED if old is None else Weight.LOOSENED
    if not isinstance(old, Target) or not isinstance(new, Target):
        return Weight.UNCLEAR
    if old.value is None or new.value is None:
        return _weigh_directions(old, new)
    if _measured(old) != _measured(new) or not _same_population(old, new):
        return Weight.UNCLEAR
    return _weigh_ranges(_range(old), _range(new), _promised(old, new))


def _weigh_directions(old: Target, new: Target) -> Weight:
    """A direction without a number asks for less than any number."""
    if old.value is None and new.value is None:
        return Weight.OTHER if old.phrase == new.phrase else Weight.UNCLEAR
    return Weight.TIGHTENED if old.value is None else Weight.LOOSENED


def _measured(target: Target) -> object:
    """What two targets must have in common before their values can be compared."""
    change = target.comparator if target.is_relative else target.comparator is Comparator.RANK
    about = (target.baseline, target.baseline_text, target.is_subset)
    return (change, target.unit, target.in_points, about, target.criterion and target.criterion._replace(phrase=""))


def _same_population(old: Target, new: Target) -> bool:
    """A target that does not say what it counts counts what the item is about."""
    names = {name for name in (old.population.casefold(), new.population.casefold()) if name}
    return len(names) < 2


def _promised(old: Target, new: Target) -> Weight:
    """A promise that is now only striven for, or only holds if a case arises, is less of one."""
    before = (old.is_commitment, old.is_conditional)
    after = (new.is_commitment, new.is_conditional)
    if before == after:
        return Weight.OTHER
    return Weight.LOOSENED if after > before else Weight.TIGHTENED


def _weigh_ranges(old: _Range, new: _Range, promised: Weight) -> Weight:
    if old == new:
        return promised
    if new.low <= old.low and new.high >= old.high:
        return Weight.LOOSENED
    if new.low >= old.low and new.high <= old.high:
        return Weight.LOOSENED if promised is Weight.LOOSENED else Weight.TIGHTENED
    return Weight.UNCLEAR


def _range(target: Target) -> _Range:
    value = target.value or Decimal(0)
    if target.comparator in {Comparator.AT_MOST, Comparator.RANK}:
        return _Range((-_END, False), (value, True))
    if target.comparator is Comparator.LESS:
        return _Range((-_END, False), (value, False))
    if target.comparator is Comparator.EQUAL:
        return _Range((value, False), (value, True))
    if target.comparator is Comparator.BETWEEN:
        return _Range((value, False), (value if target.upper is None else target.upper, True))
    return _Range((value, target.is_strict or target.comparator is Comparator.MORE), (_END, True))
