"""An audit says of each objective and quarter what status and report say: the same state, the same missing times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from audited import sources_of

from qmsplan.audit.audit import AuditRequest, audit
from qmsplan.audit.values import AgencyAudit, ObjectiveAudit
from qmsplan.cli.settings import require_workspace
from qmsplan.cli.workspace import plan_files
from qmsplan.load.workspace import Workspace, read_workspace
from qmsplan.model.period import Period, quarter_of, steps
from qmsplan.model.text import PeriodWords
from qmsplan.progress.plan import ItemProgress
from qmsplan.progress.report import Frame, report_of
from qmsplan.progress.status import StatusRow, StatusScope, deciding, status_of

HERE = Path(__file__).resolve()
TESTS = HERE.parents[1]
WORKSPACES = [TESTS.parent, TESTS / "data/agencies", TESTS / "cases/status/year-of-eight/files"]


def workspace_in(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Workspace, dict[str, Path]]:
    """A workspace whose plans all belong to an edition, with its files."""
    monkeypatch.chdir(root)
    place = require_workspace()
    files = plan_files(place)
    found = read_workspace(place.root, place.settings, files)
    held = {named.plan.id: named.plan.replaced(standard="iso9001-2015") for named, _ in found.plans()}
    return found.with_plans(held), {file.name: file.path for file in files}


def days_of(workspace: Workspace) -> Iterator[date]:
    """Of each year of the plans a day in its course, and one when all its figures should be there."""
    years = {year for named, _ in workspace.plans() if named.plan.period for year in named.plan.period.years()}
    for year in sorted(years)[:2]:
        yield from (year.start + timedelta(days=238), year.end + timedelta(days=40))


def told(agency: AgencyAudit) -> Iterator[tuple[ObjectiveAudit, ItemProgress, set[Period]]]:
    """Each objective with its progress, and the times of which the audit misses figures."""
    items = {(of.plan.id, item.node.item.id): item for of in agency.progress for item in of.items}
    for one in agency.objectives:
        lacks = (text for line in one.lines for text in line.missing if text.template == "no reading for {periods}")
        words = (word for text in lacks for word in dict(text.values)["periods"])  # type: ignore[union-attr]
        times = {word.period for word in words if isinstance(word, PeriodWords)}
        yield one, items[one.plan, one.node.item.id], times


@pytest.mark.parametrize("root", WORKSPACES, ids=["plans", "agencies", "a year of eight"])
def test_audit_status_and_report_say_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, files = workspace_in(root, monkeypatch)
    plans, settings = workspace.plan_records(), workspace.settings
    seen = 0
    for day in days_of(workspace):
        request = AuditRequest(frozenset(), lambda _node: True, day)
        audited = audit(workspace, request, sources_of(files)).agencies
        for quarter in steps(Period(date(day.year - 1, 1, 1), quarter_of(day).end), 3):
            rows = {row.name: row for row in status_of(plans, StatusScope(settings, day, quarter)).rows}
            report = report_of(plans, settings, Frame(quarter, quarter, day, None, day))
            lines = {line.row.name: line.row for part in report.parts for line in part.lines}
            for one, progress, missing in (entry for agency in audited for entry in told(agency)):
                name = f"{one.plan}/{one.node.item.id}"
                result = deciding(progress.measured(quarter))
                for row in filter(None, (rows.get(name), lines.get(name))):
                    seen += 1
                    assert row.attainment is (result and result.attainment), (name, quarter.code, day)
                    assert_same_times(row, {time for time in missing if time.end in quarter}, quarter)
    assert seen > 50


def assert_same_times(row: StatusRow, missing: set[Period], quarter: Period) -> None:
    named = {time for time in row.missing if time.end in quarter}
    is_single = any(one.attainment == "no_data" and not one.missing for one in row.measurements)  # the state says it
    about = row.name, quarter.code, named, missing
    assert named <= missing, about
    assert named == missing or is_single, about
    assert missing or not is_single, about
