"""Parser events to a tree that still knows where each entry stood, so that comments find their entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from qmsplan.layout.notes import end_of
from qmsplan.load.limits import NULLS

if TYPE_CHECKING:
    from collections.abc import Iterable

Node: TypeAlias = "Leaf | Branch"
_DASH = re.compile(r"#[^\n]*|-")


@dataclass(slots=True)
class Leaf:
    """A text as typed; `value` is None for a plain null."""

    value: str | None
    style: str
    end: int


@dataclass(slots=True, eq=False)
class Branch:
    """A mapping or a list. `after`: comments behind its last entry."""

    is_list: bool
    is_flow: bool
    column: int
    owner: Entry | None
    end: int = 0
    entries: list[Entry] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Entry:
    """A field of a mapping, or an item of a list (its key is empty). `before`: comments and blank lines above it."""

    key: str
    start: int
    column: int
    parent: Branch
    node: Node
    before: list[str] = field(default_factory=list)
    beside: str = ""


def read_nodes(text: str, parsed: Iterable[Any]) -> tuple[Branch, list[Entry]]:
    """The outermost mapping of a text that `read_tree` accepts, and all entries in the order they start."""
    reader = _Reader(text)
    for event in parsed:
        reader.take(event)
    return reader.root, reader.order


class _Reader:
    """One pass over the events: `parent` is the open container, `key` the key that waits for its value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = Branch(is_list=False, is_flow=False, column=0, owner=None)
        self.order: list[Entry] = []
        self.open: list[Branch] = []
        self.key: Any = None
        self.at = 0

    def take(self, event: Any) -> None:
        """The next event."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._read(event)
        elif issubclass(kind, yaml.CollectionStartEvent):
            self._enter(event)
        elif issubclass(kind, yaml.CollectionEndEvent):
            self.at = self.open.pop().end = event.end_mark.index

    def _read(self, event: Any) -> None:
        if self.open and not self.open[-1].is_list and self.key is None:
            self.key = event
        else:
            is_null = event.implicit[0] and event.value in NULLS
            self._add(Leaf(None if is_null else event.value, event.style or "", end_of(event, self.text)), event)
        self.at = event.end_mark.index

    def _enter(self, event: Any) -> None:
        branch = Branch(
            isinstance(event, yaml.SequenceStartEvent), bool(event.flow_style), event.start_mark.column, None
        )
        if self.open:
            branch.owner = self._add(branch, event)
        else:
            self.root = branch
        self.open.append(branch)
        self.at = event.end_mark.index if branch.is_flow else event.start_mark.index

    def _add(self, node: Node, event: Any) -> Entry:
        parent, key = self.open[-1], self.key
        self.key = None
        start = key.start_mark.index if key else self._dash(parent, event.start_mark.index)
        column = key.start_mark.column if key else parent.column
        entry = Entry(key.value if key else "", start, column, parent, node)
        parent.entries.append(entry)
        self.order.append(entry)
        return entry

    def _dash(self, parent: Branch, start: int) -> int:
        """Where the dash of an item stands that starts at `start`; events do not tell."""
        if parent.is_flow:
            return start
        dashes = [match.start() for match in _DASH.finditer(self.text, self.at, start) if match[0] == "-"]
        return next((dash for dash in reversed(dashes) if self._column(dash) == parent.column), start)

    def _column(self, index: int) -> int:
        return index - self.text.rfind("\n", 0, index) - 1
