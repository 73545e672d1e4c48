"""`qmsplan status`: what is done, overdue, missed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qmsplan.cli.console import put, say_error, screen_width, wants_colours
from qmsplan.cli.exits import BROKEN, CLEAN, FINDINGS
from qmsplan.cli.files import Place, plan_files, require_workspace
from qmsplan.cli.progress_bar import progress_bar
from qmsplan.cli.status_wish import Wish, as_of_in, keep_in, plans_in, states_in, window_in
from qmsplan.cli.survey import MANY
from qmsplan.diagnostic import Severity, say
from qmsplan.language import translator
from qmsplan.load.workspace import Workspace, read_workspace
from qmsplan.model.outline import outline
from qmsplan.progress.plan import PlanProgress, plan_progress
from qmsplan.progress.status import Status, status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date


def show_status(wish: Wish, language: str) -> int:
    """Prints the status; the exit code."""
    place = require_workspace()
    as_of = as_of_in(wish, place)
    window, states = window_in(wish, as_of), states_in(wish)
    workspace = _read(place, language, is_quiet=wish.quiet)
    keep = keep_in(wish, workspace.register)
    found = status(_plans(workspace, as_of, wish), window, as_of, keep, states)
    put(_written(found, wish.form, workspace, language))
    if broken := _broken_files(place, workspace):
        _tell_broken(broken, language)
        return BROKEN
    failed = ("overdue" in wish.fail_on and found.overdue) or ("missed" in wish.fail_on and found.missed)
    return FINDINGS if failed else CLEAN


def _read(place: Place, language: str, *, is_quiet: bool) -> Workspace:
    files = plan_files(place)
    doing = translator(language)("reading")
    with progress_bar(0 if is_quiet or len(files) < MANY else len(files), doing) as advance:
        return read_workspace(place.root, place.settings, files, advance=advance)


def _plans(workspace: Workspace, as_of: date, wish: Wish) -> Iterator[PlanProgress]:
    chosen, means = plans_in(wish, workspace), workspace.settings.deadlines
    return (
        plan_progress(named.plan, outline(named.plan, means), [record.progress for record in records], as_of, means)
        for named, records in workspace.plans()
        if not chosen or named.plan.id in chosen
    )


def _written(found: Status, form: str, workspace: Workspace, language: str) -> str:
    from qmsplan.output import status_data

    translate = translator(language)
    if form == "json":
        return status_data.status_json(found)
    if form == "csv":
        return status_data.status_csv(found)
    if form == "markdown":
        return status_data.status_markdown(found, language, translate)
    from qmsplan.output.status_table import View, write_table

    return write_table(found, View(language, translate, screen_width(), wants_colours(), _titles(workspace)))


def _titles(workspace: Workspace) -> dict[str, str]:
    return {named.plan.id: " ".join((named.plan.head.type, *named.plan.head.title)) for named, _ in workspace.plans()}


def _broken_files(place: Place, workspace: Workspace) -> list[str]:
    own = place.document.diagnostics if place.document else ()
    return sorted({d.file for d in (*own, *workspace.diagnostics) if d.severity is Severity.ERROR})


def _tell_broken(names: Sequence[str], language: str) -> None:
    sys.stdout.flush()
    say_error(
        say("files with errors were left out: {names}", names=", ".join(names)),
        say("see them with 'qmsplan validate'"),
        translator(language),
    )
