"""What the page is made of: a state as colour, sign and word; objectives over the quarters, for each target a chart of
values against what is wanted, and the same as a table; the other charts, as SVG: bars of shares, the weeks to come.

A chart has no words but numbers and days; what it shows stands beside it as text too, so it is hidden from screen
readers. Colours come from the page's style sheet by class: `good`, `bad`, `warn`, `wait`, `none`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup, escape

from qmsplan.diagnostics import Translator
from qmsplan.model.period import quarter, quarter_of
from qmsplan.model.structured import Comparator
from qmsplan.model.text import decimal_text, short_date, shortened
from qmsplan.output.safe_text import clean
from qmsplan.output.words import (
    BAD,
    GOOD,
    LOOKS,
    NONE,
    WAIT,
    WARN,
    line_word,
    measured_text,
    notes_of,
    result_word,
    state_word,
    trend_words,
    unit_text,
)
from qmsplan.phrases.item_tree import Node, names_text
from qmsplan.progress.measurement import Measurement, TargetKind
from qmsplan.progress.occurrences import OccurrenceState, State
from qmsplan.progress.overview import Overview
from qmsplan.progress.plan import ActionState
from qmsplan.progress.status import StatusRow
from qmsplan.progress.verdict import WORST_FIRST, Attainment

SIGNS = {GOOD: "✓", BAD: "✗", WARN: "!", WAIT: "›", NONE: "–"}
"""The sign that stands beside each colour, for those who see no colours."""
ACTION_KINDS = {
    ActionState.LATE: BAD,
    ActionState.OPEN: WAIT,
    ActionState.INEFFECTIVE: BAD,
    ActionState.UNVERIFIED: WARN,
    ActionState.CLOSED: GOOD,
}
LONGEST = 220
"""Characters of an item's text that the page shows."""


class PlanLabel(NamedTuple):
    """What a plan is called: its title, the name of its issuer, and its file as seen from the workspace."""

    title: str
    issuer: str
    file: str


class Badge(NamedTuple):
    """A state as it is shown: its colour, its sign, its word."""

    kind: str
    sign: str
    word: str


def _badge(state: State | Attainment, word: str, more: str) -> Badge:
    kind = LOOKS[state].colour
    return Badge(kind, SIGNS[kind], " ".join(filter(None, (word, more))))


class DashboardWords(NamedTuple):
    """The reader's language, and what plans are called."""

    translate: Translator
    plans: Mapping[str, PlanLabel]

    def badge(self, state: State | Attainment, more: str = "") -> Badge:
        """The badge of a state; `more` stands behind its word: `quá hạn 12 ngày`."""
        return _badge(state, state_word(state, self.translate), more)

    def result_badge(self, found: Measurement) -> Badge:
        """The badge of a result: `thiếu số liệu` where some figures are there."""
        return _badge(found.attainment, result_word(found, self.translate), "")

    def due_badge(self, line: OccurrenceState, node: Node) -> Badge:
        """The badge of a due day of an item: `hoàn thành`, of an objective `đã đánh giá`."""
        return _badge(line.state, line_word(line, node, self.translate), self.days(line.days))

    def action_badge(self, state: ActionState, days: int) -> Badge:
        """The badge of a corrective action, with the days that it is late."""
        kind = ACTION_KINDS[state]
        word = {
            ActionState.LATE: self.translate("overdue"),
            ActionState.OPEN: self.translate("not done"),
            ActionState.INEFFECTIVE: self.translate("without effect"),
            ActionState.UNVERIFIED: self.translate("done, not checked"),
            ActionState.CLOSED: self.translate("done"),
        }[state]
        return Badge(kind, SIGNS[kind], " ".join(filter(None, (word, self.days(days)))))

    def days(self, count: int) -> str:
        """A number of days in words; "" for none."""
        return self.translate("{days} day(s)", days=count) if count else ""

    def day(self, day: date | None) -> str:
        """A day as readers write it."""
        return short_date(day, self.translate.language)

    def quarter(self, number: int) -> str:
        """The name of a quarter in a table: `Quý III`, `Q3`."""
        return f"Quý {('I', 'II', 'III', 'IV')[number - 1]}" if self.translate.language == "vi" else f"Q{number}"

    def title(self, plan: str) -> str:
        """The title of a plan; its id if it has none."""
        label = self.plans.get(plan)
        return clean(label.title) if label and label.title else clean(plan)

    def file(self, plan: str) -> str:
        """The file of a plan; "" if it is not known."""
        label = self.plans.get(plan)
        return clean(label.file) if label else ""


def item_text(node: Node) -> str:
    """An item's words on one line, a long text cut between two words; its id if it has none."""
    return shortened(clean(node.words), LONGEST, whole_words=True) or clean(node.item.id)


def item_leads(node: Node) -> str:
    """Who leads an item."""
    return shortened(clean(names_text(node.lead)), 120, whole_words=True)


def item_name(plan: str, node: Node) -> str:
    """An item as commands name it: `TGPL-KHMT-2026/MT03`."""
    return clean(f"{plan}/{node.item.id}")


def value_text(found: Measurement, language: str) -> str:
    """The bare value of a measurement in a chart or a narrow cell: `96,92%`, `450`; "" if there is none."""
    if found.attainment is Attainment.NO_BASELINE:
        return ""
    if found.change is not None:
        unit = "" if found.target and found.target.is_difference else "%"
        return decimal_text(found.change, language, found.change_bounds) + unit
    if found.value is None:
        return ""
    return decimal_text(found.value, language, found.bounds) + ("%" if unit_text(found) == "%" else "")


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
        notes = (*notes_of(found, words.translate), *(text for _, text in trend_words(found, words.translate)))
        yield ObjectiveCard(
            item_name(row.plan, row.node),
            item_text(row.node),
            item_leads(row.node),
            clean(found.target.phrase),
            words.result_badge(found),
            measured_text(found, words.translate) if found.has_figures else "",
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
    period, language = found.period, words.translate.language
    name = words.quarter((period.start.month + 2) // 3) if quarter_of(period.start) == period else period.code
    own, planned = "", ""
    if found.kind in _ADDS_UP and found.own is not None:
        own = words.translate("of its own {value}", value=decimal_text(found.own, language, found.bounds))
    if found.kind is TargetKind.PLANNED and found.planned is not None:
        share = found.share_sign if found.target and found.target.counts_shares else ""
        planned = words.translate(
            "planned {value}", value=decimal_text(found.planned, language, (found.planned,)) + share
        )
    badge = None if found.attainment is Attainment.NOT_MEASURED else words.result_badge(found)
    return PeriodCell(name, badge, value_text(found, language), own, planned)


def _points(line: Sequence[Measurement], cells: Sequence[PeriodCell], words: DashboardWords) -> list[ChartPoint]:
    """A point for each cell; of a period to come only what is wanted, where that is the same all the time."""
    known = {_cell(found, words).name: found for found in line}
    points = []
    for cell in cells:
        kind = cell.badge.kind if cell.badge else NONE
        if found := known.get(cell.name):
            value = found.value if found.change is None else found.change
            points.append(ChartPoint(cell.value, kind, value, *_wanted(found), found.own))
            continue
        wanted = (None, None) if line[-1].kind is TargetKind.PLANNED else _wanted(line[-1])
        points.append(ChartPoint(cell.value, kind, None, *wanted, None))
    return points


def _wanted(found: Measurement) -> tuple[Decimal | None, Decimal | None]:
    """What a value is held against, and the upper end of a range."""
    target = found.target
    if target is None or found.kind is TargetKind.PLANNED:
        return found.planned, None
    if target.comparator is Comparator.BETWEEN:
        return target.value, target.upper
    return target.value if found.planned is None else found.planned, None


def _svg(kind: str, width: float, height: float, inside: str, *, stretched: bool = False) -> Markup:
    ratio = ' preserveAspectRatio="none"' if stretched else ""
    box = f"0 0 {_n(width)} {_n(height)}"
    return Markup(f'<svg class="{kind}" viewBox="{box}"{ratio} aria-hidden="true">{inside}</svg>')  # noqa: S704  numbers and our own classes; texts are escaped


def _n(value: float | Decimal) -> str:
    """A coordinate with at most one decimal: `12`, `12.5`."""
    return f"{value:.1f}".removesuffix(".0")


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    return f'<text{name} x="{_n(x)}" y="{_n(y)}">{escape(words)}</text>'


def share_bar(share: float | None) -> Markup:
    """A bar that is filled as far as a share of 0 to 1; empty if it is not known."""
    width = round(100 * min(max(share or 0, 0), 1), 1)
    return _svg("bar", 100, 8, f'<path d="M0 0h{_n(width)}v8H0z"/>' if width else "", stretched=True)


def stacked_bar(parts: Iterable[tuple[int, str]], most: int | None = None) -> Markup:
    """Counts beside each other, each in its colour, as parts of their sum, or of `most` if it is given."""
    counts = [(count, kind) for count, kind in parts if count]
    whole = most or sum(count for count, _ in counts) or 1
    at, inside = 0.0, ""
    for count, kind in counts:
        width = 100 * count / whole
        inside += f'<path class="{kind}" d="M{_n(at)} 0h{_n(width)}v8h-{_n(width)}z"/>'
        at += width
    return _svg("stack", 100, 8, inside, stretched=True)


class ChartPoint(NamedTuple):
    """A period in a chart: the value held against what is wanted, both None where there is none; the part of the value
    that is the period's own, if values add up; the label and the colour of its state."""

    label: str
    kind: str
    value: Decimal | None
    wanted: Decimal | None = None
    upper: Decimal | None = None
    """The upper end of what is wanted, where that is a range."""
    own: Decimal | None = None


_STEP, _TOP, _BOTTOM, _HEIGHT = 60, 20, 64, 82


class _Scale(NamedTuple):
    """How high values stand in a chart: between its lowest and its highest one, over its floor."""

    low: Decimal
    high: Decimal
    floor: int

    def y(self, value: Decimal) -> float:
        """The distance of a value from the top."""
        return float(self.floor - (self.floor - _TOP) * (value - self.low) / (self.high - self.low))


def series_chart(points: Sequence[ChartPoint], *, adds_up: bool) -> Markup:
    """Values over periods against what is wanted (a dashed line, a band for a range). Of what adds up the periods' own
    parts are bars under the line of the sums. A value that keeps its target is a disc, one that misses it a diamond:
    shapes that do without colour."""
    if all(point.value is None for point in points):
        return Markup()
    scale = _scale(points, adds_up=adds_up)
    axis = f'<path class="axis" d="M0 {_HEIGHT - 1}h{_STEP * len(points)}"/>'
    bars = _own_bars(points, scale) if adds_up else ""
    inside = f"{axis}{_goal(points, scale)}{bars}{_values(points, scale)}"
    return _svg("series", _STEP * len(points), _HEIGHT, inside)


def _scale(points: Sequence[ChartPoint], *, adds_up: bool) -> _Scale:
    """Sums stand on their axis; below other values is room for a label."""
    numbers = [n for p in points for n in (p.value, p.wanted, p.upper, p.own) if n is not None]
    low, high = min(Decimal(0), *numbers) if adds_up else min(numbers), max(numbers)
    room = (high - low) or abs(high) or Decimal(1)
    return _Scale(low if adds_up else low - room / 4, high + room / 8, _HEIGHT - 1 if adds_up else _BOTTOM)


def _middle(index: int) -> float:
    return _STEP * (index + 0.5)


def _own_bars(points: Sequence[ChartPoint], scale: _Scale) -> str:
    own = [(_n(_middle(index) - 11), _n(scale.y(one.own))) for index, one in enumerate(points) if one.own is not None]
    return "".join(f'<path class="own" d="M{left} {top}h22V{_HEIGHT - 1}h-22z"/>' for left, top in own)


def _values(points: Sequence[ChartPoint], scale: _Scale) -> str:
    """A line through the values, and on it a mark and a label for each."""
    known = [(_middle(index), scale.y(one.value), one) for index, one in enumerate(points) if one.value is not None]
    inside = ""
    if len(known) > 1:
        inside += f'<path class="line" d="M{"L".join(f"{_n(at)} {_n(up)}" for at, up, _ in known)}"/>'
    before = math.inf
    for at, up, point in known:
        shape = "m-5 0l5-5 5 5-5 5z" if point.kind == "bad" else "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"
        inside += f'<path class="{point.kind}" d="M{_n(at)} {_n(up)}{shape}"/>'
        falls = up > before + 4  # the line comes from above: its label stands below
        inside += _text(at, up + 14 if falls else up - 8, point.label)
        before = up
    return inside


def _goal(points: Sequence[ChartPoint], scale: _Scale) -> str:
    """What is wanted in each period: one dashed line with a step where it changes; a band for a range."""
    line, bands, at = "", "", None
    for index, point in enumerate(points):
        low = None if point.wanted is None else scale.y(point.wanted)
        if low is None:
            at = None
        elif point.upper is not None:
            bands += f'<path class="band" d="M{_STEP * index} {_n(scale.y(point.upper))}h{_STEP}V{_n(low)}h-{_STEP}z"/>'
        else:
            step = "" if at == low else f"V{_n(low)}" if at is not None else f"M{_STEP * index} {_n(low)}"
            line, at = f"{line}{step}h{_STEP}", low
    return bands + (f'<path class="goal" d="{line}"/>' if line else "")


def weeks_chart(weeks: Sequence[tuple[str, int]]) -> Markup:
    """How much falls due in each week, as columns with their number; the first day under every other one."""
    most = max((number for _, number in weeks), default=0)
    if not most:
        return Markup()
    inside = f'<path class="axis" d="M0 72h{27 * len(weeks)}"/>'
    for index, (label, number) in enumerate(weeks):
        at = 27 * index
        if number:
            height = max(52 * number / most, 3)
            inside += f'<path class="wait" d="M{at + 4} 72v-{_n(height)}h19v{_n(height)}z"/>'
            inside += _text(at + 13.5, 68 - height, str(number))
        if index % 2 == 0:
            inside += _text(at + 13.5, 85, label, "tick")
    return _svg("weeks", 27 * len(weeks), 90, inside)
