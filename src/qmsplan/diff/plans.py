"""Two versions of a plan to the changes between them, each with its weight. None is left out: applied to the old
version, they give the new one.

`compare` pairs all plans of two revisions by their ids; `step` is one commit in the history of a plan, for `qmsplan
log`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from qmsplan.diagnostics import Path, UserError
from qmsplan.diff.changes import (
    CHILDREN,
    ORDER,
    ROOT,
    SECTIONS,
    Change,
    ChangeKind,
    ChangePlace,
    Key,
    PlanPart,
    Weight,
    Where,
    plan_parts,
)
from qmsplan.model.fields import FileModel
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period
from qmsplan.model.plan import FREQUENCIES, Plan
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.model.structured import Aggregation, DeadlineForm
from qmsplan.phrases.aggregation import adds_up
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import (
    Node,
    base_of,
    horizon_target,
    item_targets,
    outline,
    planned_target,
    understand_in_unit,
)
from qmsplan.phrases.target import Target, TargetRange, accepted, in_unit_of, is_alike


def weigh_targets(old: Sequence[Target | UserError], new: Sequence[Target | UserError]) -> Weight:
    """The weight of a change of an item's targets: the heaviest of its parts."""
    weights = [_weigh(before, after) for before, after in zip_longest(old, new)]
    return min(weights, key=ORDER.__getitem__, default=Weight.OTHER)


def _weigh(old: Target | UserError | None, new: Target | UserError | None) -> Weight:
    if old is None or new is None:
        return Weight.TIGHTENED if old is None else Weight.LOOSENED
    if not isinstance(old, Target) or not isinstance(new, Target):
        return Weight.UNCLEAR
    new = in_unit_of(new, old)
    old_range, new_range = accepted(old), accepted(new)
    if old_range is None or new_range is None:  # a direction, or `khoảng 80%`, asks for less than any number does
        return _weigh_directions(old, new)
    if not _are_comparable(old, new):
        return Weight.UNCLEAR
    return _weigh_ranges(old_range, new_range, _weigh_promises(old, new))


def _weigh_directions(old: Target, new: Target) -> Weight:
    if not old.is_measurable and not new.is_measurable:
        return Weight.OTHER if old.phrase == new.phrase else Weight.UNCLEAR
    return Weight.TIGHTENED if not old.is_measurable else Weight.LOOSENED


def _are_comparable(old: Target, new: Target) -> bool:
    """Whether two targets of one item measure the same thing; one that does not say what it counts counts what the
    item is about."""
    populations = {target.population.casefold() for target in (old, new)} - {""}
    return len(populations) < 2 and is_alike(old, new) and _compared_with(old) == _compared_with(new)


def _compared_with(target: Target) -> tuple[object, ...]:
    return (target.baseline_text, target.is_subset, target.criterion and target.criterion._replace(phrase=""))


def _weigh_promises(old: Target, new: Target) -> Weight:
    """A promise that is now only striven for, or only holds if a case arises, is less of one."""
    steps = {new.is_striven_for - old.is_striven_for, new.is_conditional - old.is_conditional} - {0}
    if len(steps) > 1:  # only if a case arises, but no longer only striven for
        return Weight.UNCLEAR
    return Weight.LOOSENED if steps == {1} else Weight.TIGHTENED if steps else Weight.OTHER


def _weigh_ranges(old: TargetRange, new: TargetRange, promised: Weight) -> Weight:
    """A target that accepts more than before is looser, one that accepts less is tighter."""
    if old == new:
        return promised
    if new.includes(old):
        return Weight.LOOSENED
    if old.includes(new):
        return Weight.LOOSENED if promised is Weight.LOOSENED else Weight.TIGHTENED
    return Weight.UNCLEAR


def weigh_deadlines(old: Deadline | UserError | None, new: Deadline | UserError | None) -> Weight:
    """Later, if by some day fewer things are due than were; else earlier, if by some day more are."""
    if old is None or new is None:
        return Weight.OTHER if old is new else Weight.EARLIER if old is None else Weight.LATER
    if not isinstance(old, Deadline) or not isinstance(new, Deadline):
        return Weight.UNCLEAR
    pairs = list(zip_longest(_due_days(old), _due_days(new), fillvalue=date.max))  # what is not there is never due
    if any(after > before for before, after in pairs):
        return Weight.LATER
    if any(after < before for before, after in pairs):
        return Weight.EARLIER
    return Weight.OTHER if _waiting(old) == _waiting(new) else Weight.UNCLEAR


def _due_days(deadline: Deadline) -> list[date]:
    return sorted(occurrence.due for occurrence in deadline.occurrences if occurrence.due)


def _waiting(deadline: Deadline) -> set[object]:
    """What has no due day: occurrences that wait for an event, and continuous ones."""
    return {occurrence for occurrence in deadline.occurrences if occurrence.due is None}


class _Side(NamedTuple):
    """One version: its parts by key, its items by path."""

    parts: dict[Key, PlanPart]
    nodes: dict[Path, Node]

    def node(self, key: Key) -> Node | None:
        return self.nodes.get(self.parts[key].path) if key in self.parts else None


def changes_between(old: Plan, new: Plan, conventions: Conventions = CONVENTIONS) -> tuple[Change, ...]:
    """All changes: those that loosen a promise first, then in the order of the document."""
    parts = plan_parts(old, new)
    sides = [
        _Side(found, {node.path: node for node in outline(plan, conventions)})
        for found, plan in zip(parts, (old, new), strict=True)
    ]
    found = _Comparison(sides[0], sides[1]).changes()
    return tuple(sorted(found, key=lambda change: ORDER[change.weight]))


def without_parts(value: Any) -> Any:
    """A part without the parts in it."""
    empty: dict[str, Any] = {name: () for name in CHILDREN if hasattr(value, name)}
    return value.replaced(**empty)


class _Comparison:
    """Goes through the parts of the new version in order, then through those that are gone."""

    def __init__(self, old: _Side, new: _Side) -> None:
        self.old, self.new = old, new
        self.moved = frozenset(self.moves())

    def changes(self) -> Iterator[Change]:
        for key, part in self.new.parts.items():
            if key not in self.old.parts:
                yield self.added(part)
                continue
            if key in self.moved:
                yield self.move(part)
            yield from self.fields(self.old.parts[key], part)
        yield from (self.removed(part) for key, part in self.old.parts.items() if key not in self.new.parts)

    def moves(self) -> Iterator[Key]:
        """The parts that stand in another list, or at another place among those of their list that stayed."""
        for key, part in self.new.parts.items():
            if key == ROOT or key not in self.old.parts:
                continue
            before = self.old.parts[key]
            if (before.parent, before.kind) != (part.parent, part.kind):
                yield key
        for key, part in self.new.parts.items():
            for name, after in part.children.items():
                before_in = self.old.parts[key].children.get(name, ()) if key in self.old.parts else ()
                stayed = set(before_in) & set(after)
                yield from _overtaken([k for k in before_in if k in stayed], [k for k in after if k in stayed])

    def fields(self, old: PlanPart, new: PlanPart) -> Iterator[Change]:
        for field, before, after in _leaves(old.value, new.value, ()):
            weight = self.weight(new.key, field, before, after)
            yield _change_of_part(ChangeKind.CHANGED, new, before, after, weight, field)

    def weight(self, key: Key, field: tuple[str, ...], old: object, new: object) -> Weight:
        if field == ("period",) and isinstance(old, Period) and isinstance(new, Period) and old.end != new.end:
            return Weight.LATER if new.end > old.end else Weight.EARLIER
        before, after = self.old.node(key), self.new.node(key)
        if before is None or after is None:
            return Weight.OTHER
        if field[0] in _BY_PERIOD and len(field) > 1:
            return weigh_targets(_of_period(before, old), _of_period(after, new))
        return _WEIGHED[field[0]](before, after) if field[0] in _WEIGHED else Weight.OTHER

    def added(self, part: PlanPart) -> Change:
        weight = Weight.TIGHTENED if _promises(self.new.node(part.key)) else Weight.OTHER
        change = _change_of_part(ChangeKind.ADDED, part, None, without_parts(part.value), weight)
        return change._replace(place=self.place(self.new, part))

    def removed(self, part: PlanPart) -> Change:
        weight = Weight.LOOSENED if _promises(self.old.node(part.key)) else Weight.OTHER
        return _change_of_part(ChangeKind.REMOVED, part, without_parts(part.value), None, weight)

    def move(self, part: PlanPart) -> Change:
        places = self.place(self.old, self.old.parts[part.key]), self.place(self.new, part)
        before, after = self.old.node(part.key), self.new.node(part.key)
        is_inherited = before and after and before.item.deadline is None and after.item.deadline is None
        weight = weigh_deadlines(before.deadline, after.deadline) if is_inherited and before and after else Weight.OTHER
        return _change_of_part(ChangeKind.MOVED, part, *places, weight)

    def place(self, side: _Side, part: PlanPart) -> ChangePlace:
        parent = side.parts[part.parent or ROOT]
        siblings = parent.children[part.kind]
        index = siblings.index(part.key)
        return ChangePlace(_where_of(parent), part.kind, _where_of(side.parts[siblings[index - 1]]) if index else None)


def _change_of_part(
    kind: ChangeKind, part: PlanPart, old: object, new: object, weight: Weight, field: tuple[str, ...] = ()
) -> Change:
    text = plain_text(" ".join(getattr(part.value, "text", ())))
    return Change(kind, _where_of(part), field, old, new, weight, text)


def _promises(node: Node | None) -> bool:
    """Whether something is due or measured because of an item."""
    return node is not None and (bool(node.targets) or (node.is_leaf and node.deadline is not None))


def _overtaken(old: Sequence[Key], new: Sequence[Key]) -> Iterator[Key]:
    """Of the same keys in two orders, those that have to be taken out so that the others stand in one order."""
    if old != new:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        kept = {key for block in blocks for key in new[block.b : block.b + block.size]}
        yield from (key for key in new if key not in kept)


def _leaves(old: Any, new: Any, prefix: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object, object]]:
    """The fields of two instances that differ; inside a group of fields such as the head, the group's own fields."""
    for name, before in old:
        path, after = (*prefix, name), getattr(new, name)
        if name in CHILDREN or before == after:
            continue
        if _is_group(before) and _is_group(after):
            yield from _leaves(before, after, path)
        elif isinstance(before, Mapping) or isinstance(after, Mapping):
            old_values, new_values = before or {}, after or {}
            keys = (key for key in {**old_values, **new_values} if old_values.get(key) != new_values.get(key))
            yield from (((*path, key), old_values.get(key), new_values.get(key)) for key in keys)
        else:
            yield path, before, after


def _is_group(value: object) -> bool:
    """True for the head, the sign-off and their like. A structured deadline is one value."""
    return isinstance(value, FileModel) and not isinstance(value, DeadlineForm)


_BY_PERIOD = frozenset({"plan", "horizons"})
"""Fields with a value for each of several periods that a result of the period is held against."""


def _aggregations_of(node: Node) -> tuple[object, ...]:
    """What the readings on each target of an item come to, as said or as understood."""
    found = (target for target in node.targets if isinstance(target, Target))
    return tuple(target.aggregation or (Aggregation.SUM if adds_up(target) else None) for target in found)


def _weigh_frequencies(before: Node, after: Node) -> Weight:
    """A level that has to hold at each time promises less if it is measured more rarely; what is judged once, as a sum
    or on its day, promises the same."""
    if not {None, Aggregation.LATEST} & {*_aggregations_of(after)}:
        return Weight.OTHER
    old, new = before.item.frequency, after.item.frequency
    if old is None or new is None:
        return Weight.UNCLEAR
    return Weight.LOOSENED if FREQUENCIES[new] > FREQUENCIES[old] else Weight.TIGHTENED


def _weigh_bases(before: Node, after: Node) -> Weight:
    """A reduction from a higher value ends at a higher one, and so promises less; a rise from there promises more."""
    changing = [target for target in after.targets if isinstance(target, Target) and target.is_relative]
    if not changing:
        return Weight.OTHER
    old, new = (base_of(node.item.base or "", node.item.unit or "") for node in (before, after))
    if old is None or new is None or old.year != new.year or old.value == new.value or len(changing) > 1:
        return Weight.UNCLEAR
    return Weight.LOOSENED if (new.value > old.value) == changing[0].falls else Weight.TIGHTENED


def _weigh_texts(before: Node, after: Node) -> Weight:
    """`Số vụ vi phạm tối đa` makes a target of 17 the most that there may be, `Số vụ phát hiện` does not. A change in
    the target itself is told of itself."""
    texts = (before.item.text, after.item.text)
    old, new = ([target for _, target in item_targets(before.item.replaced(text=text))] for text in texts)
    return weigh_targets(old, new) if all(isinstance(target, Target) for target in (*old, *new)) else Weight.OTHER


_WEIGHED: dict[str, Callable[[Node, Node], Weight]] = {
    "target": lambda before, after: weigh_targets(before.targets, after.targets),
    "unit": lambda before, after: weigh_targets(before.targets, after.targets),
    "text": _weigh_texts,
    "deadline": lambda before, after: weigh_deadlines(before.deadline, after.deadline),
    # what readings come to decides their result, and which way nobody knows before them
    "aggregation": lambda *nodes: Weight.OTHER if len({*map(_aggregations_of, nodes)}) == 1 else Weight.UNCLEAR,
    "frequency": _weigh_frequencies,
    "base": _weigh_bases,
}
"""Fields of an item whose change makes it promise more or less."""


def _of_period(node: Node, value: object) -> tuple[Target | UserError, ...]:
    """What an item promises for one period, by a number of `plan` or a phrase of `horizons` (`horizon_target`).
    Nothing without a value."""
    if value is None:
        return ()
    first = node.targets[0] if node.targets else None
    if isinstance(first, Target) and isinstance(value, Decimal):
        return (planned_target(first, value),)
    if isinstance(first, Target) and (step := horizon_target(str(value), first, node.item.unit or "")):
        return (step,)
    found = understand_in_unit(str(value), node.item.unit or "")
    return (found,) if isinstance(found, UserError) else found


def _where_of(part: PlanPart) -> Where:
    if part.kind not in SECTIONS:
        return Where(part.kind, part.value.id, part.key)
    return Where(part.kind, " ".join(filter(None, (part.value.number, *map(plain_text, part.value.title)))), part.key)


_OF_STATUS = (
    frozenset({"target", "unit", "base", "deadline", "frequency", "aggregation", "period", "form", "signoff", "text"})
    | _BY_PERIOD
)
"""Fields that the state of an item may follow from. A text is among them: a target is read beside that of its item, and
deadlines name events by theirs."""


class Version(NamedTuple):
    """A plan and the file it stands in, as git calls it."""

    file: str
    plan: Plan


class PlanDiff(NamedTuple):
    """What changed in a plan. A side is None where the plan is not there."""

    old: Version | None
    new: Version | None
    changes: tuple[Change, ...]

    @property
    def id(self) -> str:
        """The id that the plan has now, or had."""
        version = self.new or self.old
        return version.plan.id if version else ""

    @property
    def may_change_states(self) -> bool:
        """Whether the state of an item may be another one."""
        return any(change.kind is not ChangeKind.CHANGED or change.field[0] in _OF_STATUS for change in self.changes)


def compare(
    old: Sequence[Version], new: Sequence[Version], moved: Mapping[str, str], conventions: Conventions = CONVENTIONS
) -> tuple[PlanDiff, ...]:
    """What changed, in the order of the plans' ids. `moved` has the new paths of renamed files."""
    found = [_diff_of_plan(before, after, conventions) for before, after in _paired_plans(old, new, moved)]
    return tuple(sorted((diff for diff in found if diff.changes), key=lambda diff: diff.id))


def _paired_plans(
    old: Sequence[Version], new: Sequence[Version], moved: Mapping[str, str]
) -> Iterator[tuple[Version | None, Version | None]]:
    """Plans with one id are one plan; of the others, one in the same file is the same plan with another id."""
    left = {version.plan.id: version for version in reversed(new)}
    rest = []
    for before in old:
        if before.plan.id in left:
            yield before, left.pop(before.plan.id)
        else:
            rest.append(before)
    by_file = {version.file: version for version in left.values()}
    for before in rest:
        after = by_file.pop(moved.get(before.file, before.file), None)
        yield before, after
    yield from ((None, version) for version in by_file.values())


def _diff_of_plan(old: Version | None, new: Version | None, conventions: Conventions) -> PlanDiff:
    if old and new:
        return PlanDiff(old, new, changes_between(old.plan, new.plan, conventions))
    whole = PlanDiff(old, new, ())
    kind, weight = (ChangeKind.ADDED, Weight.TIGHTENED) if new else (ChangeKind.REMOVED, Weight.LOOSENED)
    change = Change(kind, Where("plan", whole.id, ROOT), (), old and old.plan, new and new.plan, weight)
    return whole._replace(changes=(change,))


_PROMISES = frozenset({"target", "deadline"}) | _BY_PERIOD
_OF_PLAN = frozenset({"period", "signoff", "earlier"})
"""Fields of the plan that belong to the history of each of its items."""


def step(
    before: Sequence[Plan | None], after: Plan | None, conventions: Conventions = CONVENTIONS
) -> tuple[Change, ...]:
    """What a version of a plan has that none of the versions it was made from had. A plan that comes or goes does so
    with its items.

    A merge has two versions before it: what one of them had already is no change."""
    lists = [_changes_of_versions(one, after, conventions) for one in before or (None,)]
    shared = set.intersection(*({_identity_of(change) for change in changes} for changes in lists))
    return tuple(change for change in lists[0] if _identity_of(change) in shared)


def _changes_of_versions(before: Plan | None, after: Plan | None, conventions: Conventions) -> tuple[Change, ...]:
    known = after or before
    if known is None:
        return ()
    return changes_between(before or without_parts(known), after or without_parts(known), conventions)


def _identity_of(change: Change) -> object:
    return (change.kind, change.where.key, change.field)


def about(changes: Sequence[Change], item: str | None, plans: Sequence[Plan | None], *, every: bool) -> list[Change]:
    """The changes of targets and deadlines, or of every field, that concern an item; of all items, if none is named."""
    lenders = set() if item is None else {name for plan in plans if plan for name in _lenders(plan, item)}
    return [change for change in changes if _is_about(change, item, lenders, every=every)]


def _is_about(change: Change, item: str | None, lenders: set[str], *, every: bool) -> bool:
    if change.where.kind == "plan":
        return bool(change.field) and (change.field[0] in _OF_PLAN or (every and item is None))
    if item is not None and change.where.name != item:
        return change.field == ("deadline",) and change.where.name in lenders
    is_item = change.where.key[0] == "item"
    is_promise = change.kind is not ChangeKind.CHANGED or change.field[0] in _PROMISES
    return every or (is_item and (is_promise or change.weight is not Weight.OTHER))


def _lenders(plan: Plan, item: str) -> set[str]:
    """The ids of the items above an item, as far as it inherits its deadline from them."""
    found = set()
    for node in outline(plan):
        above: Node | None = node if node.item.id == item else None
        while above and above.item.deadline is None and (above := above.parent):
            found.add(above.item.id)
    return found


def has_item(plan: Plan, item: str) -> bool:
    """Whether a plan has an item with an id."""
    return any(node.item.id == item for node in outline(plan))
