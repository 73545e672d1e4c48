"""The auditor's working paper: an audit to blocks to Word. The paper is in Vietnamese, as all documents are."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from qmsplan.audit.values import AgencyAudit, AuditLine, ObjectiveAudit, Spot, Verdict
from qmsplan.diagnostics import sentence, translator
from qmsplan.documents.blocks import bare, marked
from qmsplan.documents.markup import read_blocks
from qmsplan.documents.template import Template, fill
from qmsplan.documents.word_base import BaseDocument
from qmsplan.documents.word_package import Properties
from qmsplan.documents.word_writer import write_docx
from qmsplan.phrases.people import Register
from qmsplan.progress.measurement import Attainment, Measurement

VERDICTS = {
    Verdict.ANSWERED: "Đáp ứng",
    Verdict.MISSING: "Còn thiếu",
    Verdict.OPEN: "Chưa phát sinh",
    Verdict.TO_JUDGE: "Người đánh giá xem xét",
}
FIELDS = {
    "target": "Chỉ tiêu",
    "refs": "Văn bản liên quan",
    "basis": "Căn cứ",
    "preamble": "Phần mở đầu",
    "clauses": "Điều khoản",
    "text": "Nội dung",
    "readings": "Số liệu",
    "completions": "Hoàn thành",
    "corrective_actions": "Hành động khắc phục",
    "signoff": "Số, ngày ban hành",
    "measures": "Biện pháp",
    "funding": "Kinh phí",
    "lead": "Chủ trì",
    "deadline": "Thời hạn",
    "evaluation": "Cách đánh giá",
    "deliverables": "Kết quả dự kiến",
    "policy": "Chính sách chất lượng",
    "recipients": "Nơi nhận",
    "implements": "Thực hiện kế hoạch cấp trên",
    "note": "Ghi chú",
    "title": "Đề mục",
    "closing": "Phần kết",
}
"""What the paper calls fields; one that is not here goes by its own name."""
ATTAINMENTS = {
    Attainment.ATTAINED: "đạt",
    Attainment.MISSED: "chưa đạt",
    Attainment.NO_BASELINE: "chưa có số liệu gốc để so sánh",
}
_CENT = Decimal("0.01")
_LONGEST = 110
_TITLE = "Xem xét việc đáp ứng {standard} của mục tiêu chất lượng và kế hoạch {period}"


def render_audit(
    agency: AgencyAudit, as_of: date, register: Register, template: Template, base: BaseDocument, stamp: datetime
) -> bytes:
    """The Word file of an agency's audit. BrokenTemplateError if the template can't make it."""
    values = audit_view(agency, as_of, register)
    properties = Properties(str(values["title"]), agency.name, stamp)
    return write_docx(read_blocks(fill(template, {"audit": values}), template.file), base, properties)


def audit_view(agency: AgencyAudit, as_of: date, register: Register) -> dict[str, Any]:
    """The values of the template; `templates/README.md` has the list."""
    unit = register.by_code.get(agency.issuer)
    parent = register.by_code.get((unit.parent if unit else "") or "")
    start, end = agency.period.start.year, agency.period.end.year
    period = f"năm {start}" if start == end else f"giai đoạn {start} - {end}"
    lines = list(agency.all_lines)
    return {
        "issuer": bare(agency.name),
        "parent": bare(parent.name) if parent else "",
        "year": start if start == end else as_of.year,
        "title": bare(_TITLE.format(standard=agency.standard, period=period)),
        "standard": bare(agency.standard),
        "plans": ", ".join(agency.plans),
        "as_of": day_text(as_of),
        "counts": {verdict.value: sum(line.verdict is verdict for line in lines) for verdict in Verdict},
        "lines": [_line(line) for line in agency.lines],
        "objectives": [_objective(objective) for objective in agency.objectives],
    }


def day_text(day: date) -> str:
    """`05/3/2026`: days below 10 and months below 3 are padded (Decree 30/2020/NĐ-CP, annex I, II.4)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def _objective(found: ObjectiveAudit) -> dict[str, Any]:
    item = found.node.item
    return {
        "id": item.id,
        "plan": found.plan,
        "number": item.number or item.id,
        "text": marked(" ".join(item.text)),
        "result": "; ".join(_result(measured) for measured in found.measurements if measured.attainment in ATTAINMENTS),
        "lines": [_line(line) for line in found.lines],
    }


def _result(found: Measurement) -> str:
    """`98,28% (343/349), đạt`."""
    value = "" if found.value is None else f"{found.value.quantize(_CENT, ROUND_DOWN):f}".rstrip("0").rstrip(".")
    cases = "" if found.denominator is None else f"% ({found.numerator}/{found.denominator})"
    return f"{value.replace('.', ',')}{cases}, {ATTAINMENTS[found.attainment]}"


def _line(line: AuditLine) -> dict[str, Any]:
    translate = translator("vi")
    texts = (*line.missing, line.remark) if line.remark else line.missing
    remarks = [_told(sentence(text, translate)) for text in texts]
    return {
        "clause": line.point.clause,
        "title": line.point.vi,
        "verdict": VERDICTS[line.verdict],
        "is_missing": line.verdict is Verdict.MISSING,
        "answers": "\n".join(map(_spot, line.spots)),
        "evidence": bare("\n".join(f"- {proof}" for proof in line.evidence)),
        "remarks": bare("\n".join(remarks)),
    }


def _spot(spot: Spot) -> str:
    """`Chỉ tiêu: >98% (a.yaml:23)`."""
    text = spot.text if len(spot.text) <= _LONGEST else spot.text[:_LONGEST].rstrip() + "…"
    return bare(f"{FIELDS.get(spot.field, spot.field)}: {text} ({_name(spot)}:{spot.line})")


def _name(spot: Spot) -> str:
    """The file without its folders, for which a paper has no room."""
    return spot.place.file.rpartition("/")[2]


def _told(text: str) -> str:
    """A sentence of its own, with days as documents write them."""
    dated = re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda day: day_text(date.fromisoformat(day[0])), text)
    return dated[:1].upper() + dated[1:]
