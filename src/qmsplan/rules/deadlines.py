"""Rules on time: deadlines, the period of a plan, and the days of records beside them (QP201 to QP215, QP352)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from qmsplan.diagnostics import Message, Severity, UserError, listed
from qmsplan.model.period import (
    Period,
    between,
    is_over_two,
    months,
    months_after,
    school_time,
    school_year,
    span_of_years,
)
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Completion, Reading, happened_on
from qmsplan.model.structured import Baseline
from qmsplan.model.text import PeriodWords
from qmsplan.phrases.aggregation import adds_up
from qmsplan.phrases.deadline import Deadline, Occurrence
from qmsplan.phrases.tables import Expression
from qmsplan.phrases.target import Target
from qmsplan.progress.cut_off import Calendar, window_of
from qmsplan.progress.entry_effect import done_once
from qmsplan.progress.occurrences import last_due, named_occurrences
from qmsplan.progress.reading_faults import Measured
from qmsplan.rules.base import ITEM_LISTS, Context, LocatedEntry, Rule, cite, of_plan
from qmsplan.rules.findings import Finding


def deadline_outside_period(context: Context) -> Iterator[Finding]:
    """Deadlines that fall due outside the plan's period, for a time that is not in it either.

    `Ngày 15/01 năm sau` may fall due after the plan, for it is about a quarter or year of the plan."""
    period = context.period
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
                    "the deadline {due} lies outside the plan's period {period}",
                    due=outside[0],
                    period=PeriodWords(period),
                ),
                _how_to_widen(period, max(outside)),
            )  # fmt: skip


def _how_to_widen(period: Period, day: date) -> Message:
    """How a plan comes to hold a day. A school year whose work ends in the summer is written with its days."""
    if is_over_two(period) and period.end < day <= months_after(period.end, 6):
        wider = between(period, months(day.year, day.month, day.month))
        return Message("check the year, or widen the plan's period to '{code}'", code=wider.code)
    return Message("check the year, or widen the plan's period")


def deadline_not_understood(context: Context) -> Iterator[Finding]:
    """Deadline phrases that no form fits, or that name an impossible day."""
    for node in context.nodes:
        if node.item.deadline is not None and isinstance(node.deadline, UserError):
            yield Finding(context.at(node, "deadline"), node.deadline.message, node.deadline.hint)


def no_period(context: Context, plan: Plan) -> Iterator[Finding]:
    """Plans without a period that are no blank forms."""
    if plan.period is None and not plan.form:
        yield Finding(
            context.in_plan("id"),
            Message("the plan has no period"),
            Message("add 'period: 2026', or 'form: true' if it is a blank form"),
        )


_YEAR_BEFORE = {Baseline.PREVIOUS_YEAR, Baseline.SAME_PERIOD}


def record_outside_period(context: Context) -> Iterator[Finding]:
    """Entries of progress files for a period that is not inside the plan's."""
    period = context.period
    if period is None:
        return
    for found in context.entries(*ITEM_LISTS):
        named = found.entry.period
        if named and named not in period and not _is_baseline(context, found.entry, period):
            yield Finding(
                found.at("period"),
                Message(
                    "{code} lies outside the plan's period {period}",
                    code=PeriodWords(named),
                    period=PeriodWords(period),
                ),
                Message("check the year, or the plan that this file reports on"),
            )  # fmt: skip


def _is_baseline(context: Context, entry: object, period: Period) -> bool:
    """True for a reading of the earlier year that a target of its item compares with."""
    node = context.by_id.get(entry.item) if isinstance(entry, Reading) else None
    if node is None or not isinstance(entry, Reading):
        return False
    years = range(entry.period.start.year, entry.period.end.year + 1)
    relative = [target for target in node.targets if isinstance(target, Target) and target.is_relative]
    if any(target.baseline_year in years for target in relative):
        return True
    is_year_before = months_after(period.start, -12) <= entry.period.start and entry.period.end < period.start
    return is_year_before and any(target.baseline in _YEAR_BEFORE for target in relative)


_OBJECTIVES = "mục tiêu chất lượng"
_OBJECTIVES_OF_YEAR = Expression(rf"{_OBJECTIVES}[^.;]{{0,40}}?\bnăm (\d{{4}})")


_YEARS_OF_TITLE = Expression(r"\b(?:năm|năm học|giai đoạn) (\d{4})(?:\s*(?:[-–]|đến(?: năm)?)\s*(\d{4}))?\b")


_SCHOOL_YEAR = Expression(r"\bnăm học\b")


def plan_year_mismatch(context: Context, plan: Plan) -> Iterator[Finding]:
    """Texts that cite the quality objectives of a year (`Mục tiêu chất lượng năm 2025`) that is none of the plan's,
    and titles of another year."""
    period = context.period
    if period is None:
        return
    yield from _title_of_another_year(context, plan, period)
    for place, line in chain(context.lines("basis", "preamble"), context.lines_of_items("text")):
        for match in _OBJECTIVES_OF_YEAR.finditer(line):
            if not period.start.year <= int(match[1]) <= period.end.year:
                yield Finding(
                    place,
                    Message("a plan for {period} cites the quality objectives of {year}",
                        period=PeriodWords(period), year=match[1]),
                    Message("check whether the year is a slip"),
                    words=match[0],
                )  # fmt: skip


def _title_of_another_year(context: Context, plan: Plan, period: Period) -> Iterator[Finding]:
    """A title that names years of which none is the plan's: last year's text with one year left standing."""
    words = [(index, match) for index, line in enumerate(plan.head.title) for match in _YEARS_OF_TITLE.finditer(line)]
    spans = [(int(match[1]), int(match[2] or match[1])) for _, match in words]
    if spans and all(last < period.start.year or period.end.year < first for first, last in spans):
        index, match = words[-1]
        yield Finding(
            context.in_plan("head", "title", index),
            Message("the plan is for {period}, its title says {words}", period=PeriodWords(period), words=match[0]),
            Message("check whether the year is a slip"),
            words=match[0],
        )


def school_year_as_two_years(context: Context, plan: Plan) -> Iterator[Finding]:
    """Plans of a school year whose period is two whole years, and of which something falls due outside the school year:
    `Hằng tháng` 24 times, `Tháng 10` twice."""
    period = context.period
    if period is None or period != span_of_years(period.start.year, period.start.year + 1):
        return
    school = school_year(period.start.year)
    deadlines = [
        (node, node.deadline.occurrences)
        for node in context.nodes
        if node.item.deadline is not None and isinstance(node.deadline, Deadline)
    ]
    is_of_school = _SCHOOL_YEAR.search(" ".join(plan.head.title)) or any(
        school_time(one.period) for _, due in deadlines for one in due
    )
    outside = [(node, one.due) for node, due in deadlines for one in due if one.due and one.due not in school]
    if is_of_school and outside:
        node, day = outside[0]
        yield Finding(
            context.in_plan("period"),
            Message("the plan is for a school year, and its period for two whole years: '{id}' is due on {day} too",
                id=node.item.id, day=day),
            Message("write '{period}'", period=f"năm học {period.start.year}-{period.end.year}"),
        )  # fmt: skip


def ambiguous_completion(context: Context) -> Iterator[Finding]:
    """Completions of items that are due several times without a period, or with one that names none of the times."""
    for found in context.completions:
        completion, node = found.entry, context.by_id.get(found.entry.item)
        deadline = node.deadline if node else None
        if isinstance(deadline, Deadline) and is_unclear(completion.period, deadline.occurrences):
            codes = [occurrence.period.code for occurrence in deadline.occurrences]
            yield Finding(
                found.at("period" if completion.period else "item"),
                Message("'{id}' is due several times; which one is done?", id=completion.item),
                Message("add 'period', one of: {codes}", codes=listed(codes)),
            )


def done_twice(context: Context) -> Iterator[Finding]:
    """A second completion, in one file, of work that is done once: the better of the two days would count."""
    told: dict[tuple[str, str, Period], LocatedEntry[Completion]] = {}
    for found in context.completions:
        completion = found.entry
        time = done_once(completion, context.by_id.get(completion.item))
        if time is None:
            continue
        first = told.setdefault((found.record.file, completion.item, time), found)
        if first is not found:
            yield Finding(
                found.at("done"),
                Message("'{id}' is done on {day} already", id=completion.item, day=first.entry.done),
                Message("keep one of the two entries; 'qmsplan record --replace' corrects one"),
                first.at("done"),
                first_says=Message("the other entry"),
            )


def is_unclear(period: Period | None, occurrences: Sequence[Occurrence]) -> bool:
    """True if a completion does not say which occurrence it completes.

    Continuous work takes any completion as evidence, work that repeats with an event takes it for the next one."""
    takes_any = any(entry.is_continuous or (entry.trigger and entry.trigger.repeats) for entry in occurrences)
    if takes_any or len(occurrences) < 2:
        return False
    return period is None or not named_occurrences(period, occurrences)


def action_overdue(context: Context) -> Iterator[Finding]:
    """Corrective actions due before the last day recorded and not done (ISO 9001:2015, 10.2)."""
    for found in context.entries("corrective_actions", "audit"):
        action, until = found.entry, context.known_until
        if action.due and until and action.due < until and action.done is None:
            yield Finding(
                found.at("due"),
                Message("the corrective action for '{id}' was due on {due}; on {until} it is still not done",
                    id=action.item, due=action.due, until=until),
                cite(context, "action", Message("add 'done' with the day it was finished, or agree on a new 'due'")),
            )  # fmt: skip


def check_of_action(context: Context) -> Iterator[Finding]:
    """Corrective actions that were checked before they were done, or whose check is half recorded (10.2.1 d)."""
    for found in context.entries("corrective_actions", "audit"):
        action = found.entry
        if action.verified_on is None and action.effective is None:
            continue
        if action.done is None:
            message = Message(
                "the corrective action for '{id}' was checked, but is not recorded as done", id=action.item
            )
            yield Finding(found.at("item"), message, Message("add 'done' with the day it was finished"))
        elif action.verified_on is None:
            message = Message("it is not said when the corrective action for '{id}' was checked", id=action.item)
            yield Finding(found.at("effective"), message, Message("add 'verified_on' and 'verified_by'"))
        elif action.verified_on < action.done:
            yield Finding(
                found.at("verified_on"),
                Message("the corrective action for '{id}' was checked on {day}, before it was done on {done}",
                    id=action.item, day=action.verified_on, done=action.done),
                Message("correct one of the two days; whether it helped can only be checked afterwards"),
            )  # fmt: skip
        elif action.effective is None:
            message = Message("it is not said what the check of the corrective action for '{id}' found", id=action.item)
            yield Finding(found.at("verified_on"), message, Message("add 'effective': yes if it helped, otherwise no"))


def done_after_recorded(context: Context) -> Iterator[Finding]:
    """Completions and events that lie after the day they were recorded."""
    for found in context.entries("completions", "events"):
        day, recorded = happened_on(found.entry), found.entry.recorded
        if recorded and day > recorded:
            name, field = ("item", "done") if found.field == "completions" else ("event", "date")
            yield Finding(
                found.at(field),
                Message("'{id}' is dated {day}, but was recorded earlier, on {recorded}",
                    id=getattr(found.entry, name), day=day, recorded=recorded),
                Message("correct one of the two days; only what has happened is recorded"),
            )  # fmt: skip


def recorded_too_early(context: Context) -> Iterator[Finding]:
    """Readings and corrective actions that were recorded before their period began."""
    for found in context.entries("readings", "corrective_actions", "audit"):
        if found.entry.recorded < found.entry.period.start:
            yield Finding(
                found.at("recorded"),
                Message("{code} had not begun when this was recorded, on {day}",
                    code=PeriodWords(found.entry.period), day=found.entry.recorded),
                Message("check the year of 'period' and of 'recorded'"),
            )  # fmt: skip


def period_not_over(context: Context) -> Iterator[Finding]:
    """Readings that were recorded while their period went on, before the report on it is closed. What adds up may: so
    many classes until then are no miss and no result. What is not measured by a frequency may be about one event, so
    that only the first third of its period is too early."""
    for found, measured in context.measured:
        period, day = found.entry.period, found.entry.recorded
        is_measured_often = measured.node is not None and measured.node.item.frequency is not None
        closed = (
            closes(period, context.calendar) if is_measured_often else period.start + (period.end - period.start) / 3
        )
        if period.start <= day < closed and not _adds_up(measured):
            yield Finding(
                found.at("recorded"),
                Message("{code} went on until {end} when this was recorded, on {day}",
                    code=PeriodWords(period), end=period.end, day=day),
                Message("check 'period'; if it is right, record the figures anew with --replace when the time is over"),
            )  # fmt: skip


def _adds_up(measured: Measured) -> bool:
    """Whether a reading counts something of which more may come."""
    targets = dict(enumerate(measured.node.targets, 1)) if measured.node else {}
    target = targets.get(measured.number or 0)
    return isinstance(target, Target) and not target.is_relative and adds_up(target)


def closes(period: Period, calendar: Calendar) -> date:
    """The day on which the report on a period is closed; the last one of what no report is made on."""
    is_reported = period.start < period.end and "/" not in period.code
    return min(period.end, window_of(period, calendar).end) if is_reported else period.end


def later_than_parent(context: Context) -> Iterator[Finding]:
    """Deadlines that end after that of the item above.

    An objective below a task may: what the task brings about is measured later."""
    for node in context.nodes:
        parent = node.parent.holder("deadline") if node.parent and node.item.deadline is not None else None
        if parent is None or node.is_objective:
            continue
        latest, limit = last_due(node.deadline), last_due(parent.deadline)
        if latest and limit and latest > limit:
            yield Finding(
                context.at(node, "deadline"),
                Message("'{id}' is due by {due}, after '{parent}', which it belongs to and which is due by {limit}",
                    id=node.item.id, due=latest, parent=parent.item.id, limit=limit),
                Message("bring the part forward, or give the whole more time"),
                context.at(parent, "deadline"),
                first_says=Message("the item above it"),
            )  # fmt: skip


def due_before_signing(context: Context, plan: Plan) -> Iterator[Finding]:
    """Deadlines whose last day lies before the plan was signed; an amendment is signed later by nature."""
    signed = None if plan.earlier else plan.first_signed
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
                first_says=Message("the day of signing"),
            )  # fmt: skip


def done_before_plan(context: Context) -> Iterator[Finding]:
    """Completions done before the plan's period began. One after its end is only late, which `status` shows."""
    period = context.period
    for found in context.completions:
        if period and found.entry.done < period.start:
            yield Finding(
                found.at("done"),
                Message("'{id}' was done on {day}, before the plan's period {period}",
                    id=found.entry.item, day=found.entry.done, period=PeriodWords(period)),
                Message("check the year; early in January last year's is easily written"),
            )  # fmt: skip


RULES = (
    Rule("QP201", "deadline-outside-period", Severity.ERROR, deadline_outside_period),
    Rule("QP202", "deadline-not-understood", Severity.ERROR, deadline_not_understood),
    Rule("QP203", "no-period", Severity.ERROR, of_plan(no_period)),
    Rule("QP204", "record-outside-period", Severity.ERROR, record_outside_period),
    Rule("QP205", "plan-year-mismatch", Severity.WARNING, of_plan(plan_year_mismatch)),
    Rule("QP206", "ambiguous-completion", Severity.ERROR, ambiguous_completion),
    Rule("QP207", "action-overdue", Severity.WARNING, action_overdue),
    Rule("QP208", "done-after-recorded", Severity.ERROR, done_after_recorded),
    Rule("QP209", "recorded-too-early", Severity.ERROR, recorded_too_early),
    Rule("QP210", "later-than-parent", Severity.WARNING, later_than_parent),
    Rule("QP211", "due-before-signing", Severity.WARNING, of_plan(due_before_signing)),
    Rule("QP212", "done-before-plan", Severity.WARNING, done_before_plan),
    Rule("QP213", "check-of-action", Severity.WARNING, check_of_action),
    Rule("QP214", "period-not-over", Severity.WARNING, period_not_over),
    Rule("QP215", "done-twice", Severity.WARNING, done_twice),
    Rule("QP352", "school-year-as-two-years", Severity.WARNING, of_plan(school_year_as_two_years)),
)
