"""`qmsplan report`: which reports there are to make, and what each says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.choices import day_of, no_such_plan, tell_broken, unit_called
from qmsplan.cli.console import Stop, put
from qmsplan.cli.exits import BROKEN, CLEAN
from qmsplan.cli.files import Place, require_workspace
from qmsplan.cli.status_source import workspace_now
from qmsplan.diagnostic import say
from qmsplan.model.outline import Node, outline
from qmsplan.model.period import parse_period
from qmsplan.progress.cut_off import Calendar, calendar_of, next_period, reported, window_of
from qmsplan.progress.plan import plan_progress
from qmsplan.progress.report import Frame, Report, part_of, reporters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from qmsplan.load.workspace import Workspace
    from qmsplan.model.bundle import Named, Record

    Keep: TypeAlias = Callable[[Node], bool]
    Chosen: TypeAlias = tuple[Named, tuple[Record, ...], Keep]


class Wish(NamedTuple):
    """What the user asked for, as typed."""

    period: str
    plans: tuple[str, ...]
    unit: str | None
    as_of: str | None
    to: str | None
    out: Path | None
    form: str


class Job(NamedTuple):
    """One report to make: the name of its file, the code of its issuer ("" if none), its plans and what of each."""

    name: str
    unit: str
    plans: tuple[Chosen, ...]


class Desk(NamedTuple):
    """Where reports are made: the workspace, its calendar, and the time they are about."""

    place: Place
    workspace: Workspace
    calendar: Calendar
    frame: Frame
    wish: Wish

    def reports(self) -> Iterator[tuple[Job, Report]]:
        """Those that have something to say, one at a time. Stop if there are none."""
        is_empty = True
        for job in _jobs(self):
            report = _report(job, self)
            if report.parts:
                is_empty = False
                yield job, report
        if is_empty:
            message = say("there is nothing to report on {period}", period=self.frame.period.code)
            raise Stop(message, say("check the period, and whose plans are asked for"))


def make_reports(wish: Wish, language: str) -> int:
    """Writes the reports, or prints their numbers; the exit code. A report that fails is told, the others are made."""
    desk = _desk(wish, language)
    if wish.form == "json":
        from qmsplan.output.report_data import reports_json

        put(reports_json([(job.name, job.unit, report) for job, report in desk.reports()]))
        code = CLEAN
    else:
        from qmsplan.cli.report_files import write_reports

        code = write_reports(desk, language)
    if tell_broken(desk.place, desk.workspace.diagnostics, language):
        return BROKEN
    return code


def make_texts(wish: Wish, language: str) -> int:
    """Writes for each report a file in which to write its texts. Stop if one is already there."""
    from qmsplan.cli.report_files import write_text_files

    return write_text_files(_desk(wish, language))


def _desk(wish: Wish, language: str) -> Desk:
    place = require_workspace()
    if place.document and place.document.value is None:  # the register, the calendar and the addressee are not known
        message = say("the settings have errors: {file}", file=place.document.source.name)
        raise Stop(message, say("see them with 'qmsplan validate'"))
    calendar = calendar_of(place.settings.reporting)
    period = reported(parse_period(wish.period))
    as_of = day_of(wish.as_of, place)
    frame = Frame(period, window_of(period, calendar), as_of, next_period(period))
    return Desk(place, workspace_now(place, language, is_quiet=False), calendar, frame, wish)


def _jobs(desk: Desk) -> Iterator[Job]:
    """One for each plan that is named, or one for the unit, or one for each agency that issued plans."""
    wish, code = desk.wish, desk.frame.period.code
    plans = [(named, records) for named, records in desk.workspace.plans() if not named.plan.form]
    if wish.unit is not None:
        yield _of_unit(desk, wish.unit, plans)
        return
    if unknown := set(wish.plans) - {named.plan.id for named, _ in plans}:
        raise no_such_plan(sorted(unknown), (named.plan.id for named, _ in plans))
    groups: dict[str, list[Chosen]] = {}
    for named, records in plans:
        if not wish.plans or named.plan.id in wish.plans:
            key = named.plan.id if wish.plans else named.plan.head.issuer or named.plan.id
            groups.setdefault(key, []).append((named, records, _everything))
    for key, chosen in sorted(groups.items()):
        yield Job(f"BC-{key}-{code}", chosen[0][0].plan.head.issuer or "", tuple(chosen))


def _everything(_node: Node) -> bool:
    return True


def _of_unit(desk: Desk, typed: str, plans: list[tuple[Named, tuple[Record, ...]]]) -> Job:
    """All of the plans that the unit or one below it issued, and of the others what these units lead or keep."""
    register = desk.workspace.register
    unit = unit_called(register, typed)
    codes = register.within(unit.code)

    def keep(named: Named, records: tuple[Record, ...]) -> Keep:
        if named.plan.head.issuer in codes:
            return _everything
        kept = reporters((record.progress for record in records if record.progress.unit in codes), desk.frame.as_of)
        return lambda node: node.item.id in kept or not codes.isdisjoint(register.involved(node.lead))

    chosen = tuple((named, records, keep(named, records)) for named, records in plans)
    return Job(f"BC-{unit.code}-{desk.frame.period.code}", unit.code, chosen)


def _report(job: Job, desk: Desk) -> Report:
    means, as_of = desk.workspace.settings.deadlines, desk.frame.as_of
    parts = []
    for named, records, keep in job.plans:
        if named.plan.period and named.plan.period.start <= desk.frame.period.end:
            known = [record.progress for record in records]
            progress = plan_progress(named.plan, outline(named.plan, means), known, as_of, means)
            if part := part_of(progress, known, desk.frame, keep):
                parts.append(part)
    return Report(desk.frame, tuple(parts))
