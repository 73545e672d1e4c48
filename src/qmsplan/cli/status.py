"""`qmsplan status`: what is done, overdue, missed."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from qmsplan.cli.console import Stop, put, say_error, screen_width, wants_colours
from qmsplan.cli.exits import BROKEN, CLEAN, FINDINGS
from qmsplan.cli.files import Place, plan_files, require_workspace
from qmsplan.diagnostic import Severity, Text, say
from qmsplan.language import translator
from qmsplan.load.workspace import Workspace, read_workspace
from qmsplan.model.outline import Node, outline
from qmsplan.model.period import Period, parse_period, quarter, quarter_of
from qmsplan.model.scalar import read_date
from qmsplan.model.words import ordinal
from qmsplan.progress.plan import plan_progress
from qmsplan.progress.status import Status, status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qmsplan.model.people import Register, Unit

_MOST_UNITS = 20


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
    as_of = _as_of(wish.as_of, place)
    window = _window(wish.quarter, as_of)
    workspace = read_workspace(place.root, place.settings, plan_files(place))
    found = _compute(workspace, window, as_of, wish)
    put(_written(found, wish.form, workspace, language))
    if broken := broken_files(place, workspace):
        tell_broken(broken, language)
        return BROKEN
    failed = ("overdue" in wish.fail_on and found.overdue) or ("missed" in wish.fail_on and found.missed)
    return FINDINGS if failed else CLEAN


def today(place: Place) -> date:
    """The day it is in the workspace's time zone."""
    name = place.settings.timezone
    try:
        return datetime.now(ZoneInfo(name)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = say("write a name such as Asia/Ho_Chi_Minh under 'timezone' in qmsplan.yaml")
        raise Stop(say("the time zone '{name}' is not known", name=name), hint) from None


def _as_of(typed: str | None, place: Place) -> date:
    return today(place) if typed is None else read_date(typed)


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
    return status(plans, window, as_of, _keep(workspace, wish.unit))


def _keep(workspace: Workspace, typed: str | None) -> Callable[[Node], bool]:
    """Items that a unit, a unit below it or a group it belongs to leads or supports."""
    register = workspace.register
    if typed is None:
        return lambda _node: True
    codes = register.within(unit_called(register, typed).code)
    return lambda node: not codes.isdisjoint(register.involved((*node.lead, *node.support)))


def unit_called(register: Register, typed: str) -> Unit:
    """The unit with a code, name or alias. Stop with the nearest one if there is none."""
    unit = register.find(typed)
    if unit is None:
        near = register.closest(typed)
        hint = say("did you mean '{name}'?", name=near) if near else _units(register)
        raise Stop(say("no unit is called '{name}'", name=typed), hint)
    return unit


def _units(register: Register) -> Text:
    codes = [unit.code for unit in register.units]
    shown = codes if len(codes) <= _MOST_UNITS else [*codes[:_MOST_UNITS], "…"]
    return say("the units are: {names}", names=", ".join(shown))


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


def broken_files(place: Place, workspace: Workspace) -> list[str]:
    """The names of files that hold nothing readable."""
    own = place.document.diagnostics if place.document else ()
    return sorted({d.file for d in (*own, *workspace.diagnostics) if d.severity is Severity.ERROR})


def tell_broken(names: Sequence[str], language: str) -> None:
    """Says which files were left out."""
    sys.stdout.flush()
    say_error(
        say("files with errors were left out: {names}", names=", ".join(names)),
        say("see them with 'qmsplan validate'"),
        translator(language),
    )
