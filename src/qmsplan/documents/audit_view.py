"""The papers of an audit, in Vietnamese as all documents are: the auditor's working paper, the programme of an internal
audit, and what the leaders are given for their review (ISO 9001, 9.3).

The working paper has a row for each point of the standard, not for each point of each objective, and tells what is on
record, what is missing and what the auditor has to judge. Whether a point is met is left to the auditor: that column is
empty. The programme says which unit is asked about which clauses, with a list of questions for each unit; days,
auditors and answers are left open: only the agency knows them, and no auditor audits work of their own. The review's
input goes as far as plans and records hold it, with brackets where a person has to write and an empty list of
decisions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from qmsplan.audit.objective import ACTION_FAULTS, NO_ACTION, is_unplanned
from qmsplan.audit.values import AgencyAudit, AuditLine, ObjectiveAudit, Spot, Verdict, audited_unit, words
from qmsplan.diagnostics import Message, Translator
from qmsplan.documents.blocks import bare, marked
from qmsplan.documents.fill import document_of
from qmsplan.documents.report_view import in_sentences
from qmsplan.documents.report_words import judged_text, remedy_lines, targets_text
from qmsplan.documents.template import AUDIT, PROGRAMME, REVIEW, Template
from qmsplan.documents.word_base import BaseDocument, Properties
from qmsplan.documents.word_writer import write_docx
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, by_end, month_count, quarter_of, steps
from qmsplan.model.plan import Plan
from qmsplan.model.progress import AuditFinding, CorrectiveAction, Reading
from qmsplan.model.standards import Point
from qmsplan.model.text import capitalized, period_text, plain, short_date, type_in_text
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.occurrences import State
from qmsplan.progress.plan import ActionState, ItemProgress, PlanProgress, action_state
from qmsplan.progress.status import StatusRow, rows_of
from qmsplan.progress.units import leads_in
from qmsplan.progress.verdict import Attainment

VERDICTS = {
    Verdict.RECORDED: "Có ghi",
    Verdict.MISSING: "Còn thiếu",
    Verdict.TO_JUDGE: "Cần xem xét",
    Verdict.OPEN: "Chưa phát sinh",
}
"""What the paper calls verdicts, in the order in which a row tells them."""
_FILE = re.compile(r"\S+/\S+\.\w{1,5}")
"""Evidence kept as a file, of which a paper names no folders: `../evidence/khao-sat.csv`."""
_TITLE = "Đánh giá mức độ đáp ứng {standard} của mục tiêu chất lượng và kế hoạch {period}"


class AuditPaper(NamedTuple):
    """What all papers of an audit are made with: the day they are seen from, the register, the template, the base
    document, and the name of the unit that is audited ("" for the agency itself)."""

    as_of: date
    register: Register
    template: Template
    base: BaseDocument
    unit: str = ""

    def unit_name(self, code: str) -> str:
        """The name of a unit; what is not registered stays as typed."""
        unit = self.register.by_code.get(code)
        return unit.name if unit else bare(code)


def render_paper(agency: AgencyAudit, paper: AuditPaper) -> bytes:
    """The Word file of an agency's audit that the template is for. BrokenTemplateError if the template can't make
    it."""
    name = paper.template.name
    values = _VIEWS[name](agency, paper)
    properties = Properties(str(values["title"]), agency.name)
    return write_docx(document_of(paper.template, {name: values}), paper.base, properties)


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
        "objectives": [_objective(objective, paper) for objective in agency.objectives],
    }


def head_of(agency: AgencyAudit, paper: AuditPaper) -> dict[str, Any]:
    """What stands in the head of every paper."""
    parent, heads = paper.register.above(agency.issuer), [plan.plan.head for plan in agency.progress]
    typed = next((" ".join(head.parent_text) for head in heads if head.parent_text), "")
    return {
        "issuer": bare(in_sentences(agency.name, paper.register)),
        "parent": bare(parent.name if parent else typed),
        "place": bare(next((head.place for head in heads if head.place), "")),
        "year": paper.as_of.year,
        "unit": bare(paper.unit or in_sentences(agency.name, paper.register)),
        "standard": bare(agency.standard),
        "plans": ", ".join(_plan_names(agency)),
        "as_of": short_date(paper.as_of, "vi"),
    }


def _plan_names(agency: AgencyAudit) -> list[str]:
    """`Kế hoạch số 10/KH-BV`; the id of a plan that is not signed."""
    signed = {one.plan.id: _numbered(one.plan, one.plan.signoff.number) for one in agency.progress if one.plan.signoff}
    return [bare(signed.get(name, name)) for name in agency.plans]


def _numbered(plan: Plan, number: str) -> str:
    return f"{type_in_text(plan.head.type)} số {number}"


def years_text(period: Period) -> str:
    """`năm 2026`, `giai đoạn 2026 - 2030`."""
    start, end = period.start.year, period.end.year
    return f"năm {start}" if start == end else f"giai đoạn {start} - {end}"


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
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
    groups = _gathered((owned[1].point, owned) for owned in _owned(agency))
    return [groups[point] for point in sorted(groups, key=clause_key)]


def _gathered(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    """Values by their keys, both in their order."""
    found: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def clause_key(point: Point) -> tuple[tuple[int, ...], str]:
    """Clauses in the order of the standard: 6.2.2 before 10.2; what has no letter after what has one."""
    return tuple(int(part) for part in point.number.split(".")), point.letter or "~"


def _missing(agency: AgencyAudit) -> Iterator[dict[str, str]]:
    """What is missing, each fault of a clause once, with the objectives that have it."""
    found = _gathered(
        ((line.point.clause, told(text)), owner)
        for group in _by_point(agency)
        for owner, line in group
        for text in line.missing
    )
    for (clause, lack), owners in found.items():
        yield {"clause": clause, "text": bare(lack), "owners": ", ".join(filter(None, dict.fromkeys(owners)))}


def _point(group: list[_Owned]) -> dict[str, Any]:
    """A point of the standard over all objectives: who has what verdict, remarks and evidence, each once."""
    point = group[0][1].point
    owners = {verdict: [owner for owner, line in group if line.verdict is verdict] for verdict in VERDICTS}
    verdicts = [_verdict(VERDICTS[verdict], found, len(group)) for verdict, found in owners.items() if found]
    evidence = (proof for _, line in group for proof in line.evidence)
    printed = group if point.name != "updated" else ()  # a command to type is nothing to print
    remarks = _gathered((told(line.remark), owner) for owner, line in printed if line.remark)
    proofs = dict.fromkeys(proof.rpartition("/")[2] if _FILE.fullmatch(proof) else proof for proof in evidence)
    return {
        "clause": point.clause,
        "title": point.vi,
        "is_missing": bool(owners[Verdict.MISSING]),
        "verdicts": "\n".join(verdicts),
        "remarks": bare("\n".join(_with_owners(text, told_by, len(group)) for text, told_by in remarks.items())),
        "evidence": bare("; ".join(proofs)),
    }


def _verdict(word: str, owners: Sequence[str], whole: int) -> str:
    """A verdict with those that have it: `Thiếu: mục tiêu 1, 3`."""
    if len(owners) == whole > 1:
        return f"{word}: cả {whole:02d} mục tiêu"
    names = ", ".join(filter(None, owners))
    return f"{word}: mục tiêu {names}" if names else word


def _with_owners(text: str, owners: list[str], most: int) -> str:
    """A remark with the objectives that it is about, unless it is about all."""
    names = ", ".join(filter(None, owners))
    return f"{text} ({names})" if names and len(owners) < most else text


def _objective(found: ObjectiveAudit, paper: AuditPaper) -> dict[str, Any]:
    item = found.node.item
    return {
        "id": item.id,
        "plan": found.plan,
        "number": item.number or item.id,
        "text": marked(" ".join(item.text)),
        "lead": bare(names_text(found.node, paper)),
        "result": judged_text(found.measurements, paper.unit_name),
    }


def people_text(node: Node) -> str:
    """Who leads an item, if it says so itself, by name or as typed: `Phòng Nghiệp vụ; Lãnh đạo Trung tâm`."""
    people = node.lead if node.item.lead else ()
    return "; ".join(" ".join(plain_text(getattr(one, "unit", None) or str(one)).split()) for one in people)


def names_text(node: Node, paper: AuditPaper) -> str:
    """Who leads an item, its own or that of the item above it, by name: `Phòng Tài chính`."""
    leads = leads_in(node, paper.register, paper.as_of)
    names = dict.fromkeys(paper.unit_name(code) if code else " ".join(text.split()) for code, text in leads)
    return "; ".join(names) or people_text(node)


def told(text: Message) -> str:
    """A sentence of its own, with days and periods as documents write them."""
    return capitalized(Translator("vi")(text))


_OF_TASKS = ("doing", "deadline", "monitored", "action")
"""The points, by name, that those who lead a task are asked about."""


class _Question(NamedTuple):
    """A point of the standard that a unit is asked about, and the objectives or tasks that it is about."""

    point: Point
    about: list[str]


def programme_view(agency: AgencyAudit, paper: AuditPaper) -> dict[str, Any]:
    """The values of the template; `templates/README.md` has the list."""
    asked = _asked(agency, paper)
    names = paper.register.by_code
    return {
        **head_of(agency, paper),
        "title": bare(f"hệ thống quản lý chất lượng theo {agency.standard} {years_text(agency.period)}"),
        "scope": ", ".join(name if " " in name else f"kế hoạch {name}" for name in _plan_names(agency)),
        "units": [_unit(names[code].name if code in names else agency.name, asked[code]) for code in asked],
    }


def _unit(name: str, questions: Iterable[_Question]) -> dict[str, Any]:
    ordered = sorted(questions, key=lambda question: clause_key(question.point))
    return {
        "name": bare(name),
        "clauses": ", ".join(dict.fromkeys(question.point.number for question in ordered)),
        "questions": [
            {
                "clause": question.point.clause,
                "text": question.point.vi,
                "about": bare(", ".join(dict.fromkeys(question.about))),
            }
            for question in ordered
        ],
    }


def _asked(agency: AgencyAudit, paper: AuditPaper) -> dict[str, list[_Question]]:
    """The questions for each unit by its code: the agency itself for what all plans answer together, then the units
    that lead objectives or tasks; what nobody leads is asked of the agency."""
    found: dict[str, dict[str, _Question]] = defaultdict(dict)
    found[agency.issuer] = {line.point.name: _Question(line.point, []) for line in agency.lines}
    for node, name, points in _asked_about(agency):
        for code in _leaders(node, paper, agency.issuer):
            of = found[code]
            for point in points:
                of.setdefault(point.name, _Question(point, [])).about.append(name)
    order = {code: at for at, code in enumerate(paper.register.by_code)}
    codes = sorted(found, key=lambda code: order.get(code, -1))
    return {code: list(found[code].values()) for code in codes}


def _asked_about(agency: AgencyAudit) -> Iterator[tuple[Node, str, Sequence[Point]]]:
    """Each objective and task with what it is called in a question, and the points that it is asked about."""
    points: dict[str, Point] = {}
    for objective in agency.objectives:
        of = [line.point for line in objective.lines]
        points |= {point.name: point for point in of}
        yield objective.node, objective_number(objective, agency), of
    of_tasks = [points[name] for name in _OF_TASKS if name in points]
    for item in (item for plan in agency.progress for item in plan.items if item.occurrences and of_tasks):
        if not item.node.is_objective:
            yield item.node, _called(item.node), of_tasks


def _leaders(node: Node, paper: AuditPaper, issuer: str) -> Iterator[str]:
    """The units of the agency that answer for an item by the day; the agency itself if there is none."""
    register = paper.register
    inside = register.within(issuer) if issuer in register.by_code else frozenset()
    codes = frozenset(code for code, _ in leads_in(node, register, paper.as_of) if code)
    yield from sorted(codes & inside) or [issuer]


ACTION_STATES = {
    ActionState.LATE: "quá hạn, chưa thực hiện xong",
    ActionState.OPEN: "đang thực hiện",
    ActionState.INEFFECTIVE: "đã thực hiện, không hiệu lực",
    ActionState.UNVERIFIED: "đã thực hiện, chưa kiểm tra hiệu lực",
    ActionState.CLOSED: "đã khép lại",
}
_NOTHING_YET = frozenset({Attainment.UNDER_WAY, Attainment.NOT_MEASURED, Attainment.NOT_MEASURABLE})
"""Results of a period without figures of its own that are no news."""
_LETTERED = "TCVN ISO 9001:2015"
"""The edition whose letters of 9.3.2 are established; for others the number alone is printed."""


def review_view(agency: AgencyAudit, paper: AuditPaper) -> dict[str, Any]:
    """The values of the template; `templates/README.md` has the list."""
    lines = {line.point.name: line for line in agency.lines}
    progress = agency.progress
    overdue = [row for plan in progress for row in _overdue(plan)]
    missing = lines["audit"].missing if "audit" in lines else ()
    missing = tuple(text for text in missing if text.template not in ACTION_FAULTS)  # those stand with the actions
    return {
        **head_of(agency, paper),
        "title": bare(f"Nội dung đầu vào cuộc họp xem xét của lãnh đạo {years_text(agency.period)}"),
        "clauses": [f"9.3.2 {letter}" if agency.standard == _LETTERED else "9.3.2" for letter in "abcdef"],
        "changes": [change for plan in progress for change in _changes(plan)],
        "objectives": [_reviewed(found, agency, paper) for found in agency.objectives],
        "late": [late for row in overdue for late in _late(row, paper)],
        "actions": [row for plan in progress for item in plan.items for row in _actions(item, plan, paper.register)],
        "unanswered": list(_unanswered(agency, overdue)),
        "unmeasured": list(_lacks(agency, "measured")),
        "audit": [_held(spot, agency) for spot in lines["audit"].spots] if "audit" in lines else [],
        "audit_missing": [bare(told(_spoken(text, agency))) for text in missing],
        "resources": list(_lacks(agency, "resources")),
        "risks": [
            bare(f"{words(one.node.item.risk)} ({_called(one.node)})")
            for plan in progress
            for one in plan.items
            if one.node.item.risk
        ],
    }


def _held(spot: Spot, agency: AgencyAudit) -> str:
    """What is known of internal audits; the day of one that was held is called so: `Hoàn thành ngày 25/6/2026`."""
    text = bare(told(_spoken(spot.text, agency)))
    if spot.field != "completions":
        return text
    return capitalized(re.sub(r"\d+/\d+/\d{4}$", lambda day: f"hoàn thành ngày {day[0]}", text))


def _spoken(text: Message, agency: AgencyAudit) -> Message:
    """A sentence that names items by their words: ids mean nothing to those who read the paper. An id that several
    plans have stays: it does not say which item is meant."""
    ids = {key: value for key, value in text.values if key in {"id", "name"}}
    items = [one.node.item for plan in agency.progress for one in plan.items if one.node.item.id in ids.values()]
    if len(items) != 1:
        return text
    spoken = " ".join(items[0].text) or items[0].number
    return text.filled(**{key: spoken for key, value in ids.items() if value == items[0].id})


def _changes(plan: PlanProgress) -> Iterator[str]:
    """Why the plan was amended: `Kế hoạch số 51/KH-TGPL: điều chỉnh chỉ tiêu`."""
    for entry in plan.plan.earlier:
        yield bare(f"{_numbered(plan.plan, entry.number)}: {words(entry.reason)}")


def _reviewed(found: ObjectiveAudit, agency: AgencyAudit, paper: AuditPaper) -> dict[str, Any]:
    item = found.node.item
    return {
        "number": objective_number(found, agency),
        "text": marked(" ".join(item.text)),
        "target": targets_text(one for one in found.measurements if one.target),
        "periods": "\n".join(_periods(found, agency, paper)),
        "result": capitalized(judged_text(found.measurements, paper.unit_name)),
        "is_satisfaction": "hài lòng" in plain(" ".join(item.text)) or "9.1.2" in item.clauses,
    }


def _periods(found: ObjectiveAudit, agency: AgencyAudit, paper: AuditPaper) -> Iterator[str]:
    """`Quý I: 57/58 (98,28%), đạt`, for each period that figures are there for, or missing."""
    plans = [plan for plan in agency.progress if plan.plan.id == found.plan]
    for item in (item for plan in plans for item in plan.items if item.node.item.id == found.node.item.id):
        for part in _parts(item.readings, agency.period):
            measured = item.measured(part)
            is_read = any(reading.period.overlaps(part) for reading in item.readings)
            is_told = is_read or any(one.attainment not in _NOTHING_YET for one in measured)
            if is_told and (text := judged_text(measured, paper.unit_name)):
                name = period_text(part, "vi").removesuffix(f" {part.start.year}")
                name = name if month_count(part) == 6 else name.removesuffix(" năm")  # `6 tháng đầu năm`, `quý I`
                is_running = any(one.own is not None and one.own != one.value for one in measured)
                yield f"{capitalized(name)}{' (lũy kế)' if is_running else ''}: {text}"


def _parts(readings: Iterable[Reading], whole: Period) -> list[Period]:
    """The quarters of a year, of several years the years; in the place of those that only a longer figure tells of
    (`2025-H1`) its own time."""
    parts = steps(whole, 3 if whole.start.year == whole.end.year else 12) or (whole,)
    read = {reading.period for reading in readings if reading.period.overlaps(whole)}
    inside = [part for part in parts if any(one in part for one in read)]
    longer = [one for one in read if not any(one.overlaps(part) for part in inside)]
    silent = [part for part in parts if part not in inside and not any(one.overlaps(part) for one in longer)]
    return sorted((*inside, *longer, *silent), key=by_end)


def _overdue(plan: PlanProgress) -> Iterator[StatusRow]:
    """The rows of the status of the whole plan for work whose day has passed; that day may lie behind the plan."""
    whole = plan.plan.period or quarter_of(plan.as_of)
    work = (item for item in plan.items if not item.node.is_objective)
    yield from (row for row in rows_of(plan, work, whole, reach=whole._replace(end=date.max)) if row.is_overdue)


def _late(row: StatusRow, paper: AuditPaper) -> Iterator[dict[str, str]]:
    for state in row.lines:
        if state.state is State.OVERDUE and state.due:
            yield {
                "text": marked(" ".join(row.node.item.text)),
                "lead": bare(names_text(row.node, paper)),
                "due": short_date(state.due, "vi"),
                "days": f"{state.days}\u00a0ngày",
            }


def _unanswered(agency: AgencyAudit, overdue: Iterable[StatusRow]) -> Iterator[str]:
    """The misses and the overdue work about which no corrective action is recorded."""
    if missed := sum(any(map(_is_unanswered, line.missing)) for one in agency.objectives for line in one.lines):
        yield f"{missed:02d} mục tiêu chưa đạt chưa có hành động khắc phục"
        yield from _lacks(agency, "action", _is_unanswered)
    if late := sum(row.unanswered for row in overdue):
        yield f"{late:02d} lượt nhiệm vụ quá hạn chưa có hành động khắc phục"


def _actions(item: ItemProgress, plan: PlanProgress, register: Register) -> Iterator[dict[str, str]]:
    for action in item.actions:
        state = action_state(action, item.actions, plan.as_of)
        yield {
            "about": bare(_about(action, item.node, register)),
            "cause": bare("\n".join(map(words, action.cause))),
            "action": bare("\n".join(map(words, remedy_lines(action)))),
            "due": short_date(action.due, "vi") if action.due else "",
            "state": "chưa có biện pháp" if is_unplanned(action, state) else ACTION_STATES[state],
        }


def _about(action: CorrectiveAction, node: Node, register: Register) -> str:
    """What an action is about: a finding with its clause, or the item that was missed with its period."""
    if isinstance(action, AuditFinding):
        return f"Đánh giá nội bộ, {action.clause}, {audited_unit(action, register)}: {words(action.finding)}"
    return f"{capitalized(_called(node))}, {period_text(action.period, 'vi')}"


def _called(node: Node) -> str:
    """An item by its kind and number: `mục tiêu 1`."""
    return f"{'mục tiêu' if node.is_objective else 'nhiệm vụ'} {(node.item.number or node.item.id).rstrip('.')}"


def _is_unanswered(text: Message) -> bool:
    return text.template == NO_ACTION.template


def _lacks(agency: AgencyAudit, point: str, is_asked: Callable[[Message], bool] = bool) -> Iterator[str]:
    """What objectives lack of a point, each sentence once with the objectives."""
    lines = ((objective, line) for objective in agency.objectives for line in objective.lines)
    found = _gathered(
        (told(text), objective_number(objective, agency))
        for objective, line in lines
        if line.point.name == point and line.verdict is Verdict.MISSING
        for text in line.missing
        if is_asked(text)
    )
    yield from (bare(f"{text} (mục tiêu {', '.join(dict.fromkeys(owners))})") for text, owners in found.items())


_VIEWS: dict[str, Callable[[AgencyAudit, AuditPaper], dict[str, Any]]] = {
    AUDIT: audit_view,
    PROGRAMME: programme_view,
    REVIEW: review_view,
}
"""The values of each template, which knows them under its own name."""
