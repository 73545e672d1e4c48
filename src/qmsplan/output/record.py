"""What `qmsplan record` wrote and what follows from it: a line for people, JSON (docs/json.md), a diff."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qmsplan.diagnostics import Diagnostic, Message, Translator
from qmsplan.model.progress import AuditFinding, CorrectiveAction, EventRecord, ProgressEntry, Reading, list_of
from qmsplan.model.text import period_text
from qmsplan.output.safe_text import clean, dump, harmless
from qmsplan.output.words import line_word, measured_text, result_word
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.entry_effect import EntryEffect
from qmsplan.progress.measurement import Measurement
from qmsplan.progress.occurrences import OPEN, OccurrenceState

VERSION = 1
MOST = 5
"""Occurrences whose new state the line shows."""


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """An entry at its place, and its effect."""

    plan: str
    file: str
    line: int
    entry: ProgressEntry
    effect: EntryEffect
    is_replaced: bool


def written_line(written: WrittenEntry, translate: Translator, *, is_dry_run: bool = False) -> str:
    """`plans/x.yaml:41: recorded: MT03, 2026-Q3: 96.92% (126/130), missed`; of a dry run what would be recorded."""
    done = translate("replaced") if written.is_replaced else translate("recorded")
    if is_dry_run:
        done = translate("would be recorded")
    facts = "; ".join(filter(None, (_entry_words(written.entry, translate), *_effect_words(written, translate))))
    return harmless(clean(f"{written.file}:{written.line}: {done}: {facts}")) + "\n"


def _entry_words(entry: ProgressEntry, translate: Translator) -> str:
    if isinstance(entry, EventRecord):
        return translate("event {event} on {day}", event=entry.event, day=entry.date)
    about = ", ".join([entry.item, *([period_text(entry.period, translate.language)] if entry.period else [])])
    if isinstance(entry, Reading):
        return about
    if isinstance(entry, AuditFinding):
        return translate("finding of an audit, {item}, clause {clause}", item=about, clause=entry.clause)
    if isinstance(entry, CorrectiveAction):
        return translate("corrective action for {item}", item=about)
    return translate("{item} done on {day}", item=about, day=entry.done)


def _effect_words(written: WrittenEntry, translate: Translator) -> list[str]:
    entry, effect = written.entry, written.effect
    if isinstance(entry, Reading):
        return [_measured_words(effect.measurement, translate)] if effect.measurement else []
    if isinstance(entry, CorrectiveAction):
        days = {
            Message("due {day}"): entry.due,
            Message("done on {day}"): entry.done,
            Message("checked on {day}"): entry.verified_on,
        }
        told = [translate(pattern, day=day) for pattern, day in days.items() if day]
        return told + {True: [translate("effective")], False: [translate("not effective")], None: []}[entry.effective]
    states = [
        (node.item.id + " " if isinstance(entry, EventRecord) or node.item.id != entry.item else "")
        + _state_words(state, node, translate)
        for node, state in effect.changed
    ]
    return states[:MOST] + (["…"] if len(states) > MOST else [])


def _measured_words(found: Measurement, translate: Translator) -> str:
    """A measured value with its attainment: `96,92% (126/130), missed`; the attainment alone if there is no value."""
    word, text = result_word(found, translate), measured_text(found, translate)
    return word if text == word else f"{text}, {word}"


def _state_words(state: OccurrenceState, node: Node, translate: Translator) -> str:
    """A state with the days late: `done late 2 day(s)`; for what is still to come its day."""
    if state.due and state.state in OPEN:
        return translate("due {day}", day=state.due)
    days = [translate("{days} day(s)", days=state.days)] if state.days else []
    return " ".join([line_word(state, node, translate), *days])


def written_json(
    written: Sequence[WrittenEntry], found: Sequence[Diagnostic], diff: str | None, translate: Translator
) -> str:
    """The entries as JSON; with `diff` nothing was written."""
    return dump(
        {
            "version": VERSION,
            "written": diff is None,
            "entries": [entry_data(one) for one in written],
            "warnings": [_warning(diagnostic, translate) for diagnostic in found],
            "diff": diff,
        }
    )


def entry_data(written: WrittenEntry) -> dict[str, Any]:
    """An entry and its effect as data."""
    entry, effect = written.entry, written.effect
    period = getattr(entry, "period", None)
    return {
        "plan": written.plan,
        "item": getattr(entry, "item", None),
        "event": getattr(entry, "event", None),
        "period": period.code if period else None,
        "list": list_of(entry),
        "file": written.file,
        "line": written.line,
        "replaced": written.is_replaced,
        "attainment": effect.measurement.attainment.value if effect.measurement else None,
        "changed": [
            {
                "item": node.item.id,
                "period": state.occurrence.period.code,
                "state": state.state.value,
                "due": state.due,
                "days_late": state.days,
            }
            for node, state in effect.changed
        ],
    }


def _warning(diagnostic: Diagnostic, translate: Translator) -> dict[str, object]:
    line = diagnostic.span.line
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": translate(diagnostic.message),
        "file": diagnostic.file,
        "line": line,
    }


def unified(name: str, before: str | None, after: str) -> str:
    """A unified diff of a file's text, as `git diff` shows it; `before` is None for a new file."""
    texts = ((before or "").split("\n"), after.split("\n"))
    old, new = ([*(f"{line}\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])] for lines in texts)
    facts = difflib.unified_diff(old, new, "/dev/null" if before is None else f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in facts)
