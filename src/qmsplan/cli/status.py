"""`qmsplan status`: what is done, overdue, missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.choices import day_of, items_of, tell_broken
from qmsplan.cli.console import Stop, put, screen_width, wants_colours
from qmsplan.cli.exits import BROKEN, CLEAN, FINDINGS
from qmsplan.cli.files import plan_files, require_workspace
from qmsplan.diagnostic import say
from qmsplan.language import translator
from qmsplan.load.workspace import Workspace, read_workspace
from qmsplan.model.outline import outline
from qmsplan.model.period import Period, parse_period, quarter, quarter_of
from qmsplan.model.words import ordinal
from qmsplan.progress.plan import plan_progress
from qmsplan.progress.status import Status, status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Wish(NamedTuple):
    """What the user asked for, as typed."""

    quarter: str | None
    as_of: str | None
    plans: Sequence[str]
    unit: str | None
    form: str
    fail_on: Sequence[str]


def show_status(wish: Wish, language: str) -> int:
    """Prints the status; the exit code."""
    place = require_workspace()
    as_of = day_of(wish.as_of, place)
    window = _window(wish.quarter, as_of)
    workspace = read_workspace(place.root, place.settings, plan_files(place))
    found = _compute(workspace, window, as_of, wish)
    put(_written(found, wish.form, workspace, language))
    if tell_broken(place, workspace.diagnostics, language):
        return BROKEN
    failed = ("overdue" in wish.fail_on and found.overdue) or ("missed" in wish.fail_on and found.missed)
    return FINDINGS if failed else CLEAN


def _window(typed: str | None, as_of: date) -> Period:
    """`III`, `3`, `Q3` are quarters of the year of `as_of`; any code of a period is taken too."""
    if typed is None:
        return quarter_of(as_of)
    number = ordinal(typed.strip().lower().removeprefix("q"))
    return parse_period(typed) if number is None or number > 1000 else quarter(as_of.year, number)


def _compute(workspace: Workspace, window: Period, as_of: date, wish: Wish) -> Status:
    chosen, means = list(workspace.plans()), workspace.settings.deadlines
    unknown = set(wish.plans) - {named.plan.id for named, _ in chosen}
    if unknown:
        names = ", ".join(named.plan.id for named, _ in chosen[:12])
        message = say("no plan has the id '{id}'", id=", ".join(sorted(unknown)))
        raise Stop(message, say("the plans are: {names}", names=names))
    plans = (
        plan_progress(named.plan, outline(named.plan, means), [record.progress for record in records], as_of, means)
        for named, records in chosen
        if not wish.plans or named.plan.id in wish.plans
    )
    return status(plans, window, as_of, items_of(workspace.register, wish.unit))


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

    titles = {named.plan.id: " ".join((named.plan.head.type, *named.plan.head.title)) for named, _ in workspace.plans()}
    return write_table(found, View(language, translate, screen_width(), wants_colours(), titles))
