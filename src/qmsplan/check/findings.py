"""Which findings are told: how many of a file, and how much they weigh (`rules:` of the settings, `--select` and
`--ignore`).

Marks by which a finding is known again when its line has moved: for baselines and reports that CIs compare. A baseline
lists the findings that an old repository is known to have: only what is new is told.

Comments let a finding pass: `# qmsplan: ignore[QP203] reason`. The parser's events hold no comments. What is wrong with
such comments is told, and which of them were of no use."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias

from qmsplan.check.catalogue import (
    OF_FORMS,
    UNSILENCED,
    CatalogueEntry,
    codes_starting,
    correction_of,
    entries,
    find_entry,
    spelling,
)
from qmsplan.diagnostics import (
    FAULTY_IGNORE,
    FINDINGS_NOT_SHOWN,
    MOST_SUGGESTIONS,
    STOPPERS,
    UNKNOWN_FIELD,
    UNUSED_IGNORE,
    WRONG_VALUE,
    Diagnostic,
    Message,
    Severity,
    Span,
    UserError,
    diagnose,
)
from qmsplan.load.document import BLOCKS, IGNORE, Document, Source
from qmsplan.load.yaml import span_of
from qmsplan.model.settings import Settings

MOST = 100
"""Warnings and notes that are told of one file. Errors are all told."""


def limited(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in order. Where a file has more than `MOST` warnings and notes, a note counts those left out."""
    told: list[Diagnostic] = []
    left_out: dict[str, Diagnostic] = {}
    lighter: Counter[str] = Counter()
    for diagnostic in sorted(found, key=lambda diagnostic: diagnostic.order):
        if diagnostic.severity is not Severity.ERROR:
            lighter[diagnostic.file] += 1
        if diagnostic.severity is Severity.ERROR or lighter[diagnostic.file] <= MOST:
            told.append(diagnostic)
        else:
            left_out.setdefault(diagnostic.file, diagnostic)
    told += [_note_of_left_out(first, lighter[first.file] - MOST) for first in left_out.values()]
    return tuple(sorted(told, key=lambda diagnostic: diagnostic.order))


def _note_of_left_out(first: Diagnostic, count: int) -> Diagnostic:
    """Stands where the first finding that is left out would have stood."""
    message = Message("warnings and notes from here on that are not shown: {count}", count=count)
    hint = Message("see to those above first, or look at one kind at a time: --select {code}", code=first.code)
    return diagnose(first.file, FINDINGS_NOT_SHOWN, message, first.span, hint)


def fingerprints(
    found: Iterable[Diagnostic], line: Callable[[str, int], str], name_of: Callable[[str], str] = str
) -> Iterator[str]:
    """One mark each, in order and no two alike: of the code, the file's name and the words of the line.

    Findings that agree in all of these are counted, so each keeps a mark of its own."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for diagnostic in found:
        words = " ".join(line(diagnostic.file, diagnostic.span.line).split())
        key = (diagnostic.code, name_of(diagnostic.file), words)
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


VERSION = 1


class BaselineEntry(NamedTuple):
    """A finding as a baseline knows it: no line, no sentence. `file` is relative to the workspace."""

    file: str
    code: str
    fingerprint: str


def read_baseline(text: str) -> frozenset[BaselineEntry]:
    """The entries of a baseline file. UserError if it is none."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not isinstance(content.get("findings"), list):
        raise UserError(Message("this is no baseline file"), Message("make it with '--write-baseline'"))
    if content.get("version") != VERSION:
        raise UserError(
            Message("this baseline file is of another version"), Message("make it again with '--write-baseline'")
        )
    return frozenset(_baseline_entry(fields) for fields in content["findings"] if fields != {})


def _baseline_entry(fields: object) -> BaselineEntry:
    values = [fields.get(name) if isinstance(fields, dict) else None for name in BaselineEntry._fields]
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(values):
        raise UserError(
            Message("an entry of the baseline file is not complete"), Message("make it again with '--write-baseline'")
        )
    return BaselineEntry(*texts)


def baseline_text(entries: Iterable[BaselineEntry]) -> str:
    """A file with a line for each entry, in order. The last line is empty braces: so each entry ends with a comma,
    and branches that add or remove entries merge line by line."""
    lines = [json.dumps(entry._asdict(), ensure_ascii=not entry.file.isprintable()) for entry in sorted(set(entries))]
    listed = ",\n".join(f"    {line}" for line in (*lines, "{}"))
    return f'{{\n  "version": {VERSION},\n  "findings": [\n{listed}\n  ]\n}}\n'


Weights: TypeAlias = "Mapping[str, Severity | None]"
"""How much codes weigh that do not weigh what they usually do; None is not told at all."""


def weights_of(settings: Settings, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Weights:
    """The weights of a run. UserError if `select` or `ignore` names no code. What is off in the settings stays off."""
    if not (settings.rules or select or ignore):
        return {}

    weights = dict(_weights_of_settings(settings))
    if select:
        chosen = frozenset[str]().union(*map(_codes_meant, _listed(select)))
        weights |= {entry.code: None for entry in entries() if entry.code not in chosen | UNSILENCED}
    for wish in _listed(ignore):
        weights |= dict.fromkeys(_ignorable(wish))
    return weights


def weigh(found: Iterable[Diagnostic], weights: Weights) -> Iterator[Diagnostic]:
    """The findings that are told, with the weight they are given."""
    for diagnostic in found:
        severity = weights.get(diagnostic.code, diagnostic.severity)
        if severity is diagnostic.severity:
            yield diagnostic
        elif severity:
            yield diagnostic._replace(severity=severity)


def _listed(values: Iterable[str]) -> Iterator[str]:
    """Names parted by commas, in any number of values."""
    for value in values:
        yield from (name.strip() for name in value.split(","))


def _codes_meant(wish: str) -> frozenset[str]:
    """The codes that a code, the start of codes (`QP1`) or a name stands for."""
    entry = find_entry(wish)
    if entry:
        return frozenset({entry.code})
    found = frozenset(codes_starting(wish))
    if not found:
        raise UserError(Message("unknown code '{code}'", code=wish), spelling(wish))
    return found


def _ignorable(wish: str) -> frozenset[str]:
    codes = _codes_meant(wish)
    if codes <= UNSILENCED:
        code = ", ".join(sorted(codes))
        raise UserError(Message("'{code}' can't be ignored", code=code), _why_always(codes))
    return codes - UNSILENCED


def _why_always(codes: frozenset[str]) -> Message:
    return correction_of(codes) or Message("it keeps files from being read at all")


def _weights_of_settings(settings: Settings) -> Iterator[tuple[str, Severity | None]]:
    for name, weight in (settings.rules or {}).items():
        entry = find_entry(name)
        if entry and entry.code not in UNSILENCED:
            yield entry.code, None if weight == "off" else Severity(weight)


def faults_of_choice(document: Document) -> Iterator[Diagnostic]:
    """What is wrong with `rules:` in the settings: codes that there are not, codes that nothing can be done about."""
    source, settings = document.source, document.value
    if not isinstance(settings, Settings) or not settings.rules:
        return

    seen: set[str] = set()
    for number, name in enumerate(settings.rules):
        entry, code, hint = find_entry(name), WRONG_VALUE, None
        if entry is None:
            code, message = UNKNOWN_FIELD, Message("unknown code '{code}'", code=name)
            hint = spelling(name) if number < MOST_SUGGESTIONS else None
        elif entry.code in OF_FORMS:
            message, hint = Message("'{code}' can't be ignored", code=name), _why_always(frozenset({entry.code}))
        elif entry.code in UNSILENCED:
            message, hint = Message("'{code}' always is an error", code=name), _why_always(frozenset({entry.code}))
        elif entry.code in seen:
            message = Message("'{code}' stands here twice, by its code and by its name", code=name)
            hint = Message("keep one of them")
        else:
            seen.add(entry.code)
            continue
        yield diagnose(source.name, code, message, source.locate_key(("rules", name)), hint)


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
        spans = [_span_inside(event) for event in texts]
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


def _span_inside(event: Any) -> Span:
    """The place of a text; that of a block starts below its `|`, behind which a comment may stand."""
    span = span_of(event)
    return Span(span.line + 1, 1, *span[2:]) if event.style in BLOCKS else span


NEVER = UNSILENCED | {FAULTY_IGNORE.code, UNUSED_IGNORE.code, FINDINGS_NOT_SHOWN.code}
"""Codes that no comment can ignore."""


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
        if not (ignore.codes and ignore.reason):
            form = _fault_of_form(ignore)
            faults.append(diagnose(source.name, FAULTY_IGNORE, form, ignore.span, _right_form(ignore)))
            continue
        for code in ignore.codes:
            entry = find_entry(code)
            if entry and entry.code not in NEVER:
                permits.append(IgnorePermit(source.name, entry.code, ignore.lines, ignore.span))
                continue
            message, hint = _fault_of_code(code, entry, suggests=len(faults) < MOST_SUGGESTIONS)
            faults.append(diagnose(source.name, FAULTY_IGNORE, message, ignore.span, hint))
    return permits, faults


def _fault_of_form(ignore: Ignore) -> Message:
    if ignore.codes:
        return Message("an ignore comment gives its reason")
    return Message("an ignore comment names the codes it is about")


def _right_form(ignore: Ignore) -> Message:
    codes = ", ".join(ignore.codes) if ignore.codes and all(map(find_entry, ignore.codes)) else "QP203"
    return Message("write '# qmsplan: ignore[{codes}] reason'", codes=codes)


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
