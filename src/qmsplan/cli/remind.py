"""`qmsplan remind`: a digest for each unit of what it owes and what falls due for it soon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from qmsplan.cli.console import BROKEN, CLEAN, put, put_line, put_text, shown
from qmsplan.cli.options import flag, option
from qmsplan.cli.parameters import AsOf, Quiet, output_option, unit_option
from qmsplan.cli.seals import PlansInForce, judged, tell_notices
from qmsplan.cli.workspace import day_of, require_workspace, tell_broken, unit_called, workspace_now
from qmsplan.cli.write import write_whole
from qmsplan.diagnostics import translator
from qmsplan.load.workspace import Workspace
from qmsplan.model.period import quarter_of
from qmsplan.output.reminders import ReminderStyle, calendar_of, digest_mail, digest_text, digests_json
from qmsplan.progress.occurrences import days_after
from qmsplan.progress.overview import overview_of
from qmsplan.progress.plan_tables import ExportScope, plan_tables
from qmsplan.progress.reminders import Digest, digests_of
from qmsplan.progress.status import PlanRecords
from qmsplan.progress.tables import Tables

Format = Literal["text", "eml", "json"]


def command(  # noqa: PLR0913  an option each
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", min=0, max=366, metavar="N", help="How many days ahead to look.")] = 30,
    *,
    late: Annotated[bool, flag("--late", "Only what is overdue, missed, or late in its corrective action.")] = False,
    unit: Annotated[
        list[str] | None,
        unit_option("Only the digest of this unit: its code, name or alias; may be given several times."),
    ] = None,
    form: Annotated[
        Format, option("--format", "text|eml|json", "How the digests are written; eml: drafts of e-mails.")
    ] = "text",
    output: Annotated[
        str | None,
        output_option("eml: the folder of the drafts; remind/DATE in the output folder if not given.", "FOLDER"),
    ] = None,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Prints the digests, or writes a draft for each unit; nothing where nothing is due. The exit code is 2 if a file
    could not be read."""
    language, place = ctx.obj, require_workspace()
    day = day_of(as_of, place)
    workspace, notices = judged(workspace_now(place, language, is_quiet=quiet), PlansInForce(place, day))
    wanted = {unit_called(workspace.register, name).code for name in unit or ()}
    pairs = workspace.plan_records()
    found = [
        one for one in _digests(pairs, workspace, day, days, only_late=late) if not wanted or one.unit.code in wanted
    ]
    style = ReminderStyle(day, days, language, translator(language))
    if form == "json":
        put(digests_json(found, style))
    elif form == "text":
        put_text("\n".join(digest_text(one, style) for one in found))
    else:
        folder = Path(output) if output else place.root / place.settings.output / "remind" / day.isoformat()
        tables = _tables(found, pairs, workspace, day)
        for one in found:
            path = folder / f"{one.unit.code}.eml"
            write_whole(path, digest_mail(one, calendar_of(one, tables, days_after(day, days)), style))
            put_line(shown(path))
    tell_notices(notices, day, language)
    raise typer.Exit(BROKEN if tell_broken(place, workspace.diagnostics, language) else CLEAN)


def _digests(
    pairs: Sequence[PlanRecords], workspace: Workspace, day: date, days: int, *, only_late: bool
) -> Iterable[Digest]:
    """The digests as of a day: what is open in its quarter, and what earlier quarters still wait for."""
    settings = workspace.settings
    overview = overview_of(pairs, settings, day, quarter_of(day), days=days)
    return digests_of(overview, workspace.register, only_late=only_late)


def _tables(found: list[Digest], pairs: Sequence[PlanRecords], workspace: Workspace, day: date) -> list[Tables]:
    """The tables of the plans that digests are about, for their calendars."""
    plans = {plan for one in found for plan, _ in one.items}
    scope = ExportScope(
        day,
        workspace.register,
        workspace.settings.deadlines,
        tables=frozenset(("plans", "items", "occurrences")),
        reporting=workspace.settings.reporting.days,
    )
    return [plan_tables(plan, records, scope) for plan, records in pairs if plan.id in plans]
