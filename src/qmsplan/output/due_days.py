"""Due days told elsewhere: as a calendar (RFC 5545) for Outlook, Google Calendar and phones, and as reminders: text,
JSON, and drafts of e-mails that Outlook and Thunderbird open, with a calendar.

In calendars they are all-day events and not to-dos (VTODO), which Google Calendar drops and Outlook does not import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event

from qmsplan.diagnostics import Translator
from qmsplan.model.progress import AuditFinding
from qmsplan.model.text import period_text, short_date, short_periods, shortened
from qmsplan.output.safe_text import clean, dump
from qmsplan.output.words import MOST_DAYS, action_words, due_word, state_word
from qmsplan.phrases.item_tree import names_text
from qmsplan.progress.occurrences import FINISHED, State
from qmsplan.progress.owed import Digest, Reminder, ReminderKind
from qmsplan.progress.plan import ActionState
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
            yield _calendar_event(due, due.occurrence.due, style).to_ical()
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


def _calendar_event(due: CalendarEntry, day: date, style: CalendarStyle) -> Event:
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
        event.add_component(_calendar_alarm(due, style))
    return event


def _calendar_alarm(due: CalendarEntry, style: CalendarStyle) -> Alarm:
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
        is_objective = _is_objective(due)
        return translate("Evaluated: {what}", what=words) if is_objective else translate("Done: {what}", what=words)
    if state == State.OVERDUE:
        return translate("Overdue: {what}", what=words)
    if state == State.NO_DATA:
        return translate("No figures: {what}", what=words)
    return translate("Due: {what}", what=words)


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
        (translate("State"), _due_state(due, style)),
        (translate("Plan"), _plan_words(due.plan, style)),
    )
    return (f"{name}: {value}" for name, value in rows if value)


def _is_objective(due: CalendarEntry) -> bool:
    return due.item.kind == "objective"


def _due_state(due: CalendarEntry, style: CalendarStyle) -> str:
    occurrence = due.occurrence
    text = due_word(State(occurrence.state), style.translate, is_objective=_is_objective(due))
    if occurrence.days_late and occurrence.state == State.NO_DATA:  # the day is that of the report
        text += ", " + style.translate("the report is {days} day(s) late", days=occurrence.days_late)
    elif occurrence.days_late:
        text += " " + style.translate("{days} day(s)", days=occurrence.days_late)
    if occurrence.done:
        text += f" ({short_date(occurrence.done, style.translate.language)})"
    seen = style.translate("as of {day}", day=style.as_of)
    return f"{text}, {seen}"


def _plan_words(plan: PlanRow, style: CalendarStyle) -> str:
    """The plan with its number and day: `Kế hoạch số 51/KH-TGPL ngày 09/02/2026 THỰC HIỆN …`."""
    parts = [plan.type.capitalize()]
    if plan.number and plan.signed:
        parts.append(style.translate("No. {number} dated {day}", number=plan.number, day=plan.signed))
    return " ".join((*parts, plan.title or plan.plan_id))


VERSION = 1
LONGEST = 200
"""Characters of an item's text in a digest."""
ALARM_DAYS = 7
CALENDAR_TABLES = frozenset(("plans", "items", "occurrences"))
"""The tables that due days are made of."""


class ReminderStyle(NamedTuple):
    """The day of the digests, how many days they look ahead, and the language."""

    as_of: date
    days: int
    translate: Translator


def digest_text(digest: Digest, style: ReminderStyle) -> str:
    """A digest to print, to send or to paste into a chat: a heading for each kind, and a line or two for each item."""
    lines = [_mail_subject(digest, style), ""]
    for kind in ReminderKind:
        found = [one for one in digest.reminders if one.kind is kind]
        if found:
            told = list(_reminder_lines(found, style))
            lines += [f"{_kind_heading(kind, style)} ({len(told)})", *told, ""]
    return "\n".join(lines)


def _mail_subject(digest: Digest, style: ReminderStyle) -> str:
    return style.translate("Work of {unit}, as of {day}", unit=clean(digest.unit.name), day=style.as_of)


def _kind_heading(kind: ReminderKind, style: ReminderStyle) -> str:
    return {
        ReminderKind.OVERDUE: style.translate("Overdue"),
        ReminderKind.MISSED: style.translate("Missed, without a corrective action"),
        ReminderKind.FIGURES: style.translate("Figures or evidence to report"),
        ReminderKind.ACTION: style.translate("Corrective actions"),
        ReminderKind.COMING: style.translate("Falls due in the next {count} day(s)", count=style.days),
    }[kind]


def _reminder_lines(reminders: Iterable[Reminder], style: ReminderStyle) -> Iterator[str]:
    """A line or two for each reminder; the many days of one item share one, which would hide all others below them, and
    so do the times of one item that lack the same."""
    by_item: dict[object, list[Reminder]] = {}
    for one in reminders:
        own = one if one.action else (one.plan, one.node.item.id, one.due is None and one.state)
        by_item.setdefault(own, []).append(one)
    for found in by_item.values():
        if len(found) > MOST_DAYS or found[0].period:
            yield _reminder_line(found[0], style, found[1:])
        else:
            yield from (_reminder_line(one, style) for one in found)


def _reminder_line(one: Reminder, style: ReminderStyle, more: Sequence[Reminder] = ()) -> str:
    """A due day or a time that lacks something, the first of many: `more` are the others of its item."""
    translate = style.translate
    periods = [reminder.period for reminder in (one, *more) if reminder.period]
    times = period_text(periods[0], translate.language) if len(periods) == 1 else ""
    times = times or short_periods(periods, translate.language)
    facts = [
        short_date(one.due, translate.language),
        translate("overdue {days} day(s)", days=one.days) if one.days else "",
        times,
        "" if one.days else _state_of_reminder(one, translate),
    ]
    words = shortened(clean(one.node.words), LONGEST, whole_words=True)
    actor = one.action.actor if one.action else None
    about = [clean(actor or names_text(one.node.lead)), clean(f"{one.plan}/{one.node.item.id}")]
    if one.action:
        about.insert(0, words)
        words = clean(action_words(one.action, translate))
    if more and one.due:
        day = short_date(more[-1].due, translate.language)
        words += " (" + translate("and {count} more until {day}", count=len(more), day=day) + ")"
    return f"- {', '.join(filter(None, facts))}: {words}\n  {' · '.join(filter(None, about))}"


def _state_of_reminder(one: Reminder, translate: Translator) -> str:
    if one.state is None:
        return ""
    if isinstance(one.state, ActionState):
        known = {
            ActionState.INEFFECTIVE: translate("without effect"),
            ActionState.UNVERIFIED: translate("done, not checked"),
        }
        return known.get(one.state, "")
    return state_word(one.state, translate)


def digests_json(digests: Iterable[Digest], style: ReminderStyle) -> str:
    """Digests as JSON (docs/json.md)."""
    return dump(
        {
            "version": VERSION,
            "as_of": style.as_of,
            "days": style.days,
            "digests": [
                {
                    "unit": digest.unit.code,
                    "name": digest.unit.name,
                    "email": digest.unit.email,
                    "reminders": [_reminder_data(one) for one in digest.reminders],
                }
                for digest in digests
            ],
        }
    )


def _reminder_data(one: Reminder) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "plan": one.plan,
        "item": one.node.item.id,
        "text": one.node.words,
        "lead": (one.action and one.action.actor) or names_text(one.node.lead),
        "due": one.due,
        "days_late": one.days,
        "period": one.period.code if one.period else None,
        "state": one.state.value if one.state else None,
        "action": (one.action and " ".join(one.action.action)) or None,
        "finding": " ".join(one.action.finding) if isinstance(one.action, AuditFinding) else None,
    }


def digest_mail(digest: Digest, calendar: Sequence[CalendarEntry], style: ReminderStyle) -> bytes:
    """A draft of an e-mail with the digest as its text and its due days as a calendar; addressed where the register
    has an address. `X-Unsent: 1` makes Outlook open it for sending. The same digest gives the same bytes."""
    mail = EmailMessage(policy.SMTP)
    mail["Subject"] = _mail_subject(digest, style)
    if digest.unit.email:
        mail["To"] = Address(clean(digest.unit.name), addr_spec=digest.unit.email)
    mail["X-Unsent"] = "1"
    text = digest_text(digest, style)
    mail.set_content(text, cte="base64")
    if calendar:
        name = f"{style.translate('Due days of plans')}: {clean(digest.unit.name)}"
        look = CalendarStyle(style.as_of, ALARM_DAYS, style.translate, name)
        file = b"".join(write_calendar(calendar, look))
        mail.add_attachment(file, "text", "calendar", filename=f"qmsplan-{digest.unit.code}.ics", cte="base64")
        mail.set_boundary("=_" + sha256(text.encode()).hexdigest()[:32])
    return mail.as_bytes()


def calendar_of(digest: Digest, tables: Iterable[Tables], last: date) -> list[CalendarEntry]:
    """The due days of a digest's items that are open, until a last day. `tables` are those of each plan."""
    wanted = digest.items
    found = (due for own in tables for due in dues_in(own, open_only=True) if (due.occurrence.due or last) <= last)
    return [due for due in found if (due.occurrence.plan_id, due.occurrence.item_id) in wanted]
