"""What a status says of a whole plan: how far it is, and of a plan for several years this year beside all of them."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from qmsplan.model.wording import period_text
from qmsplan.output.clean import clean
from qmsplan.output.styles import STYLES
from qmsplan.output.words import share_text, state_word
from qmsplan.progress.measure import Attainment
from qmsplan.progress.occurrence import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.output.status_table import View
    from qmsplan.progress.status import PlanStatus, Status


def progress_line(plan: PlanStatus, status: Status, view: View) -> Text:
    """`Progress: 2026-Q3 45% · the whole plan 30%`; one of them where the window is the plan's period."""
    parts = [f"{period_text(status.window, view.language)} {share_text(plan.progress)}"]
    if plan.whole.period != status.window and plan.year is None:
        parts.append(view.say("the whole plan {share}").format(share=share_text(plan.whole.progress)))
    return Text(view.say("Progress: {shares}").format(shares=" · ".join(parts)))


def years_table(plan: PlanStatus, view: View) -> Table | None:
    """The window's year beside the whole, for a plan of several years."""
    if plan.year is None:
        return None
    spans = (plan.year, plan.whole)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
    table.add_column("")
    for span in spans:
        table.add_column(period_text(span.period, view.language), justify="right")
    table.add_row(view.say("Progress"), *(share_text(span.progress) for span in spans))
    table.add_row(view.say("Times due or measured"), *(str(span.entries) for span in spans))
    for state in (*State, *Attainment):
        if any(span.totals.get(state.value) for span in spans):
            counts = (str(span.totals.get(state.value, 0)) for span in spans)
            table.add_row(Text(state_word(state, view.say), STYLES[state]), *counts)
    return table


def overview(status: Status, view: View) -> Table:
    """A line for each plan, where the rows of all are too many to be read."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), show_edge=False, header_style="bold")
    table.add_column(view.say("Plan"), overflow="fold", max_width=24)
    table.add_column(view.say("Title"), ratio=1, no_wrap=True, overflow="ellipsis")
    for name in (view.say("Progress"), *(_heading(state, view.say) for state in _TOLD)):
        table.add_column(name, justify="right")
    shares = {plan.plan: plan.progress for plan in status.plans}
    for plan, rows in groupby(status.rows, key=lambda row: row.plan):
        counts = Counter(state for row in rows for state in row.states)
        cells = (Text(str(counts[state]), STYLES[state] if counts[state] else "dim") for state in _TOLD)
        title = clean(view.titles.get(plan, ""))
        table.add_row(Text(clean(plan), "bold"), Text(title), share_text(shares.get(plan)), *cells)
    return table


_TOLD = (State.OVERDUE, State.WAITING, Attainment.MISSED)


def _heading(state: State | Attainment, say: Callable[[str], str]) -> str:
    return state_word(state, say)
