"""What people add to a periodic report: a Markdown file of fixed headings, each line below one a paragraph. Comments
(`<!-- … -->`) are not printed, and a heading with nothing below it counts as not given."""

from __future__ import annotations

import re
import tomllib
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


_ROWS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
HEADINGS: dict[str, str] = {field: row["heading"] for field, row in _ROWS.items()}
"""The headings that a file may have, by what stands below them."""

_ELSEWHERE = ""
_ONE_HEADING = Message("put both texts below one of them")
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
    lines, headings = found.setdefault(_ELSEWHERE, []), "; ".join(HEADINGS.values())
    for span, line, heading in _report_lines(text):
        if heading is None:
            if not places:
                hint = Message("write it below one of: {names}", names=headings)
                faults.append(diagnose(name, REPORT_TEXT, Message("this text stands below no heading"), span, hint))
            lines.append(line)
            continue
        field = _FIELDS.get(plain(heading), _ELSEWHERE)
        if field == _ELSEWHERE:
            message = Message("no part of a report is called '{heading}'", heading=heading)
            hint = Message("the headings are: {names}", names=headings)
            faults.append(diagnose(name, REPORT_TEXT, message, span, hint))
        elif field in places:
            message, hint = Message("the heading '{heading}' stands twice", heading=heading), _ONE_HEADING
            related = (Related(name, places[field], Message("first used here")),)
            faults.append(diagnose(name, REPORT_TEXT, message, span, hint, related))
        places.setdefault(field, span)
        lines = found.setdefault(field, [])
    del found[_ELSEWHERE]
    return ReportText(**{field: "\n".join(lines) for field, lines in found.items()}), tuple(faults)


def _report_lines(text: str) -> Iterator[tuple[Span, str, str | None]]:
    """Each line that is not blank, and the words of the heading if it is one."""
    visible = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, line in enumerate(visible.replace("\r\n", "\n").split("\n"), 1):
        if line.strip():
            match = _HEADING.fullmatch(line)
            start = len(line) - len(line.lstrip())
            yield Span(number, start + 1, number, len(line.rstrip()) + 1), line.strip(), match[1] if match else None


def stub() -> str:
    """A file to start from: every heading, below it a comment on what belongs there."""
    return "\n".join(f"# {row['heading']}\n<!-- {row['below']} -->\n" for row in _ROWS.values())
