"""`qmsplan new`: a plan or a progress file to start from."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from qmsplan.cli.console import CommandError, put
from qmsplan.cli.init import schema_line, starter
from qmsplan.cli.workspace import OpenWorkspace, plan_files, require_workspace, shown
from qmsplan.cli.write import write_new
from qmsplan.diagnostics import Message
from qmsplan.load.workspace import read_workspace
from qmsplan.model.fields import read_id

Kind = Literal["plan", "progress"]


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    del language
    kind_help = translate("plan, or progress on a plan.")
    id_help = translate("The id of the new plan, or of the plan to report on.")
    unit_help = translate("Code of the unit that will keep the progress file.")

    @app.command("new", help=translate("Make a plan or a progress file to start from."))
    def command(
        kind: Annotated[Kind, typer.Argument(metavar="plan|progress", help=kind_help)],
        name: Annotated[str, typer.Argument(metavar="ID", help=id_help)],
        unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=unit_help)] = None,
    ) -> None:
        place = require_workspace()
        path = _new_plan(place, name) if kind == "plan" else _new_progress(place, name, unit)
        put(f"{shown(path)}\n")


def _new_plan(place: OpenWorkspace, name: str) -> Path:

    read_id(name)
    if any(named == name for named, _ in _plans(place)):
        raise CommandError(Message("another plan already has the id '{id}'", id=name), Message("choose another id"))
    path = place.root / place.settings.plans / f"{name}.yaml"
    text = starter("plan.yaml", id=name, year=str(datetime.now().astimezone().year))
    write_new(path, schema_line(place.root, path.parent) + text.partition("\n")[2])
    return path


def _new_progress(place: OpenWorkspace, name: str, unit: str | None) -> Path:

    found = dict(_plans(place))
    if name not in found:
        hint = Message("the plans are: {names}", names=", ".join(list(found)[:12]))
        raise CommandError(Message("no plan has the id '{id}'", id=name), hint)
    codes = {entry.code for entry in place.settings.units}
    if unit is not None and unit not in codes:
        hint = Message("the units are: {names}", names=", ".join(sorted(codes)))
        raise CommandError(Message("no unit is called '{name}'", name=unit), hint)
    lines = ["kind: progress", f"plan: {name}", *([f"unit: {unit}"] if unit else []), "readings: []", "completions: []"]
    ending = f".{unit}" if unit else ""
    path = Path(found[name]).parent / f"{name}{ending}.progress.yaml"
    write_new(path, schema_line(place.root, path.parent) + "\n".join(lines) + "\n")
    return path


def _plans(place: OpenWorkspace) -> list[tuple[str, str]]:

    workspace = read_workspace(place.root, place.settings, plan_files(place))
    return [(named.plan.id, named.file) for named, _ in workspace.plans()]
