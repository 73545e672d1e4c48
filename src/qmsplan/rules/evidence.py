"""An evidence file that is not there, or not in the workspace.

An evidence file with nothing in it.

One document that evidence cites with two days.

Evidence that did not exist yet.

Something that is said to be done, and nothing shows it (ISO 9001:2015, 9.1.1)."""

from __future__ import annotations

from collections.abc import Iterator

from qmsplan.diagnostics import Message, Severity
from qmsplan.rules.base import CitedDocument, Context, Finding, Location, Rule, cite
from qmsplan.rules.iso9001 import cited_audits, is_proven


def evidence_missing(context: Context) -> Iterator[Finding]:
    """Names under `files` of readings and completions that lead nowhere or out of the workspace."""
    for record in context.records:
        for name in ("readings", "completions"):
            for index, entry in enumerate(getattr(record.progress, name)):
                for number, file in enumerate(entry.files):
                    place = Location(record.file, (name, index, "files", number))
                    if file in record.outside:
                        hint = Message("keep evidence inside the workspace, named relative to this file")
                        yield Finding(
                            place, Message("the evidence '{file}' lies outside the workspace", file=file), hint
                        )
                    elif file in record.absent:
                        hint = Message("add the file, correct its name, or cite the document under 'evidence'")
                        yield Finding(place, Message("there is no file '{file}'", file=file), hint)


EVIDENCE_MISSING = Rule("QP501", "evidence-missing", Severity.ERROR, evidence_missing)


def empty_evidence(context: Context) -> Iterator[Finding]:
    """Files under `files` of readings and completions that are there but hold no byte."""
    for record in context.records:
        if not record.empty:
            continue
        for name in ("readings", "completions"):
            for index, entry in enumerate(getattr(record.progress, name)):
                for number, file in enumerate(entry.files):
                    if file in record.empty:
                        yield Finding(
                            Location(record.file, (name, index, "files", number)),
                            Message("the evidence '{file}' is empty", file=file),
                            Message("put the scanned or exported document in its place"),
                        )


EMPTY_EVIDENCE = Rule("QP502", "empty-evidence", Severity.WARNING, empty_evidence)


def evidence_two_dates(context: Context) -> Iterator[Finding]:
    """Numbers cited again in the same year with another day; numbers start anew each year."""
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


EVIDENCE_TWO_DATES = Rule("QP503", "evidence-two-dates", Severity.WARNING, evidence_two_dates)


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


EVIDENCE_AFTER_RECORDING = Rule("QP504", "evidence-after-recording", Severity.WARNING, evidence_after_recording)


def completed_without_evidence(context: Context) -> Iterator[Finding]:
    """Completions without `evidence` and `files`; not those of audits and reviews, which have a rule of their own."""
    told: dict[str, str] | None = None
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            if is_proven(completion) or completion.item not in context.by_id:
                continue
            told = cited_audits(context) if told is None else told
            if completion.item not in told:
                yield Finding(
                    Location(record.file, ("completions", index, "item")),
                    Message("'{id}' is recorded as done without any evidence", id=completion.item),
                    Message("name what shows it under 'evidence', or keep it as 'files' ({cited})",
                        cited=cite(context, "measured")),
                )  # fmt: skip


COMPLETED_WITHOUT_EVIDENCE = Rule("QP505", "completed-without-evidence", Severity.WARNING, completed_without_evidence)


RULES = (
    EVIDENCE_MISSING,
    EMPTY_EVIDENCE,
    EVIDENCE_TWO_DATES,
    EVIDENCE_AFTER_RECORDING,
    COMPLETED_WITHOUT_EVIDENCE,
)
