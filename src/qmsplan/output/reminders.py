"""Reminders as text, as JSON, and as drafts of e-mails that Outlook and Thunderbird open, with a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256
from typing import NamedTuple

from qmsplan.diagnostics import Message, Translator, sentence
from qmsplan.model.progress import AuditFinding
from qmsplan.model.text import period_text, short_date, shortened
from qmsplan.output.calendar import CalendarEntry, CalendarStyle, dues_in, write_calendar
from qmsplan.output.safe_text import clean, dump
from qmsplan.output.words import action_words, leads_of, state_word, text_of
from qmsplan.progress.corrective import ActionState
from qmsplan.progress.reminders import Digest, Reminder, ReminderKind
from qmsplan.progress.tables import Tables

VERSION = 1
LONGEST = 200
"""Characters of an item's text in a digest."""
ALARM_DAYS = 7


class ReminderStyle(NamedTuple):
    """The day of the digests, how many days they look ahead, and the language."""

    as_of: date
    days: int
    translate: Translator


def digest_text(digest: Digest, style: ReminderStyle) -> str:
    """A digest to print, to send or to paste into a chat: a heading for each kind, and a line or two for each item."""
    lines = [_subject(digest, style), ""]
    for kind in ReminderKind:
        found = [one for one in digest.reminders if one.kind is kind]
        if found:
            lines += [f"{_heading(kind, style)} ({len(found)})", *(_line(one, style) for one in found), ""]
    return "\n".join(lines)


def _subject(digest: Digest, style: ReminderStyle) -> str:
    pattern = style.translate("Work of {unit}, as of {day}")
    return pattern.format(unit=clean(digest.unit.name), day=short_date(style.as_of, style.translate.language))


def _heading(kind: ReminderKind, style: ReminderStyle) -> str:
    coming = Message("Falls due in the next {count} day(s)", count=style.days)
    return {
        ReminderKind.OVERDUE: style.translate("Overdue"),
        ReminderKind.MISSED: style.translate("Missed, without a corrective action"),
        ReminderKind.FIGURES: style.translate("Figures or evidence to report"),
        ReminderKind.ACTION: style.translate("Corrective actions"),
        ReminderKind.COMING: sentence(coming, style.translate),
    }[kind]


def _line(one: Reminder, style: ReminderStyle) -> str:
    translate = style.translate
    facts = [
        short_date(one.due, style.translate.language),
        sentence(Message("overdue {days} day(s)", days=one.days), translate) if one.days else "",
        period_text(one.period, style.translate.language) if one.period else "",
        "" if one.days else _state(one, translate),
    ]
    words = shortened(clean(text_of(one.node)), LONGEST, whole_words=True)
    actor = one.action.actor if one.action else None
    about = [clean(actor or leads_of(one.node)), clean(f"{one.plan}/{one.node.item.id}")]
    if one.action:
        about.insert(0, words)
        words = clean(action_words(one.action, translate))
    return f"- {', '.join(filter(None, facts))}: {words}\n  {' · '.join(filter(None, about))}"


def _state(one: Reminder, translate: Translator) -> str:
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
                    "reminders": [_reminder(one) for one in digest.reminders],
                }
                for digest in digests
            ],
        }
    )


def _reminder(one: Reminder) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "plan": one.plan,
        "item": one.node.item.id,
        "text": text_of(one.node),
        "lead": (one.action and one.action.actor) or leads_of(one.node),
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
    mail["Subject"] = _subject(digest, style)
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
