"""The rows of a table with objectives, tasks and activities side by side, whose cells span the rows they hold for."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
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


def span_rows(branch: Item, columns: Columns, *, tells_targets: bool = False) -> Iterator[Item]:
    """The rows of a plan, section, annex or group. An item row has a cell by the name of each column, of `objective`,
    `task` and `activities`; an empty text where a cell from above reaches down. Several fields of a column are called
    after the first. `tells_targets`: a target that no text of its item says follows the text."""
    rows = _Rows(columns, tells_targets)
    return rows.rows(branch, rows.silent, 1)


class _Rows:
    """Makes the rows for certain columns."""

    def __init__(self, columns: Columns, tells_targets: bool) -> None:  # noqa: FBT001
        self.columns = columns
        self.tells_targets = tells_targets
        self.fields = tuple(field for fields in columns for field in fields)
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
        """The sources for an item below others; the very same tuple if it has nothing to say itself. `of` are the
        columns in which it speaks for those below, if not all."""
        if not any(map(item.get, self.fields)):
            return above
        return tuple(
            item if (of is None or fields[0] in of) and any(map(item.get, fields)) else source
            for fields, source in zip(self.columns, above, strict=True)
        )

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
                    fields[0]: _detail(fields, source, span[number]) if span[number] else _NO_SPAN
                    for fields, source, span in zip(self.columns, step.sources, spans, strict=True)
                },
            }


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


def _detail(fields: Sequence[str], source: Item | None, rows: int) -> Item:
    """The fields of a column, alone and as one text."""
    texts = [source[field] if source else "" for field in fields]
    return {"rows": rows, "text": "\n".join(filter(None, texts)), **dict(zip(fields, texts, strict=True))}
