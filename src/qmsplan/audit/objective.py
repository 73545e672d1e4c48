"""What one objective answers of the standard: one function for each point with the scope `objective`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from qmsplan.audit.values import (
    AuditLine,
    ObjectiveAudit,
    Spot,
    Verdict,
    evidence_of,
    inherited,
    line_of,
    of_plan,
    own,
    recorded,
)
from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import Period, steps
from qmsplan.model.progress import Completion, CorrectiveAction, Reading
from qmsplan.model.standards import Point, Standard
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.measurement import BAD, measurable
from qmsplan.progress.objective import attainments
from qmsplan.progress.plan import ItemProgress
from qmsplan.rules.base import Context, below

GRACE = timedelta(14)
"""How long after a period its reading may still be expected, before it is missing."""

_DOING = frozenset({"task", "activity"})


class AuditSubject(NamedTuple):
    """An objective as of a day."""

    context: Context
    progress: ItemProgress
    as_of: date

    @property
    def node(self) -> Node:
        """The objective in its place."""
        return self.progress.node

    def field(self, name: str) -> tuple[Spot, ...]:
        """A field of its own."""
        return own(self.context, self.node, name)

    def inherited(self, name: str) -> tuple[Spot, ...]:
        """A field of its own, from above or from below."""
        return inherited(self.context, self.node, name)

    @property
    def is_measurable(self) -> bool:
        """True if readings can be held against it."""
        return bool(measurable(self.node))

    @property
    def expected(self) -> tuple[Period, ...]:
        """The periods that should have a reading by now: quarters; years of a plan for several years, and for a target
        of a year."""
        period = self.context.period
        if period is None:
            return ()
        is_long = period.start.year != period.end.year
        is_yearly = any(target.per_months == 12 for _, target in measurable(self.node))
        parts = steps(period, 12 if is_long or is_yearly else 3) or (period,)
        return tuple(part for part in parts if part.end + GRACE < self.as_of)

    @property
    def items(self) -> frozenset[str]:
        """Its id."""
        return frozenset({self.node.item.id})


ObjectiveCheck: TypeAlias = "Callable[[AuditSubject, Point], AuditLine]"


def audit_objective(subject: AuditSubject, standard: Standard) -> ObjectiveAudit:
    """All points of an edition that each objective answers by itself."""
    context, node = subject.context, subject.node
    plan = context.plan
    lines = tuple(CHECKS[point.name](subject, point) for point in standard.points if point.name in CHECKS)
    spot = Spot("id", node.item.id, context.at(node, "id"))
    measured = subject.progress.measured(plan.period) if plan and plan.period else ()
    return ObjectiveAudit(plan.id if plan else "", node, spot, measured, lines)


def _measurable(subject: AuditSubject, point: Point) -> AuditLine:
    spots = subject.field("target")
    if not spots:
        return line_of(point, missing=(Message("it has no target"),))
    return line_of(point, *spots, missing=() if subject.is_measurable else (Message("the target has no number"),))


def _requirements(subject: AuditSubject, point: Point) -> AuditLine:
    spots = (*subject.field("refs"), *of_plan(subject.context, "basis"))
    if spots:
        return line_of(point, *spots)
    if preamble := of_plan(subject.context, "preamble"):
        return line_of(point, *preamble, verdict=Verdict.TO_JUDGE)
    return line_of(point, missing=(Message("neither a legal basis nor a document that it refers to"),))


def _relevant(subject: AuditSubject, point: Point) -> AuditLine:
    if point.is_answered_by(subject.node.item.clauses):
        return line_of(point, *subject.field("clauses"))
    return line_of(point, *subject.field("text"), verdict=Verdict.TO_JUDGE)


def _monitored(subject: AuditSubject, point: Point) -> AuditLine:
    """The last reading and the last completion."""
    readings = [spot for spot, _, _ in recorded(subject.context, "readings", Reading, subject.items, subject.as_of)]
    done = [spot for spot, _, _ in recorded(subject.context, "completions", Completion, subject.items, subject.as_of)]
    if readings or done:
        return line_of(point, *readings[-1:], *done[-1:])
    return line_of(point, missing=(Message("neither a reading nor a completion"),) if subject.expected else ())


def _updated(subject: AuditSubject, point: Point) -> AuditLine:
    remark = Message("the history of the file shows it: git log {file}", file=subject.context.file)
    return line_of(point, *_signed(subject), verdict=Verdict.TO_JUDGE, remark=remark)


def _signed(subject: AuditSubject) -> tuple[Spot, ...]:
    signoff = subject.context.plan.signoff if subject.context.plan else None
    if signoff is None:
        return ()
    return (Spot("signoff", f"{signoff.number}, {signoff.date}", subject.context.in_plan("signoff", "number")),)


def _documented(subject: AuditSubject, point: Point) -> AuditLine:
    spots = _signed(subject)
    return line_of(point, *spots, missing=() if spots else (Message("the plan has no number and date: it is a draft"),))


def _doing(subject: AuditSubject, point: Point) -> AuditLine:
    parent = subject.node.parent
    under = [other for other in below(subject.context, subject.node) if other.kind in _DOING]
    spots = (*subject.field("measures"), *(spot for other in under for spot in own(subject.context, other, "text")))
    if not spots and parent and parent.kind in _DOING:  # the result that a task is to have
        spots = own(subject.context, parent, "text")
    return line_of(point, *spots, missing=() if spots else (Message("neither measures nor tasks"),))


def _resources(subject: AuditSubject, point: Point) -> AuditLine:
    if spots := subject.inherited("funding"):
        return line_of(point, *spots)
    if line := subject.context.likely_about(point):
        name = next((str(part) for part in reversed(line.path) if isinstance(part, str)), "")
        spot = Spot(name, line.text, subject.context.in_plan(*line.path))
        return line_of(point, spot, verdict=Verdict.TO_JUDGE)
    return line_of(point, missing=(Message("no funding, and no text on money, people or means"),))


def _responsible(subject: AuditSubject, point: Point) -> AuditLine:
    spots = subject.inherited("lead")
    return line_of(point, *spots, missing=() if spots else (Message("nobody is named"),))


def _deadline(subject: AuditSubject, point: Point) -> AuditLine:
    spots = subject.inherited("deadline")
    if not spots:
        return line_of(point, missing=(Message("no deadline"),))
    missing = (Message("the deadline is not understood"),) if isinstance(subject.node.deadline, UserError) else ()
    return line_of(point, *spots, missing=missing)


def _evaluation(subject: AuditSubject, point: Point) -> AuditLine:
    spots = (*subject.inherited("evaluation"), *subject.inherited("deliverables"))
    return line_of(point, *spots, missing=() if spots else (Message("no expected result, and no way to judge it"),))


def _measured(subject: AuditSubject, point: Point) -> AuditLine:
    found = tuple(recorded(subject.context, "readings", Reading, subject.items, subject.as_of))
    missing: list[Message] = []
    if not subject.is_measurable:
        missing.append(Message("it has nothing that can be measured"))
    elif gaps := [part for part in subject.expected if not any(r.period.overlaps(part) for _, r, _ in found)]:
        missing.append(Message("no reading for {periods}", periods=_codes(gaps)))
    if bare := [reading.period for _, reading, _ in found if not evidence_of(reading)]:
        missing.append(Message("no evidence for {periods}", periods=_codes(bare)))
    gone = {name for _, reading, record in found for name in reading.files if name in record.absent | record.outside}
    missing += [Message("there is no file '{file}'", file=name) for name in sorted(gone)]
    proofs = tuple(proof for _, reading, _ in found for proof in evidence_of(reading))
    return line_of(point, *(spot for spot, _, _ in found), missing=tuple(missing), evidence=proofs)


def _codes(periods: Iterable[Period]) -> str:
    return ", ".join(period.code for period in periods)


def _action(subject: AuditSubject, point: Point) -> AuditLine:
    """Each miss has to have a corrective action, and each action to be done by its day."""
    readings = [r for _, r, _ in recorded(subject.context, "readings", Reading, subject.items, subject.as_of)]
    missed = [
        reading.period
        for reading, found in zip(readings, attainments(subject.node, readings, subject.context.period), strict=True)
        if found in BAD
    ]
    actions = list(recorded(subject.context, "corrective_actions", CorrectiveAction, subject.items, subject.as_of))
    without = [period for period in missed if not any(action.period.overlaps(period) for _, action, _ in actions)]
    missing = [Message("no corrective action for {periods}", periods=_codes(without))] if without else []
    for _, action, _ in actions:
        is_done = action.done is not None and action.done <= subject.as_of
        if action.due and action.due < subject.as_of and not is_done:
            missing.append(
                Message("the action for {period} was due on {due}", period=action.period.code, due=action.due)
            )
    remark = None if missed or actions else Message("no miss is recorded")
    return line_of(point, *(spot for spot, _, _ in actions), missing=tuple(missing), remark=remark)


CHECKS: dict[str, ObjectiveCheck] = {
    "measurable": _measurable,
    "requirements": _requirements,
    "relevant": _relevant,
    "monitored": _monitored,
    "updated": _updated,
    "documented": _documented,
    "doing": _doing,
    "resources": _resources,
    "responsible": _responsible,
    "deadline": _deadline,
    "evaluation": _evaluation,
    "measured": _measured,
    "action": _action,
}
"""The functions by the names of the points."""
