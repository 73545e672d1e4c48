"""Something that was written down before it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, Text, say
from qmsplan.rules.base import Context, Finding, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


def check(context: Context) -> Iterator[Finding]:
    """Completions and events that lie after the day they were recorded."""
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            if completion.recorded and completion.done > completion.recorded:
                place = Place(record.file, ("completions", index, "done"))
                yield Finding(place, _message(completion.item, completion.done, completion.recorded), _CURE)
        for index, event in enumerate(record.progress.events):
            if event.recorded and event.date > event.recorded:
                place = Place(record.file, ("events", index, "date"))
                yield Finding(place, _message(event.event, event.date, event.recorded), _CURE)


def _message(name: str, day: date, recorded: date) -> Text:
    return say("'{id}' is told for {day}, but was recorded before that, on {recorded}",
               id=name, day=day, recorded=recorded)  # fmt: skip


_CURE = say("correct one of the two days; only what has happened is recorded")

RULE = Rule("QP208", "done-after-recorded", Severity.ERROR, check)
