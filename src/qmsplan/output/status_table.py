"""The status for people: a table for each plan, a line of totals, what is overdue and what is missed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from qmsplan.model.wording import period_text, short_date
from qmsplan.output.clean import clean, shortened
from qmsplan.output.screen import console_of, written_on
from qmsplan.output.status_lists import print_lists
from qmsplan.output.status_plans import overview, progress_line, years_table
from qmsplan.output.styles import STYLES, TRENDS
from qmsplan.output.words import item_text, lead_text, measured_text, share_text, state_word, trend_words
from qmsplan.progress.measure import Attainment
from qmsplan.progress.occurrence import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import Console

    from qmsplan.progress.occurrence import OccurrenceState
    from qmsplan.progress.row import StatusRow
    from qmsplan.progress.status import Status

WIDE = 110
"""Columns from which the progress bar and the measured value have room of their own."""

MOST_ROWS = 1000
"""Rows from which a line for each plan stands for them: nobody reads tables of a thousand rows."""
_MOST_LISTED = 50
"""Entries of each list below such lines."""


@dataclass(frozen=True, slots=True)
class View:
    """How the table is shown: the language, the width of the screen, colours or not."""

    language: str
    say: Callable[[str], str]
    width: int
    colours: bool
    titles: dict[str, str]
    """Titles of plans by id."""


def write_table(status: Status, view: View) -> str:
    """Tables, totals and lists as one text."""
    console = console_of(view)
    console.print(_heading(status, view))
    is_long = len(status.rows) > MOST_ROWS
    if is_long:
        console.print()
        console.print(overview(status, view))
    else:
        _print_plans(console, status, view)
    console.print(_totals(status, view))
    print_lists(console, status, view, _MOST_LISTED if is_long else None)
    return written_on(console)


def _print_plans(console: Console, status: Status, view: View) -> None:
    told = {plan.plan: plan for plan in status.plans}
    for name, rows in groupby(status.rows, key=lambda row: row.plan):
        console.print(Text.assemble("\n", (clean(name), "bold cyan"), "  ", clean(view.titles.get(name, ""))))
        if plan := told.get(name):
            console.print(progress_line(plan, status, view))
            if years := years_table(plan, view):
                console.print(years)
                console.print()
        console.print(_table(rows, view))


def _heading(status: Status, view: View) -> Text:
    day = short_date(status.as_of, view.language)
    pattern = view.say("Status of {period}, as of {day}")
    return Text(pattern.format(period=period_text(status.window, view.language), day=day), "bold")


def _table(rows: Iterable[StatusRow], view: View) -> Table:
    wide = view.width >= WIDE
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), show_edge=False, header_style="bold")
    table.add_column(view.say("Item"), overflow="fold", max_width=16 if wide else 12)
    table.add_column(view.say("Content"), ratio=4 if wide else 3, min_width=16)
    table.add_column(view.say("Lead"), ratio=2, min_width=12)
    table.add_column(view.say("Due"), no_wrap=True, width=10)
    table.add_column(view.say("State"), ratio=2, min_width=13)
    table.add_column(view.say("Progress"), no_wrap=True, width=15 if wide else 8, justify="left")
    for row in rows:
        table.add_row(*_cells(row, view))
    return table


def _cells(row: StatusRow, view: View) -> tuple[Text, ...]:
    wide = view.width >= WIDE
    occurrence = row.occurrence
    due = _due(occurrence, view) if occurrence else ""
    return (
        Text(clean(row.node.item.id), "bold"),
        Text(shortened(clean(item_text(row)), 150 if wide else 56)),
        Text(shortened(clean(lead_text(row)), 60 if wide else 36)),
        Text(due),
        _state(row, view),
        _bar(row, 10 if wide else 0),
    )


def _due(occurrence: OccurrenceState, view: View) -> str:
    """The due day; of what is continuous the period that asks for evidence."""
    is_continuous = occurrence.state in {State.EVIDENCED, State.NO_EVIDENCE}
    return occurrence.occurrence.period.code if is_continuous else short_date(occurrence.due, view.language)


def _state(row: StatusRow, view: View) -> Text:
    text = Text()
    for measurement in row.measurements:
        text.append("\n" if text else "")
        text.append(state_word(measurement.attainment, view.say), STYLES[measurement.attainment])
        if measurement.value is not None:
            text.append("\n" + measured_text(measurement, view.language, view.say))
        for direction, words in trend_words(measurement, view.say):
            text.append("\n" + words, TRENDS[direction])
    occurrence = row.occurrence
    if occurrence and not (row.measurement and occurrence.state in {State.UPCOMING, State.DUE}):
        text.append("\n" if text else "")
        text.append(state_word(occurrence.state, view.say), STYLES[occurrence.state])
        if occurrence.days:
            text.append(" " + view.say("{days} day(s)").format(days=occurrence.days), STYLES[occurrence.state])
    return text


def _bar(row: StatusRow, width: int) -> Text:
    if row.fraction is None:
        return Text("–".rjust(width + 5), "dim")
    percent = share_text(row.fraction).rjust(5)
    if not width:
        return Text(percent)
    filled = int(row.fraction * width)  # full only when all is done
    style = "red" if row.is_missed or row.is_overdue else "green"
    return Text.assemble(("█" * filled, style), ("░" * (width - filled), "dim"), percent)


def _totals(status: Status, view: View) -> Text:
    counts = status.totals
    parts = [Text(view.say("{count} in all").format(count=len(status.rows)), "bold")]
    if status.progress is not None and len(status.plans) > 1:
        parts.append(Text(view.say("progress {share}").format(share=share_text(status.progress)), "bold"))
    present = [state for state in (*State, *Attainment) if counts.get(state.value)]
    parts += [Text(f"{counts[state.value]} {state_word(state, view.say)}", STYLES[state]) for state in present]
    return Text("\n").append_text(Text(" · ").join(parts))
