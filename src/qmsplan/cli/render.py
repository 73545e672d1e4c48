"""`qmsplan render`: plans to Word files.

The options of `qmsplan render`."""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from qmsplan.cli.console import CLEAN, FINDINGS, put, tell
from qmsplan.cli.findings import report_of
from qmsplan.cli.workspace import OpenWorkspace, no_such_plan, plan_files, require_workspace, shown
from qmsplan.cli.write import write_whole
from qmsplan.diagnostics import BASE_DEPARTS, START, TEMPLATE_FAULT, Diagnostic, Message, Severity, Span, diagnose
from qmsplan.documents.profile import load_profile
from qmsplan.documents.render import render
from qmsplan.documents.template import BrokenTemplateError, find_template, template_names
from qmsplan.documents.word_base import BaseDocument, open_base
from qmsplan.load.files import File
from qmsplan.load.workspace import Workspace, read_workspace
from qmsplan.model.progress import Named
from qmsplan.output.findings import write_text
from qmsplan.rules.documents import UNKNOWN_TEMPLATE


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


def _documents(place: OpenWorkspace, names: Sequence[str], faults: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    workspace = _workspace(place, names)
    chosen = _chosen(workspace, names, place)
    faults += (d for d in (place.document.diagnostics if place.document else ()) if d.severity is Severity.ERROR)
    faults += _broken(workspace, names)
    made = stamp()
    templates = place.root / place.settings.templates
    base = base_of(place, faults)
    if base is None:
        return
    for named in chosen:
        template = find_template(named.plan.template, templates)
        if template is None:
            faults.append(_no_template(named, templates))
            continue
        try:
            yield named.plan.id, render(named.plan, workspace.register, template, base, made)
        except BrokenTemplateError as fault:
            faults.append(fault_of(fault))


def base_of(place: OpenWorkspace, faults: list[Diagnostic]) -> BaseDocument | None:
    """The base document of the workspace. What the decree does not allow of it is added to `faults`, or why it can't be
    used at all: then it is None, and no document can be made."""
    try:
        base = open_base(load_profile(place.settings.profile), place.root / place.settings.templates)
    except BrokenTemplateError as fault:
        faults.append(fault_of(fault))
        return None
    file, hint = shown(Path(base.file)), Message("change it in Word; until then it is printed as it is")
    faults += (diagnose(file, BASE_DEPARTS, departure, START, hint) for departure in base.departures)
    return base


def _workspace(place: OpenWorkspace, names: Sequence[str]) -> Workspace:
    """What the names are about, and what can't be told; everything if nothing is named."""
    wanted = {Path(name).resolve() for name in names}

    def keep(key: str | None, together: Sequence[File]) -> bool:
        return key is None or key in names or any(file.path.resolve() in wanted for file in together)

    return read_workspace(place.root, place.settings, plan_files(place), keep if names else None)


def _chosen(workspace: Workspace, names: Sequence[str], place: OpenWorkspace) -> list[Named]:
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


def fault_of(fault: BrokenTemplateError) -> Diagnostic:
    """A template's failure as a diagnostic at its line."""
    span = Span(fault.line, 1, fault.line, 1)
    return diagnose(shown(Path(fault.file)), TEMPLATE_FAULT, fault.message, span, fault.hint)


def _no_template(named: Named, templates: Path) -> Diagnostic:
    message = Message("there is no template '{name}'", name=named.plan.template)
    hint = Message("the templates are: {names}", names=", ".join(sorted(template_names(templates))))
    return Diagnostic(
        UNKNOWN_TEMPLATE.code, UNKNOWN_TEMPLATE.name, UNKNOWN_TEMPLATE.severity, message, named.file, START, hint
    )


def stamp() -> datetime:
    """The time inside the files: fixed, so that the same plan gives the same bytes (reproducible-builds.org)."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if seconds.isdecimal() and len(seconds) < 12:
        return datetime.fromtimestamp(int(seconds), UTC)
    return datetime(2020, 3, 5, tzinfo=UTC)  # the day of Decree 30/2020/NĐ-CP


def told(place: OpenWorkspace, faults: Sequence[Diagnostic], language: str) -> int:
    """Tells what went wrong; the exit code. Warnings do not fail a run."""
    if faults:
        tell(write_text(report_of(tuple(faults), place, language)).rstrip("\n"))
    return FINDINGS if any(fault.severity is Severity.ERROR for fault in faults) else CLEAN


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    plans_help = translate("Plans to render, by id or file; all if none is named.")
    out_help = translate("The folder to write to; the workspace's output folder if not given.")
    check_help = translate("Write nothing; fail if a document can't be rendered.")

    @app.command("render", help=translate("Make official Word documents."))
    def command(
        plans: Annotated[list[str] | None, typer.Argument(metavar="PLAN", help=plans_help)] = None,
        out: Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", help=out_help)] = None,
        check: Annotated[bool, typer.Option("--check", help=check_help)] = False,  # noqa: FBT002
    ) -> None:

        names = tuple(plans or ())
        raise typer.Exit(check_documents(names, language) if check else write_documents(names, out, language))
