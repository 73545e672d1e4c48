"""What people add to a periodic report: a Markdown file of fixed headings, each line below one a paragraph. Comments
(`<!-- … -->`) are not printed, and a heading with nothing below it counts as not given."""

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
    "title": ("Trích yếu", "Chỉ ghi nếu muốn thay trích yếu tự đặt."),
    "to": ("Kính gửi", "Chỉ ghi nếu gửi nơi khác cơ quan cấp trên trực tiếp."),
    "situation": (
        "Tình hình chung",
        "Chỉ đạo, ban hành, quán triệt, tổ chức thực hiện trong kỳ. Mỗi dòng in thành một đoạn.",
    ),
    "results": ("Kết quả đạt được", "Kết quả nổi bật. Số liệu và bảng do phần mềm tự lập."),
    "shortcomings": ("Tồn tại, hạn chế", "Ngoài các nội dung quá hạn, chưa đạt đã tự nêu; nếu không có, ghi 'Không'."),
    "causes": ("Nguyên nhân", "Nguyên nhân khách quan, chủ quan, ngoài nguyên nhân đã ghi trong hành động khắc phục."),
    "direction": ("Phương hướng kỳ tới", "Ngoài các nhiệm vụ đến hạn kỳ tới đã tự liệt kê."),
    "proposals": ("Đề xuất, kiến nghị", "Đề xuất, kiến nghị với cấp trên; nếu không có, ghi 'Không có'."),
    "recipients": ("Nơi nhận", "Chỉ ghi nếu khác Nơi nhận của kế hoạch; mỗi nơi một dòng, bắt đầu bằng dấu gạch."),
    "position": ("Chức vụ người ký", "Chỉ ghi nếu khác kế hoạch, ví dụ KT. GIÁM ĐỐC và dòng dưới PHÓ GIÁM ĐỐC."),
    "name": ("Họ tên người ký", "Chỉ ghi nếu khác kế hoạch."),
}
"""The headings that a file may have, in the order of the document, each with what is to be written below it, in
Vietnamese as the report itself."""

_ELSEWHERE = ""
_ONE_HEADING = Message("put both texts below one of them")
_FIELDS = {plain(heading): field for field, (heading, _) in HEADINGS.items()}


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
    lines, headings = found.setdefault(_ELSEWHERE, []), "; ".join(heading for heading, _ in HEADINGS.values())
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
    return "\n".join(f"# {heading}\n<!-- {hint} -->\n" for heading, hint in HEADINGS.values())
