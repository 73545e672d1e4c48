"""All plans of a folder, each with its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmsplan.load.bundle import group, read_bundle
from qmsplan.model.people import Register

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from qmsplan.diagnostic import Diagnostic
    from qmsplan.load.file import File
    from qmsplan.model.bundle import Bundle, Named, Record
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


def read_workspace(root: Path, settings: Settings, files: Iterable[File]) -> Workspace:
    """All files of a workspace. What is broken is left out and told in `diagnostics`."""
    bundles, diagnostics = [], []
    for together in group(files).values():
        bundle, documents = read_bundle(together, root)
        bundles.append(bundle)
        diagnostics += [diagnostic for document in documents for diagnostic in document.diagnostics]
    return Workspace(root, settings, Register(settings.units), tuple(bundles), tuple(diagnostics))
