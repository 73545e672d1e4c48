"""Periodic report to blocks to Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.document.docx.body import write_docx
from qmsplan.document.docx.parts import Properties
from qmsplan.document.fill import fill
from qmsplan.document.reading import read_blocks
from qmsplan.document.report_view import report_view

if TYPE_CHECKING:
    from datetime import datetime

    from qmsplan.document.profile import Profile
    from qmsplan.document.report_view import Letter
    from qmsplan.document.template import Template
    from qmsplan.progress.report import Report

_TYPE = "Báo cáo"


def render_report(report: Report, letter: Letter, template: Template, profile: Profile, stamp: datetime) -> bytes:
    """The Word file of a report; `stamp` is what it says of its making. TemplateFault if the template can't make it."""
    values = report_view(report, letter, profile.types[_TYPE])
    properties = Properties(f"{_TYPE} {values['title']}", values["head"]["issuer"], stamp)
    text = [fill(template, {"report": values})]
    del values  # as large as the text, which nobody holds either once it is read
    return write_docx(read_blocks(text.pop(), template.file), profile, properties)
