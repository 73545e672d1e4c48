"""The files of periodic reports: the Word files, and the texts that people write for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qmsplan.cli.console import put
from qmsplan.cli.exits import CLEAN
from qmsplan.cli.files import shown
from qmsplan.cli.render import fault_of, stamp, told
from qmsplan.cli.write import write_new, write_whole
from qmsplan.document.profile import load_profile
from qmsplan.document.report import render_report
from qmsplan.document.report_view import Letter
from qmsplan.document.template import REPORT, TemplateFault, own_template
from qmsplan.load.report_text import ReportText, read_report_file, stub

if TYPE_CHECKING:
    from qmsplan.cli.periodic import Desk, Job
    from qmsplan.diagnostic import Diagnostic

FOLDER = "reports"
"""Of Word files below the output folder, and of texts beside the plans."""


def write_reports(desk: Desk, language: str) -> int:
    """Writes the Word files; the exit code."""
    place = desk.place
    folder = desk.wish.out or place.root / place.settings.output / FOLDER
    faults: list[Diagnostic] = []
    profile, made = load_profile(place.settings.profile), stamp()
    for job, report in desk.reports():
        letter, wrong = _letter(job, desk)
        faults += wrong
        if wrong:
            continue
        try:
            template = own_template(REPORT, place.root / place.settings.templates)
            content = render_report(report, letter, template, profile, made)
        except TemplateFault as fault:
            faults.append(fault_of(fault))
            continue
        path = folder / f"{job.name}.docx"
        write_whole(path, content)
        put(f"{shown(path)}\n")
    return told(place, list(dict.fromkeys(faults)), language)


def write_text_files(desk: Desk) -> int:
    """Writes the files with headings to write below; the exit code. Stop at one that is already there."""
    for job, _ in desk.reports():
        path = _text_paths(job, desk)[0]
        write_new(path, stub(HINTS))
        put(f"{shown(path)}\n")
    return CLEAN


def _letter(job: Job, desk: Desk) -> tuple[Letter, tuple[Diagnostic, ...]]:
    path = next((path for path in _text_paths(job, desk) if path.exists() or path.is_symlink()), None)
    text, wrong = read_report_file(path, shown(path)) if path else (ReportText(), ())
    to = desk.wish.to or desk.place.settings.reporting.to
    return Letter(job.unit, desk.workspace.register, desk.calendar, text, to), wrong


def _text_paths(job: Job, desk: Desk) -> list[Path]:
    """Where the texts of a report may stand: beside the plans that its issuer made, else in the folder of plans."""
    own = [named for named, _, _ in job.plans if named.plan.head.issuer == job.unit or not job.unit]
    folders = [Path(named.file).parent for named in own] + [desk.place.root / desk.place.settings.plans]
    return [folder / FOLDER / f"{job.name}.md" for folder in dict.fromkeys(folders)]


HINTS = {
    "title": "Chỉ ghi nếu muốn thay trích yếu tự đặt.",
    "to": "Chỉ ghi nếu gửi nơi khác cơ quan cấp trên trực tiếp.",
    "situation": "Chỉ đạo, ban hành, quán triệt, tổ chức thực hiện trong kỳ. Mỗi dòng in thành một đoạn.",
    "results": "Kết quả nổi bật. Số liệu và bảng do phần mềm tự lập.",
    "shortcomings": "Ngoài các nội dung quá hạn, chưa đạt đã tự nêu; không có thì ghi rõ không có.",
    "causes": "Nguyên nhân khách quan, chủ quan, ngoài nguyên nhân đã ghi trong hành động khắc phục.",
    "direction": "Ngoài các nhiệm vụ đến hạn kỳ tới đã tự liệt kê.",
    "proposals": "Đề xuất, kiến nghị với cấp trên; không có thì ghi rõ không có.",
    "recipients": "Chỉ ghi nếu khác Nơi nhận của kế hoạch; mỗi nơi một dòng, bắt đầu bằng dấu gạch.",
    "position": "Chỉ ghi nếu khác kế hoạch, ví dụ KT. GIÁM ĐỐC và dòng dưới PHÓ GIÁM ĐỐC.",
    "name": "Chỉ ghi nếu khác kế hoạch.",
}
"""What belongs below each heading."""
