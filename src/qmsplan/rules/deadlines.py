"""A deadline that lies outside the plan's period.

A deadline phrase that no form fits, or that names an impossible day.

A plan that says not what time it is for.

A reading or completion for a time the plan does not cover.

A plan of one year that cites the objectives of another.

A completion that does not say which occurrence it completes.

A corrective action whose day passed.

Something that was written down before it was done.

A reading or a corrective action from before the time it is about.

A part that is due after the whole.

A deadline that had passed when the plan was signed.

A completion from before the time that the plan is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from qmsplan.diagnostics import Message, Path, Severity, UserError
from qmsplan.model.period import Period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Baseline
from qmsplan.phrases.deadline import Deadline, Occurrence
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import Target
from qmsplan.progress.occurrences import named_occurrences
from qmsplan.rules.base import Context, Finding, Location, Rule


def deadline_outside_period(context: Context) -> Iterator[Finding]:
    """Typed deadlines that fall due before or after the plan, for a time that is not the plan's either."""
    period = context.plan.plan.period if context.plan else None
    if period is None:
        return
    for node in context.nodes:
        if node.item.deadline is None or not isinstance(node.deadline, Deadline):
            continue
        outside = [o.due for o in node.deadline.occurrences if o.due and o.due not in period and o.period not in period]
        if outside:
            yield Finding(
                context.at(node, "deadline"),
                Message(
                    "the deadline {due} lies outside the plan's period {period}", due=outside[0], period=period.code
                ),
                Message("check the year, or widen the plan's period"),
            )


DEADLINE_OUTSIDE_PERIOD = Rule("QP201", "deadline-outside-period", Severity.ERROR, deadline_outside_period)


def deadline_not_understood(context: Context) -> Iterator[Finding]:
    """Typed deadlines that could not be understood."""
    for node in context.nodes:
        if node.item.deadline is not None and isinstance(node.deadline, UserError):
            yield Finding(context.at(node, "deadline"), node.deadline.message, node.deadline.hint)


DEADLINE_NOT_UNDERSTOOD = Rule("QP202", "deadline-not-understood", Severity.ERROR, deadline_not_understood)


def no_period(context: Context) -> Iterator[Finding]:
    """Plans without a period that are no blank forms."""
    if context.plan and context.plan.plan.period is None and not context.plan.plan.form:
        yield Finding(
            context.in_plan("id"),
            Message("the plan has no period"),
            Message("add 'period: 2026', or 'form: true' if it is a blank form"),
        )


NO_PERIOD = Rule("QP203", "no-period", Severity.ERROR, no_period)


_YEAR_BEFORE = {Baseline.PREVIOUS_YEAR, Baseline.SAME_PERIOD}
LISTS = ("readings", "completions", "corrective_actions")


def record_outside_period(context: Context) -> Iterator[Finding]:
    """Entries of progress files whose period is not inside the plan's."""
    period = context.plan.plan.period if context.plan else None
    if period is None:
        return
    for record in context.records:
        for name in LISTS:
            for index, entry in enumerate(getattr(record.progress, name)):
                if entry.period and entry.period not in period and not _is_baseline(context, entry, period):
                    yield Finding(
                        Location(record.file, (name, index, "period")),
                        Message(
                            "{code} lies outside the plan's period {period}", code=entry.period.code, period=period.code
                        ),
                        Message("check the year, or the plan that this file reports on"),
                    )


def _is_baseline(context: Context, entry: object, period: Period) -> bool:
    """True for a reading of the earlier year that a target of its item compares with."""
    node = context.by_id.get(entry.item) if isinstance(entry, Reading) else None
    if node is None or not isinstance(entry, Reading):
        return False
    years = range(entry.period.start.year, entry.period.end.year + 1)
    relative = [target for target in node.targets if isinstance(target, Target) and target.is_relative]
    if any(target.baseline_year in years for target in relative):
        return True
    is_year_before = entry.period.end.year == period.start.year - 1 == entry.period.start.year
    return is_year_before and any(target.baseline in _YEAR_BEFORE for target in relative)


RECORD_OUTSIDE_PERIOD = Rule("QP204", "record-outside-period", Severity.ERROR, record_outside_period)


_ABOUT = "mục tiêu chất lượng"
_CITED = rf"(?i){_ABOUT}[^.;]{{0,40}}?\bnăm (\d{{4}})"


def plan_year_mismatch(context: Context) -> Iterator[Finding]:
    """Texts that name `Mục tiêu chất lượng … năm Y` where Y is not a year of the plan."""
    period = context.plan.plan.period if context.plan else None
    if not context.plan or period is None:
        return
    for path, lines in _texts(context.plan.plan, context.nodes):
        for index, line in enumerate(lines):
            if _ABOUT not in line.lower():
                continue
            for match in re.finditer(_CITED, line):
                if not period.start.year <= int(match[1]) <= period.end.year:
                    yield Finding(
                        context.in_plan(*path, index),
                        Message("a plan for {period} cites the quality objectives of {year}",
                            period=period.code, year=match[1]),
                        Message("check whether the year is a slip"),
                        words=match[0],
                    )  # fmt: skip


def _texts(plan: Plan, nodes: Iterable[Node]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for name in ("basis", "preamble"):
        yield (name,), getattr(plan, name)
    for node in nodes:
        yield (*node.path, "text"), node.item.text


PLAN_YEAR_MISMATCH = Rule("QP205", "plan-year-mismatch", Severity.WARNING, plan_year_mismatch)


def ambiguous_completion(context: Context) -> Iterator[Finding]:
    """Completions of items that are due several times without a period, or with one that names none of the times."""
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            node = context.by_id.get(completion.item)
            deadline = node.deadline if node else None
            if isinstance(deadline, Deadline) and is_unclear(completion.period, deadline.occurrences):
                periods = [occurrence.period for occurrence in deadline.occurrences]
                yield Finding(
                    Location(record.file, ("completions", index, "period" if completion.period else "item")),
                    Message("'{id}' is due several times; which one is done?", id=completion.item),
                    Message("add 'period', one of: {codes}", codes=", ".join(period.code for period in periods[:12])),
                )


def is_unclear(period: Period | None, occurrences: Sequence[Occurrence]) -> bool:
    """What goes on all the time takes any completion as evidence, what repeats with an event for its next happening."""
    takes_any = any(entry.is_continuous or (entry.trigger and entry.trigger.repeats) for entry in occurrences)
    if takes_any or len(occurrences) < 2:
        return False
    return period is None or not named_occurrences(period, occurrences)


AMBIGUOUS_COMPLETION = Rule("QP206", "ambiguous-completion", Severity.ERROR, ambiguous_completion)


def action_overdue(context: Context) -> Iterator[Finding]:
    """Corrective actions due before the last day recorded and not done (ISO 9001:2015, 10.2)."""
    if not any(record.progress.corrective_actions for record in context.records):
        return
    until = context.known_until
    for record in context.records:
        for index, action in enumerate(record.progress.corrective_actions):
            if action.due and until and action.due < until and action.done is None:
                yield Finding(
                    Location(record.file, ("corrective_actions", index, "due")),
                    Message("the corrective action for '{id}' was due on {due}; on {until} it is still not done",
                        id=action.item, due=action.due, until=until),
                    Message("add 'done' with the day it was finished, or agree on a new 'due' (ISO 9001, 10.2)"),
                )  # fmt: skip


ACTION_OVERDUE = Rule("QP207", "action-overdue", Severity.WARNING, action_overdue)


def done_after_recorded(context: Context) -> Iterator[Finding]:
    """Completions and events that lie after the day they were recorded."""
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            if completion.recorded and completion.done > completion.recorded:
                place = Location(record.file, ("completions", index, "done"))
                yield Finding(place, _message(completion.item, completion.done, completion.recorded), _CURE)
        for index, event in enumerate(record.progress.events):
            if event.recorded and event.date > event.recorded:
                place = Location(record.file, ("events", index, "date"))
                yield Finding(place, _message(event.event, event.date, event.recorded), _CURE)


def _message(name: str, day: date, recorded: date) -> Message:
    return Message("'{id}' is told for {day}, but was recorded before that, on {recorded}",
               id=name, day=day, recorded=recorded)  # fmt: skip


_CURE = Message("correct one of the two days; only what has happened is recorded")

DONE_AFTER_RECORDED = Rule("QP208", "done-after-recorded", Severity.ERROR, done_after_recorded)


def recorded_too_early(context: Context) -> Iterator[Finding]:
    """Readings and actions that were recorded before their period began: nothing could be known of it yet."""
    for record in context.records:
        for name in ("readings", "corrective_actions"):
            for index, entry in enumerate(getattr(record.progress, name)):
                if entry.recorded < entry.period.start:
                    yield Finding(
                        Location(record.file, (name, index, "recorded")),
                        Message("{code} had not begun when this was recorded, on {day}",
                            code=entry.period.code, day=entry.recorded),
                        Message("check the year of 'period' and of 'recorded'"),
                    )  # fmt: skip


RECORDED_TOO_EARLY = Rule("QP209", "recorded-too-early", Severity.ERROR, recorded_too_early)


def later_than_parent(context: Context) -> Iterator[Finding]:
    """Typed deadlines that end after the typed deadline of what the item stands in.

    An objective below a task is not told: what the task brings about may be measured later."""
    for node in context.nodes:
        parent = _timed(node.parent) if node.parent and node.item.deadline is not None else None
        if parent is None or node.is_objective:
            continue
        latest, limit = last_due(node.deadline), last_due(parent.deadline)
        if latest and limit and latest > limit:
            yield Finding(
                context.at(node, "deadline"),
                Message("'{id}' is due by {due}, after '{parent}', which it belongs to and which is due by {limit}",
                    id=node.item.id, due=latest, parent=parent.item.id, limit=limit),
                Message("bring the part forward, or give the whole more time"),
                Location(context.at(parent).file, (*parent.path, "deadline")),
            )  # fmt: skip


def _timed(node: Node | None) -> Node | None:
    """The nearest item, from this one upward, that has a deadline of its own."""
    while node and node.item.deadline is None:
        node = node.parent
    return node


def last_due(deadline: Deadline | UserError | None) -> date | None:
    """The last day that a deadline names; None for what waits for an event or never ends."""
    if not isinstance(deadline, Deadline):
        return None
    days = [occurrence.due for occurrence in deadline.occurrences]
    found = [day for day in days if day]
    return max(found) if found and len(found) == len(days) else None


LATER_THAN_PARENT = Rule("QP210", "later-than-parent", Severity.WARNING, later_than_parent)


def due_before_signing(context: Context) -> Iterator[Finding]:
    """Typed deadlines whose last day lies before the plan was signed; an amendment is signed later by nature."""
    signed = context.plan.plan.first_signed if context.plan and not context.plan.plan.earlier else None
    if signed is None:
        return
    for node in context.nodes:
        due = last_due(node.deadline) if node.item.deadline is not None else None
        if due and due < signed:
            yield Finding(
                context.at(node, "deadline"),
                Message("'{id}' was due by {due}, before the plan was signed on {signed}",
                    id=node.item.id, due=due, signed=signed),
                Message("check the year of the deadline and the day of signing"),
                context.in_plan("signoff", "date"),
            )  # fmt: skip


DUE_BEFORE_SIGNING = Rule("QP211", "due-before-signing", Severity.WARNING, due_before_signing)


def done_before_plan(context: Context) -> Iterator[Finding]:
    """Completions done before the plan's period began; what is done after its end is late, and `status` tells it."""
    period = context.plan.plan.period if context.plan else None
    if period is None:
        return
    for record in context.records:
        for index, completion in enumerate(record.progress.completions):
            if completion.done < period.start:
                yield Finding(
                    Location(record.file, ("completions", index, "done")),
                    Message("'{id}' was done on {day}, before the plan's period {period}",
                        id=completion.item, day=completion.done, period=period.code),
                    Message("check the year; early in January last year's is easily written"),
                )  # fmt: skip


DONE_BEFORE_PLAN = Rule("QP212", "done-before-plan", Severity.WARNING, done_before_plan)


RULES = (
    DEADLINE_OUTSIDE_PERIOD,
    DEADLINE_NOT_UNDERSTOOD,
    NO_PERIOD,
    RECORD_OUTSIDE_PERIOD,
    PLAN_YEAR_MISMATCH,
    AMBIGUOUS_COMPLETION,
    ACTION_OVERDUE,
    DONE_AFTER_RECORDED,
    RECORDED_TOO_EARLY,
    LATER_THAN_PARENT,
    DUE_BEFORE_SIGNING,
    DONE_BEFORE_PLAN,
)
