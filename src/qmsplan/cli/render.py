"""`qmsplan render`: plans to Word files; and what all commands that make Word files share: the base document, the time
inside, writing them and their PDFs, and how faults are told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

from qmsplan.cli.console import Exit, put_message
from qmsplan.cli.find_plan import plans_called
from qmsplan.cli.options import RenderOptions
from qmsplan.cli.settings import OpenWorkspace, require_workspace
from qmsplan.cli.workspace import no_such_plan, plan_files, tell_findings
from qmsplan.cli.write import put_file, write_whole
from qmsplan.diagnostics import (
    BASE_DEPARTS,
    START,
    TEMPLATE_FAULT,
    Diagnostic,
    Message,
    Severity,
    Span,
    Translator,
    UserError,
    diagnose,
)
from qmsplan.documents.fill import check_syntax
from qmsplan.documents.pdf import as_pdf, find_office
from qmsplan.documents.plan_view import as_printed, blocks_of, render
from qmsplan.documents.profile import load_profile
from qmsplan.documents.template import (
    BODY,
    BrokenTemplateError,
    find_template,
    letterhead_digest,
    samples,
    template_names,
)
from qmsplan.documents.word_base import STAMP, BaseDocument, open_base
from qmsplan.load.document import read_source
from qmsplan.load.files import File, shown
from qmsplan.load.workspace import Workspace, read_workspace
from qmsplan.model.progress import Named
from qmsplan.phrases.people import Register
from qmsplan.rules.documents import UNKNOWN_TEMPLATE, no_such_template
from qmsplan.rules.signing import CHANGED_AFTER_SIGNING, NOT_SEALED, sealing
from qmsplan.seal import OwnForms, is_sealed


def command(options: RenderOptions, translate: Translator) -> int:
    """Writes a Word file for each plan. A plan that fails is told, the others are still written."""
    place = require_workspace()
    work = partial(_documents_of, place, options)
    return make_documents(work, place, translate, pdf=options.pdf, writes=not options.check)


def _documents_of(
    place: OpenWorkspace, options: RenderOptions, faults: list[Diagnostic]
) -> Iterator[tuple[Path, bytes]]:
    names, folder = options.plans or (), options.out or place.output
    workspace = _workspace(place, names)
    chosen = _chosen_plans(workspace, names, place)
    faults += (d for d in (place.document.diagnostics if place.document else ()) if d.severity is Severity.ERROR)
    faults += _faults_of_files(workspace, names)
    base = base_of(place, faults)
    templates = place.templates
    letterhead = letterhead_digest(templates)
    for named in chosen:
        try:
            template = find_template(named.plan.template, templates)
            if template is None:
                faults.append(_no_template(named, templates))
                continue
            printed = as_printed(named.plan, OwnForms(template.digest, letterhead))
            if printed is not named.plan:
                faults.append(_not_as_signed(named))
            content = render(printed, workspace.register, template, base, conventions=place.settings.deadlines)
        except BrokenTemplateError as fault:
            faults.append(fault_of(fault))
        else:
            yield folder / f"{named.plan.id}.docx", content


def _workspace(place: OpenWorkspace, names: Sequence[str]) -> Workspace:
    """The plans that may be named, and the files of which no plan can be told; everything if nothing is named."""
    wanted = {Path(name).resolve() for name in names}

    def keep(key: str | None, together: Sequence[File]) -> bool:
        return key is None or key in names or any(file.path.resolve() in wanted for file in together)

    return read_workspace(place.root, place.settings, plan_files(place), keep if names else None)


def _chosen_plans(workspace: Workspace, names: Sequence[str], place: OpenWorkspace) -> list[Named]:
    """The plans that ids or files name; all, in the order of their ids, if none is named."""
    plans = [named for named, _ in workspace.plans()]
    if not names:
        return plans
    broken = {Path(diagnostic.file).resolve() for diagnostic in workspace.diagnostics}
    chosen = plans_called(names, plans)
    if unknown := [name for name, named in chosen.items() if named is None and Path(name).resolve() not in broken]:
        known = (named.plan.id for named, _ in _workspace(place, ()).plans())
        raise no_such_plan(unknown, known, plan_files(place))
    return list(dict.fromkeys(filter(None, chosen.values())))


def _faults_of_files(workspace: Workspace, names: Sequence[str]) -> list[Diagnostic]:
    """Faults of files that hold no readable plan; with names given, only those of the named files."""
    errors = [diagnostic for diagnostic in workspace.diagnostics if diagnostic.severity is Severity.ERROR]
    if not names:
        return errors
    wanted = {Path(name).resolve() for name in names}
    return [diagnostic for diagnostic in errors if Path(diagnostic.file).resolve() in wanted]


def _not_as_signed(named: Named) -> Diagnostic:
    plan, signoff = named.plan, named.plan.signoff
    place = read_source(Path(named.file), named.file).locate(("signoff",))
    if signoff and not is_sealed(signoff):
        message = Message(
            "the sign-off of '{plan}' was typed without a seal: it is printed as a draft, without number and day",
            plan=plan.id,
        )
        return diagnose(named.file, NOT_SEALED, message, place, sealing(plan, signoff))
    message = Message("'{plan}' is not what was signed: it is printed as a draft, without number and day", plan=plan.id)
    hint = Message("see what was changed: qmsplan verify {plan}", plan=plan.id)
    return diagnose(named.file, CHANGED_AFTER_SIGNING, message, place, hint)


def _no_template(named: Named, templates: Path) -> Diagnostic:
    message, hint = no_such_template(named.plan.template, template_names(templates), samples(templates))
    place = read_source(Path(named.file), named.file).locate(("template",))
    return diagnose(named.file, UNKNOWN_TEMPLATE, message, place, hint)


def _stamp() -> datetime:
    """The time inside the files: fixed, or SOURCE_DATE_EPOCH, so that the same plan gives the same bytes
    (reproducible-builds.org)."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if seconds.isdecimal() and len(seconds) < 12:
        return datetime.fromtimestamp(int(seconds), UTC)
    return STAMP


def fault_of(fault: BrokenTemplateError) -> Diagnostic:
    """A template's failure as a diagnostic at its line and column."""
    first, end = fault.columns
    span = Span(fault.line, first, fault.line, end)
    return diagnose(shown(Path(fault.file)), TEMPLATE_FAULT, fault.message, span, fault.hint)


def template_faults(place: OpenWorkspace, wanted: frozenset[str]) -> Iterator[Diagnostic]:
    """What is wrong with the workspace's own templates: each is filled with all plans that name it, and is read if none
    does. Of wanted files, if there are any, only those that their plans name."""
    own = sorted(path.parent.name for path in place.templates.glob(f"*/{BODY}"))
    read = read_workspace(place.root, place.settings, plan_files(place)).plans() if own else ()
    plans = [named.plan for named, _ in read if not wanted or named.file in wanted]
    register = Register.of(place.settings)
    for name in own:
        naming = [plan for plan in plans if plan.template == name]
        try:
            template = find_template(name, place.templates) if naming or not wanted else None
            if template:
                check_syntax(template)
                for plan in naming:
                    blocks_of(plan, register, template, place.settings.deadlines)
        except BrokenTemplateError as fault:
            yield fault_of(fault)


def base_of(place: OpenWorkspace, faults: list[Diagnostic]) -> BaseDocument:
    """The base document of the workspace. What the decree does not allow of it is added to `faults`.
    BrokenTemplateError if it can't be used at all: then no document can be made."""
    base = open_base(load_profile(place.settings.profile), place.templates)
    file, hint = shown(Path(base.file)), Message("change it in Word; until then it is printed as it is")
    faults += (diagnose(file, BASE_DEPARTS, departure, START, hint) for departure in base.departures)
    return base._replace(stamp=_stamp())


Documents: TypeAlias = Callable[[list[Diagnostic]], Iterable[tuple[Path, bytes]]]
"""Makes Word files one after the other, and adds to a list what is wrong. BrokenTemplateError if none can be made."""


def make_documents(
    work: Documents, place: OpenWorkspace, translate: Translator, *, pdf: bool, writes: bool = True
) -> int:
    """Writes Word files and tells their names; where asked for, the PDF of each beside it with the number of its pages.
    What is wrong is told on stderr; the exit code says whether an error is among it: warnings do not fail a run.
    UserError if no PDF can be made: before anything is written if LibreOffice is missing, else after the Word files."""
    if pdf:
        find_office()
    faults: list[Diagnostic] = []
    written = []
    try:
        for path, content in work(faults):
            if writes:
                put_file(path, content)
            if pdf and writes:
                written.append((path, content))
    except BrokenTemplateError as fault:
        faults.append(fault_of(fault))
    try:
        made = as_pdf([content for _, content in written]) if written else []
    except UserError:
        tell_findings(faults, place, translate)
        raise
    for (path, _), found in zip(written, made, strict=True):
        write_whole(path.with_suffix(".pdf"), found.content)
        told = Message("{file} ({count} page(s))", file=shown(path.with_suffix(".pdf")), count=found.pages)
        put_message(told, translate)
    tell_findings(faults, place, translate)
    return Exit.FINDINGS if any(fault.severity is Severity.ERROR for fault in faults) else Exit.CLEAN
