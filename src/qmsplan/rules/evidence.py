"""Rules on evidence: files that are not there, documents cited with wrong days, work without proof (QP501 to QP505)."""

from __future__ import annotations

from collections.abc import Iterator

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.progress import Record
from qmsplan.rules.base import ITEM_LISTS, CitedDocument, Context, Finding, Location, Rule, cite
from qmsplan.rules.iso9001 import cited_audits, is_proven


def _files(context: Context) -> Iterator[tuple[Location, str, Record]]:
    """The files named as evidence, each with its place and its record."""
    for found in context.entries(*ITEM_LISTS):
        for number, file in enumerate(found.entry.files):
            yield found.at("files", number), file, found.record


def evidence_missing(context: Context) -> Iterator[Finding]:
    """Evidence files that are not there, or not in the workspace."""
    for place, file, record in _files(context):
        if file in record.outside:
            hint = Message("keep evidence inside the workspace, named relative to this file")
            yield Finding(place, Message("the evidence '{file}' lies outside the workspace", file=file), hint)
        elif file in record.absent:
            hint = Message("add the file, correct its name, or cite the document under 'evidence'")
            if near := dict(record.near).get(file):
                hint = Message("did you mean '{name}'?", name=near)
            yield Finding(place, Message("there is no file '{file}'", file=file), hint)


def empty_evidence(context: Context) -> Iterator[Finding]:
    """Evidence files that hold no byte."""
    for place, file, record in _files(context):
        if file in record.empty:
            hint = Message("put the scanned or exported document in its place")
            yield Finding(place, Message("the evidence '{file}' is empty", file=file), hint)


def evidence_two_dates(context: Context) -> Iterator[Finding]:
    """One document cited with two days: the same number in the same year; numbers start anew each year."""
    seen: dict[tuple[str, int], CitedDocument] = {}
    for entry in context.cited:
        number, day, words = entry.citation
        first = seen.setdefault((number, day.year), entry)
        if first.citation.day != day:
            yield Finding(
                entry.place,
                Message("document {number} is cited with two days: {day} here, {other} elsewhere",
                    number=number, day=day, other=first.citation.day),
                Message("look at the document, and correct the number or the day that is wrong"),
                first.place,
                words,
            )  # fmt: skip


def evidence_after_recording(context: Context) -> Iterator[Finding]:
    """Documents cited with a day after the one on which the entry was recorded."""
    for entry in context.cited:
        number, day, words = entry.citation
        recorded = entry.recorded
        if recorded and day > recorded:
            yield Finding(
                entry.place,
                Message("document {number} is of {day}, but this was recorded before it, on {recorded}",
                    number=number, day=day, recorded=recorded),
                Message("correct the day of the document, or 'recorded' if the entry was completed later"),
                words=words,
            )  # fmt: skip


def completed_without_evidence(context: Context) -> Iterator[Finding]:
    """Completions without `evidence` and `files` (ISO 9001:2015, 9.1.1); QP710 reports those of audits and reviews."""
    bare = [found for found in context.completions if not is_proven(found.entry)]
    audits = cited_audits(context) if bare else {}
    for found in bare:
        if found.entry.item in context.by_id and found.entry.item not in audits:
            yield Finding(
                found.at("item"),
                Message("'{id}' is recorded as done without any evidence", id=found.entry.item),
                cite(context, "measured", Message("name what shows it under 'evidence', or keep it as 'files'")),
            )  # fmt: skip


RULES = (
    Rule("QP501", "evidence-missing", Severity.ERROR, evidence_missing),
    Rule("QP502", "empty-evidence", Severity.WARNING, empty_evidence),
    Rule("QP503", "evidence-two-dates", Severity.WARNING, evidence_two_dates),
    Rule("QP504", "evidence-after-recording", Severity.WARNING, evidence_after_recording),
    Rule("QP505", "completed-without-evidence", Severity.WARNING, completed_without_evidence),
)
