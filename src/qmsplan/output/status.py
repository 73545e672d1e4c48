"""What a status lists below its tables: what is overdue, what waits, what is missed.

What a status says of a whole plan: how far it is, and of a plan for several years this year beside all of them.

The status for people: a table for each plan, a line of totals, what is overdue and what is missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from qmsplan.model.text import period_text, short_date
from qmsplan.output.safe_text import clean, shortened
from qmsplan.output.terminal import STYLES, TRENDS, console_of, print_hanging, written_on
from qmsplan.output.words import item_text, lead_text, measured_text, share_text, state_word, trend_words
from qmsplan.progress.measurement import Attainment
from qmsplan.progress.occurrences import OccurrenceState, State
from qmsplan.progress.status import PlanStatus, Status, StatusRow


def print_lists(console: Console, status: Status, view: StatusView, most: int | None) -> None:
    """The three lists, those of them that hold something; of each at most so many entries."""
    lists = (
        (status.overdue, view.translate("Overdue, oldest first"), "bold red", _overdue),
        (status.waiting, view.translate("Waiting for an event, longest first"), "bold cyan", _waiting),
        (status.missed, view.translate("Objectives missed"), "bold red", _missed),
    )
    for rows, heading, style, fact in lists:
        if rows:
            console.print(Text("\n" + heading, style))
            for row in rows[:most]:
                _print_entry(console, row, fact(row, view), has_details=fact is not _waiting)
            _print_rest(console, rows[:most], rows, view)


def _print_rest(console: Console, shown: Sequence[StatusRow], rows: Sequence[StatusRow], view: StatusView) -> None:
    if len(rows) > len(shown):
        left = view.translate("… and {count} more: narrow it down with --plan, --unit or --state")
        console.print(Text("  " + left.format(count=len(rows) - len(shown)), "dim"))


def _overdue(row: StatusRow, view: StatusView) -> str:
    if row.occurrence is None:
        return ""
    days = view.translate("{days} day(s), {working} of them working days").format(
        days=row.occurrence.days, working=row.occurrence.working_days
    )
    due = view.translate("due {day}").format(day=short_date(row.occurrence.due, view.language))
    return f"{days}, {due}"


def _waiting(row: StatusRow, view: StatusView) -> str:
    since = short_date(row.occurrence.since, view.language) if row.occurrence else ""
    return view.translate("since {day}: {event}").format(day=since, event=clean(row.waits_for))


def _missed(row: StatusRow, view: StatusView) -> str:
    action = view.translate("corrective action recorded") if row.has_action else view.translate("no corrective action")
    missed = (found for found in row.measurements if found.attainment is Attainment.MISSED)
    measured = "; ".join(measured_text(found, view.language, view.translate) for found in missed)
    return f"{measured}, {action}"


def _print_entry(console: Console, row: StatusRow, fact: str, *, has_details: bool) -> None:
    name = clean(f"{row.plan}/{row.node.item.id}")
    print_hanging(console, Text.assemble((name, "bold"), f": {fact}"), 2, 4)
    for text in (lead_text(row), item_text(row)) if has_details else ():
        console.print(Text("    " + shortened(clean(text), console.width - 4), "dim"), no_wrap=True)


def progress_line(plan: PlanStatus, status: Status, view: StatusView) -> Text:
    """`Progress: 2026-Q3 45% · the whole plan 30%`; one of them where the window is the plan's period."""
    parts = [f"{period_text(status.window, view.language)} {share_text(plan.progress)}"]
    if plan.whole.period != status.window and plan.year is None:
        parts.append(view.translate("the whole plan {share}").format(share=share_text(plan.whole.progress)))
    return Text(view.translate("Progress: {shares}").format(shares=" · ".join(parts)))


def years_table(plan: PlanStatus, view: StatusView) -> Table | None:
    """The window's year beside the whole, for a plan of several years."""
    if plan.year is None:
        return None
    spans = (plan.year, plan.whole)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
    table.add_column("")
    for span in spans:
        table.add_column(period_text(span.period, view.language), justify="right")
    table.add_row(view.translate("Progress"), *(share_text(span.progress) for span in spans))
    table.add_row(view.translate("Times due or measured"), *(str(span.entries) for span in spans))
    for state in (*State, *Attainment):
        if any(span.totals.get(state.value) for span in spans):
            counts = (str(span.totals.get(state.value, 0)) for span in spans)
            table.add_row(Text(state_word(state, view.translate), STYLES[state]), *counts)
    return table


def overview(status: Status, view: StatusView) -> Table:
    """A line for each plan, where the rows of all are too many to be read."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), show_edge=False, header_style="bold")
    table.add_column(view.translate("Plan"), overflow="fold", max_width=24)
    table.add_column(view.translate("Title"), ratio=1, no_wrap=True, overflow="ellipsis")
    for name in (view.translate("Progress"), *(_heading(state, view.translate) for state in _TOLD)):
        table.add_column(name, justify="right")
    shares = {plan.plan: plan.progress for plan in status.plans}
    for plan, rows in groupby(status.rows, key=lambda row: row.plan):
        counts = Counter(state for row in rows for state in row.states)
        cells = (Text(str(counts[state]), STYLES[state] if counts[state] else "dim") for state in _TOLD)
        title = clean(view.titles.get(plan, ""))
        table.add_row(Text(clean(plan), "bold"), Text(title), share_text(shares.get(plan)), *cells)
    return table


_TOLD = (State.OVERDUE, State.WAITING, Attainment.MISSED)


def _heading(state: State | Attainment, translate: Callable[[str], str]) -> str:
    return state_word(state, translate)


WIDE = 110
"""Columns from which the progress bar and the measured value have room of their own."""

MOST_ROWS = 1000
"""Rows from which a line for each plan stands for them: nobody reads tables of a thousand rows."""
_MOST_LISTED = 50
"""Entries of each list below such lines."""


@dataclass(frozen=True, slots=True)
class StatusView:
    """How the table is shown: the language, the width of the screen, colours or not."""

    language: str
    translate: Callable[[str], str]
    width: int
    colours: bool
    titles: dict[str, str]
    """Titles of plans by id."""


def write_table(status: Status, view: StatusView) -> str:
    """Tables, totals and lists as one text."""
    console = console_of(view)
    console.print(_table_heading(status, view))
    is_long = len(status.rows) > MOST_ROWS
    if is_long:
        console.print()
        console.print(overview(status, view))
    else:
        _print_plans(console, status, view)
    console.print(_totals(status, view))
    print_lists(console, status, view, _MOST_LISTED if is_long else None)
    return written_on(console)


def _print_plans(console: Console, status: Status, view: StatusView) -> None:
    told = {plan.plan: plan for plan in status.plans}
    for name, rows in groupby(status.rows, key=lambda row: row.plan):
        console.print(Text.assemble("\n", (clean(name), "bold cyan"), "  ", clean(view.titles.get(name, ""))))
        if plan := told.get(name):
            console.print(progress_line(plan, status, view))
            if years := years_table(plan, view):
                console.print(years)
                console.print()
        console.print(_table(rows, view))


def _table_heading(status: Status, view: StatusView) -> Text:
    day = short_date(status.as_of, view.language)
    pattern = view.translate("Status of {period}, as of {day}")
    return Text(pattern.format(period=period_text(status.window, view.language), day=day), "bold")


def _table(rows: Iterable[StatusRow], view: StatusView) -> Table:
    wide = view.width >= WIDE
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), show_edge=False, header_style="bold")
    table.add_column(view.translate("Item"), overflow="fold", max_width=16 if wide else 12)
    table.add_column(view.translate("Content"), ratio=4 if wide else 3, min_width=16)
    table.add_column(view.translate("Lead"), ratio=2, min_width=12)
    table.add_column(view.translate("Due"), no_wrap=True, width=10)
    table.add_column(view.translate("State"), ratio=2, min_width=13)
    table.add_column(view.translate("Progress"), no_wrap=True, width=15 if wide else 8, justify="left")
    for row in rows:
        table.add_row(*_cells(row, view))
    return table


def _cells(row: StatusRow, view: StatusView) -> tuple[Text, ...]:
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


def _due(occurrence: OccurrenceState, view: StatusView) -> str:
    """The due day; of what is continuous the period that asks for evidence."""
    is_continuous = occurrence.state in {State.EVIDENCED, State.NO_EVIDENCE}
    return occurrence.occurrence.period.code if is_continuous else short_date(occurrence.due, view.language)


def _state(row: StatusRow, view: StatusView) -> Text:
    text = Text()
    for measurement in row.measurements:
        text.append("\n" if text else "")
        text.append(state_word(measurement.attainment, view.translate), STYLES[measurement.attainment])
        if measurement.value is not None:
            text.append("\n" + measured_text(measurement, view.language, view.translate))
        for direction, words in trend_words(measurement, view.translate):
            text.append("\n" + words, TRENDS[direction])
    occurrence = row.occurrence
    if occurrence and not (row.measurement and occurrence.state in {State.UPCOMING, State.DUE}):
        text.append("\n" if text else "")
        text.append(state_word(occurrence.state, view.translate), STYLES[occurrence.state])
        if occurrence.days:
            text.append(" " + view.translate("{days} day(s)").format(days=occurrence.days), STYLES[occurrence.state])
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


def _totals(status: Status, view: StatusView) -> Text:
    counts = status.totals
    parts = [Text(view.translate("{count} in all").format(count=len(status.rows)), "bold")]
    if status.progress is not None and len(status.plans) > 1:
        parts.append(Text(view.translate("progress {share}").format(share=share_text(status.progress)), "bold"))
    present = [state for state in (*State, *Attainment) if counts.get(state.value)]
    parts += [Text(f"{counts[state.value]} {state_word(state, view.translate)}", STYLES[state]) for state in present]
    return Text("\n").append_text(Text(" · ").join(parts))
