"""Ignore comments applied: which findings they let pass, what is wrong with them, which of them were of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.diagnostic import Diagnostic, Span, Text, say
from qmsplan.load.faults import FAULTY_IGNORE, FINDINGS_NOT_SHOWN, MOST_SUGGESTIONS, STOPPERS, UNUSED_IGNORE, diagnose
from qmsplan.load.lint import IGNORE
from qmsplan.rules import changed_after_review, changed_after_signing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qmsplan.check.catalogue import Entry
    from qmsplan.load.ignores import Ignore
    from qmsplan.load.source import Source

SEALS = frozenset({changed_after_signing.RULE.code, changed_after_review.RULE.code})
"""What a signature covers: comments are not covered, so none of them may hide a change of it."""
NEVER = STOPPERS | SEALS | {FAULTY_IGNORE.code, UNUSED_IGNORE.code, FINDINGS_NOT_SHOWN.code}
"""Codes that no comment can ignore."""

_FORM = say("write '# qmsplan: ignore[QP203] reason'")


class Permit(NamedTuple):
    """Leave for the findings of one code on a comment's lines."""

    file: str
    code: str
    lines: tuple[int, ...]
    comment: Span


def read_permits(source: Source) -> tuple[list[Permit], list[Diagnostic]]:
    """What the comments of a text permit, and what is wrong with them; a comment without a reason permits nothing."""
    if IGNORE not in source.text:
        return [], []
    from qmsplan.check.catalogue import find_entry
    from qmsplan.load.ignores import read_ignores

    permits: list[Permit] = []
    faults: list[Diagnostic] = []
    for ignore in read_ignores(source):
        for code in ignore.codes if ignore.reason else ():
            entry = find_entry(code)
            if entry and entry.code not in NEVER:
                permits.append(Permit(source.name, entry.code, ignore.lines, ignore.span))
            else:
                faults.append(
                    diagnose(
                        source.name,
                        FAULTY_IGNORE,
                        *_fault_of_code(code, entry, ignore.span, suggests=len(faults) < MOST_SUGGESTIONS),
                    )
                )
        if not (ignore.codes and ignore.reason):
            faults.append(diagnose(source.name, FAULTY_IGNORE, _fault_of_form(ignore), ignore.span, _FORM))
    return permits, faults


def _fault_of_form(ignore: Ignore) -> Text:
    if ignore.codes:
        return say("an ignore comment gives its reason")
    return say("an ignore comment names the codes it is about")


def _fault_of_code(typed: str, entry: Entry | None, span: Span, *, suggests: bool) -> tuple[Text, Span, Text | None]:
    if entry is None:
        from qmsplan.check.catalogue import spelling

        short = typed[:60]
        return say("there is no code '{code}'", code=short), span, spelling(short) if suggests else None
    if entry.code in STOPPERS:
        hint = say("mend it: nothing else of the file is checked before")
    elif entry.code in SEALS:
        hint = say("undo the change, or open a new revision: qmsplan amend")
    else:
        hint = say("mend or remove the comment it is about")
    return say("'{code}' can't be ignored", code=entry.code), span, hint


def let_pass(found: Iterable[Diagnostic], permits: Sequence[Permit]) -> tuple[list[Diagnostic], set[Permit]]:
    """The findings that no permit covers, and the permits that covered one."""
    if not permits:
        return list(found), set()
    by_place = {(permit.file, permit.code, line): permit for permit in reversed(permits) for line in permit.lines}
    kept, used = [], set()
    for diagnostic in found:
        permit = by_place.get((diagnostic.file, diagnostic.code, diagnostic.span.line))
        if permit:
            used.add(permit)
        else:
            kept.append(diagnostic)
    return kept, used


def unused(permits: Iterable[Permit], used: Iterable[Permit]) -> Iterator[Diagnostic]:
    """A warning for each permit that nothing needed."""
    needed = set(used)
    hint = say("remove the comment, or this code from it")
    for permit in permits:
        if permit not in needed:
            message = say("'{code}' is ignored here, but nothing is found that it tells", code=permit.code)
            yield diagnose(permit.file, UNUSED_IGNORE, message, permit.comment, hint)
