"""The rows of a table with objectives, tasks and activities side by side, whose cells span the rows they hold for."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from qmsplan.documents.table_choice import Branch, numbered

Item: TypeAlias = Branch
Columns: TypeAlias = tuple[tuple[str, ...], ...]
Sources: TypeAlias = tuple[Item | None, ...]

_HELD = frozenset({"lead", "support", "deadline"})
"""What a group says for all that it gathers; other things, such as its money, stand once in its own row."""
_LISTS = ("groups", "objectives", "tasks")
"""What counts as a task below an objective or a task."""
_TELLING = (
    *("measures", "deliverables", "evaluation", "lead", "support", "deadline", "funding", "note"),
    *(*_LISTS, "activities"),
)
"""A task that has any of these takes a row of its own."""
_NOBODY: Item = {"number": "", "text": ""}
_NO_SPAN = ""
"""In place of a cell: one from above reaches down."""


Reader: TypeAlias = Callable[[str, int, Item], str]


class _Line(NamedTuple):
    """An activity, with the items that speak for it: for each column the nearest that has something to say."""

    item: Item
    sources: Sources


class _Entry(NamedTuple):
    """What shares one task cell: usually a task with its activities."""

    tasks: Sequence[Item]
    lines: Sequence[_Line]
    sources: Sources


class _Step(NamedTuple):
    """A row before its spans are known; an objective's own row has no entry."""

    entry: _Entry | None
    lines: list[_Line]
    sources: Sources


def span_rows(branch: Item, columns: Columns, read: Reader, *, tells_targets: bool = False) -> Iterator[Item]:
    """The rows of a plan, section, annex or group. An item row has a cell by the name of each column, of `objective`,
    `task` and `activities`; an empty text where a cell from above reaches down. Several fields of a column are called
    after the first; `read` gives what an item says in a field of the column at an index. `tells_targets`: a target that
    no text of its item says follows the text."""
    rows = _Rows(columns, read, tells_targets)
    return rows.rows(branch, rows.silent, 1)


class _Rows:
    """Makes the rows for certain columns."""

    def __init__(self, columns: Columns, read: Reader, tells_targets: bool) -> None:  # noqa: FBT001
        self.columns, self.read, self.tells_targets = columns, read, tells_targets
        self.silent: Sources = (None,) * len(columns)

    def rows(self, branch: Item, above: Sources, level: int) -> Iterator[Item]:
        for group in branch["groups"]:
            yield {**group, "kind": "group", "level": level, **_words([group], self.tells_targets)}
            yield from self.rows(group, self.below(above, group, _HELD), level + 1)
        for objective in branch["objectives"]:
            sources = self.below(above, objective)
            yield from self.run(objective, self.entries(objective, sources), sources)
        for task in branch["tasks"]:
            yield from self.run(_NOBODY, list(self.task_entries(task, above)), above)
        if lines := list(self.own_lines(branch, above)):
            yield from self.run(_NOBODY, [_Entry((), lines, above)], above)

    def below(self, above: Sources, item: Item, of: Container[str] | None = None) -> Sources:
        """The sources for an item below others; unchanged if it says nothing itself. `of` are the columns in which it
        speaks for those below, if not all."""
        speaks = [self.says(at, item) for at in range(len(self.columns))]
        if not any(speaks):
            return above
        return tuple(
            item if (of is None or fields[0] in of) and is_said else source
            for fields, source, is_said in zip(self.columns, above, speaks, strict=True)
        )

    def says(self, at: int, item: Item) -> bool:
        return any(self.read(field, at, item) for field in self.columns[at])

    def entries(self, objective: Item, sources: Sources) -> list[_Entry]:
        """The entries of an objective. Tasks that say nothing but their text share its own activities."""
        tasks = [task for name in _LISTS for task in objective[name]]
        lines = list(self.own_lines(objective, sources))
        if lines and not any(any(map(task.get, _TELLING)) for task in tasks):
            return [_Entry(tasks, lines, sources)]
        entries = [entry for task in tasks for entry in self.task_entries(task, sources)]
        return [*entries, _Entry((), lines, sources)] if lines or not entries else entries

    def task_entries(self, task: Item, above: Sources) -> Iterator[_Entry]:
        """A task and the tasks below it. Whatever stands below a task and is no activity counts as a task."""
        sources = self.below(above, task)
        yield _Entry((task,), list(self.own_lines(task, sources)), sources)
        for name in _LISTS:
            for part in task[name]:
                yield from self.task_entries(part, sources)

    def own_lines(self, item: Item, sources: Sources) -> Iterator[_Line]:
        """Measures and activities of an item, with what stands below them."""
        if measures := item.get("measures"):
            yield _Line({**_NOBODY, "text": measures}, sources)
        for activity in item["activities"]:
            yield from self.lines(activity, sources)

    def lines(self, activity: Item, above: Sources) -> Iterator[_Line]:
        sources = self.below(above, activity)
        yield _Line(activity, sources)
        for name in _LISTS:
            for part in activity[name]:
                yield from self.lines(part, sources)
        yield from self.own_lines(activity, sources)

    def run(self, objective: Item, entries: Sequence[_Entry], sources: Sources) -> Iterator[Item]:
        """The rows of one objective, or of what stands without one: no cell reaches beyond them."""
        steps = [step for entry in entries for step in _steps(entry)]
        if _hides(objective, sources, steps):
            steps.insert(0, _Step(None, [], sources))
        shared = _spans([step.entry for step in steps])
        spans = [_spans([step.sources[index] for step in steps]) for index in range(len(self.columns))]
        for number, step in enumerate(steps):
            tasks = step.entry.tasks if step.entry else ()
            yield {
                "kind": "item",
                "objective": _NO_SPAN if number else _cell([objective], len(steps), self.tells_targets),
                "task": _cell(tasks, shared[number], self.tells_targets) if shared[number] else _NO_SPAN,
                "activities": _cell([line.item for line in step.lines], 1, self.tells_targets),
                **{
                    fields[0]: self.detail(at, step.sources[at], spans[at][number]) if spans[at][number] else _NO_SPAN
                    for at, fields in enumerate(self.columns)
                },
            }

    def detail(self, at: int, source: Item | None, rows: int) -> Item:
        """The fields of a column, alone and as one text."""
        told = {field: self.read(field, at, source) if source else "" for field in self.columns[at]}
        return {"rows": rows, "text": "\n".join(filter(None, told.values())), **told}


def _steps(entry: _Entry) -> list[_Step]:
    """The rows of one entry; a task whose own details would show in none of them gets a row of its own before."""
    steps: list[_Step] = []
    for line in entry.lines:
        if steps and line.sources is steps[-1].sources:
            steps[-1].lines.append(line)
        else:
            steps.append(_Step(entry, [line], line.sources))
    if not steps or any(_hides(task, entry.sources, steps) for task in entry.tasks):
        steps.insert(0, _Step(entry, [], entry.sources))
    return steps


def _hides(item: Item, own: Sources, steps: Sequence[_Step]) -> bool:
    """Whether something that the item itself says stands in none of the rows."""
    if any(step.sources is own for step in steps):
        return False
    return any(
        source is item and not any(step.sources[index] is item for step in steps) for index, source in enumerate(own)
    )


def _spans(owners: Sequence[object]) -> list[int]:
    """How many rows each row's cell spans: 0 where one from above reaches down. What has no owner spans its row."""
    if len(owners) == 1:
        return [1]
    spans: list[int] = []
    first, before = 0, None
    for number, owner in enumerate(owners):
        if owner is not None and owner is before:
            spans[first] += 1
            spans.append(0)
        else:
            first, before = number, owner
            spans.append(1)
    return spans


def _cell(items: Sequence[Item], rows: int, tells_targets: bool) -> Item:  # noqa: FBT001
    return {"rows": rows, **_words(items, tells_targets)}


def _words(items: Sequence[Item], tells_targets: bool) -> Item:  # noqa: FBT001
    """Number of the first item; the texts, a line each, without and with their numbers."""
    texts = [item["text"] for item in items]
    if tells_targets:
        texts = [f"{text}\nChỉ tiêu: {item['unsaid']}" if item.get("unsaid") else text
                 for item, text in zip(items, texts, strict=True)]  # fmt: skip
    return {
        "number": items[0]["number"] if items else "",
        "text": "\n".join(texts),
        "labelled": "\n".join([numbered(item, text) for item, text in zip(items, texts, strict=True)]),
    }
