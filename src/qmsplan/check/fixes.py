"""Fixes of findings put into a text, and the proof that the text says what it said but for them."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qmsplan.check.run_checks import CheckScope, findings_of
from qmsplan.diagnostics import FORBIDDEN_CHARACTER, NO_YAML, STOPPERS, Diagnostic, Span
from qmsplan.load.document import LINE_END
from qmsplan.load.files import File, encode


class MendedFile(NamedTuple):
    """A file with fixes: its text before and after, and the findings that were mended."""

    file: File
    before: bytes
    after: bytes
    mended: tuple[Diagnostic, ...]


def mend(
    file: File, others: Sequence[File], before: bytes, found: Sequence[Diagnostic], scope: CheckScope
) -> MendedFile:
    """A file with the fixes of its findings. `others` are the other files about its plan.

    A guess is left out, and a fix that would bring a finding of its own. Of two that overlap the first is made, then
    the other if its finding is still there; what is only seen once a file can be read is mended too."""
    content, mended = before, list[Diagnostic]()
    for _ in range(MOST_ROUNDS):
        fixed = _fixes_to_make(file, others, content, found, scope)
        if not fixed:
            break
        content = _with_fixes(content, fixed)
        mended += fixed
        found = [one for one in findings_of([*others, file._replace(content=content)], scope) if one.file == file.name]
    touched = {span.line for one in mended if one.fix for span, _ in one.fix.edits}
    if {one.code for one in mended} == {one.code for one in found} == {FORBIDDEN_CHARACTER.code}:
        return MendedFile(file, before, content, tuple(mended))  # no letter says anything about another
    if any(one.code in NO_YAML or (one.code in STOPPERS and one.span.line in touched) for one in found):
        return MendedFile(file, before, before, ())  # it still can't be read there: nobody knows what the fixes did
    return MendedFile(file, before, content, tuple(mended))


MOST_ROUNDS = 100
"""So many places at which a file can't be read are mended, one after the other."""


def _fixes_to_make(
    file: File, others: Sequence[File], content: bytes, found: Sequence[Diagnostic], scope: CheckScope
) -> list[Diagnostic]:
    """The findings whose fixes can be made now and bring no other finding."""
    with_fix = [one for one in found if one.fix and one.fix.is_sure]
    stoppers = [one for one in with_fix if one.code in STOPPERS]
    if stoppers:  # what else is wrong is only seen behind it
        return stoppers[:1]
    together = without_overlaps(with_fix)
    if not _brings_news(file, others, content, _with_fixes(content, together), scope):
        return together
    kept: list[Diagnostic] = []
    for diagnostic in together:
        if not _brings_news(file, others, content, _with_fixes(content, [*kept, diagnostic]), scope):
            kept.append(diagnostic)
    return kept


def without_overlaps(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings whose fixes can be made together: of two that overlap the first."""
    kept: list[Diagnostic] = []
    taken: list[Span] = []
    for diagnostic in found:
        spans = [span for span, _ in diagnostic.fix.edits] if diagnostic.fix else []
        if spans and not any(_overlap(one, other) for one in spans for other in taken):
            kept.append(diagnostic)
            taken += spans
    return kept


def _overlap(one: Span, other: Span) -> bool:
    return (one[:2] < other[2:] and other[:2] < one[2:]) or one == other


def _with_fixes(before: bytes, found: Iterable[Diagnostic]) -> bytes:
    """The text with the fixes of some findings."""
    text = before.removeprefix(BOM_UTF8).decode("utf-8")  # the mark belongs to no line
    starts = [0, *(end.end() for end in LINE_END.finditer(text))]
    edits = [edit for diagnostic in found if diagnostic.fix for edit in diagnostic.fix.edits]
    for span, words in sorted(edits, reverse=True):
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        text = text[:start] + words + text[end:]
    return encode(text, before)


def _brings_news(file: File, others: Sequence[File], before: bytes, after: bytes, scope: CheckScope) -> bool:
    """Whether there is a finding, wherever it stands, that was not there before."""
    known, now = (
        Counter((found.code, found.file, found.message) for found in findings_of([*others, changed], scope))
        for changed in (file._replace(content=before), file._replace(content=after))
    )
    return bool(now - known)
