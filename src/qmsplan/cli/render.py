"""`qmsplan render`: plans to Word files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from qmsplan.cli.console import argument, flag
from qmsplan.cli.parameters import PDF, complete_plan, out_folder
from qmsplan.cli.word_files import base_of, fault_of, stamp, told, write_documents
from qmsplan.cli.workspace import OpenWorkspace, no_such_plan, plan_files, require_workspace
from qmsplan.diagnostics import Diagnostic, Message, Severity, Translator, diagnose
from qmsplan.documents.plan_view import as_printed, render
from qmsplan.documents.template import BrokenTemplateError, find_template, letterhead_digest, template_names
from qmsplan.load.files import File
from qmsplan.load.workspace import Workspace, read_workspace
from qmsplan.model.progress import Named
from qmsplan.rules.documents import UNKNOWN_TEMPLATE
from qmsplan.rules.signing import CHANGED_AFTER_SIGNING, NOT_SEALED
from qmsplan.seal import OwnForms, is_sealed


class RenderOptions(NamedTuple):
    """What the user asked for, as typed."""

    plans: list[str] | None = argument("PLAN", "Plans to render, by id or file; all if none is named.", complete_plan)
    out: Path | None = out_folder("The folder to write to; the workspace's output folder if not given.")
    pdf: bool = PDF
    check: bool = flag("--check", "Write nothing; fail if a document can't be rendered.")


def command(options: RenderOptions, translate: Translator) -> int:
    """Writes a Word file for each plan. A plan that fails is told, the others are still written."""
    place = require_workspace()
    folder = options.out or place.root / place.settings.output
    faults: list[Diagnostic] = []
    documents = ((folder / f"{plan}.docx", content) for plan, content in _documents(place, options.plans or (), faults))
    if options.check:
        for _ in documents:
            pass
    else:
        write_documents(documents, translate, pdf=options.pdf, before_stop=lambda: told(place, faults, translate))
    return told(place, faults, translate)


def _documents(place: OpenWorkspace, names: Sequence[str], faults: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    workspace = _workspace(place, names)
    chosen = _chosen(workspace, names, place)
    faults += (d for d in (place.document.diagnostics if place.document else ()) if d.severity is Severity.ERROR)
    faults += _broken(workspace, names)
    base = base_of(place, faults)
    if base is None:
        return
    made = stamp()
    templates = place.root / place.settings.templates
    letterhead = letterhead_digest(templates)
    for named in chosen:
        try:
            template = find_template(named.plan.template, templates)
        except BrokenTemplateError as fault:
            faults.append(fault_of(fault))
            continue
        if template is None:
            faults.append(_no_template(named, templates))
            continue
        printed = as_printed(named.plan, OwnForms(template.digest, letterhead))
        if printed is not named.plan:
            faults.append(_not_as_signed(named))
        try:
            yield (
                named.plan.id,
                render(printed, workspace.register, template, base, made, conventions=place.settings.deadlines),
            )
        except BrokenTemplateError as fault:
            faults.append(fault_of(fault))


def _workspace(place: OpenWorkspace, names: Sequence[str]) -> Workspace:
    """The plans that may be named, and the files of which no plan can be told; everything if nothing is named."""
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
    broken = {Path(diagnostic.file).resolve() for diagnostic in workspace.diagnostics}
    for name in names:
        wanted = Path(name).resolve()
        found = [named for named in plans if named.plan.id == name or Path(named.file).resolve() == wanted]
        chosen += found
        unknown += [] if found or wanted in broken else [name]
    if unknown:
        raise no_such_plan(unknown, (named.plan.id for named, _ in _workspace(place, ()).plans()))
    return list(dict.fromkeys(chosen))


def _broken(workspace: Workspace, names: Sequence[str]) -> list[Diagnostic]:
    """Faults of files that hold no readable plan; with names given, only those of the named files."""
    errors = [diagnostic for diagnostic in workspace.diagnostics if diagnostic.severity is Severity.ERROR]
    if not names:
        return errors
    wanted = {Path(name).resolve() for name in names}
    return [diagnostic for diagnostic in errors if Path(diagnostic.file).resolve() in wanted]


def _not_as_signed(named: Named) -> Diagnostic:
    if not is_sealed(named.plan.signoff):
        message = Message("the sign-off of '{plan}' was typed without a seal: it is printed as a draft, without number "
            "and day", plan=named.plan.id)  # fmt: skip
        hint = Message(
            "compare the plan with the signed document, then seal it: qmsplan sign {plan}", plan=named.plan.id
        )
        return diagnose(named.file, NOT_SEALED, message, hint=hint)
    message = Message(
        "'{plan}' is not what was signed: it is printed as a draft, without number and day", plan=named.plan.id
    )
    hint = Message("see what was changed: qmsplan verify {plan}", plan=named.plan.id)
    return diagnose(named.file, CHANGED_AFTER_SIGNING, message, hint=hint)


def _no_template(named: Named, templates: Path) -> Diagnostic:
    message = Message("there is no template '{name}'", name=named.plan.template)
    hint = Message("the templates are: {names}", names=", ".join(sorted(template_names(templates))))
    return diagnose(named.file, UNKNOWN_TEMPLATE, message, hint=hint)
