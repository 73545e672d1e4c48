"""What people add to a periodic report: a Markdown file of fixed headings, each line below one a paragraph.

Comments (`<!-- … -->`) are not printed, and a heading with nothing below it counts as not given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from qmsplan.diagnostics import REPORT_TEXT, Diagnostic, Message, ReadError, Related, Span, diagnose
from qmsplan.load.document import as_diagnostic
from qmsplan.load.files import decode, read_bytes
from qmsplan.model.text import plain

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]*(?:(?:[IVX]{1,4}|[0-9]{1,2})[.)])?[ \t]*(.*?)[ \t#]*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class ReportText(NamedTuple):
    """The texts by what they are for, a paragraph a line; empty where nothing was written."""

    title: str = ""
    to: str = ""
    situation: str = ""
    results: str = ""
    shortcomings: str = ""
    causes: str = ""
    direction: str = ""
    proposals: str = ""
    recipients: str = ""
    position: str = ""
    name: str = ""


HEADINGS = {
    "title": "Trích yếu",
    "to": "Kính gửi",
    "situation": "Tình hình chung",
    "results": "Kết quả đạt được",
    "shortcomings": "Tồn tại, hạn chế",
    "causes": "Nguyên nhân",
    "direction": "Phương hướng kỳ tới",
    "proposals": "Đề xuất, kiến nghị",
    "recipients": "Nơi nhận",
    "position": "Chức vụ người ký",
    "name": "Họ tên người ký",
}
"""The headings that a file may have, in the order of the document."""

_ELSEWHERE = ""
_FIELDS = {plain(heading): field for field, heading in HEADINGS.items()}


def read_report_file(path: Path, name: str) -> tuple[ReportText, tuple[Diagnostic, ...]]:
    """The texts in a file, and what is wrong with it; `name` is what users are shown."""
    try:
        return read_report_text(decode(read_bytes(path)), name)
    except ReadError as broken:
        return ReportText(), (as_diagnostic(name, broken),)


def read_report_text(text: str, name: str) -> tuple[ReportText, tuple[Diagnostic, ...]]:
    """The texts in the text of a file, and what is wrong with it, each at its line."""
    found: dict[str, list[str]] = {}
    places: dict[str, Span] = {}
    faults: list[Diagnostic] = []
    lines = found.setdefault(_ELSEWHERE, [])
    for span, line, heading in _lines(text):
        if heading is None:
            if not places:
                faults.append(_no_heading(name, span))
            lines.append(line)
            continue
        field = _FIELDS.get(plain(heading), _ELSEWHERE)
        if field == _ELSEWHERE:
            faults.append(_unknown(name, span, heading))
        elif field in places:
            faults.append(_twice(name, span, heading, places[field]))
        places.setdefault(field, span)
        lines = found.setdefault(field, [])
    del found[_ELSEWHERE]
    return ReportText(**{field: "\n".join(lines) for field, lines in found.items()}), tuple(faults)


def _lines(text: str) -> Iterator[tuple[Span, str, str | None]]:
    """Each line that is not blank, and the words of the heading if it is one."""
    visible = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, line in enumerate(visible.replace("\r\n", "\n").split("\n"), 1):
        if line.strip():
            match = _HEADING.fullmatch(line)
            start = len(line) - len(line.lstrip())
            yield Span(number, start + 1, number, len(line.rstrip()) + 1), line.strip(), match[1] if match else None


def _no_heading(name: str, span: Span) -> Diagnostic:
    hint = Message("write it below one of: {names}", names="; ".join(HEADINGS.values()))
    return diagnose(name, REPORT_TEXT, Message("this text stands below no heading"), span, hint)


def _unknown(name: str, span: Span, heading: str) -> Diagnostic:
    hint = Message("the headings are: {names}", names="; ".join(HEADINGS.values()))
    return diagnose(
        name, REPORT_TEXT, Message("no part of a report is called '{heading}'", heading=heading), span, hint
    )


def _twice(name: str, span: Span, heading: str, first: Span) -> Diagnostic:
    message, hint = (
        Message("the heading '{heading}' stands twice", heading=heading),
        Message("put both texts below one of them"),
    )
    return diagnose(name, REPORT_TEXT, message, span, hint, (Related(name, first, Message("first used here")),))


def stub(hints: dict[str, str]) -> str:
    """A file to start from: every heading, below it a comment on what belongs there."""
    parts = [f"# {heading}\n<!-- {hints[field]} -->\n" for field, heading in HEADINGS.items()]
    return "\n".join(parts)
