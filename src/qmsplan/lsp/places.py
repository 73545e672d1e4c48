"""What stands where in a file: the ids of plans, items, events and units, given and used; the items as a tree; the
parts that can be folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from qmsplan.diagnostics import Path, ReadError, Span
from qmsplan.load.document import Document, Source
from qmsplan.load.yaml import Container, Mark, report_part, span_of, style_of
from qmsplan.model.plan import REFERENCES, Plan
from qmsplan.output.words import text_of
from qmsplan.phrases.item_tree import LISTS, Node, outline

_UNITS = frozenset({("head", "issuer"), ("unit",)})
PLAN, ITEM, EVENT, UNIT = "plan", "item", "event", "unit"


class IdPlace(NamedTuple):
    """An id somewhere in a file: `IdPlace("item", "KH-2026", "MT01", Span(12, 9, 12, 13), is_given=True)`."""

    kind: str
    plan: str
    """The plan that an item or an event is in; "" for others."""
    name: str
    span: Span
    is_given: bool
    """True where the id is given, false where it is used."""

    @property
    def subject(self) -> tuple[str, str, str]:
        """What it is the id of; all places of one id have the same."""
        return self.kind, self.plan, self.name


def ids_in(source: Source) -> Iterator[IdPlace]:
    """The ids of a file in order; none if it is no YAML."""
    try:
        tree, mark = source.yaml
    except ReadError:
        return
    if not isinstance(tree, dict) or mark is None:
        return
    kind = tree.get("kind")
    plan = tree.get("id" if kind == "plan" else "plan")
    own = plan if isinstance(plan, str) else ""
    for path, scalar in _scalars(mark, ()):
        if kind == "plan":
            yield from _in_plan(own, path, scalar)
        elif kind == "progress":
            yield from _in_progress(own, path, scalar)
        elif kind == "workspace":
            yield from _in_settings(path, scalar)


def _scalars(mark: Mark, path: Path) -> Iterator[tuple[Path, Any]]:
    """The texts in a mark with their paths, without keys."""
    waiting: list[tuple[Mark, Path]] = [(mark, path)]
    while waiting:
        here, at = waiting.pop()
        if not isinstance(here, Container):
            yield at, here
        elif isinstance(here.parts, dict):
            waiting += reversed([(value, (*at, name)) for name, (_, value) in here.parts.items()])
        else:
            waiting += reversed([(value, (*at, index)) for index, value in enumerate(here.parts)])


def _in_plan(own: str, path: Path, scalar: Any) -> Iterator[IdPlace]:
    span, name = inner(scalar), scalar.value
    named = [part for part in path if isinstance(part, str)]
    if path == ("id",):
        yield IdPlace(PLAN, "", name, span, is_given=True)
    elif named[-1:] == ["id"] and len(named) > 1 and named[-2] in LISTS:
        yield IdPlace(ITEM, own, name, span, is_given=True)
    elif named == ["events", "id"]:
        yield IdPlace(EVENT, own, name, span, is_given=True)
    elif named[-2:] == ["deadline", "event"]:
        yield IdPlace(EVENT, own, name, span, is_given=False)
    elif named[-1] in REFERENCES:
        yield from _of_ref(scalar)
    elif tuple(named) in _UNITS or (named[-1] == "unit" and named[-2:-1] in (["lead"], ["support"])):
        yield IdPlace(UNIT, "", name, span, is_given=False)


def _of_ref(scalar: Any) -> Iterator[IdPlace]:
    """The plan, and the item if there is one, that `KH-2026/MT01` names."""
    span, (plan, slash, item) = inner(scalar), scalar.value.partition("/")
    end = span.column + len(plan)
    yield IdPlace(PLAN, "", plan, Span(span.line, span.column, span.line, end), is_given=False)
    if slash:
        yield IdPlace(ITEM, plan, item, Span(span.line, end + 1, span.line, span.end_column), is_given=False)


def _in_progress(own: str, path: Path, scalar: Any) -> Iterator[IdPlace]:
    kinds = {"plan": PLAN, "item": ITEM, "event": EVENT, "unit": UNIT}
    is_list = len(path) == 3 and isinstance(path[1], int)
    name = path[-1]
    if not isinstance(name, str) or name not in kinds or not (is_list or path in {("plan",), ("unit",)}):
        return
    kind = kinds[name]
    yield IdPlace(kind, own if kind in {ITEM, EVENT} else "", scalar.value, inner(scalar), is_given=False)


def _in_settings(path: Path, scalar: Any) -> Iterator[IdPlace]:
    if path[0] != "units" or len(path) < 3:
        return
    if path[2] == "code":
        yield IdPlace(UNIT, "", scalar.value, inner(scalar), is_given=True)
    elif path[2] in {"parent", "members"}:
        yield IdPlace(UNIT, "", scalar.value, inner(scalar), is_given=False)


def inner(scalar: Any) -> Span:
    """The place of a text without its quotes."""
    span = span_of(scalar)
    quote = 1 if style_of(scalar) in {"'", '"'} else 0
    return Span(span.line, span.column + quote, span.end_line, span.end_column - quote)


class Symbol(NamedTuple):
    """A part of a file: its name, a word of what it is, where it stands, and the parts in it."""

    name: str
    detail: str
    span: Span
    parts: tuple[Symbol, ...] = ()


def symbols(document: Document) -> tuple[Symbol, ...]:
    """The items of a plan as they stand in one another; the lists of a progress file; nothing of what can't be read."""
    value = document.value
    if isinstance(value, Plan):
        return _below(document.source, outline(value), None)
    return tuple(_lists(document.source)) if value is not None else ()


def _below(source: Source, nodes: tuple[Node, ...], parent: Node | None) -> tuple[Symbol, ...]:
    return tuple(
        Symbol(node.item.id, text_of(node), _whole(source, node), _below(source, nodes, node))
        for node in nodes
        if node.parent is parent
    )


def _whole(source: Source, node: Node) -> Span:
    mark: Mark | None = source.yaml.mark
    for part in node.path:
        found = report_part(mark, part) if mark else None
        mark = found.mark if found else None
    return span_of(mark) if mark else source.locate(node.path)


def _lists(source: Source) -> Iterator[Symbol]:
    mark = source.yaml.mark
    parts = mark.parts if isinstance(mark, Container) else {}
    for name, (key, value) in parts.items() if isinstance(parts, dict) else ():
        if isinstance(value, Container):
            start, end = span_of(key), span_of(value)
            span = Span(start.line, start.column, end.end_line, end.end_column)
            yield Symbol(name, str(len(value.parts)), span)


def folds(source: Source) -> Iterator[tuple[int, int]]:
    """The first and the last line, from 1, of each part that takes several."""
    try:
        mark = source.yaml.mark
    except ReadError:
        return
    waiting = [mark] if mark else []
    while waiting:
        here = waiting.pop()
        parts = here.parts if isinstance(here, Container) else {}
        for key, value in parts.values() if isinstance(parts, dict) else ((None, part) for part in parts):
            start = span_of(key if key is not None else value).line
            span = span_of(value)
            end = span.end_line - (span.end_column == 1)
            if end > start and (isinstance(value, Container) or style_of(value) in {"|", ">"}):
                yield start, end
            waiting.append(value)
