"""`qmsplan audit`: what answers each clause of the standard that plans belong to, and what is missing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from qmsplan.audit import audit as auditing
from qmsplan.audit.values import AgencyAudit, Audit, Verdict
from qmsplan.check.run_checks import CheckScope, by_plan, read_with_kin
from qmsplan.cli.console import CommandError, Exit, put, refuse_unfit, screen_width, wants_colours
from qmsplan.cli.find_plan import plans_called
from qmsplan.cli.in_force import PlansInForce, judged
from qmsplan.cli.items import items_of, unit_called
from qmsplan.cli.options import AuditOptions
from qmsplan.cli.render import base_of, fault_of, make_documents
from qmsplan.cli.settings import OpenWorkspace, day_of, require_workspace
from qmsplan.cli.workspace import no_such_plan, plan_files, tell_broken
from qmsplan.diagnostics import Diagnostic, Message, Translator
from qmsplan.documents.audit_view import AuditPaper, render_paper
from qmsplan.documents.template import AUDIT, BrokenTemplateError, own_template
from qmsplan.load.document import read_source
from qmsplan.load.files import File
from qmsplan.load.workspace import Workspace, head_of, read_workspace
from qmsplan.model.plan import Plan
from qmsplan.output.audit import AuditView, audit_json, write_audit
from qmsplan.phrases.people import Register


def command(options: AuditOptions, translate: Translator) -> int:
    """Prints the audit, or writes its Word files."""
    if options.paper and options.form == "json":
        message = Message("'--paper' makes a Word file, '--format json' does not")
        raise CommandError(message, Message("leave out one of the two"))
    if options.pdf and not options.paper and options.form != "docx":
        message = Message("'--pdf' goes with a Word file")
        raise CommandError(message, Message("add '--paper audit', '--paper review' or '--paper programme'"))
    options = options._replace(form="docx") if options.paper else options
    if options.form != "docx":
        refuse_unfit({"--output": options.out}, options.form, "qmsplan audit")
    place = require_workspace()
    as_of = day_of(options.as_of, place, translate)
    files = plan_files(place)
    plans = tuple(options.plans or ())
    in_force = PlansInForce(place, as_of)
    known = judged(_audited_workspace(place, files, plans, as_of), in_force, place, translate)
    workspace = known.workspace
    paths = {file.name: file.path for file in files}
    try:
        chosen = _plans_to_audit(workspace, plans, files)
    except CommandError:  # what is asked for may stand in a file that could not be read
        tell_broken(place, workspace.diagnostics, translate)
        raise
    asked = auditing.AuditRequest(chosen, items_of(workspace.register, options.unit).has, as_of)
    found = auditing.audit(workspace, asked, lambda name: in_force.sources.get(name) or read_source(paths[name], name))
    code: int = Exit.CLEAN
    if options.form == "docx":
        papers = partial(_papers_of, found, place, workspace, options)
        code = make_documents(papers, place, translate, pdf=options.pdf)
    elif options.form == "json":
        put(audit_json(found, translate))
    else:
        put(write_audit(found, AuditView(translate, screen_width(), wants_colours())))
    if options.fail_on == "missing" and found.totals[Verdict.MISSING]:
        code = Exit.FINDINGS
    shown = {one.plan.id for agency in found.agencies for one in agency.progress}
    told = tuple(notice for notice in known.notices if notice.plan in shown)
    return known._replace(notices=told).tell_last(code)


def _audited_workspace(place: OpenWorkspace, files: tuple[File, ...], typed: tuple[str, ...], as_of: date) -> Workspace:
    """The plans that ids or files name with those that answer the standard together with them; all plans if none is
    named, or if one of them is not there, so that the answer can name those that are."""
    heads = by_plan(map(head_of, files)) if typed else {}
    by_file = {os.path.realpath(head.file.path): key for key, found in heads.items() for head in found if head.is_plan}
    plans = [name if name in heads else by_file.get(os.path.realpath(name)) or "" for name in typed]
    if plans and all(plans):
        scope = CheckScope(place.root, place.register, settings=place.settings)
        found = read_with_kin(plans, heads, scope, as_of)
        if {named.plan.id for named, _ in found.plans()}.issuperset(plans):
            return found
    return read_workspace(place.root, place.settings, files)


def _plans_to_audit(workspace: Workspace, typed: tuple[str, ...], files: Iterable[File]) -> frozenset[str]:
    """The ids of the plans that ids or files name. Stop if one is not there, or none belongs to an edition."""
    everything = [named for named, _ in workspace.plans()]
    chosen = plans_called(typed, everything)
    plans = [named.plan for named in chosen.values() if named]
    if unknown := [name for name, named in chosen.items() if named is None]:
        raise no_such_plan(unknown, (named.plan.id for named in everything), files)
    if forms := [plan.id for plan in plans if plan.form]:
        message = Message("'{id}' is a form: it promises nothing that could be audited", id=", ".join(forms))
        raise CommandError(message, Message("name a plan"))
    hint = Message("write 'standard: iso9001-2015' in the plan")
    if without := ", ".join(plan.id for plan in plans if not _is_held(plan)):
        raise CommandError(Message("the plan '{id}' does not say which standard it belongs to", id=without), hint)
    if not any(_is_held(named.plan) for named in everything):
        raise CommandError(Message("no plan says which standard it belongs to"), hint)
    return frozenset(plan.id for plan in plans)


def _is_held(plan: Plan) -> bool:
    return bool(plan.standard and plan.period and not plan.form)


def _papers_of(
    found: Audit, place: OpenWorkspace, workspace: Workspace, options: AuditOptions, faults: list[Diagnostic]
) -> Iterator[tuple[Path, bytes]]:
    """A Word file for each agency and period: `audit-TGPL-2026.docx`."""
    base = base_of(place, faults)
    register, name = workspace.register, options.paper or AUDIT
    unit = unit_called(register, options.unit).name if options.unit else ""
    folder = options.out or place.output
    for agency in found.agencies:
        path = folder / f"{name}-{_file_name(agency, register)}.docx"
        try:
            template = own_template(name, place.templates)
            paper = AuditPaper(found.as_of, register, template, base, unit)
            content = render_paper(agency, paper)
        except BrokenTemplateError as fault:
            faults.append(fault_of(fault))
            continue
        yield path, content


def _file_name(agency: AgencyAudit, register: Register) -> str:
    """`TGPL-2026`: agency and period; the first plan's id where the agency is not registered, for names of files."""
    return f"{agency.issuer}-{agency.period.code}" if agency.issuer in register.by_code else agency.plans[0]
