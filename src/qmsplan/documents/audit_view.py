"""The auditor's working paper: an audit to blocks to Word. The paper is in Vietnamese, as all documents are.

It has a row for each point of the standard, not for each point of each objective, and tells what is on record, what is
missing and what the auditor has to judge. Whether a point is met is left to the auditor: that column is empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from qmsplan.audit.values import AgencyAudit, AuditLine, ObjectiveAudit, Verdict
from qmsplan.diagnostics import Message, sentence, translator
from qmsplan.documents.blocks import bare, marked
from qmsplan.documents.fill import fill
from qmsplan.documents.markup import read_blocks
from qmsplan.documents.template import Template
from qmsplan.documents.word_base import BaseDocument
from qmsplan.documents.word_package import Properties
from qmsplan.documents.word_writer import write_docx
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, parse_period
from qmsplan.model.standards import Point
from qmsplan.model.text import figure_text, period_text, share_text, short_date
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.measurement import Attainment, Measurement

VERDICTS = {
    Verdict.RECORDED: "Có ghi",
    Verdict.MISSING: "Còn thiếu",
    Verdict.TO_JUDGE: "Cần xem xét",
    Verdict.OPEN: "Chưa phát sinh",
}
"""What the paper calls verdicts, in the order in which a row tells them."""
ATTAINMENTS = {
    Attainment.ATTAINED: "đạt",
    Attainment.MISSED: "chưa đạt",
    Attainment.EXCEEDED: "vượt mức cho phép",
    Attainment.UNDER_WAY: "đang thực hiện",
    Attainment.KEPT: "trong mức cho phép",
    Attainment.NO_BASELINE: "chưa có số liệu gốc để so sánh",
}
_FILE = re.compile(r"\S+/\S+\.\w{1,5}")
"""Evidence kept as a file, of which a paper names no folders: `../evidence/khao-sat.csv`."""
_CODE = re.compile(r"\b\d{4}-(?:Q[1-4]|H[12]|9M|[01]\d)\b(?!-)")
_TITLE = "Đánh giá mức độ đáp ứng {standard} của mục tiêu chất lượng và kế hoạch {period}"


class AuditPaper(NamedTuple):
    """What all papers of an audit are made with: the day they are seen from, the register, the template, the base
    document, the time inside the file, and the name of the unit that is audited ("" for the agency itself)."""

    as_of: date
    register: Register
    template: Template
    base: BaseDocument
    stamp: datetime
    unit: str = ""

    def written(self, name: str, values: dict[str, Any], agency: str) -> bytes:
        """The Word file of values that the template knows under a name. BrokenTemplateError if it can't make it."""
        properties = Properties(str(values["title"]), agency, self.stamp)
        return write_docx(read_blocks(fill(self.template, {name: values}), self.template.file), self.base, properties)


def render_audit(agency: AgencyAudit, paper: AuditPaper) -> bytes:
    """The Word file of an agency's audit. BrokenTemplateError if the template can't make it."""
    return paper.written("audit", audit_view(agency, paper), agency.name)


def audit_view(agency: AgencyAudit, paper: AuditPaper) -> dict[str, Any]:
    """The values of the template; `templates/README.md` has the list."""
    lines = list(agency.all_lines)
    title = _TITLE.format(standard=agency.standard, period=years_text(agency.period))
    return {
        **head_of(agency, paper),
        "title": bare(title),
        "counts": {verdict.value: sum(line.verdict is verdict for line in lines) for verdict in Verdict},
        "missing": list(_missing(agency)),
        "points": [_point(group) for group in _by_point(agency)],
        "objectives": [_objective(objective) for objective in agency.objectives],
    }


def head_of(agency: AgencyAudit, paper: AuditPaper) -> dict[str, Any]:
    """What stands in the head of every paper."""
    unit = paper.register.by_code.get(agency.issuer)
    parent = paper.register.by_code.get((unit.parent if unit else "") or "")
    start, end = agency.period.start.year, agency.period.end.year
    return {
        "issuer": bare(agency.name),
        "parent": bare(parent.name) if parent else "",
        "year": start if start == end else paper.as_of.year,
        "unit": bare(paper.unit or agency.name),
        "standard": bare(agency.standard),
        "plans": ", ".join(agency.plans),
        "as_of": short_date(paper.as_of, "vi"),
    }


def years_text(period: Period) -> str:
    """`năm 2026`, `giai đoạn 2026 - 2030`."""
    start, end = period.start.year, period.end.year
    return f"năm {start}" if start == end else f"giai đoạn {start} - {end}"


_Owned = tuple[str, AuditLine]
"""What a line is about, `mục tiêu 01` or "" for all plans together, and the line."""


def _owned(agency: AgencyAudit) -> Iterator[_Owned]:
    yield from (("", line) for line in agency.lines)
    for objective in agency.objectives:
        yield from ((objective_number(objective, agency), line) for line in objective.lines)


def objective_number(objective: ObjectiveAudit, agency: AgencyAudit) -> str:
    """`01`; with its plan where several are audited: `01 (TGPL-KHMT-2026)`."""
    number = objective.node.item.number or objective.node.item.id
    several = len({other.plan for other in agency.objectives}) > 1
    return bare(f"{number} ({objective.plan})" if several else number)


def _by_point(agency: AgencyAudit) -> list[list[_Owned]]:
    """The lines of each point, in the order of the standard's clauses."""
    groups: dict[Point, list[_Owned]] = {}
    for owner, line in _owned(agency):
        groups.setdefault(line.point, []).append((owner, line))
    return sorted(groups.values(), key=lambda group: clause_key(group[0][1].point))


def clause_key(point: Point) -> tuple[tuple[int, ...], str]:
    """Clauses in the order of the standard: 6.2.2 before 10.2; what has no letter after what has one."""
    return tuple(int(part) for part in point.number.split(".")), point.letter or "~"


def _missing(agency: AgencyAudit) -> Iterator[dict[str, str]]:
    """What is missing, each fault of a clause once, with the objectives that have it."""
    found: dict[tuple[str, str], list[str]] = {}
    for owner, line in (owned for group in _by_point(agency) for owned in group):
        for text in line.missing:
            found.setdefault((line.point.clause, told(text)), []).append(owner)
    for (clause, words), owners in found.items():
        yield {"clause": clause, "text": bare(words), "owners": ", ".join(filter(None, dict.fromkeys(owners)))}


def _point(group: list[_Owned]) -> dict[str, Any]:
    """A point of the standard over all objectives: who has what verdict, remarks and evidence, each once."""
    point = group[0][1].point
    verdicts = []
    for verdict, word in VERDICTS.items():
        owners = [owner for owner, line in group if line.verdict is verdict]
        if owners:
            names = ", ".join(filter(None, owners))
            if len(owners) > 1 and len(owners) == len(group):
                verdicts.append(f"{word}: cả {len(owners):02d} mục tiêu")
            else:
                verdicts.append(f"{word}: mục tiêu {names}" if names else word)
    evidence = (proof for _, line in group for proof in line.evidence)
    remarks: dict[str, list[str]] = {}
    for owner, line in group:
        if line.remark and line.point.name != "updated":  # a command to type is nothing to print
            remarks.setdefault(told(line.remark), []).append(owner)
    proofs = dict.fromkeys(proof.rpartition("/")[2] if _FILE.fullmatch(proof) else proof for proof in evidence)
    return {
        "clause": point.clause,
        "title": point.vi,
        "is_missing": any(line.verdict is Verdict.MISSING for _, line in group),
        "verdicts": "\n".join(verdicts),
        "remarks": bare("\n".join(_with_owners(text, owners, len(group)) for text, owners in remarks.items())),
        "evidence": bare("; ".join(proofs)),
    }


def _with_owners(text: str, owners: list[str], most: int) -> str:
    """A remark with the objectives that it is about, unless it is about all."""
    names = ", ".join(filter(None, owners))
    return f"{text} ({names})" if names and len(owners) < most else text


def _objective(found: ObjectiveAudit) -> dict[str, Any]:
    item = found.node.item
    return {
        "id": item.id,
        "plan": found.plan,
        "number": item.number or item.id,
        "text": marked(" ".join(item.text)),
        "lead": bare(people_text(found.node)),
        "result": results_text(found.measurements),
    }


def people_text(node: Node) -> str:
    """Who leads an item, as typed: `Phòng Nghiệp vụ; Lãnh đạo Trung tâm`."""
    return "; ".join(" ".join(plain_text(getattr(one, "unit", None) or str(one)).split()) for one in node.item.lead)


def results_text(found: Iterable[Measurement]) -> str:
    """The results of all targets that were measured; "" if none was."""
    known = (one for one in found if one.value is not None or one.attainment is Attainment.NO_BASELINE)
    return "; ".join(result_of(one) for one in known if one.attainment in ATTAINMENTS)


def result_of(found: Measurement) -> str:
    """`98,28% (343/349), đạt`."""
    value = "" if found.value is None else figure_text(found.value, found.bounds)
    cases = "" if found.denominator is None else f"% ({share_text(found.numerator, found.denominator)})"
    return f"{value}{cases}, {ATTAINMENTS[found.attainment]}"


def told(text: Message) -> str:
    """A sentence of its own, with days and periods as documents write them."""
    words = sentence(text, translator("vi"))
    words = _CODE.sub(lambda code: period_text(parse_period(code[0]), "vi"), words)
    words = words.replace("kỳ quý", "quý").replace("kỳ năm", "năm").replace("kỳ tháng", "tháng")
    dated = re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda day: short_date(date.fromisoformat(day[0]), "vi"), words)
    return dated[:1].upper() + dated[1:]
