"""What a status lists below its tables: what is overdue, what waits, what is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from qmsplan.model.wording import short_date
from qmsplan.output.clean import clean, shortened
from qmsplan.output.screen import print_hanging
from qmsplan.output.words import item_text, lead_text, measured_text
from qmsplan.progress.measure import Attainment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from qmsplan.output.status_table import View
    from qmsplan.progress.row import StatusRow
    from qmsplan.progress.status import Status


def print_lists(console: Console, status: Status, view: View, most: int | None) -> None:
    """The three lists, those of them that hold something; of each at most so many entries."""
    lists = (
        (status.overdue, view.say("Overdue, oldest first"), "bold red", _overdue),
        (status.waiting, view.say("Waiting for an event, longest first"), "bold cyan", _waiting),
        (status.missed, view.say("Objectives missed"), "bold red", _missed),
    )
    for rows, heading, style, fact in lists:
        if rows:
            console.print(Text("\n" + heading, style))
            for row in rows[:most]:
                _print_entry(console, row, fact(row, view), has_details=fact is not _waiting)
            _print_rest(console, rows[:most], rows, view)


def _print_rest(console: Console, shown: Sequence[StatusRow], rows: Sequence[StatusRow], view: View) -> None:
    if len(rows) > len(shown):
        left = view.say("… and {count} more: narrow it down with --plan, --unit or --state")
        console.print(Text("  " + left.format(count=len(rows) - len(shown)), "dim"))


def _overdue(row: StatusRow, view: View) -> str:
    if row.occurrence is None:
        return ""
    days = view.say("{days} day(s), {working} of them working days").format(
        days=row.occurrence.days, working=row.occurrence.working_days
    )
    due = view.say("due {day}").format(day=short_date(row.occurrence.due, view.language))
    return f"{days}, {due}"


def _waiting(row: StatusRow, view: View) -> str:
    since = short_date(row.occurrence.since, view.language) if row.occurrence else ""
    return view.say("since {day}: {event}").format(day=since, event=clean(row.waits_for))


def _missed(row: StatusRow, view: View) -> str:
    action = view.say("corrective action recorded") if row.has_action else view.say("no corrective action")
    missed = (found for found in row.measurements if found.attainment is Attainment.MISSED)
    measured = "; ".join(measured_text(found, view.language, view.say) for found in missed)
    return f"{measured}, {action}"


def _print_entry(console: Console, row: StatusRow, fact: str, *, has_details: bool) -> None:
    name = clean(f"{row.plan}/{row.node.item.id}")
    print_hanging(console, Text.assemble((name, "bold"), f": {fact}"), 2, 4)
    for text in (lead_text(row), item_text(row)) if has_details else ():
        console.print(Text("    " + shortened(clean(text), console.width - 4), "dim"), no_wrap=True)
