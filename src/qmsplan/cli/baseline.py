"""`--baseline`: what the file knows is not told again, what it knows and is gone is told once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.check.baseline import Entry, baseline_text, read_baseline
from qmsplan.check.fingerprint import fingerprints
from qmsplan.cli.console import Stop, tell
from qmsplan.cli.files import Place, shown
from qmsplan.cli.outputs import refuse_yaml
from qmsplan.cli.report import line_reader
from qmsplan.cli.write import write_whole
from qmsplan.diagnostic import Fault, Span, say
from qmsplan.language import sentence, translator
from qmsplan.load.faults import OUTDATED_BASELINE, STOPPERS, Broken, diagnose
from qmsplan.load.text import decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmsplan.diagnostic import Diagnostic

LARGEST = 64 * 1024 * 1024
"""Bytes a baseline file may have."""


class Baseline(NamedTuple):
    """A baseline file as read."""

    path: Path
    text: str
    entries: frozenset[Entry]


def load_baseline(path: Path) -> Baseline:
    """The baseline in a file. Stop if there is none."""
    if not path.exists():
        raise Stop(say("there is no file '{file}'", file=shown(path)), say("make it with '--write-baseline'"))
    try:
        text = decode(read_bytes(path, LARGEST))
        return Baseline(path, text, read_baseline(text))
    except Broken as broken:
        raise Stop(broken.message, broken.hint) from None
    except Fault as fault:
        raise Stop(fault.message, fault.hint) from None


def only_new(found: Sequence[Diagnostic], baseline: Baseline, place: Place) -> tuple[list[Diagnostic], set[Entry]]:
    """The findings that the baseline does not know, and its entries that were found."""
    new, seen = [], set()
    for diagnostic, entry in zip(found, _entries(found, place), strict=True):
        if entry in baseline.entries and diagnostic.code not in STOPPERS:
            seen.add(entry)
        else:
            new.append(diagnostic)
    return new, seen


def outdated(baseline: Baseline, gone: Iterable[Entry]) -> list[Diagnostic]:
    """A note on the entries that were not found any more; nothing if there are none."""
    first, *more = sorted(gone) or (None,)
    if first is None:
        return []
    lines = baseline.text.splitlines()
    line = next((number for number, text in enumerate(lines, 1) if first.fingerprint in text), 1)
    message = say(
        "findings of the baseline that are gone: {count}, the first is {code} of {file}",
        count=len(more) + 1,
        code=first.code,
        file=first.file,
    )
    hint = say("let the baseline shrink: validate again with '--write-baseline'")
    return [diagnose(shown(baseline.path), OUTDATED_BASELINE, message, Span(line, 1, line, 1), hint)]


def record(found: Sequence[Diagnostic], path: Path, place: Place, language: str) -> list[Diagnostic]:
    """Writes the baseline; what is left can't be recorded, because it keeps files from being checked at all."""
    refuse_yaml(path)
    known = [entry for entry in _entries(found, place) if entry.code not in STOPPERS]
    write_whole(path, baseline_text(known).encode("utf-8"))
    told = say("findings recorded in '{file}': {count}", file=shown(path), count=len(known))
    tell(sentence(told, translator(language)))
    return [diagnostic for diagnostic in found if diagnostic.code in STOPPERS]


def _entries(found: Sequence[Diagnostic], place: Place) -> list[Entry]:
    def name_of(file: str) -> str:
        try:
            return Path(os.path.relpath(file, place.root)).as_posix()
        except ValueError:  # on another drive
            return file

    marks = fingerprints(found, line_reader(place), name_of)
    return [Entry(name_of(one.file), one.code, mark) for one, mark in zip(found, marks, strict=True)]
