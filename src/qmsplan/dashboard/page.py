"""The dashboard: one HTML file with all it needs. Every number in it is one of `Status`.

`dashboard_html(overview, words, title)` fills `page.html.j2`. The page fetches nothing and runs nothing but the filter
(`filter.js`): its policy admits the style sheet and the script that stand in it by their digests, and nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeAlias

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
from qmsplan.model.progress import AuditFinding
from qmsplan.model.text import shortened
from qmsplan.output.safe_text import clean
from qmsplan.output.status import OWED_GROUPS, heading_text, owed_names, rest_text, shared_name
from qmsplan.output.words import BAD, GOOD, WAIT, WARN, action_words, measured_text, missing_text, share_text
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.occurrences import OccurrenceState, State
from qmsplan.progress.overview import DAYS, ComingDay, Overview, RowChange
from qmsplan.progress.plan import OpenAction
from qmsplan.progress.status import StatusRow, Totals
from qmsplan.progress.units import UnitStatus
from qmsplan.progress.verdict import BAD as MISSED
from qmsplan.progress.verdict import Attainment

MOST_ROWS = 600
"""Items that the page lists; of more, those that ask for something first."""
MOST_LISTED = 300
"""Entries of any other list; its heading has the number of all."""
_FOLDER = Path(__file__).parent


class Entry(NamedTuple):
    """An item in a list: its name for commands, a badge, its text, who leads it, and what else is to be said."""

    name: str
    badge: Badge
    text: str
    lead: str
    note: str = ""


class Card(NamedTuple):
    """A number at the head of the page: what it counts, and how it moved since the day compared with. `key` is the part
    of the page that it leads to."""

    key: str
    number: str
    label: str
    kind: str
    note: str = ""


Part: TypeAlias = tuple[str, int, Badge]
"""A state among totals: its key, as `work overdue`, how many have it, and its badge."""

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
    rows = _most_urgent(status.rows, words)
    of_unit = f" --unit {unit}" if unit else ""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(
        _part("page.html.j2")
    ).render(
        overview=overview,
        status=status,
        words=words,
        translate=words.translate,
        notices=notices,
        style=Markup(style),  # noqa: S704  our own file
        script=Markup(script),  # noqa: S704  our own file
        style_digest=_digest(style),
        script_digest=_digest(script),
        title=clean(title),
        heading=heading_text(status, words.translate),
        falls_due=words.translate("Falls due in the next {count} day(s)", count=DAYS),
        command=f"qmsplan status {status.window.code} --as-of {status.as_of.isoformat()}{of_unit}",
        cards=_cards(overview, words),
        changes=sorted(overview.changes, key=lambda change: _urgency(change.row, words)),
        owed=[name.replace("\n", " ") for name in owed_names(words.translate)],
        most_owed=max((sum(count for count, _ in _owed(unit)) for unit in status.units[:MOST_LISTED]), default=0),
        objectives=cards,
        objectives_left=left,
        weeks=_weeks(overview),
        weeks_chart=weeks_chart(_counts(overview, words)),
        rows=[(plan, list(found)) for plan, found in groupby(rows, key=lambda row: row.plan)],
        rows_left=len(status.rows) - len(rows),
        rest=rest_text(status, words.translate),
        most=MOST_LISTED,
        **_FOR_TEMPLATE,
    )


def _part(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


# The head


def _cards(overview: Overview, words: DashboardWords) -> list[Card]:
    status, before, translate = overview.status, overview.before, words.translate
    longest = status.overdue[0].occurrence if status.overdue else None
    found = (
        ("overdue", status.overdue, before.overdue if before else None, translate("Overdue"), BAD),
        ("missed", status.missed, before.missed if before else None, translate("Missed"), BAD),
        ("no_data", status.silent, before.silent if before else None, translate("No figures"), WARN),
    )
    cards = [
        Card(
            *(key, str(len(now)), label, kind if now else GOOD),
            "" if then is None else translate("before: {count}", count=len(then)),
        )
        for key, now, then, label, kind in found
    ]
    if longest and not before:
        cards[0] = cards[0]._replace(note=translate("the longest {days}", days=words.days(longest.days)))
    coming = Card("coming", str(len(overview.coming)), translate("Falls due"), WAIT)
    return [*cards, coming._replace(note=translate("in the next {count} day(s)", count=DAYS))]


def _totals(totals: Totals, words: DashboardWords) -> Iterator[tuple[str, list[Part]]]:
    """The totals of objectives and of work, each with its states; what there is none of is left out."""
    heads = (
        ("objectives", words.translate("Objectives"), totals.objectives, Attainment),
        ("work", words.translate("Tasks and activities"), totals.work, State),
    )
    for key, label, counts, states in heads:
        found = ((state, counts.get(state.value, 0)) for state in states)
        parts = [(f"{key} {state.value}", count, words.badge(state)) for state, count in found if count]
        if parts:
            yield label, parts


def _parts_bar(parts: Iterable[Part]) -> Markup:
    return stacked_bar((count, badge.kind) for _, count, badge in parts)


# What needs attention


def _entry(row: StatusRow, words: DashboardWords, note: str = "", badge: Badge | None = None) -> Entry:
    result = words.result_badge(row.result) if row.result else words.badge(row.state) if row.state else None
    shown = badge or result or Badge("none", SIGNS["none"], "")
    return Entry(item_name(row.plan, row.node), shown, item_text(row.node), item_leads(row.node), note)


def _overdue(row: StatusRow, words: DashboardWords) -> Entry:
    line = row.occurrence
    late = words.days(line.days) if line else ""
    due = words.translate("due on {day}", day=line.due) if line and line.due else ""
    return _entry(row, words, due, words.badge(State.OVERDUE, late))


def _silent(row: StatusRow, words: DashboardWords) -> Entry:
    badge = None if row.result else words.badge(Attainment.NO_DATA)
    told = "; ".join(dict.fromkeys(filter(None, (missing_text(one, words.translate) for one in row.measurements))))
    return _entry(row, words, told, badge)


def _missed(row: StatusRow, words: DashboardWords) -> Entry:
    parts = [_against(one, words) for one in row.measurements if one.attainment in MISSED]
    if not row.actions:
        parts.append(words.translate("no corrective action"))
    return _entry(row, words, " · ".join(parts))


def _against(found: Measurement, words: DashboardWords) -> str:
    """What was measured beside its target: `96,92% (126/130) / >98%`."""
    value = measured_text(found, words.translate)
    return f"{value} / {clean(found.target.phrase)}" if found.target else value


def _change(change: RowChange, words: DashboardWords) -> Entry:
    """A row with what it was on the day compared with."""
    if change.before is None:
        return _entry(change.row, words, words.translate("new"))
    was = words.translate("was: {state}", state=words.badge(change.before).word)
    return _entry(change.row, words, was)


# Units


def _owed(unit: UnitStatus) -> list[tuple[int, str]]:
    """What a unit owes in each of `OWED_COLUMNS`, with its colour."""
    return [(sum(unit.owed.get(name, 0) for name in names), kind) for names, kind in OWED_COLUMNS]


# What is to come


def _monday(day: date) -> date:
    return max(day - timedelta(days=day.weekday()), date.min) if day.toordinal() > 7 else date.min


def _weeks(overview: Overview) -> list[tuple[date, list[ComingDay]]]:
    """What is to come by the Monday of its week."""
    weeks = groupby(overview.coming[:MOST_LISTED], key=lambda coming: _monday(coming.due))
    return [(monday, list(days)) for monday, days in weeks]


def _coming(one: ComingDay, words: DashboardWords) -> Entry:
    note = clean(action_words(one.action, words.translate)) if one.action else ""
    lead = clean((one.action and one.action.actor) or "") or item_leads(one.node)
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
        words.translate("due on {day}", day=entry.action.due) if entry.action.due else "",
    )


# All items


_URGENT = {BAD: 0, WARN: 1, WAIT: 2}


def _most_urgent(rows: tuple[StatusRow, ...], words: DashboardWords) -> tuple[StatusRow, ...]:
    """The items that are listed, in their order: of too many those that ask for nothing are left out."""
    if len(rows) <= MOST_ROWS:
        return rows
    urgent = sorted(range(len(rows)), key=lambda at: _urgency(rows[at], words))
    return tuple(rows[at] for at in sorted(urgent[:MOST_ROWS]))


def _urgency(row: StatusRow, words: DashboardWords) -> int:
    return _URGENT.get(words.badge(row.state).kind, 3) if row.state else 3


def _row(row: StatusRow, words: DashboardWords) -> Entry:
    results = "; ".join(_against(found, words) for found in row.measurements if found.has_figures)
    waits = clean(row.waits_for) if row.waits_for else ""
    return _entry(row, words, " · ".join(filter(None, (results, waits))))


def _due(line: OccurrenceState, node: Node, words: DashboardWords) -> tuple[str, Badge]:
    is_continuous = line.occurrence.is_continuous or line.due is None
    day = line.occurrence.period.code if is_continuous else words.day(line.due)
    return day, words.due_badge(line, node)


_FOR_TEMPLATE = {
    "action": _action,
    "change": _change,
    "clean": clean,
    "coming": _coming,
    "due": _due,
    "missed": _missed,
    "overdue": _overdue,
    "owed_by": _owed,
    "parts_bar": _parts_bar,
    "row_entry": _row,
    "share_bar": share_bar,
    "share_text": share_text,
    "shared_name": shared_name,
    "silent": _silent,
    "stacked_bar": stacked_bar,
    "totals": _totals,
}
"""What the template calls: how values of the status are shown."""
