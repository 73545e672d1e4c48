"""Files that belong together: a plan and the progress files that report on it."""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING

from qmsplan.load.about import key_of
from qmsplan.load.document import Document, read_content, read_file
from qmsplan.load.evidence import ABSENT, EMPTY, OUTSIDE, find_evidence
from qmsplan.model.bundle import Bundle, Named, Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qmsplan.load.file import File
    from qmsplan.model.record import Completion, Progress, Reading


def group(files: Iterable[File]) -> dict[str | None, tuple[File, ...]]:
    """Files by the plan they are about, in a stable order; files that can't be told stand together under None."""
    groups: dict[str | None, list[File]] = defaultdict(list)
    for file in files:
        groups[key_of(file.path)].append(file)
    return {key: tuple(files) for key, files in groups.items()}


def read_bundle(files: Iterable[File], root: Path) -> tuple[Bundle, tuple[Document, ...]]:
    """The plans and records of a group of files, and all its documents with what is wrong with them."""
    documents = tuple((file, _read(file)) for file in files)
    plans = tuple(Named(file.name, d.value) for file, d in documents if d.value and d.value.kind == "plan")
    records = tuple(_record(file, d.value, root) for file, d in documents if d.value and d.value.kind == "progress")
    return Bundle(plans, records), tuple(document for _, document in documents)


def _read(file: File) -> Document:
    return read_file(file.path, file.name) if file.content is None else read_content(file.content, file.name)


def named_in(progress: Progress) -> frozenset[str]:
    """The files that a record names as evidence."""
    entries: tuple[Reading | Completion, ...] = (*progress.readings, *progress.completions)
    return frozenset(name for entry in entries for name in entry.files)


def _record(file: File, progress: Progress, root: Path) -> Record:
    named = named_in(progress)
    if not named:
        return Record(file.name, progress)
    folder = str(file.path.parent)
    found = {name: find_evidence(os.path.join(folder, name), str(root)) for name in named}  # noqa: PTH118  any text
    states = (ABSENT, OUTSIDE, EMPTY)
    return Record(file.name, progress, *(frozenset(name for name in named if found[name] == state) for state in states))
