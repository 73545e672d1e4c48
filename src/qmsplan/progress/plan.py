"""The state of a whole plan as of a day, from the records that were known by then; and which states change if another
version of the plan is held against the same records, for `qmsplan diff`.

Also its corrective actions that are still open: not done, late, done but not checked, or without effect. ISO 9001:2015,
10.2 asks not only to act on a miss but to review whether the action helped (10.2.1 d). An action is closed when a check
found it effective, or when another one followed a check that did not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from qmsplan.diagnostics import Path
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import (
    LISTS,
    Completion,
    CorrectiveAction,
    EventRecord,
    Progress,
    ProgressEntry,
    Reading,
    counts_from,
    happened_on,
    recorded_on,
    versions,
)
from qmsplan.model.settings import SETTINGS, Settings
from qmsplan.model.text import phrase
from qmsplan.phrases.aggregation import takes_last
from qmsplan.phrases.item_tree import LISTS as ITEM_LISTS
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.people import Register
from qmsplan.progress.measurement import Measurement, Reached, TargetKind, kind_of, measurable
from qmsplan.progress.objective import Subject, attainments, measures, measures_over, subjects
from qmsplan.progress.objective_facts import ObjectiveFacts, recorded_facts
from qmsplan.progress.occurrences import (
    FINISHED,
    WORST_STATE_FIRST,
    DueDay,
    OccurrenceState,
    RecordedFacts,
    State,
    due_days,
    occurrence_states,
)
from qmsplan.progress.verdict import WORST_FIRST, Attainment


def known_on(record: Progress, as_of: date, made: date | None = None) -> Progress:
    """A progress file without the entries that count only from a later day (`model.progress.counts_from`).

    A report that is made after its period (`made`) knows what was recorded by then about the time until `as_of`."""
    known = {name: tuple(filter(None, (known_as(e, as_of, made) for e in getattr(record, name)))) for name in LISTS}
    return record.replaced(**known)


def known_as(entry: ProgressEntry, as_of: date, made: date | None = None) -> ProgressEntry | None:
    """What an entry said on a day, before it was corrected; None if it was not known by then."""
    if _is_known(entry, as_of, made):  # nearly all
        return entry
    return next((one for one in versions(entry) if _is_known(one, as_of, made)), None)


def _is_known(entry: ProgressEntry, as_of: date, made: date | None) -> bool:
    if counts_from(entry) <= as_of:
        return True
    if made is None or recorded_on(entry) > made:
        return False
    if isinstance(entry, Completion | EventRecord):
        return happened_on(entry) <= as_of
    return entry.period.end <= as_of


Entry = TypeVar("Entry", Completion, CorrectiveAction, Reading)


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """An item as of a day: its occurrences, its readings, and the corrective actions about it."""

    node: Node
    occurrences: tuple[OccurrenceState, ...]
    readings: tuple[Reading, ...]
    actions: tuple[CorrectiveAction, ...]

    facts: ObjectiveFacts | None = None
    """What is known of an objective; None for another item."""

    def measured(self, window: Period, *, trends: bool = False) -> tuple[Measurement, ...]:
        """Each target of an objective over a window; nothing for another item."""
        return measures(self.facts, window, trends=trends) if self.facts else ()

    def measured_over(self, windows: Iterable[Period]) -> Iterator[Measurement]:
        """Each target that can be measured over each of some windows."""
        return measures_over(self.facts, windows) if self.facts else iter(())

    def actions_on(self, window: Period, late: Iterable[Period]) -> tuple[CorrectiveAction, ...]:
        """The actions on a window, on the times that are measured in it, such as the half-year that ends with a second
        quarter, and on times whose work is late."""
        known = subjects(self.facts).values() if self.facts and self.actions else ()
        times = {window, *late, *(time for subject in known for time in subject.asked_for(window))}
        return tuple(action for action in self.actions if any(map(action.answers, times)))


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """A plan as of a day, in document order."""

    plan: Plan
    as_of: date
    items: tuple[ItemProgress, ...]
    events: dict[str, tuple[date, ...]]
    """The days on which each event happened, by its id and by its words."""
    records: tuple[Progress, ...] = field(default=(), compare=False)
    """The progress files, without what is not known on the day."""


def event_in_words(plan: Plan, name: str) -> str:
    """The event that a deadline waits for: the text of the plan's event with this id, else the phrase's own words."""
    return plan.event_texts.get(name, name)


def awaited_event(plan: Plan, lines: Iterable[OccurrenceState]) -> str:
    """The event that an item waits for; "" if it waits for none."""
    for line in lines:
        if line.state is State.WAITING and line.occurrence.trigger:
            return event_in_words(plan, line.occurrence.trigger.event)
    return ""


def plan_as_of(
    plan: Plan,
    records: Iterable[Progress],
    settings: Settings,
    as_of: date,
    window: Period | None = None,
    made: date | None = None,
) -> PlanProgress:
    """The state of a plan as of a day; later records do not count. `settings` of its workspace say how deadlines are
    read, when figures are on time, and which units there are.

    What is due in `window` is due, the rest upcoming; it is the quarter of the day if not given. `made` is the day of a
    report that is made later than the day it speaks of: figures about the time until that day count if they were
    recorded by then, and whether they came in time is judged on it."""
    nodes = outline(plan, settings.deadlines, settings.names_by_code)
    return plan_progress(plan, nodes, records, as_of, settings, window, made)


def plan_progress(
    plan: Plan,
    nodes: Sequence[Node],
    records: Iterable[Progress],
    as_of: date,
    settings: Settings = SETTINGS,
    window: Period | None = None,
    made: date | None = None,
) -> PlanProgress:
    """As `plan_as_of`, of some items of the plan."""
    known = _Known(plan, records, settings, as_of, window, made)
    items = tuple(_item(node, known, plan.period) for node in nodes) if plan.period else ()
    return PlanProgress(plan, as_of, items, known.events, known.records)


class _Known:
    """Records of all files by item, up to a day."""

    def __init__(
        self,
        plan: Plan,
        records: Iterable[Progress],
        settings: Settings,
        as_of: date,
        window: Period | None,
        made: date | None,
    ) -> None:
        self.records = known = tuple(known_on(record, as_of, made) for record in records)
        self.settings, self.register = settings, Register.of(settings)
        self.as_of, self.window, self.judged = as_of, window, made or as_of
        self.signed = plan.first_signed if plan.first_signed and plan.first_signed <= as_of else None
        self.completions = _by_item(entry for record in known for entry in record.completions)
        self.readings = _by_item(entry for record in known for entry in record.readings)
        self.units: dict[str, list[str]] = defaultdict(list)
        read = [record for record in known if record.readings]
        if len(read) > 1:
            for record in read:
                for entry in record.readings:
                    self.units[entry.item].append(record.unit or "")
        self.actions = _by_item(entry for record in known for entry in (*record.corrective_actions, *record.audit))
        self.events = _by_name(plan, (entry for record in known for entry in record.events))


def _by_item(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.item].append(entry)
    return found


def _by_name(plan: Plan, event_days: Iterable[EventRecord]) -> dict[str, tuple[date, ...]]:
    """The days of events, by the event's id and by all wordings that deadlines have for it."""
    words = {event.id: [phrase(line).lower() for line in event.text] for event in plan.events}
    days: dict[str, set[date]] = defaultdict(set)
    for happening in event_days:
        for name in (happening.event, *words.get(happening.event, ())):
            days[name].add(happening.date)
    return {name: tuple(sorted(found)) for name, found in days.items()}


def _item(node: Node, known: _Known, period: Period) -> ItemProgress:
    name = node.item.id
    readings, units = tuple(known.readings.get(name, ())), tuple(known.units.get(name, ()))
    facts = recorded_facts(node, readings, period, units, known.register) if node.is_objective else None
    recorded = RecordedFacts(
        completions=_completions(node, known),
        readings=readings,
        judged=_judged(facts) if facts else (),
        events=known.events,
        as_of=known.judged if node.is_objective else known.as_of,
        period=period,
        signed=known.signed,
        conventions=known.settings.deadlines,
        window=known.window,
        is_objective=node.is_objective,
        reporting=known.settings.reporting.days if node.is_objective else 0,
    )
    states = occurrence_states(node, recorded)
    if facts:
        dues = tuple(DueDay(entry.occurrence.period, entry.due) for entry in states) or due_days(node, period)
        facts = replace(facts, dues=dues, as_of=known.judged, reporting=known.settings.reporting.days)
        states = _with_reached(states, facts)
    actions = tuple(sorted(known.actions.get(name, ()), key=_by_time))
    return ItemProgress(node, states, readings, actions, facts)


def _judged(facts: ObjectiveFacts) -> list[Reading]:
    """The readings of an objective that evaluate it: those without a fault whose change can be computed."""
    unjudged: frozenset[int] = frozenset()
    if any(target.is_relative for _, target in measurable(facts.node)):
        found = attainments(facts)
        unjudged = frozenset(at for at, told in enumerate(found) if told is Attainment.NO_BASELINE)
    return [one.reading for at, one in enumerate(facts.measured) if at not in unjudged and one.fault is None]


def _by_time(action: CorrectiveAction) -> tuple[date, date, str]:
    return action.period.end, action.recorded, "\n".join((*action.cause, *action.action))


def _with_reached(states: tuple[OccurrenceState, ...], facts: ObjectiveFacts) -> tuple[OccurrenceState, ...]:
    """The due days of an objective; those of amounts that were reached are done."""
    if not facts.readings or all(entry.state in FINISHED for entry in states):
        return states
    reached = reached_days(facts)
    return tuple(
        _reached_line(entry, reached[entry.due]) if entry.due in reached and entry.state not in FINISHED else entry
        for entry in states
    )


def _reached_line(entry: OccurrenceState, reached: Reached) -> OccurrenceState:
    state = State.DONE_LATE if reached.days_late else State.DONE
    return replace(entry, state=state, done=reached.day, days=reached.days_late, last=None)


def _completions(node: Node, known: _Known) -> list[Completion]:
    """The completions of an item and of those above it, up to the one whose deadline it inherits."""
    found: list[Completion] = []
    for one in node.upward:
        found += known.completions.get(one.item.id, ())
        if one.item.deadline is not None:
            break
    return found


_BAD = frozenset({State.OVERDUE, State.NO_DATA, Attainment.MISSED, Attainment.EXCEEDED})


class ItemStateChange(NamedTuple):
    """An item whose state is another one in the new version; None where it is not there, or has no such state."""

    item: str
    text: str
    old: State | Attainment | None
    new: State | Attainment | None


class _ItemState(NamedTuple):
    text: str
    state: State | Attainment


def state_changes(old: PlanProgress | None, new: PlanProgress | None) -> tuple[ItemStateChange, ...]:
    """The items whose state differs, in the order of the new version. An item that comes or goes is listed only if
    it is overdue or missed."""
    before, after = _item_states(old), _item_states(new)
    found = []
    for key in dict.fromkeys((*after, *before)):
        known = after.get(key) or before[key]
        states = [of[key].state if key in of else None for of in (before, after)]
        if states[0] is not states[1] and (None not in states or _BAD.intersection(states)):
            found.append(ItemStateChange(key[0], known.text, *states))
    return tuple(found)


def _item_states(progress: PlanProgress | None) -> dict[tuple[str, str], _ItemState]:
    """The state and the attainment of each item, by its id and by which of the two it is."""
    found: dict[tuple[str, str], _ItemState] = {}
    if progress is None or progress.plan.form or progress.plan.period is None:
        return found
    for item in progress.items:
        name, text = item.node.item.id, plain_text(" ".join(item.node.item.text))
        states = {occurrence.state for occurrence in item.occurrences}
        attained = {one.attainment for one in item.measured(progress.plan.period)}
        if state := next((state for state in WORST_STATE_FIRST if state in states), None):
            found[name, "state"] = _ItemState(text, state)
        if attainment := next((one for one in WORST_FIRST if one in attained), None):
            found[name, "attainment"] = _ItemState(text, attainment)
    return found


def reached_days(facts: ObjectiveFacts) -> dict[date, Reached]:
    """For each day on which the amounts of an objective are due, when all of them were reached. What is reached early
    is done: its day does not pass unmet. Nothing for an objective that has another target too."""
    found: dict[date, list[Reached | None]] = {}
    for index, target in measurable(facts.node):
        if kind_of(target) is not TargetKind.AMOUNT or facts.node.item.plan or target.time or takes_last(target):
            return {}
        subject = Subject(facts, facts.of_target(index), {}, {})
        for due in (entry.due for entry in facts.dues if entry.due):
            found.setdefault(due, []).append(subject.reached_by(due, facts.as_of))
    days = {due: [entry for entry in reached if entry] for due, reached in found.items()}
    return {
        due: Reached(max(entry.day for entry in known), max(entry.days_late for entry in known))
        for due, known in days.items()
        if len(known) == len(found[due])
    }


class ActionState(StrEnum):
    """Where a corrective action stands as of a day."""

    LATE = "late"
    """Not done, and its day has passed."""
    OPEN = "open"
    """Not done; it is not due yet or has no day."""
    INEFFECTIVE = "ineffective"
    """Done and checked: it did not help, and no other action has followed."""
    UNVERIFIED = "unverified"
    """Done; nobody has checked yet whether it helped."""
    CLOSED = "closed"
    """Done and found effective, or followed by another one."""


_MOST_URGENT = (ActionState.LATE, ActionState.INEFFECTIVE, ActionState.OPEN, ActionState.UNVERIFIED)


class OpenAction(NamedTuple):
    """A corrective action that is not closed, with its item. `days` counts days late, 0 unless it is `late`.

    Its fields (`cause`, `action`, `lead`, `due`, `correction` …) are those of `action`; days in them that lie after the
    day asked for do not count, as `state` says."""

    plan: str
    node: Node
    action: CorrectiveAction
    state: ActionState
    days: int

    def alone(self) -> OpenAction:
        """The action with its item, without what stands above and below the item in the plan."""
        item = self.node.item.replaced(**dict.fromkeys(ITEM_LISTS, ()))
        return self._replace(node=self.node._replace(item=item, parent=None))


def action_state(action: CorrectiveAction, others: Iterable[CorrectiveAction], as_of: date) -> ActionState:
    """Where an action stands as of a day; `others` are all actions on its item that were known by then."""
    checked = action.verified_on or action.recorded
    if action.effective is not None and checked <= as_of:
        followed = any(  # another action was taken on the same miss after the check
            other != action and other.period.overlaps(action.period) and other.recorded >= checked for other in others
        )
        return ActionState.CLOSED if action.effective or followed else ActionState.INEFFECTIVE
    if action.done and action.done <= as_of:
        return ActionState.UNVERIFIED
    return ActionState.LATE if action.due and action.due < as_of else ActionState.OPEN


def open_actions(plan: PlanProgress) -> tuple[OpenAction, ...]:
    """The corrective actions of a plan that are open as of its day: the most urgent first; in document order where
    nothing else tells them apart."""
    found = [
        OpenAction(
            plan.plan.id,
            item.node,
            action,
            state,
            (plan.as_of - action.due).days if state is ActionState.LATE and action.due else 0,
        )
        for item in plan.items
        for action in item.actions
        if (state := action_state(action, item.actions, plan.as_of)) is not ActionState.CLOSED
    ]
    return tuple(sorted(found, key=urgency))


def urgency(one: OpenAction) -> tuple[int, int, date]:
    """The order of what is open: late longest, then what did not help, then what is due soonest."""
    return _MOST_URGENT.index(one.state), -one.days, one.action.due or date.max


def weighted_mean(parts: Iterable[tuple[float, float]]) -> float | None:
    """The mean of values by their weights, given as pairs of weight and value; None if nothing weighs anything."""
    given = [(weight, value) for weight, value in parts if weight]
    total = sum(weight for weight, _ in given)
    return sum(weight * value for weight, value in given) / total if total else None


def progress_of(found: Iterable[tuple[Node, float | None]]) -> float | None:
    """How far the promises of a plan are kept, 0 to 1, from those of its items; an item may be given several times,
    and counts with its mean.

    What an item itself attained counts before what stands below it; an item without a result of its own (None) is as
    far as the items below it, and as nothing where there are none: what is not known is not done. Items that are not
    given do not count. `weight` compares the items of one parent; a group without one weighs what its items do, if
    each of them has one."""
    own: dict[Path, list[float]] = defaultdict(list)
    nodes: dict[Path, Node] = {}
    unknown: set[Path] = set()
    for node, value in found:
        if value is None:
            unknown.add(node.path)
        else:
            own[node.path].append(value)
        nodes |= {one.path: one for one in node.upward}
    return _rolled_up(nodes, {path: sum(values) / len(values) for path, values in own.items()}, unknown)


def _rolled_up(nodes: Mapping[Path, Node], own: Mapping[Path, float], unknown: Collection[Path]) -> float | None:
    below: dict[Path, list[tuple[float, float]]] = defaultdict(list)
    unweighed: set[Path] = set()  # groups with an item without weight: the others weigh what their items do together
    for path, node in sorted(nodes.items(), key=lambda entry: (-entry[1].depth, repr(entry[0]))):  # deepest first
        value = own[path] if path in own else weighted_mean(below[path])
        if value is None and path not in unknown:
            continue
        above = node.parent.path if node.parent else ()
        weight = _weight(node, () if path in unweighed else below[path])
        if weight is None:
            unweighed.add(above)
        below[above].append((1 if weight is None else weight, value or 0.0))
    return weighted_mean(below[()])


def _weight(node: Node, below: Sequence[tuple[float, float]]) -> float | None:
    """What an item weighs: a group what its items do, where each of them has a weight. None if nothing says it."""
    if node.item.weight is None:
        return sum(weight for weight, _ in below) if node.kind == "group" and below else None
    return float(node.item.weight)
