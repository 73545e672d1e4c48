"""How many findings are told.

Marks by which a finding is known again when its line has moved: for baselines and reports that CIs compare.

The findings that an old repository is known to have: only what is new is told.

Which findings are told and how much they weigh: `rules:` of the settings, `--select` and `--ignore`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

from qmsplan.check.catalogue import OF_FORMS, UNSILENCED, codes_starting, correction_of, entries, find_entry, spelling
from qmsplan.diagnostics import (
    FINDINGS_NOT_SHOWN,
    MOST_SUGGESTIONS,
    UNKNOWN_FIELD,
    WRONG_VALUE,
    Diagnostic,
    Message,
    Severity,
    UserError,
    diagnose,
)
from qmsplan.load.document import Document
from qmsplan.model.settings import Settings

MOST = 100
"""Warnings and notes that are told of one file. Errors are all told."""


def shortened(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
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
    told += [_note(first, lighter[first.file] - MOST) for first in left_out.values()]
    return tuple(sorted(told, key=lambda diagnostic: diagnostic.order))


def _note(first: Diagnostic, count: int) -> Diagnostic:
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
    """The entries of a baseline file. A Fault if it is none."""
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
    return frozenset(_entry(fields) for fields in content["findings"] if fields != {})


def _entry(fields: object) -> BaselineEntry:
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
    """The weights of a run. A Fault if `select` or `ignore` names no code. What is off in the settings stays off."""
    if not (settings.rules or select or ignore):
        return {}

    weights = dict(_weights_of_settings(settings))
    if select:
        chosen = frozenset[str]().union(*map(_codes, _listed(select)))
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


def _codes(wish: str) -> frozenset[str]:
    """The codes that a code, the start of codes (`QP1`) or a name stands for."""
    entry = find_entry(wish)
    if entry:
        return frozenset({entry.code})
    found = frozenset(codes_starting(wish))
    if not found:
        raise UserError(Message("unknown code '{code}'", code=wish), spelling(wish))
    return found


def _ignorable(wish: str) -> frozenset[str]:
    codes = _codes(wish)
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
        entry, place = find_entry(name), source.locate_key(("rules", name))
        if entry is None:
            message = Message("unknown code '{code}'", code=name)
            yield diagnose(
                source.name, UNKNOWN_FIELD, message, place, spelling(name) if number < MOST_SUGGESTIONS else None
            )
        elif entry.code in UNSILENCED:
            always = Message("'{code}' always is an error", code=name)
            message = Message("'{code}' can't be ignored", code=name) if entry.code in OF_FORMS else always
            yield diagnose(source.name, WRONG_VALUE, message, place, _why_always(frozenset({entry.code})))
        elif entry.code in seen:
            message = Message("'{code}' stands here twice, by its code and by its name", code=name)
            yield diagnose(source.name, WRONG_VALUE, message, place, Message("keep one of them"))
        seen.add(entry.code if entry else name)
