"""`qmsplan new`: a plan or a progress file to start from; its text is that of a file in the folder `starter`."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from qmsplan.cli.console import CommandError, put_line
from qmsplan.cli.lock import held
from qmsplan.cli.parameters import complete_plan, complete_unit
from qmsplan.cli.workspace import OpenWorkspace, no_such_plan, plan_files, require_workspace, unit_called
from qmsplan.cli.workspace_folder import shown
from qmsplan.cli.write import write_new
from qmsplan.diagnostics import Message
from qmsplan.documents.template import built_in, template_names
from qmsplan.load.workspace import read_workspace
from qmsplan.model.fields import read_id
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Plan
from qmsplan.phrases.people import Register
from qmsplan.yaml_edit.edit import YamlFile, set_fields
from qmsplan.yaml_edit.emit import Value

_FOLDER = Path(__file__).with_name("starter")
_SCHEMAS = ("qmsplan.schema.json", "schema/qmsplan.schema.json")


def starter(name: str, **values: str) -> str:
    """The text of a starter file such as `plan.yaml`, its `{names}` filled in."""
    text = (_FOLDER / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def schema_line(root: Path, folder: Path) -> str:
    """The first line of a file in a folder, which names the workspace's schema to the YAML language server; nothing if
    the workspace has none."""
    schema = next((path for path in _SCHEMAS if (root / path).is_file()), None)
    if schema is None:
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(root / schema, folder)).as_posix()}\n"


Kind = Literal["plan", "progress"]


def command(
    kind: Annotated[Kind, typer.Argument(metavar="plan|progress", help="plan, or progress on a plan.")],
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", autocompletion=complete_plan, help="The id of the new plan, or of the plan to report on."
        ),
    ],
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            metavar="UNIT",
            autocompletion=complete_unit,
            help="The unit that will keep the progress file: its code, name or alias.",
        ),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="NAME", help="The document template whose example the plan starts from."),
    ] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="PERIOD", help="The time the plan is for.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What the document is about.")] = None,
    issuer: Annotated[
        str | None,
        typer.Option(
            "--issuer",
            metavar="UNIT",
            autocompletion=complete_unit,
            help="The unit that issues the document: its code, name or alias.",
        ),
    ] = None,
) -> None:
    """Writes the file and prints its name. Stop if it is there already, or if another plan has that id."""
    place = require_workspace()
    with held(place.root):
        if kind == "plan":
            path = _new_plan(place, name, template, _Wishes(period, title, issuer))
        else:
            path = _new_progress(place, name, unit)
    put_line(shown(path))


class _Wishes(NamedTuple):
    """What the user said of the new plan; None for what its example says."""

    period: str | None
    title: str | None
    issuer: str | None


def _new_plan(place: OpenWorkspace, name: str, template: str | None, wishes: _Wishes) -> Path:
    read_id(name)
    if name in _plans(place):
        raise CommandError(Message("another plan already has the id '{id}'", id=name), Message("choose another id"))
    path = place.root / place.settings.plans / f"{name}.yaml"
    year = str(datetime.now().astimezone().year)
    text = starter("plan.yaml", id=name, year=year) if template is None else _example(place, template)
    told = re.search(r"(?m)^period: *([0-9]{4}) *$", text)
    if told and wishes.period and re.fullmatch(r"[0-9]{4}", wishes.period):
        text = text.replace(told[1], wishes.period)  # deadlines and titles of the example are of its year
    fields: dict[str, Value] = {"id": name, **({"period": wishes.period} if wishes.period else {})}
    head: dict[str, Value | None] = {"title": wishes.title} if wishes.title else {}
    if wishes.issuer:
        unit = unit_called(Register.of(place.settings), wishes.issuer)
        head |= {"issuer": unit.code, "issuer_text": None}
    if wishes.period:
        parse_period(wishes.period)
    made = set_fields(set_fields(YamlFile(path.name, text.partition("\n")[2], Plan), (), fields), ("head",), head)
    write_new(path, (schema_line(place.root, path.parent) + made.text).encode())
    return path


def _example(place: OpenWorkspace, name: str) -> str:
    """The text of a template's example, the workspace's own first. CommandError with the names there are."""
    own = place.root / place.settings.templates
    names = template_names(own)
    paths = (folder / name / "sample.yaml" for folder in (own, built_in()))
    found = next((path for path in paths if name in names and path.is_file()), None)
    if found is None:
        hint = Message("the templates are: {names}", names=", ".join(names))
        raise CommandError(Message("there is no template '{name}'", name=name), hint)
    return found.read_text("utf-8")


def _new_progress(place: OpenWorkspace, name: str, unit: str | None) -> Path:
    found = _plans(place)
    if name not in found:
        raise no_such_plan([name], found)
    code = unit_called(Register.of(place.settings), unit).code if unit is not None else ""
    lines = ["kind: progress", f"plan: {name}", *([f"unit: {code}"] if code else []), "readings: []", "completions: []"]
    ending = f".{code}" if code else ""
    path = Path(found[name]).parent / f"{name}{ending}.progress.yaml"
    write_new(path, (schema_line(place.root, path.parent) + "\n".join(lines) + "\n").encode())
    return path


def _plans(place: OpenWorkspace) -> dict[str, str]:
    """The file of each plan by its id."""
    workspace = read_workspace(place.root, place.settings, plan_files(place))
    return {named.plan.id: named.file for named, _ in workspace.plans()}
