"""How a deadline is understood, as text and as JSON (docs/json.md), and why a phrase is not: `qmsplan deadline`."""

from __future__ import annotations

from qmsplan.diagnostics import Message, Translator, UserError
from qmsplan.model.text import period_text
from qmsplan.output.safe_text import clean
from qmsplan.phrases.deadline import Deadline, DeadlineKind, EventTrigger, Occurrence

VERSION = 1
"""Of the JSON of `deadline`, `target` and `people`."""


def fault_value(typed: str, fault: UserError, translate: Translator) -> dict[str, object]:
    """A phrase that is not understood: its kind is null, with the reason and the hint."""
    hint = translate(fault.hint) if fault.hint else None
    return {"version": VERSION, "phrase": typed, "kind": None, "message": translate(fault.message), "hint": hint}


def deadline_value(deadline: Deadline) -> dict[str, object]:
    """A deadline as it stands in JSON."""
    return {
        "version": VERSION,
        "phrase": deadline.phrase,
        "kind": deadline.kind.value,
        "occurrences": [_occurrence_data(occurrence) for occurrence in deadline.occurrences],
        "start": deadline.start,
        "event": deadline.event,
        "reference": deadline.reference,
    }


def _occurrence_data(occurrence: Occurrence) -> dict[str, object]:
    return {
        "period": occurrence.period.code,
        "due": occurrence.due,
        "event": occurrence.trigger.event if occurrence.trigger else None,
        "days_after": occurrence.trigger.days if occurrence.trigger else None,
        "months_after": occurrence.trigger.months if occurrence.trigger else None,
        "working_days": occurrence.trigger.working if occurrence.trigger else None,
        "at_once": occurrence.trigger.at_once if occurrence.trigger else None,
        "repeats": occurrence.trigger.repeats if occurrence.trigger else None,
    }


def deadline_text(deadline: Deadline, translate: Translator) -> str:
    """The phrase, the kind, and every due day."""
    kinds = {
        DeadlineKind.DATE: translate("by a day"),
        DeadlineKind.PERIOD: translate("by the end of a period"),
        DeadlineKind.RECURRING: translate("again and again"),
        DeadlineKind.CONTINUOUS: translate("all the time; evidence is expected each quarter"),
        DeadlineKind.EVENT: translate("after an event"),
        DeadlineKind.REFERENCE: translate("as another document says"),
        DeadlineKind.COMBINED: translate("several times of different kinds"),
    }
    lines = [clean(deadline.phrase), f"  {kinds[deadline.kind]}"]
    if deadline.reference:
        lines.append(f"  «{clean(deadline.reference)}»")
    lines += [f"  {_occurrence_text(occurrence, translate)}" for occurrence in deadline.occurrences]
    return "\n".join(lines) + "\n"


def _occurrence_text(occurrence: Occurrence, translate: Translator) -> str:
    """A period with its due day, with what it waits for, or alone if it is continuous."""
    period = period_text(occurrence.period, translate.language)
    if occurrence.due:
        return f"{period}  " + translate("due {day}", day=occurrence.due)
    if occurrence.trigger is None:
        return period
    return f"{period}  " + translate(_event_words(occurrence.trigger))


def _event_words(trigger: EventTrigger) -> Message:
    event, days, months = clean(trigger.event), trigger.days, trigger.months
    if days == 0:
        return Message("on the day of «{event}»", event=event)
    if days or months:
        return _days_after_words(trigger)
    if trigger.at_once:
        return Message("at once after «{event}»", event=event)
    return Message("each time: «{event}»", event=event) if trigger.repeats else Message("after «{event}»", event=event)


def _days_after_words(trigger: EventTrigger) -> Message:
    """So many days or months after an event, or before it."""
    days, months = trigger.days or 0, trigger.months or 0
    after, before = Message("{days} day(s) after «{event}»"), Message("{days} day(s) before «{event}»")
    if months:
        after, before = Message("{months} month(s) after «{event}»"), Message("{months} month(s) before «{event}»")
    elif trigger.working:
        after = Message("{days} working day(s) after «{event}»")
        before = Message("{days} working day(s) before «{event}»")
    told = before if min(days, months) < 0 else after
    return told.filled(days=abs(days), months=abs(months), event=clean(trigger.event))
