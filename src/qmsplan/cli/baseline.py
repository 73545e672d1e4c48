"""`--baseline`: a file with the findings that are known, so that only new ones are told.

Findings that the file knows are left out. What it knows and is gone is told once, so that the file can shrink."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from qmsplan.check.findings import BaselineEntry, baseline_text, fingerprints, read_baseline
from qmsplan.cli.console import CommandError, tell
from qmsplan.cli.findings import line_reader
from qmsplan.cli.workspace import OpenWorkspace
from qmsplan.cli.workspace_folder import shown
from qmsplan.cli.write import refuse_yaml, write_whole
from qmsplan.diagnostics import (
    OUTDATED_BASELINE,
    STOPPERS,
    Diagnostic,
    Message,
    ReadError,
    Span,
    UserError,
    diagnose,
    sentence,
    translator,
)
from qmsplan.load.files import decode, read_bytes

LARGEST = 64 * 1024 * 1024
"""Bytes a baseline file may have."""


class BaselineFile(NamedTuple):
    """A baseline file as read."""

    path: Path
    text: str
    entries: frozenset[BaselineEntry]


def load_baseline(path: Path) -> BaselineFile:
    """The baseline in a file. Stop if there is no such file, or if it is no baseline."""
    if not path.exists():
        raise CommandError(
            Message("there is no file '{file}'", file=shown(path)), Message("make it with '--write-baseline'")
        )
    try:
        text = decode(read_bytes(path, LARGEST))
        return BaselineFile(path, text, read_baseline(text))
    except ReadError as broken:
        raise CommandError(broken.message, broken.hint) from None
    except UserError as fault:
        raise CommandError(fault.message, fault.hint) from None


def only_new(
    found: Sequence[Diagnostic], baseline: BaselineFile, place: OpenWorkspace
) -> tuple[list[Diagnostic], set[BaselineEntry]]:
    """The findings that the baseline does not know, and its entries that were found again."""
    new, seen = [], set()
    for diagnostic, entry in zip(found, _entries(found, place), strict=True):
        if entry in baseline.entries and diagnostic.code not in STOPPERS:
            seen.add(entry)
        else:
            new.append(diagnostic)
    return new, seen


def outdated(baseline: BaselineFile, gone: Iterable[BaselineEntry]) -> list[Diagnostic]:
    """A note on the entries that were not found any more; nothing if there are none."""
    first, *more = sorted(gone) or (None,)
    if first is None:
        return []
    lines = baseline.text.splitlines()
    line = next((number for number, text in enumerate(lines, 1) if first.fingerprint in text), 1)
    message = Message(
        "findings of the baseline that are gone: {count}, the first is {code} of {file}",
        count=len(more) + 1,
        code=first.code,
        file=first.file,
    )
    hint = Message("let the baseline shrink: validate again with '--write-baseline'")
    return [diagnose(shown(baseline.path), OUTDATED_BASELINE, message, Span(line, 1, line, 1), hint)]


def record_findings(found: Sequence[Diagnostic], path: Path, place: OpenWorkspace, language: str) -> list[Diagnostic]:
    """Writes the baseline. What is given back can't be recorded, because it keeps files from being checked at all."""
    refuse_yaml(path)
    known = [entry for entry in _entries(found, place) if entry.code not in STOPPERS]
    write_whole(path, baseline_text(known).encode("utf-8"))
    told = Message("findings recorded in '{file}': {count}", file=shown(path), count=len(known))
    tell(sentence(told, translator(language)))
    return [diagnostic for diagnostic in found if diagnostic.code in STOPPERS]


def _entries(found: Sequence[Diagnostic], place: OpenWorkspace) -> list[BaselineEntry]:
    """The entry of each finding, which names its file relative to the workspace."""

    def name_of(file: str) -> str:
        try:
            return Path(os.path.relpath(file, place.root)).as_posix()
        except ValueError:  # on another drive
            return file

    marks = fingerprints(found, line_reader(place), name_of)
    return [BaselineEntry(name_of(one.file), one.code, mark) for one, mark in zip(found, marks, strict=True)]
