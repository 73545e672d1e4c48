"""`qmsplan new`: a plan or a progress file to start from."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from qmsplan.cli.console import Stop, put
from qmsplan.cli.files import Place, require_workspace, shown
from qmsplan.diagnostic import say as sentence

Kind = Literal["plan", "progress"]


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    del language
    kind_help = say("plan, or progress on a plan.")
    id_help = say("The id of the new plan, or of the plan to report on.")
    unit_help = say("Code of the unit that will keep the progress file.")

    @app.command("new", help=say("Make a plan or a progress file to start from."))
    def command(
        kind: Annotated[Kind, typer.Argument(metavar="plan|progress", help=kind_help)],
        name: Annotated[str, typer.Argument(metavar="ID", help=id_help)],
        unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=unit_help)] = None,
    ) -> None:
        place = require_workspace()
        path = _new_plan(place, name) if kind == "plan" else _new_progress(place, name, unit)
        put(f"{shown(path)}\n")


def _new_plan(place: Place, name: str) -> Path:
    from qmsplan.cli.starter import schema_line, starter
    from qmsplan.cli.write import write_new
    from qmsplan.model.scalar import read_id

    read_id(name)
    if any(named == name for named, _ in _plans(place)):
        raise Stop(sentence("another plan already has the id '{id}'", id=name), sentence("choose another id"))
    path = place.root / place.settings.plans / f"{name}.yaml"
    text = starter("plan.yaml", id=name, year=str(datetime.now().astimezone().year))
    write_new(path, schema_line(place.root, path.parent) + text.partition("\n")[2])
    return path


def _new_progress(place: Place, name: str, unit: str | None) -> Path:
    from qmsplan.cli.starter import schema_line
    from qmsplan.cli.write import write_new

    found = dict(_plans(place))
    if name not in found:
        hint = sentence("the plans are: {names}", names=", ".join(list(found)[:12]))
        raise Stop(sentence("no plan has the id '{id}'", id=name), hint)
    codes = {entry.code for entry in place.settings.units}
    if unit is not None and unit not in codes:
        hint = sentence("the units are: {names}", names=", ".join(sorted(codes)))
        raise Stop(sentence("no unit is called '{name}'", name=unit), hint)
    lines = ["kind: progress", f"plan: {name}", *([f"unit: {unit}"] if unit else []), "readings: []", "completions: []"]
    ending = f".{unit}" if unit else ""
    path = Path(found[name]).parent / f"{name}{ending}.progress.yaml"
    write_new(path, schema_line(place.root, path.parent) + "\n".join(lines) + "\n")
    return path


def _plans(place: Place) -> list[tuple[str, str]]:
    from qmsplan.cli.files import plan_files
    from qmsplan.load.workspace import read_workspace

    workspace = read_workspace(place.root, place.settings, plan_files(place))
    return [(named.plan.id, named.file) for named, _ in workspace.plans()]
