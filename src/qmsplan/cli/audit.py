"""`qmsplan audit`: plans and records held against the clauses of the standard they belong to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.check import audit as auditing
from qmsplan.check.audit.values import Audit, Verdict
from qmsplan.check.bundle import sources_of
from qmsplan.cli.choices import day_of, no_such_plan, tell_broken, unit_called
from qmsplan.cli.console import Stop, put, screen_width, wants_colours
from qmsplan.cli.exits import BROKEN, CLEAN, FINDINGS
from qmsplan.cli.files import Place, plan_files, require_workspace, shown
from qmsplan.diagnostic import say
from qmsplan.language import translator
from qmsplan.load.workspace import Workspace, read_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.model.outline import Node


class Wish(NamedTuple):
    """What the user asked for, as typed."""

    plans: tuple[str, ...]
    as_of: str | None
    unit: str | None
    form: str
    out: Path | None
    fail_on: str


def show_audit(wish: Wish, language: str) -> int:
    """Prints the audit or writes its Word files; the exit code."""
    place = require_workspace()
    as_of = day_of(wish.as_of, place)
    files = plan_files(place)
    workspace = read_workspace(place.root, place.settings, files)
    source_of = sources_of({file.name: file.path for file in files})
    asked = auditing.Wish(_plans(workspace, wish.plans), _keep(workspace, wish.unit), as_of)
    found = auditing.audit(workspace, asked, source_of)
    if wish.form == "docx":
        code = _write_papers(found, place, workspace, wish, language)
    else:
        put(_written(found, wish.form, language))
        code = CLEAN
    if tell_broken(place, workspace.diagnostics, language):
        return BROKEN
    has_failed = wish.fail_on == "missing" and found.totals[Verdict.MISSING]
    return FINDINGS if has_failed else code


def _plans(workspace: Workspace, typed: tuple[str, ...]) -> frozenset[str]:
    """The ids of the plans that ids or files name. Stop if one is not there, or none belongs to an edition."""
    plans = [named for named, _ in workspace.plans()]
    known = {named.plan.id: named for named in plans}
    by_file = {Path(named.file).resolve(): named for named in plans}
    chosen = {name: known.get(name) or by_file.get(Path(name).resolve()) for name in typed}
    if unknown := [name for name, named in chosen.items() if named is None]:
        raise no_such_plan(unknown, known)
    if forms := [named.plan.id for named in chosen.values() if named and named.plan.form]:
        message = say("'{id}' is a form: it promises nothing that could be audited", id=", ".join(forms))
        raise Stop(message, say("name a plan"))
    without = [named.plan.id for named in chosen.values() if named and not _is_held(named.plan)]
    if without or not any(_is_held(named.plan) for named in plans):
        hint = say("write 'standard: iso9001-2015' in the plan")
        if without:
            raise Stop(say("the plan '{id}' does not say which standard it belongs to", id=", ".join(without)), hint)
        raise Stop(say("no plan says which standard it belongs to"), hint)
    return frozenset(named.plan.id for named in chosen.values() if named)


def _is_held(plan: object) -> bool:
    return bool(getattr(plan, "standard", None) and getattr(plan, "period", None) and not getattr(plan, "form", False))


def _keep(workspace: Workspace, typed: str | None) -> Callable[[Node], bool]:
    """Objectives that a unit, a unit below it or a group it belongs to leads or supports."""
    register = workspace.register
    if typed is None:
        return lambda _node: True
    codes = register.within(unit_called(register, typed).code)
    return lambda node: not codes.isdisjoint(register.involved((*node.lead, *node.support)))


def _written(found: Audit, form: str, language: str) -> str:
    if form == "json":
        from qmsplan.output.audit_data import audit_json

        return audit_json(found, language, translator(language))
    from qmsplan.output.audit_text import View, write_audit

    return write_audit(found, View(language, translator(language), screen_width(), wants_colours()))


def _write_papers(found: Audit, place: Place, workspace: Workspace, wish: Wish, language: str) -> int:
    """A Word file for each agency and period, named after its first plan."""
    from qmsplan.cli.render import fault_of, stamp, told
    from qmsplan.cli.write import write_whole
    from qmsplan.document.audit import render_audit
    from qmsplan.document.profile import load_profile
    from qmsplan.document.template import AUDIT, TemplateFault, own_template

    profile, faults = load_profile(place.settings.profile), []
    template = own_template(AUDIT, place.root / place.settings.templates)
    for agency in found.agencies:
        path = (wish.out or place.root / place.settings.output) / f"audit-{agency.plans[0]}.docx"
        try:
            content = render_audit(agency, found.as_of, workspace.register, template, profile, stamp())
        except TemplateFault as fault:
            faults.append(fault_of(fault))
            continue
        write_whole(path, content)
        put(f"{shown(path)}\n")
    return told(place, faults, language)
