"""What comes again: steps of the calendar (`hàng tháng, quý và năm`), and so many times in a stretch."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Fault, say
from qmsplan.model import period as calendar
from qmsplan.model.deadline import Deadline, every
from qmsplan.model.period import Period, steps
from qmsplan.model.phrases import expression

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_HEADS = ("theo", "định kỳ", "hàng", "báo cáo", "sơ kết", "tổng kết", "cả")
_STEP = (
    rf"(?P<heads>(?:(?:{'|'.join(_HEADS)}) )*)(?P<step>tháng|quý|nửa năm|(?:0?1 )?năm|(?P<months>[0-9]{{1,2}}) tháng)"
    r"(?: (?:năm )?(?P<year>[0-9]{4}))?(?!\w)"
)
_JOIN = r" ?[,;] (?:và )?| và "
_MONTHS = {"tháng": 1, "quý": 3, "nửa năm": 6, "năm": 12}
_WHOLE = frozenset({1, 2, 3, 4, 6, 12})
"""Lengths in months that divide a year."""
MOST_IN_A_MONTH = 4
NINE = 9
"""The length of the report on three quarters, which is of one year and not one of several alike."""


class Steps(NamedTuple):
    """Lengths in months, longest last; the year if one is named."""

    lengths: tuple[int, ...]
    year: int | None
    is_first_half: bool
    """True if 6 months are the first ones, because the year's end closes the others."""


def read_steps(text: str) -> Steps | None:
    """`Hàng tháng, quý, 6 tháng, 9 tháng và năm 2026`; None if a text is anything else."""
    folded, at = text.lower(), 0
    found: list[re.Match[str]] = []
    while match := expression(_STEP).match(folded, at):
        found.append(match)
        if match.end() == len(folded):
            return _steps(found)
        join = expression(_JOIN).match(folded, match.end())
        if not join:
            return None
        at = join.end()
    return None


def _steps(found: list[re.Match[str]]) -> Steps | None:
    lengths = {int(match["months"] or _MONTHS[match["step"].removeprefix("0").removeprefix("1 ")]) for match in found}
    heads = " ".join(match["heads"] for match in found)
    is_clear = heads or len(found) > 1 or found[0]["months"]
    if not is_clear or not lengths <= {*_WHOLE, NINE}:
        return None
    year = next((int(match["year"]) for match in found if match["year"]), None)
    return Steps(tuple(sorted(lengths)), year, 12 in lengths or "sơ kết" in heads)


def every_step(wanted: Steps, plan: Period) -> Deadline:
    """Due at the end of each step, in the year that is named or over the whole plan."""
    period = plan if wanted.year is None else calendar.year(wanted.year)
    return every(part for length in wanted.lengths for part in _parts(length, wanted, period))


def _parts(length: int, wanted: Steps, period: Period) -> Iterator[Period]:
    if length == NINE:
        nines = (calendar.months(year.start.year, 1, NINE) for year in period.years())
        yield from (nine for nine in nines if nine.overlaps(period))
    else:
        first_only = length == 6 and wanted.is_first_half
        yield from (step for step in steps(period, length) if not first_only or step.start.month == 1)


def spread(times: int, period: Period) -> tuple[Period, ...]:
    """So many parts of a period, as even as whole months allow, or days in a month. Fault if that is too often."""
    months = steps(period, 1)
    if len(months) == 1 < times <= MOST_IN_A_MONTH:
        days = [months[0].end.day * number // times for number in range(times + 1)]
        start = months[0].start
        return tuple(Period(start.replace(day=first + 1), start.replace(day=last)) for first, last in pairwise(days))
    if not 0 < times <= len(months):
        raise Fault(
            say("{count} times do not fit into {months} months", count=times, months=len(months)),
            say("name the days, such as 'ngày 15 hàng tháng', or write 'thường xuyên'"),
        )
    ends = [-(-len(months) * number // times) for number in range(times + 1)]
    return tuple(Period(months[start].start, months[end - 1].end) for start, end in pairwise(ends))


def each(length: int, plan: Period) -> tuple[Period, ...]:
    """Every so many months from the plan's beginning on; at least once if they divide no year."""
    if length in _WHOLE:
        return steps(plan, length)
    found: list[Period] = []
    start = plan.start
    while not found or start <= plan.end:
        month = start.year * 12 + start.month - 1 + length - 1
        part = Period(start, calendar.months(month // 12, month % 12 + 1, month % 12 + 1).end)
        if found and part.end > plan.end:
            break
        found.append(part)
        start = calendar.months((month + 1) // 12, (month + 1) % 12 + 1, (month + 1) % 12 + 1).start
    return tuple(found)
