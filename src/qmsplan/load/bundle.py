"""Files that belong together: a plan and the progress files that report on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import yaml

from qmsplan.load.document import Document, read_file
from qmsplan.load.faults import Broken
from qmsplan.load.text import read_bytes
from qmsplan.load.tree import events
from qmsplan.model.bundle import Bundle, Named, Record
from qmsplan.model.people import Register
from qmsplan.model.plan import Plan
from qmsplan.model.record import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from qmsplan.diagnostic import Diagnostic
    from qmsplan.model.record import Completion, Reading
    from qmsplan.model.settings import Settings


class File(NamedTuple):
    """A file to read and the name it is shown under."""

    path: Path
    name: str


def key_of(path: Path) -> str | None:
    """The plan id that a file is about, read from its first fields; None if it can't be told."""
    try:
        return _key(read_bytes(path).decode("utf-8-sig"))
    except (Broken, UnicodeDecodeError):
        return None


def _key(text: str) -> str | None:
    """Only the scalars of the outermost mapping are looked at, and no further than needed."""
    found: dict[str, str] = {}
    depth, key = 0, None
    for event in events(text):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth, key = depth + 1, None
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        elif depth == 1 and isinstance(event, yaml.ScalarEvent):
            if key is None:
                key = event.value
                continue
            found[key], key = event.value, None
            wanted = found.get({"plan": "id", "progress": "plan"}.get(found.get("kind", ""), ""))
            if wanted:
                return wanted
    return None


def group(files: Iterable[File]) -> dict[str | None, tuple[File, ...]]:
    """Files by the plan they are about, in a stable order; files that can't be told stand together under None."""
    groups: dict[str | None, list[File]] = defaultdict(list)
    for file in files:
        groups[key_of(file.path)].append(file)
    return {key: tuple(files) for key, files in groups.items()}


def read_bundle(files: Iterable[File], root: Path) -> tuple[Bundle, tuple[Document, ...]]:
    """The plans and records of a group of files, and all its documents with what is wrong with them."""
    documents = tuple((file, read_file(file.path, file.name)) for file in files)
    plans = tuple(Named(file.name, d.value) for file, d in documents if isinstance(d.value, Plan))
    records = tuple(_record(file, d.value, root) for file, d in documents if isinstance(d.value, Progress))
    return Bundle(plans, records), tuple(document for _, document in documents)


def _record(file: File, progress: Progress, root: Path) -> Record:
    entries: tuple[Reading | Completion, ...] = (*progress.readings, *progress.completions)
    named = {name for entry in entries for name in entry.files}
    if not named:
        return Record(file.name, progress)
    folder = file.path.parent
    outside = frozenset(name for name in named if not _is_inside(folder / name, root))
    absent = frozenset(name for name in named - outside if not (folder / name).is_file())
    return Record(file.name, progress, absent, outside)


def _is_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, ValueError):
        return False


@dataclass(frozen=True)
class Workspace:
    """All plans of a folder with their records, the register and the settings."""

    root: Path
    settings: Settings
    register: Register
    bundles: tuple[Bundle, ...]
    diagnostics: tuple[Diagnostic, ...]

    def plans(self) -> Iterator[tuple[Named, tuple[Record, ...]]]:
        """Each plan with its records, by id; of plans with one id only the first."""
        for bundle in sorted((b for b in self.bundles if b.plans), key=lambda bundle: bundle.plans[0].plan.id):
            yield bundle.plans[0], bundle.records


def read_workspace(root: Path, settings: Settings, files: Iterable[File]) -> Workspace:
    """All files of a workspace. What is broken is left out and told in `diagnostics`."""
    bundles, diagnostics = [], []
    for together in group(files).values():
        bundle, documents = read_bundle(together, root)
        bundles.append(bundle)
        diagnostics += [diagnostic for document in documents for diagnostic in document.diagnostics]
    return Workspace(root, settings, Register(settings.units), tuple(bundles), tuple(diagnostics))
