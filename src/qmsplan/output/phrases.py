"""Deadlines and targets as understood, for people and programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qmsplan.model.deadline import Deadline, Kind
from qmsplan.model.target import Baseline, Comparator, Target
from qmsplan.output.clean import clean
from qmsplan.output.dates import short_date
from qmsplan.output.words import number_text

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = 1


def deadline_json(deadline: Deadline) -> str:
    """The shape is described in docs/json.md."""
    value = {
        "version": VERSION,
        "phrase": deadline.phrase,
        "kind": deadline.kind.value,
        "occurrences": [
            {"period": occurrence.period.code, "due": occurrence.due.isoformat() if occurrence.due else None}
            for occurrence in deadline.occurrences
        ],
        "start": deadline.start.isoformat() if deadline.start else None,
        "event": deadline.event,
        "reference": deadline.reference,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def deadline_text(deadline: Deadline, language: str, say: Callable[[str], str]) -> str:
    """The kind, what it waits for, and every due day."""
    kinds = {
        Kind.DATE: say("by a day"),
        Kind.PERIOD: say("by the end of a period"),
        Kind.RECURRING: say("again and again"),
        Kind.CONTINUOUS: say("all the time; evidence is expected each quarter"),
        Kind.EVENT: say("after an event"),
        Kind.REFERENCE: say("as another document says"),
    }
    lines = [clean(deadline.phrase), f"  {kinds[deadline.kind]}"]
    if deadline.event or deadline.reference:
        lines.append(f"  «{clean(deadline.event or deadline.reference or '')}»")
    for occurrence in deadline.occurrences:
        due = short_date(occurrence.due, language)
        lines.append(f"  {occurrence.period.code}" + (f"  {say('due {day}').format(day=due)}" if due else ""))
    return "\n".join(lines) + "\n"


def target_json(target: Target) -> str:
    """The shape is described in docs/json.md. `value` is a number in text, so no digit is lost."""
    value = {
        "version": VERSION,
        "phrase": target.phrase,
        "comparator": target.comparator.value,
        "value": str(target.value),
        "unit": target.unit,
        "baseline": target.baseline.value if target.baseline else None,
        "population": target.population or None,
        "commitment": "strive" if target.is_commitment else None,
        "conditional": target.is_conditional,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def target_text(target: Target, language: str, say: Callable[[str], str]) -> str:
    """Comparator, value, unit; then what they are about."""
    words = {
        Comparator.AT_LEAST: say("at least"),
        Comparator.MORE: say("more than"),
        Comparator.AT_MOST: say("at most"),
        Comparator.LESS: say("less than"),
        Comparator.EQUAL: say("exactly"),
        Comparator.REDUCE: say("reduce by"),
        Comparator.INCREASE: say("increase by"),
        Comparator.RANK: say("rank at most"),
    }
    bases = {
        Baseline.PREVIOUS_YEAR: say("against the previous year"),
        Baseline.SAME_PERIOD: say("against the same period of the previous year"),
        Baseline.STATUTORY: say("against the statutory value"),
        Baseline.UNSTATED: say("against a baseline that is not stated"),
    }
    value = f"{words[target.comparator]} {number_text(target.value, language)} {clean(target.unit)}".rstrip()
    lines = [clean(target.phrase), f"  {value}"]
    lines += [f"  {bases[target.baseline]}"] if target.baseline else []
    lines += [f"  «{clean(target.population)}»"] if target.population else []
    lines += ["  " + say("striven for rather than promised")] if target.is_commitment else []
    lines += ["  " + say("only if a case arises")] if target.is_conditional else []
    return "\n".join(lines) + "\n"
