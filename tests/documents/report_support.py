"""Periodic reports for the tests of the document layer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from document_support import BASE, REGISTER, ROOT, loaded

from qmsplan.documents.report_view import Letter, render_report, report_view
from qmsplan.documents.template import REPORT, own_template
from qmsplan.load.document import read_file
from qmsplan.load.report_text import ReportText
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.model.settings import REPORTING, Settings
from qmsplan.phrases.people import Register
from qmsplan.progress.cut_off import calendar_of
from qmsplan.progress.report import Report, frame_of, report_of

DECREE = calendar_of(REPORTING)
SAMPLE = ROOT / "templates" / "report"
TGPL = ROOT / "plans" / "tgpl"


def recorded(path: Path) -> Progress:
    """The records in a file that has no faults."""
    document = read_file(path, path.name)
    assert isinstance(document.value, Progress), document.diagnostics
    return document.value


def records_on(plan: Plan) -> tuple[Progress, ...]:
    """What the repository's own files say of a plan."""
    return tuple(recorded(path) for path in sorted((ROOT / "plans").glob(f"*/progress/{plan.id}-*.yaml")))


def report_on(
    plans: Iterable[tuple[Plan, tuple[Progress, ...]]], code: str = "2026-Q3", as_of: str = "2026-11-21"
) -> Report:
    """The report on some plans with their records."""
    day = date.fromisoformat(as_of)
    settings = Settings.model_construct(kind="workspace", units=REGISTER.units)
    return report_of(list(plans), settings, frame_of(parse_period(code), DECREE, day, day))


def letter(
    unit: str = "", text: ReportText | None = None, register: Register = REGISTER, to: str | None = None
) -> Letter:
    """What a report is besides its numbers."""
    return Letter(unit, register, DECREE, text or ReportText(), to)


def view_of_report(report: Report, about: Letter | None = None) -> Any:
    """The values of the template."""
    return report_view(report, about or letter(), "BC")


def rendered_report(report: Report, about: Letter | None = None) -> bytes:
    """The Word file of a report by the built-in template."""
    return render_report(report, about or letter(), own_template(REPORT), BASE)


def sample() -> Report:
    """The report on the template's sample."""
    plan = loaded(SAMPLE / "sample.yaml")
    return report_on([(plan, (recorded(SAMPLE / "sample.progress.yaml"),))], as_of="2026-10-14")


def of_the_centre(code: str = "2026-Q3", as_of: str = "2026-11-21") -> Report:
    """The report of the repository's own legal aid centre."""
    plans = [loaded(TGPL / f"{name}.yaml") for name in ("TGPL-KHDT-2026", "TGPL-KHMT-2026")]
    return report_on([(plan, records_on(plan)) for plan in plans], code, as_of)
