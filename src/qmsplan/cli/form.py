"""`qmsplan form`: the Excel form of a unit, written for it to fill in, and taken back when it has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from qmsplan.cli.console import BROKEN, CLEAN, CommandError, does_not_fit, put_line, shown, tell_message
from qmsplan.cli.form_read import read_forms
from qmsplan.cli.options import argument, flag, option
from qmsplan.cli.parameters import inside, period_option, unit_option
from qmsplan.cli.seals import PlansInForce, judged, tell_notices
from qmsplan.cli.workspace import (
    refuse_broken_settings,
    require_workspace,
    tell_broken,
    today,
    unit_called,
    workspace_now,
)
from qmsplan.cli.write import write_whole
from qmsplan.diagnostics import Message, UserError
from qmsplan.forms.compare import is_filled
from qmsplan.forms.contents import FormScope, form_content, form_plans
from qmsplan.forms.reading import LARGEST_WORKBOOK, read_form
from qmsplan.forms.workbook import write_form
from qmsplan.load.files import read_bytes
from qmsplan.model.period import Period, quarter_of
from qmsplan.model.register import Unit
from qmsplan.model.text import PeriodWords
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.people import Register

Action = Literal["export", "read"]
FOLDER = "form"
"""The folder in the workspace's output folder that forms are written to."""
OutputDirOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "--output-dir",
        "-o",
        metavar="DIR",
        callback=inside,
        help="export: the folder to write to; 'form' in the workspace's output folder if not given.",
    ),
]


def command(  # noqa: PLR0913  an option each
    ctx: typer.Context,
    action: Annotated[
        Action, argument("export|read", "export: write forms for units to fill in; read: take filled ones over.")
    ],
    files: Annotated[list[Path] | None, argument("FILE", "read: the workbooks that came back, .xlsx or .ods.")] = None,
    unit: Annotated[
        list[str] | None,
        unit_option("export: the form of this unit: its code, name or alias; may be given several times."),
    ] = None,
    period: Annotated[
        str | None,
        period_option("export: the period that is reported: 2026-Q4, Quý IV, 2026-11; today's quarter if not given."),
    ] = None,
    output_dir: OutputDirOption = None,
    *,
    all_units: Annotated[
        bool, flag("--all-units", "export: a form for each unit that has something to report.")
    ] = False,
    dry_run: Annotated[bool, flag("--dry-run", "read: write nothing; show the diff.")] = False,
    report: Annotated[
        Path | None,
        option("--report", "FILE", "read: a workbook in which the cells that can't be taken over are marked."),
    ] = None,
    form: Annotated[
        Literal["text", "json"], option("--format", "text|json", "read: how the answer is written.")
    ] = "text",
) -> None:
    """Writes the forms and prints their names, or takes them over: the exit code is 1 if one is refused."""
    if action == "export":
        given = {"FILE": bool(files), "--dry-run": dry_run, "--report": bool(report), "--format": form != "text"}
        _refuse_what_does_not_fit(action, given)
        raise typer.Exit(export_forms(unit or (), period, output_dir, ctx.obj, all_units=all_units))
    given = {"--unit": bool(unit), "--period": bool(period), "--output": bool(output_dir), "--all-units": all_units}
    _refuse_what_does_not_fit(action, given)
    raise typer.Exit(read_forms(files or (), report, form, ctx.obj, is_dry_run=dry_run))


def _refuse_what_does_not_fit(action: str, given: dict[str, bool]) -> None:
    if refused := [name for name, is_given in given.items() if is_given]:
        raise does_not_fit(refused[0], action, "qmsplan form")


def export_forms(
    units: Sequence[str], period: str | None, folder: Path | None, language: str, *, all_units: bool
) -> int:
    """Writes the forms of some units as typed, or of all; the exit code."""
    place = require_workspace()
    refuse_broken_settings(place)
    register, day = Register(place.settings.units), today(place)
    if bool(units) == all_units:
        hint = Message("name it with --unit, or write the forms of all with --all-units")
        raise CommandError(Message("it is not said whose form is meant"), hint)
    window = asked_period(period, day).period if period else quarter_of(day)
    workspace, notices = judged(workspace_now(place, language, is_quiet=False), PlansInForce(place, day))
    found = ((named.plan, records) for named, records in workspace.plans())
    plans = form_plans(found, window, day, place.settings)
    folder = folder or place.root / place.settings.output / FOLDER
    chosen = (unit_called(register, typed) for typed in units)
    if all_units:  # what a group leads stands in the forms of its members, what one that ended led in its heirs'
        all_of = (unit for unit in register.units if not unit.members)
        chosen = (unit for unit in all_of if unit.code in register.answering((unit.code,), day))
    for unit in dict.fromkeys(chosen):
        content = form_content(FormScope(unit, window, day, language), plans, register)
        if content.size:
            _write(folder / form_name(unit, window), write_form(content, language))
        elif not all_units:
            told = Message("{unit} has nothing to report in {period}", unit=unit.name, period=PeriodWords(window))
            tell_message(told, language)
    tell_notices(notices, day, language)
    return BROKEN if tell_broken(place, workspace.diagnostics, language) else CLEAN


def form_name(unit: Unit, period: Period) -> str:
    """The name of a form's file: `NV-2026-Q4.xlsx`."""
    return f"{unit.code}-{period.code.replace('/', '_')}.xlsx"


def _write(path: Path, content: bytes) -> None:
    """Writes a form and prints its name. Stop if somebody has filled in the one that lies there."""
    if path.exists():
        try:
            there = is_filled(read_form(read_bytes(path, LARGEST_WORKBOOK)))
        except UserError:
            there = True  # no form of ours: it is not overwritten either
        if there:
            message = Message("'{file}' is there already and has been filled in", file=shown(path))
            hint = Message("read it with 'qmsplan form read', then remove it; or name a folder with --output-dir")
            raise CommandError(message, hint)
    write_whole(path, content)
    put_line(shown(path))
