"""`qmsplan status`: what is done, overdue, missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.cli.choices import tell_broken
from qmsplan.cli.console import put, screen_width, wants_colours
from qmsplan.cli.exits import BROKEN, CLEAN, FINDINGS
from qmsplan.cli.files import Place, require_workspace
from qmsplan.cli.status_rollup import refuse_others, rolled_up, write
from qmsplan.cli.status_source import place_at, workspace_now
from qmsplan.cli.status_wish import Wish, as_of_in, keep_in, plans_in, states_in, window_in
from qmsplan.language import translator
from qmsplan.load.workspace import Workspace, gather
from qmsplan.model.outline import outline
from qmsplan.progress.plan import PlanProgress, plan_progress
from qmsplan.progress.status import Status, status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qmsplan.progress.cascade import Cascade


def show_status(wish: Wish, language: str) -> int:
    """Prints the status; the exit code."""
    if wish.rollup:
        refuse_others(wish)
    place = require_workspace()
    as_of = as_of_in(wish, place)
    window, states = window_in(wish, as_of), states_in(wish)
    if wish.revision is None:
        workspace = workspace_now(place, language, is_quiet=wish.quiet)
    else:
        place, documents = place_at(wish.revision, place)
        workspace = gather(documents, place.root, place.settings)
    chosen = plans_in(wish, workspace)
    found: Status | Cascade
    if wish.rollup:
        found = rolled_up(_plans(workspace, as_of), window, as_of, chosen)
        put(write(found, wish.form, _titles(workspace), language))
    else:
        keep = keep_in(wish, workspace.register)
        found = status(_plans(workspace, as_of, chosen), window, as_of, keep, states)
        put(_written(found, wish.form, workspace, language))
    return _code(found, wish, place, workspace, language)


def _code(found: Status | Cascade, wish: Wish, place: Place, workspace: Workspace, language: str) -> int:
    if tell_broken(place, workspace.diagnostics, language):
        return BROKEN
    is_late = "overdue" in wish.fail_on and isinstance(found, Status) and found.overdue
    return FINDINGS if is_late or ("missed" in wish.fail_on and found.missed) else CLEAN


def _plans(workspace: Workspace, as_of: date, chosen: frozenset[str] = frozenset()) -> Iterator[PlanProgress]:
    """The chosen plans as of a day; all, if none is named."""
    means = workspace.settings.deadlines
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
