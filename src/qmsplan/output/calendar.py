"""Due days as a calendar (RFC 5545) for Outlook, Google Calendar and phones.

They are all-day events and not to-dos (VTODO), which Google Calendar drops and Outlook does not import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event

from qmsplan.diagnostics import Message, Translator, sentence
from qmsplan.model.text import short_date, shortened
from qmsplan.output.words import state_word
from qmsplan.progress.occurrences import FINISHED, State
from qmsplan.progress.tables import ItemRow, OccurrenceRow, PlanRow, Tables

MOST_SUMMARY = 120
"""Characters of an event's heading; the whole text stands in its description."""
ALARM_HOUR = 8
_FIRST_DAY = date(2020, 1, 1)


class CalendarEntry(NamedTuple):
    """An occurrence with its item and its plan."""

    plan: PlanRow
    item: ItemRow
    occurrence: OccurrenceRow


class CalendarStyle(NamedTuple):
    """The day the calendar is made as of, how many days before a due day it reminds, and the language."""

    as_of: date
    alarm_days: int
    translate: Translator
    name: str


def write_calendar(dues: Iterable[CalendarEntry], style: CalendarStyle) -> Iterator[bytes]:
    """The calendar in pieces, one event for each due day. The same plans as of the same day give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//qmsplan//qmsplan//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", style.name)
    head, end, _ = calendar.to_ical().partition(b"END:VCALENDAR")
    yield head
    for due in dues:
        if due.occurrence.due:
            yield _event(due, due.occurrence.due, style).to_ical()
    yield end + b"\r\n"


def dues_in(tables: Tables, *, open_only: bool) -> Iterator[CalendarEntry]:
    """The due days of a plan, in the order of its items; with `open_only` only those that are not done."""
    items = {item.item_id: item for item in reversed(tables.items)}
    for occurrence in tables.occurrences:
        if occurrence.due and not (open_only and occurrence.state in FINISHED):
            yield CalendarEntry(tables.plans[0], items[occurrence.item_id], occurrence)


def uid(occurrence: OccurrenceRow) -> str:
    """The id by which calendars know an occurrence again after its day was moved."""
    return f"{occurrence.plan_id}/{occurrence.item_id}/{occurrence.occurrence}@qmsplan"


def _event(due: CalendarEntry, day: date, style: CalendarStyle) -> Event:
    event = Event()
    event.add("uid", uid(due.occurrence))
    event.add("dtstamp", datetime.combine(style.as_of, time(), UTC))
    event.add("sequence", max((style.as_of - _FIRST_DAY).days, 0))  # later exports replace earlier ones
    event.add("dtstart", day)
    event.add("transp", "TRANSPARENT")
    event.add("summary", _summary(due, style.translate))
    event.add("description", "\n".join(_description(due, style)))
    event.add("categories", [due.plan.plan_id])
    if due.occurrence.state not in FINISHED:
        event.add_component(_alarm(due, style))
    return event


def _alarm(due: CalendarEntry, style: CalendarStyle) -> Alarm:
    """A reminder at ALARM_HOUR, so many days before the due day."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(due, style.translate))
    alarm.add("trigger", timedelta(days=-style.alarm_days, hours=ALARM_HOUR))
    return alarm


def _summary(due: CalendarEntry, translate: Translator) -> str:
    words = shortened(_numbered(due.item), MOST_SUMMARY, whole_words=True)
    state = due.occurrence.state
    if state in FINISHED:  # an objective was measured, whatever came out
        done = translate("Evaluated: {what}") if _is_objective(due) else translate("Done: {what}")
        return done.format(what=words)
    return (translate("Overdue: {what}") if state == State.OVERDUE else translate("Due: {what}")).format(what=words)


def _numbered(item: ItemRow) -> str:
    """The item with its ordinal: `03. Words`; its id if nothing is printed."""
    words = item.text or item.item_id
    return f"{item.number.rstrip(' .')}. {words}" if item.number else words


def _description(due: CalendarEntry, style: CalendarStyle) -> Iterator[str]:
    translate, item = style.translate, due.item
    rows = (
        (translate("Content"), _numbered(item)),
        (translate("Lead"), item.lead),
        (translate("Support"), item.support),
        (translate("Deadline"), item.deadline),
        (translate("State"), _state(due, style)),
        (translate("Plan"), _plan(due.plan, style)),
    )
    return (f"{name}: {value}" for name, value in rows if value)


def _is_objective(due: CalendarEntry) -> bool:
    return due.item.kind == "objective"


def _state(due: CalendarEntry, style: CalendarStyle) -> str:
    occurrence = due.occurrence
    text = state_word(State(occurrence.state), style.translate)
    if _is_objective(due) and occurrence.state in FINISHED:
        is_late = occurrence.state == State.DONE_LATE
        text = style.translate("evaluated late") if is_late else style.translate("evaluated")
    if occurrence.days_late:
        text += " " + sentence(Message("{days} day(s)", days=occurrence.days_late), style.translate)
    if occurrence.done:
        text += f" ({short_date(occurrence.done, style.translate.language)})"
    seen = style.translate("as of {day}").format(day=short_date(style.as_of, style.translate.language))
    return f"{text}, {seen}"


def _plan(plan: PlanRow, style: CalendarStyle) -> str:
    """The plan with its number and day: `Kế hoạch số 51/KH-TGPL ngày 09/02/2026 THỰC HIỆN …`."""
    parts = [plan.type.capitalize()]
    if plan.number and plan.signed:
        pattern = style.translate("No. {number} dated {day}")
        parts.append(pattern.format(number=plan.number, day=short_date(plan.signed, style.translate.language)))
    return " ".join((*parts, plan.title or plan.plan_id))
