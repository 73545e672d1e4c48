"""What a unit is asked over a period: all that it leads, supports or has reported on, with what is recorded so far.

`form_content(...)` takes the plans as `progress` computes them; what is due, late or missed is never judged here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from qmsplan.diagnostics import Message, Path, Translator
from qmsplan.forms.values import (
    FORM_SHEETS,
    FormContent,
    FormKey,
    FormRow,
    answers_of,
    finding_columns,
    finding_number,
    findings_at,
    own_records,
    sheet_of,
)
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, month_count, parse_period, steps, year
from qmsplan.model.plan import Plan
from qmsplan.model.progress import AuditFinding, Completion, CorrectiveAction, Progress, Reading, Record, entries_of
from qmsplan.model.settings import Settings, Unit
from qmsplan.model.structured import Aggregation
from qmsplan.model.text import PeriodWords, capitalized, decimal_text, number_text, period_text, short_date
from qmsplan.output.words import behind_number, state_word
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import measurable, target_numbers
from qmsplan.progress.objective import Subject, subjects
from qmsplan.progress.occurrences import FINISHED, OccurrenceState, State, event_called
from qmsplan.progress.owed import OwedTime, owed_since, owed_times
from qmsplan.progress.plan import ActionState, ItemProgress, PlanProgress, action_state, plan_as_of
from qmsplan.progress.readings import percent
from qmsplan.progress.status import StatusRow, rows_of
from qmsplan.progress.verdict import BAD, Attainment


class FormScope(NamedTuple):
    """For whom, over which period, as of which day and in which language a form is made."""

    unit: Unit
    window: Period
    as_of: date
    translate: Translator

    def period(self, period: Period) -> str:
        """A period as it stands in a cell: `Quý IV năm 2026`."""
        return capitalized(period_text(period, self.translate.language))

    def day(self, day: date | None) -> str:
        """A day as it stands in a cell: `27/11/2026`."""
        return short_date(day, "vi")


def workspace_identity(unit: Unit, register: Register) -> str:
    """The unit and all above it, by which a form is known to be of another agency: `Phòng Nghiệp vụ < Trung tâm …`."""
    names = [unit.name]
    above = register.by_code.get(unit.parent or "")
    while above is not None and above.name not in names:
        names.append(above.name)
        above = register.by_code.get(above.parent or "")
    return " < ".join(names)


class FormPlan(NamedTuple):
    """A plan as forms look at it: as of a day, with its records and their files. It is the same for all units."""

    progress: PlanProgress
    records: tuple[Record, ...]


def form_plans(
    plans: Iterable[tuple[Plan, Sequence[Record]]], window: Period, as_of: date, settings: Settings
) -> tuple[FormPlan, ...]:
    """The plans that a period concerns; blank forms of documents and plans of later years do not."""
    return tuple(
        FormPlan(
            plan_as_of(plan, [record.progress for record in records], settings, as_of, window),
            tuple(records),
        )
        for plan, records in plans
        if not plan.form and plan.period is not None and plan.period.start <= window.end
    )


def form_content(scope: FormScope, plans: Iterable[FormPlan], register: Register) -> FormContent:
    """The rows of a unit's form, in the order of the plans and their items."""
    found: dict[str, list[FormRow]] = {sheet.list: [] for sheet in FORM_SHEETS}
    for plan in plans:
        for row in _PlanRows(scope, plan, register).rows():
            found[row.key.list].append(row)
    names = tuple(unit.name for unit in register.units)
    rows = {name: tuple(of_list) for name, of_list in found.items()}
    return FormContent(scope.unit, scope.window, workspace_identity(scope.unit, register), rows, names)


def is_involved(node: Node, unit: str, own: Sequence[Progress], register: Register, day: date) -> str:
    """What a unit has to do on a day with an item: `lead`, `support`, `reported`; "" for nothing."""
    if unit in register.answering(register.leading(node), day):
        return "lead"
    if unit in register.answering(register.supporting(node), day):
        return "support"
    told = (
        entry
        for record in own
        for entry in entries_of(record)
        if record.unit == unit and not isinstance(entry, AuditFinding)  # who audits does not report on what is audited
    )
    return "reported" if any(getattr(entry, "item", None) == node.item.id for entry in told) else ""


def waiting_for(plan: Plan, nodes: Iterable[Node]) -> dict[str, list[Node]]:
    """The items that wait for each event that a plan declares, by its id."""
    found: dict[str, list[Node]] = {}
    for node in nodes:
        if isinstance(node.deadline, Deadline) and node.is_leaf:
            names = dict.fromkeys(one.trigger.event for one in node.deadline.occurrences if one.trigger)
            for event in filter(None, (event_called(plan, name) for name in names)):
                found.setdefault(event.id, []).append(node)
    return found


def asked_text(node: Node) -> str:
    """What a row asks for: the item, how it is measured and from which source."""
    return plain_text("\n".join((*node.item.text, *node.item.method, *node.item.source)))


class _PlanRows:
    """The rows that one plan gives for a unit."""

    def __init__(self, scope: FormScope, plan: FormPlan, register: Register) -> None:
        self.scope, self.progress, self.plan = scope, plan.progress, plan.progress.plan
        self.kept, self.register = plan.records, register
        self.records = tuple(record.progress for record in plan.records)
        self.own = tuple(record.progress for record in own_records(plan.records, scope.unit.code))
        self.asked: dict[tuple[str, Period], str] = {}
        """The items and periods that may need a corrective action, figures and work that is late, and their state."""
        self.owed: dict[Path, list[OwedTime]] = {}
        """What is still owed of each item for quarters before the window."""
        nodes = (item.node for item in self.progress.items)
        self.roles = {node.path: is_involved(node, scope.unit.code, self.own, register, scope.as_of) for node in nodes}

    def rows(self) -> Iterator[FormRow]:
        """All rows, sheet by sheet."""
        items = [item for item in self.progress.items if self.roles[item.node.path]]
        missed = state_word(Attainment.MISSED, self.scope.translate)
        for item in items:
            self.owed[item.node.path] = owed = self._owed_before(item)
            self.asked |= {(item.node.item.id, one.period): missed for one in owed if one.is_missed}
        shown = {row.node.path: row for row in rows_of(self.progress, items, self.scope.window) if row.is_in_window}
        for item in items:
            yield from self._item_rows(item, shown.get(item.node.path))
        yield from self._event_rows([item.node for item in items])
        for item in items:
            row = shown.get(item.node.path)
            yield from self._action_rows(item, is_missed=row is not None and row.is_missed)
        yield from self._finding_rows()

    def _item_rows(self, item: ItemProgress, row: StatusRow | None) -> Iterator[FormRow]:
        targets = measurable(item.node) if item.node.is_objective else ()
        if targets:
            windows = [self.scope.window] if row or self._is_under_way(item) else []
            windows += [owed.period for owed in self.owed[item.node.path] if not owed.is_missed]
            for number, subject in (subjects(item.facts) if item.facts else {}).items():
                yield from self._readings(item, number, subject, windows)
            return
        lines = list(row.lines) if row else []
        is_open = self.plan.period is not None and self.plan.period.overlaps(self.scope.window)
        if not lines and is_open:
            lines = [line for line in item.occurrences if self._is_open(line)]
        for line in lines:
            yield self._completion(item.node, line, len(item.occurrences))

    def _owed_before(self, item: ItemProgress) -> list[OwedTime]:
        """What the unit still owes for quarters before the window of an item that it leads."""
        if self.plan.period is None or self.roles[item.node.path] != "lead":
            return []
        start = self.scope.window.start
        owed = owed_times(item, self.plan.period, self.scope.as_of)
        since, unit = owed_since(start, self.plan.period), self.scope.unit.code
        asked = (one for one in owed if since <= one.period.end < start)
        return [one for one in asked if not one.units or unit in self.register.answering(one.units, self.scope.as_of)]

    def _is_under_way(self, item: ItemProgress) -> bool:
        """Whether an objective falls due later in the window's year: a part of `400 người` may be reported before."""
        end = self.scope.window.end
        return any(line.due and end < line.due <= year(end.year).end for line in item.occurrences)

    def _is_open(self, line: OccurrenceState) -> bool:
        """Whether work without a day may be done in the window: it waits for an event, or has no deadline."""
        waits = line.state is State.WAITING and line.occurrence.period.overlaps(self.scope.window)
        return waits or line.state is State.NO_DEADLINE

    def _facts(self, node: Node) -> dict[str, str]:
        roles = {"lead": Message("leads"), "support": Message("supports"), "reported": Message("reported")}
        return {
            "plan": self.plan.id,
            "item": node.item.id,
            "asked": asked_text(node),
            "role": self.scope.translate(roles[self.roles[node.path]]),
        }

    def _readings(
        self, item: ItemProgress, number: int, subject: Subject, windows: Sequence[Period]
    ) -> Iterator[FormRow]:
        node, target = item.node, subject.target
        known, all_known = (
            [
                reading
                for record in records
                for reading in record.readings
                if reading.item == node.item.id and target_numbers((reading,), node) == [number]
            ]
            for records in (self.own, self.records)
        )
        periods = [period for window in windows for period in _periods(subject, known, window)]
        for period in dict.fromkeys(periods):
            here = next((reading for reading in known if reading.period == period), None)
            is_own = any(period in owed.period and owed.units for owed in self.owed[node.path])
            if here is None and not is_own and period.end < self.scope.window.start and _are_told(period, all_known):
                continue  # another unit told it, or another target of the item is what is owed
            others = [reading for reading in all_known if reading.period == period] if here is None else []
            last = next(iter(others), None) or _last(known, period) or _last(all_known, period)
            facts = self._facts(node) | {
                "target": target_text(node, number, target, period, self.scope.translate),
                "period": self.scope.period(period),
                "last": self._reading_text(last, target) if last else "",
            }
            self.asked[node.item.id, period] = ""
            key = FormKey("readings", self.plan.id, node.item.id, number, period.code)
            answers = answers_of(here) if here else {}
            yield FormRow(key, facts, answers, open_answers(target), target.quantity if target.counts_shares else "")

    def _reading_text(self, reading: Reading, target: Target) -> str:
        """`Quý III năm 2026: 126/130 (96,92%)`."""
        language = self.scope.translate.language
        if reading.numerator is not None and reading.denominator is not None:
            told = f"{reading.numerator}/{reading.denominator}"
            if reading.denominator:
                share = percent(reading.numerator, reading.denominator) * target.whole / 100
                told += f" ({decimal_text(share, language)}{'‰' if target.whole > 100 else '%'})"
        else:
            value = reading.change if reading.value is None else reading.value
            unit = target.quantity if reading.value is None else target.measured_unit
            told = "" if value is None else number_text(value, language) + behind_number(unit)
        return f"{self.scope.period(reading.period)}: {told}"

    def _completion(self, node: Node, line: OccurrenceState, count: int) -> FormRow:
        period = line.occurrence.period
        code = "" if count == 1 else period.code
        here = own_completion(self.own, node.item.id, code)
        word = state_word(line.state, self.scope.translate)
        if line.state is State.OVERDUE:
            word += " " + self.scope.translate(Message("{days} day(s)", days=line.days))
            self.asked[node.item.id, period] = word
        if line.done:
            word += f", {self.scope.day(line.done)}"
        facts = self._facts(node) | {
            "period": self.scope.period(period),
            "due": self._deadline(node, line),
            "last": word,
        }
        is_closed = here is None and line.state in FINISHED - {State.EVIDENCED}
        columns = frozenset() if is_closed else frozenset({"done", "evidence", "note"})
        key = FormKey("completions", self.plan.id, node.item.id, 0, code)
        return FormRow(key, facts, answers_of(here) if here else {}, columns)

    def _deadline(self, node: Node, line: OccurrenceState) -> str:
        phrase = node.deadline.phrase if isinstance(node.deadline, Deadline) else ""
        day = self.scope.day(line.due)
        return f"{phrase}\n({day})" if phrase and day and day not in phrase else phrase or day

    def _event_rows(self, nodes: Sequence[Node]) -> Iterator[FormRow]:
        waiting = waiting_for(self.plan, nodes)
        for event in self.plan.events:
            if event.id not in waiting:
                continue
            days = event_days_of(self.records, event.id)
            facts = {
                "plan": self.plan.id,
                "event": event.id,
                "asked": plain_text(" ".join(event.text[:1])),
                "waits": "; ".join(node.item.id for node in waiting[event.id]),
                "last": "\n".join(map(self.scope.day, days)),
            }
            key = FormKey("events", self.plan.id, event.id)
            yield FormRow(key, facts, {}, frozenset({"on", "note"}), days=days)

    def _action_rows(self, item: ItemProgress, *, is_missed: bool) -> Iterator[FormRow]:
        """The actions that are open or about the window, and an empty row for each figure and for late work."""
        name = item.node.item.id
        own = [action for record in self.own for action in record.corrective_actions if action.item == name]
        asked = {period: state for (of, period), state in self.asked.items() if of == name}
        bad = {period for period in asked if any(one.attainment in BAD for one in item.measured(period))}
        for period in sorted({*(action.period for action in own), *asked}):
            actions = [action for action in own if action.period == period]
            states = [action_state(action, item.actions, self.scope.as_of) for action in actions]
            for number, (action, state) in enumerate(zip(actions, states, strict=True)):
                if state is not ActionState.CLOSED or period.overlaps(self.scope.window):
                    yield self._action(item.node, period, number, action, self._action_state(state))
            if period in asked and all(state is ActionState.INEFFECTIVE for state in states):
                is_of_it = period in bad or (is_missed and not bad)  # a window may miss where none of its months does
                word = asked[period] or (state_word(Attainment.MISSED, self.scope.translate) if is_of_it else "")
                yield self._action(item.node, period, len(actions), None, word)

    def _finding_rows(self) -> Iterator[FormRow]:
        """What audits found at the unit: what is open, and what was found about the window."""
        items = {item.node.item.id: item for item in self.progress.items}
        for _, _, finding in findings_at(self.scope.unit.code, self.kept, self.register, self.scope.as_of):
            item = items.get(finding.item)
            state = action_state(finding, item.actions if item else (), self.scope.as_of)
            if state is ActionState.CLOSED and not finding.period.overlaps(self.scope.window):
                continue
            facts = {
                "plan": self.plan.id,
                "item": finding.item,
                "asked": plain_text("\n".join(item.node.item.text)) if item else "",
                "period": self.scope.period(finding.period),
                "clause": finding.clause,
                "finding": plain_text("\n".join(finding.finding)),
                "last": self._action_state(state),
            }
            number = finding_number(finding)
            key = FormKey("audit", self.plan.id, finding.item, 0, finding.period.code, number)
            yield FormRow(key, facts, answers_of(finding), finding_columns(finding))

    def _action(self, node: Node, period: Period, number: int, action: CorrectiveAction | None, state: str) -> FormRow:
        facts = self._facts(node) | {"period": self.scope.period(period), "last": state}
        key = FormKey("corrective_actions", self.plan.id, node.item.id, 0, period.code, number)
        columns = sheet_of("corrective_actions").answer_ids
        return FormRow(key, facts, answers_of(action) if action else {}, columns)

    def _action_state(self, state: ActionState) -> str:
        words = {
            ActionState.LATE: Message("late"),
            ActionState.OPEN: Message("not done yet"),
            ActionState.INEFFECTIVE: Message("did not help: another one is needed"),
            ActionState.UNVERIFIED: Message("done, not checked yet"),
            ActionState.CLOSED: Message("closed"),
        }
        return self.scope.translate(words[state])


_ASKED = {
    Aggregation.CUMULATIVE: Message("running total from the start of the year"),
    Aggregation.LATEST: Message("what there is at the end of the period"),
    Aggregation.FINAL: Message("what there is at the end of the period"),
}


def target_text(node: Node, number: int, target: Target, period: Period, translate: Translator) -> str:
    """The target of a period, that of the whole plan beside it where they differ, and what the figure is to be, where
    it is not what arose in its period: a running total is held against what is planned until then."""
    item, is_first = node.item, number == 1
    planned = {parse_period(code): value for code, value in (item.plan or {}).items()} if is_first else {}
    own = (item.horizons or {}).get(period.code, "") if is_first else ""
    if period in planned:
        own = number_text(planned[period], translate.language)
    so_far = sum(value for time, value in planned.items() if time.end <= period.end)
    unit = behind_number(target.measured_unit)
    if period in planned and target.aggregation is Aggregation.CUMULATIVE and so_far != planned[period]:
        total = number_text(Decimal(so_far), translate.language) + unit
        own = translate(Message("{total} in all by the end of {period} (in it alone: {own})",
            total=total, period=PeriodWords(period), own=own))  # fmt: skip
    elif own.replace(",", "").replace(".", "").isdecimal():
        own += unit
    whole = translate(Message("whole plan: {target}", target=target.phrase))
    word = _ASKED.get(target.aggregation or Aggregation.SUM)
    return (f"{own}\n({whole})" if own else target.phrase) + (f" ({translate(word)})" if word else "")


def open_answers(target: Target) -> frozenset[str]:
    """The columns that a figure of a target may be typed into: counts where shares are measured, a value elsewhere."""
    found = {"value", "evidence", "note"}
    if target.counts_shares or target.is_relative or not target.quantity:
        found |= {"num", "den"}
    return frozenset(found | ({"baseline", "change"} if target.is_relative else set()))


def own_completion(own: Iterable[Progress], item: str, code: str) -> Completion | None:
    """The completion of an item that a unit has recorded: for a period, or whatever it names if the code is ""."""
    found = (entry for record in own for entry in record.completions if entry.item == item)
    return next((entry for entry in found if not code or (entry.period and entry.period.code == code)), None)


def event_days_of(records: Iterable[Progress], event: str) -> tuple[date, ...]:
    """The days on which an event is recorded to have happened, by whichever unit."""
    return tuple(sorted({entry.date for record in records for entry in record.events if entry.event == event}))


def _last(readings: Iterable[Reading], period: Period) -> Reading | None:
    """The latest reading before a period."""
    earlier = (reading for reading in readings if reading.period.end < period.start)
    return max(earlier, key=lambda reading: (reading.period.end, reading.recorded), default=None)


def _are_told(period: Period, readings: Iterable[Reading]) -> bool:
    return any(reading.period.overlaps(period) for reading in readings)


def _periods(subject: Subject, known: Sequence[Reading], window: Period) -> tuple[Period, ...]:
    """The times that end in a window and whose figures are asked for: those of its frequency or its phrase, else as
    often as the unit has reported so far, else as often as it is evaluated."""
    asked = subject.asked_for(window)
    if subject.rhythm:
        return asked
    until = [reading.period for reading in known if reading.period.end <= window.end]
    habit = max(until, key=lambda period: (period.end, -(period.end - period.start).days), default=None)
    if habit is None or window in asked or habit in subject.asked_for(habit):
        return asked or (window,)
    return _parts(window, month_count(habit)) or (window,)


def _parts(window: Period, length: int) -> tuple[Period, ...]:
    """The parts of a window of so many months, or the longer period of this length that ends with it; none for parts
    that a year does not hold whole."""
    if 12 % length:
        return ()
    longer = steps(year(window.end.year), length)
    return steps(window, length) or tuple(step for step in longer if step.end == window.end)
