"""The items of a file as a tree, and the parts of it that can be folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qmsplan.diagnostics import ReadError, Span
from qmsplan.load.document import Document, Source
from qmsplan.load.yaml import Container, Mark, report_part, span_of, style_of
from qmsplan.model.plan import Plan
from qmsplan.output.words import text_of
from qmsplan.phrases.item_tree import Node, outline


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
