"""What a status shows: rows, totals, how far each plan is, and what is overdue, waiting or missed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.model.period import year
from qmsplan.progress.occurrence import State
from qmsplan.progress.row import StatusRow, item_rows
from qmsplan.progress.weigh import progress_of, weighed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qmsplan.model.outline import Node
    from qmsplan.model.period import Period
    from qmsplan.progress.plan import PlanProgress


class Span(NamedTuple):
    """A plan over a stretch of time: how many times something is due or measured in it, in which state, how far."""

    period: Period
    entries: int
    totals: dict[str, int]
    progress: float | None
    """From 0 to 1, weighed; None if nothing is known."""


class PlanStatus(NamedTuple):
    """A plan in the window, and beyond it."""

    plan: str
    progress: float | None
    """Over the window, from the rows that count; None if none does."""
    whole: Span
    """Over the plan's whole period."""
    year: Span | None
    """Over the window's year, of a plan for several years."""


@dataclass(frozen=True, slots=True)
class Status:
    """The state of some plans in a window as of a day. Rows stand in the order of the documents."""

    window: Period
    as_of: date
    rows: tuple[StatusRow, ...]
    plans: tuple[PlanStatus, ...] = ()
    """The plans of the rows; none if only rows in some states were asked for, which say nothing of a plan."""

    @property
    def totals(self) -> dict[str, int]:
        """How many rows are in each state, states with none left out; attainment counts beside them."""
        return _totals(self.rows)

    @property
    def progress(self) -> float | None:
        """All plans together: each weighs the same."""
        return weighed((1, plan.progress) for plan in self.plans if plan.progress is not None)

    @property
    def overdue(self) -> tuple[StatusRow, ...]:
        """Overdue rows, oldest first."""
        return tuple(sorted((row for row in self.rows if row.is_overdue), key=_oldest_first))

    @property
    def waiting(self) -> tuple[StatusRow, ...]:
        """Rows that wait for an event, those that wait longest first."""
        rows = (row for row in self.rows if row.occurrence and row.occurrence.state is State.WAITING)
        return tuple(sorted(rows, key=_longest_first))

    @property
    def missed(self) -> tuple[StatusRow, ...]:
        """Rows whose readings miss the target."""
        return tuple(row for row in self.rows if row.is_missed)


def status(
    plans: Iterable[PlanProgress],
    window: Period,
    as_of: date,
    keep: Callable[[Node], bool],
    states: frozenset[str] = frozenset(),
) -> Status:
    """The status of plans that touch the window, and what earlier ones left overdue: of the items `keep` admits, and
    only rows in one of the states or attainments that are named, if any is."""
    rows: list[StatusRow] = []
    told: list[PlanStatus] = []
    for progress in plans:
        found = rows_of(progress, window, keep)
        rows += (row for row in found if not states or not states.isdisjoint(row.states))
        if found and not states:
            told.append(_plan_status(progress, window, found, keep))
    return Status(window, as_of, tuple(rows), tuple(told))


def rows_of(progress: PlanProgress, window: Period, keep: Callable[[Node], bool]) -> list[StatusRow]:
    """What a plan has to tell of the window, with trends; nothing if it is a blank form or starts later."""
    if progress.plan.form or progress.plan.period is None or progress.plan.period.start > window.end:
        return []
    return _rows(progress, window, keep, trends=True)


def _rows(
    progress: PlanProgress,
    window: Period,
    keep: Callable[[Node], bool],
    *,
    to_the_end: bool = False,
    trends: bool = False,
) -> list[StatusRow]:
    items = (item for item in progress.items if keep(item.node))
    return [row for item in items for row in item_rows(progress, item, window, to_the_end=to_the_end, trends=trends)]


def _plan_status(
    progress: PlanProgress, window: Period, rows: Sequence[StatusRow], keep: Callable[[Node], bool]
) -> PlanStatus:
    whole = progress.plan.period or window
    has_years = whole.start.year < whole.end.year and window.start.year == window.end.year
    this_year = year(window.end.year) if has_years and whole.overlaps(window) else None
    return PlanStatus(
        progress.plan.id,
        progress_of(_known(rows)),
        _span(whole, (row for row in _rows(progress, whole, keep, to_the_end=True) if row.is_counted)),
        this_year and _span(this_year, (row for row in _rows(progress, this_year, keep) if row.is_counted)),
    )


def _span(period: Period, rows: Iterable[StatusRow]) -> Span:
    due = tuple(rows)
    return Span(period, len(due), _totals(due), progress_of(_known(due)))


def _known(rows: Iterable[StatusRow]) -> list[tuple[Node, float]]:
    return [(row.node, row.fraction) for row in rows if row.is_counted and row.fraction is not None]


def _totals(rows: Iterable[StatusRow]) -> dict[str, int]:
    """How many rows are in each state and attainment, those with none left out."""
    rows = tuple(rows)
    counts = Counter(row.occurrence.state.value for row in rows if row.occurrence)
    counts.update(row.measurement.attainment.value for row in rows if row.measurement)
    return dict(counts)


def _oldest_first(row: StatusRow) -> tuple[int, str, str]:
    return (-row.occurrence.days if row.occurrence else 0, row.plan, row.node.item.id)


def _longest_first(row: StatusRow) -> tuple[date, str]:
    since = row.occurrence.since if row.occurrence else None
    return (since or date.max, row.plan)
