"""The programme of an internal audit, which unit is asked about which clauses, with a list of questions for each unit.

Days, auditors and answers are left open: only the agency knows them, and no auditor audits work of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from qmsplan.audit.values import AgencyAudit
from qmsplan.documents.audit_view import AuditPaper, clause_key, head_of, objective_number, years_text
from qmsplan.documents.blocks import bare
from qmsplan.model.standards import Point
from qmsplan.phrases.people import Register

_OF_TASKS = ("doing", "deadline", "monitored", "action")
"""The points, by name, that those who lead a task are asked about."""


class _Question(NamedTuple):
    """A point of the standard that a unit is asked about, and the objectives or tasks that it is about."""

    point: Point
    about: list[str]


def render_programme(agency: AgencyAudit, paper: AuditPaper) -> bytes:
    """The Word file of an agency's programme. BrokenTemplateError if the template can't make it."""
    return paper.written("programme", programme_view(agency, paper), agency.name)


def programme_view(agency: AgencyAudit, paper: AuditPaper) -> dict[str, Any]:
    """The values of the template; `templates/README.md` has the list."""
    asked = _asked(agency, paper.register)
    names = paper.register.by_code
    return {
        **head_of(agency, paper),
        "title": bare(f"hệ thống quản lý chất lượng theo {agency.standard} {years_text(agency.period)}"),
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


def _asked(agency: AgencyAudit, register: Register) -> dict[str, list[_Question]]:
    """The questions for each unit by its code: the agency itself for what all plans answer together, then the units
    that lead objectives or tasks; what nobody leads is asked of the agency."""
    found: dict[str, dict[str, _Question]] = {agency.issuer: {}}
    for line in agency.lines:
        found[agency.issuer][line.point.name] = _Question(line.point, [])
    for objective in agency.objectives:
        number = objective_number(objective, agency)
        for code in _leaders(register.leading(objective.node), register, agency.issuer):
            of = found.setdefault(code, {})
            for line in objective.lines:
                of.setdefault(line.point.name, _Question(line.point, [])).about.append(number)
    points = {line.point.name: line.point for objective in agency.objectives for line in objective.lines}
    for item in (item for plan in agency.progress for item in plan.items if item.occurrences):
        if not item.node.is_objective:
            number = f"nhiệm vụ {(item.node.item.number or item.node.item.id).rstrip('.')}"
            for code in _leaders(register.leading(item.node), register, agency.issuer):
                for name in (name for name in _OF_TASKS if name in points):
                    found.setdefault(code, {}).setdefault(name, _Question(points[name], [])).about.append(number)
    order = list(register.by_code)
    codes = sorted(found, key=lambda code: order.index(code) if code in order else -1)
    return {code: list(found[code].values()) for code in codes}


def _leaders(codes: Iterable[str], register: Register, issuer: str) -> Iterator[str]:
    """The units of the agency among those who lead; the agency itself if there is none."""
    inside = register.within(issuer) if issuer in register.by_code else frozenset()
    yield from sorted(frozenset(codes) & inside) or [issuer]
