"""A template filled with the values of a plan, by Jinja, and the rows that a plan's tables have.

A template is a program that somebody wrote, so Jinja runs it in a sandbox: it gets text and no tools. The time and
memory of its loops are not limited: run the templates of strangers in a process that can be stopped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any, NamedTuple, NoReturn, TypeAlias

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from qmsplan.diagnostics import Message
from qmsplan.documents.template import LINE, BrokenTemplateError, Template

LARGEST_DOCUMENT = 64 * 1024 * 1024
"""Characters a filled template may have."""

METHODS = frozenset({"items", "keys", "values", "get", "split", "startswith", "endswith"})
FILTERS = ("default", "first", "join", "last", "length", "lower", "max", "min", "trim", "upper")
GLOBALS = ("namespace", "range")
LARGEST_FACTOR = 1_000_000

_TAG = re.compile(r"<[A-Za-z][\w.:-]*")
_QUOTED = re.compile(r"'([^']*)'")


def fill(template: Template, values: Mapping[str, object]) -> str:
    """The template's text with the values in it, each start tag with its line. BrokenTemplateError if the template
    fails."""
    environment = _environment()
    try:
        filled = environment.template_class.from_code(environment, _compiled(template), environment.make_globals(None))
        return "".join(_limited(filled.generate(values), template.file))
    except BrokenTemplateError:
        raise
    except Exception as error:  # noqa: BLE001  what a template raises is its author's fault, whatever it is
        _tell(error, template.file)


@lru_cache(maxsize=16)
def _compiled(template: Template) -> CodeType:
    """The template as a program; many plans may share it."""
    return _environment().compile(template.source, template.name, template.file)


def _environment() -> ImmutableSandboxedEnvironment:
    environment = _Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_only_text,
        optimized=False,
        extensions=[_LineMarks],
    )
    environment.filters = {name: environment.filters[name] for name in FILTERS} | {"rows": table_rows}
    environment.globals = {name: environment.globals[name] for name in GLOBALS}
    return environment


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox without the operators and methods that make much out of little."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Values are dicts: what one holds goes before what Python lets dicts do."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not all(type(side) is int and abs(side) < LARGEST_FACTOR for side in (left, right)):
            raise SecurityError(f"the operator {operator} is only for small whole numbers")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """None: `format` is no method that templates have."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return super().is_safe_attribute(obj, attr, value) and (not callable(value) or attr in METHODS)


class _LineMarks(Extension):
    """Writes the template's line into every start tag, and refuses the tag that turns escaping off."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        before = ""
        for token in stream:
            if before == "block_begin" and token.test("name:autoescape"):
                raise TemplateSyntaxError("escaping can't be turned off", token.lineno, stream.name, stream.filename)
            before = token.type
            yield Token(token.lineno, "data", _marked(token.value, token.lineno)) if before == "data" else token


def _marked(text: str, first_line: int) -> str:
    return _TAG.sub(lambda tag: f'{tag[0]} {LINE}="{first_line + text.count(chr(10), 0, tag.start())}"', text)


def _only_text(value: object) -> object:
    """Text and whole numbers print as themselves; anything else would print as Python."""
    if type(value) is str or (isinstance(value, (StrictUndefined, str, int)) and not isinstance(value, bool)):
        return value
    raise TypeError(f"only text and whole numbers can be printed, not {type(value).__name__}")


def _limited(chunks: Iterator[str], file: str) -> Iterator[str]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST_DOCUMENT:
            raise BrokenTemplateError(
                file, 1, Message("the document is larger than {size} characters", size=LARGEST_DOCUMENT)
            )
        yield chunk


def _tell(error: Exception, file: str) -> NoReturn:
    if isinstance(error, TemplateSyntaxError):
        raise BrokenTemplateError(file, error.lineno, _failing(error.message or "syntax")) from None
    line = _line_of(error, file)
    if isinstance(error, UndefinedError) and (names := _QUOTED.findall(str(error))):
        name = names[-1]
        message = Message("the template uses '{name}', which is not defined", name=name)
        hint = Message("check the name; templates/README.md lists what there is")
        raise BrokenTemplateError(file, line, message, hint) from None
    reason = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    raise BrokenTemplateError(file, line, _failing(reason)) from None


def _failing(reason: str) -> Message:
    return Message("the template fails: {reason}", reason=reason)


def _line_of(error: Exception, file: str) -> int:
    """The template's line that was at work: Jinja writes it into the traceback."""
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


Item: TypeAlias = dict[str, Any]
Columns: TypeAlias = tuple[tuple[str, ...], ...]
Sources: TypeAlias = tuple[Item | None, ...]

COLUMNS = "deliverables+evaluation lead support deadline funding note"
"""The columns of details; `+` puts several fields into one column, which is called after the first of them."""

_LISTS = ("groups", "objectives", "tasks")
"""What counts as a task below an objective or a task."""
_TELLING = (
    *("measures", "deliverables", "evaluation", "lead", "support", "deadline", "funding", "note"),
    *(*_LISTS, "activities"),
)
"""A task that has any of these takes a row of its own."""
_NOBODY: Item = {"number": "", "label": "", "text": ""}
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


def table_rows(branch: Item, columns: str = COLUMNS) -> list[Item]:
    """The rows of a plan, section, annex or group. An item row has a cell by the name of each column, of `objective`,
    `task` and `activities`; an empty text where a cell from above reaches down."""
    return list(_Rows(tuple(tuple(name.split("+")) for name in columns.split())).of(branch))


class _Rows:
    """Makes the rows for certain columns."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.fields = tuple(field for fields in columns for field in fields)
        self.silent: Sources = (None,) * len(columns)

    def of(self, branch: Item) -> Iterator[Item]:
        return self.rows(branch, self.silent, 1)

    def rows(self, branch: Item, above: Sources, level: int) -> Iterator[Item]:
        for group in branch["groups"]:
            yield {"kind": "group", "level": level, **_words([group])}
            yield from self.rows(group, self.below(above, group), level + 1)
        for objective in branch["objectives"]:
            sources = self.below(above, objective)
            yield from self.run(objective, self.entries(objective, sources), sources)
        for task in branch["tasks"]:
            yield from self.run(_NOBODY, list(self.task_entries(task, above)), above)
        if lines := list(self.own_lines(branch, above)):
            yield from self.run(_NOBODY, [_Entry((), lines, above)], above)

    def below(self, above: Sources, item: Item) -> Sources:
        """The sources for an item below others; the very same tuple if it has nothing to say itself."""
        if not any(map(item.get, self.fields)):
            return above
        return tuple(
            item if any(map(item.get, fields)) else source for fields, source in zip(self.columns, above, strict=True)
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
                "objective": _NO_SPAN if number else _cell([objective], len(steps)),
                "task": _cell(tasks, shared[number]) if shared[number] else _NO_SPAN,
                "activities": _cell([line.item for line in step.lines], 1),
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


def _cell(items: Sequence[Item], rows: int) -> Item:
    return {"rows": rows, **_words(items)}


def _words(items: Sequence[Item]) -> Item:
    """Number of the first item; the texts, a line each, without and with their numbers."""
    if len(items) == 1:
        (item,) = items
        return {"number": item["number"], "text": item["text"], "labelled": item["label"] + item["text"]}
    return {
        "number": items[0]["number"] if items else "",
        "text": "\n".join([item["text"] for item in items]),
        "labelled": "\n".join([item["label"] + item["text"] for item in items]),
    }


def _detail(fields: Sequence[str], source: Item | None, rows: int) -> Item:
    """The fields of a column, alone and as one text."""
    texts = [source[field] if source else "" for field in fields]
    return {"rows": rows, "text": "\n".join(filter(None, texts)), **dict(zip(fields, texts, strict=True))}
