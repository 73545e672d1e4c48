"""`qmsplan remind`: a digest for each unit of what it owes and what falls due for it soon."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qmsplan.cli.console import put, put_text, refuse_unfit
from qmsplan.cli.in_force import plans_on
from qmsplan.cli.items import unit_called
from qmsplan.cli.options import RemindOptions
from qmsplan.cli.settings import day_of, require_workspace
from qmsplan.cli.write import put_file
from qmsplan.diagnostics import Translator
from qmsplan.model.period import quarter_of
from qmsplan.output.due_days import CALENDAR_TABLES, ReminderStyle, calendar_of, digest_mail, digest_text, digests_json
from qmsplan.progress.occurrences import days_after
from qmsplan.progress.overview import overview_of
from qmsplan.progress.owed import Digest, digests_of
from qmsplan.progress.plan_tables import plan_tables
from qmsplan.progress.status import PlanRecords, StatusScope
from qmsplan.progress.tables import Tables


def command(options: RemindOptions, translate: Translator) -> int:
    """Prints the digests, or writes a draft for each unit; nothing where nothing is due. The exit code is 2 if a file
    could not be read."""
    if options.form != "eml":
        refuse_unfit({"--output": options.output}, options.form, "qmsplan remind")
    place = require_workspace()
    day = day_of(options.as_of, place, translate)
    known = plans_on(day, place, translate, is_quiet=options.quiet)
    workspace = known.workspace
    wanted = {unit_called(workspace.register, name).code for name in options.unit or ()}
    pairs = workspace.plan_records()
    # what is open in the quarter of the day, and what earlier quarters still wait for
    scope = StatusScope(workspace.settings, day, quarter_of(day))
    overview = overview_of(pairs, scope, days=options.days)
    digests = digests_of(overview, workspace.register, only_late=options.late)
    found = [one for one in digests if not wanted or one.unit.code in wanted]
    style = ReminderStyle(day, options.days, translate)
    if options.form == "json":
        put(digests_json(found, style))
    elif options.form == "text":
        put_text("\n".join(digest_text(one, style) for one in found))
    else:
        folder = Path(options.output) if options.output else place.output / "remind" / day.isoformat()
        tables = _tables_of_digests(found, pairs, scope)
        for one in found:
            path = folder / f"{one.unit.code}.eml"
            put_file(path, digest_mail(one, calendar_of(one, tables, days_after(day, options.days)), style))
    return known.tell_last()


def _tables_of_digests(found: list[Digest], pairs: Sequence[PlanRecords], scope: StatusScope) -> list[Tables]:
    """The tables of the plans that digests are about, for their calendars."""
    plans = {plan for one in found for plan, _ in one.items}
    return [plan_tables(scope.progress(*pair), scope, CALENDAR_TABLES) for pair in pairs if pair[0].id in plans]
