"""Comments that let a finding pass: `# qmsplan: ignore[QP203] reason`. The parser's events hold no comments.

Ignore comments applied: which findings they let pass, what is wrong with them, which of them were of no use."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from qmsplan.check.catalogue import UNSILENCED, CatalogueEntry, correction_of, find_entry, spelling
from qmsplan.diagnostics import (
    FAULTY_IGNORE,
    FINDINGS_NOT_SHOWN,
    MOST_SUGGESTIONS,
    STOPPERS,
    UNUSED_IGNORE,
    Diagnostic,
    Message,
    Span,
    diagnose,
)
from qmsplan.load.document import BLOCKS, IGNORE, Source
from qmsplan.load.yaml import span_of

_START = r"(?:^|(?<=[ \t]))#"
_COMMENT = _START + rf"\s*{IGNORE}\b(?:\s*\[(?P<codes>[^\]]*)\](?P<reason>.*))?"


class Ignore(NamedTuple):
    """One comment: its place, the lines whose findings it is about, the codes and the reason as typed.

    Nobody can comment inside a block of text, so a comment about the line where one opens is about its lines too."""

    span: Span
    lines: tuple[int, ...]
    codes: tuple[str, ...]
    reason: str


def read_ignores(source: Source) -> Iterator[Ignore]:
    """The ignore comments of a text that is YAML, in order."""
    if IGNORE not in source.text:
        return
    scalars, below = _Scalars(source.texts), _code_below(source.lines)
    for number, line in enumerate(source.lines, 1):
        start = scalars.comment_in(line, number) if IGNORE in line else None
        if start is None or not (match := re.search(_COMMENT, line[start:])):
            continue
        stands_alone = not line[:start].strip()
        about = below[number - 1] if stands_alone else number
        codes = (code.strip() for code in (match["codes"] or "").split(","))
        yield Ignore(
            Span(number, start + match.start() + 1, number, len(line.rstrip()) + 1),
            (*((number, about) if stands_alone else (number,)), *scalars.block_below(about)),
            tuple(dict.fromkeys(code for code in codes if code)),
            (match["reason"] or "").strip(" \t:-–"),
        )


def _code_below(lines: Sequence[str]) -> list[int]:
    """For each line the number of the next one that is neither blank nor a comment; its own if there is none."""
    result = list(range(1, len(lines) + 1))
    below = None
    for index in range(len(lines) - 1, -1, -1):
        result[index] = below or index + 1
        text = lines[index].strip()
        if text and not text.startswith("#"):
            below = index + 1
    return result


class _Scalars:
    """Where texts stand: a `#` inside one starts no comment."""

    def __init__(self, texts: Sequence[Any]) -> None:
        spans = [_inside(event) for event in texts]
        self._is_block = [event.style in BLOCKS for event in texts]
        self._starts = [span[:2] for span in spans]
        self._ends = [span[2:] for span in spans]

    def comment_in(self, line: str, number: int) -> int | None:
        """The index at which a line's comment starts."""
        starts = (match.start() for match in re.finditer(_START, line))
        return next((start for start in starts if not self._cover((number, start + 1))), None)

    def block_below(self, number: int) -> range:
        """The lines of the block of text that opens on a line."""
        index = bisect_right(self._starts, (number + 1, 1)) - 1
        if index < 0 or not self._is_block[index] or self._starts[index] != (number + 1, 1):
            return range(0)
        end, column = self._ends[index]
        return range(number + 1, end + (column > 1))

    def _cover(self, place: tuple[int, int]) -> bool:
        index = bisect_right(self._starts, place) - 1
        return index >= 0 and place < self._ends[index]


def _inside(event: Any) -> Span:
    """The place of a text; that of a block starts below its `|`, behind which a comment may stand."""
    span = span_of(event)
    return Span(span.line + 1, 1, *span[2:]) if event.style in BLOCKS else span


NEVER = UNSILENCED | {FAULTY_IGNORE.code, UNUSED_IGNORE.code, FINDINGS_NOT_SHOWN.code}
"""Codes that no comment can ignore."""

_FORM = Message("write '# qmsplan: ignore[QP203] reason'")


class IgnorePermit(NamedTuple):
    """Leave for the findings of one code on a comment's lines."""

    file: str
    code: str
    lines: tuple[int, ...]
    comment: Span


def read_permits(source: Source) -> tuple[list[IgnorePermit], list[Diagnostic]]:
    """What the comments of a text permit, and what is wrong with them; a comment without a reason permits nothing."""
    permits: list[IgnorePermit] = []
    faults: list[Diagnostic] = []
    for ignore in read_ignores(source):
        for code in ignore.codes if ignore.reason else ():
            entry = find_entry(code)
            if entry and entry.code not in NEVER:
                permits.append(IgnorePermit(source.name, entry.code, ignore.lines, ignore.span))
            else:
                message, hint = _fault_of_code(code, entry, suggests=len(faults) < MOST_SUGGESTIONS)
                faults.append(diagnose(source.name, FAULTY_IGNORE, message, ignore.span, hint))
        if not (ignore.codes and ignore.reason):
            faults.append(diagnose(source.name, FAULTY_IGNORE, _fault_of_form(ignore), ignore.span, _FORM))
    return permits, faults


def _fault_of_form(ignore: Ignore) -> Message:
    if ignore.codes:
        return Message("an ignore comment gives its reason")
    return Message("an ignore comment names the codes it is about")


def _fault_of_code(typed: str, entry: CatalogueEntry | None, *, suggests: bool) -> tuple[Message, Message | None]:
    if entry is None:
        short = typed[:60]
        return Message("unknown code '{code}'", code=short), spelling(short) if suggests else None
    if entry.code in STOPPERS:
        hint = Message("fix this first; the rest of the file is not checked until then")
    else:
        hint = correction_of(frozenset({entry.code})) or Message("fix or remove the comment it is about")
    return Message("'{code}' can't be ignored", code=entry.code), hint


def let_pass(
    found: Iterable[Diagnostic], permits: Sequence[IgnorePermit]
) -> tuple[list[Diagnostic], set[IgnorePermit]]:
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


def unused(permits: Iterable[IgnorePermit], used: Iterable[IgnorePermit]) -> Iterator[Diagnostic]:
    """A warning for each permit that nothing needed."""
    needed = set(used)
    hint = Message("remove the comment, or this code from it")
    for permit in permits:
        if permit not in needed:
            message = Message("'{code}' is ignored here, but no such problem was found", code=permit.code)
            yield diagnose(permit.file, UNUSED_IGNORE, message, permit.comment, hint)
