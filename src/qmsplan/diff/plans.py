"""Two versions of a plan to the changes between them. None is left out: they lead from the one to the other."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from qmsplan.diff.change import ORDER, Change, Kind, Place, Weight, Where
from qmsplan.diff.deadlines import weigh_deadlines
from qmsplan.diff.parts import CHILDREN, ROOT, SECTIONS, Part, take_apart
from qmsplan.diff.targets import weigh_targets
from qmsplan.model.conventions import CONVENTIONS
from qmsplan.model.inline import plain_text
from qmsplan.model.outline import Node, outline
from qmsplan.model.period import Period
from qmsplan.model.shape import FileModel
from qmsplan.model.structured import DeadlineForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmsplan.diagnostic import Path
    from qmsplan.diff.parts import Key
    from qmsplan.model.conventions import Conventions
    from qmsplan.model.plan import Plan


class _Side(NamedTuple):
    """One version: its parts by key, its items by path."""

    parts: dict[Key, Part]
    nodes: dict[Path, Node]

    def node(self, key: Key) -> Node | None:
        return self.nodes.get(self.parts[key].path) if key in self.parts else None


def changes_between(old: Plan, new: Plan, conventions: Conventions = CONVENTIONS) -> tuple[Change, ...]:
    """All changes, those that loosen a promise first, then in the order of the document."""
    parts = take_apart(old, new)
    sides = [
        _Side(found, {node.path: node for node in outline(plan, conventions)})
        for found, plan in zip(parts, (old, new), strict=True)
    ]
    found = _Comparison(sides[0], sides[1]).changes()
    return tuple(sorted(found, key=lambda change: ORDER[change.weight]))


def alone(value: Any) -> Any:
    """A part without the parts in it."""
    empty: dict[str, Any] = {name: () for name in CHILDREN if hasattr(value, name)}
    return value.replaced(**empty)


class _Comparison:
    """Goes through the parts of the new version in order, then through what is gone."""

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
        """Parts that stand in another list now, or that others of their list have overtaken."""
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

    def fields(self, old: Part, new: Part) -> Iterator[Change]:
        for field, before, after in _leaves(old.value, new.value, ()):
            weight = self.weight(new.key, field, before, after)
            yield Change(Kind.CHANGED, _where(new), field, before, after, weight, _text(new.value))

    def weight(self, key: Key, field: tuple[str, ...], old: object, new: object) -> Weight:
        before, after = self.old.node(key), self.new.node(key)
        if field == ("target",) and before and after:
            return weigh_targets(before.targets, after.targets)
        if field == ("deadline",) and before and after:
            return weigh_deadlines(before.deadline, after.deadline)
        if field == ("period",) and isinstance(old, Period) and isinstance(new, Period) and old.end != new.end:
            return Weight.LATER if new.end > old.end else Weight.EARLIER
        return Weight.OTHER

    def added(self, part: Part) -> Change:
        node = self.new.node(part.key)
        weight = Weight.TIGHTENED if node and _promises(node) else Weight.OTHER
        place = self.place(self.new, part)
        return Change(Kind.ADDED, _where(part), (), None, alone(part.value), weight, _text(part.value), place)

    def removed(self, part: Part) -> Change:
        node = self.old.node(part.key)
        weight = Weight.LOOSENED if node and _promises(node) else Weight.OTHER
        return Change(Kind.REMOVED, _where(part), (), alone(part.value), None, weight, _text(part.value))

    def move(self, part: Part) -> Change:
        places = self.place(self.old, self.old.parts[part.key]), self.place(self.new, part)
        before, after = self.old.node(part.key), self.new.node(part.key)
        is_inherited = before and after and before.item.deadline is None and after.item.deadline is None
        weight = weigh_deadlines(before.deadline, after.deadline) if is_inherited and before and after else Weight.OTHER
        return Change(Kind.MOVED, _where(part), (), *places, weight, _text(part.value))

    def place(self, side: _Side, part: Part) -> Place:
        parent = side.parts[part.parent or ROOT]
        siblings = parent.children[part.kind]
        index = siblings.index(part.key)
        return Place(_where(parent), part.kind, _where(side.parts[siblings[index - 1]]) if index else None)


def _promises(node: Node) -> bool:
    """Whether anything is due or measured because of an item."""
    return bool(node.targets) or (node.is_leaf and node.deadline is not None)


def _overtaken(old: Sequence[Key], new: Sequence[Key]) -> Iterator[Key]:
    """Of the same keys in two orders, those that have to be taken out so that the others stand as they stood."""
    if old != new:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        kept = {key for block in blocks for key in new[block.b : block.b + block.size]}
        yield from (key for key in new if key not in kept)


def _leaves(old: Any, new: Any, prefix: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object, object]]:
    """The fields of two instances that differ; inside a group of fields such as the head, its own."""
    for name, before in old:
        if name in CHILDREN:
            continue
        path, after = (*prefix, name), getattr(new, name)
        if before == after:
            continue
        if _is_group(before) and _is_group(after):
            yield from _leaves(before, after, path)
        else:
            yield path, before, after


def _is_group(value: object) -> bool:
    """A structured deadline is one value; the head and the sign-off have values of their own."""
    return isinstance(value, FileModel) and not isinstance(value, DeadlineForm)


def _where(part: Part) -> Where:
    if part.kind not in SECTIONS:
        return Where(part.kind, part.value.id, part.key)
    return Where(part.kind, " ".join(filter(None, (part.value.number, *map(plain_text, part.value.title)))), part.key)


def _text(value: Any) -> str:
    return plain_text(" ".join(getattr(value, "text", ())))
