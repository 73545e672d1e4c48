"""Objectives over the quarters: for each target a chart of values against what is wanted, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from qmsplan.dashboard.charts import ChartPoint, series_chart
from qmsplan.dashboard.words import Badge, DashboardWords, item_leads, item_name, item_text, value_text
from qmsplan.model.period import quarter, quarter_of
from qmsplan.model.structured import Comparator
from qmsplan.model.text import decimal_text
from qmsplan.output.safe_text import clean
from qmsplan.output.words import NONE, measured_text, notes_of, trend_words
from qmsplan.progress.measurement import WORST_FIRST, Attainment, Measurement, TargetKind
from qmsplan.progress.overview import Overview
from qmsplan.progress.status import StatusRow

MOST_CHARTS = 60
"""Targets that get a chart: those that are missed or silent first. The others stand among the items."""
_ADDS_UP = frozenset({TargetKind.AMOUNT, TargetKind.AT_MOST_AMOUNT, TargetKind.PLANNED})


class PeriodCell(NamedTuple):
    """A period in the table under a chart: its name, its state, its value, what the period itself added to a sum, and
    what was planned by then."""

    name: str
    badge: Badge | None = None
    value: str = ""
    own: str = ""
    planned: str = ""


class ObjectiveCard(NamedTuple):
    """A target of an objective."""

    name: str
    text: str
    lead: str
    target: str
    badge: Badge
    result: str
    notes: tuple[str, ...]
    chart: Markup
    cells: tuple[PeriodCell, ...]


def objective_cards(overview: Overview, words: DashboardWords) -> tuple[list[ObjectiveCard], int]:
    """The cards of the worst targets first, and how many targets have none."""
    rows = [row for row in overview.status.rows if any(found.target for found in row.measurements)]
    rows.sort(key=lambda row: WORST_FIRST.index(row.result.attainment) if row.result else 0)
    cards: list[ObjectiveCard] = []
    left = 0
    for row in rows:
        if len(cards) < MOST_CHARTS:
            cards += _cards(row, overview, words)
        else:
            left += sum(found.target is not None for found in row.measurements)
    return cards, left


def _cards(row: StatusRow, overview: Overview, words: DashboardWords) -> Iterator[ObjectiveCard]:
    lines = {line[0].number: line for line in overview.series(row)}
    for found in row.measurements:
        if found.target is None:
            continue
        line = lines.get(found.number, (found,))
        cells = _cells(line, words)
        notes = (
            *notes_of(found, words.language, words.translate),
            *(text for _, text in trend_words(found, words.translate)),
        )
        yield ObjectiveCard(
            item_name(row.plan, row.node),
            item_text(row.node),
            item_leads(row.node),
            clean(found.target.phrase),
            words.badge(found.attainment),
            measured_text(found, words.language, words.translate) if found.has_figures else "",
            notes,
            series_chart(_points(line, cells, words), adds_up=found.kind in _ADDS_UP),
            cells,
        )


def _cells(line: Sequence[Measurement], words: DashboardWords) -> tuple[PeriodCell, ...]:
    """The periods that were measured; of quarters all four of the year, so that those to come have their place."""
    first = line[0].period
    known = {found.period: _cell(found, words) for found in line}
    if quarter_of(first.start) != first:
        return tuple(known.values())
    year = first.start.year
    return tuple(known.get(quarter(year, n), PeriodCell(words.quarter(n))) for n in (1, 2, 3, 4))


def _cell(found: Measurement, words: DashboardWords) -> PeriodCell:
    period, language = found.period, words.language
    name = words.quarter((period.start.month + 2) // 3) if quarter_of(period.start) == period else period.code
    own, planned = "", ""
    if found.kind in _ADDS_UP and found.own is not None:
        own = words.translate("of its own {value}").format(value=decimal_text(found.own, language))
    if found.kind is TargetKind.PLANNED and found.planned is not None:
        planned = words.translate("planned {value}").format(value=decimal_text(found.planned, language))
    badge = None if found.attainment is Attainment.NOT_MEASURED else words.badge(found.attainment)
    return PeriodCell(name, badge, value_text(found, language), own, planned)


def _points(line: Sequence[Measurement], cells: Sequence[PeriodCell], words: DashboardWords) -> list[ChartPoint]:
    """A point for each cell; of a period to come only what is wanted, where that is the same all the time."""
    known = {_cell(found, words).name: found for found in line}
    points = []
    for cell in cells:
        found = known.get(cell.name)
        wanted, upper = (
            (None, None) if found is None and line[-1].kind is TargetKind.PLANNED else _wanted(found or line[-1])
        )
        value = None if found is None else found.value if found.change is None else found.change
        own = found.own if found else None
        points.append(ChartPoint(cell.value, cell.badge.kind if cell.badge else NONE, value, wanted, upper, own))
    return points


def _wanted(found: Measurement) -> tuple[Decimal | None, Decimal | None]:
    """What a value is held against, and the upper end of a range."""
    target = found.target
    if target is None or found.kind is TargetKind.PLANNED:
        return found.planned, None
    if target.comparator is Comparator.BETWEEN:
        return target.value, target.upper
    return target.value if found.planned is None else found.planned, None
