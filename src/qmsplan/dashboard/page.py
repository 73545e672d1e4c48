"""The dashboard: one HTML file with all it needs. Every number in it is one of `Status`.

`dashboard_html(overview, words, title)` fills `page.html.j2`. The page fetches nothing and runs nothing but the filter
(`filter.js`): its policy admits the style sheet and the script that stand in it by their digests, and nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeVar

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from qmsplan.dashboard.parts import (
    LONGEST,
    SIGNS,
    Badge,
    DashboardWords,
    item_leads,
    item_name,
    item_text,
    objective_cards,
    share_bar,
    stacked_bar,
    weeks_chart,
)
from qmsplan.diagnostics import Message, sentence
from qmsplan.model.progress import AuditFinding
from qmsplan.model.text import shortened
from qmsplan.output.safe_text import clean
from qmsplan.output.status import OWED_GROUPS, heading_text, owed_names, rest_text
from qmsplan.output.words import BAD, GOOD, WAIT, WARN, action_words, measured_text, missing_text, share_text
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.corrective import OpenAction
from qmsplan.progress.measurement import BAD as MISSED
from qmsplan.progress.measurement import Attainment
from qmsplan.progress.occurrences import OccurrenceState, State
from qmsplan.progress.overview import DAYS, ComingDay, Overview, RowChange
from qmsplan.progress.status import PlanStatus, Status, StatusRow, Totals
from qmsplan.progress.units import UnitStatus

MOST_ROWS = 600
"""Items that the page lists; of more, those that ask for something first."""
MOST_LISTED = 300
"""Entries of any other list; its heading has the number of all."""
Listed = TypeVar("Listed")
_FOLDER = Path(__file__).parent


class Entry(NamedTuple):
    """An item in a list: its name for commands, a badge, its text, who leads it, and what else is to be said."""

    name: str
    badge: Badge
    text: str
    lead: str
    note: str = ""


class Listing(NamedTuple):
    """Entries under a heading that says how many there are; `left` says how many of them are not shown, "" for none."""

    entries: Sequence[Entry]
    number: int
    left: str


class Card(NamedTuple):
    """A number at the head of the page: where it leads to, what it counts, and how it moved since the day compared
    with. `key` names the number for tests."""

    anchor: str
    key: str
    number: str
    label: str
    kind: str
    note: str = ""


class TotalsLine(NamedTuple):
    """The totals of objectives or of work: a bar, and each state with its number."""

    key: str
    label: str
    number: int
    bar: Markup
    parts: tuple[tuple[str, int, Badge], ...]


class UnitLine(NamedTuple):
    """A unit, and what it owes in each column of `OWED_COLUMNS`."""

    name: str
    shared: str
    """The name with what its groups owe, "" if they owe nothing."""
    rows: int
    counts: tuple[int, ...]
    bar: Markup
    is_silent: bool


class PlanLine(NamedTuple):
    """A plan: how far it is in the window and as a whole, and what its rows come to."""

    plan: str
    title: str
    file: str
    bars: tuple[Markup, Markup]
    shares: tuple[str, str]
    parts: tuple[tuple[str, int, Badge], ...]


class ComingWeek(NamedTuple):
    """A week to come."""

    label: str
    entries: tuple[tuple[str, Entry], ...]
    """Each with its day."""


class RowLine(NamedTuple):
    """An item among all items: what it is, when it is due, its states."""

    entry: Entry
    dues: tuple[tuple[str, Badge], ...]


OWED_COLUMNS = tuple(zip(OWED_GROUPS, (BAD, BAD, WARN, WAIT), strict=True))
"""The columns of what units owe, by the states of rows, as on the terminal, each with its colour."""


def dashboard_html(
    overview: Overview, words: DashboardWords, title: str, unit: str = "", *, notices: Sequence[str] = ()
) -> str:
    """The page. `title` is whose page it is: an agency or a unit; "" if it is not known. `unit` is the code of the
    unit that was asked for. `notices` is what is to be told of the plans behind the numbers, such as that one is not
    what was signed."""
    status, style, script = overview.status, _part("style.css"), _part("filter.js")
    cards, left = objective_cards(overview, words)
    rows, rows_left = _rows(status, words)
    changes = sorted(overview.changes, key=lambda change: _urgency(change.row, words))
    of_unit = f" --unit {unit}" if unit else ""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(
        _part("page.html.j2")
    ).render(
        language=words.translate.language,
        notices=notices,
        style=Markup(style),  # noqa: S704  our own file
        script=Markup(script),  # noqa: S704  our own file
        style_digest=_digest(style),
        script_digest=_digest(script),
        title=clean(title),
        heading=heading_text(status, words.translate),
        translate=words.translate,
        compared=words.day(overview.before.as_of) if overview.before else "",
        falls_due=sentence(Message("Falls due in the next {count} day(s)", count=DAYS), words.translate),
        command=f"qmsplan status {status.window.code} --as-of {status.as_of.isoformat()}{of_unit}",
        cards=_cards(overview, words),
        progress=(share_text(status.progress), share_bar(status.progress)),
        totals=list(_totals(status.totals, words)),
        overdue=_listed(status.overdue, _overdue, words),
        missed=_listed(status.missed, _missed, words),
        silent=_listed(status.silent, _silent, words),
        silent_units=[clean(one.name) for one in status.units if one.is_silent],
        most=MOST_LISTED,
        changes=_listed(changes, _change, words) if overview.before else None,
        owed=[name.replace("\n", " ") for name in owed_names(words.translate)],
        units=_units(status.units[:MOST_LISTED], words),
        units_left=_left(len(status.units) - MOST_LISTED, words),
        plans=[_plan(plan, words) for plan in status.plans],
        objectives=cards,
        objectives_left=_left(left, words),
        coming=len(overview.coming),
        weeks=_weeks(overview, words),
        coming_left=_left(len(overview.coming) - MOST_LISTED, words),
        weeks_chart=weeks_chart(_counts(overview, words)),
        actions=_listed(status.actions, _action, words),
        rows=rows,
        rows_left=_left(rows_left, words),
        rest=rest_text(status, words.translate),
    )


def _part(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _listed(
    found: Sequence[Listed], entry: Callable[[Listed, DashboardWords], Entry], words: DashboardWords
) -> Listing:
    """Values as entries, at most so many."""
    shown = [entry(one, words) for one in found[:MOST_LISTED]]
    return Listing(shown, len(found), _left(len(found) - len(shown), words))


def _left(count: int, words: DashboardWords) -> str:
    """How many are not shown; "" for none."""
    return words.translate("… and {count} more: narrow it down with --unit").format(count=count) if count > 0 else ""


# The head


def _cards(overview: Overview, words: DashboardWords) -> list[Card]:
    status, before, translate = overview.status, overview.before, words.translate
    longest = status.overdue[0].occurrence if status.overdue else None
    found = (
        ("overdue", status.overdue, before.overdue if before else None, translate("Overdue"), BAD),
        ("missed", status.missed, before.missed if before else None, translate("Missed"), BAD),
        ("no_data", status.silent, before.silent if before else None, translate("No figures"), WARN),
    )
    was = translate("before: {count}")
    cards = [
        Card(key, key, str(len(now)), label, kind if now else GOOD, "" if then is None else was.format(count=len(then)))
        for key, now, then, label, kind in found
    ]
    if longest and not before:
        cards[0] = cards[0]._replace(note=translate("the longest {days}").format(days=words.days(longest.days)))
    coming = Card("coming", "coming", str(len(overview.coming)), translate("Falls due"), WAIT)
    return [*cards, coming._replace(note=sentence(Message("in the next {count} day(s)", count=DAYS), translate))]


def _totals(totals: Totals, words: DashboardWords) -> Iterator[TotalsLine]:
    heads = (
        ("objectives", words.translate("Objectives"), totals.objectives, Attainment),
        ("work", words.translate("Tasks and activities"), totals.work, State),
    )
    for key, label, counts, states in heads:
        parts = tuple(
            (f"{key} {state.value}", counts[state.value], words.badge(state))
            for state in states
            if counts.get(state.value)
        )
        if parts:
            bar = stacked_bar((count, badge.kind) for _, count, badge in parts)
            yield TotalsLine(key, label, sum(counts.values()), bar, parts)


# What needs attention


def _entry(row: StatusRow, words: DashboardWords, note: str = "", badge: Badge | None = None) -> Entry:
    result = words.result_badge(row.result) if row.result else words.badge(row.state) if row.state else None
    shown = badge or result or Badge("none", SIGNS["none"], "")
    return Entry(item_name(row.plan, row.node), shown, item_text(row.node), item_leads(row.node), note)


def _overdue(row: StatusRow, words: DashboardWords) -> Entry:
    line = row.occurrence
    late = words.days(line.days) if line else ""
    due = words.translate("due on {day}").format(day=words.day(line.due)) if line and line.due else ""
    return _entry(row, words, due, words.badge(State.OVERDUE, late))


def _silent(row: StatusRow, words: DashboardWords) -> Entry:
    missing = missing_text(row.missing, words.translate)
    return _entry(
        row, words, missing, words.result_badge(row.result) if row.result else words.badge(Attainment.NO_DATA)
    )


def _missed(row: StatusRow, words: DashboardWords) -> Entry:
    found = [one for one in row.measurements if one.attainment in MISSED]
    parts = [_against(measured_text(one, words.translate), one.target and one.target.phrase) for one in found]
    if not row.actions:
        parts.append(words.translate("no corrective action"))
    return _entry(row, words, " · ".join(parts))


def _against(value: str, target: str | None) -> str:
    return f"{value} / {clean(target)}" if target else value


def _change(change: RowChange, words: DashboardWords) -> Entry:
    """A row with what it was on the day compared with."""
    if change.before is None:
        return _entry(change.row, words, words.translate("new"))
    was = words.translate("was: {state}").format(state=words.badge(change.before).word)
    return _entry(change.row, words, was)


# Units and plans


def _units(units: Iterable[UnitStatus], words: DashboardWords) -> list[UnitLine]:
    found = [
        (unit, tuple(sum(unit.owed.get(name, 0) for name in names) for names, _ in OWED_COLUMNS)) for unit in units
    ]
    most = max((sum(counts) for _, counts in found), default=0)
    return [
        UnitLine(
            clean(unit.name),
            _shared(unit, words),
            unit.rows,
            counts,
            stacked_bar(((n, kind) for n, (_, kind) in zip(counts, OWED_COLUMNS, strict=True)), most),
            unit.is_silent,
        )
        for unit, counts in found
    ]


def _shared(unit: UnitStatus, words: DashboardWords) -> str:
    """The unit's name with what its groups owe together; "" if that is nothing."""
    pattern = words.translate("{unit} (+{count} with its groups)")
    return pattern.format(unit=clean(unit.name), count=sum(unit.together.values())) if unit.together else ""


def _plan(plan: PlanStatus, words: DashboardWords) -> PlanLine:
    label, spans = words.plans.get(plan.plan), (plan.in_window, plan.whole)
    parts = [part for line in _totals(plan.in_window.totals, words) for part in line.parts]
    return PlanLine(
        clean(plan.plan),
        words.title(plan.plan),
        clean(label.file) if label else "",
        (share_bar(spans[0].progress), share_bar(spans[1].progress)),
        (share_text(spans[0].progress), share_text(spans[1].progress)),
        tuple(parts),
    )


# What is to come


def _monday(day: date) -> date:
    return max(day - timedelta(days=day.weekday()), date.min) if day.toordinal() > 7 else date.min


def _weeks(overview: Overview, words: DashboardWords) -> list[ComingWeek]:
    weeks = []
    for monday, days in groupby(overview.coming[:MOST_LISTED], key=lambda coming: _monday(coming.due)):
        label = words.translate("Week of {day}").format(day=words.day(monday))
        weeks.append(ComingWeek(label, tuple((words.day(one.due), _coming(one, words)) for one in days)))
    return weeks


def _coming(one: ComingDay, words: DashboardWords) -> Entry:
    if one.action is None:
        return Entry(
            item_name(one.plan, one.node), words.badge(State.UPCOMING), item_text(one.node), item_leads(one.node)
        )
    note = clean(action_words(one.action, words.translate))
    lead = clean(one.action.actor or "") or item_leads(one.node)
    return Entry(item_name(one.plan, one.node), words.badge(State.UPCOMING), item_text(one.node), lead, note)


def _counts(overview: Overview, words: DashboardWords) -> list[tuple[str, int]]:
    """The weeks of the days ahead, those with nothing too: the label of the first day, and how much falls due."""
    first = _monday(overview.status.as_of)
    if (date.max - first).days < DAYS + 7:
        return []
    counts = [0] * (DAYS // 7 + 2)
    for one in overview.coming:
        counts[(one.due - first).days // 7] += 1
    mondays = (first + timedelta(days=7 * number) for number in range(len(counts)))
    pattern = "%d/%m" if words.translate.language == "vi" else "%m-%d"
    return [(monday.strftime(pattern), count) for monday, count in zip(mondays, counts, strict=True)]


def _action(entry: OpenAction, words: DashboardWords) -> Entry:
    """A corrective action that is not closed."""
    is_finding = isinstance(entry.action, AuditFinding)
    told = action_words(entry.action, words.translate) if is_finding else " ".join(entry.action.action)
    return Entry(
        item_name(entry.plan, entry.node),
        words.action_badge(entry.state, entry.days),
        shortened(clean(told), LONGEST, whole_words=True) or item_text(entry.node),
        clean(entry.action.actor or "") or item_leads(entry.node),
        words.translate("due on {day}").format(day=words.day(entry.action.due)) if entry.action.due else "",
    )


# All items


_URGENT = {BAD: 0, WARN: 1, WAIT: 2}


def _rows(status: Status, words: DashboardWords) -> tuple[list[tuple[str, str, list[RowLine]]], int]:
    """The items of the window by plan, and how many are left out: those that ask for nothing first."""
    rows = status.rows
    if len(rows) > MOST_ROWS:
        urgent = sorted(range(len(rows)), key=lambda at: _urgency(rows[at], words))
        rows = tuple(rows[at] for at in sorted(urgent[:MOST_ROWS]))
    groups = [
        (clean(plan), words.title(plan), [_row(row, words) for row in found])
        for plan, found in groupby(rows, key=lambda row: row.plan)
    ]
    return groups, len(status.rows) - len(rows)


def _urgency(row: StatusRow, words: DashboardWords) -> int:
    return _URGENT.get(words.badge(row.state).kind, 3) if row.state else 3


def _row(row: StatusRow, words: DashboardWords) -> RowLine:
    results = "; ".join(
        _against(measured_text(found, words.translate), found.target and found.target.phrase)
        for found in row.measurements
        if found.has_figures
    )
    waits = clean(row.waits_for) if row.waits_for else ""
    entry = _entry(row, words, " · ".join(filter(None, (results, waits))))
    return RowLine(
        entry._replace(name=clean(row.node.item.id)), tuple(_due(line, row.node, words) for line in row.lines)
    )


def _due(line: OccurrenceState, node: Node, words: DashboardWords) -> tuple[str, Badge]:
    is_continuous = line.state in {State.EVIDENCED, State.NO_EVIDENCE} or line.due is None
    day = line.occurrence.period.code if is_continuous else words.day(line.due)
    return day, words.due_badge(line, node)
