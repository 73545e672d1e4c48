"""`qmsplan validate`: everything that is wrong, each at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.check.workspace import Scope, check_workspace
from qmsplan.cli.console import Stop, put
from qmsplan.cli.exits import CLEAN, FINDINGS
from qmsplan.cli.files import MARK, Place, named_files, open_workspace, plan_files
from qmsplan.cli.progress_bar import progress_bar
from qmsplan.diagnostic import Diagnostic, Severity, say
from qmsplan.model.people import Register

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qmsplan.load.bundle import File

FORMATS = ("text", "json", "github")
"""The names of `output.formats.FORMATS`, which is only loaded when there is something to tell."""
MANY = 400
"""Files from which a progress bar is worth its loading."""


def validate(paths: Sequence[Path], form: str, language: str, fail_on: Severity = Severity.ERROR) -> int:
    """Prints what is wrong with the named files, or with the whole workspace; the exit code."""
    place = open_workspace(paths[0] if paths else None)
    if place.document is None and not paths:
        raise Stop(
            say("there is no {name} in this folder or above it", name=MARK),
            say("name the files to validate, or make a workspace with 'qmsplan init'"),
        )
    found = _settings_faults(place, paths) + find_faults(place, paths, language)
    if found or form == "json":
        put(_written(found, form, place, language))
    weights = {Severity.ERROR} if fail_on is Severity.ERROR else {Severity.ERROR, Severity.WARNING}
    return FINDINGS if any(diagnostic.severity in weights for diagnostic in found) else CLEAN


def find_faults(place: Place, paths: Sequence[Path], language: str) -> tuple[Diagnostic, ...]:
    """The diagnostics of the named files, or of all plans and progress files."""
    named = tuple(file for file in named_files(paths) if file.path.name != MARK)
    if paths and not named:
        return ()
    known = plan_files(place)
    files = (*known, *_strangers(known, named))
    wanted = {file.path.resolve() for file in named}
    scope = Scope(
        place.root,
        Register(place.settings.units),
        _template_names(place),
        frozenset(file.name for file in files if file.path.resolve() in wanted) if paths else frozenset(),
        place.settings.deadlines,
    )
    with progress_bar(len(files) if len(files) >= MANY else 0, language) as advance:
        return check_workspace(files, scope, advance)


def _strangers(known: Sequence[File], named: Sequence[File]) -> list[File]:
    """Named files that lie outside the folder of plans."""
    resolved = {file.path.resolve() for file in known} if named else set()
    return [file for file in named if file.path.resolve() not in resolved]


def _template_names(place: Place) -> frozenset[str]:
    from qmsplan.document.template import template_names

    return frozenset(template_names(place.root / place.settings.templates))


def _settings_faults(place: Place, paths: Sequence[Path]) -> tuple[Diagnostic, ...]:
    if place.document is None or (paths and not any(path.name == MARK for path in paths)):
        return ()
    return place.document.diagnostics


def _written(found: tuple[Diagnostic, ...], form: str, place: Place, language: str) -> str:
    from qmsplan.cli.report import report_of
    from qmsplan.output.formats import FORMATS as WRITERS

    return WRITERS[form](report_of(found, place, language))
