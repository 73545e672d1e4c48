"""All plans of a folder, each with its records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmsplan.load.bundle import group, read_bundle
from qmsplan.model.bundle import Bundle, Named, Record
from qmsplan.model.people import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from qmsplan.diagnostic import Diagnostic
    from qmsplan.load.document import Document
    from qmsplan.load.file import File
    from qmsplan.model.settings import Settings


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


def read_one_by_one(
    root: Path, files: Iterable[File], keep: Callable[[str | None], bool]
) -> Iterator[tuple[str | None, Bundle, tuple[Diagnostic, ...]]]:
    """The plans with their records in the order of their ids, each read when it is asked for; `keep` admits ids."""
    groups = group(files)
    for key in sorted(groups, key=lambda key: (key is None, key or "")):
        if keep(key):
            bundle, documents = read_bundle(groups[key], root)
            yield key, bundle, tuple(diagnostic for document in documents for diagnostic in document.diagnostics)


def read_workspace(
    root: Path,
    settings: Settings,
    files: Iterable[File],
    keep: Callable[[str | None, tuple[File, ...]], bool] | None = None,
) -> Workspace:
    """The files of a workspace, or those about plans that `keep` admits. What is broken is told in `diagnostics`."""
    bundles, diagnostics = [], []
    for key, together in group(files).items():
        if keep and not keep(key, together):
            continue
        bundle, documents = read_bundle(together, root)
        bundles.append(bundle)
        diagnostics += [diagnostic for document in documents for diagnostic in document.diagnostics]
    return Workspace(root, settings, Register(settings.units), tuple(bundles), tuple(diagnostics))


def gather(documents: Iterable[Document], root: Path, settings: Settings) -> Workspace:
    """The workspace that documents make up, wherever they were read; its records know of no evidence."""
    plans: dict[str, list[Named]] = defaultdict(list)
    records: dict[str, list[Record]] = defaultdict(list)
    diagnostics: list[Diagnostic] = []
    for document in documents:
        value = document.value
        if value is not None and value.kind == "plan":
            plans[value.id].append(Named(document.source.name, value))
        elif value is not None and value.kind == "progress":
            records[value.plan].append(Record(document.source.name, value))
        diagnostics += document.diagnostics
    bundles = (Bundle(tuple(plans[name]), tuple(records[name])) for name in dict.fromkeys((*plans, *records)))
    return Workspace(root, settings, Register(settings.units), tuple(bundles), tuple(diagnostics))
