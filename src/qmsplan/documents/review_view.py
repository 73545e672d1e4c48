"""What the leaders of an agency are given for their review (ISO 9001, 9.3): the inputs as far as plans and records hold
them, brackets where a person has to write, and an empty list of decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qmsplan.audit.objective import ACTION_FAULTS
from qmsplan.audit.values import AgencyAudit, AuditLine, ObjectiveAudit, Verdict, audited_unit, words
from qmsplan.documents.audit_view import (
    AuditPaper,
    head_of,
    objective_number,
    people_text,
    results_text,
    told,
    years_text,
)
from qmsplan.documents.blocks import bare, marked
from qmsplan.model.period import Period, steps
from qmsplan.model.progress import AuditFinding, CorrectiveAction
from qmsplan.model.text import period_text, plain, short_date
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.corrective import ActionState, action_state
from qmsplan.progress.occurrences import State
from qmsplan.progress.plan import ItemProgress, PlanProgress

ACTION_STATES = {
    ActionState.LATE: "quá hạn, chưa thực hiện xong",
    ActionState.OPEN: "đang thực hiện",
    ActionState.INEFFECTIVE: "đã thực hiện, không hiệu lực",
    ActionState.UNVERIFIED: "đã thực hiện, chưa kiểm tra hiệu lực",
    ActionState.CLOSED: "đã khép lại",
}
_LETTERED = "TCVN ISO 9001:2015"
"""The edition whose letters of 9.3.2 are established; for others the number alone is printed."""


def render_review(agency: AgencyAudit, paper: AuditPaper) -> bytes:
    """The Word file of an agency's review. BrokenTemplateError if the template can't make it."""
    return paper.written("review", review_view(agency, paper), agency.name)


def review_view(agency: AgencyAudit, paper: AuditPaper) -> dict[str, Any]:
    """The values of the template; `templates/README.md` has the list."""
    lines = {line.point.name: line for line in agency.lines}
    progress = agency.progress
    missing = lines["audit"].missing if "audit" in lines else ()
    missing = tuple(text for text in missing if text.template not in ACTION_FAULTS)  # those stand with the actions
    return {
        **head_of(agency, paper),
        "title": bare(f"Nội dung đầu vào cuộc họp xem xét của lãnh đạo {years_text(agency.period)}"),
        "clauses": [f"9.3.2 {letter}" if agency.standard == _LETTERED else "9.3.2" for letter in "abcdef"],
        "changes": [change for plan in progress for change in _changes(plan)],
        "objectives": [_objective(found, agency) for found in agency.objectives],
        "late": [row for plan in progress for item in plan.items for row in _late(item)],
        "actions": [row for plan in progress for item in plan.items for row in _actions(item, plan, paper.register)],
        "unmeasured": list(_lacks(agency, "measured")),
        "audit": _spots(lines.get("audit")),
        "audit_missing": [bare(told(text)) for text in missing],
        "resources": list(_lacks(agency, "resources")),
        "risks": [row for plan in progress for item in plan.items for row in _risks(item.node)],
    }


def _spots(line: AuditLine | None) -> list[str]:
    """What is recorded on a point: days of completions, deadlines, findings."""
    return [bare(told(spot.text)) for spot in line.spots] if line else []


def _changes(plan: PlanProgress) -> Iterator[str]:
    """Why the plan was amended: `Kế hoạch số 51/KH-TGPL: điều chỉnh chỉ tiêu`."""
    for entry in plan.plan.earlier:
        yield bare(f"{plan.plan.head.type} số {entry.number}: {words(entry.reason)}")


def _objective(found: ObjectiveAudit, agency: AgencyAudit) -> dict[str, Any]:
    item = found.node.item
    return {
        "number": objective_number(found, agency),
        "text": marked(" ".join(item.text)),
        "periods": "\n".join(_periods(found, agency)),
        "result": results_text(found.measurements),
        "is_satisfaction": "hài lòng" in plain(" ".join(item.text)) or "9.1.2" in item.clauses,
    }


def _periods(found: ObjectiveAudit, agency: AgencyAudit) -> Iterator[str]:
    """`Quý I: 98,28% (57/58), đạt`, for each period that was measured."""
    progress = next(
        (item for plan in agency.progress for item in plan.items if plan.plan.id == found.plan and _is(item, found)),
        None,
    )
    for part in _parts(agency.period):
        if text := results_text(progress.measured(part)) if progress else "":
            name = period_text(part, "vi").removesuffix(f" năm {part.start.year}")
            yield f"{name[:1].upper()}{name[1:]}: {text}"


def _is(item: ItemProgress, found: ObjectiveAudit) -> bool:
    return item.node.item.id == found.node.item.id


def _parts(period: Period) -> tuple[Period, ...]:
    """Quarters of a year, years of a longer period."""
    return steps(period, 3 if period.start.year == period.end.year else 12) or (period,)


def _late(item: ItemProgress) -> Iterator[dict[str, str]]:
    for state in item.occurrences:
        if state.state is State.OVERDUE and state.due:
            yield {
                "text": marked(" ".join(item.node.item.text)),
                "lead": bare(people_text(item.node)),
                "due": short_date(state.due, "vi"),
                "days": f"{state.days}\u00a0ngày",
            }


def _actions(item: ItemProgress, plan: PlanProgress, register: Register) -> Iterator[dict[str, str]]:
    for action in item.actions:
        state = action_state(action, item.actions, plan.as_of)
        yield {
            "about": bare(_about(action, item.node, register)),
            "cause": bare("\n".join(map(words, action.cause))),
            "action": bare("\n".join(map(words, action.action or action.correction))),
            "due": short_date(action.due, "vi") if action.due else "",
            "state": ACTION_STATES[state],
        }


def _about(action: CorrectiveAction, node: Node, register: Register) -> str:
    """What an action is about: a finding with its clause, or the item that was missed with its period."""
    if isinstance(action, AuditFinding):
        return f"Đánh giá nội bộ, {action.clause}, {audited_unit(action, register)}: {words(action.finding)}"
    kind = "Mục tiêu" if node.is_objective else "Nhiệm vụ"
    return f"{kind} {node.item.number or node.item.id}, {period_text(action.period, 'vi')}"


def _lacks(agency: AgencyAudit, point: str) -> Iterator[str]:
    """What objectives lack of a point, each sentence once with the objectives."""
    found: dict[str, list[str]] = {}
    for objective in agency.objectives:
        for line in objective.lines:
            if line.point.name == point and line.verdict is Verdict.MISSING:
                for text in line.missing:
                    found.setdefault(told(text), []).append(objective_number(objective, agency))
    yield from (bare(f"{text} (mục tiêu {', '.join(_once(owners))})") for text, owners in found.items())


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _risks(node: Node) -> Iterator[str]:
    """The risks of an item, where items of this version have such a field."""
    if risk := getattr(node.item, "risk", None):
        yield bare(f"{node.item.number or node.item.id}: {words(risk)}")
