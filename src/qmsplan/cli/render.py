"""`qmsplan render`: plans to Word files."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qmsplan.cli.console import put, tell
from qmsplan.cli.exits import CLEAN, FINDINGS
from qmsplan.cli.files import Place, plan_files, require_workspace, shown
from qmsplan.cli.write import write_whole
from qmsplan.diagnostic import START, Diagnostic, Severity, Span, say
from qmsplan.document.profile import load_profile
from qmsplan.document.render import render
from qmsplan.document.template import TemplateFault, find_template, template_names
from qmsplan.load.faults import TEMPLATE_FAULT, diagnose
from qmsplan.load.workspace import Workspace, read_workspace
from qmsplan.rules.unknown_template import RULE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmsplan.load.file import File
    from qmsplan.model.bundle import Named


def write_documents(names: Sequence[str], out: Path | None, language: str) -> int:
    """Writes the Word files; the exit code. A plan that fails is told, the others are still written."""
    place = require_workspace()
    folder = out or place.root / place.settings.output
    faults: list[Diagnostic] = []
    for plan, result in _documents(place, names, faults):
        path = folder / f"{plan}.docx"
        write_whole(path, result)
        put(f"{shown(path)}\n")
    return told(place, faults, language)


def check_documents(names: Sequence[str], language: str) -> int:
    """Renders and writes nothing; the exit code."""
    place = require_workspace()
    faults: list[Diagnostic] = []
    for _ in _documents(place, names, faults):
        pass
    return told(place, faults, language)


def _documents(place: Place, names: Sequence[str], faults: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    workspace = _workspace(place, names)
    chosen = _chosen(workspace, names, place)
    faults += (d for d in (place.document.diagnostics if place.document else ()) if d.severity is Severity.ERROR)
    faults += _broken(workspace, names)
    profile = load_profile(place.settings.profile)
    made = stamp()
    templates = place.root / place.settings.templates
    for named in chosen:
        template = find_template(named.plan.template, templates)
        if template is None:
            faults.append(_no_template(named, templates))
            continue
        try:
            yield named.plan.id, render(named.plan, workspace.register, template, profile, made)
        except TemplateFault as fault:
            faults.append(fault_of(fault))


def _workspace(place: Place, names: Sequence[str]) -> Workspace:
    """What the names are about, and what can't be told; everything if nothing is named."""
    wanted = {Path(name).resolve() for name in names}

    def keep(key: str | None, together: Sequence[File]) -> bool:
        return key is None or key in names or any(file.path.resolve() in wanted for file in together)

    return read_workspace(place.root, place.settings, plan_files(place), keep if names else None)


def _chosen(workspace: Workspace, names: Sequence[str], place: Place) -> list[Named]:
    """The plans that ids or files name; all, in the order of their ids, if none is named."""
    plans = [named for named, _ in workspace.plans()]
    if not names:
        return plans
    chosen, unknown = [], []
    for name in names:
        wanted = Path(name).resolve()
        found = [named for named in plans if named.plan.id == name or Path(named.file).resolve() == wanted]
        chosen += found
        unknown += [] if found or _is_broken_file(workspace, wanted) else [name]
    if unknown:
        from qmsplan.cli.choices import no_such_plan

        raise no_such_plan(unknown, (named.plan.id for named, _ in _workspace(place, ()).plans()))
    return list(dict.fromkeys(chosen))


def _is_broken_file(workspace: Workspace, wanted: Path) -> bool:
    return any(Path(diagnostic.file).resolve() == wanted for diagnostic in workspace.diagnostics)


def _broken(workspace: Workspace, names: Sequence[str]) -> list[Diagnostic]:
    """Faults of files that hold no readable plan; with names given, only those of the named files."""
    errors = [diagnostic for diagnostic in workspace.diagnostics if diagnostic.severity is Severity.ERROR]
    if not names:
        return errors
    wanted = {Path(name).resolve() for name in names}
    return [diagnostic for diagnostic in errors if Path(diagnostic.file).resolve() in wanted]


def fault_of(fault: TemplateFault) -> Diagnostic:
    """A template's failure as a diagnostic at its line."""
    span = Span(fault.line, 1, fault.line, 1)
    return diagnose(shown(Path(fault.file)), TEMPLATE_FAULT, fault.message, span, fault.hint)


def _no_template(named: Named, templates: Path) -> Diagnostic:
    message = say("there is no template '{name}'", name=named.plan.template)
    hint = say("the templates are: {names}", names=", ".join(sorted(template_names(templates))))
    return Diagnostic(RULE.code, RULE.name, RULE.severity, message, named.file, START, hint)


def stamp() -> datetime:
    """The time inside the files: fixed, so that the same plan gives the same bytes (reproducible-builds.org)."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if seconds.isdecimal() and len(seconds) < 12:
        return datetime.fromtimestamp(int(seconds), UTC)
    return datetime(2020, 3, 5, tzinfo=UTC)  # the day of Decree 30/2020/NĐ-CP


def told(place: Place, faults: Sequence[Diagnostic], language: str) -> int:
    """Tells what went wrong; the exit code."""
    if not faults:
        return CLEAN
    from qmsplan.cli.report import report_of
    from qmsplan.output.text import write_text

    tell(write_text(report_of(tuple(faults), place, language)).rstrip("\n"))
    return FINDINGS
