"""What one objective answers of the standard: one function for each point with the scope `objective`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qmsplan.audit.values import (
    AuditLine,
    Entry,
    ObjectiveAudit,
    Spot,
    Verdict,
    as_typed,
    audited_unit,
    evidence_of,
    inherited,
    line_of,
    of_plan,
    own,
    recorded,
    words,
)
from qmsplan.diagnostics import ENGLISH, Message, UserError
from qmsplan.model.period import Period, by_end
from qmsplan.model.progress import AuditFinding, Completion, CorrectiveAction, Progress, Reading, Record
from qmsplan.model.standards import Point, Standard
from qmsplan.model.text import PeriodWords, plain
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.measurement import Direction, Measurement, Trend, beside_plan, measurable
from qmsplan.progress.occurrences import State
from qmsplan.progress.owed import OwedTime, owed_times
from qmsplan.progress.plan import ActionState, ItemProgress, action_state
from qmsplan.progress.reading_faults import left_out, measured_by
from qmsplan.rules.base import Context
from qmsplan.rules.base import below as nodes_below

_UNHEARD = frozenset({State.OVERDUE, State.NO_DATA, State.NO_EVIDENCE})
"""States of a due day of which nobody told anything."""
_DOING = frozenset({"task", "activity"})


@dataclass(frozen=True)
class AuditSubject:
    """An objective as of a day."""

    context: Context
    progress: ItemProgress
    records: Sequence[Progress]
    """The progress files of its plan as they were known on the day."""
    as_of: date

    @property
    def node(self) -> Node:
        """The objective in its place."""
        return self.progress.node

    def field(self, name: str) -> tuple[Spot, ...]:
        """A field of its own; nothing where items of this version have no such field."""
        return own(self.context, self.node, name) if hasattr(self.node.item, name) else ()

    def inherited(self, name: str) -> tuple[Spot, ...]:
        """A field of its own, from above or from below."""
        return inherited(self.context, self.node, name)

    @property
    def is_measurable(self) -> bool:
        """True if readings can be held against it."""
        return bool(measurable(self.node))

    @cached_property
    def measured(self) -> tuple[Measurement, ...]:
        """Each target over the plan's time."""
        return self.progress.measured(self.context.period) if self.context.period else ()

    @cached_property
    def without_figures(self) -> tuple[Period, ...]:
        """The times of the plan whose figures are missing, as the status names them."""
        return tuple(sorted({time for one in self.measured for time in one.without_figures}, key=by_end))

    @property
    def owed(self) -> tuple[OwedTime, ...]:
        """What is owed for the quarters of the plan, as units are reminded of it."""
        whole = self.context.period
        return owed_times(self.progress, whole, self.as_of, from_start=True) if whole else ()

    @property
    def readings(self) -> list[tuple[Spot, Reading, Record]]:
        """The readings on the plan's time, in its order; what earlier years attained only compares."""
        whole = self.context.period
        return [entry for entry in self.all_readings if whole and entry[1].period.overlaps(whole)]

    @cached_property
    def all_readings(self) -> list[tuple[Spot, Reading, Record]]:
        """The readings, in order of time. One with a fault is no record: it counts nowhere (`left_out`)."""
        found = [one for one in self.recorded("readings", Reading) if not measured_by(one[1], self.node).fault]
        return sorted(found, key=lambda entry: (entry[1].period.end, entry[1].period.start))

    @property
    def left_out(self) -> tuple[Message, ...]:
        """What was recorded of it, or planned by period, and counts nowhere for its faults."""
        return left_out([self.node], self.records)

    def recorded(self, name: str, kind: type[Entry], *, below: bool = False) -> list[tuple[Spot, Entry, Record]]:
        """The entries of one list in progress files that are about it, or about what stands below it too."""
        nodes = (self.node, *(nodes_below(self.context, self.node) if below else ()))
        items = frozenset(node.item.id for node in nodes)
        return list(recorded(self.context, name, kind, items, self.as_of))


def audit_objective(subject: AuditSubject, standard: Standard) -> ObjectiveAudit:
    """All points of an edition that each objective answers by itself."""
    context, node = subject.context, subject.node
    plan = context.plan
    lines = tuple(CHECKS[point.name](subject, point) for point in standard.points if point.name in CHECKS)
    spot = Spot("id", as_typed(node.item.id), context.at(node, "id"))
    return ObjectiveAudit(plan.id if plan else "", node, spot, subject.measured, lines)


def _measurable(subject: AuditSubject, point: Point) -> AuditLine:
    spots = subject.field("target")
    missing = () if not spots or subject.is_measurable else (Message("the target has no number"),)
    return line_of(point, *spots, missing=missing, lacking=Message("it has no target"))


def _requirements(subject: AuditSubject, point: Point) -> AuditLine:
    spots = (*subject.field("refs"), *of_plan(subject.context, "basis"))
    preamble = () if spots else of_plan(subject.context, "preamble")
    if preamble:
        return line_of(point, *preamble, verdict=Verdict.TO_JUDGE)
    return line_of(point, *spots, lacking=Message("neither a legal basis nor a document that it refers to"))


def _relevant(subject: AuditSubject, point: Point) -> AuditLine:
    if point.is_answered_by(subject.node.item.clauses):
        return line_of(point, *subject.field("clauses"))
    return line_of(point, *subject.field("text"), verdict=Verdict.TO_JUDGE)


def _monitored(subject: AuditSubject, point: Point) -> AuditLine:
    """The last reading and the last completion."""
    readings = [spot for spot, _, _ in subject.readings]
    done = [spot for spot, _, _ in subject.recorded("completions", Completion)]
    if readings or done:
        return line_of(point, *readings[-1:], *done[-1:])
    is_owed = subject.without_figures or any(line.state in _UNHEARD for line in subject.progress.occurrences)
    return line_of(point, missing=(Message("neither a reading nor a completion"),) if is_owed else ())


def _updated(subject: AuditSubject, point: Point) -> AuditLine:
    """The sign-offs, and why the plan was amended."""
    plan = subject.context.plan
    reasons = tuple(
        Spot(
            "earlier",
            Message("{name}: {text}", name=entry.number, text=words(entry.reason)),
            subject.context.in_plan("earlier", index, "reason"),
        )
        for index, entry in enumerate(plan.earlier if plan else ())
    )
    remark = Message("'{command}' shows its changes", command=f"qmsplan log {subject.node.item.id}")
    return line_of(point, *_signed(subject), *reasons, verdict=Verdict.TO_JUDGE, remark=remark)


def _signed(subject: AuditSubject) -> tuple[Spot, ...]:
    signoff = subject.context.plan.signoff if subject.context.plan else None
    if signoff is None:
        return ()
    text = Message("{number}, {day}", number=signoff.number, day=signoff.date)
    return (Spot("signoff", text, subject.context.in_plan("signoff", "number")),)


def _documented(subject: AuditSubject, point: Point) -> AuditLine:
    return line_of(point, *_signed(subject), lacking=Message("the plan has no number and date: it is a draft"))


def _doing(subject: AuditSubject, point: Point) -> AuditLine:
    parent = subject.node.parent
    under = [other for other in nodes_below(subject.context, subject.node) if other.kind in _DOING]
    spots = (*subject.field("measures"), *(spot for other in under for spot in own(subject.context, other, "text")))
    if not spots and parent and parent.kind in _DOING:  # the result that a task is to have
        spots = own(subject.context, parent, "text")
    return line_of(point, *spots, lacking=Message("neither measures nor tasks"))


def _resources(subject: AuditSubject, point: Point) -> AuditLine:
    if spots := subject.inherited("funding"):
        is_denied = all(plain(ENGLISH(spot.text)).startswith("không") for spot in spots)
        remark = Message("it says that there is none") if is_denied else None
        return line_of(point, *spots, verdict=Verdict.TO_JUDGE if is_denied else None, remark=remark)
    if line := subject.context.likely_about(point):
        name = next((str(part) for part in reversed(line.path) if isinstance(part, str)), "")
        spot = Spot(name, as_typed(line.text), subject.context.in_plan(*line.path))
        return line_of(point, spot, verdict=Verdict.TO_JUDGE)
    return line_of(point, missing=(Message("no funding, and no text on money, people or means"),))


def _responsible(subject: AuditSubject, point: Point) -> AuditLine:
    return line_of(point, *subject.inherited("lead"), lacking=Message("nobody is named"))


def _deadline(subject: AuditSubject, point: Point) -> AuditLine:
    spots, is_clear = subject.inherited("deadline"), not isinstance(subject.node.deadline, UserError)
    missing = () if is_clear or not spots else (Message("the deadline is not understood"),)
    return line_of(point, *spots, missing=missing, lacking=Message("no deadline"))


def _evaluation(subject: AuditSubject, point: Point) -> AuditLine:
    spots = (*subject.inherited("evaluation"), *subject.inherited("deliverables"))
    return line_of(point, *spots, lacking=Message("no expected result, and no way to judge it"))


def _measured(subject: AuditSubject, point: Point) -> AuditLine:
    found = subject.readings
    missing: list[Message] = []
    if not subject.is_measurable:
        missing.append(Message("it has nothing that can be measured"))
    elif gaps := subject.without_figures:
        missing.append(Message("no reading for {periods}", periods=tuple(map(PeriodWords, gaps))))
    missing += subject.left_out
    if bare := dict.fromkeys(reading.period for _, reading, _ in found if not evidence_of(reading)):
        missing.append(Message("no evidence for {periods}", periods=tuple(map(PeriodWords, bare))))
    gone = {name for _, reading, record in found for name in reading.files if name in record.absent | record.outside}
    missing += [Message("there is no file '{file}'", file=name) for name in sorted(gone)]
    proofs = tuple(proof for _, reading, _ in found for proof in evidence_of(reading))
    return line_of(point, *(spot for spot, _, _ in found), missing=tuple(missing), evidence=proofs)


def _method(subject: AuditSubject, point: Point) -> AuditLine:
    """How, from what and how often it is measured. The standard asks that this is determined, not that it is written:
    where it is not, the auditor has to ask."""
    spots = tuple(spot for name in point.fields for spot in subject.field(name))
    written = {spot.field for spot in spots}
    if written >= {"method", "frequency"}:
        return line_of(point, *spots)
    remark = Message("neither the method nor the frequency of measuring is written")
    if "method" in written:
        remark = Message("how often it is measured is not written")
    elif "frequency" in written:
        remark = Message("the method of measuring is not written")
    return line_of(point, *spots, verdict=Verdict.TO_JUDGE, remark=remark)


_TRENDS = {
    Direction.WORSE: Message("in {period} worse than the period before"),
    Direction.BETTER: Message("in {period} better than the period before"),
    Direction.SAME: Message("in {period} the same as the period before"),
    Direction.UNKNOWN: Message("{period} can't be compared with the period before"),
}


def _trend(subject: AuditSubject, point: Point) -> AuditLine:
    """The last two readings, and which way they go, of several targets the worst; what that means is for a person to
    say."""
    found = subject.all_readings
    if len({reading.period for _, reading, _ in found}) < 2:
        return line_of(point, remark=Message("fewer than two periods are measured"))
    last = found[-1][1].period
    trends = [measured.trend for measured in subject.progress.measured(last, trends=True)]
    trend = min(trends, key=lambda trend: [*_TRENDS].index(trend.previous), default=Trend())
    remark = beside_plan(_TRENDS[trend.previous].filled(period=PeriodWords(last)), *trend.of_plan[:2])
    return line_of(point, *(spot for spot, _, _ in found[-2:]), verdict=Verdict.TO_JUDGE, remark=remark)


def _action(subject: AuditSubject, point: Point) -> AuditLine:
    """Each miss has to have a corrective action; each action, of the objective or of what stands below it, is to be
    done by its day, with evidence, and somebody has to check that it helped."""
    names = ("corrective_actions", "audit")
    found = [entry for name in names for entry in subject.recorded(name, CorrectiveAction, below=True)]
    actions = [action for _, action, _ in found]
    states = [(action, state_of(action, actions, subject.as_of)) for action in actions]
    without = tuple(PeriodWords(owed.period) for owed in subject.owed if owed.is_missed)
    missing = [NO_ACTION.filled(periods=without)] if without else []
    missing += [fault for action, state in states for fault in faults_of(action, state, subject.context.register)]
    opened = [action for action, state in states if state is ActionState.OPEN]
    remark = None if without or actions else Message("no miss is recorded")
    if opened:
        due = tuple(sorted({action.due for action in opened if action.due}))
        remark = Message("not done yet, due on {due}", due=due) if due else Message("not done yet, and without a day")
    verdict = Verdict.OPEN if opened and not missing else None
    proofs = tuple(proof for action in actions for proof in evidence_of(action))
    spots = (spot for spot, _, _ in found)
    return line_of(point, *spots, missing=tuple(missing), evidence=proofs, verdict=verdict, remark=remark)


def state_of(action: CorrectiveAction, actions: Iterable[CorrectiveAction], as_of: date) -> ActionState:
    """Where an action stands among all that are known on its item."""
    return action_state(action, [other for other in actions if other.item == action.item], as_of)


_FAULTS = {
    ActionState.LATE: Message("the action for {period} was due on {due}"),
    ActionState.UNVERIFIED: Message("nobody has checked whether the action for {period} helped"),
    ActionState.INEFFECTIVE: Message("the action for {period} did not help, and no other followed"),
}
_UNPLANNED = Message("neither an action nor a day is recorded for {period}")
_UNPROVED = Message("no evidence for the action for {period}")
NO_ACTION = Message("no corrective action for {periods}")
ACTION_FAULTS = frozenset(fault.template for fault in (*_FAULTS.values(), _UNPLANNED, _UNPROVED))
"""What is told of actions, and of none of the other things that a point asks for."""


def is_unplanned(action: CorrectiveAction, state: ActionState) -> bool:
    """Whether nothing is said of what is to be done, as of a finding that only its correction is told of."""
    return state is ActionState.OPEN and not action.due and not action.action


def faults_of(action: CorrectiveAction, state: ActionState, register: Register) -> Iterator[Message]:
    """What an action lacks of what 10.2 asks: that it is done by its day, proved, and found effective."""
    period: object = PeriodWords(action.period)
    if isinstance(action, AuditFinding):
        period = Message(
            "{clause}, {unit}, {period}", clause=action.clause, unit=audited_unit(action, register), period=period
        )
        if is_unplanned(action, state):
            yield _UNPLANNED.filled(period=period)
    if state in _FAULTS:
        yield _FAULTS[state].filled(period=period, due=action.due or "")
    if state not in {ActionState.LATE, ActionState.OPEN} and not evidence_of(action):
        yield _UNPROVED.filled(period=period)


CHECKS: dict[str, Callable[[AuditSubject, Point], AuditLine]] = {
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
    "method": _method,
    "trend": _trend,
    "action": _action,
}
"""The functions by the names of the points."""
