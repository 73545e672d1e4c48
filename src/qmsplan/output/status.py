"""The status for people on a terminal: one screen that answers first (how far, what is overdue and missed, who is
silent, what each unit owes, a line a plan), then the rows where they were asked for."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from qmsplan.diagnostics import Message, Translator
from qmsplan.model.structured import Comparator
from qmsplan.model.text import PeriodWords, decimal_text, short_date, short_period, short_periods, shortened
from qmsplan.output.safe_text import Screen, clean
from qmsplan.output.words import (
    LOOKS,
    MOST_DAYS,
    counted_from,
    line_word,
    measured_text,
    notes_of,
    result_word,
    share_text,
    state_word,
    trend_words,
    unit_text,
)
from qmsplan.phrases.item_tree import names_text
from qmsplan.progress.measurement import Direction, Measurement
from qmsplan.progress.occurrences import OccurrenceState, State
from qmsplan.progress.plan import ActionState, OpenAction
from qmsplan.progress.status import PlanStatus, Status, StatusOf, StatusRow, Totals
from qmsplan.progress.units import RowFacts, UnitStatus
from qmsplan.progress.verdict import BAD, Attainment

WIDE = 110
"""Columns from which on the tables have room for whole sentences."""
SMALL = 20
"""Rows up to which a plan that is asked for alone shows them by itself."""
MOST_ROWS = 1000
"""Rows up to which rows are printed; a table of more is no reading."""
_LISTED, _MISSED, _UNITS, _PLANS = 3, 2, 3, 8
"""Lines of each part of the one screen."""


@dataclass(frozen=True, slots=True)
class StatusView(Screen):
    """How the status is shown, and which rows."""

    titles: dict[str, str]
    """The titles of plans by id."""
    items: bool = False
    """Whether the rows are printed below the summary."""
    everything: bool = False
    """Whether the items that do not concern the window are printed too."""
    by: str = "plan"
    """What the rows are sorted by: plan, unit or state."""
    is_bare: bool = False
    """True where only rows in some states are asked for, which say nothing of whole plans."""
    left_out: str = ""
    """What says which files could not be read, if any: nothing of them is shown."""


def console_of(view: StatusView) -> Console:
    """A console of rich that writes into a text and never asks the terminal for its size."""
    return Console(
        file=io.StringIO(),
        width=view.width,
        height=25,  # with both given, rich does not ask the terminal for its size at each line
        force_terminal=view.colours,
        color_system="standard" if view.colours else None,
        no_color=not view.colours,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def written_on(console: Console) -> str:
    """The text that was written to such a console."""
    return console.file.getvalue() if isinstance(console.file, io.StringIO) else ""


def write_table(status: Status, view: StatusView) -> str:
    """The summary, and the rows that were asked for, as one text."""
    console = console_of(view)
    _print_summary(console, status, view)
    rows = status.every if view.everything else status.rows
    if view.items or view.everything or view.is_bare:
        _print_rows(console, rows[:MOST_ROWS], view)
        if len(rows) > MOST_ROWS:
            left = len(rows) - MOST_ROWS
            told = view.translate("… and {count} more: narrow it down with --plan, --unit or --state", count=left)
            console.print(Text(told, "dim"))
    return written_on(console)


def heading_text(status: StatusOf[RowFacts], translate: Translator) -> str:
    """What the status is about: `Status of quarter III of 2026, as of 21/11/2026`."""
    text = translate("Status of {period}, as of {day}", period=PeriodWords(status.window), day=status.as_of)
    return text if status.has_begun else text + ". " + translate("This period has not begun.")


def total_parts(totals: Totals, translate: Translator) -> Iterator[tuple[str, list[tuple[State | Attainment, str]]]]:
    """The totals in words: a heading with the number of all, and a part for each state."""
    objectives = [(one, totals.objectives[one.value]) for one in Attainment if totals.objectives.get(one.value)]
    work = [(one, totals.work[one.value]) for one in State if totals.work.get(one.value)]
    for pattern, found in ((Message("Objectives {count}"), objectives), (Message("Work {count}"), work)):
        if found:
            head = translate(pattern, count=sum(count for _, count in found))
            yield head, [(one, f"{count} {state_word(one, translate)}") for one, count in found]


def rest_text(status: StatusOf[RowFacts], translate: Translator) -> str:
    """How many items do not concern the window; "" if all do."""
    if not status.rest:
        return ""
    return translate("{count} item(s) outside this period", count=len(status.rest))


def _print_summary(console: Console, status: Status, view: StatusView) -> None:
    console.print(Text(heading_text(status, view.translate), "bold"))
    for head, parts in total_parts(status.totals, view.translate):
        print_parts(console, head, [Text(text, LOOKS[state].style) for state, text in parts])
    _print_overdue(console, status.overdue, view)
    _print_missed(console, status.missed, view)
    _print_actions(console, status.actions, view)
    _print_names(console, *_without_figures(status, view), view)
    _print_names(console, *_alarms(status.rows, view), view)
    silent = [unit.name for unit in status.units if unit.is_silent]
    _print_names(console, view.translate("Nothing reported by {count} unit(s)", count=len(silent)), silent, view)
    _print_units(console, status.units, view)
    _print_plans(console, status.plans, view)
    if hints := list(_hints(status, view)):
        _print_line(console, Text(" · ".join(hints), "dim"))


def _without_figures(status: Status, view: StatusView) -> tuple[str, list[str]]:
    """The items with the times whose figures did not come; of one that has none at all, the window."""
    times = {row.name: {time for one in row.measurements for time in one.without_figures} for row in status.rows}
    told = [f"{name} {short_periods(sorted(found), view.translate.language)}" for name, found in times.items() if found]
    return view.translate("No figures for {count} period(s)", count=sum(map(len, times.values()))), told


def _alarms(rows: Sequence[StatusRow], view: StatusView) -> tuple[str, list[str]]:
    """The items with a result beyond its warning threshold, without those that are missed, which stand above."""
    found = [
        f"{row.name} {measured_text(one, view.translate)} ({one.alarm})"
        for row in rows
        for one in row.measurements
        if one.alarm and one.attainment not in BAD
    ]
    return view.translate("Beyond the warning threshold {count}", count=len(found)), found


def _print_names(console: Console, head: str, names: Sequence[str], view: StatusView) -> None:
    """A heading and as many names as two lines have room for, one at least: a name that is cut can't be looked up."""
    if not names:
        return
    more = Message(" and {count} more")
    ends = list(accumulate((len(name) + 2 for name in names), initial=len(head)))[1:]
    room = 2 * console.width - (len(view.translate(more, count=len(names))) if ends[-1] > 2 * console.width else 0)
    shown = names[: max(1, bisect_right(ends, room))]
    left = len(names) - len(shown)
    rest = view.translate(more, count=left) if left else ""
    console.print(Text.assemble((f"{head}: ", "bold yellow"), clean("; ".join(shown)), rest))


def _hints(status: Status, view: StatusView) -> Iterator[str]:
    """What is not shown, and how it would be."""
    rest = rest_text(status, view.translate)
    if rest and not view.everything:
        yield f"{rest} (--all)"
    if view.left_out:
        yield clean(view.left_out)
    elif not (status.rows or status.rest):
        yield view.translate("nothing is due or measured in this period")
    if status.rows and not (view.items or view.everything or view.is_bare):
        yield view.translate("rows: --items")


def _print_line(console: Console, text: Text) -> None:
    """One line of the screen; what does not fit ends in `…`."""
    console.print(text, no_wrap=True, overflow="ellipsis")


def print_parts(console: Console, head: str, parts: Sequence[Text]) -> None:
    """A heading, if there is one, and parts behind it, on as many lines as they need; no part is broken."""
    line = Text(f"{head}: " if head else "", "bold") + parts[0]
    for part in parts[1:]:
        if line.cell_len + 3 + part.cell_len > console.width:
            console.print(line + Text(" ·", "dim"), no_wrap=True)
            line = Text("  ") + part
        else:
            line = line + Text(" · ") + part
    console.print(line, no_wrap=True)


def _print_overdue(console: Console, rows: Sequence[StatusRow], view: StatusView) -> None:
    _print_head(console, Message("Overdue {count}, longest first"), rows, _LISTED, view)
    for row in rows[:_LISTED]:
        days = row.occurrence.days if row.occurrence else 0
        late = view.translate("{days} day(s)", days=days).rjust(9)
        _print_entry(console, row, Text(late, "red"))


def _print_missed(console: Console, rows: Sequence[StatusRow], view: StatusView) -> None:
    _print_head(console, Message("Missed {count}"), rows, _MISSED, view)
    for row in rows[:_MISSED]:
        words = "; ".join(_of_target(one, view) for one in row.measurements if one.attainment in BAD)
        action = "" if row.actions else view.translate("no corrective action")
        _print_entry(console, row, Text(words, "red"), action)


def _print_head(console: Console, pattern: Message, rows: Sequence[StatusRow], most: int, view: StatusView) -> None:
    """The heading of a list of rows, if there are any, with how many are left out and where they are to be seen."""
    if not rows:
        return
    head, left = view.translate(pattern, count=len(rows)), len(rows) - most
    if left > 0:
        are_below = view.items or view.everything or view.is_bare
        below = view.translate(": {shown} here, the other {left} below", shown=most, left=left)
        elsewhere = view.translate(": {shown} here, the other {left} with --items", shown=most, left=left)
        head += below if are_below else elsewhere
    console.print(Text(head, "bold red"))


def _of_target(found: Measurement, view: StatusView) -> str:
    """The value beside its target, in the plan's words where they are few: `96,92% (126/130) / >98%`."""
    text = measured_text(found, view.translate)
    if found.percent is not None or found.target is None:
        return text
    phrase = clean(found.target.phrase)
    is_other = found.planned not in {None, found.target.value}  # the value of a period's own
    is_signed = not found.target.is_relative and found.target.comparator in _SIGNS
    if is_signed and (is_other or len(phrase) > _PHRASE):
        number = (
            decimal_text(found.planned, view.translate.language, (found.planned,)) if found.planned is not None else ""
        )
        phrase = f"{_SIGNS[found.target.comparator]}{number}{unit_text(found)}"
    return f"{text} / {shortened(phrase, 2 * _PHRASE, whole_words=True)}"


_PHRASE = 16
"""Characters of a target in the plan's words beside a value; a longer one is told by its sign and number."""
_SIGNS = {
    Comparator.EQUAL: "",
    Comparator.AT_LEAST: "≥",
    Comparator.MORE: ">",
    Comparator.AT_MOST: "≤",
    Comparator.LESS: "<",
}


def _print_entry(console: Console, row: StatusRow, fact: Text, remark: str = "") -> None:
    """An item with what is told of it, who leads it, and its words: of a long lead only so much that some of these
    still stand on the line; on a line of their own where the item's name leaves too little."""
    line = Text.assemble("  ", fact, "  ", (clean(f"{row.plan}/{row.node.item.id}"), "bold"), "  ")
    if line.cell_len + len(remark) + _LEAD + _WORDS > console.width:
        line.rstrip()
        console.print(line)
        line = Text("    ")
    room = max(console.width - line.cell_len - len(remark) - _WORDS, _LEAD)
    lead = shortened(clean(names_text(row.node.lead)), room, whole_words=True)
    head = "; ".join(filter(None, (lead, remark)))
    _print_line(console, line + Text(f"{head}: " if head else "") + Text(clean(row.node.words)))


_LEAD, _WORDS = 16, 16
"""Columns that who leads an item has at least, and that are left for its words."""


def _print_actions(console: Console, actions: Sequence[OpenAction], view: StatusView) -> None:
    late = [entry for entry in actions if entry.state is ActionState.LATE]
    if not actions:
        return
    unchecked = sum(entry.state is ActionState.UNVERIFIED for entry in actions)
    failed = sum(entry.state is ActionState.INEFFECTIVE for entry in actions)
    head = view.translate("Corrective actions open {count}, late {late}", count=len(actions), late=len(late))
    if failed:
        head += view.translate(", not effective {count}", count=failed)
    if unchecked:
        head += view.translate(", not checked {count}", count=unchecked)
    _print_names(console, head, [f"{entry.plan}/{entry.node.item.id}" for entry in late or actions], view)


def _plain_table() -> Table:
    return Table(box=None, expand=True, padding=(0, 1, 0, 0), show_edge=False, header_style="bold")


def _print_units(console: Console, units: Sequence[UnitStatus], view: StatusView) -> None:
    """What each unit owes, those that owe most first."""
    owing = [unit for unit in units if any(unit.owed.get(name) for group in OWED_GROUPS for name in group)]
    if not owing:
        return
    table = _plain_table()
    table.add_column(view.translate("Unit"), ratio=1, no_wrap=True, overflow="ellipsis")
    if has_bars := view.width >= WIDE:
        table.add_column(view.translate("in order"), no_wrap=True)
    for name in owed_names(view.translate):
        table.add_column(name, justify="right", no_wrap=True)
    for unit in owing[:_UNITS]:
        bars = [Text(bar(unit.in_order), "green")] if has_bars else []
        table.add_row(clean(shared_name(unit, view.translate) or unit.name), *bars, *_owed_counts([unit]))
    if left := owing[_UNITS:]:
        words = view.translate("{count} more unit(s)", count=len(left))
        table.add_row(words, *([""] if has_bars else []), *_owed_counts(left), style="dim")
    console.print(table)


def _owed_counts(units: Sequence[UnitStatus]) -> Iterator[str]:
    """What units owe together, a column each."""
    for group in OWED_GROUPS:
        count = sum(unit.owed.get(name, 0) for unit in units for name in group)
        yield str(count) if count else "·"


def shared_name(unit: UnitStatus, translate: Translator) -> str:
    """A unit's name with what its groups owe together; "" if that is nothing."""
    count = sum(unit.together.values())
    return translate("{unit} (+{count} with its groups)", unit=unit.name, count=count) if unit.together else ""


OWED_GROUPS = (
    (State.OVERDUE.value,),
    (Attainment.MISSED.value, Attainment.EXCEEDED.value),
    (Attainment.NO_DATA.value, State.NO_EVIDENCE.value),
    (State.DUE.value, Attainment.AWAITED.value),
)
"""The columns of what is owed, by the states of rows."""


def owed_names(translate: Translator) -> tuple[str, ...]:
    """The headings of these columns, long ones on two lines. `No figures` alone always means objectives."""
    return (
        translate("Overdue"),
        translate("Missed"),
        translate("No figures,\nno evidence"),
        translate("Due,\nfigures awaited"),
    )


def _print_plans(console: Console, plans: Sequence[PlanStatus], view: StatusView) -> None:
    if not plans:
        return
    table = _plain_table()
    table.add_column(view.translate("Plan"), ratio=1, no_wrap=True, overflow="ellipsis")
    progress = (view.translate("Progress,\nthis period"), view.translate("Progress,\nwhole plan"))
    for name in (*progress, *owed_names(view.translate)[:3]):
        table.add_column(name, justify="right", no_wrap=True)
    worst = sorted(plans, key=lambda plan: -plan.owed.get(State.OVERDUE.value, 0))
    shown = plans if len(plans) <= _PLANS else worst[: _PLANS - 1]
    room = view.width - sum(max(map(len, str(column.header).split("\n"))) + 1 for column in table.columns[1:])
    has_titles = room - max(len(plan.plan) for plan in shown) > _TITLE
    for plan in shown:
        numbers = [sum(plan.owed.get(name, 0) for name in group) for group in OWED_GROUPS[:3]]
        words = f"  {clean(view.titles.get(plan.plan, ''))}" if has_titles else ""
        title = Text.assemble((clean(plan.plan), "bold"), words)
        shares = [share_text(span.progress).rjust(4) for span in (plan.in_window, plan.whole)]
        if view.width >= WIDE:
            shares[0] = f"{bar(plan.in_window.progress)} {shares[0]}"
        table.add_row(title, *shares, *(str(count) if count else "·" for count in numbers))
    if len(shown) < len(plans):
        words = view.translate("{count} more plan(s)", count=len(plans) - len(shown))
        table.add_row(Text(words, "dim"))
    console.print(table)


_TITLE = 24
"""Columns from which on a plan's title stands behind its id; of fewer nothing can be read."""


# The rows


def _print_rows(console: Console, rows: Sequence[StatusRow], view: StatusView) -> None:
    for head, found in grouped(rows, view.by, view.translate):
        title = clean(view.titles.get(head, "")) if view.by == "plan" else ""
        console.print(Text.assemble("\n", (clean(head), "bold cyan"), "  " if title else "", title))
        console.print(_table(found, view))


def grouped(rows: Iterable[StatusRow], by: str, translate: Translator) -> list[tuple[str, list[StatusRow]]]:
    """Rows by plan, by who leads them, or by their state."""
    if by == "plan":
        return [(name, list(found)) for name, found in groupby(rows, key=lambda row: row.plan)]
    groups: dict[str, list[StatusRow]] = {}
    for row in rows:
        word = "; ".join(row.led_by) if by == "unit" else state_word(row.state, translate) if row.state else ""
        groups.setdefault(word or "–", []).append(row)
    return sorted(groups.items()) if by == "unit" else list(groups.items())


_PLAN_ID = 20
"""Columns for the ids of plans above those of items."""


def _table(rows: Sequence[StatusRow], view: StatusView) -> Table:
    wide = view.width >= WIDE
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), show_edge=False, header_style="bold")
    own = max((len(row.plan) for row in rows), default=0) if view.by != "plan" else 0
    table.add_column(view.translate("Item"), overflow="fold", max_width=max(16 if wide else 12, min(own, _PLAN_ID)))
    table.add_column(view.translate("Content"), ratio=4 if wide else 3, min_width=16)
    table.add_column(view.translate("Lead"), ratio=2, min_width=10)
    due = max((len(_due(line, view)) for row in rows for line in row.lines), default=0)
    due += any(len(row.lines) > MOST_DAYS for row in rows)  # …26/12/2026
    table.add_column(view.translate("Due"), width=min(max(due, 10), 12))  # 30/9/2026, quý III/2026
    table.add_column(view.translate("Result, state"), ratio=3, min_width=20)
    for row in rows:
        for cells in _cells(row, view):
            table.add_row(*cells)
    return table


def _cells(row: StatusRow, view: StatusView) -> Iterator[tuple[Text, ...]]:
    """The lines of a row: its result or its first due day, then its other due days."""
    wide = view.width >= WIDE
    head = (
        Text(clean(row.node.item.id), "bold"),
        Text(shortened(clean(row.node.words), 150 if wide else 56, whole_words=True)),
        Text(shortened(clean(names_text(row.node.lead)), 60 if wide else 36, whole_words=True)),
    )
    if view.by != "plan":
        head = (Text.assemble(clean(row.plan), "\n", (clean(row.node.item.id), "bold")), head[1], head[2])
    lines = list(row.lines)
    if row.result:
        yield (*head, Text(""), _result(row, view))
    elif lines:
        first = lines.pop(0)
        yield (*head, Text(_due(first, view)), _line_state(first, row, view))
    blank = [Text("")] * 3
    for state, run in groupby(lines, key=lambda line: line.state):
        first, *others = run
        yield (*blank, Text(_due(first, view), "dim"), _line_state(first, row, view))
        if others and len(row.lines) > MOST_DAYS:
            words = view.translate("{state}: {count} more", state=state_word(state, view.translate),
                count=len(others))  # fmt: skip
            yield (*blank, Text("…" + _due(others[-1], view), "dim"), Text(words, LOOKS[state].style))
            continue
        for line in others:
            yield (*blank, Text(_due(line, view), "dim"), _line_state(line, row, view))


def _due(line: OccurrenceState, view: StatusView) -> str:
    """The due day; of continuous work the period that asks for evidence."""
    return (
        short_period(line.occurrence.period, view.translate.language)
        if line.occurrence.is_continuous
        else short_date(line.due, view.translate.language)
    )


def _result(row: StatusRow, view: StatusView) -> Text:
    """The result of each target, a line each: the word, the value, the time gone, how it moved."""
    text = Text()
    for found in row.measurements:
        text.append("\n" if text else "")
        text.append(result_word(found, view.translate), LOOKS[found.attainment].style)
        if found.has_figures:
            text.append("\n" + measured_text(found, view.translate))
            if found.percent is not None and view.width >= WIDE:
                text.append(" " + bar(float(found.percent) / 100), LOOKS[found.attainment].style)
        for note in notes_of(found, view.translate):
            text.append("\n" + note, "dim")
        for direction, words in trend_words(found, view.translate):
            text.append("\n" + words, TRENDS[direction])
    return text


def _line_state(line: OccurrenceState, row: StatusRow, view: StatusView) -> Text:
    style = LOOKS[line.state].style
    text = Text(line_word(line, row.node, view.translate), style)
    if line.days:
        text.append(" " + view.translate("{days} day(s)", days=line.days), style)
    if note := counted_from(line, view.translate):
        text.append("\n" + note, "dim")
    if row.waits_for and line.state is State.WAITING:
        text.append("\n" + clean(row.waits_for), "dim")
    return text


TRENDS = {Direction.BETTER: "green", Direction.WORSE: "red", Direction.SAME: "dim", Direction.UNKNOWN: "dim"}


_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(share: float | None) -> str:
    """A share of 0 to 1 as a bar of ten columns: `████▊░░░░░`; "" if it is not known."""
    if share is None:
        return ""
    whole, part = divmod(int(min(max(share, 0), 1) * 80), 8)
    return ("█" * whole + (_EIGHTHS[part] if part else "")).ljust(10, "░")
